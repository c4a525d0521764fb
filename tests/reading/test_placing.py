"""Which column a figure belongs to: certain by what is printed, or none at all."""

from collections.abc import Callable, Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gia_analysis import Report
from gia_analysis.forms import MatchStep, get_form
from gia_analysis.reading.flow import Shape, Token
from gia_analysis.reading.placing import PlacedRow, numbers_of, place_line, place_row, place_rows
from gia_analysis.reading.walk import PrintedRow
from gia_analysis.records import Cell

Read = Callable[[str], Report]
RowOf = Callable[[Report, str, str], list[Cell]]
ValuesOf = Callable[[Report, str, str], list[float | None]]

ART20_1 = get_form("2021").table("art20_1")
REQUESTS = get_form("2021").table("requests")
STATS = get_form("2014").table("stats_2014")


def tokens_of(texts: Sequence[str], *, ends: bool = True, kept: bool = True, opened: bool = False) -> list[Token]:
    """Return the cells of one line: whether its end is known, its blanks were kept, and a bar opened it."""
    shape = Shape(ends, kept, opened)
    return [Token(text, text, (0, 0), column, 1, None, shape) for column, text in enumerate(texts)]


def row_of_cells(texts: Sequence[str], *, cut_off: bool = False, doubtful: bool = False, **shape: bool) -> PrintedRow:
    label, *values = tokens_of(["规章", *texts], **shape)
    return PrintedRow("regulations", label, MatchStep.EXACT, 5, values, cut_off, doubtful)


def place(texts: Sequence[str], width: int, *, doubt: bool = False, **how: bool) -> PlacedRow:
    row = row_of_cells(texts, **how)
    return place_row(row, row.values, width, doubt=doubt)


def placed(found: PlacedRow) -> list[str | None] | None:
    """Return what stands in each column, None where nothing is printed; None as a whole where it is not certain."""
    return None if found.cells is None else [token.text if token else None for token in found.cells]


SHAPES = [{"ends": ends, "kept": kept} for ends in (True, False) for kept in (True, False)]


# Complete rows


@pytest.mark.parametrize("shape", SHAPES)
def test_as_many_figures_as_columns_stand_in_them_whatever_the_layout(shape: dict[str, bool]) -> None:
    assert placed(place(["3", "5", "74"], 3, **shape)) == ["3", "5", "74"]


@pytest.mark.parametrize("shape", SHAPES)
def test_padding_behind_a_complete_row_is_no_cell(shape: dict[str, bool]) -> None:
    assert placed(place(["3", "5", "74", "", ""], 3, **shape)) == ["3", "5", "74"]


@pytest.mark.parametrize("shape", SHAPES)
def test_more_figures_than_columns_are_too_many(shape: dict[str, bool]) -> None:
    found = place(["3", "5", "74", "8"], 3, **shape)

    assert (found.cells, found.issue) == (None, "ROW_TOO_LONG")
    assert [token.text for token in found.printed] == ["3", "5", "74", "8"]


def test_a_complete_row_whose_next_label_is_lost_is_not_taken() -> None:
    """Its cells may be those of the row below."""
    found = place(["3", "5", "74"], 3, ends=False, kept=False, doubtful=True)

    assert (found.cells, found.issue) == (None, "LABEL_LOST")


# Rows with blanks


def test_where_blanks_are_kept_each_figure_stands_where_it_is_printed() -> None:
    assert placed(place(["", "5", ""], 3)) == ["", "5", ""]
    assert placed(place(["3", "", "74"], 3, ends=False)) == ["3", "", "74"]


def test_where_blanks_may_be_lost_a_shorter_row_has_every_place_that_its_figures_could_take() -> None:
    found = place(["3", "74", "", ""], 4, kept=False)

    assert (found.cells, found.issue) == (None, "BLANKS_LOST")
    assert found.placements == list(combinations(range(4), 2))


