"""Lines and glyphs of pages become tables and text, whichever format they come from."""

from collections.abc import Sequence

import pytest

from gia_analysis.documents import TableBlock, TextBlock
from gia_analysis.documents.pages import Glyph, Page, Rule, read_pages
from gia_analysis.errors import LimitError

Texts = list[list[str | None]]


def words(*placed: tuple[str, float, float], confidence: float | None = None) -> tuple[Glyph, ...]:
    """Return texts as glyphs ten points high, five points a character, from their top left corners."""
    return tuple(Glyph(text, x, y, x + 5 * len(text), y + 10, confidence) for text, x, y in placed)


def across(y: float, left: float, right: float) -> Rule:
    return Rule(left, y, right, y)


def down(x: float, top: float, bottom: float) -> Rule:
    return Rule(x, top, x, bottom)


def grid(rows: Sequence[float], columns: Sequence[float]) -> tuple[Rule, ...]:
    return (*(across(y, columns[0], columns[-1]) for y in rows), *(down(x, rows[0], rows[-1]) for x in columns))


def page(rules: Sequence[Rule], glyphs: Sequence[Glyph], number: int = 1) -> Page:
    return Page(number, 600, 800, tuple(rules), tuple(glyphs))


def table_of(*pages: Page) -> TableBlock:
    (block,) = read_pages(pages)
    assert isinstance(block, TableBlock)
    return block


def texts(block: TableBlock) -> Texts:
    return [[None if cell.absent else cell.text for cell in row] for row in block.rows]


def test_a_grid_of_lines_is_a_true_grid() -> None:
    block = table_of(
        page(grid((100, 120, 140), (50, 150, 250)), words(("甲", 60, 105), ("1", 160, 105), ("乙", 60, 125)))
    )

    assert texts(block) == [["甲", "1"], ["乙", ""]]
    assert block.columns_known and block.row_ends_known and block.blanks_kept


def test_where_a_line_is_missing_the_cell_spans() -> None:
    rules = [
        across(100, 50, 250),
        across(120, 150, 250),
        across(140, 50, 250),
        *(down(x, 100, 140) for x in (50, 150, 250)),
    ]

    block = table_of(page(rules, words(("甲", 60, 115), ("1", 160, 105), ("2", 160, 125))))

    assert texts(block) == [["甲", "1"], [None, "2"]]


def test_a_double_line_is_one() -> None:
    rules = (*grid((100, 120, 140), (50, 150, 250)), across(122, 50, 250), down(153, 100, 140))

    assert texts(table_of(page(rules, words(("1", 60, 105), ("2", 160, 126))))) == [["1", ""], ["", "2"]]


def test_a_row_that_is_shorter_than_others_has_no_cell_there() -> None:
    rules = [
        *(across(y, 50, 250) for y in (100, 120)),
        across(140, 50, 150),
        down(50, 100, 140),
        down(150, 100, 140),
        down(250, 100, 120),
    ]

    assert texts(table_of(page(rules, words(("1", 60, 105), ("2", 160, 105), ("3", 60, 125))))) == [
        ["1", "2"],
        ["3", None],
    ]


def test_a_table_open_at_its_sides_has_all_its_cells() -> None:
    rules = [*(across(y, 50, 250) for y in (100, 120, 140)), down(150, 100, 140)]

    block = table_of(page(rules, words(("1", 60, 105), ("2", 160, 105), ("3", 60, 125), ("4", 160, 125))))

    assert texts(block) == [["1", "2"], ["3", "4"]]


def test_a_frame_around_text_is_no_table() -> None:
    (block,) = read_pages([page(grid((100, 700), (50, 550)), words(("甲乙丙", 60, 105)))])

    assert isinstance(block, TextBlock)


def test_tables_that_touch_but_have_other_columns_are_two() -> None:
    rules = [
        *(across(y, 50, 350) for y in (100, 120, 140, 160, 180)), down(50, 100, 180), down(350, 100, 180),
        down(150, 120, 140), down(200, 160, 180),
    ]  # fmt: skip
    placed = words(("甲", 60, 105), ("1", 60, 125), ("2", 160, 125), ("乙", 60, 145), ("3", 60, 165), ("4", 210, 165))

    first, second = read_pages([page(rules, placed)])

    assert isinstance(first, TableBlock) and isinstance(second, TableBlock)
    assert (texts(first), texts(second)) == ([["甲", None], ["1", "2"]], [["乙", None], ["3", "4"]])


