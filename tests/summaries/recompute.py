"""Numbers of pages made again from the tables of the corpus, by what their attributes say and nothing else."""

import math
import re
from collections.abc import Mapping
from functools import cached_property

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

import gia_analysis as gia
from gia_analysis import analysis
from gia_analysis.analysis.pooling import FEWEST_AGENCIES
from gia_analysis.checks.hints import find_hints
from gia_analysis.forms import get_form
from gia_analysis.schema import KEY
from gia_analysis.similarity import near_duplicates
from gia_analysis.summaries.agency_peers import FEWEST_PEERS, peer_groups

Trace = Mapping[str, str]


def conditions(where: str) -> list[tuple[str, str]]:
    return [tuple(each.split("=", 1)) for each in where.split(";") if each]  # type: ignore[misc]


def chosen(frame: pd.DataFrame, where: str) -> pd.DataFrame:
    """Return the rows that hold conditions ``column=value,value``."""
    for name, wanted in conditions(where):
        if wanted == "missing":
            frame = frame[frame[name].isna()]
        elif wanted == "nonzero":
            frame = frame[frame[name].fillna(0) != 0]
        elif wanted == "zero_or_missing":
            frame = frame[frame[name].fillna(0) == 0]
        else:
            frame = frame[frame[name].isin(wanted.split(","))]
    return frame


def share_of(numerator: float, denominator: float) -> list[float]:
    """Return a share in percent, its Wilson interval, and its parts."""
    low, high = proportion_confint(numerator, denominator, alpha=0.05, method="wilson")
    return [100 * numerator / denominator, 100 * max(low, 0), 100 * min(high, 1), numerator, denominator]


def by_name(cells: pd.DataFrame) -> dict[tuple[str, str], float]:
    """Return the values of cells by report and name."""
    names = cells["table"] + "." + cells["row"] + "." + cells["col"]
    return dict(zip(zip(cells["report_id"], names, strict=True), cells["value"], strict=True))


