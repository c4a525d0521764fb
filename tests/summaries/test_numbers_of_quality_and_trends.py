"""Every number on the pages of data quality and of trends is found again in the tables that it names."""

import re
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import gia_analysis as gia
from gia_analysis.analysis import FEWEST_CASES, indicator_series, long_series
from gia_analysis.display import Section
from gia_analysis.forms import Language
from gia_analysis.schema import KEY
from gia_analysis.similarity import near_duplicates
from gia_analysis.simulation import simulate_corpus
from gia_analysis.summaries.quality import QualitySummary
from gia_analysis.summaries.trends import AgencyTrendSummary, TrendSummary, trend_summary
from summaries.recompute import Recompute, Trace, chosen, share_of
from summaries.test_numbers_can_be_followed import traced, untraced, wrong

QUALITY_PARTS = (
    "headline", "reading", "cells", "findings", "places", "verdicts", "hints", "carried_over", "copies", "trust",
)  # fmt: skip
TREND_PARTS = (
    "headline", "volumes", "rates", "refusals", "disputes", "side_by_side", "carried_over", "changes", "restated",
    "soundness",
)  # fmt: skip
HEADS = re.compile(r"(<(?:th|caption)[^>]*>)([^<]*)(?=</(?:th|caption)>)")
SETTINGS = {"FEWEST_CASES": FEWEST_CASES, "MOST_SHOWN": 30, "_SMALLEST_BASE": 20}
HOMONYM = "朝阳区人民政府"
AGENCY = "模拟省云江市石渚区人民政府"