def test_an_empty_row_is_empty_in_every_layout() -> None:
    assert placed(place(["", "", ""], 3, kept=False)) == ["", "", ""]
    assert placed(place([], 3, kept=False, ends=False)) == [None, None, None]


def test_a_row_short_of_a_cell_may_lack_any_of_them() -> None:
    found = place(["3", "74"], 3)

    assert (found.cells, found.issue) == (None, "BLANKS_LOST")
    assert found.placements == [(0, 1), (0, 2), (1, 2)]


def test_of_two_cells_the_last_is_gone_where_the_table_breaks_off() -> None:
    """尧都区县底镇 2020: 政府集中采购 / 2, and the next heading."""
    assert placed(place(["2"], 2, cut_off=True)) == ["2", None]
    assert place(["2"], 2).cells is None
    assert place(["2"], 2, cut_off=True, kept=False).cells is None
    assert place(["2", "3"], 3, cut_off=True).cells is None


def test_a_figure_beyond_the_columns_is_not_put_into_them() -> None:
    found = place(["3", "", "", "74"], 3)

    assert (found.cells, found.issue) == (None, "ROW_TOO_LONG")


def test_a_blank_before_as_many_figures_as_columns_may_be_one_of_its_cells() -> None:
    """Where no row ends are known the last figure may belong to what follows."""
    assert place(["", "5", "74"], 2, ends=False).issue == "ROW_TOO_LONG"
    assert placed(place(["", "5", "74"], 2)) == ["5", "74"]


def test_a_row_of_which_two_readings_are_possible_has_no_value() -> None:
    assert place(["3", "", "74"], 3, doubt=True).issue == "BLANKS_LOST"
    assert placed(place(["", "", ""], 3, doubt=True)) == ["", "", ""]


@given(st.lists(st.booleans(), min_size=1, max_size=9), st.sampled_from(SHAPES), st.integers(0, 3))
def test_a_figure_is_in_its_own_column_or_in_none(blanks: list[bool], shape: dict[str, bool], padding: int) -> None:
    """Printed as the layout prints it: with blanks where they stood, or all of them moved to the end."""
    texts = ["" if blank else str(100 + column) for column, blank in enumerate(blanks)]
    row = texts if shape["kept"] else [*filter(None, texts), *[""] * texts.count("")]

    cells = placed(place([*row, *[""] * padding], len(texts), **shape))

    assert cells is None or [text or "" for text in cells] == texts
    assert cells is not None or not (shape["kept"] or all(texts))


def test_a_very_wide_row_of_lost_blanks_has_no_list_of_places() -> None:
    assert place(["1"] * 10, 30, kept=False).placements == []


# The line of the table of disputes


def line_of(texts: Sequence[str], width: int, **shape: bool) -> list[str | None] | None:
    return placed(place_line(tokens_of(texts, **shape), width))


def test_a_line_of_as_many_cells_as_columns_is_the_row() -> None:
    assert line_of(["3", "", "5", "", "", "8"], 6) == ["3", "", "5", "", "", "8"]


@pytest.mark.parametrize("shape", SHAPES)
def test_empty_cells_on_either_side_of_a_full_line_are_not_of_the_table(shape: dict[str, bool]) -> None:
    assert line_of(["3", "4", "5", "", ""], 3, **shape) == ["3", "4", "5"]
    assert line_of(["", "3", "4", "5", ""], 3, **shape) == ["3", "4", "5"]


def test_a_line_that_fits_in_two_places_is_not_placed() -> None:
    """Five cells for four columns, the first and the last empty: either may be none of the table's."""
    assert line_of(["", "3", "4", "5", ""], 4, ends=False) is None


def test_a_line_that_fits_in_one_place_is_placed_there() -> None:
    assert line_of(["", "3", "", "5", "8"], 4, ends=False) == ["3", "", "5", "8"]
    assert line_of(["3", "", "5", "8", ""], 4, ends=False) == ["3", "", "5", "8"]


