"""Rules about figures inside the tables that are no plain sums."""

import numpy as np
import pandas as pd

from gia_analysis.checks.evidence import Evidence
from gia_analysis.checks.history import Positions
from gia_analysis.checks.registry import findings, rule
from gia_analysis.grids import Grid
from gia_analysis.schema import Verdict

_MANY_DISPUTES = 10
_DISPUTES_PER_RESULT = 3
_DISPUTE_ROWS = ("reconsideration", "litigation_direct", "litigation_after_review")


@rule(
    "NONNEG",
    "hard",
    zh="件数为非负整数，金额不为负；只有增减数可以为负。",
    en="Counts are whole and not negative, amounts not negative; only changes may be negative.",
)
def check_nonnegative(evidence: Evidence) -> pd.DataFrame:
    pairs = zip(evidence.grids, evidence.reports_of_grids, strict=True)
    bad = [found for grid, at in pairs if len(found := _odd_figures(grid, at))]
    has_cells = np.zeros(len(evidence.reports), dtype=bool)
    for rows in evidence.rows_of_grids:
        has_cells |= rows >= 0
    passed = findings(pd.Series(True, index=evidence.reports.index), pd.Series(has_cells), "no_table")
    return pd.concat([passed[~passed["at"].isin(pd.concat(bad)["at"])], *bad], ignore_index=True) if bad else passed


def _odd_figures(grid: Grid, at: Positions) -> pd.DataFrame:
    kinds = np.array(
        [[grid.table.type_of(row.code, column.code) for column in grid.table.columns] for row in grid.table.rows]
    )
    values = grid.values
    with np.errstate(invalid="ignore"):
        odd = ((values < 0) & (kinds != "signed")) | ((kinds != "money") & (np.rint(values) != values))
    report, row, column = np.nonzero(odd & ~np.isnan(values))
    rows = [grid.table.rows[index].code for index in row]
    columns = [grid.table.columns[index].code for index in column]
    return pd.DataFrame(
        {
            "at": at[report],
            "status": Verdict.FAIL.value,
            "form": grid.form.id,
            "table": grid.table.code,
            "row": rows,
            "col": columns,
            "left": values[report, row, column],
            "cells": [f"{grid.table.code}.{a}.{b}" for a, b in zip(rows, columns, strict=True)],
        }
    )


@rule(
    "A5_NOITEMS",
    "soft",
    zh="上一年项目数量与本年增减均为零时，处理决定数量一般为零。",
    en="Where there were no items and no change, there are usually no decisions.",
)
def check_decisions_without_items(evidence: Evidence) -> pd.DataFrame:
    found = []
    for table, row in (
        ("art20_5", "licensing"), ("art20_5", "other_services"), ("art20_6", "penalty"), ("art20_6", "compulsion"),
    ):  # fmt: skip
        items = evidence.series(table, row, "items_last_year")
        change = evidence.series(table, row, "items_change")
        decisions = evidence.series(table, row, "decisions")
        applies = evidence.has(table, "2019") & items.notna() & change.notna() & decisions.notna()
        cells = ";".join(f"{table}.{row}.{column}" for column in ("items_last_year", "items_change", "decisions"))
        holds = ~((items == 0) & (change == 0) & (decisions > 0))
        found.append(findings(holds, applies, "blank", form="2019", table=table, row=row, left=decisions, cells=cells))
    joined = pd.concat(found, ignore_index=True)
    return joined[evidence.has("art20_5", "2019").to_numpy()[joined["at"]]]


@rule(
    "PROC_PAIR",
    "soft",
    zh="采购项目数量与采购总金额同时为零或同时不为零。",
    en="The number of projects procured and the amount are both zero or both not.",
)
def check_procurement_pair(evidence: Evidence) -> pd.DataFrame:
    items = evidence.series("art20_9", "procurement", "procurement_items")
    amount = evidence.series("art20_9", "procurement", "procurement_amount")
    one_sided = (items.gt(0) & amount.isna()) | (amount.gt(0) & items.isna())
    applies = (items.notna() & amount.notna()) | one_sided
    return findings(
        (items.gt(0) == amount.gt(0)) & ~one_sided, applies, "blank", form="2019", table="art20_9", row="procurement",
        left=items, right=amount, cells="art20_9.procurement.procurement_items;art20_9.procurement.procurement_amount",
    )[evidence.has("art20_9").to_numpy()]  # fmt: skip


@rule(
    "REGS_LEVEL",
    "soft",
    zh="只有部委、省、设区的市和自治州能够制定规章。",
    en="Only ministries, provinces, cities with districts and autonomous prefectures can make rules.",
)
def check_rule_making_level(evidence: Evidence) -> pd.DataFrame:
    columns = ("made_this_year", "disclosed_this_year", "disclosed_total", "issued_this_year", "in_force")
    series = pd.concat([evidence.series("art20_1", "regulations", column) for column in columns], axis=1)
    largest = series.max(axis=1)
    level = evidence.reports["agency_level"]
    return findings(
        largest.eq(0) | ~level.isin(["county", "township"]), level.notna() & largest.notna(), "level_or_figure_unknown",
        table="art20_1", row="regulations", left=largest, right=0.0, relation="<=",
    )[evidence.has("art20_1").to_numpy()]  # fmt: skip


def _disputes(evidence: Evidence) -> pd.Series:
    totals = [evidence.series("review_litigation", row, "total") for row in _DISPUTE_ROWS]
    return pd.concat(totals, axis=1).sum(axis=1, min_count=len(_DISPUTE_ROWS))


@rule(
    "RL_SCALE",
    "soft",
    zh="复议、诉讼案件数一般不超过办理结果总计的三倍（案件不足十件的不作判断）。",
    en="Disputes are usually not more than three times the results of the year (not judged below ten).",
)
def check_dispute_scale(evidence: Evidence) -> pd.DataFrame:
    disputes = _disputes(evidence)
    limit = evidence.series("requests", "results_total", "total") * _DISPUTES_PER_RESULT
    return findings(
        (disputes <= limit) | (disputes < _MANY_DISPUTES), disputes.notna() & limit.notna(), "blank",
        table="review_litigation", left=disputes, right=limit, relation="<=",
    )[evidence.has("review_litigation").to_numpy()]  # fmt: skip


@rule(
    "S_TRAIN",
    "soft",
    zh="没有举办培训班时，接受培训人员数一般为零。",
    en="Where no training was held, usually nobody was trained.",
)
def check_trainees(evidence: Evidence) -> pd.DataFrame:
    trainings = evidence.series("stats_2014", "trainings", "value")
    trainees = evidence.series("stats_2014", "trainees", "value")
    return findings(
        ~((trainings == 0) & (trainees > 0)), trainings.notna() & trainees.notna(), "blank", form="2014",
        table="stats_2014", col="value", left=trainees, cells="stats_2014.trainings.value;stats_2014.trainees.value",
    )[evidence.has("stats_2014").to_numpy()]  # fmt: skip
