"""Rules that hold the numbers of requests and items told in the running text against the tables, and lists against their total."""

import pandas as pd

from gia_analysis.checks.evidence import Evidence
from gia_analysis.checks.narrative_telling import compare, read_amount, read_told
from gia_analysis.checks.registry import rule
from gia_analysis.schema import Verdict

_WITH_CARRIED = "(?:含|包括|连同|加上|其中)[^。;]{0,6}(?:上(?:一)?年|结转)"
_TOLERANCE = 1e-6


@rule(
    "NARR_REQUESTS",
    "soft",
    zh="正文所述收到申请数与表中本年新收数量（或与上年结转之和）一致。",
    en="The number of requests told in the text is that of the table (with those carried in, if the text says so).",
)
def check_requests_told(evidence: Evidence) -> pd.DataFrame:
    told = pd.concat([read_told(evidence, "requests_received"), _one_by_one(evidence)], ignore_index=True)
    with_carried = told[told["sentence"].str.contains(_WITH_CARRIED, regex=True).fillna(False).astype(bool)]
    new = read_amount(evidence, "requests", "new_received", "total")
    both = new.plus(read_amount(evidence, "requests", "carried_in", "total"))
    received = read_amount(evidence, "stats_2014", "requests_received", "value")
    found = [
        compare(evidence, [(told, new), (with_carried, both)], untold=True),
        compare(evidence, [(told, received)], untold=True),
    ]
    return pd.concat(found, ignore_index=True)


def _one_by_one(evidence: Evidence) -> pd.DataFrame:
    """Return the number of requests told one by one, for reports whose text gives no total."""
    single = read_told(evidence, "request_told")
    single = single[~single["at"].isin(read_told(evidence, "requests_received")["at"])]
    return single.assign(value=single.groupby("at")["value"].transform("sum")).drop_duplicates("at")


@rule(
    "NARR_CARRY",
    "soft",
    zh="正文所述上年结转、办结（答复）、结转下年度件数与表中一致。",
    en="The numbers carried in, concluded (replied to) and carried out told in the text are those of the table.",
)
def check_carry_told(evidence: Evidence) -> pd.DataFrame:
    places = [
        (("carried_in",), "requests", "carried_in", "total"),
        (("results_total", "replies_total"), "requests", "results_total", "total"),
        (("carried_out",), "requests", "carried_out", "total"),
        (("results_total",), "stats_2014", "requests_concluded", "value"),
        (("replies_total",), "stats_2014", "replies_total", "value"),
    ]
    found = [
        compare(evidence, [(read_told(evidence, *topics), read_amount(evidence, *place))], untold=True)
        for topics, *place in places
    ]
    return pd.concat(found, ignore_index=True)


@rule(
    "NARR_PROACTIVE",
    "hard",
    zh="正文所述主动公开政府信息数与统计表一致。",
    en="The number of items disclosed told in the text is that of the statistics table.",
)
def check_proactive_told(evidence: Evidence) -> pd.DataFrame:
    told = read_told(evidence, "proactive_total")
    return compare(evidence, [(told, read_amount(evidence, "stats_2014", "proactive_total", "value"))], untold=True)


@rule(
    "NARR_BREAKDOWN",
    "soft",
    zh="“其中”所列各项之和等于其前所述总数。",
    en="The parts listed after 'of which' add up to the number before it.",
)
def check_breakdown(evidence: Evidence) -> pd.DataFrame:
    """A list is taken as complete if it has an 'other', or if its sum is the total or more.

    A total may be divided twice (by channel, then by applicant): the first parts that make it up are a list of their own.
    """
    lists = read_lists(evidence)
    judged = (lists["rest"] | (lists["sum"] >= lists["value"] - _TOLERANCE)) & ~lists["about"]
    holds = ((lists["sum"] - lists["value"]).abs() <= _TOLERANCE) | lists["made_up_before_its_end"]
    found = lists[["at", "value", "sum", "sentence"]].rename(
        columns={"value": "left", "sum": "right", "sentence": "detail"}
    )
    found["status"] = Verdict.FAIL.value
    found.loc[holds, "status"] = Verdict.PASS.value
    found.loc[~judged, "status"] = Verdict.NOT_APPLICABLE.value
    found["reason"] = pd.Series("list_may_be_partial", index=lists.index, dtype="str")
    found["reason"] = found["reason"].where(~lists["about"], "approximate").where(~judged)
    return found.assign(relation="=", difference=found["left"] - found["right"])


def read_lists(evidence: Evidence) -> pd.DataFrame:
    """Return the enumerations of the texts, one row each: the total's figure and place, and what is known of its parts.

    ``sum`` adds up the parts, ``rest`` says whether there is an 'other', ``about`` whether a figure is approximate, and
    ``made_up_before_its_end`` whether two or more of the first parts are the total already.
    """
    figures = evidence.frames.figures
    listed = figures.assign(at=evidence.at_figures)[figures["breakdown"].notna() & (evidence.at_figures >= 0)]
    listed = listed.assign(about=listed["approximate"].fillna(False).astype(bool))
    keys = ["at", "breakdown"]
    totals = listed[listed["role"] == "total"].drop_duplicates(keys).set_index(keys)
    parts = listed[listed["role"] != "total"].set_index(keys)
    running = parts.groupby(keys)["value"].cumsum()
    whole = totals["value"].reindex(parts.index)
    later = parts.groupby(keys).cumcount() >= 1
    made_up = ((running - whole).abs() <= _TOLERANCE) & (whole > 0) & later
    known = pd.DataFrame(
        {"sum": parts["value"], "rest": parts["role"] == "rest", "part_about": parts["about"], "made_up": made_up}
    )
    known = known.groupby(keys).agg({"sum": "sum", "rest": "any", "part_about": "any", "made_up": "any"})
    joined = totals.join(known, how="inner")
    joined["about"] = joined["about"] | joined["part_about"]
    return joined.rename(columns={"made_up": "made_up_before_its_end"}).reset_index()
