"""Printed in any layout, style, oddity and encoding and read back: no figure is ever wrong, and few are not read."""

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from gia_analysis.documents import read_bytes
from gia_analysis.forms import Form, forms, get_form
from gia_analysis.reading import interpret
from gia_analysis.report import Report
from gia_analysis.schema import Kind
from gia_analysis.simulation import (
    KEEPS_BLANKS,
    QUIRKS,
    BlankStyle,
    CellKey,
    Encoding,
    Layout,
    Punctuation,
    Sample,
    Size,
    join_reports,
    plant_mistakes,
    print_figures,
    print_report,
    print_sample,
    quirks_in,
    simulate_figures,
)

REPORTS = 480  # in each of ten layouts, and of their mixtures: 5,280 in all
LEAST_SHARE_READ = 0.999
LEAST_SHARE_READ_OF_DAMAGED = 0.95  # where labels or figures have wrong, missing or foreign characters
AGENCY = "模拟省云江市模拟区财政局"
LAYOUTS: tuple[Layout, ...] = get_args(Layout)
NO_ROW_ENDS: frozenset[Layout] = frozenset({"A", "D", "D_collapsed", "E", "F"})
FORMS = [form for form in forms().values() if form.tables]
SETTINGS = settings(
    max_examples=REPORTS,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),  # an example is short as it is drawn: shrinking it takes long for little
)

Truth = Mapping[CellKey, float | None]


@dataclass(frozen=True)
class Print:
    """How a report is printed: everything but its figures, by the names of the simulation."""

    form: str
    size: Size
    seed: int
    mistakes: int
    style: BlankStyle
    layouts: tuple[Layout, ...]
    quirks: tuple[str, ...]
    encoding: Encoding
    options: tuple[tuple[str, Any], ...] = ()

    def layout_of(self, table: str) -> Layout:
        chapters = list(dict.fromkeys(each.chapter for each in get_form(self.form).tables))
        return self.layouts[chapters.index(get_form(self.form).table(table).chapter) % len(self.layouts)]

    def damages(self, what: str) -> bool:
        return any(QUIRKS[quirk].hides == what for quirk in self.quirks)

    @property
    def figures(self) -> dict[CellKey, int | float]:
        return figures_of(self.form, self.size, self.seed, self.mistakes)

    def sample(self) -> Sample:
        year = get_form(self.form).first_year + 1
        kept = {"layout": self.layouts, "quirks": self.quirks, "seed": self.seed, "agency": AGENCY, "year": year}
        return print_sample(
            get_form(self.form),
            self.figures,
            blank_style=self.style,
            encoding=self.encoding,
            **kept,
            **dict(self.options),
        )


@dataclass
class Tally:
    """How many of the figures that were printed were read, and what became of the others.

    Reports whose oddities damage labels or figures are counted apart.
    """

    printed: int = 0
    unread: Counter[str] = field(default_factory=Counter)
    printed_damaged: int = 0
    unread_damaged: Counter[str] = field(default_factory=Counter)

    def add(self, example: Print, printed: int, unread: Iterable[str]) -> None:
        if example.damages("labels") or example.damages("figures"):
            self.printed_damaged += printed
            self.unread_damaged.update(unread)
        else:
            self.printed += printed
            self.unread.update(unread)

    @property
    def share_read(self) -> float:
        return 1 - self.unread.total() / self.printed

    @property
    def share_read_of_damaged(self) -> float:
        return 1 - self.unread_damaged.total() / self.printed_damaged


@lru_cache(maxsize=4096)
def figures_of(form: str, size: Size, number: int, mistakes: int) -> dict[CellKey, int | float]:
    generator = np.random.default_rng(number)
    figures = simulate_figures(get_form(form), generator, size=size)
    return plant_mistakes(get_form(form), figures, generator, count=mistakes)


