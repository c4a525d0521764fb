"""Cells as arrays: one table of one form over all reports that have it."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from gia_analysis.grids import Grid, read_grids
from gia_analysis.schema import Frames, build

Make = Callable[[Mapping[str, Mapping[str, Any]]], Frames]


@pytest.fixture(scope="module")
def grids(frames: Make) -> Mapping[tuple[str, str], Grid]:
    made = frames(
        {
            "one": {"form": "2021", "cells": {"art20_6.penalty.decisions": 3, "art20_1.regulations.in_force": None}},
            "two": {
                "form": "2021",
                "cells": {"art20_6.penalty.decisions": "ambiguous", "art20_6.compulsion.decisions": 5},
            },
            "old": {"form": "2019", "cells": {"art20_6.penalty.decisions": 7}},
            "odd": {"form": "2019", "cells": {"art20_1.unknown:其他主动公开文件.disclosed_total": 255}},
        }
    )
    return {(grid.form.id, grid.table.code): grid for grid in read_grids(made.cells)}


def test_there_is_a_grid_for_each_table_of_each_form_found(grids: Mapping[tuple[str, str], Grid]) -> None:
    assert set(grids) == {("2021", "art20_6"), ("2021", "art20_1"), ("2019", "art20_6"), ("2019", "art20_1")}


def test_a_grid_holds_the_reports_that_have_the_table(grids: Mapping[tuple[str, str], Grid]) -> None:
    grid = grids["2021", "art20_6"]

    assert list(grid.keys) == [("one.txt", "one"), ("two.txt", "two")]
    assert grid.values.shape == (2, 2, 1)


def test_figures_stand_at_their_row_and_column(grids: Mapping[tuple[str, str], Grid]) -> None:
    np.testing.assert_array_equal(grids["2021", "art20_6"].values[:, :, 0], [[3, 0], [np.nan, 5]])


def test_a_blank_is_no_figure_and_not_open(grids: Mapping[tuple[str, str], Grid]) -> None:
    grid = grids["2021", "art20_1"]

    assert np.isnan(grid.values[0, 0, 2])
    assert not grid.open[0, 0, 2]


def test_a_figure_without_certain_place_is_open(grids: Mapping[tuple[str, str], Grid]) -> None:
    np.testing.assert_array_equal(grids["2021", "art20_6"].open[:, :, 0], [[False, False], [True, False]])


def test_unknown_rows_are_summed_beside_the_table(grids: Mapping[tuple[str, str], Grid]) -> None:
    grid = grids["2019", "art20_1"]

    assert grid.values.shape == (1, 2, 3)
    assert grid.unknown.tolist() == [[0, 0, 255]]


def test_a_series_is_one_cell_over_the_reports(grids: Mapping[tuple[str, str], Grid]) -> None:
    series = grids["2021", "art20_6"].series("compulsion", "decisions")

    assert series.to_dict() == {("one.txt", "one"): 0, ("two.txt", "two"): 5}


def test_categories_make_the_same_grids(frames: Make) -> None:
    cells = frames(
        {
            "one": {"form": "2021", "cells": {"art20_6.penalty.decisions": 3, "art20_1.regulations.in_force": None}},
            "odd": {"form": "2019", "cells": {"art20_1.unknown:其他主动公开文件.disclosed_total": 255}},
        }
    ).cells
    names = ["source", "report_id", "form", "table", "row", "col", "kind"]

    plain, categories = read_grids(cells), read_grids(cells.astype(dict.fromkeys(names, "category")))

    for one, other in zip(plain, categories, strict=True):
        assert (one.form, one.table.code) == (other.form, other.table.code)
        assert one.keys.equals(other.keys)
        for name in ("values", "open", "unknown"):
            np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def test_reports_stand_in_the_order_of_their_cells(frames: Make) -> None:
    cells = frames({name: {"form": "2021", "cells": {"art20_6.penalty.decisions": 1}} for name in "bca"}).cells

    (grid,) = read_grids(cells)

    assert list(grid.keys.get_level_values("report_id")) == ["b", "c", "a"]


def test_no_cells_make_no_grids() -> None:
    assert read_grids(build("cells")) == ()
