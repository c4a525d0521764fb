"""Several reports in one file: where one ends and the next begins, with titles and without."""

from collections.abc import Callable, Mapping
from itertools import permutations
from pathlib import Path

import pytest

from gia_analysis import NotAReportError, Report, read_report, read_reports
from gia_analysis.documents import read_bytes
from gia_analysis.reading import interpret

Split = Callable[[str], tuple[Report, ...]]
Cells = list[tuple[str, str, str, float | None, str, str]]

REPORT = """{title}本报告中所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。
一、总体情况
全年主动公开政府信息{proactive}条。
二、主动公开政府信息情况
第二十条第（六）项 | | |
信息内容 | 本年处理决定数量 | |
行政处罚 | {penalty} | |
行政强制 | {compulsion} | |
三、收到和处理政府信息公开申请情况
无。
四、政府信息公开行政复议、行政诉讼情况
无。
{signature}"""
DISTRICT, TOWN, BUREAU = "云山市西湖区人民政府", "云山市西湖区青石镇人民政府", "云山市教育局"


@pytest.fixture(scope="module")
def split() -> Split:
    """Read all reports of a text."""

    def read_all(text: str) -> tuple[Report, ...]:
        return interpret(read_bytes(text.encode(), "reports.txt"))

    return read_all


def print_one(agency: str, year: int, number: int, *, title: bool = True, signature: bool = False) -> str:
    """Print a report whose figures are made from a number of its own."""
    return REPORT.format(
        title=f"{agency}{year}年政府信息公开工作年度报告\n" if title else "",
        year=year,
        proactive=number + 1,
        penalty=number + 2,
        compulsion=number + 3,
        signature=f"\n{' ' * 30}{agency}\n{' ' * 30}{year + 1}年1月20日\n" if signature else "",
    )


def figures_of(report: Report) -> list[float | None]:
    return [cell.value for cell in report.cell_list]


def cells_of(report: Report) -> Cells:
    return [(cell.table, cell.row, cell.col, cell.value, cell.kind.value, cell.raw) for cell in report.cell_list]


def told_by(report: Report) -> str:
    return "".join(section.text for section in report.section_list)


# Titles


def test_each_title_begins_a_report(split: Split) -> None:
    text = print_one(DISTRICT, 2022, 100) + print_one(TOWN, 2023, 200) + print_one(BUREAU, 2021, 300)

    found = split(text)

    assert [(report.agency, report.year) for report in found] == [(DISTRICT, 2022), (TOWN, 2023), (BUREAU, 2021)]
    assert [figures_of(report) for report in found] == [[102, 103], [202, 203], [302, 303]]


def test_each_report_has_the_text_of_its_own_chapters_alone(split: Split) -> None:
    first, second = split(print_one(DISTRICT, 2022, 100) + print_one(TOWN, 2023, 200))

    assert ("101条" in told_by(first), "201条" in told_by(first)) == (True, False)
    assert ("101条" in told_by(second), "201条" in told_by(second)) == (False, True)
    assert [section.section for section in first.section_list] == [section.section for section in second.section_list]


def test_years_of_one_agency_are_reports_of_their_own(split: Split) -> None:
    found = split("\n\n".join(print_one(BUREAU, year, year) for year in (2021, 2022, 2023)))

    assert [(report.year, figures_of(report)) for report in found] == [
        (2021, [2023, 2024]), (2022, [2024, 2025]), (2023, [2025, 2026])
    ]  # fmt: skip


def test_the_name_of_the_agency_above_its_title_begins_the_report(split: Split) -> None:
    """尧都区县底镇 2020 prints its name in one line and the rest of the title in the next."""
    parts = [print_one(agency, 2020, number) for agency, number in ((TOWN, 100), (BUREAU, 200))]
    broken = [
        part.replace("人民政府2020年", "人民政府\n2020年").replace("教育局2020年", "教育局\n2020年") for part in parts
    ]

    found = split("\n".join(broken))

    assert [(report.agency, figures_of(report)) for report in found] == [(TOWN, [102, 103]), (BUREAU, [202, 203])]


# No titles


def test_without_titles_the_first_chapter_begins_the_next_report(split: Split) -> None:
    text = "".join(
        print_one(agency, year, number, title=False, signature=True)
        for agency, year, number in ((DISTRICT, 2022, 100), (TOWN, 2023, 200))
    )

    found = split(text)

    assert [(report.agency, report.year) for report in found] == [(DISTRICT, 2022), (TOWN, 2023)]
    assert [figures_of(report) for report in found] == [[102, 103], [202, 203]]


