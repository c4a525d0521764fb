"""The panel: every year is there, and growth is never told over a gap, a break or another scope."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import pytest

from gia_analysis.analysis.compute import compute_indicators
from gia_analysis.analysis.panel import continuity, growth, panel, reporting
from gia_analysis.analysis.series import SERIES_COLUMNS, indicator_series, long_series
from gia_analysis.errors import CorpusError
from gia_analysis.schema import Frames, build

Make = Callable[[Mapping[str, Mapping[str, Any]]], Frames]
Told = tuple[str, str, int, str, float | None, float | None, float | None]  # agency, scope, year, form, new, in, out

TOLD: tuple[Told, ...] = (
    ("甲市财政局", "own", 2018, "2014", 10, None, None),
    ("甲市财政局", "own", 2019, "2019", 20, 0, 2),
    ("甲市财政局", "own", 2020, "2019", 25, 2, None),
    ("甲市财政局", "own", 2022, "2021", 0, 1, 4),
    ("甲市财政局", "own", 2023, "2021", 8, 5, 0),
    ("乙区人民政府", "own", 2022, "2021", 206, 1, 1),
    ("乙区人民政府", "aggregate", 2022, "2021", 800, 3, 3),
    ("乙区人民政府", "aggregate", 2023, "2021", 1000, 3, 3),
)


@pytest.fixture
def made(frames: Make) -> Frames:
    given: dict[str, Mapping[str, Any]] = {}
    for number, (agency, scope, year, form, new, carried_in, carried_out) in enumerate(TOLD):
        rows = {"new_received": new, "carried_in": carried_in, "carried_out": carried_out}
        cells = {f"requests.{row}.total": value for row, value in rows.items()}
        given[f"r{number}"] = {
            "form": form,
            "cells": {"stats_2014.requests_received.value": new} if form == "2014" else cells,
            "facts": {"agency": agency, "scope": scope, "year": year},
        }
    return frames(given)


@pytest.fixture
def series(made: Frames) -> pd.DataFrame:
    return long_series(made, codes=["new_received", "carried_in", "carried_out"])


def line(frame: pd.DataFrame, agency: str, scope: str = "own", code: str = "new_received") -> pd.DataFrame:
    return frame[(frame["agency"] == agency) & (frame["scope"] == scope) & (frame["code"] == code)].set_index("year")


def test_every_agency_has_every_year(series: pd.DataFrame) -> None:
    found = panel(series)

    assert len(found) == 3 * 3 * 6
    assert line(found, "甲市财政局")["reason"].dropna().to_dict() == {2021: "no_report"}
    assert line(found, "乙区人民政府")["value"].dropna().to_dict() == {2022: 206}


def test_a_panel_has_the_columns_and_types_of_series(series: pd.DataFrame) -> None:
    for given in (series, series.iloc[:0]):
        assert {name: str(dtype) for name, dtype in panel(given).dtypes.items()} == SERIES_COLUMNS


def test_the_years_may_be_given(series: pd.DataFrame) -> None:
    found = line(panel(series, [2022, 2025]), "甲市财政局")

    assert found["value"].dropna().to_dict() == {2022: 0, 2023: 8}
    assert found.index.tolist() == [2022, 2023, 2024, 2025]


def test_a_panel_of_a_panel_is_the_same(series: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(panel(panel(series)), panel(series))


def test_growth_is_from_the_year_before(series: pd.DataFrame) -> None:
    found = line(growth(panel(series)), "甲市财政局")

    assert found.loc[2020, ["previous", "change", "growth"]].tolist() == [20, 5, 0.25]
    assert pd.isna(found.loc[2020, "growth_reason"])


@pytest.mark.parametrize(
    ("year", "reason"),
    [
        (2018, "base_missing"),
        (2019, "series_break"),
        (2021, "value_missing"),
        (2022, "base_missing"),
        (2023, "base_zero"),
    ],
)
def test_growth_that_cannot_be_told_says_why(series: pd.DataFrame, year: int, reason: str) -> None:
    found = line(growth(panel(series)), "甲市财政局").loc[year]

    assert pd.isna(found["growth"])
    assert found["growth_reason"] == reason
    assert pd.isna(found["change"]) == (reason != "base_zero")


def test_growth_is_not_told_over_a_missing_year_even_where_the_frame_is_no_panel(series: pd.DataFrame) -> None:
    found = line(growth(series), "甲市财政局")

    assert found.loc[2022, "growth_reason"] == "base_missing"


def test_own_figures_do_not_grow_into_aggregates(series: pd.DataFrame) -> None:
    found = growth(panel(series))

    assert line(found, "乙区人民政府").loc[2023, "growth_reason"] == "value_missing"
    assert line(found, "乙区人民政府", "aggregate").loc[2023, "growth"] == 0.25


def test_an_agency_reports_with_either_scope(series: pd.DataFrame) -> None:
    found = reporting(panel(series)).set_index("year")

    assert found["reporting"].to_dict() == {2018: 1, 2019: 1, 2020: 1, 2021: 0, 2022: 2, 2023: 2}
    assert found["share"].to_dict() == {2018: 0.5, 2019: 0.5, 2020: 0.5, 2021: 0, 2022: 1, 2023: 1}


def test_carry_over_is_held_against_the_year_before(series: pd.DataFrame) -> None:
    found = line(continuity(series).assign(code="new_received"), "甲市财政局")

    assert found["holds"].dropna().to_dict() == {2020: True, 2023: False}
    assert found["reason"].dropna().to_dict() == {2019: "not_on_form", 2022: "no_report_of_last_year"}
    assert found.loc[2023, ["carried_out", "carried_in", "difference"]].tolist() == [4, 5, 1]


def test_a_blank_carry_over_is_not_zero(made: Frames) -> None:
    cells = made.cells.copy()
    cells.loc[(cells["report_id"] == "r4") & (cells["row"] == "carried_in"), ["value", "kind"]] = [None, "blank"]
    blank = Frames(made.reports, cells, made.sections, made.figures, made.issues)

    found = line(continuity(long_series(blank)).assign(code="new_received"), "甲市财政局").loc[2023]

    assert pd.isna(found["holds"])
    assert found["reason"] == "blank"


def test_indicators_grow_too(made: Frames) -> None:
    indicators = compute_indicators(made, build("checks"))

    found = line(growth(panel(indicator_series(indicators, made.reports))), "甲市财政局", code="request_volume")

    assert found.loc[2020, "growth"] == 0.25
    assert found.loc[2019, "growth_reason"] == "series_break"


def test_what_is_no_frame_of_series_is_an_error(series: pd.DataFrame) -> None:
    with pytest.raises(CorpusError, match="'breaks'"):
        panel(series.drop(columns="breaks"))
    with pytest.raises(CorpusError, match="two rows for 乙区人民政府, aggregate, new_received, 2022"):
        growth(pd.concat([series, series]))