class Recompute:
    """The numbers of a year's pages, from the corpus that they are of."""

    def __init__(self, corpus: gia.Corpus, year: int) -> None:
        self.corpus, self.year = corpus, year
        reports = corpus.one_each.reports
        readable = reports[(reports["year"] == year) & (reports["status"] != "failed")]
        copies = corpus.reports[(corpus.reports["year"] == year) & ~corpus.reports["source"].isin(reports["source"])]
        self.among = {
            "inputs": corpus.reports, "year": readable, "own": readable[readable["scope"] != "aggregate"], "copies": copies
        }  # fmt: skip

    def numbers(self, trace: Trace) -> list[float]:
        """Return the numbers that an element shows, in their order; the first is its value, shares in percent."""
        if "setting" in trace:
            settings = {"FEWEST_AGENCIES": FEWEST_AGENCIES, "FEWEST_PEERS": FEWEST_PEERS, **vars(analysis)}
            return [settings[trace["setting"]]]
        if "report" in trace:
            return self._of_report(trace, trace["report"])
        if trace["among"] == "group":
            return self._over(trace, self._group(trace["group"]))
        return self._over(trace, self.among[trace["among"]])

    def _group(self, key: str) -> pd.DataFrame:
        """Return the reports that are compared with each other, by the key of their group."""
        reports = self.corpus.one_each.reports
        return reports[peer_groups(reports) == key]

    def _of_report(self, trace: Trace, report: str) -> list[float]:
        how = trace.get("how", "")
        if "fact" in trace:
            return [self._one(self.corpus.reports, report)[trace["fact"]].item()]
        if "checks" in trace:
            found = chosen(self._one(self.corpus.checks, report), trace["checks"])
            return [found[how].item()] if how in ("left", "right") else [len(found)]
        if "cells-where" in trace:
            return [len(chosen(self._one(self.corpus.cells, report), trace["cells-where"]))]
        if "hint" in trace:
            hints = self._hints[self._hints["rank"] == int(trace["rank"])]
            return [self._at(hints, report, trace["hint"])["suggested"].item()]
        if "correction" in trace:
            return [self._at(self.corpus.corrected_cells, report, trace["correction"])["corrected"].item()]
        if how in ("alike", "least_similarity"):
            names, similarity = self._alike(trace["section"], report)
            return [len(names) if how == "alike" else 100 * similarity]
        if how.startswith(("funnel", "peers", "pooled")):
            return self._placed(how, report, trace.get("group", ""))
        return self._indicator(trace, report) if "indicator" in trace else [self._sum(report, trace["cells"])]

    def _alike(self, section: str, report: str) -> tuple[set[str], float]:
        """Return the reports that a chain of pairs joins to one, and the least similarity of the pairs."""
        pairs = chosen(self._pairs, f"section={section}")
        found: set[str] = {report}
        while True:
            near = pairs["report_id"].isin(found) | pairs["other_report_id"].isin(found)
            reached = found | {*pairs.loc[near, "report_id"], *pairs.loc[near, "other_report_id"]}
            if reached == found:
                return found, pairs.loc[near, "similarity"].min()
            found = reached

    def _placed(self, how: str, report: str, group: str) -> list[float]:
        kind, _, column = how.partition(" ")
        if kind == "peers":
            value = self._one(self._in_group(group) if group else self._compared, report)[column].item()
            return [100 * value if column == "median" else value]
        if kind == "funnel":
            return [100 * self._one(analysis.place_in_funnel(self._rates), report)[column].item()]
        row = self._one(analysis.pool_rates(self._rates), report)
        return [100 * row[name].item() for name in ("pooled", "pooled_low", "pooled_high")]

    def _indicator(self, trace: Trace, report: str) -> list[float]:
        zero = trace.get("blanks") == "zero"
        corrected = trace.get("flags") == "corrected"
        indicators = self._zero if zero else self.corpus.indicators
        stored = chosen(self._one(indicators, report), f"code={trace['indicator']}").iloc[0]
        if "cells" in trace:
            found = [self._sum(report, trace["cells"], zero=zero, corrected=corrected)]
            assert found == [stored["value"]]
            return found
        parts = [
            self._sum(report, trace[part], zero=zero, corrected=corrected) for part in ("numerator", "denominator")
        ]
        assert parts == [stored["numerator"], stored["denominator"]]
        return share_of(*parts)

    def _over(self, trace: Trace, reports: pd.DataFrame) -> list[float]:
        if "checks" in trace:
            return [len(chosen(self._within(self.corpus.checks, reports), trace["checks"]).drop_duplicates(KEY))]
        if "cells-where" in trace:
            return [len(chosen(self._within(self.corpus.cells, reports), trace["cells-where"]))]
        if "cells" in trace:
            return self._over_cells(trace, reports)
        if "indicator" in trace:
            return self._over_indicator(trace, reports)
        assert int(trace["reports"]) == len(reports)
        return [len(chosen(reports, trace.get("where", "")))]

    def _over_cells(self, trace: Trace, reports: pd.DataFrame) -> list[float]:
        cells = self._within(self.corpus.cells, reports)
        names = trace["cells"].split(";")
        cells = cells[(cells["table"] + "." + cells["row"] + "." + cells["col"]).isin(names)]
        if trace["how"] == "sum":
            assert int(trace["reports"]) == cells["value"].notna().sum()
            return [cells["value"].sum()]
        found = 0
        for _, part in cells.groupby(KEY):
            table = get_form(part["form"].iloc[0]).table(part["table"].iloc[0])
            on_form = [
                name for name in names if name.split(".")[0] == table.code and name.split(".")[1] in table.row_by_code
            ]
            complete = part["value"].notna().sum() == len(on_form)
            found += not complete if trace["where"] == "some_missing" else complete and part["value"].sum() > 0
        return [found]

    def _over_indicator(self, trace: Trace, reports: pd.DataFrame) -> list[float]:
        how, where = trace["how"], trace.get("where", "")
        rows = chosen(self._within(self.corpus.indicators, reports), f"code={trace['indicator']}")
        known = rows[rows["value"].notna()]
        if how == "count":
            assert int(trace["reports"]) == len(reports)
            if where.startswith("unranked="):
                return [(self._within(self._compared, reports)["reason"] == where.partition("=")[2]).sum()]
            if where == "ranked":
                return [self._within(self._compared, reports)["reason"].isna().sum()]
            if where == "outside":
                return [analysis.place_in_funnel(self._rates)["outside"].notna().sum()]
            simple = {"known": known, "missing": rows[rows["value"].isna()], "zero": rows[rows["value"] == 0]}
            return [len(simple[where] if where in simple else chosen(rows, where))]
        assert int(trace["reports"]) == len(known)
        if how == "rate":
            return share_of(known["numerator"].sum(), known["denominator"].sum())
        return [{"sum": known["value"].sum, "median": known["value"].median}[how]()]

    def _sum(self, report: str, names: str, *, zero: bool = False, corrected: bool = False) -> float:
        cells = self._corrected if corrected else self._cells
        values = [cells[report, name] for name in names.split(";")]
        return sum(0.0 if zero and math.isnan(value) else value for value in values)

    @cached_property
    def _cells(self) -> dict[tuple[str, str], float]:
        return by_name(self.corpus.cells)

    @cached_property
    def _corrected(self) -> dict[tuple[str, str], float]:
        cells = self.corpus.corrected_cells
        return by_name(cells.assign(value=cells["value"].mask(cells["correction"].notna(), cells["corrected"])))

    @staticmethod
    def _one(frame: pd.DataFrame, report: str) -> pd.DataFrame:
        return frame[frame["report_id"] == report]

    @staticmethod
    def _within(frame: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
        return frame[frame["report_id"].isin(reports["report_id"])]

    @staticmethod
    def _at(frame: pd.DataFrame, report: str, name: str) -> pd.DataFrame:
        table, row, column = re.fullmatch(r"([^.]+)\.(.+)\.([^.]+)", name).groups()  # type: ignore[union-attr]
        return chosen(frame[frame["report_id"] == report], f"table={table};col={column}").loc[
            lambda found: found["row"] == row
        ]

    @cached_property
    def _zero(self) -> pd.DataFrame:
        return self.corpus.indicators_with("zero")

    @cached_property
    def _hints(self) -> pd.DataFrame:
        return find_hints(self.corpus.frames, self.corpus.checks)

    @cached_property
    def _pairs(self) -> pd.DataFrame:
        pairs = near_duplicates(self._within(self.corpus.sections, self.among["year"]), self.among["year"])
        return pairs[pairs["relation"] != "same_agency"]

    @cached_property
    def _rates(self) -> pd.DataFrame:
        return chosen(
            self._within(self.corpus.indicators, self.among["own"]), f"code={analysis.DEFAULT_DISCLOSURE_RATE}"
        )

    def _in_group(self, key: str) -> pd.DataFrame:
        """Return how the reports of a group stand among each other."""
        reports = self._group(key)
        rows = chosen(self._within(self.corpus.indicators, reports), f"code={analysis.DEFAULT_DISCLOSURE_RATE}")
        return analysis.compare(rows, pd.Series(key, index=pd.MultiIndex.from_frame(reports[KEY])))

    @cached_property
    def _compared(self) -> pd.DataFrame:
        groups = analysis.peer_groups(self.among["year"], self.corpus.indicators, ("level", "type"))
        rows = chosen(
            self._within(self.corpus.indicators, self.among["year"]), f"code={analysis.DEFAULT_DISCLOSURE_RATE}"
        )
        return analysis.compare(rows, groups)
