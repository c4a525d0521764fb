"""The part of the page over all agencies that ranks them among peers, where there are enough cases and enough peers."""

from typing import Any

import pandas as pd

from gia_analysis.analysis import DEFAULT_DISCLOSURE_RATE, FEWEST_CASES, SMALLEST_GROUP, compare, peer_groups
from gia_analysis.display import Section, ShownTable, format_number, format_share, show
from gia_analysis.schema import KEY
from gia_analysis.summaries.cross_page import MOST_LISTED, CrossPage
from gia_analysis.traced import Quoted, Shown, Traced, Words
from gia_analysis.wording import word

_RATE = DEFAULT_DISCLOSURE_RATE


class CrossPeers(CrossPage):
    """Disclosure rates among peers."""

    def peers(self) -> Section:
        """Return how each agency stands among those of its level and kind, if there are enough cases and enough of them."""
        title = self._t("在同类机关中", "Among peers")
        groups = peer_groups(self.reports.reset_index(drop=True), self.indicators, ("level", "type"))
        rows = self.indicators[self.indicators["code"] == _RATE]
        compared = compare(rows, groups)
        ranked = compared[compared["reason"].isna()].sort_values(["group", "rank"], kind="stable")
        opening = self._t(
            "只与同一年度、同一口径（本机关或汇总）、同一层级、同一类型的机关比较。",
            "Compared are agencies of the same year, scope, level and kind only. ",
        )
        rule = self._say(
            "件数少于 {cases} 的公开率、可比机关少于 {members} 个的组不排名。",
            "Rates of fewer than {cases} cases, and groups of fewer than {members} agencies, are not ranked.",
            cases=Traced(str(FEWEST_CASES), FEWEST_CASES, {"setting": "FEWEST_CASES"}),
            members=Traced(str(SMALLEST_GROUP), SMALLEST_GROUP, {"setting": "SMALLEST_GROUP"}),
        )
        parts: list[object] = [Words([opening, rule])]
        if len(ranked):
            parts.append(self._ranked(ranked))
        unranked = compared["reason"].dropna().value_counts()
        if len(unranked):
            shown = [
                self._count(count, indicator=_RATE, peers="level,type", where=f"unranked={reason}")
                for reason, count in unranked.items()
            ]
            frame = pd.DataFrame(
                {self._t("机关数", "Agencies"): shown},
                index=[word(str(reason), self.lang) for reason in unranked.index],
                dtype="object",
            )
            parts.append(show(frame, self._t("没有名次的原因", "Why agencies have no rank")))
        return Section(title, parts)

    def _ranked(self, ranked: pd.DataFrame) -> ShownTable:
        shown = ranked.head(MOST_LISTED)
        keys = pd.MultiIndex.from_frame(shown[KEY])
        rows = list(shown.itertuples())

        def peer(row: Any, column: str, text: str) -> Traced:
            trace = {"indicator": _RATE, "how": f"peers {column}", "report": str(row.report_id)}
            return Traced(text, float(getattr(row, column)), trace)

        frame = pd.DataFrame(
            {
                self._t("机关", "Agency"): [Quoted(str(name)) for name in self.reports.loc[keys, "name"]],
                self._t("组", "Group"): [self._group(str(group)) for group in shown["group"]],
                self._t("名次", "Rank"): [
                    Words(
                        [
                            peer(row, "rank", format_number(row.rank)),
                            " / ",
                            peer(row, "peers", format_number(row.peers)),
                        ]
                    )
                    for row in rows
                ],
                self._t("公开率及 95 % 区间", "Rate and 95 % interval"): self._followed(_RATE, keys),
                self._t("组内中位数", "Median of the group"): [
                    peer(row, "median", format_share(row.median)) for row in rows
                ],
            },
            dtype="object",
        )
        notes: list[Shown] = [self._t("区间重叠的机关不能排出先后。", "Where intervals overlap, no order can be told.")]
        if len(shown) < len(ranked):
            every = self._count(len(ranked), indicator=_RATE, peers="level,type", where="ranked")
            notes.append(self._left_out(every, self._t("按组和名次排列", "by group and rank")))
        return show(frame, self._t("同类机关中的名次", "Ranks among peers"), *notes, index=False)

    def _group(self, group: str) -> str:
        """Return a group in words: its level and kind; year and scope are the same for all or said by the report."""
        return " · ".join(word(part, self.lang) for part in group.split(" / ")[1:])
