"""Rules that hold the running text against the tables and against itself."""

import pandas as pd

from gia_analysis.checks.evidence import Evidence
from gia_analysis.checks.registry import findings, rule
from gia_analysis.schema import KEY


def _told(evidence: Evidence, topic: str) -> pd.DataFrame:
    """Return the exact figures told on a topic, with the keys of readable reports."""
    figures = evidence.frames.figures
    told = figures[(figures["topic"] == topic) & ~figures["approximate"].fillna(False)]
    return told[told.set_index(KEY).index.isin(evidence.reports.index)]


def _compare(evidence: Evidence, told: pd.DataFrame, cell: pd.Series, where: str) -> pd.DataFrame:
    """Return one finding a report: some figure told on the topic is the figure of the table."""
    table, row, column = where.split(".")
    right = told.set_index(KEY).index.map(cell.to_dict())
    known = told.assign(right=pd.Series(right, index=told.index, dtype="float64"))
    known["equal"] = known["value"] == known["right"]
    best = known.sort_values("equal", ascending=False, kind="stable").drop_duplicates(KEY).set_index(KEY)
    best = best.reindex(cell.index)
    told_any = best["value"].notna()
    reason = pd.Series("not_told", index=cell.index, dtype="str").where(~told_any, "blank")
    return findings(
        best["equal"].eq(True), told_any & cell.notna(), reason, table=table, row=row, col=column, left=best["value"],
        right=cell, relation="=", detail=best["sentence"], cells=where,
    )[evidence.has(table).to_numpy()]  # fmt: skip


@rule(
    "NARR_REQUESTS",
    "soft",
    zh="正文所述收到申请数与表中本年新收数量（或与上年结转之和）一致。",
    en="The number of requests told in the text is that of the table (with those carried in, if the text says so).",
)
def check_requests_told(evidence: Evidence) -> pd.DataFrame:
    told = pd.concat([_told(evidence, "requests_received"), _one_by_one(evidence)], ignore_index=True)
    new = evidence.series("requests", "new_received", "total")
    carried = evidence.series("requests", "carried_in", "total")
    with_carried = told["sentence"].str.contains("含上年|含结转|包括上年", regex=True)
    totals = told.set_index(KEY).index.map((new + carried).to_dict())
    is_sum = with_carried & (told["value"].to_numpy() == pd.Series(totals, index=told.index, dtype="float64"))
    news = pd.Series(told.set_index(KEY).index.map(new.to_dict()), index=told.index, dtype="float64")
    told = told.assign(value=told["value"].where(~is_sum, news))
    return pd.concat(
        [
            _compare(evidence, told, new, "requests.new_received.total"),
            _compare(
                evidence, told, evidence.series("stats_2014", "requests_received", "value"),
                "stats_2014.requests_received.value",
            ),
        ],
        ignore_index=True,
    )  # fmt: skip


def _one_by_one(evidence: Evidence) -> pd.DataFrame:
    """Return the number of requests told one by one, for reports whose text gives no total."""
    single = _told(evidence, "request_told")
    totals = _told(evidence, "requests_received").set_index(KEY).index
    single = single[~single.set_index(KEY).index.isin(totals)]
    counts = single.groupby(KEY)["value"].transform("sum")
    return single.assign(value=counts).drop_duplicates(KEY)


@rule(
    "NARR_CARRY",
    "soft",
    zh="正文所述上年结转、办结、结转下年度件数与表中一致。",
    en="The numbers carried in, concluded and carried out told in the text are those of the table.",
)
def check_carry_told(evidence: Evidence) -> pd.DataFrame:
    places = [
        ("carried_in", "requests", "carried_in", "total"),
        ("results_total", "requests", "results_total", "total"),
        ("carried_out", "requests", "carried_out", "total"),
        ("results_total", "stats_2014", "requests_concluded", "value"),
    ]
    found = [
        _compare(evidence, _told(evidence, topic), evidence.series(table, row, column), f"{table}.{row}.{column}")
        for topic, table, row, column in places
    ]
    return pd.concat(found, ignore_index=True)


@rule(
    "NARR_PROACTIVE",
    "hard",
    zh="正文所述主动公开政府信息数与统计表一致。",
    en="The number of items disclosed told in the text is that of the statistics table.",
)
def check_proactive_told(evidence: Evidence) -> pd.DataFrame:
    told = _told(evidence, "proactive_total")
    return _compare(
        evidence, told, evidence.series("stats_2014", "proactive_total", "value"), "stats_2014.proactive_total.value"
    )


@rule(
    "NARR_BREAKDOWN",
    "soft",
    zh="“其中”所列各项之和等于其前所述总数。",
    en="The parts listed after 'of which' add up to the number before it.",
)
def check_breakdown(evidence: Evidence) -> pd.DataFrame:
    """A list is taken as complete if it has an 'other', or if its sum is the total or more."""
    figures = evidence.frames.figures
    listed = figures[figures["breakdown"].notna()]
    listed = listed[listed.set_index(KEY).index.isin(evidence.reports.index)].assign(
        approximate=lambda frame: frame["approximate"].fillna(False).astype(bool)
    )
    keys = [*KEY, "breakdown"]
    totals = listed[listed["role"] == "total"].set_index(keys)
    parts = listed[listed["role"] != "total"].groupby(keys)
    summed = parts["value"].sum().reindex(totals.index)
    complete = parts["role"].agg(lambda roles: "rest" in set(roles)).reindex(totals.index).eq(True)
    about = (totals["approximate"] | parts["approximate"].any().reindex(totals.index).eq(True)).astype(bool)
    applies = (complete | (summed >= totals["value"])) & ~about
    reason = pd.Series("list_may_be_partial", index=totals.index, dtype="str").where(~about, "approximate")
    frame = pd.DataFrame(
        {
            "holds": totals["value"] == summed, "applies": applies, "reason": reason, "left": totals["value"],
            "right": summed, "detail": totals["sentence"],
        }
    ).droplevel("breakdown")  # fmt: skip
    return findings(
        frame["holds"], frame["applies"], frame["reason"], left=frame["left"], right=frame["right"], relation="=",
        detail=frame["detail"],
    )  # fmt: skip
