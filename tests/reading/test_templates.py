"""Documents printed alike but for their figures: a template gives the cells that the reader does, or none."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from gia_analysis.documents import Block, Document, TableBlock, TextBlock, TextCell
from gia_analysis.forms import get_form
from gia_analysis.reading import interpret, read_cells
from gia_analysis.reading.outlines import MOST_TOLD, outline_of, told_by
from gia_analysis.reading.templates import Templates
from gia_analysis.records import Cell
from gia_analysis.simulation import compose_report, print_figures, simulate_figures
from writers.blocks import write

FORMS = ("2014", "2019", "2021")
SHARES_OF_BLANKS = (0.0, 0.3, 0.5, 0.9, 1.0)
FIGURES = ("0", "0", "1", "5", "12", "1234", "99999", "100000000000000003")
WORDS = (
    "", "12", "0", "—", "/", "-", "见附件", "1,234", "12 345", "件", "其他", "合计", "总计", "注：数据。", "一、主动公开情况",
    "五、存在的主要问题", "上年结转政府信息公开申请数量", "2021", "12.5", "a\nb", "单位", "1\n2",
)  # fmt: skip
LINES = (
    "说明文字", "", "一、总体情况", "三、收到和处理政府信息公开申请情况", "单位：件", "信息内容", "行政许可 12", "12", "规章",
    "云山市教育局2021年政府信息公开工作年度报告", "四、行政复议、行政诉讼情况",
)  # fmt: skip


def report_on(form: str, seed: int, year: int = 2022) -> Document:
    figures = simulate_figures(get_form(form), np.random.default_rng(seed), size="medium")
    printed = print_figures(figures, "zero_rows_blank")
    return write(compose_report(get_form(form), printed, agency="云山市教育局", year=year))


def slowly(document: Document) -> tuple[Cell, ...] | None:
    reports = interpret(document)
    return reports[0].cell_list if len(reports) == 1 else None


def refuse(_: Document) -> Sequence[Cell] | None:
    raise AssertionError("read without a template")


def filled_anew(document: Document, blank: float, draw: random.Random) -> Document:
    """Return a document with other figures, so many of them blank."""

    def anew(block: Block) -> Block:
        if not isinstance(block, TableBlock):
            return block
        return replace(
            block,
            rows=tuple(
                tuple(
                    cell._replace(text="" if draw.random() < blank else draw.choice(FIGURES))
                    if not cell.absent and (not cell.text or cell.text.isdecimal())
                    else cell
                    for cell in row
                )
                for row in block.rows
            ),
        )

    return replace(document, blocks=tuple(map(anew, document.blocks)))


def damaged(document: Document, draw: random.Random) -> Document:
    """Return a document with up to three things changed: cells, rows, lines, or what stands between tables."""
    blocks = list(document.blocks)
    for _ in range(draw.choice((0, 1, 1, 2, 3))):
        number = draw.randrange(len(blocks))
        block = blocks[number]
        if isinstance(block, TextBlock):
            blocks[number] = TextBlock(tuple(_other_lines(block, draw)))
        elif draw.random() < 0.2:
            blocks[number : number + 1] = _parted(block, draw)
        else:
            blocks[number] = replace(block, rows=tuple(filter(None, _other_rows(block, draw))))
    return replace(document, blocks=tuple(blocks))


def _other_lines(block: TextBlock, draw: random.Random) -> Iterator[str]:
    at, new = draw.randrange(len(block.lines)), draw.choice(LINES)
    yield from block.lines[:at]
    yield new
    yield from block.lines[at + draw.randrange(2) :]


def _parted(block: TableBlock, draw: random.Random) -> list[Block]:
    cut = draw.randrange(1, len(block.rows)) if len(block.rows) > 1 else 0
    above, below = replace(block, rows=block.rows[:cut]), replace(block, rows=block.rows[cut:])
    return [above, *draw.choice(((), (TextBlock((draw.choice(LINES),)),))), below] if cut else [block, block]


def _other_rows(block: TableBlock, draw: random.Random) -> list[tuple[object, ...]]:
    rows = [*block.rows]
    at = draw.randrange(len(rows))
    row = [*rows[at]]
    place = draw.randrange(len(row)) if row else 0
    match draw.randrange(6):
        case 0:
            rows.pop(at)
        case 1:
            rows.insert(at, rows[draw.randrange(len(rows))])
        case 2:
            del row[place : place + 1]
            rows[at] = tuple(row)
        case 3:
            rows[at] = tuple(cell._replace(text="") if cell.text.isdecimal() else cell for cell in row)
        case _ if row:
            row[place] = row[place]._replace(text=draw.choice(WORDS), absent=draw.random() < 0.1)
            rows[at] = tuple(row)
    return rows  # type: ignore[return-value]


@pytest.mark.parametrize("form", FORMS)
def test_reports_on_one_form_need_the_reader_only_for_the_first_ones(form: str) -> None:
    templates = Templates()
    assert templates.read(report_on(form, 0), slowly) is None
    for seed in range(1, 10):
        templates.read(report_on(form, seed), slowly)

    for seed in range(10, 40):
        document = report_on(form, seed)
        assert templates.read(document, refuse) == slowly(document)


@pytest.mark.parametrize("seed", range(6))
def test_a_template_gives_what_the_reader_does_of_damaged_documents_too(seed: int) -> None:
    draw = random.Random(seed)
    templates = Templates()
    given = 0
    for number in range(60):
        document = damaged(report_on(draw.choice(FORMS), number), draw)
        for blank in SHARES_OF_BLANKS:
            anew = filled_anew(document, blank, draw)
            cells = templates.read(anew, slowly)
            given += cells is not None
            assert cells is None or cells == slowly(anew)
    assert given > 60


def test_what_stands_between_two_tables_is_part_of_an_outline() -> None:
    templates = Templates()
    document = report_on("2021", 5)
    numbers = [number for number, block in enumerate(document.blocks) if isinstance(block, TableBlock)]
    assert any(below - above > 1 for above, below in pairwise(numbers))
    together = replace(document, blocks=tuple(document.blocks[number] for number in numbers))

    for _ in range(3):
        for each in (document, together):
            cells = templates.read(each, slowly)
            assert cells is None or cells == slowly(each)


def with_table_in_lines(document: Document) -> Document:
    """Return a document whose first table is printed one cell a line."""
    blocks = list(document.blocks)
    number = next(number for number, block in enumerate(blocks) if isinstance(block, TableBlock))
    table = blocks[number]
    assert isinstance(table, TableBlock)
    blocks[number] = TextBlock(tuple(cell.text for row in table.rows for cell in row if cell.text))
    return replace(document, blocks=tuple(blocks))


def test_a_table_that_is_printed_one_cell_a_line_is_left_to_the_reader() -> None:
    templates = Templates()
    for seed in range(4):
        document = with_table_in_lines(report_on("2021", seed))
        expected = slowly(document)
        assert expected and isinstance(document.blocks[expected[0].block or 0], TextBlock)
        assert templates.read(document, slowly) is None
        assert read_cells(document) == expected


def with_first_figure(document: Document, text: str) -> Document:
    """Return a document with another text in place of the first figure of a table."""
    blocks = list(document.blocks)
    number = next(number for number, block in enumerate(blocks) if isinstance(block, TableBlock))
    table = blocks[number]
    assert isinstance(table, TableBlock)
    rows = [list(row) for row in table.rows]
    row, place = next((r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell.text.isdecimal())
    rows[row][place] = rows[row][place]._replace(text=text)
    blocks[number] = replace(table, rows=tuple(map(tuple, rows)))
    return replace(document, blocks=tuple(blocks))


@pytest.mark.parametrize("text", ["9" * 19, "٣", "１２", "1,204", "12.5", "—", "无", "o"])
def test_a_figure_that_is_no_plain_number_is_read_as_by_the_reader(text: str) -> None:
    templates = Templates()
    for seed in range(3):
        templates.read(report_on("2021", seed), slowly)
    document = with_first_figure(report_on("2021", 9), text)

    for _ in range(3):
        cells = templates.read(document, slowly)
        assert cells is None or cells == slowly(document)


def test_a_document_of_two_reports_is_left_to_the_reader() -> None:
    first, second = report_on("2021", 1), report_on("2021", 2, year=2023)
    both = replace(first, blocks=first.blocks + second.blocks)
    assert len(interpret(both)) == 2

    templates = Templates()
    assert [templates.read(both, slowly) for _ in range(3)] == [None] * 3
    assert len(read_cells(both)) == sum(len(report.cell_list) for report in interpret(both))


@pytest.fixture
def in_traditional() -> Callable[[Document], Document]:
    """Return a document with some lines of traditional characters at its end."""
    more = TextBlock(("關於開展國會與為來對時發經現實業產應無過員動進種項長門問間聞們個這說請議報據數務",))
    return lambda document: replace(document, blocks=(*document.blocks, more))


def test_traditional_characters_are_left_to_the_reader(in_traditional: Callable[[Document], Document]) -> None:
    templates = Templates()
    for seed in range(3):
        templates.read(report_on("2021", seed), slowly)

    assert templates.read(in_traditional(report_on("2021", 4)), refuse) is None


@pytest.mark.parametrize("text", ["總計", "公(gong)开", "总\u200b计", "⾏政许可"])
def test_a_cell_in_other_writing_is_left_to_the_reader(text: str) -> None:
    templates = Templates()
    document = with_first_figure(report_on("2021", 4), text)

    assert [templates.read(document, refuse) for _ in range(3)] == [None] * 3


def test_long_paragraphs_of_traditional_characters_change_no_figure(
    in_traditional: Callable[[Document], Document],
) -> None:
    templates = Templates()
    for seed in range(3):
        templates.read(report_on("2021", seed), slowly)
    document = in_traditional(report_on("2021", 4))
    *others, last = document.blocks
    assert isinstance(last, TextBlock)
    long = replace(last, lines=tuple(line * 6 for line in last.lines))

    cells = templates.read(replace(document, blocks=(*others, long)), refuse)

    assert cells == slowly(replace(document, blocks=(*others, long)))


def test_no_more_templates_are_kept_than_a_few_hundred(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gia_analysis.reading.templates._MOST_TEMPLATES", 2)
    monkeypatch.setattr("gia_analysis.reading.templates._MOST_SEEN", 2)
    templates = Templates()
    kinds = [report_on(form, 1) for form in FORMS]

    for kind in kinds:
        for _ in range(3):
            templates.read(kind, slowly)

    assert templates.read(kinds[-1], refuse) is not None
    assert templates.read(kinds[0], slowly) is None


def test_what_cells_tell_is_kept_within_bounds() -> None:
    document = report_on("2021", 1)
    key = (before := outline_of(document)) and before.key

    for number in range(MOST_TOLD + 100):
        assert told_by[TextCell(f"第{number}项")] == f"第{number}项"
    after = outline_of(document)

    assert len(told_by) <= MOST_TOLD
    assert after and key == after.key


def test_a_cell_with_a_place_of_its_own_is_left_to_the_reader() -> None:
    document = report_on("2021", 1)
    number, table = next((at, block) for at, block in enumerate(document.blocks) if isinstance(block, TableBlock))

    for place in ({"line": 1}, {"page": 1}, {"confidence": 0.5}):
        placed = replace(table, rows=((table.rows[0][0]._replace(**place), *table.rows[0][1:]), *table.rows[1:]))
        blocks = (*document.blocks[:number], placed, *document.blocks[number + 1 :])
        assert outline_of(replace(document, blocks=blocks)) is None
