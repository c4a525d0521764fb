"""Simulated corpora: the same bytes for the same arguments, names without twins, and a truth that can be read back."""

import hashlib
from itertools import islice
from pathlib import Path

import pandas as pd
import pytest

from gia_analysis.errors import CorpusError
from gia_analysis.reading import read_report
from gia_analysis.simulation import invented_agencies, simulate_corpus


def hashes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, pd.DataFrame]:
    folder = tmp_path_factory.mktemp("corpus")
    return folder, simulate_corpus(folder, agencies=25, first_year=2018, last_year=2021, seed=7)


def test_there_is_one_file_for_each_agency_and_year_and_its_truth_beside_them(
    corpus: tuple[Path, pd.DataFrame],
) -> None:
    folder, truth = corpus

    assert len(list((folder / "raw").glob("*.txt"))) == 100
    assert set(truth["source"]) == {f"raw/{path.name}" for path in (folder / "raw").iterdir()}
    assert truth.groupby("agency")["year"].unique().map(list).map(tuple).unique().tolist() == [(2018, 2019, 2020, 2021)]
    pd.testing.assert_frame_equal(pd.read_parquet(folder / "truth.parquet"), truth)


def test_truth_has_one_row_per_cell_on_the_form_prescribed_for_the_year(corpus: tuple[Path, pd.DataFrame]) -> None:
    _, truth = corpus

    assert not truth.duplicated(["source", "table", "row", "col"]).any()
    forms = truth.groupby("year")["form"].unique().map(list).to_dict()
    assert forms == {2018: ["2014"], 2019: ["2019"], 2020: ["2019"], 2021: ["2021"]}
    cells = truth[truth["form"] != "2014"].groupby(["form", "source"]).size()
    assert cells.groupby("form").unique().map(list).to_dict() == {"2019": [198], "2021": [200]}


def test_layouts_encodings_and_blanks_are_mixed(corpus: tuple[Path, pd.DataFrame]) -> None:
    _, truth = corpus

    assert set(truth["layout"]) == {"A", "B", "C"}
    assert set(truth["encoding"]) == {"utf-8", "gb18030"}
    assert set(truth["blank_style"]) == {"zeros", "zero_rows_blank", "every_zero_blank", "only_totals"}
    assert set(truth.loc[truth["layout"] == "C", "blank_style"]) == {"zeros", "only_totals"}


def test_every_report_is_read_back_as_the_truth_says(corpus: tuple[Path, pd.DataFrame]) -> None:
    folder, truth = corpus

    for source, expected in truth.groupby("source"):
        report = read_report(folder / str(source))

        read = {(cell.table, cell.row, cell.col): (cell.value, cell.kind.value) for cell in report.cell_list}
        cells = zip(expected["table"], expected["row"], expected["col"], expected["value"], strict=True)
        assert read == {tuple(key): (None, "blank") if pd.isna(value) else (value, "number") for *key, value in cells}
        facts = (report.facts.encoding, report.form, report.year, report.agency)
        assert facts == tuple(expected.iloc[0][["encoding", "form", "year", "agency"]])


def test_every_report_is_marked_as_simulated(corpus: tuple[Path, pd.DataFrame]) -> None:
    folder, truth = corpus

    assert truth["agency"].str.contains("模拟").all()
    for (source, encoding), _ in truth.groupby(["source", "encoding"]):
        assert "不是任何行政机关的真实报告" in (folder / str(source)).read_text(encoding=str(encoding))


def test_requests_carried_out_are_carried_in_the_next_year(corpus: tuple[Path, pd.DataFrame]) -> None:
    _, truth = corpus
    totals = truth[(truth["table"] == "requests") & (truth["col"] == "total")].dropna(subset="value")
    by_year = totals.pivot_table(index=["agency", "row"], columns="year", values="value")

    both = pd.DataFrame(
        {"out": by_year.xs("carried_out", level="row")[2020], "in": by_year.xs("carried_in", level="row")[2021]}
    )

    both = both.dropna()
    assert len(both) > 10
    assert (both["out"] == both["in"]).all()
    assert both["in"].sum() > 0


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two", "two"):
        simulate_corpus(tmp_path / name, agencies=4, first_year=2014, last_year=2021, seed=3)

    assert hashes(tmp_path / "one") == hashes(tmp_path / "two")


def test_more_agencies_leave_the_first_ones_as_they_are(tmp_path: Path) -> None:
    simulate_corpus(tmp_path / "few", agencies=2, first_year=2021, last_year=2022, seed=3)
    simulate_corpus(tmp_path / "more", agencies=5, first_year=2021, last_year=2022, seed=3)

    assert hashes(tmp_path / "few" / "raw").items() <= hashes(tmp_path / "more" / "raw").items()


def test_another_seed_gives_other_reports(tmp_path: Path) -> None:
    one = simulate_corpus(tmp_path / "one", agencies=3, first_year=2021, last_year=2021, seed=1)
    two = simulate_corpus(tmp_path / "two", agencies=3, first_year=2021, last_year=2021, seed=2)

    assert not one.equals(two)


def test_names_are_unique_and_of_many_kinds() -> None:
    names = [agency.name for agency in islice(invented_agencies(), 3000)]

    assert len(set(names)) == 3000
    assert all("模拟" in name for name in names)
    for ending in ("区人民政府", "市人民政府", "镇人民政府", "街道办事处", "局", "人民政府办公室"):
        assert any(name.endswith(ending) for name in names[:40])


def test_no_agency_gives_an_empty_truth_with_the_same_columns(tmp_path: Path) -> None:
    empty = simulate_corpus(tmp_path / "none", agencies=0, first_year=2021, last_year=2021, seed=1)
    some = simulate_corpus(tmp_path / "some", agencies=1, first_year=2021, last_year=2021, seed=1)

    assert empty.empty
    assert empty.dtypes.to_dict() == some.dtypes.to_dict()


def test_years_before_the_first_national_table_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"2013.*2014"):
        simulate_corpus(tmp_path, agencies=1, first_year=2013, last_year=2015, seed=1)


def test_years_that_run_backwards_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="2020 is before the first year 2021"):
        simulate_corpus(tmp_path, agencies=1, first_year=2021, last_year=2020, seed=1)


def test_a_folder_with_other_texts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "real.txt").write_text("报告", encoding="utf-8")

    with pytest.raises(CorpusError, match=r"real\.txt"):
        simulate_corpus(tmp_path, agencies=1, first_year=2021, last_year=2021, seed=1)
