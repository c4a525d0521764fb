"""Slips planted into simulated figures: how many are found, and how often the first hint is the cell that was changed.

**Where sums can locate a slip** is defined here without the hints. All changes of a catalogue are tried on the printed figures:
every cell set to any value, every two neighbouring cells exchanged, every row put back by one column, every two
neighbouring rows exchanged. Those after which all hard relations of the table hold are the explanations. A slip is
locatable if what was planted is the only one. (A broken carry-over is two cells or more, which no such change mends: it is
locatable if the flow of requests fails in that year, and the carry-over fails between the years.)
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from gia_analysis.checks import run_checks
from gia_analysis.checks.hints import find_hints
from gia_analysis.errors import FormError
from gia_analysis.forms import Form, Sum, Table, get_form
from gia_analysis.schema import FAILING, Frames, Kind, build
from gia_analysis.simulation import BlankStyle, CellKey, Size, leave_blank, simulate_figures
from gia_analysis.simulation.mistakes import PlantedSlip, SlipKind, plant_carry_over, plant_slip

Figures = dict[CellKey, int | float]
Changes = frozenset[tuple[CellKey, float]]

FORMS = ("2014", "2019", "2021")
SIZES: tuple[Size, ...] = ("small", "medium", "large")
SUMMED: tuple[SlipKind, ...] = (
    "digit", "missing_digit", "doubled_digit", "digits_swapped", "sign", "neighbour", "shifted_row", "row_swapped",
)  # fmt: skip
ONE_COLUMN = {("2014", "shifted_row"), ("2014", "row_swapped")}  # no columns to shift, no rows of several cells
EACH = 36
STYLES: tuple[BlankStyle, ...] = ("zeros", "zeros", "zero_rows_blank", "every_zero_blank")


@dataclass(frozen=True)
class Printed:
    """A report as printed, and what was planted in it."""

    name: str
    form: Form
    figures: Figures
    agency: str
    year: int
    slip: PlantedSlip | None = None
    style: BlankStyle = "zeros"

    @property
    def group(self) -> str:
        return self.slip.kind if self.slip else "clean"


def frames_of(reports: Sequence[Printed]) -> Frames:
    """Return the frames of reports as a perfect reader makes them."""
    printed = [leave_blank(report.figures, report.style) for report in reports]
    names = np.repeat([report.name for report in reports], [len(each) for each in printed])
    values = [value for each in printed for value in each.values()]
    keys = [key for each in printed for key in each]
    cells = {
        "report_id": names, "source": [f"{name}.txt" for name in names],
        "form": np.repeat([report.form.id for report in reports], [len(each) for each in printed]),
        "table": [key[0] for key in keys], "row": [key[1] for key in keys], "col": [key[2] for key in keys],
        "value": [np.nan if value is None else float(value) for value in values],
        "kind": [Kind.BLANK.value if value is None else Kind.NUMBER.value for value in values],
        "raw": ["" if value is None else f"{value:.12g}" for value in values], "match": ["exact"] * len(keys),
    }  # fmt: skip
    facts = {
        "report_id": [report.name for report in reports], "source": [f"{report.name}.txt" for report in reports],
        "status": ["ok"] * len(reports), "form": [report.form.id for report in reports],
        "agency": [report.agency for report in reports], "year": [report.year for report in reports],
    }  # fmt: skip
    return Frames(build("reports", facts), build("cells", cells), build("sections"), build("figures"), build("issues"))


# --- what is planted


def planted_slips() -> Iterator[Printed]:
    generator = np.random.default_rng(20_200_131)
    for form_id in FORMS:
        for size in SIZES:
            for kind in SUMMED:
                if (form_id, kind) not in ONE_COLUMN:
                    yield from _planted(get_form(form_id), size, kind, generator)


def _planted(form: Form, size: Size, kind: SlipKind, generator: np.random.Generator) -> Iterator[Printed]:
    """Yield reports with a slip; figures that have none to change (no figure of two digits) are drawn again."""
    done = 0
    for _ in range(4 * EACH):
        try:
            figures, slip = plant_slip(form, simulate_figures(form, generator, size=size), generator, kind)
        except FormError:
            continue
        style = STYLES[done % len(STYLES)]
        name = f"{form.id}-{size}-{kind}-{done}"
        yield Printed(name, form, figures, f"simulated {name}", 2020, slip, style)
        done += 1
        if done == EACH:
            return


def two_years(form: Form, size: Size, generator: np.random.Generator) -> tuple[Figures, Figures]:
    earlier = simulate_figures(form, generator, size=size)
    return earlier, simulate_figures(form, generator, size=size, previous=earlier)


def planted_over_years() -> Iterator[Printed]:
    generator = np.random.default_rng(20_210_131)
    for form in map(get_form, FORMS[1:]):
        for size in SIZES:
            for number in range(EACH):
                earlier, later = two_years(form, size, generator)
                earlier, later, slip = plant_carry_over((form, form), earlier, later, generator)
                agency = f"{form.id}-{size}-carry_over-{number}"
                yield Printed(f"{agency}-1", form, earlier, agency, 2020, slip if slip.earlier else None)
                yield Printed(f"{agency}-2", form, later, agency, 2021, None if slip.earlier else slip)


def planted_units() -> Iterator[Printed]:
    """Yield two years of agencies whose amount of the second is printed in yuan, and was like that of the first."""
    generator = np.random.default_rng(20_220_131)
    for form in map(get_form, FORMS):
        places = [(t.code, r.code, c.code) for t, r, c in form.cells() if t.type_of(r.code, c.code) == "money"]
        for number in range(EACH):
            earlier, later = two_years(form, SIZES[number % 3], generator)
            place = places[number % len(places)]
            later |= dict.fromkeys(places, 0) | {place: round(float(generator.gamma(3.0, 30.0)) + 5, 2)}
            earlier |= dict.fromkeys(places, 0) | {place: round(later[place] * float(generator.uniform(0.3, 3.0)), 2)}
            later, slip = plant_slip(form, later, generator, "unit")
            agency = f"{form.id}-unit-{number}"
            yield Printed(f"{agency}-1", form, earlier, agency, 2020)
            yield Printed(f"{agency}-2", form, later, agency, 2021, slip)


# --- where sums can locate it


@dataclass(frozen=True)
class Relation:
    """A hard relation at one place."""

    rule: Sum
    left: tuple[CellKey, ...]
    right: tuple[CellKey, ...]

    @property
    def cells(self) -> frozenset[CellKey]:
        return frozenset(self.left + self.right)

    def difference(self, figures: Mapping[CellKey, float]) -> float:
        left, right = ([figures.get(cell, 0) for cell in side] for side in (self.left, self.right))
        return (max(left) if self.rule.left_of == "max" else sum(left)) - sum(right)

    def holds(self, figures: Mapping[CellKey, float]) -> bool:
        difference = self.difference(figures)
        return {"=": difference == 0, "<=": difference <= 0, ">=": difference >= 0}[self.rule.relation]


def hard_relations(form: Form) -> list[Relation]:
    found = []
    for rule in form.sums:
        for table in map(form.table, rule.tables):
            for line in table.columns if rule.over == "columns" else table.rows:
                sides = [
                    tuple((table.code, code, line.code) if rule.over == "columns" else (table.code, line.code, code) for code in side)
                    for side in (rule.left, rule.right)
                ]  # fmt: skip
                if rule.severity == "hard":
                    found.append(Relation(rule, *sides))
    return found


RELATIONS = {form: hard_relations(get_form(form)) for form in FORMS}
TOUCHING = {
    form: {cell: [each for each in RELATIONS[form] if cell in each.cells] for each in RELATIONS[form] for cell in each.cells}
    for form in FORMS
}  # fmt: skip


def explanations(report: Printed) -> set[Changes]:
    """Return every change of the catalogue after which all hard relations hold."""
    failing = [each for each in RELATIONS[report.form.id] if not each.holds(report.figures)]
    if not failing or any(each.rule.relation != "=" for each in failing):
        return set()
    found = {frozenset(change.items()) for change in _catalogue(report, failing) if _mends(report, failing, change)}
    return {frozenset((cell, value) for cell, value in each if report.figures[cell] != value) for each in found}


def _mends(report: Printed, failing: list[Relation], change: Mapping[CellKey, float]) -> bool:
    if not all(each.cells & change.keys() for each in failing):
        return False
    types = {cell: report.form.table(cell[0]).type_of(*cell[1:]) for cell in change}
    if any(value < 0 and types[cell] != "signed" for cell, value in change.items()):
        return False
    figures = {**report.figures, **change}
    return all(each.holds(figures) for cell in change for each in TOUCHING[report.form.id].get(cell, ()))


def _catalogue(report: Printed, failing: list[Relation]) -> Iterator[dict[CellKey, float]]:
    figures = report.figures
    for cell in frozenset.intersection(*(each.cells for each in failing)):
        sign = 1 if cell in failing[0].left else -1
        yield {cell: figures[cell] - sign * failing[0].difference(figures)}
    for table in report.form.tables:
        if any(each.left[0][0] == table.code for each in failing):
            yield from _moves(table, figures)


def _moves(table: Table, figures: Figures) -> Iterator[dict[CellKey, float]]:
    rows = [[(table.code, row.code, column.code) for column in table.columns] for row in table.rows]
    rows = [row for row in rows if row[0] in figures]
    down = [] if table.shape == "wide" else [pair for one, two in pairwise(rows) for pair in zip(one, two, strict=True)]
    for one, two in [*(pair for row in rows for pair in pairwise(row)), *down]:
        yield {one: figures[two], two: figures[one]}
    if len(table.columns) > 1:
        for one, two in pairwise(rows):
            yield {cell: figures[other] for cell, other in zip(one + two, two + one, strict=True)}
        for row in rows:
            *parts, total = (figures[cell] for cell in row)
            if not parts[0]:
                yield dict(zip(row, [*parts[1:], total, sum(parts[1:]) + total], strict=True))
            if not total:
                yield dict(zip(row, [parts[-1] - sum(parts[:-1]), *parts], strict=True))


# --- what came out


@dataclass(frozen=True)
class Outcome:
    """How the hints came out for reports: failing hard checks, and the cells of the first hint with their values."""

    hard: Mapping[str, set[str]]
    first: Mapping[str, dict[CellKey, float]]
    every: pd.DataFrame


def judge(reports: Sequence[Printed]) -> Outcome:
    frames = frames_of(reports)
    checks = run_checks(frames)
    hints = find_hints(frames, checks)
    failing = checks[checks["status"].isin(FAILING)]
    codes = failing[(failing["severity"] == "hard") | failing["code"].str.startswith("X_")]
    first: dict[str, dict[CellKey, float]] = defaultdict(dict)
    for hint in hints[hints["rank"] == 1].itertuples():
        first[hint.report_id][hint.table, hint.row, hint.col] = hint.suggested
    return Outcome(codes.groupby("report_id")["code"].agg(set).to_dict(), first, hints)


def tally(reports: Sequence[Printed], outcome: Outcome, locatable: Mapping[str, bool]) -> dict[str, Counter[str]]:
    """Count by form and kind, and show the rates."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for report in reports:
        if report.slip:
            true, first = dict(report.slip.true), outcome.first.get(report.name, {})
            group = "located" if locatable[report.name] else "open"
            events = {
                "planted": True, "found": report.name in outcome.hard, group: True,
                f"{group}: cell right": first.keys() == true.keys(), f"{group}: value right": first == true,
            }  # fmt: skip
            for name in (f"{report.form.id} {report.slip.kind}", "all"):
                counts[name].update(event for event, happened in events.items() if happened)
    sys.stdout.write(f"\n{pd.DataFrame(counts).T.fillna(0).astype(int).to_string()}\n")
    return counts


