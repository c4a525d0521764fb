"""Simulated figures of what is published unasked: the blocks on Article 20."""

from gia_analysis.forms import Form, Table
from gia_analysis.simulation.draws import Draw


def draw_documents_disclosed(draw: Draw, form: Form, table: Table) -> None:
    """Draw the block on documents of 2019: made, disclosed this year, disclosed in total."""
    for row in table.rows:
        made = _documents_made(draw, row.code)
        disclosed = draw.part_of(made, 0.9)
        before = draw.last(table.code, row.code, "disclosed_total")
        total = disclosed + (_stock(draw, row.code) if before is None else before)
        values = {"made_this_year": made, "disclosed_this_year": disclosed, "disclosed_total": total}
        draw.put(table.code, row.code, values)


def draw_documents_in_force(draw: Draw, form: Form, table: Table) -> None:
    """Draw the block on documents of 2021: issued, repealed, in force."""
    for row in table.rows:
        before = draw.last(table.code, row.code, "in_force")
        stock = _stock(draw, row.code) if before is None else before
        issued = _documents_made(draw, row.code)
        repealed = draw.part_of(stock, 0.05)
        in_force = stock + issued - repealed
        draw.put(
            table.code, row.code, {"issued_this_year": issued, "repealed_this_year": repealed, "in_force": in_force}
        )


def _documents_made(draw: Draw, row: str) -> int:
    if row == "regulations":
        return draw.count(3.0) if draw.size == "large" else 0
    return draw.count({"none": 0.1, "small": 0.5, "medium": 4.0, "large": 60.0}[draw.size])


def _stock(draw: Draw, row: str) -> int:
    """Return how many documents there were before: rules only where an agency is large enough to make any."""
    if row == "regulations":
        return draw.count(70.0) if draw.size == "large" else 0
    return draw.count({"none": 1.0, "small": 6.0, "medium": 60.0, "large": 900.0}[draw.size])


def draw_items(draw: Draw, form: Form, table: Table) -> None:
    """Draw a block of 2019 on items of business: how many last year, the change, and decisions where it has them."""
    for row in table.rows:
        change_before = draw.last(table.code, row.code, "items_change")
        before = draw.last(table.code, row.code, "items_last_year")
        items = draw.count(12.0) if before is None or change_before is None else before + change_before
        if before is None and draw.happens(0.4):
            items = 0
        change = int(draw.generator.integers(-min(items, 4), 6)) if items and draw.happens(0.5) else 0
        values = {"items_last_year": items, "items_change": change}
        if "decisions" in table.column_by_code:
            last = draw.last(table.code, row.code, "decisions")
            values["decisions"] = draw.count(draw.decisions, last) if items else 0
        draw.put(table.code, row.code, values)


def draw_decisions(draw: Draw, form: Form, table: Table) -> None:
    """Draw a block of 2021 on decisions taken; agencies without such business have none."""
    for row in table.rows:
        last = draw.last(table.code, row.code, "decisions")
        idle = draw.happens(0.5) if last is None else last == 0
        draw.put(table.code, row.code, {"decisions": 0 if idle else draw.count(draw.decisions, last)})


def draw_fees(draw: Draw, form: Form, table: Table) -> None:
    """Draw the block of 2021 on charges, in 万元."""
    for row in table.rows:
        charged = draw.happens(0.4)
        draw.put(table.code, row.code, {"fee_amount": draw.amount(draw.decisions) if charged else 0})


def draw_procurement(draw: Draw, form: Form, table: Table) -> None:
    """Draw the block of 2019 on central procurement: projects, and what they cost in 万元."""
    for row in table.rows:
        items = draw.count(4.0)
        values = {"procurement_items": items, "procurement_amount": draw.amount(35.0 * items) if items else 0}
        draw.put(table.code, row.code, values)