def test_the_preamble_above_the_first_chapter_belongs_to_the_report_it_opens(split: Split) -> None:
    """The period stands in it; a line too late, and both reports would be of the first one's year."""
    first, second = split(print_one(DISTRICT, 2022, 100, title=False) + print_one(DISTRICT, 2023, 200, title=False))

    assert (first.facts.period_end.year, second.facts.period_end.year) == (2022, 2023)  # type: ignore[union-attr]
    assert told_by(second).startswith("本报告中所列数据的统计期限自2023年")


@pytest.mark.parametrize("title", [True, False], ids=["titled", "untitled"])
@pytest.mark.parametrize("layout", ["{} | {} | {} | {} |\n", "{} {}\n{} {}\n"], ids=["table", "lines"])
def test_the_fields_above_a_report_are_its_own(split: Split, title: bool, layout: str) -> None:
    """Index number and publisher stand above the preamble; they are not the end of the report before."""
    fields = [
        layout.format("索引号：", f"{330800 + number}-042/2021-{number}", "发布单位：", agency)
        for number, agency in ((3, TOWN), (4, BUREAU))
    ]
    one, other = (print_one(agency, 2020, number, title=title) for agency, number in ((TOWN, 100), (BUREAU, 200)))

    found = split(fields[0] + one + fields[1] + other)

    assert [report.facts.index_number for report in found] == ["330803-042/2021-3", "330804-042/2021-4"]
    assert [(report.agency, figures_of(report)) for report in found] == [(TOWN, [102, 103]), (BUREAU, [202, 203])]


def test_a_title_broken_inside_a_word_begins_the_report(split: Split) -> None:
    """韶关市浈江区 2020: the title ends in 政府, and goes on with 信息公开 in the next line."""
    parts = [print_one(agency, year, year) for agency, year in ((TOWN, 2020), (BUREAU, 2022))]

    found = split("\n".join(part.replace("年政府信息公开工作", "年政府\n信息公开工作") for part in parts))

    assert [(report.agency, report.facts.title_year) for report in found] == [(TOWN, 2020), (BUREAU, 2022)]


# The samples


def joined(sample_paths: Mapping[str, Path], order: tuple[int, ...]) -> tuple[list[str], str]:
    stems = [sorted(sample_paths)[position] for position in order]
    return stems, "\n".join(sample_paths[stem].read_text(encoding="utf-8") for stem in stems)


@pytest.mark.parametrize("order", [*permutations(range(5), 2)])
def test_any_two_samples_in_one_file_are_read_as_each_is_alone(
    split: Split, sample_paths: Mapping[str, Path], samples: Mapping[str, Report], order: tuple[int, ...]
) -> None:
    """Three of them have no title; one has a table at its end, two a signature."""
    stems, text = joined(sample_paths, order)

    found = split(text)

    assert [cells_of(report) for report in found] == [cells_of(samples[stem]) for stem in stems]
    assert [(r.agency, r.year) for r in found] == [(samples[stem].agency, samples[stem].year) for stem in stems]


ORDERS = [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 0, 4, 1, 3), (1, 3, 0, 4, 2), (3, 4, 1, 2, 0)]


@pytest.mark.parametrize("order", ORDERS)
def test_five_samples_in_one_file_are_five_reports(
    split: Split, sample_paths: Mapping[str, Path], samples: Mapping[str, Report], order: tuple[int, ...]
) -> None:
    stems, text = joined(sample_paths, order)

    found = split(text)

    assert [cells_of(report) for report in found] == [cells_of(samples[stem]) for stem in stems]
    assert [(r.agency, r.year, r.form) for r in found] == [
        (samples[stem].agency, samples[stem].year, samples[stem].form) for stem in stems
    ]


def test_no_sample_is_several_reports(split: Split, sample_paths: Mapping[str, Path]) -> None:
    assert {stem: len(split(path.read_text(encoding="utf-8"))) for stem, path in sample_paths.items()} == dict.fromkeys(
        sample_paths, 1
    )


# What begins no report


@pytest.mark.parametrize(
    "end",
    [
        f"上一篇：{DISTRICT}2021年政府信息公开工作年度报告\n",
        f"{DISTRICT}2021年政府信息公开工作年度报告\n",
        f"相关链接\n{DISTRICT}2021年政府信息公开工作年度报告\n{DISTRICT}2020年政府信息公开工作年度报告\n",
        "附件：2021年政府信息公开工作年度报告.doc\n",
    ],
    ids=["previous-page", "title-alone", "list-of-titles", "attachment"],
)
def test_a_link_to_another_report_at_the_end_is_no_report(split: Split, end: str) -> None:
    found = split(print_one(DISTRICT, 2022, 100) + end)

    assert [(report.agency, report.year, figures_of(report)) for report in found] == [(DISTRICT, 2022, [102, 103])]