class RecomputeYears(Recompute):
    """The numbers of pages over all years, from the corpus that they are of."""

    def __init__(self, corpus: gia.Corpus) -> None:
        super().__init__(corpus, 0)
        inputs = corpus.reports.assign(
            province=corpus.reports["region_code"].str[:2],
            year=as_text(corpus.reports["year"]),
            followed=corpus.identity,
        )
        read = inputs[inputs["status"] != "failed"]
        named = read[read["agency"].notna() & read["year"].notna()]
        self.among = {"inputs": inputs, "read": read, "named": named}

    def numbers(self, trace: Trace) -> list[float]:
        if "setting" in trace:
            return [SETTINGS[trace["setting"]]]
        if "continuity" in trace:
            return [self._continuity(trace)]
        if "agency" in trace:
            return [self._of_agency(trace)]
        if "year" in trace:
            return self._of_year(trace)
        return super().numbers(trace) if "report" in trace else self._over_reports(trace)

    def _over_reports(self, trace: Trace) -> list[float]:
        every = self.among[trace["among"]]
        reports = chosen(every, trace.get("of", ""))
        counted = {"checks": self.corpus.checks, "issues": self.corpus.issues, "hints": self._hints}
        table = next((name for name in counted if name in trace), None)
        if table:
            rows = self._within(counted[table], reports)
            found = self._held(rows, trace[table], trace)
            if trace["how"] == "count":
                return [found]
            return [100 * found / (self._held(rows, trace["base"], trace) if "base" in trace else len(reports))]
        if "fact" in trace:
            assert int(trace["reports"]) == len(reports)
            return [reports[trace["fact"].split(";")].sum().sum()]
        if "numerator" in trace:
            parts = [reports[trace[part].split(";")].sum().sum() for part in ("numerator", "denominator")]
            return [100 * parts[0] / parts[1]]
        if "indicator" in trace:
            found = self._rates_that(trace, reports)
            return [found if trace["how"] == "count" else 100 * found / len(reports)]
        return [len(chosen(reports, trace.get("where", "")))]

    @staticmethod
    def _held(rows: pd.DataFrame, where: str, trace: Trace) -> int:
        found = chosen(rows.assign(**{"rank": rows["rank"].astype("str")} if "rank" in rows else {}), where)
        return len(found if trace.get("unit") == "row" else found.drop_duplicates(KEY))

    def _rates_that(self, trace: Trace, reports: pd.DataFrame) -> int:
        rows = chosen(self._within(self.corpus.indicators, reports), f"code={trace['indicator']}")
        known = rows[rows["value"].notna()]
        clean = known[known["flags"].isna() | (known["flags"] == "corrected")]
        kinds = {
            "known": known, "trusted": clean[clean["denominator"] >= FEWEST_CASES],
            "few": clean[clean["denominator"] < FEWEST_CASES], "flagged": known.drop(clean.index),
        }  # fmt: skip
        where = trace["where"]
        return len(kinds[where] if where in kinds else chosen(rows, where))

    @cached_property
    def _lines(self) -> pd.DataFrame:
        """The figures of all agencies but aggregates, and of reports that may be such."""
        found = pd.concat(
            [
                indicator_series(self.corpus.indicators, self.corpus.reports, self.corpus.aliases),
                long_series(self.corpus.frames, aliases=self.corpus.aliases).assign(
                    code=lambda frame: "series " + frame["code"]
                ),
            ]
        )
        with_aggregates = set(found.loc[found["scope"] == "aggregate", "agency"])
        open_scope = (found["scope"] == "unknown") & found["agency"].isin(with_aggregates)
        own = found[(found["scope"] != "aggregate") & ~open_scope & found["value"].notna()]
        parts = self.corpus.indicators[[*KEY, "code", "numerator", "denominator"]]
        return own.merge(parts, on=[*KEY, "code"], how="left")

    @cached_property
    def _by_code(self) -> dict[str, pd.DataFrame]:
        return {str(code): rows for code, rows in self._lines.groupby("code")}

    def _line(self, trace: Trace) -> pd.DataFrame:
        return self._by_code[trace["indicator"] if "indicator" in trace else f"series {trace['series']}"]

    def _of_year(self, trace: Trace) -> list[float]:
        rows = self._line(trace)
        if trace.get("panel"):
            years = len(self.among["named"]["year"].unique())
            rows = rows[rows.groupby("agency")["year"].transform("nunique") == years]
        if trace["year"] == "any":
            return [float(self._agencies(rows, trace))]
        year = int(trace["year"])
        now, before = (rows[rows["year"] == each].set_index("agency") for each in (year, year - 1))
        both = now.index.intersection(before.index)
        both = both[~now.loc[both, "breaks"].to_numpy(dtype=bool)]
        if "pair" in trace or trace["how"] == "growth":
            sums = {"before": before.loc[both, "value"].sum(), "now": now.loc[both, "value"].sum(), "both": len(both)}
            return [100 * (sums["now"] / sums["before"] - 1) if trace["how"] == "growth" else sums[trace["pair"]]]
        if trace["how"] == "rate":
            return share_of(now["numerator"].sum(), now["denominator"].sum())
        return [{"sum": now["value"].sum(), "median": now["value"].median(), "count": len(now)}[trace["how"]]]

    def _agencies(self, rows: pd.DataFrame, trace: Trace) -> int:
        if "panel" in trace:
            return rows["agency"].nunique()
        named = self.among["named"]
        return named.loc[named["scope"] != "aggregate", "followed"].nunique()

    def _of_agency(self, trace: Trace) -> float:
        rows = self._line(trace)
        values = rows[rows["agency"] == trace["agency"]].set_index("year")["value"]
        now, before = values.loc[int(trace["year"])], values.get(int(trace["year"]) - 1, np.nan)
        return {"growth": 100 * (now / before - 1) if before else np.nan, "change": now - before}.get(
            trace.get("how", ""), now
        )

    def _continuity(self, trace: Trace) -> float:
        year = int(trace["year"])
        out, into = (
            self._by_code[f"series {code}"].query("year == @each").set_index("agency")["value"]
            for code, each in (("carried_out", year - 1), ("carried_in", year))
        )
        pairs = pd.DataFrame({"carried_out": out, "carried_in": into}).dropna()
        differ = (pairs["carried_out"] != pairs["carried_in"]).sum()
        told = {"agencies": len(pairs), "differ": differ, **pairs.sum()}
        return float(told[trace["continuity"]])

    @cached_property
    def _pairs(self) -> pd.DataFrame:
        pairs = near_duplicates(self.corpus.sections, self.corpus.reports[self.corpus.reports["status"] != "failed"])
        return pairs[~pairs["relation"].str.startswith("same_agency")]


def as_text(years: pd.Series) -> pd.Series:
    return years.astype("Int64").astype("str").where(years.notna())


def page(summary: object, parts: tuple[str, ...]) -> str:
    made = (getattr(summary, part)() for part in parts)
    return "<div>" + "".join(each.html() for each in made if isinstance(each, Section)) + "</div>"