def prints(layouts: Sequence[Layout]) -> st.SearchStrategy[Print]:
    """Draw a way of printing a report in some layouts, one after the other."""
    known = [name for name in QUIRKS if all(name in quirks_in(layout) for layout in layouts)]
    return st.builds(
        Print,
        form=st.sampled_from([form.id for form in FORMS]),
        size=st.sampled_from(get_args(Size)),
        seed=st.integers(0, 250),
        mistakes=st.sampled_from((0, 0, 1, 3)),
        style=st.sampled_from(get_args(BlankStyle)),
        layouts=st.just(tuple(layouts)),
        quirks=st.lists(st.sampled_from(known), max_size=3, unique=True).map(tuple),
        encoding=st.sampled_from(("utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16", "big5hkscs")),
        options=st.fixed_dictionaries(
            {
                "punctuation": st.sampled_from(get_args(Punctuation)),
                "title": st.booleans(),
                "narrative": st.booleans(),
                "headings": st.sampled_from((True, True, True, False)),
            }
        ).map(lambda options: tuple(options.items())),
    )


def read_back(data: bytes) -> Report:
    found = interpret(read_bytes(data, "report.txt"))
    assert len(found) == 1, "one report was taken for several"
    return found[0]


def printed_as(example: Print) -> Sample:
    """Print an example, in UTF-8 where the encoding does not have all of its characters."""
    try:
        return example.sample()
    except UnicodeEncodeError:
        return replace(example, encoding="utf-8").sample()


def check(example: Print, sample: Sample, report: Report, tally: Tally) -> None:
    """Hold a report that was read against the truth, cell for cell, and count what was read."""
    cells = {(cell.table, cell.row, cell.col): cell for cell in report.cell_list}
    wrong = {
        key: (cell.value, cell.kind.value, sample.truth.get(key))
        for key, cell in cells.items()
        if not cell.row.startswith("unknown:") and cell.value is not None and cell.value != sample.truth.get(key)
    }
    assert wrong == {}, "figures that were read and are not those printed"
    assert {cell.kind for cell in cells.values() if cell.value is not None} <= {Kind.NUMBER, Kind.INFERRED}

    for line in lines_of(example, sample.truth):
        layout = example.layout_of(line[0][0])
        values = [sample.truth[key] for key in line]
        printed = [key for key, value in zip(line, values, strict=True) if value is not None]
        unread = {key: kind_of(cells, key) for key in printed if key not in cells or cells[key].value is None}
        tally.add(example, len(printed), unread.values())
        allowed = kinds_unread(example, layout, values)
        assert allowed.issuperset(unread.values()), f"figures that were not read: {unread}"


def kind_of(cells: Mapping[CellKey, Any], key: CellKey) -> str:
    return str(cells[key].kind.value) if key in cells else "no cell"


def lines_of(example: Print, truth: Truth) -> list[list[CellKey]]:
    """Return the cells that are printed in one line together: a row, or all rows of a table that is one line."""
    lines: dict[tuple[str, str], list[CellKey]] = {}
    for key in truth:
        wide = get_form(example.form).table(key[0]).shape == "wide"
        lines.setdefault((key[0], "" if wide else key[1]), []).append(key)
    return list(lines.values())


