"""The rule that holds a percentage told in the text against the two numbers that it is made of."""

import numpy as np
import pandas as pd

from gia_analysis.checks.evidence import Evidence
from gia_analysis.checks.narrative_telling import read_amount, read_told
from gia_analysis.checks.registry import rule
from gia_analysis.grids import Numbers
from gia_analysis.schema import Verdict

_NUMBER = r"(?<![\d.,约近超逾过足到余])(?:\d{1,3}(?:,\d{3})+|\d+)"
_UNIT = "件次|条次|人次|[件条宗份篇项次个]"
_SHARE = r"(?P<share>\d+(?:\.\d+)?)%"
_COUNTED = rf"(?P<number>{_NUMBER})(?P<unit>{_UNIT})"
_PART = rf"(?P<part>{_NUMBER})(?P<unit>{_UNIT})[,、(]?占(?P<of>[^,。;\d%约近超]{{0,16}}){_SHARE}"
_RISE, _FALL = "增加|增长|上升|提高", "减少|下降|降低"
_GROWTH = (
    rf"(?P<now>{_NUMBER})(?P<unit>{_UNIT}),?(?:同?比|较|与)(?:[^,。;\d]|\d{{4}}年){{0,14}}?"
    rf"(?P<change>{_RISE}|{_FALL})了?(?P<difference>{_NUMBER})(?P=unit)[,、](?:同比)?"
    rf"(?:{_RISE}|{_FALL}|增幅|降幅)[率幅度了为达]*{_SHARE}"
)
_RATE = rf"(?<![按限准]时)(?<!按期)(?<!及时)(?<!法定)(?<!依法)办结率均?[为达到是]*{_SHARE}"
_NO_NAME = "比|比例|比重|总数|总量|全部|总件数|其|的|为|达|到|了|是"
_NAMES = ("申请", "答复", "办结", "办理", "公开")
_OTHER_WHOLE = "上年|去年|同期|全[省市州区县]|以上"
_NOT_REQUESTS = "建议|提案|议案|热线|工单|信件|留言|投诉|举报|信访|咨询|案件|许可|审批"


@rule(
    "NARR_SHARE",
    "soft",
    zh="正文所述百分比与其所依据的两个数字一致（误差不超过末位数字的一半）。",
    en="A percentage in the text agrees with its two numbers (within half of its last digit).",
)
def check_shares(evidence: Evidence) -> pd.DataFrame:
    """Judged where the two numbers are certain; approximate ones are not.

    A part after 其中 with its share of the only total before it; a growth told with the number and the difference;
    办结率 beside received and concluded in the same sentence, else in the tables, with or without those carried in.
    """
    told = _sentences(evidence)
    if told.empty:
        none = {"status": Verdict.NOT_APPLICABLE.value, "reason": "not_told"}
        return pd.DataFrame({"at": np.arange(len(evidence.reports)), **none})
    judged = pd.concat([_parts(told), _growth(told), _rates(evidence, told)], ignore_index=True)
    decimals = judged["share"].str.extract(r"\.(\d+)", expand=False).str.len().fillna(0).astype("float64")
    half = 0.5 * 10.0**-decimals
    judged["left"] = judged["share"].astype("float64")
    judged["difference"] = judged["left"] - judged["right"]
    agrees = judged["difference"].abs() <= half + 1e-9
    judged["status"] = np.where(agrees, Verdict.PASS.value, Verdict.FAIL.value)
    judged = judged.assign(relation="=", detail=judged["sentence"]).drop(columns=["share", "sentence"])
    open_ones = np.setdiff1d(np.arange(len(evidence.reports)), judged["at"])
    reason = np.where(np.isin(open_ones, told["at"]), "numbers_not_certain", "not_told")
    rest = pd.DataFrame({"at": open_ones, "status": Verdict.NOT_APPLICABLE.value, "reason": reason})
    found = pd.concat([judged.astype({"at": np.intp}), rest], ignore_index=True)
    return found.sort_values("at", kind="stable")


def _sentences(evidence: Evidence) -> pd.DataFrame:
    """Return the sentences that tell a share, once for each report."""
    figures = evidence.frames.figures
    chosen = (figures["unit"] == "%") & figures["sentence"].notna()
    shares, at = figures[chosen], evidence.at_figures[chosen]
    told = pd.DataFrame({"at": at, "sentence": shares["sentence"].to_numpy()})[at >= 0]
    return told.drop_duplicates().reset_index(drop=True)