def test_a_line_whose_end_is_known_begins_with_its_first_cell() -> None:
    assert line_of(["", "3", "4", "5", ""], 4) == ["", "3", "4", "5"]


def test_a_line_of_lost_blanks_is_not_placed() -> None:
    assert line_of(["3", "5", "8", "", "", ""], 6, kept=False) is None
    assert line_of(["3", "5", "8"], 6) is None


def test_a_line_with_too_many_figures_is_not_placed() -> None:
    found = place_line(tokens_of(["3", "4", "5", "8"]), 3)

    assert (found.cells, found.issue) == (None, "ROW_TOO_LONG")


# Cells that a label hides


def grid(rows: Sequence[tuple[int, Sequence[str]]], *, hidden: bool) -> list[PrintedRow]:
    """Return rows of a grid: with how many columns are left of each label, and its figures.

    ``hidden`` says that the cells which a label hides by its span stand beside it as empty ones.
    """
    found = []
    for before, figures in rows:
        texts = [*[""] * before, "label", *([""] * (2 - before) if hidden else []), *figures]
        tokens = tokens_of(texts)
        label = tokens[before]
        found.append(PrintedRow("granted", label, MatchStep.EXACT, 12, tokens[before + 1 :]))
    return found


def cells_of(rows: Sequence[PlacedRow]) -> list[list[str | None] | None]:
    return [placed(row) for row in rows]


FIGURES = ["3", "", "5", "", "", "", "8"]
OTHERS = ["", "11", "", "", "", "", "11"]


@pytest.mark.parametrize("hidden", [True, False], ids=["in-place", "left-out"])
def test_hidden_cells_beside_labels_move_no_figure(hidden: bool) -> None:
    """Labels stand in the first, second or third column; figures after them, or all in the last seven columns."""
    rows = grid([(0, FIGURES), (2, OTHERS), (1, FIGURES)], hidden=hidden)

    assert cells_of(place_rows(REQUESTS, rows, 7)) == [FIGURES, OTHERS, FIGURES]


def test_where_the_grid_may_be_either_no_row_with_figures_is_placed() -> None:
    """One figure in the middle of a row padded to the grid: it may stand two columns further to the left."""
    rows = grid([(0, ["", "", "5", "", "", "", ""])], hidden=True)

    (found,) = place_rows(REQUESTS, rows, 7)

    assert (found.cells, found.issue) == (None, "BLANKS_LOST")


def test_the_head_tells_whether_hidden_cells_are_printed() -> None:
    """Its second cell stands over the figures: three columns to the right, or beside the corner."""
    rows = grid([(0, ["", "", "5", "", "", "", ""])], hidden=True)
    in_place, beside = (
        tokens_of(["（本列数据…）", "", "", "申请人情况"])[3],
        tokens_of(["（本列数据…）", "申请人情况"])[1],
    )

    (found,) = place_rows(REQUESTS, rows, 7, heads=[in_place])
    (other,) = place_rows(REQUESTS, rows, 7, heads=[beside])

    assert placed(found) == ["", "", "5", "", "", "", ""]
    assert placed(other) == ["", "", "", "", "5", "", ""]


def test_no_label_of_article_20_hides_a_cell() -> None:
    (found,) = place_rows(ART20_1, [row_of_cells(["", "", "74"])], 3)

    assert placed(found) == ["", "", "74"]


# Units and numbers beside figures


def test_the_unit_before_a_figure_is_no_figure() -> None:
    """The table of 2014 has a column of units."""
    (found,) = place_rows(STATS, [row_of_cells(["条", "120"])], 1)

    assert placed(found) == ["120"]


def test_a_unit_behind_a_figure_is_its_unit() -> None:
    (found,) = place_rows(ART20_1, [row_of_cells(["3", "件", "5", "件", "74", "件"])], 3)

    assert placed(found) == ["3", "5", "74"]
    assert [token and token.unit for token in found.cells or ()] == ["件", "件", "件"]


