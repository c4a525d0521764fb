"""What each quirk prints, and that it changes nothing else."""

import unicodedata
from random import Random

import pytest

from gia_analysis.forms import Form, forms, get_form, normalise
from gia_analysis.simulation import (
    QUIRKS,
    CellKey,
    Grid,
    Layout,
    lay_out,
    print_report,
    print_sample,
    print_tables,
    quirks_in,
)

AGENCY = "模拟省云江市模拟区财政局"
SEEDS = range(30)
OF_FIGURES = [
    "thousands_separator", "counter", "full_width_digits", "letters_for_digits", "footnote_mark", "padded_figure",
    "zero_width_figure",
]  # fmt: skip
FIGURES = ("1000", "23", "0", "4567", "12", "101")


def figures_of(form: Form) -> dict[CellKey, str | None]:
    cells = [(table.code, row.code, column.code) for table, row, column in form.cells() if not row.optional]
    return {cell: FIGURES[number % len(FIGURES)] for number, cell in enumerate(cells)}


def grid_of(form: str, table: str) -> Grid:
    figures = figures_of(get_form(form))
    own = {(row, column): figure for (code, row, column), figure in figures.items() if code == table}
    return lay_out(get_form(form).table(table), own)


def printed_with(quirk: str, form: str = "2019", table: str = "art20_1") -> set[str]:
    """Return the cells that a quirk prints, over many draws, and the form itself does not."""
    change = QUIRKS[quirk].of_grid
    assert change
    grid = grid_of(form, table)
    drawn = {cell.text for seed in SEEDS for row in change(grid, Random(seed)) for cell in row}
    return drawn - {cell.text for row in grid for cell in row}


def text_with(quirk: str, seed: int = 0) -> str:
    form = get_form("2019")
    return print_report(form, figures_of(form), agency=AGENCY, year=2020, layout="F", quirks=[quirk], seed=seed)


@pytest.mark.parametrize(
    ("quirk", "form", "table", "expected"),
    [
        ("label_alias", "2014", "stats_2014", "年度累计数"),
        ("label_alias", "2019", "art20_5", "本年增减"),
        ("label_note", "2019", "art20_1", "规章（市政府令）"),
        ("label_note", "2019", "art20_6", "处理决定数量（指2020年办件量）"),
        ("header_unit", "2019", "art20_9", "采购总金额（万元，保留四位小数）"),
        ("header_cut", "2019", "art20_1", "本年新"),
        ("quotes_missing", "2021", "requests", "3.危及三安全一稳定"),
        ("enumerator_missing", "2021", "requests", "予以公开"),
        ("enumerator_missing", "2014", "stats_2014", "政务微博公开政府信息数"),
        ("bracket_width", "2019", "art20_1", "第二十条第(一）项"),
        ("label_blanks", "2014", "stats_2014", "统 计 指 标"),
        ("label_break", "2019", "art20_1", "本年新\n制作数量"),
        ("label_of_two_paragraphs", "2019", "art20_1", "本年新\n制作数量"),
        ("unknown_row", "2019", "art20_1", "其他主动公开文件"),
        ("unknown_row", "2021", "requests", "9.属于工作秘密"),
        ("thousands_separator", "2019", "art20_1", "1,000"),
        ("thousands_separator", "2019", "art20_1", "4 567"),
        ("counter", "2019", "art20_1", "12件"),
        ("counter", "2014", "stats_2014", "1000万元"),
        ("full_width_digits", "2019", "art20_1", "１２"),
        ("letters_for_digits", "2019", "art20_1", "lOOO"),
        ("footnote_mark", "2019", "art20_1", "12①"),
        ("padded_figure", "2019", "art20_1", "\u3000\u30000"),
        ("zero_width_figure", "2019", "art20_1", "23\u200b"),
    ],
)
def test_labels_and_figures_are_printed_as_they_were_seen(quirk: str, form: str, table: str, expected: str) -> None:
    assert expected in printed_with(quirk, form, table)


@pytest.mark.parametrize(
    ("quirk", "expected"),
    [
        ("traditional_characters", "規範性文件\n"),
        ("taiwan_vocabulary", "規範性檔案\n"),
        ("paragraphs_apart", "规范性文件\n\n"),
        ("windows_line_ends", "规范性文件\r\n"),
        ("pinyin", "公(gong)"),
        ("kangxi_radicals", "⾏政"),
    ],
)
def test_texts_are_printed_as_they_were_seen(quirk: str, expected: str) -> None:
    assert any(expected in text_with(quirk, seed) for seed in SEEDS)


def test_radicals_look_like_the_characters_they_stand_for() -> None:
    kangxi = text_with("kangxi_radicals", 1)
    supplement = QUIRKS["supplement_radicals"].of_text
    assert supplement

    assert kangxi != text_with("windows_line_ends").replace("\r", "")
    assert unicodedata.normalize("NFKC", kangxi) == unicodedata.normalize(
        "NFKC", text_with("windows_line_ends").replace("\r", "")
    )
    assert supplement("食品药品、专门机构、长页", Random(0)) == "⻝品药品、专⻔机构、⻓⻚"


