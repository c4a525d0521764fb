"""Printed in any layout, style, oddity and encoding and read back: no figure is ever wrong, and few are not read."""

import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
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
def test_of_a_table_printed_twice_with_one_figure_different_the_others_are_read_and_it_is_said(layout: Layout) -> None:
    """Which of the two figures is meant cannot be known: either is one that was printed."""
    example = Print("2021", "small", 7, 0, "zeros", (layout,), (), "utf-8")
    odd = ("requests", "granted", "natural_person")
    again = {key: text for key, text in print_figures(example.figures).items() if key[0] == "requests"}
    sample = replace(example, options=(("printed_again", again | {odd: "987"}),)).sample()

    report = read_back(sample.data)

    values = {(cell.table, cell.row, cell.col): cell.value for cell in report.cell_list}
    assert values.pop(odd) in (sample.truth[odd], 987, None)
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


HEAD = "第二十条第（一）项 | |||\n信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n"
RULES = "规章 | 1 | 0 | 34 |\n"
DOCUMENTS = "规范性文件 | 5 | 1006 | 78 |\n"
BLOCK = HEAD + RULES + DOCUMENTS
OTHER_BLOCK = (
    "第二十条第（六）项 | |||\n信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |\n行政处罚 | 253 | 0 | 11 |\n"
)

ReadBlock = Callable[[str], dict[str, list[float | None]]]


@pytest.fixture
def rows_of(read: Callable[[str], Report]) -> ReadBlock:
    """Read what a text says, by row: None where it gives no figure."""

    def read_rows(text: str) -> dict[str, list[float | None]]:
        rows: dict[str, list[float | None]] = {}
        for cell in read(text).cell_list:
            rows.setdefault(cell.row, []).append(cell.value)
        return {row: values for row, values in rows.items() if any(value is not None for value in values)}

    return read_rows


PLAIN = {"regulations": [1, 0, 34], "normative_documents": [5, 1006, 78]}


def test_label_alias_is_the_official_label(rows_of: ReadBlock) -> None:
    """Wuqi 2022 prints the label of one form on the other; the words for the change are joined elsewhere."""
    text = BLOCK.replace("规章", "政府规章").replace("规范性文件", "行政规范性文件")

    assert rows_of(text) == PLAIN
    assert rows_of(OTHER_BLOCK.replace("增/减", "增减")) == {"penalty": [253, 0, 11]}


def test_label_note_is_no_part_of_the_label_and_its_digits_are_no_figures(rows_of: ReadBlock) -> None:
    """Tongji 2020 (市政府令), Wuhan 2020 (指2019年事项数)."""
    text = OTHER_BLOCK.replace("上一年项目数量", "上一年项目数量（指2019年事项数）")

    assert rows_of(BLOCK.replace("规章", "规章 (市政府令)")) == PLAIN
    assert rows_of(text) == {"penalty": [253, 0, 11]}


def test_header_unit_leaves_the_amount_as_it_is(rows_of: ReadBlock) -> None:
    """Tongzhou 2019 (万元,保留四位小数), Beijing Street 2020 (万元)."""
    head = "第二十条第（九）项 | ||\n信息内容 | 采购项目数量 | {} |\n政府集中采购 | 9 | 103.3879 |\n"

    assert rows_of(head.format("采购总金额(万元,保留四位小数)")) == {"procurement": [9, 103.3879]}
    assert rows_of(head.format("采购总金额（万元）")) == {"procurement": [9, 103.3879]}


def test_header_cut_at_a_line_break_is_told_by_its_place(rows_of: ReadBlock) -> None:
    """Xinhua subdistrict 2019: 本年新 twice; a petition office of 2019: 本年增/."""
    assert rows_of(BLOCK.replace("本年新制作数量", "本年新").replace("本年新公开数量", "本年新")) == PLAIN
    assert rows_of(OTHER_BLOCK.replace("本年增/减", "本年增/")) == {"penalty": [253, 0, 11]}


REQUESTS = (
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 | ||||||||\n"
    "自然人 | 法人或其他组织 | 总计 | |||||||\n"
    "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |||||\n"
    "一、本年新收政府信息公开申请数量 | 4 | 0 | 0 | 0 | 0 | 1 | 5 | ||\n"
    "三、本年度办理结果 | （一）予以公开 | 3 | 0 | 0 | 0 | 0 | 0 | 3 | |\n"
    "（三）不予公开 | 1.属于国家秘密 | 1 | 0 | 0 | 0 | 0 | 0 | 1 | |\n"
    "3.危及“三安全一稳定” | 0 | 0 | 0 | 0 | 0 | 1 | 1 | ||\n"
    "（七）总计 | 4 | 0 | 0 | 0 | 0 | 1 | 5 | ||\n"
)
ANSWERED = {
    "new_received": [4, 0, 0, 0, 0, 1, 5],
    "granted": [3, 0, 0, 0, 0, 0, 3],
    "denied_state_secret": [1, 0, 0, 0, 0, 0, 1],
    "denied_safety_stability": [0, 0, 0, 0, 0, 1, 1],
    "results_total": [4, 0, 0, 0, 0, 1, 5],
}