def test_a_table_goes_on_over_the_page_without_its_repeated_head() -> None:
    head = [("项目", 60, 105), ("件数", 160, 105)]
    first = page(grid((100, 120, 140), (50, 150, 250)), words(*head, ("甲", 60, 125), ("1", 160, 125)))
    second = page(grid((100, 120, 140), (50, 150, 250)), words(*head, ("乙", 60, 125), ("2", 160, 125)), 2)

    block = table_of(first, second)

    assert texts(block) == [["项目", "件数"], ["甲", "1"], ["乙", "2"]]
    assert [row[0].page for row in block.rows] == [1, 1, 2]


def test_a_row_left_open_at_the_edge_of_the_page_goes_on_behind_it() -> None:
    sides = [down(x, 100, 140) for x in (50, 150, 250)]
    first = page(
        [across(100, 50, 250), across(120, 50, 250), *sides],
        words(("甲", 60, 105), ("1", 160, 105), ("乙", 60, 125), ("2", 160, 125)),
    )
    second = page(
        [across(120, 50, 250), across(140, 50, 250), *sides],
        words(("丙", 60, 105), ("丁", 60, 125), ("3", 160, 125)),
        2,
    )

    assert texts(table_of(first, second)) == [["甲", "1"], ["乙丙", "2"], ["丁", "3"]]


def test_a_table_with_other_columns_on_the_next_page_is_another() -> None:
    first = page(grid((100, 120), (50, 150, 250)), words(("甲", 60, 105), ("1", 160, 105)))
    second = page(grid((100, 120), (50, 180, 250)), words(("乙", 60, 105), ("2", 190, 105)), 2)

    assert len(read_pages([first, second])) == 2


def test_a_grid_that_lacks_lines_is_read_by_what_stands_below_one_another() -> None:
    """A frame with one line below the head: its one cell is no cell."""
    rules = [*grid((100, 400), (50, 450)), across(130, 50, 450)]
    placed = words(
        ("项目名称", 60, 110), ("件数", 200, 110), ("金额", 330, 110), ("行政许可", 60, 140), ("12", 205, 140), ("345", 332, 140),
        ("行政处罚", 60, 165), ("6", 207, 165),
    )  # fmt: skip

    assert texts(table_of(page(rules, placed))) == [
        ["项目名称", "件数", "金额"],
        ["行政许可", "12", "345"],
        ["行政处罚", "6", ""],
    ]


def test_figures_between_two_heads_are_in_no_column_for_certain() -> None:
    placed = words(
        ("项目名称", 60, 110), ("件数", 200, 110), ("金额", 330, 110), ("行政许可", 60, 140), ("1", 270, 140),
        ("行政处罚", 60, 165), ("2", 270, 165),
    )  # fmt: skip

    assert not table_of(page((), placed)).columns_known


def test_the_least_confidence_of_its_glyphs_is_that_of_a_cell() -> None:
    sure, unsure = words(("1", 60, 105), confidence=0.99), words(("2", 65, 105), confidence=0.7)

    block = table_of(page(grid((100, 120, 140), (50, 150, 250)), (*sure, *unsure)))

    assert (block.rows[0][0].text, block.rows[0][0].confidence) == ("12", 0.7)


@pytest.mark.parametrize(
    "added",
    [
        "11/25/26, 8:20 PM", "2026/11/25 20:20 政府信息公开工作年度报告", "2026/11/25 下午8:20",
        "https://www.example.gov.cn/zfxxgk/2021/01/20/t20210120_123.html 1/3", "file:///C:/2020/1.html",
    ],
)  # fmt: skip
def test_what_a_browser_adds_to_a_print_is_left_out_in_the_margins_alone(added: str) -> None:
    (block,) = read_pages([page((), words((added, 20, 15), ("正文", 50, 300), (added, 50, 400), (added, 20, 785)))])

    assert isinstance(block, TextBlock)
    assert list(block.lines) == ["正文", added]


def test_page_numbers_and_running_heads_are_left_out_and_equal_lines_in_the_text_are_not() -> None:
    pages = [
        page((), words(("政府公报", 200, 20), ("正文相同", 50, 300), (f"-{number}-", 290, 780)), number)
        for number in (1, 2, 3)
    ]

    lines = [line for block in read_pages(pages) if isinstance(block, TextBlock) for line in block.lines]

    assert lines == ["正文相同"] * 3


def test_numbers_of_narrow_columns_without_lines_are_never_one_number() -> None:
    rows = [(("甲乙丙", 50, y), ("21", 200, y), ("130", 213, y)) for y in (100, 120, 140)]

    block = table_of(page((), words(*(word for row in rows for word in row))))

    assert texts(block) == [["甲乙丙", "21", "130"]] * 3


def test_more_lines_or_cells_than_are_read_are_refused() -> None:
    many = grid([float(y) for y in range(0, 6_000, 6)], [float(x) for x in range(0, 6_000, 6)])

    with pytest.raises(LimitError, match="crossings|cells"):
        read_pages([page(many, words(("1", 2, 2)))])
