"""The page that says what everything means: indicators, checks, words, and the columns and codes of the data."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from gia_analysis.analysis import Indicator, indicators
from gia_analysis.analysis.registry import Definition, Term
from gia_analysis.checks import RULES
from gia_analysis.export.dictionary import (
    meaning_of_column,
    meaning_of_table,
    meaning_of_value,
    unit_of_column,
    values_of,
)
from gia_analysis.forms import Language, Table, forms, label
from gia_analysis.publishing.body import DEFINITIONS
from gia_analysis.publishing.frame import SITE_FILES, Place, frame
from gia_analysis.schema import COLUMNS, TABLES

_TYPES = {
    "text": ("文本", "text"),
    "integer": ("整数", "whole number"),
    "number": ("数值", "number"),
    "date": ("日期", "day"),
    "flag": ("是否", "true or false"),
}

_Row = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a formula: cells by their labels, and the codes that find them in the data."""

    text: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class _Member:
    code: str
    name: str
    meaning: str
    formula: Sequence[tuple[str, Sequence["_Line"]]]
    facts: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Family:
    """Indicators that differ in a row or column of the form alone; one that stands for itself has no name."""

    name: str
    members: Sequence[_Member]


@dataclass(frozen=True, slots=True)
class _Grid:
    anchor: str
    caption: str
    heads: Sequence[str]
    rows: Sequence[_Row]


@dataclass(frozen=True, slots=True)
class _Words:
    anchor: str
    title: str
    tables: Sequence[_Grid]


def definitions_page(lang: Language, *, site: Sequence[str] = SITE_FILES) -> str:
    """Return the page of all definitions. Anchors are the codes of indicators and of checks.

    Args:
        lang: of the page.
        site: which of the pages that all others lead to there are.
    """
    words = [
        _Words("values", _say(lang, "取值与用语", "Values and words"), [*_values(lang)]),
        _Words("columns", _say(lang, "数据表与列", "Tables and columns"), [*_columns(lang)]),
        _Words("forms", _say(lang, "表式代码", "Codes of the forms"), [*_forms(lang)]),
    ]
    titles = {
        "indicators": _say(lang, "指标", "Indicators"),
        "checks": _say(lang, "核验", "Checks"),
        **{each.anchor: each.title for each in words},
    }
    return frame(
        "definitions.html", _say(lang, "指标、核验与数据字典", "Indicators, checks and data dictionary"), lang,
        Place(DEFINITIONS, site), style=_STYLE, sections=list(titles.items()), families=[*_families(lang)],
        checks=[*_checks(lang)], words=words,
    )  # fmt: skip


_STYLE = (
    "dl{display:grid;grid-template-columns:9.5rem minmax(0,1fr);gap:.15rem 1.2rem;margin:.4rem 0 .8rem;font-size:.9rem;"
    "max-width:52rem}dt{color:var(--muted)}dd{margin:0}h3 code,.member code{color:var(--muted);font-weight:400;"
    "font-size:.85rem;margin-left:.4em}.member{margin:1rem 0 0}caption{font-weight:600;color:var(--ink)}dd code{color:var(--muted)}"
    ".jump{columns:14rem;list-style:none;padding:0;font-size:.9rem}.jump li{break-inside:avoid;padding:.15rem 0}"
    "@media screen and (max-width:36rem){dl{display:block}dd{margin-bottom:.3rem}}"
)


def _say(lang: Language, zh: str, en: str) -> str:
    return zh if lang == "zh" else en


def _families(lang: Language) -> Iterator[_Family]:
    for _, found in groupby(indicators().values(), key=lambda each: each.family):
        members = list(found)
        colon = _say(lang, "：", ": ")
        name = members[0].name(lang).partition(colon)[0] if len(members) > 1 else ""
        yield _Family(name, [_member(each, lang) for each in members])


def _member(indicator: Indicator, lang: Language) -> _Member:
    facts = [
        (_say(lang, "不说明", "Does not tell"), indicator.caution(lang)),
        (_say(lang, "单位", "Unit"), indicator.unit or _KINDS[indicator.kind][lang == "en"]),
        (_say(lang, "适用表式", "Forms"), _say(lang, "、", ", ").join(indicator.forms)),
        (_say(lang, "出处", "Source"), indicator.origin(lang)),
    ]
    return _Member(
        indicator.code,
        indicator.name(lang),
        indicator.meaning(lang),
        [*_formula(indicator, lang)],
        [(name, text) for name, text in facts if text],
    )