def test_quotes_missing_or_other_are_the_same_label(rows_of: ReadBlock) -> None:
    """Quotation marks are lost or made straight by many editors."""
    assert rows_of(REQUESTS.replace("“", "").replace("”", "")) == ANSWERED
    assert rows_of(REQUESTS.replace("“", '"').replace("”", '"')) == ANSWERED


def test_enumerator_missing_leaves_the_label_what_it_is(rows_of: ReadBlock) -> None:
    """Numbers set by a text processor are not copied with the text."""
    bare = re.sub(r"(?m)(?<=\| )（[一三]）|^（[三七]）|[一三]、|\d\.", "", REQUESTS)

    assert "\n总计 | 4" in bare
    assert rows_of(bare) == ANSWERED


def test_wrong_character_in_a_long_label_reads_the_row_or_none_but_no_other(rows_of: ReadBlock) -> None:
    """A slip of the hand or of character recognition."""
    read = rows_of(REQUESTS.replace("本年新收政府", "本年新收攻府"))

    assert read.pop("new_received", ANSWERED["new_received"]) == ANSWERED["new_received"]
    assert {row: values for row, values in read.items() if not row.startswith("unknown:")} == {
        row: values for row, values in ANSWERED.items() if row != "new_received"
    }


def test_bracket_width_may_change_within_a_label(rows_of: ReadBlock) -> None:
    """Kept from several editors of one page."""
    assert rows_of(BLOCK.replace("（一）", "(一）")) == PLAIN


def test_label_blanks_are_no_part_of_the_label(rows_of: ReadBlock) -> None:
    """Qujiang 2020 统 计 指 标 and 社会 稳定, Jurong 2025 第二十条 第(一)项."""
    text = BLOCK.replace("第二十条第", "第二十条 第").replace("规章", "规　章").replace("信息内容", "信 息 内 容")

    assert rows_of(text) == PLAIN


def test_label_break_inside_a_cell_does_not_end_it(rows_of: ReadBlock) -> None:
    """Xushui 2020 and Zhenjiang district 2020: 本年新⏎制作数量."""
    cells = "第二十条第（一）项 信息内容 本年新\n制作数量 本年新\n公开数量 对外公开\n总数量 规章 1 0 34 规范性\n文件 5 1006 78".split(
        " "
    )

    assert rows_of("".join(f"{cell}\n|\n" for cell in cells)) == PLAIN


def test_label_of_two_paragraphs_is_one_label_or_none(rows_of: ReadBlock) -> None:
    """Tianmen 2025 prints each line of a cell as a paragraph."""
    text = (
        "第二十条第（一）项 信息内容 本年新 制作数量 本年新 公开数量 对外公开 总数量 规章 1 0 34 规范性文件 5 1006 78"
    )

    read = rows_of("二、主动公开政府信息情况\n" + text.replace(" ", "\n") + "\n")

    assert read.items() <= PLAIN.items()


def test_zero_width_characters_are_no_part_of_the_label(rows_of: ReadBlock) -> None:
    """Set by web editors to allow or forbid line breaks."""
    assert rows_of(BLOCK.replace("规章", "规\u200b章").replace("规范性", "规范\u2060性\ufeff")) == PLAIN


def test_unknown_row_shifts_nothing(rows_of: ReadBlock) -> None:
    """Wuhan 2020: 其他主动公开文件 186, 86, 255."""
    read = rows_of(HEAD + RULES + DOCUMENTS + "其他主动公开文件 | 186 | 86 | 255 |\n")

    assert read == {**PLAIN, "unknown:其他主动公开文件": [186, 86, 255]}


@pytest.mark.parametrize("figure", ["1,006", "1，006", "1 006", "1\xa0006"])
def test_thousands_separator_is_no_part_of_the_figure(rows_of: ReadBlock, figure: str) -> None:
    """Written by accountants and their programs."""
    assert rows_of(BLOCK.replace("1006", figure)) == PLAIN


@pytest.mark.parametrize("figure", ["1006件", "1006 件", "1006个", "1006项"])
def test_counter_is_no_part_of_the_figure(rows_of: ReadBlock, figure: str) -> None:
    """Hangjin Rear Banner 2020: 2560万元 in the amount of procurement."""
    assert rows_of(BLOCK.replace("1006", figure)) == PLAIN