@pytest.mark.parametrize("form", [form for form in forms().values() if form.tables], ids=lambda form: form.id)
def test_a_wrong_character_never_makes_a_label_one_of_the_others(form: Form) -> None:
    own = {normalise(cell.text) for table in form.tables for row in grid_of(form.id, table.code) for cell in row}

    damaged = {text for table in form.tables for text in printed_with("wrong_character", form.id, table.code)}

    assert damaged
    assert not own & {normalise(text) for text in damaged}
    assert all(min(edits(normalise(text), label) for label in own) == 1 for text in damaged)


def edits(one: str, other: str) -> int:
    """Return the edit distance of two texts, by its definition."""
    before = list(range(len(other) + 1))
    for row, character in enumerate(one, 1):
        now = [row]
        for column, opposite in enumerate(other, 1):
            now.append(min(now[-1] + 1, before[column] + 1, before[column - 1] + (character != opposite)))
        before = now
    return before[-1]


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_an_unknown_row_lengthens_the_groups_that_it_stands_in_and_moves_no_other_cell(form: str) -> None:
    grid = grid_of(form, "requests")
    change = QUIRKS["unknown_row"].of_grid
    assert change

    longer = change(grid, Random(1))

    place = next(number for number, row in enumerate(longer) if row[0].text == "9.属于工作秘密")
    assert len(longer[place]) == 8
    assert [[cell.text for cell in row] for number, row in enumerate(longer) if number != place] == [
        [cell.text for cell in row] for row in grid
    ]
    spans = {cell.text: cell.rows for row in longer for cell in row}
    before = {cell.text: cell.rows for row in grid for cell in row}
    grown = {text: rows - before[text] for text, rows in spans.items() if rows != before.get(text, rows)}
    assert grown == {"三、本年度办理结果": 1}


@pytest.mark.parametrize("table", ["art20_5", "requests"])
@pytest.mark.parametrize("quirk", [quirk for quirk in QUIRKS if quirk != "unknown_row"])
def test_a_quirk_changes_no_span_and_only_what_it_acts_on(quirk: str, table: str) -> None:
    change = QUIRKS[quirk].of_grid
    grid = grid_of("2019", table)

    changed = [change(grid, Random(seed)) for seed in SEEDS] if change else []

    assert {shape(each) for each in changed} <= {shape(grid)}
    assert all(figures_in(each) == figures_in(grid) for each in changed) is (quirk not in OF_FIGURES)


def shape(grid: Grid) -> tuple[tuple[int, int, str | None], ...]:
    return tuple((cell.rows, cell.columns, cell.type) for row in grid for cell in row)


def figures_in(grid: Grid) -> list[str]:
    return [cell.text for row in grid for cell in row if cell.type]


def test_a_quirk_is_refused_in_a_layout_where_it_does_not_occur() -> None:
    form = get_form("2021")

    with pytest.raises(ValueError, match=r"quirk 'label_break' does not occur in layout 'C': only in A, B, D"):
        print_report(form, figures_of(form), agency=AGENCY, year=2022, layout="C", quirks=["label_break"])
    with pytest.raises(ValueError, match=r"unknown quirk 'label_brek': did you mean 'label_break'"):
        print_report(form, figures_of(form), agency=AGENCY, year=2022, quirks=["label_brek"])
    assert "label_break" in quirks_in("A")
    assert "label_break" not in quirks_in("C")


@pytest.mark.parametrize("layout", ["A", "C", "F"])
def test_no_quirks_leave_a_report_as_it_is_and_the_same_seed_gives_the_same_text(layout: Layout) -> None:
    form = get_form("2019")
    grids = [lay_out(form.table("requests"), {key[1:]: "1" for key in figures_of(form) if key[0] == "requests"})]

    one, two = (
        print_report(form, figures_of(form), agency=AGENCY, year=2020, layout=layout, quirks=["counter"], seed=4)
        for _ in range(2)
    )

    assert one == two
    assert print_tables(grids, layout) in print_report(
        form,
        dict.fromkeys(figures_of(form), "1"),
        agency=AGENCY,
        year=2020,
        layout=layout,
    )


def test_a_sample_is_the_bytes_of_a_report_with_the_truth_of_its_cells() -> None:
    form = get_form("2021")
    figures = {key: float(number % 3) for number, key in enumerate(figures_of(form))}

    sample = print_sample(
        form, figures, blank_style="every_zero_blank", layout="D", quirks=["taiwan_vocabulary"], encoding="big5hkscs"
    )

    assert "規範性檔案 |\n" in sample.data.decode("big5hkscs")
    assert sample.truth == {key: value or None for key, value in figures.items()}
    with pytest.raises(UnicodeEncodeError):
        print_sample(form, figures, encoding="big5hkscs")