def kinds_unread(example: Print, layout: Layout, values: Sequence[float | None]) -> set[str]:
    """Return what a figure of a line may be read as in place of a number: nothing, where its place is certain.

    A row whose label is damaged may not be found; where no row ends are known, the row before it then is too long.
    A row of layout D whose only blank is its last cell may as well be one whose blanks were moved to its end.
    """
    kinds: set[str] = set()
    if example.damages("labels"):
        kinds |= {"absent", "no cell"} | ({"ambiguous"} if layout in NO_ROW_ENDS else set())
    if example.damages("figures"):
        kinds |= {"text"} | ({"ambiguous", "absent"} if layout == "F" else set())
        kinds |= {"ambiguous"} if layout == "C" and None in values else set()
    is_last_blank = values[-1] is None
    may_have_moved = {"C": is_last_blank, "D": is_last_blank and values.count(None) == 1}
    if None in values and may_have_moved.get(layout, layout not in KEEPS_BLANKS):
        kinds |= {"ambiguous"}
    return kinds


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_figure_is_read_wrong_in_any_layout_and_all_whose_place_is_certain_are_read(layout: Layout) -> None:
    tally = Tally()

    @seed(zlib.crc32(layout.encode()))
    @SETTINGS
    @given(example=prints([layout]))
    def hold(example: Print) -> None:
        sample = printed_as(example)
        check(example, sample, read_back(sample.data), tally)

    hold()

    if layout in KEEPS_BLANKS:
        assert tally.share_read >= LEAST_SHARE_READ, tally
        assert tally.share_read_of_damaged >= LEAST_SHARE_READ_OF_DAMAGED, tally


@seed(5)
@SETTINGS
@given(example=st.lists(st.sampled_from(LAYOUTS), min_size=2, max_size=3).flatmap(prints))
def test_chapters_printed_in_layouts_of_their_own_are_read_each_in_its_own(example: Print) -> None:
    """Beijing Street 2020 flattens its first tables in one way and the others in another."""
    sample = printed_as(example)

    check(example, sample, read_back(sample.data), Tally())


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_a_table_printed_twice_alike_is_read_once(form: Form, layout: Layout) -> None:
    table = form.tables[-1].code
    example = Print(form.id, "small", 7, 0, "zeros", (layout,), (), "utf-8")
    again = {key: text for key, text in print_figures(example.figures).items() if key[0] == table}

    sample = replace(example, options=(("printed_again", again),)).sample()

    check(example, sample, read_back(sample.data), Tally())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_of_a_table_printed_twice_with_one_figure_different_all_others_are_read_and_it_is_said(layout: Layout) -> None:
    """Which of the two figures is meant cannot be known, so neither is taken."""
    example = Print("2021", "small", 7, 0, "zeros", (layout,), (), "utf-8")
    odd = ("requests", "granted", "natural_person")
    again = {key: text for key, text in print_figures(example.figures).items() if key[0] == "requests"}
    sample = replace(example, options=(("printed_again", again | {odd: "987"}),)).sample()

    report = read_back(sample.data)

    values = {(cell.table, cell.row, cell.col): cell.value for cell in report.cell_list}
    assert values.pop(odd) is None
    assert values == {key: value for key, value in sample.truth.items() if key != odd}
    assert "TABLE_TWICE" in {issue.code for issue in report.issue_list}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("left_out", ["requests", "review_litigation", "art20_6"])
def test_a_heading_without_its_table_gives_no_figures_and_takes_none_from_others(left_out: str, layout: Layout) -> None:
    example = Print("2021", "small", 11, 0, "zeros", (layout,), (), "utf-8", (("left_out", (left_out,)),))
    sample = example.sample()

    report = read_back(sample.data)

    values = {(cell.table, cell.row, cell.col): cell.value for cell in report.cell_list if cell.value is not None}
    assert values == {key: value for key, value in sample.truth.items() if key[0] != left_out}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_reports_in_one_file_are_read_one_by_one(layout: Layout) -> None:
    """A file may hold the reports of several years, one after the other."""
    texts = [
        print_report(
            get_form("2021"),
            print_figures(figures_of("2021", "small", number, 0)),
            agency=AGENCY,
            year=year,
            layout=layout,
        )
        for number, year in ((1, 2022), (2, 2023))
    ]
    truths = [figures_of("2021", "small", number, 0) for number in (1, 2)]

    reports = interpret(read_bytes(join_reports(texts).encode(), "report.txt"))

    values = [{(cell.table, cell.row, cell.col): cell.value for cell in report.cell_list} for report in reports]
    assert values == truths
    assert [report.year for report in reports] == [2022, 2023]
