"""The part of an agency's page that sets it beside others, as far as chance and the number of cases allow."""

from functools import cached_property

import numpy as np
import pandas as pd

from gia_analysis.analysis import DEFAULT_DISCLOSURE_RATE, FEWEST_CASES, SMALLEST_GROUP, get_indicator
from gia_analysis.charts import Chart, interval_chart
from gia_analysis.display import Notes, Section, ShownTable, format_number, format_share, show
from gia_analysis.schema import KEY
from gia_analysis.summaries.agency_page import AgencyPage
from gia_analysis.summaries.agency_peers import (
    COMPARED_INDICATORS,
    FEWEST_PEERS,
    PEER_COLUMNS,
    PeerGroup,
    peer_groups,
)
from gia_analysis.summaries.following import follow_indicator, mark_corrected, number, over
from gia_analysis.traced import Quoted, Shown, Traced, Words

__all__ = ["COMPARED_INDICATORS", "PEER_COLUMNS", "AgencyStanding", "peer_groups"]

_MOST_SHOWN = 12


class AgencyStanding(AgencyPage):
    """How the agency stands among its peers of the year."""

    @cached_property
    def group(self) -> PeerGroup | None:
        """The group in which the agency is compared; none where its year is not known."""
        key = self._keys.loc[self._is_own(self._same_year)].iloc[0]
        return PeerGroup(key) if isinstance(key, str) else None

    @cached_property
    def _same_year(self) -> pd.DataFrame:
        reports = self.corpus.reports
        return reports.loc[(reports["year"] == self.year).fillna(False), list(PEER_COLUMNS)]

    @cached_property
    def _keys(self) -> pd.Series:
        return peer_groups(self._same_year)

    def _is_own(self, rows: pd.DataFrame) -> pd.Series:
        return (rows["report_id"] == self.report_id) & (rows["source"] == self.report["source"])

    @cached_property
    def peers(self) -> pd.DataFrame:
        """The reports of the group, the agency's own among them."""
        return self._same_year[self._keys == (self.group.key if self.group else "")]

    @cached_property
    def _compared(self) -> pd.DataFrame:
        """The indicators compared of all reports of the group, with ``agency``."""
        every = self.corpus.indicators
        rows = every[every["code"].isin(COMPARED_INDICATORS)]
        rows = rows[rows["report_id"].isin(self.peers["report_id"])]
        return rows.merge(self.peers[[*KEY, "agency"]], on=list(KEY))

    def _of(self, code: str) -> pd.DataFrame:
        rows = self._compared[self._compared["code"] == code]
        return rows[rows["value"].notna()]

    def comparison(self) -> Section:
        """Return how the agency stands among agencies like it, who they are, and whether a difference can be told."""
        title = self._t("与谁相比，处在什么位置？", "Compared with whom, and where does it stand?")
        parts: list[object] = [self.compared_with()]
        if not self.has_peers:
            return Section(title, parts)
        rates = self._of(DEFAULT_DISCLOSURE_RATE)
        parts += [self._volumes(), self.standing]
        own = rates[self._is_own(rates)]
        if len(own) and len(rates) > 1:
            nearest = self._nearest(rates, own)
            parts += [self._chart(rates, nearest), self._folded(self._rate_table(nearest))]
        return Section(title, [*parts, Notes([self._widened()])])

    @property
    def has_peers(self) -> bool:
        """Whether there are enough comparable reports to compare with."""
        return self.group is not None and len(self.peers) >= SMALLEST_GROUP

    def compared_with(self) -> Shown:
        """Return in a sentence who the peers are and how many."""
        if self.group is None:
            return self._t("年度不明，没有可比的机关。", "The year is not known: there are no peers.")
        many = self._among(len(self.peers), "count")
        described = self.group.described(self.lang)
        if len(self.peers) < SMALLEST_GROUP:
            return self._say(
                "同年度可比的报告只有 {many} 份（含本机关），不足 {least} 份，不作比较。",
                "Only {many} reports of the year are comparable, this one among them: with fewer than {least} none is compared.",
                many=many,
                least=self._setting(SMALLEST_GROUP, "SMALLEST_GROUP"),
            )
        if not described:
            return self._say(
                "与同年度语料中全部 {many} 个机关（含本机关）相比。",
                "Compared with all {many} agencies of the year in the corpus, this one among them.",
                many=many,
            )
        return self._say(
            "与同年度 {many} 个同类机关（含本机关）相比：{described}。",
            "Compared with {many} agencies of the year, this one among them: {described}.",
            many=many,
            described=described,
        )

    def _widened(self) -> Shown:
        """Return how the group was made, and by what it was not parted further."""
        order = self._say(
            "同年同口径的报告依次按层级、机关类型、省份、地市分组，每组至少 {least} 份。",
            "Reports of one year and scope are parted by level, kind of body, province and prefecture, in this order, into "
            "groups of at least {least}.",
            least=self._setting(FEWEST_PEERS, "FEWEST_PEERS"),
        )
        left = self.group.not_parted_by(self.lang) if self.group else ""
        if not left:
            return order
        told = self._t(
            f"因会使组过小或资料不明，没有再按{left}区分，而是放宽范围。",
            f" Because groups would be too small, or the facts are not known, it was widened: not parted by {left}.",
        )
        return Words([order, told])

    def _volumes(self) -> Shown:
        volume = self._of("request_volume")
        middle: Shown = format_number(None)
        if len(volume):
            median = self._among(volume["value"].median(), "median", len(volume), indicator="request_volume")
            middle = mark_corrected(median, volume, self.lang)
        return self._say(
            "新收申请：本机关 {own}；组内 {told} 个机关报告了此数，中位数 {median} 件。",
            "New requests: this agency {own}; {told} of the group report the number, the median is {median}.",
            own=self._indicator("request_volume"),
            told=self._among(len(volume), "count", indicator="request_volume", where="known"),
            median=middle,
        )

    @cached_property
    def standing(self) -> Shown:
        """In a sentence, where the agency's rate stands among its peers, or why that cannot be told."""
        rates, placed = self._of(DEFAULT_DISCLOSURE_RATE), self.indicators.loc[DEFAULT_DISCLOSURE_RATE]
        if rates.empty:
            return self._t("组内没有可以计算的公开率。", "No agency of the group has a disclosure rate.")
        whole = self._whole(rates)
        if pd.isna(placed["value"]):
            return self._say(
                "本机关没有可比的公开率；组内合计为 {whole}。",
                "This agency has no rate to compare; that of the group taken together is {whole}.",
                whole=whole,
            )
        return Words([self._against(rates, placed, whole), self._t("", " "), self._ranked(rates, placed)])

    def _whole(self, rates: pd.DataFrame) -> Shown:
        share = float(rates["numerator"].sum() / rates["denominator"].sum())
        made = self._among(share, "rate", len(rates), text=format_share(share), indicator=DEFAULT_DISCLOSURE_RATE)
        return mark_corrected(made, rates, self.lang)

    def _against(self, rates: pd.DataFrame, placed: pd.Series, whole: Shown) -> Shown:
        share = float(rates["numerator"].sum() / rates["denominator"].sum())
        if placed["low"] > share:
            verdict = self._t("整个区间高于此数", "its whole interval is above that")
        elif placed["high"] < share:
            verdict = self._t("整个区间低于此数", "its whole interval is below that")
        else:
            verdict = self._t(
                "此数在区间之内，不能说高于或低于同类",
                "that lies within its interval, so it is neither above nor below",
            )
        return self._say(
            "公开率：本机关 {own}；组内 {n} 个机关合计 {whole}：{verdict}。",
            "Disclosure rate: this agency {own}; the {n} agencies of the group that have one, taken together, {whole}: {verdict}.",
            own=self._indicator(DEFAULT_DISCLOSURE_RATE),
            n=self._among(len(rates), "count", indicator=DEFAULT_DISCLOSURE_RATE, where="known"),
            whole=whole,
            verdict=verdict,
        )

    def _ranked(self, rates: pd.DataFrame, placed: pd.Series) -> Shown:
        """Return the rank among those with cases enough, as ``analysis.compare`` has it, or why there is none."""
        least = self._setting(FEWEST_CASES, "FEWEST_CASES")
        values = rates.loc[rates["denominator"] >= FEWEST_CASES, "value"]
        if placed["denominator"] < FEWEST_CASES:
            return self._say(
                "本机关办理结果不足 {least} 件，不排名。",
                "With fewer than {least} results it is not ranked.",
                least=least,
            )
        if len(values) < SMALLEST_GROUP:
            return self._say(
                "办理结果有 {least} 件以上的机关太少，不排名。",
                "Too few have {least} results or more: none is ranked.",
                least=least,
            )
        return self._say(
            "在办理结果有 {least} 件以上的 {peers} 个机关中，由高到低排第 {rank} 位；区间重叠的机关分不出先后。",
            "Among the {peers} with {least} results or more it ranks {rank} from the highest; where intervals overlap, no "
            "order can be told.",
            least=least,
            peers=self._placed(len(values), "peers"),
            rank=self._placed(1 + int((values > placed["value"]).sum()), "rank"),
        )

    def _placed(self, value: int, column: str) -> Traced:
        key = self.group.key if self.group else ""
        return number(value, {"how": f"peers {column}", "report": self.report_id, "group": key})

    def _setting(self, value: int, name: str) -> Traced:
        return number(value, {"setting": name})

    def _among(self, value: float, how: str, reports: int | None = None, *, text: str = "", **trace: str) -> Traced:
        """Return a number over the group's reports."""
        key = self.group.key if self.group else ""
        made_of = len(self.peers) if reports is None else reports
        return over(value, how, made_of, "group", self.lang, text=text, group=key, **trace)

    def _nearest(self, rates: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
        """Return the agencies nearest in the number of results, this one among them, in the order of their rates."""
        size = np.log1p(rates["denominator"])
        apart = (size - float(np.log1p(own["denominator"].iloc[0]))).abs()
        apart = apart.mask(self._is_own(rates), -1.0)
        nearest = rates.loc[apart.sort_values(kind="stable").index[:_MOST_SHOWN]]
        return nearest.sort_values(["value", "denominator"], ascending=False, kind="stable")

    def _chart(self, rates: pd.DataFrame, nearest: pd.DataFrame) -> Chart:
        rate = get_indicator(DEFAULT_DISCLOSURE_RATE)
        share = float(rates["numerator"].sum() / rates["denominator"].sum())
        shown = self._t(
            "所列为组内办理结果件数与本机关最接近的机关。", "Listed are those of the group nearest in size. "
        )
        formula = self._t(f"公开率＝{self._formula(rate.code)}。", f"Rate: {self._formula(rate.code)}. ")
        note = f"{formula}{shown if len(nearest) < len(rates) else ''}" + self._t(
            "横线为威尔逊 95 % 区间。", "Lines are Wilson 95 % intervals."
        )
        return interval_chart(
            rate.name(self.lang), nearest.set_index("agency"), self.lang, highlighted=self.agency,
            middle=(self._t("组内合计", "Group together"), share), note=note,
        )  # fmt: skip

    def _rate_table(self, rates: pd.DataFrame) -> ShownTable:
        frame = pd.DataFrame(
            {
                self._t("机关", "Agency"): [Quoted(str(agency)) for agency in rates["agency"]],
                self._t("公开率及 95 % 区间", "Rate and 95 % interval"): [
                    follow_indicator(row, row["report_id"], self.lang) for _, row in rates.iterrows()
                ],
            },
            dtype="object",
        )
        return show(frame, get_indicator(DEFAULT_DISCLOSURE_RATE).name(self.lang), index=False)
