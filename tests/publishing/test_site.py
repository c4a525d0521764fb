"""A corpus becomes a site: real papermill runs, and only those whose pages have changed."""

import json
import shutil
from pathlib import Path

import nbformat
import pandas as pd
import pytest

import gia_analysis as gia
from gia_analysis.corrections import HEADER
from gia_analysis.errors import CorpusError
from gia_analysis.publishing import notebook_folder, publish, run_notebook, site
from gia_analysis.publishing.pages import notebook_page
from gia_analysis.publishing.plan import AGENCY_NOTEBOOK, CROSS_AGENCY_NOTEBOOK
from gia_analysis.simulation import simulate_corpus

SAMPLES = Path(__file__).parents[2] / "data" / "raw"


@pytest.fixture
def one_report(tmp_path: Path) -> Path:
    gia.read_reports(SAMPLES / "2020-tongji-subdistrict.txt").save(tmp_path / "corpus")
    return tmp_path / "corpus"


def test_a_failing_notebook_leaves_its_page_and_the_others_go_on(
    one_report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "notebooks"
    shutil.copytree(notebook_folder(), broken, ignore=shutil.ignore_patterns(".*"))
    notebook = nbformat.read(broken / CROSS_AGENCY_NOTEBOOK, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("raise RuntimeError('<script>alert(1)</script>')"))
    nbformat.write(notebook, broken / CROSS_AGENCY_NOTEBOOK)
    monkeypatch.setattr(site, "notebook_folder", lambda: broken)

    table = publish(one_report, tmp_path / "out").set_index("file")

    assert table["status"].value_counts().to_dict() == {"ok": 3, "failed": 1}
    assert table.loc["all-2020.html", "reason"] == "error"
    page = (tmp_path / "out" / "all-2020.html").read_text(encoding="utf-8")
    assert "RuntimeError: &lt;script&gt;" in page
    assert "<script>alert" not in page
    index = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "未能生成" in index
    agency = table.index[table.index.str.startswith("agency-2020-")]
    assert "通济街道办事处" in (tmp_path / "out" / agency[0]).read_text(encoding="utf-8")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert {row["file"]: row["status"] for row in manifest} == table["status"].to_dict()
    assert not list((tmp_path / "out").glob(".*"))


def test_pages_name_no_folder_of_this_machine(one_report: Path, tmp_path: Path) -> None:
    table = publish(one_report, tmp_path / "out", lang="en")

    assert table["message"].isna().all()
    for file in (tmp_path / "out").iterdir():
        assert str(tmp_path).encode() not in file.read_bytes(), file.name
        assert str(Path.home()).encode() + b"/" not in file.read_bytes(), file.name


def test_code_is_shown_only_on_demand(one_report: Path) -> None:
    executed = run_notebook(
        notebook_folder() / AGENCY_NOTEBOOK, {"corpus": str(one_report), "agency": "通济街道办事处", "year": 2020}
    )

    hidden = notebook_page(executed, "页", "zh", home=None)
    shown = notebook_page(executed, "页", "zh", home=None, code=True)

    assert "AgencySummary(" not in hidden
    assert "AgencySummary(" in shown
    assert "You learn" not in hidden


def test_a_folder_without_a_corpus_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"holds no corpus: reports\.parquet is not there; make one with 'gia read"):
        publish(tmp_path, tmp_path / "out")


def test_a_correction_shows_on_every_page_that_uses_it(one_report: Path, tmp_path: Path) -> None:
    """Of the two requests that 通济街道 counts, suppose the right number were three."""
    report_id = gia.Corpus.load(one_report).reports.loc[0, "report_id"]
    file = tmp_path / "corrections.csv"
    line = f"{report_id},,requests,new_received,total,2,3,漏计,汇总报告,公开机构,2021-03-01"
    file.write_text(f"{','.join(HEADER)}\n{line}\n", encoding="utf-8")
    publish(one_report, tmp_path / "out")

    table = publish(one_report, tmp_path / "out", corrections=file)

    assert table["message"].isna().all()
    assert table["made"].all(), "a page of the printed figures was taken for one of the right ones"
    told = [page for page in ("index.html", *table["file"]) if page not in ("quality.html", "trends.html")]
    for page in told:
        text = (tmp_path / "out" / page).read_text(encoding="utf-8")
        assert "含更正的数字" in text, page
    for path in (tmp_path / "out").iterdir():
        assert str(tmp_path).encode() not in path.read_bytes(), path.name


def test_a_second_run_makes_what_has_changed_and_nothing_else(tmp_path: Path) -> None:
    simulate_corpus(tmp_path, agencies=3, first_year=2022, last_year=2023, seed=5)
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    gia.read_reports(tmp_path / "raw").save(corpus)
    first = publish(corpus, out)
    assert list(first["status"].unique()) == ["ok"], first["message"].dropna().tolist()
    written = {file: (out / file).stat().st_mtime_ns for file in first["file"]}

    assert not publish(corpus, out)["made"].any()
    assert {file: (out / file).stat().st_mtime_ns for file in first["file"]} == written

    changed = sorted((tmp_path / "raw").glob("*2023*"))[0]
    changed.write_text(changed.read_text(encoding="utf-8") + "\n以上内容如有疑问，请与本机关联系。\n", encoding="utf-8")
    gia.read_reports(tmp_path / "raw").save(corpus)
    reports = gia.Corpus.load(corpus).reports
    second = publish(corpus, out).set_index("file")

    mine = reports.loc[reports["source"].str.endswith(changed.name), "agency"].iloc[0]
    of_mine = set(reports.loc[reports["agency"] == mine, "report_id"])
    made = set(second.index[second["made"]])
    across = {"quality.html", "trends.html", "all-2022.html", "all-2023.html"}
    assert across <= made
    own = {file for file in second.index if any(report in file for report in of_mine)}
    assert own <= made
    same_year = {file for file in second.index if file.startswith("agency-2023-")}
    assert made <= own | across | same_year
    gone = set(first["file"]) - set(second.index)
    assert len(gone) == 2, "the page of the report as it was, and the one over its agency's years"
    assert not [file for file in gone if (out / file).exists()]


def test_a_report_that_is_no_longer_there_leaves_no_page(tmp_path: Path) -> None:
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    gia.read_reports([SAMPLES / "2020-tongji-subdistrict.txt", *sorted(SAMPLES.glob("*.txt"))[:1]]).save(corpus)
    before = publish(corpus, out)
    gia.read_reports(SAMPLES / "2020-tongji-subdistrict.txt").save(corpus)

    after = publish(corpus, out)

    assert len(before) > len(after)
    pages = {file.name for file in out.glob("*.html")}
    assert pages == {*after["file"], "index.html", "definitions.html"}
    assert isinstance(after, pd.DataFrame)
