"""Scanned pages: rasterised reports with the faults of a scanner, read back."""

import subprocess
import sys
import time
from collections.abc import Iterable

import numpy as np
import pytest
from PIL import Image, ImageDraw

from gia_analysis import Report
from gia_analysis.documents import TableBlock, TextCell, read_bytes
from gia_analysis.documents.pages import Page, read_pages
from gia_analysis.documents.scan import recognise
from gia_analysis.errors import DocumentError, LimitError
from gia_analysis.reading import interpret
from gia_analysis.schema import Kind
from gia_analysis.simulation import GridCell
from writers.papers import cells_of, originals
from writers.scan import CLEAN, SERIF, Grid, Scanner, scan, write

pytestmark = pytest.mark.ocr
MOST_SECONDS = 10.0  # of one image that holds no report, on a machine that does much else

_SHARE = 0.99

SCANS = {
    "2020-zhenjiang-government-office": Scanner(),
    "2020-qujiang-office-affairs-centre": Scanner(font=SERIF, angle=-0.9, seed=1),
    "full_2021": Scanner(font=SERIF, dpi=150, blur=0.8, noise=8, quality=60, angle=-0.7, seed=2),
    "hangjin_rear_banner_education_bureau_2020": Scanner(dpi=300, angle=1.2, paper=215, ink=70, seed=3),
    "wuhan_environment_bureau_2020": Scanner(font=SERIF, angle=0.2, noise=10, quality=50, seed=4),
}


@pytest.fixture(scope="module", params=SCANS)
def scanned(request: pytest.FixtureRequest) -> tuple[str, Report]:
    name: str = request.param
    data = write(originals()[name].paper, SCANS[name])
    return name, interpret(read_bytes(data, "scan.tif"))[0]


def test_nearly_all_figures_are_read_and_none_is_wrong(scanned: tuple[str, Report]) -> None:
    name, report = scanned
    expected = {key: value for key, (value, _) in originals()[name].cells.items()}
    read = {key: value for key, (value, _) in cells_of(report).items() if value is not None}
    printed = {key: value for key, value in expected.items() if value is not None}

    assert {key: value for key, value in read.items() if expected.get(key) != value} == {}
    assert len(read) >= _SHARE * len(printed)


def test_what_is_not_a_figure_stays_what_it_is(scanned: tuple[str, Report]) -> None:
    name, report = scanned
    kinds = {key: kind for key, (_, kind) in originals()[name].cells.items() if kind in (Kind.BLANK, Kind.NA)}

    assert {key: kind for key, (_, kind) in cells_of(report).items() if key in kinds} == kinds


def test_every_cell_carries_its_confidence_and_every_table_says_it_was_recognised(scanned: tuple[str, Report]) -> None:
    _, report = scanned
    printed = [cell for cell in report.cell_list if cell.raw]

    assert all(cell.confidence is not None for cell in printed)
    assert {cell.table for cell in printed} == {issue.table for issue in report.issue_list if issue.code == "OCR_TABLE"}
    assert "recognised in an image" in (report.facts.message or "")


def test_form_and_year_are_known(scanned: tuple[str, Report]) -> None:
    name, report = scanned

    assert (report.form, report.year) == (originals()[name].form, originals()[name].year)


def grid_of(*rows: Iterable[str]) -> Grid:
    return [[GridCell(text) for text in row] for row in rows]


def page_of(grid: Grid, scanner: Scanner = CLEAN) -> Image.Image:
    return scan((grid,), scanner)[0]


def cells_on(image: Image.Image) -> list[TextCell]:
    return [cell for row in table_of(recognise(image, 1)).rows for cell in row]


def table_of(page: Page) -> TableBlock:
    (table,) = [block for block in read_pages([page]) if isinstance(block, TableBlock)]
    return table


def test_lone_zeros_are_read() -> None:
    for seed, font in enumerate((CLEAN.font, SERIF)):
        cells = cells_on(page_of(grid_of(*["0000000"] * 23), Scanner(font=font, seed=seed)))

        assert [cell.text for cell in cells] == ["0"] * 161
        assert min(cell.confidence or 0.0 for cell in cells) > 0.9


FIGURES = ["0", "1", "7", "11", "111", "8", "1234567", "12,345", "-1", "+19", "282.1", "12件", "6054万元", "增72", "无"]


@pytest.mark.parametrize("seed", range(3))
def test_signs_units_and_words_are_read_as_printed(seed: int) -> None:
    cells = cells_on(page_of(grid_of(FIGURES, FIGURES[::-1]), Scanner(seed=seed, size=7)))

    assert [cell.text for cell in cells] == FIGURES + FIGURES[::-1]


