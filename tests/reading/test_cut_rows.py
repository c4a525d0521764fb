"""A row that the edge of a page cut in two is one row, where only both halves together have a label."""

from gia_analysis.documents import TableBlock, TextCell
from gia_analysis.forms import normalise
from gia_analysis.reading.cut_rows import whole_rows


def rows_of(*rows: tuple[int, tuple[str, ...]]) -> list[list[str]]:
    """Return the texts of a table's rows, each given with its page."""
    cells = tuple(tuple(TextCell(text, page=page) for text in texts) for page, texts in rows)
    block = TableBlock(cells, row_ends_known=True, blanks_kept=True, layout="grid", columns_known=True)
    return [[cell.text for cell in row] for row in whole_rows(block, normalise)]


def test_a_label_cut_by_the_edge_of_a_page_is_whole_and_keeps_its_figures() -> None:
    rows = rows_of((1, ("5.要求行政机关确认或重新", "3", "")), (2, ("出具已获取信息", "", "")))

    assert rows == [["5.要求行政机关确认或重新出具已获取信息", "3", ""]]


def test_figures_may_stand_in_either_half() -> None:
    assert rows_of((1, ("5.要求行政机关确认或重新", "")), (2, ("出具已获取信息", "3"))) == [
        ["5.要求行政机关确认或重新出具已获取信息", "3"]
    ]


def test_rows_on_both_sides_of_the_edge_that_have_labels_stay_two() -> None:
    rows = [["1.属于国家秘密", "1"], ["2.其他法律行政法规禁止公开", ""]]

    assert rows_of((1, tuple(rows[0])), (2, tuple(rows[1]))) == rows


def test_on_one_page_nothing_is_joined() -> None:
    rows = [["5.要求行政机关确认或重新", "3"], ["出具已获取信息", ""]]

    assert rows_of((1, tuple(rows[0])), (1, tuple(rows[1]))) == rows
