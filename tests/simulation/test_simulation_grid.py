"""The printed shape of the statutory tables: spans, group rows, and what must be given."""

from collections.abc import Iterator

import pytest

from gia_analysis.errors import FormError
from gia_analysis.forms import Table, forms, get_form
from gia_analysis.simulation import Grid, GridCell, lay_out
from gia_analysis.simulation.grid import with_hanging

TABLES = [pytest.param(table, id=f"{form.id}-{table.code}") for form in forms().values() for table in form.tables]


def zeros(table: Table, *, optional: bool = False) -> dict[tuple[str, str], str | None]:
    rows = [row for row in table.rows if optional or not row.optional]
    return {(row.code, column.code): "0" for row in rows for column in table.columns}


def row_with(grid: Grid, label: str) -> list[GridCell]:
    return next(row for row in grid if any(cell.text == label for cell in row))


def labels(grid: Grid) -> Iterator[str]:
    return (cell.text for row in grid for cell in row)


@pytest.mark.parametrize("table", TABLES)
def test_every_row_of_a_table_covers_the_same_columns(table: Table) -> None:
    grid = lay_out(table, zeros(table))
    if table.code.startswith("art20"):
        grid = grid[1:]  # the title spans the four columns of the widest block

    widths: list[int] = []
    hanging: list[tuple[GridCell, int]] = []
    for row in grid:
        hanging = [(cell, left - 1) for cell, left in hanging if left > 1]
        widths.append(sum(cell.columns for cell in row) + sum(cell.columns for cell, _ in hanging))
        hanging += [(cell, cell.rows) for cell in row]

    assert set(widths) == {max(widths)}


@pytest.mark.parametrize(("form", "height"), [("2019", 20), ("2021", 22)])
def test_results_of_the_year_span_all_outcomes_and_their_total(form: str, height: int) -> None:
    table = get_form(form).table("requests")

    first, *_ = row_with(lay_out(table, zeros(table)), "（一）予以公开")

    assert first == GridCell("三、本年度办理结果", rows=height)


def test_a_row_label_spans_the_label_columns_that_no_group_takes() -> None:
    table = get_form("2021").table("requests")

    grid = lay_out(table, zeros(table))

    assert row_with(grid, "一、本年新收政府信息公开申请数量")[0] == GridCell(
        "一、本年新收政府信息公开申请数量", columns=3
    )
    assert row_with(grid, "（一）予以公开")[1] == GridCell("（一）予以公开", columns=2)
    assert row_with(grid, "1.属于国家秘密")[:2] == [GridCell("（三）不予公开", rows=8), GridCell("1.属于国家秘密")]
    assert row_with(grid, "3.其他")[0] == GridCell("3.其他")
    assert row_with(grid, "（七）总计")[0] == GridCell("（七）总计", columns=2)


def test_the_head_keeps_the_spans_of_the_form() -> None:
    table = get_form("2019").table("requests")

    head = lay_out(table, zeros(table))[:3]

    corner = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    assert head[0] == [GridCell(corner, rows=3, columns=3), GridCell("申请人情况", columns=7)]
    assert head[1] == [GridCell("自然人", rows=2), GridCell("法人或其他组织", columns=5), GridCell("总计", rows=2)]
    assert [cell.text for cell in head[2]] == ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]


def test_cells_that_hang_down_from_above_are_marked_in_their_place() -> None:
    table = get_form("2019").table("requests")

    _, second, third, *_ = with_hanging(lay_out(table, zeros(table)))

    assert [cell.text if cell else None for cell in second] == [None, "自然人", "法人或其他组织", "总计"]
    organisations = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    assert [cell.text if cell else None for cell in third] == [None, None, *organisations, None]


def test_a_wide_table_has_one_row_of_fifteen_figures() -> None:
    table = get_form("2021").table("review_litigation")
    figures = {cell: str(number) for number, cell in enumerate(zeros(table), 1)}

    grid = lay_out(table, figures)

    assert len(grid) == 4
    assert grid[-1] == [GridCell(str(number)) for number in range(1, 16)]


def test_groups_of_the_2014_table_are_rows_without_a_value() -> None:
    table = get_form("2014").table("stats_2014")

    grid = lay_out(table, zeros(table))

    assert row_with(grid, "二、回应解读情况") == [GridCell("二、回应解读情况"), GridCell("——"), GridCell("")]
    assert row_with(grid, "三、依申请公开情况")[1:] == [GridCell("——"), GridCell("")]
    assert row_with(grid, "3.政策解读稿件发布数") == [GridCell("3.政策解读稿件发布数"), GridCell("篇"), GridCell("0")]
    assert sum(GridCell("——") in row for row in grid) == 7


def test_optional_rows_are_printed_only_where_one_is_given() -> None:
    table = get_form("2014").table("stats_2014")

    without = lay_out(table, zeros(table))
    with_topics = lay_out(table, zeros(table, optional=True))

    assert "（四）申请类型数" not in labels(without)
    assert "（四）申请类型数" in labels(with_topics)
    assert len(with_topics) - len(without) == 19


def test_one_optional_row_without_the_others_is_refused() -> None:
    table = get_form("2014").table("stats_2014")
    figures = zeros(table) | {("topic_budget", "value"): "0"}

    with pytest.raises(FormError, match=r"stats_2014\.topics_total\.value"):
        lay_out(table, figures)


def test_an_empty_figure_is_an_empty_cell_and_none_is_no_cell() -> None:
    table = get_form("2019").table("art20_9")
    procurement = ("procurement", "procurement_items"), ("procurement", "procurement_amount")

    empty = lay_out(table, dict(zip(procurement, ("2", ""), strict=True)))
    absent = lay_out(table, dict(zip(procurement, ("2", None), strict=True)))

    assert empty[-1] == [GridCell("政府集中采购"), GridCell("2"), GridCell("")]
    assert absent[-1] == [GridCell("政府集中采购"), GridCell("2")]


def test_a_missing_figure_is_named() -> None:
    table = get_form("2021").table("requests")
    figures = zeros(table)
    del figures["granted", "total"]

    with pytest.raises(FormError, match=r"requests\.granted\.total"):
        lay_out(table, figures)


def test_a_figure_for_a_cell_that_the_table_does_not_have_is_refused_with_the_nearest() -> None:
    table = get_form("2021").table("requests")
    figures = zeros(table) | {("grantd", "total"): "1"}

    with pytest.raises(FormError, match=r"grantd\.total.*granted\.total"):
        lay_out(table, figures)
