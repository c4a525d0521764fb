"""Pages are made by real papermill runs; a notebook that fails leaves a page that says so."""

import json
from pathlib import Path

import nbformat
import pytest

import gia_analysis as gia
from gia_analysis.corrections import HEADER
from gia_analysis.errors import CorpusError
from gia_analysis.publishing import publish, site
from gia_analysis.publishing.kernels import run_notebook
from gia_analysis.publishing.pages import failure_page, index_page, notebook_page

SAMPLES = Path(__file__).parents[2] / "data" / "raw"


@pytest.fixture
def one_report(tmp_path: Path) -> Path:
    gia.read_reports(SAMPLES / "2020-tongji-subdistrict.txt").save(tmp_path / "corpus")
    return tmp_path / "corpus"


def test_a_failing_notebook_leaves_its_page_and_the_others_go_on(
    one_report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "notebooks"
    broken.mkdir()
    for name in (site.AGENCY_NOTEBOOK, site.CROSS_AGENCY_NOTEBOOK):
        notebook = nbformat.read(site.notebook_folder() / name, as_version=4)
        if name == site.CROSS_AGENCY_NOTEBOOK:
            notebook.cells.append(nbformat.v4.new_code_cell("raise RuntimeError('<script>alert(1)</script>')"))
        nbformat.write(notebook, broken / name)
    monkeypatch.setattr(site, "notebook_folder", lambda: broken)

    results = publish(one_report, tmp_path / "out")

    assert [result.failed for result in results] == [True, False]
    page = (tmp_path / "out" / "all-2020.html").read_text(encoding="utf-8")
    assert "未能生成" in page
    assert "RuntimeError: &lt;script&gt;" in page
    assert "<script>" not in page
    index = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "（未能生成）" in index
    assert "通济街道办事处" in (tmp_path / "out" / results[1].job.file).read_text(encoding="utf-8")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert [row["status"] for row in manifest] == ["failed", "ok"]
    assert not list((tmp_path / "out").glob(".*"))


def test_pages_name_no_folder_of_this_machine(one_report: Path, tmp_path: Path) -> None:
    results = publish(one_report, tmp_path / "out", lang="en")

    assert [result.message for result in results] == [None, None]
    for file in (tmp_path / "out").iterdir():
        assert str(tmp_path) not in file.read_text(encoding="utf-8"), file.name


def test_code_is_shown_only_on_demand(one_report: Path) -> None:
    run = run_notebook(
        site.notebook_folder() / site.AGENCY_NOTEBOOK,
        {"corpus": str(one_report), "agency": "通济街道办事处", "year": 2020},
    )
    assert run.notebook is not None

    hidden = notebook_page(run.notebook, "页", "zh", home=None)
    shown = notebook_page(run.notebook, "页", "zh", home=None, code=True)

    assert "summary.headline()" not in hidden
    assert "summary.headline()" in shown
    assert "You learn" not in hidden


def test_a_folder_without_a_corpus_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"holds no corpus: reports\.parquet is not there; make one with 'gia read"):
        publish(tmp_path, tmp_path / "out")


def test_hostile_names_are_text_on_every_page() -> None:
    name = "<img src=x onerror=alert(1)>{{ 7*7 }}"
    row = {"file": "a.html", "agency": name, "year": 2020, "form": "2019", "findings": 0, "failed": False}
    pages = [
        failure_page(name, name, [("agency", name)], "zh", home="index.html"),
        index_page(
            [], [row | {"requests": "1", "results": "1", "rate": name}], [{"source": name, "reason": name}], name, "en"
        ),
    ]

    for page in pages:
        assert "<img" not in page
        assert "{{ 7*7 }}" in page


def test_a_correction_shows_on_every_page_that_uses_it(one_report: Path, tmp_path: Path) -> None:
    """Of the two requests that 通济街道 counts, suppose the right number were three."""
    report_id = gia.Corpus.load(one_report).reports.loc[0, "report_id"]
    file = tmp_path / "corrections.csv"
    line = f"{report_id},,requests,new_received,total,2,3,漏计,汇总报告,公开机构,2021-03-01"
    file.write_text(f"{','.join(HEADER)}\n{line}\n", encoding="utf-8")

    results = publish(one_report, tmp_path / "out", corrections=file)

    assert [result.message for result in results] == [None, None]
    for page in ("index.html", *(result.job.file for result in results)):
        text = (tmp_path / "out" / page).read_text(encoding="utf-8")
        assert "含更正的数字" in text, page
        assert str(tmp_path) not in text, page
    assert str(tmp_path) not in (tmp_path / "out" / "manifest.json").read_text(encoding="utf-8")
