"""Which lines open a chapter or a sub-chapter: wordings met in reports of 2008 to 2025, and rows that only look like one."""

import pytest

from gia_analysis.forms import forms, section_kinds
from gia_analysis.forms.sections import subsection_kinds
from gia_analysis.reading.headings import Heading, read_heading, read_heading_in_text, read_subheading

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
        ("政府信息公开工作总体情况", "overview"), ("2020年政府信息公开工作概述", "overview"), ("总体概况", "overview"),
        ("主动公开情况", "proactive"), ("政府信息主动公开情况", "proactive"), ("主动公开政府信息内容", "proactive"),
        ("政府信息公开申请情况", "requests"), ("收到和处理政府信息公开申请的情况", "requests"),
        ("收到及处理政府信息公开申请情况", "requests"), ("处理政府信息公开申请情况", "requests"),
        ("政府信息公开申请办理情况", "requests"), ("收到和处里信息公开申请情情况", "requests"),
        ("政府信息依申请公开情况", "requests"), ("不予公开政府信息的情况", "refusals"),
        ("因政府信息公开引起的行政复议及行政诉讼情况", "disputes"), ("行政复议与诉讼情况", "disputes"),
        ("政府信息公开行政复议和行政诉讼", "disputes"), ("复议、诉讼和申诉情况", "disputes"),
        ("政府信息公开工作存在的问题及改进措施", "problems"), ("存在的不足和下一步打算", "problems"),
        ("存在的主要困难", "problems"), ("主要问题及改进措施", "problems"), ("问题与改进", "problems"),
        ("存在的主要问题和改进情况", "problems"), ("工作中存在的主要问题和改进措施", "problems"),
        ("其它需要报告的事项", "other"), ("其他应报告的事项", "other"), ("其他需报告的事项", "other"),
        ("其他需要报告的情况", "other"), ("需要报告的其他事项", "other"), ("其他需要报告的重要事项", "other"),
        ("政府信息公开收费情况", "fees"), ("政府信息公开工作情况统计表", "statistics"),
        ("政府信息公开年度统计表", "statistics"), ("附件：政府信息公开情况统计表", "statistics"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "printed",
    [
        "{}", "五、{}", "十一、{}", " 三、{}：", "　二、{}", "第四部分 {}", "六,{}", "二、二、{}", "五、、{}", "三　{}", "第一章　{}",
        "第三部分、三、{}", "## 四、{}", "**二、{}**", "■ {}:",
    ],
)  # fmt: skip
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


@pytest.mark.parametrize(
    ("line", "number"), [("二、二、总体情况", "二"), ("第三部分 一、总体情况", "三"), ("四　总体情况", "四")]
)
def test_a_numeral_printed_twice_counts_once(line: str, number: str) -> None:
    assert read_heading(line) == Heading("overview", number, "总体情况")


@pytest.mark.parametrize(
    ("title", "section"),
    [
        ("主动公开", "proactive"), ("依申请公开", "requests"), ("存在问题", "problems"), ("其他", "other"),
        ("收费情况", "fees"), ("机构建设及人员情况", "staff"), ("从事政府信息公开工作人员情况", "staff"),
        ("重点领域政府信息公开情况", "key_areas"), ("政策解读和回应关切情况", "responses"),
        ("回应解读工作情况", "responses"), ("人大建议和政协提案办理结果公开情况", "proposals"),
        ("下一步工作打算", "plans"), ("改进措施", "plans"), ("政府信息公开工作情况", "overview"),
    ],
)  # fmt: skip
def test_a_short_title_opens_its_chapter_with_a_numeral(title: str, section: str) -> None:
    heading = read_heading(f"七、{title}")

    assert heading is not None
    assert heading.section == section


@pytest.mark.parametrize("title", ["主动公开", "其他", "机构和人员情况", "回应解读情况", "下一步工作打算", "改进措施"])
def test_a_short_title_without_a_numeral_opens_no_chapter(title: str) -> None:
    assert read_heading(title) is None


