"""What both pages over the years share: sentences, charts of several lines, and the words for where lines break."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from gia_analysis.analysis import DEFAULT_DISCLOSURE_RATE, get_indicator, get_series
from gia_analysis.analysis.registry import indicators
from gia_analysis.charts import Chart
from gia_analysis.charts.line_multiples import Panel, line_multiples
from gia_analysis.display import Notes, Section, ShownTable, show
from gia_analysis.errors import FormError
from gia_analysis.forms import Language, forms
from gia_analysis.summaries.footnotes import footnotes
from gia_analysis.traced import Quoted, Shown, Words, compose

VOLUMES = ("request_volume", "results")
RATES = (
    DEFAULT_DISCLOSURE_RATE, "disclosure_rate_full", "refusal_rate", "inability_rate", "non_processing_rate", "completion_rate",
)  # fmt: skip
FLOW = ("new_received", "carried_in", "results_total", "carried_out")
OUTCOMES = ("granted", "partially_granted", "denied", "unable", "not_processed", "other")
DISPUTES = ("reconsiderations_total", "litigations_total")
CORRECTIONS = ("correction_rate_reconsideration", "correction_rate_litigation")
SUMMED = (*FLOW, *OUTCOMES, *DISPUTES)
GROUNDS = tuple(code for code in indicators() if code.startswith("refusal_ground."))
NOTHING = Notes([])
"""What stands in place of a part where there is one year only."""

Part = Section | Notes


class TrendPage:
    """A page over the years, in a language."""

    years: Sequence[int]

    def __init__(self, lang: Language) -> None:
        self.lang = lang
        self._changes = [form.first_year for form in forms().values() if form.tables]

    def _t(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def _say(self, zh: str, en: str, **parts: Shown) -> Words:
        """Return a sentence in the page's language with its numbers in their places."""
        return compose(self._t(zh, en), **parts)

    def _name(self, code: str) -> str:
        """Return the name of an indicator or of a long series."""
        try:
            return get_indicator(code).name(self.lang)
        except FormError:
            return get_series(code).name(self.lang)

    def _short(self, code: str) -> str:
        """Return the name of a ground of refusal without what all of them share; else the whole name."""
        name = self._name(code)
        if not code.startswith(("denied_", "refusal_ground.")):
            return name
        ground = name.replace("：", ": ").partition(": ")[2] or name
        return ground[:1].upper() + ground[1:]

    def _chart(self, title: str, points: Mapping[str, pd.DataFrame], *, shares: bool = False) -> list[Chart]:
        """Return a chart with one panel for each series that has a figure; nothing where none has."""
        panels = [
            Panel(name, rows, shares) for name, rows in points.items() if len(rows) and rows["value"].notna().any()
        ]
        return [line_multiples(title, panels, self.lang, form_changes=self._changes)] if panels else []

    def _by_year(
        self, caption: str, codes: Sequence[str], figure: Callable[[str, int], Shown], *notes: Shown
    ) -> ShownTable:
        """Return a table with a row for each year, which paper holds however many there are, and a column for each code."""
        columns: dict[str, list[Shown]] = {self._t("年度", "Year"): [self._year(year) for year in self.years]}
        columns |= {self._short(code): [figure(code, year) for year in self.years] for code in codes}
        return show(pd.DataFrame(columns, dtype="object"), caption, *notes, index=False)

    def _year(self, year: int) -> Quoted:
        return Quoted(str(year), "time")

    def _footnotes(self, codes: Sequence[str], tables: set[str]) -> Notes:
        return footnotes(codes, tables, self.lang)

    def _breaks_note(self) -> Words:
        return self._say(
            "虚线处口径改变（{old} 年起用新表式），前后数字不能相比；细线处只换了表式（{new} 年），口径不变。",
            "At a dotted line the definition changes (the new form of {old}): figures on both sides cannot be compared. At a "
            "thin line only the form changed ({new}).",
            old=self._year(2019),
            new=self._year(2021),
        )