def without_years(text: str) -> str:
    """Return a page without the years that stand in heads of tables and names of facts."""
    return HEADS.sub(lambda match: match[1] + re.sub(r"\b20\d\d\b|(?<!\d)20\d\d(?!\d)", "", match[2]), text)


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> gia.Corpus:
    """Twenty agencies on all three forms; one is aggregate, some figures are misprinted, files are broken or cut.

    Two bear the same name in different divisions, one has been renamed.
    """
    folder = tmp_path_factory.mktemp("simulated")
    simulate_corpus(folder, agencies=12, first_year=2018, last_year=2021, seed=5)
    files = sorted((folder / "raw").glob("*.txt"))
    for number, file in enumerate(files[::5]):
        text = file.read_bytes()
        figures = [
            match for match in re.finditer(rb"(?<![\d.])[1-9]\d?(?![\d.])", text) if match.start() > len(text) // 2
        ]
        if number % 4 == 3:
            file.write_bytes(text[: len(text) // 2])
        elif figures:
            at = figures[number % len(figures)]
            file.write_bytes(text[: at.start()] + b"7" + text[at.end() :])
    (folder / "raw" / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / "raw" / "empty.txt").write_bytes(b"")
    frames = gia.read_reports(folder / "raw").frames
    reports = frames.reports.copy()
    first, second, third, fourth = reports["agency"].dropna().unique()[:4]
    reports.loc[reports["agency"] == first, "scope"] = "aggregate"
    for agency, code, region in ((second, "110105", "北京市朝阳区"), (third, "220104", "吉林省长春市朝阳区")):
        reports.loc[reports["agency"] == agency, ["agency", "region_code", "region"]] = HOMONYM, code, region
    reports.loc[(reports["agency"] == fourth) & (reports["year"] <= 2019), "agency"] = "旧名局"
    aliases = pd.DataFrame({"agency": ["旧名局"], "same_as": [fourth], "from_year": [None], "to_year": [2019]})
    return gia.Corpus(replace(frames, reports=reports), aliases=aliases)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_number_on_data_quality_gives_itself_again(simulated: gia.Corpus, lang: Language) -> None:
    text = page(QualitySummary(simulated, lang), QUALITY_PARTS)

    assert untraced(without_years(text), 0) == []
    assert wrong(text, RecomputeYears(simulated)) == []
    assert len(list(traced(text))) > 200


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_number_on_trends_gives_itself_again(simulated: gia.Corpus, lang: Language) -> None:
    text = page(TrendSummary(simulated, lang), TREND_PARTS)

    assert untraced(without_years(text), 0) == []
    assert wrong(text, RecomputeYears(simulated)) == []
    assert len(list(traced(text))) > 200


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_number_of_an_agency_over_the_years_gives_itself_again(simulated: gia.Corpus, lang: Language) -> None:
    recompute = RecomputeYears(simulated)
    for agency in simulated.identity.dropna().unique()[slice(1, 3) if lang == "zh" else slice(3, 5)]:
        summary = AgencyTrendSummary(simulated, agency, lang)
        text = page(summary, TREND_PARTS)

        assert summary.followed == agency
        assert HOMONYM not in agency or f"{HOMONYM}（" in summary.title
        assert untraced(without_years(text), 0) == []
        assert wrong(text, recompute) == []
        assert len(list(traced(text))) > 60


def test_a_number_of_these_pages_that_is_changed_is_found(simulated: gia.Corpus) -> None:
    recompute = RecomputeYears(simulated)
    for text in (page(QualitySummary(simulated), ("reading",)), page(TrendSummary(simulated), ("volumes",))):
        element, _ = next(traced(text))
        changed = text.replace(f">{element.text}</data>", ">99,999</data>", 1)

        assert len(wrong(changed, recompute)) == 1
        assert untraced(without_years(text.replace("</p>", " 123</p>", 1)), 0) != []


def test_both_kinds_of_trends_have_the_same_parts(simulated: gia.Corpus) -> None:
    assert isinstance(trend_summary(simulated), TrendSummary)
    assert isinstance(trend_summary(simulated, AGENCY), AgencyTrendSummary)
    with pytest.raises(gia.errors.CorpusError, match="did you mean"):
        trend_summary(simulated, AGENCY[:-1])


def test_one_year_is_told_in_one_sentence() -> None:
    """The five samples are of 2020."""
    samples = gia.read_reports(Path(__file__).parents[2] / "data" / "raw")
    for agency in ("", "通济街道办事处"):
        summary = trend_summary(samples, agency, "en")
        told = [getattr(summary, part)() for part in TREND_PARTS]

        assert "of 2020 only" in repr(told[0])
        assert [repr(each) for each in told[1:]] == [""] * (len(TREND_PARTS) - 1)
