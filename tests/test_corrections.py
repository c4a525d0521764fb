"""Corrections: kept beside what was printed, refused where they do not fit, and visible in what they enter."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import pytest

from gia_analysis import GiaError, Report
from gia_analysis.analysis import compute_indicators
from gia_analysis.checks import run_checks
from gia_analysis.corrections import (
    HEADER,
    CorrectionError,
    apply_corrections,
    corrected_frames,
    corrected_values,
    flag_corrected,
    load_corrections,
)
from gia_analysis.report import frames_of
from gia_analysis.schema import FAILING, TABLES, Frames

ROOT = Path(__file__).parents[1]
# 衢江区机关事务保障中心 2020: 120 items by website against 0 in all (data/README.md).
QUJIANG = "data/raw/2020-qujiang-office-affairs-centre.txt"
TOTAL = ("stats_2014", "proactive_total", "value")
GIVEN = {
    "source": QUJIANG, "table": TOTAL[0], "row": TOTAL[1], "col": TOTAL[2], "printed": "0", "corrected": "120",
    "reason": "总数漏填", "published_in": "衢江区2020年度汇总报告", "author": "衢江区政府信息公开工作机构", "date": "2021-03-01",
}  # fmt: skip


@pytest.fixture(scope="module")
def frames(samples: Mapping[str, Report]) -> Frames:
    found = frames_of(list(samples.values()))
    return Frames(
        **{name: _relative(getattr(found, name)) for name in ("reports", "cells", "sections", "figures", "issues")}
    )


def _relative(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(source="data/raw/" + frame["source"].str.rsplit("/", n=1).str[-1])


def file_of(folder: Path, *lines: Mapping[str, str], header: Sequence[str] = HEADER) -> Path:
    path = folder / "corrections.csv"
    rows = [{**dict.fromkeys(header, ""), **line} for line in lines]
    pd.DataFrame(rows, columns=list(header)).to_csv(path, index=False, lineterminator="\n")
    return path


def correct(frames: Frames, folder: Path, *changes: Mapping[str, str]) -> pd.DataFrame:
    lines = [{**GIVEN, **change} for change in changes or ({},)]
    return apply_corrections(frames.cells, load_corrections(file_of(folder, *lines)))


def at(cells: pd.DataFrame, place: tuple[str, str, str] = TOTAL) -> pd.Series:
    found = cells[(cells["source"] == QUJIANG) & (cells[["table", "row", "col"]] == list(place)).all(axis=1)]
    assert len(found) == 1
    return found.iloc[0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"source": ""}, "line 2: report_id or source is expected; both are empty"),
        ({"table": "stats_2015"}, "unknown table 'stats_2015': did you mean 'stats_2014'"),
        ({"row": "proactive_totl"}, "unknown row 'proactive_totl' in stats_2014: did you mean 'proactive_total'"),
        ({"col": "values"}, "unknown column 'values' in stats_2014: did you mean 'value'"),
        ({"corrected": "十二"}, "corrected is '十二'; a number such as 12 or 0.5 is expected, or nothing"),
        ({"corrected": "１２"}, "corrected is '１２'; a number such as 12"),
        ({"corrected": "nan"}, "corrected is 'nan'; a number"),
        ({"corrected": "1,200"}, "corrected is '1,200'; a number"),
        ({"corrected": "-3"}, "corrected is '-3'; stats_2014.proactive_total.value is a count: a whole number"),
        ({"corrected": "1.5"}, "corrected is '1.5'; stats_2014.proactive_total.value is a count"),
        ({"reason": " "}, "reason is expected; it is empty"),
        ({"published_in": ""}, "published_in is expected; it is empty"),
        ({"author": ""}, "author is expected; it is empty"),
        ({"date": "2021-02-30"}, "date is '2021-02-30'; a day such as 2024-05-31 is expected"),
        ({"date": "1.3.2021"}, "date is '1.3.2021'; a day such as"),
    ],
)
def test_a_line_that_is_not_as_it_must_be_is_named(change: Mapping[str, str], words: str, tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match=words) as caught:
        load_corrections(file_of(tmp_path, {**GIVEN, **change}))
    assert str(caught.value).startswith(f"{tmp_path / 'corrections.csv'}, line 2: ")


def test_all_lines_at_fault_are_named_at_once_by_the_line_they_begin_on(tmp_path: Path) -> None:
    path = file_of(
        tmp_path, {**GIVEN, "reason": "漏填\n见更正"}, {**GIVEN, "date": ""}, {**GIVEN, "author": "", "col": "x"}
    )

    with pytest.raises(CorrectionError) as caught:
        load_corrections(path)

    lines = str(caught.value).splitlines()
    assert [line.split(": ")[0].rsplit(", ")[-1] for line in lines] == ["line 4", "line 5", "line 5"]


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ([name for name in HEADER if name != "printed"], "line 1: no column 'printed'; the header is report_id,source"),
        ([*HEADER, "sourse"], r"line 1: unknown column 'sourse' \(did you mean 'source'\?\)"),
        ([*HEADER[:-1], "author"], "no column 'date'; twice the column 'author'"),
    ],
)
def test_a_header_that_is_not_the_one_is_named(header: Sequence[str], words: str, tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    path.write_text(",".join(header) + "\n", encoding="utf-8")

    with pytest.raises(CorrectionError, match=words):
        load_corrections(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "line 1: no column 'report_id'"),
        (",".join(HEADER).encode() + b"\na,b\n", "line 2: 11 values are expected"),
        (",".join(HEADER).encode() + b"\n" + b"a," * 12 + b"\n", "line 2: 11 values are expected"),
        (",".join(HEADER).encode() + b"\n\xd6\xd0\n", "is not in UTF-8"),
        (",".join(HEADER).encode() + b'\n"a"b,\n', "is no CSV file"),
    ],
)
def test_a_broken_file_is_named(content: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / "corrections.csv").write_bytes(content)

    with pytest.raises(CorrectionError, match=words):
        load_corrections(tmp_path / "corrections.csv")


def test_the_file_in_data_has_its_header_only_and_loads() -> None:
    found = load_corrections(ROOT / "data" / "corrections.csv")

    assert len(found) == 0
    assert list(found.columns) == ["line", *HEADER]


def test_an_empty_file_has_the_types_of_a_full_one_and_changes_nothing(frames: Frames, tmp_path: Path) -> None:
    empty = load_corrections(file_of(tmp_path))
    pd.testing.assert_series_equal(empty.dtypes, load_corrections(file_of(tmp_path, GIVEN)).dtypes)

    cells = apply_corrections(frames.cells, empty)

    assert cells[["corrected", "correction"]].isna().all(axis=None)
    pd.testing.assert_frame_equal(corrected_frames(frames, cells).cells, frames.cells)


def test_a_file_that_excel_saved_loads(tmp_path: Path) -> None:
    path = file_of(tmp_path, GIVEN)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    found = load_corrections(path)

    assert found.loc[0, ["line", "source", "corrected"]].tolist() == [2, QUJIANG, 120.0]
    assert found.loc[0, "date"] == pd.Timestamp("2021-03-01")


def test_what_was_printed_stays_and_the_right_figure_stands_beside_it(frames: Frames, tmp_path: Path) -> None:
    cells = correct(frames, tmp_path)

    pd.testing.assert_frame_equal(cells[list(TABLES["cells"])], frames.cells)
    row = at(cells)
    assert (row["value"], row["raw"], row["corrected"]) == (0.0, "0", 120.0)
    assert row["correction"] == "总数漏填 (衢江区2020年度汇总报告)"
    assert cells["correction"].notna().sum() == 1


def test_a_report_is_told_by_its_id_too(frames: Frames, tmp_path: Path) -> None:
    report_id = frames.reports.set_index("source").loc[QUJIANG, "report_id"]

    assert at(correct(frames, tmp_path, {"source": "", "report_id": report_id}))["corrected"] == 120.0
    assert at(correct(frames, tmp_path, {"report_id": report_id}))["corrected"] == 120.0


def test_the_same_content_in_two_files_is_corrected_in_both(frames: Frames, tmp_path: Path) -> None:
    twice = pd.concat([frames.cells, frames.cells.assign(source="copy/" + frames.cells["source"])], ignore_index=True)
    report_id = frames.reports.set_index("source").loc[QUJIANG, "report_id"]
    path = file_of(tmp_path, {**GIVEN, "source": "", "report_id": report_id})

    assert apply_corrections(twice, load_corrections(path))["correction"].notna().sum() == 2


def test_corrections_that_do_not_fit_are_all_named(frames: Frames, tmp_path: Path) -> None:
    with pytest.raises(CorrectionError) as caught:
        correct(
            frames,
            tmp_path,
            {},
            {"printed": "12"},
            {"source": QUJIANG.replace("qujiang", "qujang")},
            {"row": "unknown:其他", "corrected": "1"},
            {"table": "requests", "row": "granted", "col": "total", "printed": ""},
        )

    lines = str(caught.value).splitlines()
    assert [line.split(":")[0] for line in lines] == ["line 3", "line 3", "line 4", "line 5", "line 6"]
    assert any("reads '0', not '12'" in line for line in lines[:2])
    assert any("is corrected in line 2 already" in line for line in lines[:2])
    assert f"did you mean '{QUJIANG}'" in lines[2]
    assert "no cell 'stats_2014.unknown:其他.value'" in lines[3]
    assert "no cell 'requests.granted.total'" in lines[4]


def test_of_several_reports_in_one_file_one_must_be_named(frames: Frames, tmp_path: Path) -> None:
    cells = frames.cells.assign(report_id=frames.cells["report_id"] + "-1")
    both = pd.concat([cells, cells.assign(report_id=frames.cells["report_id"] + "-2")], ignore_index=True)

    with pytest.raises(CorrectionError, match=f"line 2: {QUJIANG} holds several reports; give the report_id"):
        apply_corrections(both, load_corrections(file_of(tmp_path, GIVEN)))


def test_a_blank_is_corrected_where_nothing_was_printed(frames: Frames, tmp_path: Path) -> None:
    blank = frames.cells[(frames.cells["kind"] == "blank")].iloc[0]
    change = {name: blank[name] for name in ("source", "table", "row", "col")}

    cells = correct(frames, tmp_path, {**change, "printed": "", "corrected": "0"})

    row = cells[cells["correction"].notna()].iloc[0]
    assert pd.isna(row["value"])
    assert row["corrected"] == 0.0
    assert corrected_values(cells).loc[row.name, ["value", "kind", "raw", "corrected"]].tolist() == [
        0.0,
        "number",
        "",
        True,
    ]


def test_a_figure_that_is_not_readable_is_no_zero(frames: Frames, tmp_path: Path) -> None:
    cells = correct(frames, tmp_path, {"corrected": ""})
    values = corrected_values(cells)

    assert pd.isna(at(cells)["corrected"])
    assert pd.notna(at(cells)["correction"])
    assert pd.isna(at(values)["value"])
    assert at(values)[["kind", "raw", "corrected"]].tolist() == ["ambiguous", "0", True]
    checks = run_checks(corrected_frames(frames, cells)).query("code == 'S_CHANNELS'")
    assert checks["status"].tolist() == ["not_applicable"]


def test_the_corrected_frame_tells_which_values_are_not_as_printed(frames: Frames, tmp_path: Path) -> None:
    values = corrected_values(correct(frames, tmp_path))

    assert at(values)[["value", "kind", "raw", "corrected"]].tolist() == [120.0, "number", "0", True]
    others = values[~values["corrected"]]
    assert len(others) == len(values) - 1
    pd.testing.assert_series_equal(others["value"], frames.cells["value"].loc[others.index])


def test_a_check_that_failed_on_the_misprint_holds_on_the_right_figure(frames: Frames, tmp_path: Path) -> None:
    printed = run_checks(frames)

    found = run_checks(corrected_frames(frames, correct(frames, tmp_path)))

    failing = {"S_CHANNELS", "NARR_PROACTIVE"}
    assert failing <= set(printed.loc[printed["status"].isin(FAILING), "code"])
    assert found.set_index("code").loc["S_CHANNELS", "status"] == "pass"


def test_an_indicator_that_a_correction_entered_says_so(frames: Frames, tmp_path: Path) -> None:
    place = {"row": "requests_received", "printed": "0", "corrected": "4"}
    cells = correct(frames, tmp_path, place)
    right = corrected_frames(frames, cells)
    computed = compute_indicators(right, run_checks(right))

    found = flag_corrected(computed, cells)

    volume = found[(found["code"] == "request_volume") & (found["source"] == QUJIANG)].iloc[0]
    assert volume["value"] == 4.0
    assert "corrected" in volume["flags"].split(";")
    entered = found["flags"].fillna("").str.split(";").map(lambda flags: "corrected" in flags)
    assert set(found.loc[entered, "source"]) == {QUJIANG}
    assert found.loc[entered, "cells"].str.contains("stats_2014.requests_received.value", regex=False).all()
    pd.testing.assert_frame_equal(found[~entered], computed[~entered])


def test_the_error_is_one_of_ours_and_a_built_in_one() -> None:
    assert issubclass(CorrectionError, GiaError)
    assert issubclass(CorrectionError, ValueError)