def test_a_list_of_titles_before_the_report_is_no_report(split: Split) -> None:
    titles = "".join(f"{DISTRICT}{year}年政府信息公开工作年度报告\n" for year in (2020, 2021))

    found = split(titles + print_one(DISTRICT, 2022, 100))

    assert [figures_of(report) for report in found] == [[102, 103]]


def test_a_title_printed_twice_is_one_report(split: Split) -> None:
    """Page header and body both have it."""
    title = f"{DISTRICT}2022年政府信息公开工作年度报告\n"

    found = split(title + print_one(DISTRICT, 2022, 100))

    assert [(report.agency, report.year, figures_of(report)) for report in found] == [(DISTRICT, 2022, [102, 103])]


def test_a_table_printed_a_second_time_in_one_report_is_no_second_report(split: Split) -> None:
    text = print_one(DISTRICT, 2022, 100)
    table = text[text.index("第二十条") : text.index("三、收到")]

    found = split(text + "附表\n" + table)

    assert [figures_of(report) for report in found] == [[102, 103]]


def test_chapters_that_begin_again_without_any_table_are_no_second_report(split: Split) -> None:
    """A summary may list its chapters, and a text without tables may come back to the first."""
    chapters = "".join(
        f"{numeral}、{title}\n有序推进。\n"
        for numeral, title in zip(
            "一二三四",
            ["总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "其他需要报告的事项"],
            strict=True,
        )
    )

    assert len(split(f"{DISTRICT}2022年政府信息公开工作年度报告\n{chapters}{chapters}")) == 1


# What is known of each


def test_reports_of_one_file_have_one_digest_and_numbers_of_their_own(split: Split) -> None:
    found = split(print_one(DISTRICT, 2022, 100) + print_one(TOWN, 2023, 200))

    digest = found[0].facts.sha256
    assert digest is not None
    assert {report.facts.sha256 for report in found} == {digest}
    assert [report.facts.report_id for report in found] == [f"{digest[:16]}-1", f"{digest[:16]}-2"]


def test_a_report_alone_in_its_file_has_the_digest_without_number(split: Split) -> None:
    (found,) = split(print_one(DISTRICT, 2022, 100))

    assert found.facts.sha256 is not None
    assert found.facts.report_id == found.facts.sha256[:16]


def test_equal_reports_in_one_file_have_numbers_of_their_own(split: Split) -> None:
    found = split(print_one(DISTRICT, 2022, 100) * 2)

    assert len({report.facts.report_id for report in found}) == len(found) == 2


def test_lines_are_counted_from_the_beginning_of_the_file(split: Split) -> None:
    one = print_one(DISTRICT, 2022, 100)
    second = split(one + print_one(TOWN, 2023, 200))[1]

    assert [cell.line for cell in second.cell_list] == [one.count("\n") + 8, one.count("\n") + 9]


def test_table_lines_are_counted_for_each_report_alone(split: Split) -> None:
    found = split(print_one(DISTRICT, 2022, 100) + print_one(TOWN, 2023, 200))

    assert [(report.facts.table_lines, report.facts.table_lines_unused) for report in found] == [(4, 0), (4, 0)]


def test_a_corpus_has_a_row_for_each(tmp_path: Path) -> None:
    path = tmp_path / "reports.txt"
    path.write_text(print_one(DISTRICT, 2022, 100) + print_one(TOWN, 2023, 200), encoding="utf-8")

    corpus = read_reports(path)

    assert [*zip(corpus.reports["agency"], corpus.reports["year"], strict=True)] == [(DISTRICT, 2022), (TOWN, 2023)]
    values = corpus.cells.groupby("report_id", sort=False)["value"].apply(list).tolist()
    assert values == [[102, 103], [202, 203]]


def test_reading_them_as_one_report_says_what_they_are_and_how_to_read_them(tmp_path: Path) -> None:
    path = tmp_path / "reports.txt"
    path.write_text(print_one(DISTRICT, 2022, 100) + print_one(TOWN, 2023, 200), encoding="utf-8")

    with pytest.raises(NotAReportError) as caught:
        read_report(path)

    assert str(caught.value) == (
        f"{path} holds 2 reports ({DISTRICT} 2022, {TOWN} 2023): read them with read_reports({str(path)!r})"
    )


def test_a_title_printed_on_every_page_is_one_report(split: Split) -> None:
    """Text taken from PDF files repeats the title at the head of each page, between tables too."""
    title = f"{BUREAU}2020年政府信息公开工作年度报告\n"
    text = print_one(BUREAU, 2020, 10).replace("第二十条第（六）项", f"{title}第二十条第（六）项")
    fees = "第二十条第（八）项 | |\n信息内容 | 本年收费金额（单位：万元） |\n行政事业性收费 | 7.5 |\n"
    text = text.replace("三、收到和处理", f"{title}{fees}三、收到和处理")

    (report,) = split(text)

    assert figures_of(report) == [12, 13, 7.5]
