"""Several files of one report: the one read best stands for the others, and only reports that are the same are joined."""

from collections.abc import Mapping

import pandas as pd
import pytest

from gia_analysis.analysis.editions import editions
from gia_analysis.schema import build

CELLS = ("received", "carried_in", "granted", "denied", "unable", "carried_out")
SAME = (12.0, 3.0, 10.0, 0.0)


def told(*each: tuple[Mapping[str, object], tuple[float | None, ...]]) -> list[tuple[int, bool]]:
    """Return for reports, given by facts and figures, which row stands for each, and whether their figures agree."""
    rows = [
        {"report_id": f"{number:016x}", "source": f"{number}.html", "status": "ok", "year": 2020, "agency": "某局", "form": "2021",
         "scope": "own", "region_code": "330803", "cells_number": len(figures), **facts}
        for number, (facts, figures) in enumerate(each)
    ]  # fmt: skip
    cells = [
        {"report_id": row["report_id"], "source": row["source"], "form": "2021", "table": "requests", "row": name, "col": "total",
         "value": value, "kind": "blank" if value is None else "number"}
        for row, (_, figures) in zip(rows, each, strict=True)
        for name, value in zip(CELLS, figures, strict=False)
    ]  # fmt: skip
    found = editions(build("reports", rows), build("cells", cells))
    assert found["taken"].tolist() == [place == of for place, of in enumerate(found["of"])]
    return list(zip(found["of"].tolist(), found["agrees"].tolist(), strict=True))


def test_of_the_same_report_twice_the_first_is_taken() -> None:
    assert told(({}, SAME), ({}, SAME)) == [(0, True), (0, True)]


def test_the_one_that_was_read_best_is_taken() -> None:
    assert told(({"status": "partial"}, SAME), ({}, SAME)) == [(1, True), (1, True)]
    assert told(({}, SAME[:2]), ({}, SAME), ({}, SAME[:3])) == [(1, True)] * 3


@pytest.mark.parametrize("last", [4.0, 7.0])
def test_a_figure_that_differs_is_told(last: float) -> None:
    assert told(({}, SAME), ({}, (*SAME[:3], last))) == [(0, True), (0, False)]


def test_a_blank_does_not_contradict_a_figure() -> None:
    assert told(({}, SAME), ({}, (12.0, None, 10.0, None))) == [(0, True), (0, True)]
    assert told(({}, SAME), ({}, ())) == [(0, True), (0, True)]


def test_zeros_do_not_make_reports_the_same() -> None:
    assert told(({}, (1.0, 0.0, 0.0, 0.0)), ({}, (2.0, 0.0, 0.0, 0.0))) == [(0, True), (1, True)]
    assert told(({}, (0.0, 0.0, 0.0, 0.0)), ({}, (0.0, 0.0, 0.0, 0.0))) == [(0, True), (0, True)]


@pytest.mark.parametrize(
    "facts",
    [
        {"year": 2021},
        {"agency": "另一局"},
        {"scope": "aggregate"},
        {"year": None},
        {"agency": None},
        {"status": "failed"},
    ],
)
def test_reports_of_something_else_are_not_joined(facts: Mapping[str, object]) -> None:
    assert told(({}, SAME), (facts, SAME)) == [(0, True), (1, True)]


def test_agencies_of_one_name_are_not_joined() -> None:
    assert told(({"region_code": "110105"}, SAME), ({"region_code": "220104"}, SAME)) == [(0, True), (1, True)]


def test_where_the_division_is_not_known_figures_enough_must_tell_that_it_is_the_same_agency() -> None:
    unknown = {"region_code": None}
    one, same_bytes = {**unknown, "sha256": "1" * 64}, {**unknown, "sha256": "1" * 64}

    assert told((unknown, SAME), (unknown, SAME)) == [(0, True), (1, True)]
    assert told((one, SAME), (same_bytes, SAME)) == [(0, True), (0, True)]
    assert told((unknown, (1.0,) * 6), (unknown, (1.0,) * 6)) == [(0, True), (0, True)]
    assert told((unknown, (0.0,) * 6), (unknown, (0.0,) * 6)) == [(0, True), (1, True)]


def test_a_renamed_agency_is_one() -> None:
    aliases = pd.DataFrame({"agency": ["旧局"], "same_as": ["某局"], "from_year": [None], "to_year": [None]})
    rows = [{"report_id": f"{n}", "source": f"{n}.txt", "status": "ok", "year": 2020, "agency": name, "form": "2021",
             "region_code": "330803"} for n, name in enumerate(("旧局", "某局"))]  # fmt: skip

    assert editions(build("reports", rows), build("cells"), aliases)["of"].tolist() == [0, 0]


def test_no_reports_are_no_editions() -> None:
    assert editions(build("reports"), build("cells")).empty