def _numbers(printed: pd.Series) -> pd.Series:
    return printed.str.replace(",", "").astype("float64")


def _parts(told: pd.DataFrame) -> pd.DataFrame:
    lists = told[told["sentence"].str.count("其中") == 1]
    halves = lists["sentence"].str.extract("(?s:(?P<head>.*)其中(?P<tail>.*))")
    totals = halves["head"].str.extractall(_COUNTED).reset_index(level=1, drop=True)
    totals.index.name = "of_list"
    single = totals[~totals.set_index("unit", append=True).index.duplicated(keep=False)]
    parts = halves["tail"].str.extractall(_PART).reset_index(level=1, drop=True)
    parts.index.name = "of_list"
    both = parts.reset_index().merge(single.reset_index(), on=["of_list", "unit"])
    both["of"] = both["of"].fillna("")  # nothing matched is given as missing
    name = both["of"].str.replace(_NO_NAME, "", regex=True)
    head = halves["head"].reindex(both["of_list"]).to_numpy()
    fits = name == ""
    for word in _NAMES:
        fits |= name.str.contains(word) & pd.Series(head, index=both.index, dtype="str").str.contains(word)
    total = _numbers(both["number"])
    both = both.assign(right=_numbers(both["part"]) / total.where(total > 0) * 100)
    both = both[fits & ~both["of"].str.contains(_OTHER_WHOLE, regex=True) & both["right"].notna()]
    return (
        lists.loc[both["of_list"]]
        .reset_index(drop=True)
        .assign(share=both["share"].to_numpy(), right=both["right"].to_numpy())
    )


def _growth(told: pd.DataFrame) -> pd.DataFrame:
    found = told["sentence"].str.extractall(_GROWTH).reset_index(level=1, drop=True)
    difference = _numbers(found["difference"])
    fall = found["change"].isin(_FALL.split("|"))
    before = _numbers(found["now"]) + difference.where(fall, -difference)
    right = difference / before.where(before > 0) * 100
    known = right.notna()
    return (
        told.loc[found.index[known]]
        .reset_index(drop=True)
        .assign(share=found["share"][known].to_numpy(), right=right[known].to_numpy())
    )


def _rates(evidence: Evidence, told: pd.DataFrame) -> pd.DataFrame:
    about = told["sentence"].str.contains("申请") & ~told["sentence"].str.contains(_NOT_REQUESTS, regex=True)
    found = told[about].join(told["sentence"].str.extract(_RATE)).dropna(subset=["share"])
    choices = np.column_stack([_rates_in_sentences(evidence, found), _rates_in_tables(evidence, found)])
    distance = np.abs(choices - found["share"].astype("float64").to_numpy()[:, None])
    nearest = np.where(np.isnan(distance), np.inf, distance).argmin(axis=1)
    right = choices[np.arange(len(found)), nearest]
    return found.assign(right=right)[~np.isnan(right)]


def _rates_in_sentences(evidence: Evidence, found: pd.DataFrame) -> Numbers:
    """Return the rate that the only two numbers of a sentence give, NaN where it has not just these."""
    figures = [read_told(evidence, topic) for topic in ("results_total", "requests_received")]
    values = []
    for each in figures:
        single = each[~each.duplicated(["at", "sentence"], keep=False)]
        merged = found.merge(single[["at", "sentence", "value"]], on=["at", "sentence"], how="left")
        values.append(merged["value"].to_numpy(dtype="float64"))
    return _percent(*values)


def _rates_in_tables(evidence: Evidence, found: pd.DataFrame) -> Numbers:
    at = found["at"].to_numpy(dtype=np.intp)
    results, new, carried, concluded, received = (
        read_amount(evidence, table, row, column).figure[at]
        for table, row, column in (
            ("requests", "results_total", "total"),
            ("requests", "new_received", "total"),
            ("requests", "carried_in", "total"),
            ("stats_2014", "requests_concluded", "value"),
            ("stats_2014", "requests_received", "value"),
        )
    )
    return np.column_stack([_percent(results, new), _percent(results, new + carried), _percent(concluded, received)])


def _percent(part: Numbers, whole: Numbers) -> Numbers:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole > 0, part / whole * 100, np.nan)