_KINDS = {"count": ("计数", "count"), "share": ("占比，0 至 1", "share, 0 to 1"), "ratio": ("比值", "ratio")}


def _formula(indicator: Indicator, lang: Language) -> Iterator[tuple[str, Sequence[_Line]]]:
    if indicator.function:
        of = f" ({indicator.of})" if indicator.of else ""
        yield (
            _say(lang, "计算", "Computed"),
            [_Line(_say(lang, "由函数", "by the function"), indicator.function + of)],
        )
        return
    notes = indicator.notes(lang)
    top, bottom, counted = _say(lang, "分子|分母|计算", "Numerator|Denominator|Sum of").split("|")
    several = len(indicator.definitions) > 1
    for each in indicator.definitions:
        told = f" ({_forms_of(each)})" if several else ""
        note = [_Line(notes[each.table])] if each.table in notes else []
        if each.denominator:
            yield (top + told, [_named(each.numerator, lang), *note])
            yield (bottom + told, [_named(each.denominator, lang)])
        else:
            yield (counted + told, [_named(each.numerator, lang), *note])


def _forms_of(definition: Definition) -> str:
    return ", ".join(form.id for form in forms().values() if definition.table in form.table_by_code)


def _named(terms: Sequence[Term], lang: Language) -> _Line:
    names, codes = [], []
    for term in terms:
        row = label(term.table, term.row, lang, short=True)
        column = "" if term.column in ("total", "value") else f" · {label(term.table, term.column, lang, short=True)}"
        names.append(f"{row}{column}")
        codes.append(f"{term.table}.{term.row}.{term.column}")
    return _Line(" + ".join(names), " + ".join(codes))


def _checks(lang: Language) -> Iterator[_Row]:
    severity = {level: meaning_of_value("severity", level, lang) for level in ("hard", "soft", "info")}
    seen: set[str] = set()
    for form in reversed(list(forms().values())):
        for each in form.sums:
            anchor = "" if each.code in seen else each.code
            seen.add(each.code)
            yield anchor, each.code, (severity[each.severity], each.zh if lang == "zh" else each.en, form.id)
    for rule in RULES.values():
        anchor = "" if rule.code in seen else rule.code
        seen.add(rule.code)
        yield anchor, rule.code, (severity[rule.severity], rule.zh if lang == "zh" else rule.en, "")


def _values(lang: Language) -> Iterator[_Grid]:
    heads = (_say(lang, "取值", "Value"), _say(lang, "含义", "Meaning"))
    for name in COLUMNS:
        if values_of(name):
            rows = [("", each, (meaning_of_value(name, each, lang),)) for each in values_of(name)]
            yield _Grid(f"values-{name}", f"{_label(name, lang)} {name}", heads, rows)


def _columns(lang: Language) -> Iterator[_Grid]:
    heads = _say(lang, "列|名称|类型|单位|可缺失|含义", "Column|Label|Type|Unit|Missing|Meaning").split("|")
    may, never = _say(lang, "可|否", "may be|never").split("|")
    for table, names in TABLES.items():
        rows: list[_Row] = [
            (
                f"{table}.{name}",
                name,
                (
                    _label(name, lang),
                    _TYPES[COLUMNS[name].type][lang == "en"],
                    unit_of_column(name, lang),
                    never if COLUMNS[name].required else may,
                    meaning_of_column(name, lang),
                ),
            )
            for name in names
        ]
        yield _Grid(f"table-{table}", f"{table}: {meaning_of_table(table, lang)}", heads, rows)


def _label(column: str, lang: Language) -> str:
    return COLUMNS[column].zh if lang == "zh" else COLUMNS[column].en


def _forms(lang: Language) -> Iterator[_Grid]:
    heads = _say(lang, "代码|部分|官方标签|英文|单位", "Code|Part|Official label|English|Unit").split("|")
    for form in reversed(list(forms().values())):
        for table in form.tables:
            name = table.zh if lang == "zh" else table.en
            caption = f"{form.id} · {name} ({table.code})"
            yield _Grid(f"form-{form.id}-{table.code}", caption, heads, [*_parts(table, lang)])


def _parts(table: Table, lang: Language) -> Iterator[_Row]:
    column, group, row = _say(lang, "列|分组|行", "column|group|row").split("|")
    for each in (*table.columns, *table.local_columns):
        yield "", each.code, (column, each.zh, each.en, each.unit or "")
    for each_group in table.groups:
        yield "", each_group.code, (group, each_group.zh, each_group.en, "")
    for each_row in table.rows:
        yield "", each_row.code, (row, each_row.zh, each_row.en, each_row.unit or "")
