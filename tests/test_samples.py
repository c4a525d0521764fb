"""The five sample reports against their figures, read by hand and typed in (tests/data/expected)."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from opencc import OpenCC

from gia_analysis import Report
from gia_analysis.documents import read_bytes
from gia_analysis.reading import interpret

EXPECTED = Path(__file__).parent / "data" / "expected"
XUSHUI = "2020-xushui-government-office"
XIANDI = "2020-xiandi-town"
TONGJI = "2020-tongji-subdistrict"
QUJIANG = "2020-qujiang-office-affairs-centre"
ZHENJIANG = "2020-zhenjiang-government-office"
every_sample = pytest.mark.parametrize("stem", [XUSHUI, XIANDI, TONGJI, QUJIANG, ZHENJIANG])


def expected_of(stem: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((EXPECTED / f"{stem}.json").read_text(encoding="utf-8"))
    return content


def kinds_of(report: Report) -> dict[str, int]:
    return dict(Counter(cell.kind.value for cell in report.cell_list))


def test_every_sample_has_its_expected_figures(sample_paths: Mapping[str, Path]) -> None:
    expected = sorted(path.stem for path in EXPECTED.glob("*.json"))

    assert sorted(sample_paths) == expected


@every_sample
def test_every_cell_agrees_and_there_is_none_besides(samples: Mapping[str, Report], stem: str) -> None:
    expected = {(table, row, col): value for table, row, col, value in expected_of(stem)["cells"]}

    found = {(cell.table, cell.row, cell.col): cell.value for cell in samples[stem].cell_list}

    assert found == expected


@every_sample
def test_no_cell_comes_twice(samples: Mapping[str, Report], stem: str) -> None:
    cells = [(cell.table, cell.row, cell.col) for cell in samples[stem].cell_list]

    assert [cell for cell, times in Counter(cells).items() if times > 1] == []


@every_sample
def test_form_year_and_agency_agree(samples: Mapping[str, Report], stem: str) -> None:
    expected = expected_of(stem)
    report = samples[stem]

    assert (report.form, report.year, report.agency) == (expected["form"], expected["year"], expected["agency"])


@every_sample
def test_agency_is_marked_inferred_where_it_is_not_stated_in_full(samples: Mapping[str, Report], stem: str) -> None:
    expected = not expected_of(stem)["agency_stated"]

    assert (samples[stem].facts.agency_from == "inferred") == expected


@every_sample
def test_findings_are_exactly_those_known(samples: Mapping[str, Report], stem: str) -> None:
    assert sorted(set(samples[stem].findings["code"])) == expected_of(stem)["findings"]


@every_sample
def test_hard_findings_are_exactly_those_known(samples: Mapping[str, Report], stem: str) -> None:
    findings = samples[stem].findings

    hard = findings[findings["severity"] == "hard"]

    assert sorted(set(hard["code"])) == expected_of(stem)["hard_findings"]


@every_sample
def test_every_cell_points_at_what_was_printed(
    samples: Mapping[str, Report], sample_paths: Mapping[str, Path], stem: str
) -> None:
    lines = sample_paths[stem].read_text(encoding="utf-8").split("\n")

    misplaced = [
        cell
        for cell in samples[stem].cell_list
        if cell.raw and cell.raw not in [part.strip() for part in lines[(cell.line or 0) - 1].split("|")]
    ]

    assert misplaced == []


@every_sample
def test_no_two_cells_stand_in_the_same_place(samples: Mapping[str, Report], stem: str) -> None:
    printed = [cell for cell in samples[stem].cell_list if cell.kind != "absent"]

    places = {(cell.block, cell.block_row, cell.block_column) for cell in printed}

    assert len(places) == len(printed)


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        (XUSHUI, {"number": 72, "blank": 126}),
        (XIANDI, {"number": 47, "blank": 150, "absent": 1}),
        (TONGJI, {"number": 198}),
        (QUJIANG, {"number": 77}),
        (ZHENJIANG, {"number": 198}),
    ],
)
def test_blanks_are_told_apart_from_zeros(samples: Mapping[str, Report], stem: str, expected: dict[str, int]) -> None:
    """In xushui 18 outcome rows are blank (126); in xiandi all but the totals, and one cell is not there at all."""
    assert kinds_of(samples[stem]) == expected


def test_the_amount_that_xiandi_does_not_print_is_absent(samples: Mapping[str, Report]) -> None:
    cells = {(cell.row, cell.col): cell for cell in samples[XIANDI].cell_list}

    amount = cells["procurement", "procurement_amount"]

    assert (amount.kind.value, amount.value, amount.raw) == ("absent", None, "")


def test_the_amount_of_tongji_keeps_its_print_and_its_unit(samples: Mapping[str, Report]) -> None:
    cells = {(cell.row, cell.col): cell for cell in samples[TONGJI].cell_list}

    amount = cells["procurement", "procurement_amount"]

    assert (amount.raw, amount.value, amount.unit) == ("6054万元", 6054.0, "万元")


def test_cells_of_the_2014_form_have_the_unit_of_their_row(samples: Mapping[str, Report]) -> None:
    cells = {cell.row: (cell.value, cell.unit) for cell in samples[QUJIANG].cell_list}

    found = {row: cells[row] for row in ("channel_website", "staff_total", "trainees", "fees_collected")}

    assert found == {
        "channel_website": (120.0, "条"),
        "staff_total": (1.0, "人"),
        "trainees": (2.0, "人次"),
        "fees_collected": (0.0, "万元"),
    }


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        (XUSHUI, ["preamble", "overview", "proactive", "requests", "disputes", "problems", "other"]),
        (XIANDI, ["preamble", "overview", "proactive", "requests", "disputes", "problems", "other", "signature"]),
        (TONGJI, ["preamble", "overview", "proactive", "requests", "disputes", "problems", "other"]),
        (
            QUJIANG,
            ["preamble", "overview", "proactive", "requests", "fees", "disputes", "problems", "other", "statistics"],
        ),
        (ZHENJIANG, ["preamble", "overview", "proactive", "requests", "disputes", "problems", "signature"]),
    ],
)
def test_chapters_are_found_in_order(samples: Mapping[str, Report], stem: str, expected: list[str]) -> None:
    """Qujiang announces seven chapters and has eight; zhenjiang numbers only three of its five."""
    chapters = samples[stem].sections.query("level == 1")
    assert list(chapters["section"]) == expected


def test_numerals_of_chapters_are_those_printed(samples: Mapping[str, Report]) -> None:
    sections = samples[ZHENJIANG].section_list

    numerals = [section.number for section in sections if section.title and section.level == 1]

    assert numerals == [None, None, "三", "四", "五"]


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        (XUSHUI, {"contact_email": "example2018@example.com", "contact_postcode": "072550", "published": None}),
        (XIANDI, {"published": date(2021, 1, 29), "published_from": "signature", "agency_from": "title"}),
        (TONGJI, {"contact_office": "通济街道办事处督查办公室", "contact_phone": "0532-00000000", "title": None}),
        (QUJIANG, {"index_number": "330803-042/2021-46930", "region_code": "330803", "filed": date(2020, 12, 29),
                   "published": date(2021, 2, 20), "published_from": "document date"}),
        (ZHENJIANG, {"published": date(2021, 1, 17), "year_from": "title", "contact_office": None}),
    ],
)  # fmt: skip
def test_facts_are_those_printed(samples: Mapping[str, Report], stem: str, expected: dict[str, object]) -> None:
    facts = samples[stem].facts

    assert {name: getattr(facts, name) for name in expected} == expected


@every_sample
@pytest.mark.parametrize(
    ("encoding", "line_end"),
    [("gb18030", "\n"), ("utf-16", "\n"), ("utf-16-le", "\n"), ("utf-8-sig", "\r\n"), ("utf-8", "\r")],
)
def test_encoding_and_line_ends_change_no_cell(
    samples: Mapping[str, Report], sample_paths: Mapping[str, Path], stem: str, encoding: str, line_end: str
) -> None:
    text = sample_paths[stem].read_text(encoding="utf-8")

    (report,) = interpret(read_bytes(text.replace("\n", line_end).encode(encoding), stem))

    assert report.cell_list == samples[stem].cell_list


@every_sample
@pytest.mark.parametrize("writing", ["s2t", "s2hk", "s2twp"])
def test_traditional_characters_and_words_of_taiwan_change_no_figure_and_no_fact(
    samples: Mapping[str, Report], sample_paths: Mapping[str, Path], stem: str, writing: str
) -> None:
    text = OpenCC(writing).convert(sample_paths[stem].read_text(encoding="utf-8"))

    (report,) = interpret(read_bytes(text.encode(), stem))

    facts = ("form", "year", "agency", "published", "region_code")
    assert placed(report) == placed(samples[stem])
    assert [getattr(report.facts, name) for name in facts] == [getattr(samples[stem].facts, name) for name in facts]
    assert report.section_list[0].text != samples[stem].section_list[0].text


def placed(report: Report) -> list[tuple[str, str, str, float | None, str, int | None]]:
    return [(cell.table, cell.row, cell.col, cell.value, cell.kind.value, cell.line) for cell in report.cell_list]


@every_sample
def test_every_label_of_the_form_is_found(samples: Mapping[str, Report], stem: str) -> None:
    """34 row labels on the 2019 form (the wide table counts its three), 77 on the 2014 form with topics."""
    expected = 77 if stem == QUJIANG else 34
    facts = samples[stem].facts

    assert (facts.labels_found, facts.labels_expected) == (expected, expected)