@pytest.mark.parametrize("mark", ["/", "\\", "-", "—"])
def test_a_mark_for_nothing_is_never_a_digit(mark: str) -> None:
    for seed, dpi in enumerate((150, 200, 300)):
        cells = cells_on(page_of(grid_of([mark, "1", mark, "7"]), Scanner(dpi=dpi, seed=seed, size=10.5)))
        marks = {"-": "—"}

        assert [cell.text for cell in cells] == [marks.get(mark, mark), "1", marks.get(mark, mark), "7"]


def test_an_empty_cell_is_empty_and_one_with_a_faint_trace_is_unreadable() -> None:
    image = page_of(grid_of(["0", "", "5", ""], ["1", "2", "3", "4"]))
    down = next(y for y in range(image.height) if image.getpixel((image.width // 2, y)) == 0)
    across = round(image.width * (54 + 487 * 0.85) / 595)
    ImageDraw.Draw(image).line((across, down + 15, across + 12, down + 35), 225, 3)

    assert [(cell.text, cell.confidence) for cell in cells_on(image)][1::2][:2] == [("", None), ("\ufffd", 0.0)]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_lies_on_its_side_or_head_is_read_upright(degrees: int) -> None:
    grid = grid_of(["项目", "本年处理决定数量"], ["行政许可", "128"], ["行政处罚", "56"])
    turned = page_of(grid, Scanner()).rotate(degrees, expand=True)

    assert [cell.text for cell in cells_on(turned)] == [cell.text for row in grid for cell in row]


def test_a_page_askew_by_three_degrees_is_straightened() -> None:
    grid = grid_of(*[[str(row * 7 + column) for column in range(7)] for row in range(12)])

    assert [cell.text for cell in cells_on(page_of(grid, Scanner(angle=-3.0)))] == [str(n) for n in range(84)]


def test_a_page_with_too_few_pixels_gives_no_figure_that_counts() -> None:
    grid = grid_of(*[[str(row * 7 + column) for column in range(7)] for row in range(12)])
    image = page_of(grid, Scanner(dpi=80))
    figures = [glyph for glyph in recognise(image, 1, (595, 842)).glyphs if any(map(str.isdigit, glyph.text))]

    assert all((glyph.confidence or 0.0) <= 0.5 for glyph in figures)


def test_a_page_is_as_large_as_it_is_said_to_be() -> None:
    page = recognise(page_of(grid_of(["1", "2"]), Scanner(dpi=150)), 3, (297.5, 421.0))

    assert page.number == 3
    assert (page.width, page.height) == pytest.approx((297.5, 421.0), abs=1.0)
    assert all(0 <= glyph.left < glyph.right <= 298 for glyph in page.glyphs)


def test_an_empty_page_and_a_black_one_hold_nothing() -> None:
    for grey in (255, 0):
        page = recognise(Image.new("L", (1240, 1754), grey), 1)

        assert (page.rules, page.glyphs) == ((), ())


@pytest.mark.parametrize("share", [0.02, 0.5])
def test_grain_alone_is_refused_or_holds_nothing_within_seconds(share: float) -> None:
    grain = np.random.default_rng(0).random((1754, 1240)) >= share
    started = time.process_time()
    try:
        page = recognise(Image.fromarray(grain.astype(np.uint8) * 255), 1)
    except LimitError as error:
        assert "on a page" in str(error)
    else:
        assert not any(glyph.text.isdigit() and (glyph.confidence or 0) > 0.9 for glyph in page.glyphs)
    assert time.process_time() - started < MOST_SECONDS


def test_an_image_of_a_hundred_thousand_lines_is_refused() -> None:
    pixels = np.full((6000, 6000), 255, np.uint8)
    random = np.random.default_rng(0)
    for across, down in zip(*random.integers(0, 5800, (2, 100_000)), strict=True):
        pixels[down, across : across + 150] = 0
    started = time.process_time()
    try:
        page = recognise(Image.fromarray(pixels), 1)
    except LimitError as error:
        assert "on a page" in str(error)
    else:
        assert not any(glyph.text.isdigit() for glyph in page.glyphs)
    assert time.process_time() - started < MOST_SECONDS


def test_without_the_extra_the_error_says_what_to_install() -> None:
    program = (
        "import sys; sys.modules['onnxruntime'] = None\n"
        "from PIL import Image\n"
        "from gia_analysis.documents.scan import recognise\n"
        "recognise(Image.new('L', (800, 1000)), 1)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert f"{DocumentError.__name__}: the text is in an image" in run.stderr
    assert "pip install 'gia-analysis[ocr]'" in run.stderr


def test_reading_asks_nothing_of_the_network() -> None:
    program = (
        "import socket\n"
        "def refuse(*_): raise SystemExit('it asks the network')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from PIL import Image, ImageDraw\n"
        "from gia_analysis.documents.scan import recognise\n"
        "image = Image.new('L', (1654, 2339), 255)\n"
        "ImageDraw.Draw(image).text((200, 200), '12345', 0, font_size=40)\n"
        "print([glyph.text for glyph in recognise(image, 1).glyphs])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert run.stdout.strip() == "['12345']", run.stderr