@pytest.fixture(scope="module")
def planted() -> list[Printed]:
    return list(planted_slips())


@pytest.fixture(scope="module")
def counts(planted: list[Printed]) -> dict[str, Counter[str]]:
    locatable = {
        report.name: explanations(report) == {frozenset(report.slip.true.items())} for report in planted if report.slip
    }
    return tally(planted, judge(planted), locatable)


def test_slips_of_every_kind_are_planted_in_every_form(planted: list[Printed]) -> None:
    kinds = {(report.form.id, report.group) for report in planted}

    assert len(planted) >= 2000
    assert kinds == {(form, kind) for form in FORMS for kind in SUMMED} - ONE_COLUMN


def test_nearly_all_slips_make_a_hard_check_fail(counts: dict[str, Counter[str]]) -> None:
    assert counts["all"]["found"] >= 0.95 * counts["all"]["planted"]


def test_the_first_hint_is_the_cell_where_sums_can_locate_it(counts: dict[str, Counter[str]]) -> None:
    every = counts["all"]

    assert every["located"] >= 1000
    assert every["located: cell right"] >= 0.9 * every["located"]
    assert every["located: value right"] >= 0.98 * every["located: cell right"]


def test_the_first_hint_mends_what_it_says_and_breaks_nothing(planted: list[Printed]) -> None:
    reports = planted[::4]
    frames = frames_of(reports)
    checks = run_checks(frames)
    first = find_hints(frames, checks).query("rank == 1")
    place = ["source", "report_id", "form", "table", "row", "col"]

    cells = frames.cells.merge(first[[*place, "suggested"]], on=place, how="left")
    hinted = cells["suggested"].notna()
    cells = cells.assign(
        value=cells["suggested"].where(hinted, cells["value"]), kind=cells["kind"].mask(hinted, Kind.NUMBER.value)
    )
    after = run_checks(replace(frames, cells=cells.drop(columns="suggested")))

    def failing(found: pd.DataFrame) -> dict[str, set[tuple[str, str]]]:
        hard = found[found["status"].isin(FAILING) & (found["severity"] == "hard")].dropna(subset=["cells"])
        return {
            str(name): set(zip(part["code"], part["cells"], strict=True)) for name, part in hard.groupby("report_id")
        }

    was, still = failing(checks), failing(after)
    for name, hints in first.groupby("report_id"):
        assert still.get(name, set()) < was[name], hints
        assert {code for code, _ in was[name] - still.get(name, set())} <= set(hints.iloc[0]["codes"].split(";"))


