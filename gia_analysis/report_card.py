"""Indicators, findings and whole reports in words: what a reader should see first."""

from typing import Any

import pandas as pd

from gia_analysis.analysis import get_indicator
from gia_analysis.display import Card, format_number, format_share
from gia_analysis.forms import Language
from gia_analysis.records import ReportFacts
from gia_analysis.wording import kind_word, reading_word, sentence, word

HEADLINES = ("request_volume", "workload", "results", "disclosure_rate_broad", "refusal_rate")
_MOST_FINDINGS = 5


def describe_indicator(row: pd.Series, language: Language = "zh") -> str:
    """Return an indicator's value as people read it, with its parts, or the reason why there is none."""
    indicator = get_indicator(str(row["code"]))
    if isinstance(row["reason"], str):
        reason = word(row["reason"], language)
        return f"— （{reason}）" if language == "zh" else f"— ({reason})"
    if indicator.kind == "count":
        unit = (indicator.unit or "") if language == "zh" else ""
        return f"{format_number(row['value'])} {unit}".strip()
    parts = f"{format_number(row['numerator'])} / {format_number(row['denominator'])}"
    if indicator.kind == "ratio":
        return f"{row['value']:.2f} = {parts}"
    return f"{format_share(row['value'], row['low'], row['high'])} = {parts}"


NEGATED = {"=": "≠", "<=": ">", ">=": "<"}


def describe_finding(row: Any, language: Language = "zh") -> str:
    """Return what a failing check found: its two sides as they stand, and the detail."""
    sides = ""
    if not pd.isna(row.left) or not pd.isna(row.right):
        relation = NEGATED.get(row.relation, "/")
        sides = f"{format_number(row.left)} {relation} {format_number(row.right)}"
    details = row.detail.split(";") if isinstance(row.detail, str) else []
    return "; ".join([*([sides] if sides else []), *(word(each, language) for each in details)])


def describe_hint(row: Any, language: Language = "zh") -> str:
    """Return in words what a row of ``hints`` says: what was printed, what would mend the checks, and which slip it may be."""
    printed, suggested = format_number(row.value), format_number(row.suggested)
    slip = word("other_slip" if row.slip == "other" else row.slip, language)
    if language == "zh":
        return f"印作 {printed}，若为 {suggested} 则核验成立（{slip}）"
    return f"printed {printed}; with {suggested} the checks would hold ({slip})"


def report_card(
    facts: ReportFacts,
    cells: pd.DataFrame,
    indicators: pd.DataFrame,
    findings: pd.DataFrame,
    language: Language = "zh",
) -> Card:
    """Return title, facts, headline indicators and findings of a report; the frames are those of this report alone."""
    chinese = language == "zh"
    years = f" {facts.year} 年度" if chinese else f" {facts.year}"
    rows = [
        ("来源" if chinese else "Source", facts.source),
        ("表式" if chinese else "Form", facts.form or "—"),
        ("读取" if chinese else "Reading", _reading(facts, cells, language)),
        ("公布" if chinese else "Published", _published(facts, language)),
    ]
    by_code = indicators.set_index("code", drop=False)
    for code in HEADLINES:
        if code in by_code.index:
            rows.append((get_indicator(code).name(language), describe_indicator(by_code.loc[code], language)))
    notes = [f"核验发现 {len(findings)} 处" if chinese else f"Findings: {len(findings)}"] + [
        f"{row.code} ({word(row.severity, language)}): {sentence(row.sentence, language)}"
        for row in findings.head(_MOST_FINDINGS).itertuples()
    ]
    return Card(f"{facts.agency or facts.source}{years if facts.year else ''}", rows, notes, language)


def _reading(facts: ReportFacts, cells: pd.DataFrame, language: Language) -> str:
    kinds = cells["kind"].value_counts()
    counted = ", ".join(f"{kind_word(str(kind), language)} {count}" for kind, count in kinds.items())
    parts = [word(facts.status, language), f"{reading_word('labels', language)} {labels_read(facts)}"]
    if counted:
        parts.append(f"{reading_word('cells', language)}{'：' if language == 'zh' else ': '}{counted}")
    if facts.table_lines is not None:
        parts.append(f"{reading_word('table_lines_unused', language)} {lines_unused(facts)}")
    return ("；" if language == "zh" else "; ").join(parts)


def labels_read(facts: Any) -> str:
    """Return how many of the row labels expected were found, of facts or of a row of ``reports``."""
    return f"{format_number(facts.labels_found)}/{format_number(facts.labels_expected)}"


def lines_unused(facts: Any) -> str:
    """Return how many of the lines of tables went into no label and no cell, of facts or of a row of ``reports``."""
    return f"{format_number(facts.table_lines_unused)}/{format_number(facts.table_lines)}"


def _published(facts: ReportFacts, language: Language) -> str:
    if facts.published is None:
        return "—"
    origin = word(facts.published_from, language)
    day = f"{facts.published:%Y-%m-%d}"
    return f"{day}（{origin}）" if language == "zh" else f"{day} ({origin})"
