"""The parts of the page over all agencies on disclosure rates: as printed, within what chance allows, and among peers."""

from typing import Any

import numpy as np
import pandas as pd

from gia_analysis.analysis import (
    DEFAULT_DISCLOSURE_RATE,
    funnel_limits,
    get_indicator,
    place_in_funnel,
    pool_rates,
)
from gia_analysis.analysis.funnel import LEVELS
from gia_analysis.analysis.pooling import FEWEST_AGENCIES
from gia_analysis.charts import funnel_chart, interval_chart
from gia_analysis.display import Folded, Section, format_share, show
from gia_analysis.errors import CorpusError
from gia_analysis.schema import KEY
from gia_analysis.summaries.cross_page import MOST_LISTED, MOST_SHOWN, CrossPage
from gia_analysis.summaries.following import over
from gia_analysis.summaries.footnotes import footnotes
from gia_analysis.traced import Quoted, Shown, Traced, Words
from gia_analysis.wording import word

_RATE = DEFAULT_DISCLOSURE_RATE
_POINTS = 80
_MOST_POINTS = 200
_PLACES = {
    "above_998": ("高于 99.8 % 界限", "above the 99.8 % limits"),
    "above_95": ("高于 95 % 界限", "above the 95 % limits"),
    "below_95": ("低于 95 % 界限", "below the 95 % limits"),
    "below_998": ("低于 99.8 % 界限", "below the 99.8 % limits"),
}


class CrossRates(CrossPage):
    """Disclosure rates of all agencies."""

    def rates(self) -> Section:
        """Return the disclosure rate of each agency with its interval, and why others have none."""
        rate = get_indicator(_RATE)
        rows = self._indicator(_RATE)
        known = rows[rows["value"].notna()].sort_values(["value", "denominator"], ascending=False, kind="stable")
        notes = footnotes([_RATE], set(self.cells["table"]), self.lang)
        opening = self._say(
            "口径：{name}。横线为威尔逊 95 % 区间。",
            "Definition: {name}. Lines are Wilson 95 % intervals.",
            name=rate.name(self.lang),
        )
        parts: list[object] = [opening]
        if len(known):
            shown = known.head(MOST_SHOWN)
            names: list[Shown] = [Quoted(str(name)) for name in shown["name"]]
            heading = self._t("公开率及 95 % 区间", "Rate and 95 % interval")
            columns = {self._t("机关", "Agency"): names, heading: self._followed(_RATE, shown.index)}
            table = show(pd.DataFrame(columns, dtype="object"), rate.name(self.lang), index=False)
            parts += [
                interval_chart(rate.name(self.lang), shown.set_index("name"), self.lang),
                *self._cut(known, shown, indicator=_RATE, where="known"),
                self._folded(table),
            ]
        missing = rows.loc[rows["value"].isna(), "reason"].value_counts()
        if len(missing):
            frame = pd.DataFrame(
                {
                    self._t("机关数", "Agencies"): [
                        self._count(count, indicator=_RATE, where=f"reason={reason}")
                        for reason, count in missing.items()
                    ]
                },
                index=[word(str(each), self.lang) for each in missing.index],
                dtype="object",
            )
            parts.append(show(frame, self._t("没有公开率的原因", "Why there is no rate")))
        parts.append(Folded(self._t("口径、含义与依据", "Definition, meaning and source"), notes))
        return Section(self._t("公开率", "Disclosure rates"), parts)

    def funnel(self) -> Section:
        """Return the rates by the number of results, and the limits within which they would fall by chance alone."""
        title = self._t("差别有多少出于偶然", "How much of the difference may be chance")
        rates = self._rates()
        if len(rates) < FEWEST_AGENCIES:
            return Section(title, [self._too_few()])
        placed = place_in_funnel(rates.drop(columns=KEY, errors="ignore").reset_index())
        placed["name"] = self.reports.loc[pd.MultiIndex.from_frame(placed[KEY]), "name"].to_numpy()
        target = float(placed["target"].iloc[0])
        common = over(target, "rate", len(placed), "own", self.lang, text=format_share(target), indicator=_RATE)
        opening = self._say(
            "全体合并的公开率为 {target}。如果各机关的差别只出于偶然，约 95 % 的点应在内侧界限之间，99.8 % 在外侧界限之间。"
            "在界限之外是值得查看的理由，不是结论。",
            "The rate of all together is {target}. If agencies differed by chance alone, about 95 % of the points would lie "
            "within the inner limits and 99.8 % within the outer ones. To lie outside is a reason to look, not a finding.",
            target=common,
        )
        drawn = _drawn(placed)
        chart = funnel_chart(get_indicator(_RATE).name(self.lang), drawn, _curves(placed), self.lang)
        cut = [
            self._say(
                "共 {n} 个机关；图中先画界限之外的，再画件数最多的。",
                "Agencies: {n}. Drawn are first those outside the limits, then those with the most cases.",
                n=self._count_own(len(placed), indicator=_RATE, where="known"),
            )
        ]
        return Section(
            title,
            [
                opening,
                chart,
                *(cut if len(drawn) < len(placed) else []),
                *self._outside(placed),
                *self._raw_and_pooled(rates),
            ],
        )

    def _outside(self, placed: pd.DataFrame) -> list[object]:
        """Return the agencies outside the limits, and how many there are of each kind."""
        every = _furthest(placed[placed["outside"].notna()])
        if every.empty:
            return [self._t("没有机关在界限之外。", "No agency lies outside the limits.")]
        outside = every.head(MOST_LISTED).sort_values(["outside", "value"], kind="stable")
        notes = []
        if len(outside) < len(every):
            count = self._count_own(len(every), indicator=_RATE, where="outside")
            notes.append(
                self._left_out(count, self._t("离合并公开率最远的在前", "those furthest from the rate of all first"))
            )
        keys = pd.MultiIndex.from_frame(outside[KEY])
        frame = pd.DataFrame(
            {
                self._t("机关", "Agency"): [Quoted(str(name)) for name in outside["name"]],
                self._t("公开率及 95 % 区间", "Rate and 95 % interval"): self._followed(_RATE, keys),
                self._t("95 % 界限", "95 % limits"): [_limits(row, "95") for row in outside.itertuples()],
                self._t("99.8 % 界限", "99.8 % limits"): [_limits(row, "998") for row in outside.itertuples()],
                self._t("位置", "Place"): [_PLACES[place][self.lang == "en"] for place in outside["outside"]],
            },
            dtype="object",
        )
        return [show(frame, self._t("界限之外的机关", "Agencies outside the limits"), *notes, index=False)]

    def _raw_and_pooled(self, rates: pd.DataFrame) -> list[object]:
        """Return the rates as they are beside those drawn towards all others as far as few cases require."""
        frame = rates.drop(columns=KEY, errors="ignore").reset_index()
        try:
            pooled = pool_rates(frame)
        except CorpusError:
            return []
        many = len(pooled)
        pooled = pooled.sort_values(["denominator", "value"], kind="stable").head(MOST_LISTED)
        keys = pd.MultiIndex.from_frame(pooled[KEY])
        table = pd.DataFrame(
            {
                self._t("机关", "Agency"): [Quoted(str(name)) for name in self.reports.loc[keys, "name"]],
                self._t("原公开率及 95 % 区间", "Rate as it is and 95 % interval"): self._followed(_RATE, keys),
                self._t("收缩后的公开率", "Rate drawn together"): [_pooled(row, many) for row in pooled.itertuples()],
            },
            dtype="object",
        )
        note = self._t(
            "收缩：件数少的机关，公开率向全体靠拢（经验贝叶斯，贝塔-二项分布），括号内为 95 % 可信区间。原公开率是所印数字，不因此改变。",
            "Drawn together: where cases are few, the rate moves towards that of all (empirical Bayes, beta-binomial); in "
            "brackets the 95 % credible interval. The rate as it is rests on the printed figures, and stays.",
        )
        notes: list[Shown] = [note]
        if len(pooled) < many:
            every = self._count_own(many, indicator=_RATE, where="known")
            notes.append(self._left_out(every, self._t("件数少的在前", "the fewest cases first")))
        caption = self._t("原公开率与收缩后的公开率", "Rates as they are and drawn together")
        summary = self._t("件数少的机关：与收缩后的公开率对照", "Few cases: beside rates drawn together")
        return [Folded(summary, show(table, caption, *notes, index=False))]

    def _too_few(self) -> Shown:
        return self._say(
            "有公开率的机关少于 {n} 个，看不出分布。",
            "Fewer than {n} agencies have a rate: nothing can be said of their distribution.",
            n=Traced(str(FEWEST_AGENCIES), FEWEST_AGENCIES, {"setting": "FEWEST_AGENCIES"}),
        )