def test_the_number_of_a_row_is_no_figure_where_the_head_says_so() -> None:
    """定西 numbers its indicators from 01 to 35 in a column of their own."""
    row = row_of_cells(["01", "1200", "1300"])

    assert cells_of(place_rows(ART20_1, [row], 2, codes=True)) == [["1200", "1300"]]
    assert cells_of(place_rows(ART20_1, [row], 3)) == [["01", "1200", "1300"]]


def test_a_dash_is_no_unit_and_keeps_its_column() -> None:
    (found,) = place_rows(ART20_1, [row_of_cells(["-", "5", "-"])], 3)

    assert placed(found) == ["-", "5", "-"]


# Figures as numbers


def test_a_blank_and_a_dash_are_no_number_and_a_word_spoils_the_row() -> None:
    assert numbers_of(tokens_of(["3", "", "-", "1,006"])) == [3, None, None, 1006]
    assert numbers_of(tokens_of(["3", "若干"])) is None
    assert numbers_of([]) == []


# Whole tables


def test_hidden_cells_of_a_markdown_table_move_no_figure(read: Read, values_of: ValuesOf) -> None:
    """A label over three columns, its last two cells printed empty; the total is blank in this row alone."""
    text = (
        "| （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） |  |  | 申请人情况 |  |  |  |  |  |  |\n"
        "|  |  |  | 自然人 | 法人或其他组织 |  |  |  |  | 总计 |\n"
        "|  |  |  |  | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |  |\n"
        "| 一、本年新收政府信息公开申请数量 |  |  | 2 | 3 | 5 | 7 | 11 | 13 |  |\n"
        "| 二、上年结转政府信息公开申请数量 |  |  | 17 |  |  |  |  |  | 19 |\n"
        "| 三、本年度办理结果 | （一）予以公开 |  |  |  | 23 |  |  |  | 29 |\n"
        "|  | （三）不予公开 | 1.属于国家秘密 |  | 31 |  |  |  |  | 37 |\n"
    )

    report = read(text)

    assert values_of(report, "requests", "new_received") == [2, 3, 5, 7, 11, 13, None]
    assert values_of(report, "requests", "carried_in") == [17, None, None, None, None, None, 19]
    assert values_of(report, "requests", "granted") == [None, None, 23, None, None, None, 29]
    assert values_of(report, "requests", "denied_state_secret") == [None, 31, None, None, None, None, 37]


@pytest.mark.parametrize("unit", ["万元", "元", "亿元"])
def test_the_unit_in_a_cell_of_its_own_counts(read: Read, row_of: RowOf, unit: str) -> None:
    head = "第二十条第（九）项 | |||\n信息内容 | 采购项目数量 | 采购总金额 | |\n"

    cells = row_of(read(f"{head}政府集中采购 | 33 | 6054 | {unit} |\n"), "art20_9", "procurement")

    assert [cell.raw for cell in cells] == ["33", "6054"]
    assert [(cell.value, cell.unit) for cell in cells] == [
        (33, "项"), ({"万元": 6054, "元": 0.6054, "亿元": 60_540_000}[unit], "万元")
    ]  # fmt: skip


def test_blanks_kept_in_one_table_say_nothing_of_another_in_layout_d(read: Read, row_of: RowOf) -> None:
    """Bars between two figures' rows: a table whose blanks all stand behind its figures stays open."""
    text = (
        "第二十条第（一）项 |\n|||\n信息内容 |\n本年制发件数 |\n本年废止件数 |\n现行有效件数 |\n"
        "规章 |\n3 |\n||\n行政规范性文件 |\n5 |\n6 |\n19 |\n"
    )

    report = read(text)

    assert [cell.value for cell in row_of(report, "art20_1", "regulations")] == [None, None, None]
    assert [cell.value for cell in row_of(report, "art20_1", "normative_documents")] == [5, 6, 19]
