"""All agencies of one year side by side: volumes, rates with intervals, outcomes, disputes, and how good the data is."""

import pandas as pd

from gia_analysis.analysis import DEFAULT_DISCLOSURE_RATE, wilson_interval
from gia_analysis.display import Card, Section, format_number, format_share, show
from gia_analysis.schema import FAILING, KEY
from gia_analysis.summaries.cross_page import MOST_AGENCIES
from gia_analysis.summaries.cross_peers import CrossPeers
from gia_analysis.summaries.cross_quality import CrossQuality
from gia_analysis.summaries.cross_rates import CrossRates
from gia_analysis.summaries.cross_requests import CrossRequests
from gia_analysis.summaries.following import FAILS, mark_corrected, number, over
from gia_analysis.traced import Quoted, Shown, Words


class CrossAgencySummary(CrossRequests, CrossRates, CrossPeers, CrossQuality):
    """The parts of the page over all agencies of a year, each a ``Section``.

    Its numbers can be followed: see ``gia_analysis.traced``. Agencies whose report sums the bodies below it (scope
    ``aggregate``) are shown like others but never added up.

    Raises:
        CorpusError: the corpus has no readable report of that year; the message names the years it has.
    """

    def headline(self) -> Section:
        """Return how many reports there are and what they add up to, aggregates left out."""
        volume = self._indicator("request_volume").loc[self.own.index, "value"]
        failed = int((self.inputs["status"] == "failed").sum())
        zero = self._count_own(int((volume == 0).sum()), indicator="request_volume", where="zero")
        told = self._count_own(int(volume.notna().sum()), indicator="request_volume", where="known")
        facts: list[tuple[str, Shown]] = [
            (self._t("报告", "Reports"), self._number_of_reports()),
            (
                self._t("未能读取的文件（各年度）", "Files that could not be read (all years)"),
                over(failed, "count", len(self.inputs), "inputs", self.lang, where="status=failed"),
            ),
            *self._further_files(),
            (self._t("新收申请合计", "New requests in all"), self._sum("request_volume")),
            (self._t("新收申请为零的机关", "Agencies without a new request"), Words([zero, " / ", told])),
            (self._t("办理结果合计", "Results in all"), self._sum("results")),
            (
                self._t("合并计算的公开率（公开与部分公开）", "Disclosure rate, broad, of all together"),
                self._pooled(),
            ),
        ]
        return Section(self._t("主要数字", "Headline figures"), [Card(self.title, facts, lang=self.lang)])

    def _further_files(self) -> list[tuple[str, Shown]]:
        """Return how many files are left out since there is another of the same report."""
        if self.other_files.empty:
            return []
        name = self._t("同一报告的其他文件（未计入）", "Other files of the same reports (left out)")
        return [(name, over(len(self.other_files), "count", len(self.other_files), "copies", self.lang))]

    def _number_of_reports(self) -> Shown:
        every, aggregates = self._count(len(self.reports)), len(self.reports) - len(self.own)
        if not aggregates:
            return every
        return self._say(
            "{every}（含 {n} 份汇总报告，未计入合计）",
            "{every} ({n} aggregates, left out of the sums)",
            every=every,
            n=self._count(aggregates, where="scope=aggregate"),
        )

    def _pooled(self) -> Shown:
        rates = self._rates()
        released, results = float(rates["numerator"].sum()), float(rates["denominator"].sum())
        if not results:
            return format_share(None)
        low, high = (float(each) for each in wilson_interval(released, results))
        share = released / results
        text = f"{format_share(share, low, high)} = {format_number(released)} / {format_number(results)}"
        rate = over(share, "rate", len(rates), "own", self.lang, text=text, indicator=DEFAULT_DISCLOSURE_RATE)
        return self._say(
            "{rate}（{n} 个机关）",
            "{rate} (agencies counted: {n})",
            rate=mark_corrected(rate, rates, self.lang),
            n=self._count_own(len(rates), indicator=DEFAULT_DISCLOSURE_RATE, where="known"),
        )

    def _sum(self, code: str) -> Shown:
        rows = self._indicator(code).loc[self.own.index]
        values = rows["value"]
        missing = int(values.isna().sum())
        figure = over(values.sum(), "sum", len(values) - missing, "own", self.lang, indicator=code)
        total = mark_corrected(figure, rows, self.lang)
        if not missing:
            return total
        return self._say(
            "{total}（{n} 个机关没有数字）",
            "{total} (agencies without a figure: {n})",
            total=total,
            n=self._count_own(missing, indicator=code, where="missing"),
        )

    def agencies(self) -> Section:
        """Return a row for every agency: volume, results, rate, findings."""
        title = self._t("各机关一览", "All agencies")
        failing = self.checks[self.checks["status"].isin(FAILING)].groupby(KEY).size()
        volume = self._indicator("request_volume")["value"].sort_values(
            ascending=False, kind="stable", na_position="last"
        )
        keys = volume.index[:MOST_AGENCIES]
        counts = failing.reindex(keys).fillna(0)
        shown = self.reports.loc[keys]
        frame = pd.DataFrame(
            {
                self._t("机关", "Agency"): [Quoted(str(name)) for name in shown["name"]],
                self._t("表式", "Form"): [Quoted(str(form), "code") for form in shown["form"].fillna("—")],
                self._t("新收申请", "New requests"): self._plain("request_volume", keys),
                self._t("办理结果", "Results"): self._plain("results", keys),
                self._t("公开率及 95 % 区间", "Disclosure rate and 95 % interval"): self._followed(
                    DEFAULT_DISCLOSURE_RATE, keys
                ),
                self._t("不成立的核验", "Failing checks"): [
                    number(count, {"checks": FAILS, "report": str(key[1])}) for key, count in counts.items()
                ],
            },
            dtype="object",
        )
        order = self._t("新收申请多的在前", "those with the most new requests first")
        notes = [self._left_out(self._count(len(self.reports)), order)] if len(keys) < len(self.reports) else []
        return Section(title, [show(frame, title, *notes, index=False)])

    def _plain(self, code: str, keys: pd.MultiIndex) -> list[Shown]:
        """Return a count of each report without its unit, a dash where there is none."""
        rows = self._indicator(code).loc[keys]
        missing = number(None, {})
        return [
            _without_unit(shown) if pd.notna(value) else missing
            for shown, value in zip(self._followed(code, rows.index), rows["value"], strict=True)
        ]


def _without_unit(shown: Shown) -> Shown:
    return shown.parts[0] if isinstance(shown, Words) and len(shown.parts) == 2 and shown.parts[1] == " 件" else shown
