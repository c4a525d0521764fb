"""Rules that hold a report against the same agency's report of the year before.

In ``cells``, one of last year's report stands behind ``last_year:``; ``detail`` of a rule that fails names that report.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from gia_analysis.checks.evidence import Evidence
from gia_analysis.checks.last_year import LAST_YEAR, Judged, findings_of, places_of, relate
from gia_analysis.checks.registry import findings, rule
from gia_analysis.forms import Table, forms
from gia_analysis.schema import Verdict

_APPLICANTS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other_org", "total")
_DISPUTES = ("reconsideration", "litigation_direct", "litigation_after_review")
_DOCUMENTS = ("art20_1.regulations", "art20_1.normative_documents")
_ITEMS = ("art20_5.licensing", "art20_5.other_services", "art20_6.penalty", "art20_6.compulsion", "art20_8.fees")
_NOT = Verdict.NOT_APPLICABLE.value


@rule(
    "X_CARRY",
    "hard",
    zh="上年结转申请数量等于上一年度报告的结转下年度继续办理数量。",
    en="Requests carried in are those that last year's report carried out.",
)
def check_carried_over(evidence: Evidence) -> pd.DataFrame:
    pairs = [(f"requests.carried_in.{each}", f"last_year:requests.carried_out.{each}") for each in _APPLICANTS]
    return findings_of(evidence, (relate(evidence, [now], "=", [before]) for now, before in pairs))


@rule(
    "X_FORCE",
    "soft",
    zh="现行有效件数一般等于上一年度现行有效件数加本年制发件数减本年废止件数。",
    en="Documents in force are usually those of last year plus those issued minus those repealed.",
)
def check_documents_in_force(evidence: Evidence) -> pd.DataFrame:
    def going_on(row: str) -> Judged:
        parts = [f"last_year:{row}.in_force", f"{row}.issued_this_year", f"-{row}.repealed_this_year"]
        return relate(evidence, [f"{row}.in_force"], "=", parts)

    return findings_of(evidence, map(going_on, _DOCUMENTS))


@rule(
    "X_DISCLOSED",
    "soft",
    zh="对外公开总数量一般等于上一年度对外公开总数量加本年新公开数量。",
    en="Documents disclosed in total are usually those of last year plus those disclosed this year.",
)
def check_documents_disclosed(evidence: Evidence) -> pd.DataFrame:
    def going_on(row: str) -> Judged:
        parts = [f"last_year:{row}.disclosed_total", f"{row}.disclosed_this_year"]
        return relate(evidence, [f"{row}.disclosed_total"], "=", parts)

    return findings_of(evidence, map(going_on, _DOCUMENTS))


@rule(
    "X_ITEMS",
    "soft",
    zh="上一年项目数量一般等于上一年度报告的上一年项目数量加本年增减。",
    en="Last year's items are usually those that last year's report began with plus its change.",
)
def check_items_carried_on(evidence: Evidence) -> pd.DataFrame:
    def going_on(row: str) -> Judged:
        parts = [f"last_year:{row}.items_last_year", f"last_year:{row}.items_change"]
        return relate(evidence, [f"{row}.items_last_year"], "=", parts)

    return findings_of(evidence, map(going_on, _ITEMS))


@rule(
    "X_PENDING",
    "soft",
    zh="上一年度尚未审结的复议、诉讼案件一般计入本年总计。",
    en="Disputes pending at the end of last year are usually among those of this year.",
)
def check_pending_disputes(evidence: Evidence) -> pd.DataFrame:
    rows = [f"review_litigation.{each}" for each in _DISPUTES]
    return findings_of(
        evidence, (relate(evidence, [f"last_year:{row}.pending"], "<=", [f"{row}.total"]) for row in rows)
    )


_JUMP = 5
_SMALL_BASE = 20
_MAIN_TOTALS = {
    "requests.new_received.total": "stats_2014.requests_received.value",
    "requests.results_total.total": "stats_2014.replies_total.value",
    "review_litigation.reconsideration.total": "stats_2014.reconsiderations_total.value",
    "review_litigation.litigation_direct.total": None,
    "review_litigation.litigation_after_review.total": None,
    "art20_1.normative_documents.disclosed_total": None,
    "art20_1.normative_documents.in_force": None,
    "art20_5.licensing.decisions": None,
    "art20_5.other_services.decisions": None,
    "art20_6.penalty.decisions": None,
    "art20_6.compulsion.decisions": None,
    "art20_8.fees.fee_amount": None,
    "art20_9.procurement.procurement_amount": None,
    "stats_2014.proactive_total.value": None,
    "stats_2014.requests_received.value": None,
    "stats_2014.replies_total.value": None,
    "stats_2014.reconsiderations_total.value": None,
    "stats_2014.litigations_total.value": None,
}


@rule(
    "X_JUMP",
    "soft",
    zh="主要总数与上一年度相比一般不超过五倍、不少于五分之一（上一年度不足二十的不作判断）。",
    en="Main totals are usually not more than five times, nor less than a fifth of last year's (not judged from below 20).",
)
def check_jumps(evidence: Evidence) -> pd.DataFrame:
    """Totals of the form of 2019 go on from those of the form of 2014 that count the same."""
    return findings_of(evidence, (each for name in _MAIN_TOTALS for each in _jumps(evidence, name)))


def _jumps(evidence: Evidence, name: str) -> Iterator[Judged]:
    older = _MAIN_TOTALS[name]
    if older is None:
        yield _jump(evidence, name, name)
        return
    from_older = evidence.last_year(older).on_form & ~evidence.last_year(name).on_form
    for name_before, chosen in ((name, ~from_older), (older, from_older)):
        judged = _jump(evidence, name, name_before)
        yield replace(judged, on_form=judged.on_form & chosen)


def _jump(evidence: Evidence, name: str, name_before: str) -> Judged:
    (now, before), on_form, missing = places_of(evidence, [name, LAST_YEAR + name_before])
    jumps = (now.value > before.value * _JUMP) | (now.value * _JUMP < before.value)
    reason = np.select(
        [now.open | before.open, np.isnan(before.value), before.value < _SMALL_BASE, np.isnan(now.value)],
        ["unread", "blank", "small_base", "blank"],
        "",
    ).astype(object)
    status = np.select([reason != "", jumps], [_NOT, Verdict.FAIL.value], Verdict.PASS.value).astype(object)
    table, row, column = name.split(".")
    cells = f"{name};{LAST_YEAR}{name_before}"
    return Judged(table, row, column, on_form, missing, status, reason, now.value, before.value, None, cells)


_STOCKS = (
    "in_force", "disclosed_total", "items_last_year", "dedicated_offices", "reading_points", "staff_total",
    "staff_full_time", "staff_part_time",
)  # fmt: skip


@rule(
    "X_COPY",
    "soft",
    zh="表中本年数字一般不与上一年度报告完全相同（只有存量或全为零的表不作判断）。",
    en="The figures of a table are usually not all those of last year's report (not judged without other figures than stocks).",
)
def check_copied_tables(evidence: Evidence) -> pd.DataFrame:
    """``left`` is the number of figures that are not zero, ``right`` how many of them are those of last year."""
    return findings_of(
        evidence,
        (
            _copy(evidence, form.id, table)
            for form in forms().values()
            for table in form.tables
            if not table.open_ended and evidence.has(table.code, form.id).any()
        ),
    )


def _copy(evidence: Evidence, form: str, table: Table) -> Judged:
    why = evidence.why_no_last_year
    missing = np.select(
        [why != "", ~evidence.table_last_year(table.code), ~evidence.table_last_year(table.code, form)],
        [why, "no_table_of_last_year", "form_differs"],
        "",
    ).astype(object)
    on_form = evidence.has(table.code, form).to_numpy()
    chosen = np.flatnonzero(on_form & (missing == ""))
    size = len(on_form)
    differs, may_differ, unread, counted = (np.zeros(size, dtype=bool) for _ in range(4))
    figures, alike = np.zeros(size), np.zeros(size)
    for row in table.rows if len(chosen) else ():
        for column in table.columns:
            name = f"{table.code}.{row.code}.{column.code}"
            now, before = evidence.this_year(name, chosen), evidence.last_year(name, chosen)
            blank_now, blank_before = np.isnan(now.value), np.isnan(before.value)
            value, value_before = np.where(blank_now, 0, now.value), np.where(blank_before, 0, before.value)
            unequal = value != value_before
            differs[chosen] |= unequal & ~blank_now & ~blank_before
            may_differ[chosen] |= unequal
            unread[chosen] |= now.open | before.open
            figures[chosen] += value != 0
            alike[chosen] += (value != 0) & ~unequal
            if not {row.code, column.code} & set(_STOCKS):
                counted[chosen] |= (value != 0) | (value_before != 0)
    reason = np.select([differs, unread, ~counted], ["", "unread", "nothing_counted"], "").astype(object)
    status = np.select(
        [reason != "", differs, may_differ],
        [_NOT, Verdict.PASS.value, Verdict.PASS_IF_BLANK_IS_ZERO.value],
        Verdict.FAIL.value,
    ).astype(object)
    return Judged(table.code, None, None, on_form, missing, status, reason, figures, alike, None, None)


@rule(
    "RL_ZERO",
    "soft",
    zh="本年和上年办理结果均为零时，一般没有复议、诉讼案件。",
    en="Where no request was handled this year and last, there are usually no disputes.",
)
def check_disputes_without_results(evidence: Evidence) -> pd.DataFrame:
    totals = [evidence.series("review_litigation", row, "total") for row in _DISPUTES]
    disputes = pd.concat(totals, axis=1).sum(axis=1, min_count=len(_DISPUTES), skipna=False)
    results = evidence.series("requests", "results_total", "total")
    before = evidence.last_year("requests.results_total.total").value
    known = disputes.notna() & results.notna()
    settled = (results > 0) | (disputes == 0)
    return findings(
        ~((results == 0) & (before == 0) & (disputes > 0)), known & (~np.isnan(before) | settled),
        _blank_or_alone(evidence, known), table="review_litigation", left=disputes, right=0.0, relation="<=",
    )[evidence.has("review_litigation").to_numpy()]  # fmt: skip


def _blank_or_alone(evidence: Evidence, known: pd.Series) -> pd.Series:
    """Say why a rule cannot be judged: figures of this year or of last are blank, or there is no report of last year."""
    return (
        pd.Series(evidence.why_no_last_year, index=known.index, dtype="str")
        .where(known)
        .replace("", "blank")
        .fillna("blank")
    )


@rule(
    "S_CONCL_RECEIVED",
    "soft",
    zh="申请办结数一般不大于收到申请数与上年未办结数之和。",
    en="Requests concluded are usually not more than those received plus those left from last year.",
)
def check_concluded_against_received(evidence: Evidence) -> pd.DataFrame:
    return _against_received(evidence, "requests_concluded")


@rule(
    "S_REPL_RECEIVED",
    "soft",
    zh="申请答复数一般不大于收到申请数与上年未办结数之和。",
    en="Replies are usually not more than the requests received plus those left from last year.",
)
def check_replies_against_received(evidence: Evidence) -> pd.DataFrame:
    return _against_received(evidence, "replies_total")


def _against_received(evidence: Evidence, row: str) -> pd.DataFrame:
    received = evidence.series("stats_2014", "requests_received", "value")
    handled = evidence.series("stats_2014", row, "value")
    names = [f"stats_2014.{each}.value" for each in ("requests_received", "requests_concluded")]
    received_before, concluded_before = (evidence.last_year(name).value for name in names)
    left_over = pd.Series(np.maximum(received_before - concluded_before, 0), index=received.index)
    limit = received + left_over.fillna(0)
    known = received.notna() & handled.notna()
    cells = ";".join([f"stats_2014.{row}.value", names[0], *(LAST_YEAR + name for name in names)])
    return findings(
        handled <= limit, known & ((handled <= received) | left_over.notna()), _blank_or_alone(evidence, known),
        form="2014", table="stats_2014", col="value", left=handled, right=limit, relation="<=", cells=cells,
    )[evidence.has("stats_2014").to_numpy()]  # fmt: skip
