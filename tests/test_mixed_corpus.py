"""A folder with files of all formats, archives, crawls and a web archive, read in one go: a row for each report, each exact."""

from collections import Counter
from collections.abc import Callable, Mapping
from itertools import cycle, islice
from pathlib import Path

import pandas as pd
import pytest

from gia_analysis import Corpus, read_reports
from gia_analysis.corpus import read_to_folder
from gia_analysis.inputs import COPIES
from gia_analysis.schema import Kind
from gia_analysis.simulation import Paper
from writers import crawl, csv_table, docx, html, markdown, mhtml, ofd, office, pdf, spreadsheet, warc
from writers.archive import tar_of, zip_of
from writers.papers import RAW, Original, Read, originals

WRITERS: Mapping[str, Callable[[Paper], bytes]] = {
    "html": html.write,
    "mhtml": mhtml.write,
    "docx": docx.write,
    "pdf": pdf.write,
    "xlsx": spreadsheet.write,
    "ofd": ofd.write,
    "markdown": markdown.write,
    "csv": csv_table.write,
}
NAVIGATION = "<html><body><ul><li><a href='/'>首页</a></li><li>政府信息公开</li></ul></body></html>".encode()
STYLE = b"body { color: black }"


class Shelf:
    """What is put into the folder, and which report is expected under which name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.expected: dict[str, Original] = {}
        self.formats: dict[str, str] = {}
        self._next = {form: cycle(originals().values()) for form in WRITERS}

    def put(self, name: str, data: bytes) -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_bytes(data)

    def write(self, form: str, name: str) -> bytes:
        """Return the next report in some format; it is expected under the name."""
        original = next(self._next[form])
        source = f"{self.folder.as_posix()}/{name}"
        assert source not in self.expected
        self.expected[source] = original
        self.formats[source] = form
        return WRITERS[form](original.paper)


def fill(shelf: Shelf) -> None:
    for form in WRITERS:
        shelf.put(f"files/report.{form}", shelf.write(form, f"files/report.{form}"))
    for path in RAW.glob("*.txt"):
        shelf.put(f"texts/{path.name}", path.read_bytes())
        shelf.expected[f"{shelf.folder.as_posix()}/texts/{path.name}"] = originals()[path.stem]
    copy = (shelf.folder / "files/report.docx").read_bytes()
    members = {f"年报/{form}": shelf.write(form, f"packed.zip!/年报/{form}") for form in WRITERS}
    inner = {"deep.html": shelf.write("html", "packed.zip!/inner.zip!/deep.html"), "copy.docx": copy}
    shelf.put("packed.zip", zip_of({**members, "inner.zip": zip_of(inner), "copy.docx": copy}, names_in="gb18030"))
    shelf.put("packed.tar.gz", tar_of({"a.pdf": shelf.write("pdf", "packed.tar.gz!/a.pdf")}))
    pages = [shelf.write("html", f"crawl.jsonl#{number}").decode() for number in (1, 2, 3)]
    records = [{"url": f"http://example.gov.cn/{number}", "html": page} for number, page in enumerate(pages)]
    shelf.put("crawl.jsonl", crawl.json_lines([*records, records[0]]))
    for name, write in {"pages.csv": crawl.csv_of, "pages.parquet": crawl.parquet}.items():
        page = shelf.write("html", f"{name}#1").decode()
        shelf.put(
            name, write([{"网址": "http://example.gov.cn", "正文": page}, {"网址": "http://a", "正文": pages[1]}])
        )
    shelf.put("web.warc.gz", web_archive(shelf, pages[2].encode()))


def web_archive(shelf: Shelf, copy: bytes) -> bytes:
    """Return a web archive with pages, a file, a copy, and what belongs to pages; each comes after a note of its request."""
    answers = [
        warc.Answer("http://example.gov.cn/a", shelf.write("html", "web.warc.gz#3"), packed=True),
        warc.Answer("http://example.gov.cn/style.css", STYLE, "text/css"),
        warc.Answer("http://example.gov.cn/b", shelf.write("mhtml", "web.warc.gz#7"), "multipart/related"),
        warc.Answer("http://example.gov.cn/c", shelf.write("pdf", "web.warc.gz#9"), "application/pdf", chunked=True),
        warc.Answer("http://example.gov.cn/", NAVIGATION),
        warc.Answer("http://example.gov.cn/d", copy),
    ]
    return warc.write(answers)


def cells_in(corpus: Corpus, source: str) -> Read:
    """Return the value and kind of each cell of a report."""
    cells = corpus.cells[corpus.cells["source"] == source]
    keys = zip(cells["table"], cells["row"], cells["col"], strict=True)
    values = (None if pd.isna(value) else value for value in cells["value"])
    return dict(zip(keys, zip(values, map(Kind, cells["kind"]), strict=True), strict=True))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    filled = Shelf(tmp_path_factory.mktemp("shelf"))
    fill(filled)
    return filled


@pytest.fixture(scope="module")
def left_out() -> Counter[str]:
    return Counter()


@pytest.fixture(scope="module")
def corpus(shelf: Shelf, left_out: Counter[str], tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("corpus")
    read_to_folder(shelf.folder, folder, left_out=left_out)
    return Corpus.load(folder)


def test_there_is_a_row_for_each_report_none_lost_and_none_twice(shelf: Shelf, corpus: Corpus) -> None:
    assert Counter(corpus.reports["source"]) == Counter([*shelf.expected, f"{shelf.folder.as_posix()}/web.warc.gz#11"])


def test_every_report_is_read_cell_for_cell(shelf: Shelf, corpus: Corpus) -> None:
    for source, original in shelf.expected.items():
        found = cells_in(corpus, source)
        wrong = {key: (found.get(key), cell) for key, cell in original.cells.items() if found.get(key) != cell}
        assert (source, wrong, set(found) - set(original.cells)) == (source, {}, set())


def test_every_report_has_its_form_year_and_agency(shelf: Shelf, corpus: Corpus) -> None:
    facts = corpus.reports.set_index("source")

    for source, original in shelf.expected.items():
        row = facts.loc[source]
        assert (source, row["form"], row["year"], row["agency"]) == (
            source,
            original.form,
            original.year,
            original.agency,
        )


def test_the_format_is_that_of_the_content(shelf: Shelf, corpus: Corpus) -> None:
    formats = dict(zip(corpus.reports["source"], corpus.reports["format"], strict=True))

    assert {source: formats[source] for source in shelf.formats} == shelf.formats


def test_a_page_that_is_no_report_says_so(shelf: Shelf, corpus: Corpus) -> None:
    (row,) = corpus.reports[corpus.reports["status"] == "failed"].to_dict("records")

    assert row["url"] == "http://example.gov.cn/"
    assert "no disclosure report" in row["message"]


def test_copies_and_what_is_no_document_are_counted(corpus: Corpus, left_out: Counter[str]) -> None:
    assert left_out[COPIES] == 6
    assert left_out["images, styles, scripts and the like in web archives"] == 1


@pytest.mark.office
def test_documents_that_only_an_office_program_opens_stand_in_their_order(tmp_path: Path) -> None:
    """Some are read by the workers, some converted first, out of folders and archives alike."""
    shelf = Shelf(tmp_path / "in")
    expected = list(islice(originals().values(), 3))
    for original in expected:
        documents = {suffix: office.originals_as(suffix)[original.name] for suffix in ("doc", "rtf", "odt")}
        shelf.put(f"{original.name}.doc", documents["doc"])
        shelf.put(f"{original.name}.zip", zip_of({"a.rtf": documents["rtf"], "b.odt": documents["odt"]}))

    reports = read_reports(tmp_path / "in")

    names = sorted(original.name for original in expected)
    assert [source.rpartition("/")[2] for source in reports.reports["source"]] == [
        name for each in names for name in (f"{each}.doc", "a.rtf", "b.odt")
    ]
    for original in expected:
        for suffix in ("doc", "zip!/a.rtf", "zip!/b.odt"):
            source = f"{shelf.folder.as_posix()}/{original.name}.{suffix}"
            assert (source, cells_in(reports, source)) == (source, original.cells)
