"""What a reader should see first of one report."""

from typing import TYPE_CHECKING

import pandas as pd

from gia_analysis.analysis import get_indicator
from gia_analysis.display import Card, format_number, format_share
from gia_analysis.forms import Language
from gia_analysis.wording import sentence, word

if TYPE_CHECKING:
    from gia_analysis.report import Report

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


def report_card(report: "Report", language: Language = "zh") -> Card:
    """Return title, facts, headline indicators and findings of a report."""
    facts = report.facts
    chinese = language == "zh"
    name = facts.agency or facts.source
    years = f" {facts.year} 年度" if chinese else f" {facts.year}"
    rows = [
        ("来源" if chinese else "Source", facts.source),
        ("表式" if chinese else "Form", facts.form or "—"),
        ("读取" if chinese else "Reading", _reading(report, language)),
        ("公布" if chinese else "Published", _published(report, language)),
    ]
    indicators = report.indicators.set_index("code", drop=False)
    for code in HEADLINES:
        rows.append((get_indicator(code).name(language), describe_indicator(indicators.loc[code], language)))
    findings = report.findings
    count = f"核验发现 {len(findings)} 处" if chinese else f"{len(findings)} findings"
    notes = [count] + [
        f"{row.code} ({word(row.severity, language)}): {sentence(row.sentence, language)}"
        for row in findings.head(_MOST_FINDINGS).itertuples()
    ]
    return Card(f"{name}{years if facts.year else ''}", rows, notes, language)


def _reading(report: "Report", language: Language) -> str:
    kinds = pd.Series([cell.kind.value for cell in report.cell_list]).value_counts()
    counted = ", ".join(f"{word(str(kind), language)} {count}" for kind, count in kinds.items())
    words = word(report.facts.status, language)
    labels = f"{report.facts.labels_found}/{report.facts.labels_expected}"
    return f"{words}；行标签 {labels}；单元格：{counted}" if language == "zh" else f"{words}; row labels {labels}; cells: {counted}"


def _published(report: "Report", language: Language) -> str:
    if report.facts.published is None:
        return "—"
    origin = word(report.facts.published_from, language)
    return f"{report.facts.published:%Y-%m-%d}（{origin}）" if language == "zh" else f"{report.facts.published:%Y-%m-%d} ({origin})"