def test_a_broken_carry_over_is_told_by_the_flow_of_its_year() -> None:
    reports = list(planted_over_years())
    outcome = judge(reports)
    locatable = {
        report.name: {"REQ_FLOW", "X_CARRY"} <= outcome.hard.get(report.name, set()) | outcome.hard.get(f"{report.agency}-2", set())
        for report in reports
    }  # fmt: skip

    every = tally(reports, outcome, locatable)["all"]

    assert every["found"] >= 0.95 * every["planted"]
    assert every["located: value right"] >= 0.9 * every["located"]
    assert set(outcome.every["report_id"]) <= {report.name for report in reports if report.slip}


def test_an_amount_in_yuan_is_told_by_that_of_the_year_before() -> None:
    reports = list(planted_units())
    outcome = judge(reports)

    every = tally(reports, outcome, dict.fromkeys((report.name for report in reports), True))["all"]

    assert every["located: value right"] >= 0.95 * every["planted"]
    assert set(outcome.every["report_id"]) <= {report.name for report in reports if report.slip}


def test_clean_reports_have_neither_failing_hard_checks_nor_hints() -> None:
    generator = np.random.default_rng(20_230_131)
    reports = []
    for number in range(252):
        form, size = get_form(FORMS[number % 3]), SIZES[number // 3 % 3]
        for year, figures in enumerate(two_years(form, size, generator), 2020):
            style = STYLES[number % len(STYLES)]
            reports.append(Printed(f"clean-{number}-{year}", form, figures, f"clean-{number}", year, style=style))

    outcome = judge(reports)

    assert len(reports) >= 500
    assert not {name: codes for name, codes in outcome.hard.items() if any(not code.startswith("X_") for code in codes)}
    assert outcome.every.empty
