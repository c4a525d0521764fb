"""One report as an analyst holds it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pandas as pd
import pytest

from gia_analysis import FormError, Report, show
from gia_analysis.schema import TABLES, Kind, build

XUSHUI = "2020-xushui-government-office"
TONGJI = "2020-tongji-subdistrict"
QUJIANG = "2020-qujiang-office-affairs-centre"
ZHENJIANG = "2020-zhenjiang-government-office"


def test_a_table_has_the_rows_and_columns_of_the_form_in_codes(samples: Mapping[str, Report]) -> None:
    table = samples[TONGJI].table("requests")

    assert table.shape == (23, 7)
    assert table.loc["new_received"].tolist() == [2, 0, 0, 0, 0, 0, 2]
    assert table.loc["carried_out", "total"] == 1


def test_a_blank_is_missing_in_a_table_and_not_zero(samples: Mapping[str, Report]) -> None:
    table = samples[XUSHUI].table("requests")

    assert table.isna().sum().sum() == 126
    assert pd.isna(table.loc["granted", "total"])
    assert table.loc["unable_not_held", "total"] == 1


@pytest.mark.parametrize(
    ("labels", "row", "column"),
    [
        ("codes", "denied_state_secret", "legal_service"),
        ("zh", "1.属于国家秘密", "法律服务机构"),
        ("en", "State secrets", "Legal service bodies"),
    ],
)
def test_a_table_is_labelled_as_wanted(samples: Mapping[str, Report], labels: str, row: str, column: str) -> None:
    table = samples[TONGJI].table("requests", labels=labels)  # type: ignore[arg-type]

    assert table.loc[row, column] == 0


def test_labels_are_those_of_the_form_that_the_report_is_on(samples: Mapping[str, Report]) -> None:
    table = samples[TONGJI].table("art20_1", labels="zh")

    assert list(table.index) == ["规章", "规范性文件"]
    assert list(table.columns) == ["本年新制作数量", "本年新公开数量", "对外公开总数量"]


def test_counts_are_whole_numbers_and_money_may_have_a_fraction(read: Callable[[str], Report]) -> None:
    report = read(
        "第二十条第（六）项 | | |\n信息内容 | 本年处理决定数量 | |\n行政处罚 | 912 | |\n行政强制 | | |\n"
        "第二十条第（八）项 | | |\n信息内容 | 本年收费金额（单位：万元） | |\n行政事业性收费 | 5125.11 | |\n"
    )

    assert str(report.table("art20_6").dtypes["decisions"]) == "Int64"
    assert report.table("art20_8").loc["fees", "fee_amount"] == 5125.11


def test_a_row_that_the_form_does_not_have_stands_last(read: Callable[[str], Report]) -> None:
    report = read(
        "第二十条第（六）项 | | |\n信息内容 | 本年处理决定数量 | |\n"
        "行政处罚 | 3 | |\n行政检查 | 7 | |\n行政强制 | 0 | |\n"
    )

    table = report.table("art20_6", labels="zh")

    assert table["本年处理决定数量"].to_dict() == {"行政处罚": 3, "行政强制": 0, "行政检查": 7}


def test_requests_and_disputes_are_the_tables_in_official_labels(samples: Mapping[str, Report]) -> None:
    report = samples[TONGJI]

    pd.testing.assert_frame_equal(report.requests, report.table("requests", labels="zh"))
    pd.testing.assert_frame_equal(report.disputes, report.table("review_litigation", labels="zh"))


def test_a_table_knows_its_title(samples: Mapping[str, Report]) -> None:
    assert samples[TONGJI].table("requests", labels="zh").attrs["title"] == "收到和处理政府信息公开申请情况"
    assert samples[TONGJI].table("requests", labels="en").attrs["title"].startswith("Requests received")


def test_an_unknown_table_names_the_nearest_and_the_file(samples: Mapping[str, Report]) -> None:
    with pytest.raises(FormError, match=r"unknown table 'request' in .*2020-tongji.*did you mean 'requests'"):
        samples[TONGJI].table("request")


def test_a_table_of_another_form_is_unknown(samples: Mapping[str, Report]) -> None:
    with pytest.raises(FormError, match="'requests'.*known are 'stats_2014'"):
        samples[QUJIANG].table("requests")


def test_tables_are_named_in_the_order_of_the_report(samples: Mapping[str, Report]) -> None:
    expected = ("art20_1", "art20_5", "art20_6", "art20_8", "art20_9", "requests", "review_litigation")

    assert samples[TONGJI].tables() == expected


@pytest.mark.parametrize("name", [name for name in TABLES if name != "reports"])
def test_every_frame_has_the_columns_of_the_schema_and_the_key_of_the_report(
    samples: Mapping[str, Report], name: str
) -> None:
    report = samples[ZHENJIANG]

    frame = getattr(report, name)

    pd.testing.assert_series_equal(frame.dtypes, build(name).dtypes)
    assert set(frame["report_id"]) <= {report.facts.report_id}


def test_sections_and_figures_are_counted_from_zero(samples: Mapping[str, Report]) -> None:
    report = samples[ZHENJIANG]

    assert report.sections["order"].tolist() == list(range(len(report.section_list)))
    assert report.figures["order"].tolist() == list(range(len(report.figure_list)))


def test_findings_are_the_checks_that_failed(samples: Mapping[str, Report]) -> None:
    report = samples[QUJIANG]

    assert len(report.findings) == 5
    assert len(report.checks) > len(report.findings)


@pytest.mark.parametrize(
    "fact",
    [
        "通济街道办事处 2020 年度", "2020-tongji-subdistrict.txt", "2019", "34/34", "数字 198", "2 件",
        "100.0 % (20.7–100.0) = 1 / 1", "核验发现 2 处", "NARR_REQUESTS",
    ],
)  # fmt: skip
def test_its_text_and_its_page_hold_the_facts(samples: Mapping[str, Report], fact: str) -> None:
    report = samples[TONGJI]

    assert fact in repr(report)
    assert fact in report._repr_html_()


@pytest.mark.parametrize(
    "fact", ["2020", "Requests received", "Disclosure rate, broad", "number 198", "usually holds", "row labels 34/34"]
)
def test_its_card_speaks_english(samples: Mapping[str, Report], fact: str) -> None:
    assert fact in samples[TONGJI].card("en").text()


def test_its_card_counts_the_table_lines_that_were_not_used(samples: Mapping[str, Report]) -> None:
    facts = replace(samples[TONGJI].facts, table_lines=1234, table_lines_unused=7)
    report = replace(samples[TONGJI], facts=facts)

    assert "表格中未归入标签或单元格的行 7/1,234" in repr(report)
    assert "table lines in no label or cell 7/1,234" in report.card("en").text()


def test_its_card_does_not_speak_of_table_lines_that_were_not_counted(samples: Mapping[str, Report]) -> None:
    facts = replace(samples[TONGJI].facts, table_lines=None, table_lines_unused=None)

    assert "未归入" not in repr(replace(samples[TONGJI], facts=facts))


@pytest.mark.parametrize("kind", [each.value for each in Kind])
def test_there_is_a_count_of_cells_for_every_kind(samples: Mapping[str, Report], kind: str) -> None:
    facts = replace(samples[TONGJI].facts, **{f"cells_{kind}": 3})

    assert replace(samples[TONGJI], facts=facts).frames.reports[f"cells_{kind}"].tolist() == [3]


def test_sections_say_their_level_and_what_opened_them(samples: Mapping[str, Report]) -> None:
    sections = samples[XUSHUI].sections.set_index("section")

    assert sections.loc["overview", ["level", "opened_by"]].tolist() == [1, "heading"]
    assert sections.loc["platform", ["level", "opened_by"]].tolist() == [2, "heading"]
    assert pd.isna(sections.loc["preamble", "opened_by"])


def test_its_card_says_why_a_rate_is_missing(samples: Mapping[str, Report]) -> None:
    assert "— （所需单元格为空白）" in repr(samples[XUSHUI])
    assert "— (a cell it needs is blank)" in samples[XUSHUI].card("en").text()


def test_what_was_printed_is_escaped_on_its_page(samples: Mapping[str, Report]) -> None:
    attack = "<script>alert(1)</script>局"
    facts = replace(samples[TONGJI].facts, agency=attack, source="<b>.txt")

    page = replace(samples[TONGJI], facts=facts)._repr_html_()

    assert "<script>" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;局" in page


def test_what_was_printed_in_a_cell_is_escaped_where_it_is_shown(read: Callable[[str], Report]) -> None:
    report = read(
        "第二十条第（六）项 | | |\n信息内容 | 本年处理决定数量 | |\n"
        "行政处罚 | <script>alert(1)</script> | |\n行政强制 | 0 | |\n"
    )

    page = show(report.cells[["row", "raw"]], "raw")._repr_html_()

    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_report_without_tables_shows_itself(read: Callable[[str], Report]) -> None:
    report = read("吴起县周湾镇人民政府2021年政府信息公开工作年度报告\n正文见附件。\n")

    assert "吴起县周湾镇人民政府 2021 年度" in repr(report)
    assert "部分读取" in repr(report)