def test_full_width_digits_are_digits(rows_of: ReadBlock) -> None:
    """Typed with an input method for Chinese."""
    assert rows_of(BLOCK.replace("1006", "１００６").replace("34", "３４")) == PLAIN


def test_letters_for_digits_are_read_as_digits_or_not_at_all(rows_of: ReadBlock) -> None:
    """Character recognition takes 0 for O and 1 for l."""
    for row, values in rows_of(BLOCK.replace("1006", "lOO6").replace("| 0 |", "| O |")).items():
        assert all(value in (None, truth) for value, truth in zip(values, PLAIN[row], strict=True))


@pytest.mark.parametrize("mark", ["①", "*", "[1]", "注", "【1】", "（注）"])
def test_footnote_mark_is_no_digit_of_the_figure(rows_of: ReadBlock, mark: str) -> None:
    """Compatibility normalisation would make 121 of 12①."""
    for row, values in rows_of(BLOCK.replace("34", f"34{mark}").replace("1006", f"1006{mark}")).items():
        assert all(value in (None, truth) for value, truth in zip(values, PLAIN[row], strict=True))


def test_padded_figure_is_the_figure(rows_of: ReadBlock) -> None:
    """Xiandi 2020: ideographic spaces before 0; Zhenjiang district 2020: no-break spaces on either side."""
    assert rows_of(BLOCK.replace("34", "\u3000\u300034").replace("1006", "\xa01006\u2003")) == PLAIN


def test_zero_width_figure_is_the_figure(rows_of: ReadBlock) -> None:
    """Copied from web editors."""
    assert rows_of(BLOCK.replace("34", "\u200b34").replace("1006", "1006\ufeff")) == PLAIN


def test_traditional_characters_are_read_as_simplified(rows_of: ReadBlock) -> None:
    """Sites with a button for traditional characters."""
    text = (
        "第二十條第（一）項 | |||\n信息內容 | 本年新製作數量 | 本年新公開數量 | 對外公開總數量 |\n"
        "規章 | 1 | 0 | 34 |\n規範性文件 | 5 | 1006 | 78 |\n"
    )

    assert rows_of(text) == PLAIN


def test_taiwan_vocabulary_is_read_as_that_of_the_form(rows_of: ReadBlock) -> None:
    """The mirror of Wuhan 2020: 規範性檔案 for 规范性文件, 資訊 for 信息."""
    text = (
        "第二十條第（一）項 | |||\n資訊內容 | 本年新製作數量 | 本年新公開數量 | 對外公開總數量 |\n"
        "規章 | 1 | 0 | 34 |\n規範性檔案 | 5 | 1006 | 78 |\n"
    )

    assert rows_of(text) == PLAIN


def test_kangxi_radicals_are_the_characters_that_they_look_like(rows_of: ReadBlock) -> None:
    """Text taken from PDF files: ⾏政处罚."""
    assert rows_of(OTHER_BLOCK.replace("行", "⾏").replace("一", "⼀").replace("目", "⽬")) == {"penalty": [253, 0, 11]}


def test_supplement_radicals_are_the_characters_that_they_look_like(rows_of: ReadBlock) -> None:
    """Text taken from PDF files: ⻔ and ⻝, which no normalisation of Unicode knows."""
    rows = "统计指标 | 单位 | 统计数 |\n一、主动公开情况 | —— | |\n6.⻝品药品 | 件 | 3 |\n（一）政府信息公开工作专⻔机构数 | 个 | 1 |\n"

    assert rows_of(rows) == {"topic_food_drug": [3], "dedicated_offices": [1]}


def test_pinyin_in_brackets_is_no_part_of_the_label(rows_of: ReadBlock) -> None:
    """Mirrors made by hackers: 公(gong)开(kai)."""
    assert rows_of(BLOCK.replace("公开", "公(gong)开(kai)").replace("数量", "数(shu)(shu)量")) == PLAIN


def test_paragraphs_apart_are_cells_all_the_same(rows_of: ReadBlock) -> None:
    """Tongzhou petition office 2019: an empty line between any two cells."""
    cells = re.sub(r"[\s|]+", "\n\n", BLOCK)

    assert rows_of(f"二、主动公开政府信息情况\n\n{cells}三、收到和处理政府信息公开申请情况\n\n无。\n") == PLAIN


def test_windows_line_ends_end_lines(rows_of: ReadBlock) -> None:
    """Files from Windows."""
    assert rows_of(BLOCK.replace("\n", "\r\n")) == PLAIN


def test_every_quirk_has_a_test_of_its_own() -> None:
    own = [name for name in globals() if name.startswith("test_")]

    assert [quirk for quirk in QUIRKS if not any(name.startswith(f"test_{quirk}_") for name in own)] == []
