"""Which lines open a chapter: the wordings met in reports of 2008 to 2025, and the rows that only look like one."""

import pytest

from gia_analysis.forms import forms
from gia_analysis.reading.headings import Heading, read_heading

ROW_LABELS = sorted(
    {item.zh for form in forms().values() for table in form.tables for item in (*table.rows, *table.groups)}
    - {"行政复议", "行政诉讼"}
)


@pytest.mark.parametrize(
    ("title", "section"),
    [
        ("总体情况", "overview"), ("工作概况", "overview"), ("概述", "overview"), ("概况", "overview"),
        ("基本情况", "overview"), ("情况概述", "overview"),
        ("主动公开政府信息情况", "proactive"), ("主动公开政府信息的情况", "proactive"),
        ("行政机关主动公开政府信息情况", "proactive"), ("主动公开政务信息情况", "proactive"),
        ("主动公开政府政府情况", "proactive"),
        ("收到和处理政府信息公开申请情况", "requests"), ("收到和处理政府信息公开的申请情况", "requests"),
        ("依申请公开政府信息情况", "requests"), ("依申请公开政府信息和不予公开政府信息的情况", "requests"),
        ("依申请公开、不予公开及咨询政府信息情况", "requests"),
        ("政府信息公开行政复议、行政诉讼情况", "disputes"),
        ("因政府信息公开被申请行政复议、提起行政诉讼情况", "disputes"),
        ("因政府信息公开工作被申请行政复议、提起行政诉讼情况", "disputes"),
        ("因政府信息公开申请行政复议、提起行政诉讼的情况", "disputes"), ("申请行政复议、提起行政诉讼情况", "disputes"),
        ("存在的主要问题及改进情况", "problems"), ("存在的主要问题及改进措施", "problems"),
        ("存在的主要问题和改进措施", "problems"), ("存在问题及改进情况", "problems"),
        ("政府信息公开工作存在的主要问题及改进情况", "problems"),
        ("其他需要报告的事项", "other"), ("其他需要报告事项", "other"), ("其他需要说明的事项", "other"),
        ("其他事项", "other"), ("需要说明的事项与附表", "other"),
        ("收费及减免情况", "fees"), ("政府信息公开的收费及减免情况", "fees"), ("政府支出与收费情况", "fees"),
        ("咨询处理情况", "consultation"),
        ("政府信息公开年度统计表", "statistics"), ("附件：政府信息公开情况统计表", "statistics"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("printed", ["{}", "五、{}", "十一、{}", " 三、{}：", "　二、{}", "第四部分 {}", "六,{}"])
def test_a_known_wording_opens_its_chapter_with_and_without_numeral(title: str, section: str, printed: str) -> None:
    heading = read_heading(printed.format(title))

    assert heading is not None
    assert heading.section == section


@pytest.mark.parametrize(
    ("line", "number"),
    [("三、总体情况", "三"), ("十一、总体情况", "十一"), ("第二部分 总体情况", "二"), ("总体情况", None)],
)
def test_the_numeral_is_kept_as_printed(line: str, number: str | None) -> None:
    assert read_heading(line) == Heading("overview", number, "总体情况")


@pytest.mark.parametrize("label", ROW_LABELS)
def test_a_row_of_a_statutory_table_opens_no_chapter(label: str) -> None:
    """四、结转下年度继续办理 stands right before chapter four; the form of 2014 numbers its rows 一 to 九."""
    assert read_heading(label) is None


@pytest.mark.parametrize(
    "label",
    [
        "四、结转下一年度继续办理",
        "一、本年度新收政府信息公开申请数量",
        "三、 本年度 办理结果",
        "五、行政诉讼数量",
        "行政复议",
        "行政诉讼",
    ],
)
def test_other_printed_forms_of_a_row_open_no_chapter(label: str) -> None:
    assert read_heading(label) is None


@pytest.mark.parametrize(
    "line",
    [
        "（一）主动公开情况",
        "(四)平台建设情况",
        "1.主动公开情况",
        "2、依申请公开情况",
        "一是主动公开政府信息情况",
        "2020年，主动公开政府信息情况良好。",
        "下面报告总体情况",
        "本报告由总体情况、主动公开政府信息情况、其他需要报告的事项等六部分组成",
        "其他",
        "总计",
        "无",
        "",
        "\u3000",
    ],
)
def test_running_text_opens_no_chapter(line: str) -> None:
    assert read_heading(line) is None


def test_a_line_longer_than_forty_characters_opens_no_chapter() -> None:
    line = "存在的主要问题" + "　" * 40 + "改进情况"

    assert read_heading(line) is None


def test_a_full_stop_makes_a_sentence() -> None:
    assert read_heading("三、收到和处理政府信息公开申请情况。") is None