@pytest.mark.parametrize("line", ["一、主动公开情况", "二、回应解读情况", "三、依申请公开情况"])
def test_a_row_that_reads_like_a_chapter_opens_one_only_outside_tables(line: str) -> None:
    """Three groups of the form of 2014."""
    assert read_heading(line) is None
    assert read_heading_in_text(line) is not None


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
        "本年度无行政复议、行政诉讼情况",
        "未发生行政复议、行政诉讼",
        "没有其他需要报告的事项",
        "一）主动公开情况",
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


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("主动公开", "proactive_disclosure"), ("主动公开情况", "proactive_disclosure"),
        ("主动公开政府信息情况", "proactive_disclosure"), ("政府信息主动公开方面", "proactive_disclosure"),
        ("依申请公开", "on_request"), ("依申请公开情况", "on_request"), ("依申请公开工作", "on_request"),
        ("收到和处理政府信息公开申请情况", "on_request"),
        ("政府信息管理", "information_management"), ("政府信息管理情况", "information_management"),
        ("政府信息资源规范化、标准化管理", "information_management"), ("加强信息管理工作", "information_management"),
        ("平台建设", "platform"), ("政府信息公开平台建设情况", "platform"), ("政务公开平台建设方面", "platform"),
        ("网站平台建设", "platform"),
        ("监督保障", "supervision"), ("监督保障情况", "supervision"), ("强化监督保障工作", "supervision"),
        ("监督考核", "supervision"), ("组织保障", "supervision"), ("教育培训和监督保障", "supervision"),
        ("存在问题", "shortcomings"), ("存在的主要问题", "shortcomings"), ("主要不足", "shortcomings"),
        ("改进措施", "improvements"), ("改进情况", "improvements"), ("下一步工作打算", "improvements"),
        ("收取信息处理费情况", "processing_fee"),
        ("措施及成效", "other_topic"), ("公开形式", "other_topic"), ("加强组织领导，夯实工作基础", "other_topic"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("printed", "number", "rest"),
    [
        ("（一）{}", "一", ""), ("(四){}", "四", ""), ("　（三） {}：", "三", ""), ("（四）（四）{}", "四", ""),
        ("（二）、{}", "二", ""), ("五）{}", "五", ""), ("（一）{}。本年度共公开信息3条。", "一", "本年度共公开信息3条。"),
        ("(二){}:全年平稳。", "二", "全年平稳。"),
    ],
)  # fmt: skip
def test_a_sub_chapter_is_opened_by_its_heading_on_a_line_of_its_own_or_before_the_text(
    title: str, topic: str, printed: str, number: str, rest: str
) -> None:
    assert read_subheading(printed.format(title)) == Heading(topic, number, title, 2, rest)


def test_a_known_sub_chapter_may_run_into_its_sentence() -> None:
    heading = read_subheading("（一）主动公开方面，本年度公开信息3条。")

    assert heading == Heading("proactive_disclosure", "一", "主动公开方面", 2, "本年度公开信息3条。")


@pytest.mark.parametrize("label", [*ROW_LABELS, "（五）其他处理", "（二）予以公开", "（一）总计", "（三）不予公开："])
def test_a_row_of_a_statutory_table_opens_no_sub_chapter(label: str) -> None:
    assert read_subheading(label) is None


@pytest.mark.parametrize(
    "line",
    [
        "（一）公开内容还不够全面。",
        "（二）全年收到申请12件，均已答复",
        "（一）本年度各部门围绕群众关切的重点领域持续做好公开工作并及时回应社会关切和舆情热点",
        "1.主动公开情况",
        "（1）主动公开情况",
        "一、主动公开情况",
        "一是主动公开情况",
        "主动公开情况",
        "（一）",
        "（一）予以公开 | 1 | 0 |",
        "",
    ],
)
def test_sentences_and_lower_levels_open_no_sub_chapter(line: str) -> None:
    assert read_subheading(line) is None


def test_chapters_and_sub_chapters_have_no_code_in_common() -> None:
    assert set(section_kinds()) & set(subsection_kinds()) == set()
