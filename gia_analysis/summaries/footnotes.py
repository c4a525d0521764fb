"""Footnotes under rates, from the registry: name, formula, what it means and what it does not, and its source."""

from collections.abc import Collection, Iterable, Sequence

from gia_analysis.analysis import get_indicator
from gia_analysis.analysis.registry import Indicator, Term
from gia_analysis.display import Notes
from gia_analysis.forms import Language, label
from gia_analysis.traced import Quoted, Shown, Words


def footnotes(codes: Iterable[str], tables: Collection[str], language: Language) -> Notes:
    """Return a note for each indicator; formulas and what comes only near are those of the tables given."""
    return Notes([_footnote(get_indicator(code), tables, language) for code in codes])


def _footnote(indicator: Indicator, tables: Collection[str], language: Language) -> Words:
    chinese = language == "zh"
    colon, stop = ("：", "") if chinese else (": ", " ")
    parts = [f"{formula}{'。' if chinese else '.'}{stop}" for formula in _formulas(indicator, tables, language)]
    parts += [indicator.meaning(language) + stop, indicator.caution(language) + stop]
    parts += [note + stop for table, note in indicator.notes(language).items() if table in tables]
    source = "来源：" if chinese else "Source: "
    end = "。" if chinese else "."
    told: list[Shown] = [f"{indicator.name(language)}{colon}", Quoted("".join(parts), "cite"), source]
    return Words([*told, Quoted(indicator.origin(language) + end, "cite")])


def _formulas(indicator: Indicator, tables: Collection[str], language: Language) -> list[str]:
    found = []
    for each in indicator.definitions:
        if each.table in tables:
            top = _terms(each.numerator, language)
            bottom = _terms(each.denominator, language)
            several = len(each.denominator) > 1
            numerator = f"({top})" if len(each.numerator) > 1 and bottom else top
            found.append(f"{numerator} ÷ {f'({bottom})' if several else bottom}" if bottom else top)
    return list(dict.fromkeys(found))


def _terms(terms: Sequence[Term], language: Language) -> str:
    return " + ".join(label(term.table, term.row, language, short=True) for term in terms)