def _furthest(placed: pd.DataFrame) -> pd.DataFrame:
    """Return agencies by how far their rate is from that of all, the furthest first."""
    distance = (placed["value"] - placed["target"]).abs()
    return placed.loc[distance.sort_values(ascending=False, kind="stable").index]


def _drawn(placed: pd.DataFrame) -> pd.DataFrame:
    """Return the agencies that a chart can hold: first those outside the limits, then those with the most cases."""
    if len(placed) <= _MOST_POINTS:
        return placed
    order = placed.assign(inside=placed["outside"].isna(), fewest=-placed["denominator"])
    first = order.sort_values(["inside", "fewest"], kind="stable").index[:_MOST_POINTS]
    return placed.loc[placed.index.isin(first)]


def _curves(placed: pd.DataFrame) -> pd.DataFrame:
    """Return the limits from the fewest to the most cases, smooth enough to be drawn."""
    target, cases = float(placed["target"].iloc[0]), placed["denominator"]
    along = np.unique(np.geomspace(cases.min(), cases.max(), _POINTS).round())
    columns = {"denominator": along, "target": np.full(len(along), target)}
    for name, level in LEVELS.items():
        columns[f"low_{name}"], columns[f"high_{name}"] = funnel_limits(along, target, level)
    return pd.DataFrame(columns)


def _limits(row: Any, level: str) -> Shown:
    parts: list[Shown] = []
    for side in ("low", "high"):
        value = float(getattr(row, f"{side}_{level}"))
        trace = {"indicator": _RATE, "how": f"funnel {side}_{level}", "report": str(row.report_id)}
        parts += [Traced(f"{100 * value:.1f}", value, trace), "–" if side == "low" else " %"]
    return Words(parts)


def _pooled(row: Any, reports: int) -> Traced:
    value, low, high = (float(getattr(row, name)) for name in ("pooled", "pooled_low", "pooled_high"))
    trace = {
        "indicator": _RATE,
        "how": "pooled",
        "report": str(row.report_id),
        "reports": str(reports),
        "among": "own",
    }
    return Traced(format_share(value, low, high), value, trace)
