"""Oddities of real reports, one by one, with where each was seen; figures are such that a shift would show."""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from gia_analysis import Report
from gia_analysis.documents import read_bytes
from gia_analysis.forms import get_form
from gia_analysis.reading import interpret
from gia_analysis.records import Cell

Read = Callable[[str], Report]
RowOf = Callable[[Report, str, str], list[Cell]]
ValuesOf = Callable[[Report, str, str], list[float | None]]
Print = Callable[..., str]

PROACTIVE = "二、主动公开政府信息情况\n"
REQUESTS = "三、收到和处理政府信息公开申请情况\n"
DISPUTES = "四、政府信息公开行政复议、行政诉讼情况\n"
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
HEAD_OF_2019 = ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"]
HEAD_OF_2021 = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
CHANGES = ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]
APPLICANTS = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]


def rows(*lines: Iterable[str]) -> str:
    """Print rows in layout C."""
    return "".join(f"{' | '.join(line)} |\n" for line in lines)


def block(item: str, *lines: Iterable[str]) -> str:
    return rows([f"第二十条第（{item}）项"], *lines)


def requests(form: str = "2019", **labels: str) -> str:
    """Print the table of requests in layout C: the n-th row holds n01 to n07. Labels may be given by row code."""
    table = get_form(form).table("requests")
    lines = [[CORNER, "申请人情况"], ["自然人", "法人或其他组织", "总计"], APPLICANTS]
    opened: set[str] = set()
    for number, row in enumerate(table.rows, start=1):
        groups = [group for group in table.groups_of(row) if group.code not in opened]
        opened.update(group.code for group in groups)
        lines.append([*(group.zh for group in groups), labels.get(row.code, row.zh), *figures_of(number)])
    return rows(*lines)


def figures_of(number: int) -> list[str]:
    return [str(100 * number + column) for column in range(1, 8)]


def numbered(form: str = "2019") -> dict[str, list[float]]:
    """Return what ``requests`` prints, by row."""
    table = get_form(form).table("requests")
    return {row.code: [float(text) for text in figures_of(number)] for number, row in enumerate(table.rows, start=1)}


def all_of(report: Report, table: str) -> dict[str, list[float | None]]:
    found: dict[str, list[float | None]] = {}
    for cell in report.cell_list:
        if cell.table == table:
            found.setdefault(cell.row, []).append(cell.value)
    return found


def issues_of(report: Report) -> set[str]:
    return {issue.code for issue in report.issue_list} - {"TABLE_MISSING"}


# Labels of article 20


@pytest.mark.parametrize(
    "item", ["第二十条（一）项", "第二十条 第(一)项", "第二十条  第（一）项", "第20条第（1）项", "第20条第(1)项"]
)
def test_the_title_of_a_block_may_be_shortened(read: Read, item: str) -> None:
    """故城 2020 without the second 第, 句容 2025 with blanks; digits are to be expected."""
    text = rows([item], HEAD_OF_2019, ["规章", "1", "2", "34"], ["规范性文件", "5", "6", "78"])

    report = read(PROACTIVE + text)

    assert (report.form, issues_of(report)) == ("2019", set())
    assert all_of(report, "art20_1") == {"regulations": [1, 2, 34], "normative_documents": [5, 6, 78]}


@pytest.mark.parametrize("head", ["现行有效件", "现行有效数", "现行有效 件数"])
def test_the_head_of_documents_in_force_may_be_cut(read: Read, head: str) -> None:
    """天门 2025: 现行有效件."""
    text = block("一", [*HEAD_OF_2021[:3], head], ["规章", "3", "5", "74"], ["行政规范性文件", "564", "984", "4185"])

    report = read(PROACTIVE + text)

    assert report.form == "2021"
    assert all_of(report, "art20_1") == {"regulations": [3, 5, 74], "normative_documents": [564, 984, 4185]}


def test_a_head_broken_in_its_cell_is_one_head(read: Read, bars: Print) -> None:
    """徐水 2020, 浈江 2020: 本年新 / 制作数量, 对外公开 / 总数量."""
    cells = ["第二十条第（一）项", "信息内容", "本年新\n制作数量", "本年新\n公开数量", "对外公开\n总数量"]

    report = read(PROACTIVE + bars(*cells, "规章", "1", "", "34", "规范性文件", "5", "6", "78"))

    assert report.form == "2019"
    assert all_of(report, "art20_1") == {"regulations": [1, None, 34], "normative_documents": [5, 6, 78]}


@pytest.mark.parametrize("head", ["本年增\\减", "本年增＼减", "本年增减", "本年增（减）", "本年增／减"])
def test_the_change_of_the_year_is_written_in_many_ways(read: Read, head: str) -> None:
    """锡山云林 2019: 本年增\\减."""
    text = block(
        "五",
        [*CHANGES[:2], head, CHANGES[3]],
        ["行政许可", "21", "+19", "40"],
        ["其他对外管理服务事项", "2", "-3", "114"],
    )

    report = read(PROACTIVE + text)

    assert all_of(report, "art20_5") == {"licensing": [21, 19, 40], "other_services": [2, -3, 114]}
    assert {cell.form for cell in report.cell_list} == {"2019"}


def test_explanations_in_the_labels_of_traditional_characters_do_not_matter(read: Read) -> None:
    """武汉市生态环境局 2020, on a mirror in the words of Taiwan: the whole second chapter."""
    text = (
        "二、主動公開政府資訊情況\n第二十條第（一）項 | |||\n資訊內容 | 本年新製作數量 | 本年新公開數量 | 對外公開總數量 |\n"
        "規章(設區的市、自治州人民政府應提供相關資料) | | | |\n規範性檔案(行政機關制定發布的規範性檔案) | 2 | 2 | 19 |\n"
        "其他主動公開檔案 | 186 | 86 | 255 |\n"
        "第二十條第（五）項 | |||\n資訊內容 | 上一年專案數量(指2019年事項數) | 本年增/減 | 處理決定數量(指2020年辦件量) |\n"
        "行政許可 | 8 | 5 | 93 |\n其他對外管理服務事項 | 117 | 0 | 165 |\n"
        "第二十條第（六）項 | |||\n資訊內容 | 上一年專案數量(指2019年事項數) | 本年增/減 | 處理決定數量(指2020年辦件量) |\n"
        "行政處罰 | 90 | 0 | 22 |\n行政強制 | 4 | 4 | - |\n"
        "第二十條第（八）項 | |||\n資訊內容 | 上一年專案數量 | 本年增/減 | |\n行政事業性收費 | | | |\n"
    )

    report = read(text)

    first = all_of(report, "art20_1")
    assert first["regulations"] == [None, None, None]
    assert first["normative_documents"] == [2, 2, 19]
    assert [values for row, values in first.items() if row.startswith("unknown:")] == [[186, 86, 255]]
    assert all_of(report, "art20_5") == {"licensing": [8, 5, 93], "other_services": [117, 0, 165]}
    assert all_of(report, "art20_6") == {"penalty": [90, 0, 22], "compulsion": [4, 4, None]}
    assert all_of(report, "art20_8") == {"fees": [None, None]}
    assert report.form == "2019"


@pytest.mark.parametrize("flat", [False, True], ids=["rows", "lines"])
def test_rows_into_which_other_services_are_split_give_it_no_figure(read: Read, flat: bool) -> None:
    """通州新华街道 2019 counts 行政检查 and 行政确认 instead; the block after it is not shifted."""
    text = block(
        "五",
        CHANGES,
        ["行政许可", "8", "5", "3"],
        ["其他对外管理服务事项", "行政检查", "7", "1", "9"],
        ["行政确认", "4", "-1", "6"],
    ) + block("六", CHANGES, ["行政处罚", "25", "-2", "12"], ["行政强制", "15", "2", "11"])

    report = read(PROACTIVE + (re.sub(r"[ |]+", "\n", text) if flat else text) + REQUESTS)

    found = all_of(report, "art20_5")
    assert (found["licensing"], found["other_services"]) == ([8, 5, 3], [None, None, None])
    assert found["unknown:行政确认"] == [4, -1, 6]
    assert all_of(report, "art20_6") == {"penalty": [25, -2, 12], "compulsion": [15, 2, 11]}


@pytest.mark.parametrize("label", ["行政事业性收费（万元）", "行政事业性收费(单位:万元)"])
def test_the_unit_may_stand_in_the_label_of_the_row(read: Read, row_of: RowOf, label: str) -> None:
    """Fees of 2021 in ten thousands of yuan, said once more beside the row."""
    text = block("八", ["信息内容", "本年收费金额（单位：万元）"], [label, "282.1"])

    (cell,) = row_of(read(PROACTIVE + text), "art20_8", "fees")

    assert (cell.value, cell.unit, cell.issue) == (282.1, "万元", None)


# Labels of the table of requests


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("new_received", "一、本年度新收政府信息公开申请数量"),
        ("new_received", "本年新收政府信息公开申请数量"),
        ("carried_in", "二、上年度结转政府信息公开申请数量"),
        ("carried_out", "四、结转下一年度继续办理"),
        ("carried_out", "结转下年度继续办理"),
        ("granted", "（1）予以公开"),
        ("partially_granted", "（二）部分公开"),
        ("denied_safety_stability", "3.危及三安全一稳定"),
        ("denied_safety_stability", '3.危及"三安全一稳定"'),
        ("denied_safety_stability", "3．危及「三安全一稳定」"),
        ("denied_safety_stability", "3、危及‘三安全一稳定’"),
        ("denied_law_prohibits", "2.其他法律行政法规 禁止公开"),
        ("unable_not_held", "1.本机关不掌握\u3000相关政府信息"),
        ("not_processed_reconfirm", "5.要求行政机关确认或者重新出具已获取信息"),
        ("not_processed_reconfirm", "5.要求行政机关确认或重新出具已获取的政府信息"),
        ("results_total", "（七）合计"),
        ("results_total", "（七） 总 计"),
        ("other_handling", "（六）其他处理"),
    ],
)
def test_a_row_of_requests_is_known_by_its_other_labels(read: Read, code: str, label: str) -> None:
    """Quotes and numerals differ from editor to editor; other words are to be expected."""
    report = read(REQUESTS + requests(**{code: label}))

    assert all_of(report, "requests") == numbered()
    assert issues_of(report) == set()


@pytest.mark.parametrize("mark", ["、", "，", ","])
def test_the_two_long_rows_of_2021_may_have_a_comma(read: Read, mark: str) -> None:
    """Seen in a public fixture of 2025: 逾期不补正,行政机关不再处理."""
    codes = ("other_overdue_correction", "other_overdue_fee")
    table = get_form("2021").table("requests")
    labels = {code: table.row_by_code[code].zh.replace("、", mark) for code in codes}

    report = read(REQUESTS + requests("2021", **labels))

    assert all_of(report, "requests") == numbered("2021")
    assert report.form == "2021"


@pytest.mark.parametrize(
    "heads",
    [
        ["商业 企业", "科研 机构", "社会 公益 组织", "法律 服务 机构", "其他"],
        ["商业企业", "科研单位", "公益组织", "法律服务机构", "其它"],
        ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其它"],
    ],
    ids=["blanks", "other-words", "other-character"],
)
def test_kinds_of_applicants_are_known_by_other_labels(read: Read, heads: list[str]) -> None:
    """Blanks inside labels were seen in several reports."""
    report = read(REQUESTS + requests().replace(" | ".join(APPLICANTS), " | ".join(heads)))

    assert all_of(report, "requests") == numbered()
    assert issues_of(report) == set()


@pytest.mark.parametrize("corner", [CORNER.replace("勾稽", "钩稽"), CORNER[1:-1], "", "项目"])
def test_the_sentence_in_the_corner_may_be_other_or_missing(read: Read, corner: str) -> None:
    """A whole sentence in brackets is the first cell of the table."""
    report = read(REQUESTS + requests().replace(CORNER, corner))

    assert all_of(report, "requests") == numbered()


def test_the_order_of_heads_in_flattened_text_moves_no_column(read: Read) -> None:
    """锡山云林 2019: 总计 stands before 自然人, as a cell that spans two rows does when a head is flattened."""
    text = requests().replace("自然人 | 法人或其他组织 | 总计", "总计 | 自然人 | 法人或其他组织")

    report = read(REQUESTS + text)

    assert all_of(report, "requests") == numbered()


def test_other_is_a_row_and_a_column(read: Read, bars: Print) -> None:
    """3.其他 of 2021 stands below heads of which one is 其他; no row ends are marked here."""
    cells = re.split(r" \| | \|\n", requests("2021"))[:-1]

    report = read(REQUESTS + bars(*cells))

    assert all_of(report, "requests") == numbered("2021")


# Figures


def test_two_figures_for_three_columns_are_not_placed(read: Read, row_of: RowOf) -> None:
    """汨罗 2021: 规章 / 3 / 3, then 规范性文件 / 14, the empty cells gone."""
    cells = ["第二十条第（一）项", *HEAD_OF_2021, "规章", "3", "3", "规范性文件", "14"]

    report = read(PROACTIVE + "".join(f"{cell}\n" for cell in cells) + REQUESTS)

    for row, raw in (("regulations", "3 | 3"), ("normative_documents", "14")):
        assert {(cell.value, cell.kind.value, cell.raw) for cell in row_of(report, "art20_1", row)} == {
            (None, "ambiguous", raw)
        }


def test_a_stroke_for_rules_is_not_applicable(read: Read, row_of: RowOf) -> None:
    """Bodies that make no rules print / in 2023."""
    text = block("一", HEAD_OF_2021, ["规章", "/", "/", "/"], ["行政规范性文件", "2", "6", "19"])

    report = read(PROACTIVE + text)

    assert [cell.kind.value for cell in row_of(report, "art20_1", "regulations")] == ["na"] * 3
    assert all_of(report, "art20_1")["normative_documents"] == [2, 6, 19]


@pytest.mark.parametrize(("raw", "value"), [("6054万元", 6054), ("251000元", 25.1), ("1.2亿元", 12_000)])
def test_amounts_of_procurement_are_given_in_ten_thousand_yuan(
    read: Read, row_of: RowOf, raw: str, value: float
) -> None:
    """通济街道 2020, an office in Shanghai 2019; print and unit are kept apart."""
    text = block("九", ["信息内容", "采购项目数量", "采购总金额"], ["政府集中采购", "33", raw])

    items, amount = row_of(read(PROACTIVE + text), "art20_9", "procurement")

    assert (items.value, items.raw) == (33, "33")
    assert (amount.value, amount.unit, amount.raw) == (value, "万元", raw)


def test_an_amount_without_unit_has_none(read: Read, row_of: RowOf) -> None:
    """The form of 2019 gives no unit, and no one can supply it."""
    text = block("九", ["信息内容", "采购项目数量", "采购总金额"], ["政府集中采购", "33", "2560"])

    amount = row_of(read(PROACTIVE + text), "art20_9", "procurement")[1]

    assert (amount.value, amount.unit) == (2560, None)


def test_fees_keep_their_decimals(read: Read, values_of: ValuesOf) -> None:
    """长春新区 2025, one cell a line: 29858 licences, 912 penalties, 5125.11."""
    decisions = ["信息内容", "本年处理决定数量"]
    cells = [
        "第二十条第（五）项", *decisions, "行政许可", "29858", "第二十条第（六）项", *decisions, "行政处罚", "912", "行政强制", "3",
        "第二十条第（八）项", "信息内容", "本年收费金额（单位：万元）", "行政事业性收费", "5125.11",
    ]  # fmt: skip

    report = read(PROACTIVE + "".join(f"{cell}\n" for cell in cells) + REQUESTS)

    assert report.form == "2021"
    assert values_of(report, "art20_5", "licensing") == [29858]
    assert values_of(report, "art20_6", "penalty") + values_of(report, "art20_6", "compulsion") == [912, 3]
    assert values_of(report, "art20_8", "fees") == [5125.11]


@pytest.mark.parametrize("layout", ["rows", "lines", "bars"])
def test_signed_changes_are_read_in_every_layout(read: Read, bars: Print, layout: str) -> None:
    """乌海工信局 2020: 1/0/0, 2/+2/114, 25/-1/0."""
    text = block("五", CHANGES, ["行政许可", "1", "0", "0"], ["其他对外管理服务事项", "2", "+2", "114"])
    text += block("六", CHANGES, ["行政处罚", "25", "-1", "0"], ["行政强制", "8", "增72", "6"])
    cells = re.split(r" \| | \|\n", text)[:-1]
    printed = {"rows": text, "lines": "".join(f"{cell}\n" for cell in cells), "bars": bars(*cells)}[layout]

    report = read(PROACTIVE + printed + REQUESTS)

    assert all_of(report, "art20_5") == {"licensing": [1, 0, 0], "other_services": [2, 2, 114]}
    assert all_of(report, "art20_6") == {"penalty": [25, -1, 0], "compulsion": [8, 72, 6]}


# Tables and what stands around them


def test_a_heading_glued_to_the_cell_after_a_missing_one_is_free(read: Read, tabs: Print, row_of: RowOf) -> None:
    """尧都区县底镇 2020: 政府集中采购 / 2, and the next line is  三、收到和处理….

    The amount is not printed at all: it is absent, and the heading is no cell.
    """
    first = tabs(["第二十条第（九）项"], ["信息内容", "采购项目数量", "采购总金额"], ["政府集中采购", "2"]).rstrip("\n")
    second = tabs([CORNER, "申请人情况"], ["（七）总计", *figures_of(1)], ["四、结转下年度继续办理", *figures_of(2)])

    report = read(f"{PROACTIVE}{first}\n 三、收到和处理政府信息公开申请情况\n\n{second}")

    assert [(cell.value, cell.kind.value) for cell in row_of(report, "art20_9", "procurement")] == [
        (2, "number"), (None, "absent")
    ]  # fmt: skip
    assert [section.title for section in report.section_list if section.title] == [
        "主动公开政府信息情况", "收到和处理政府信息公开申请情况"
    ]  # fmt: skip
    assert all_of(report, "requests")["carried_out"] == [201, 202, 203, 204, 205, 206, 207]


def test_a_row_of_empty_cells_after_the_last_block_is_none(read: Read, bars: Print) -> None:
    """徐水 2020: five empty cells follow the block of procurement."""
    cells = [
        "第二十条第（九）项",
        "信息内容",
        "采购项目数量",
        "采购总金额",
        "政府集中采购",
        "3",
        "8",
        "",
        "",
        "",
        "",
        "",
    ]

    report = read(PROACTIVE + bars(*cells) + REQUESTS + bars(CORNER, "申请人情况"))

    assert all_of(report, "art20_9") == {"procurement": [3, 8]}
    assert issues_of(report) == set()


def test_a_row_and_the_heading_after_it_may_have_the_same_numeral(read: Read) -> None:
    """四、结转下年度继续办理 stands directly before 四、政府信息公开行政复议、行政诉讼情况 in every report on the form."""
    report = read(f"{REQUESTS}{requests()}{DISPUTES}无。\n")

    assert all_of(report, "requests")["carried_out"] == numbered()["carried_out"]
    assert [(section.number, section.title) for section in report.section_list if section.title] == [
        ("三", "收到和处理政府信息公开申请情况"), ("四", "政府信息公开行政复议、行政诉讼情况")
    ]  # fmt: skip


def test_a_head_over_the_page_with_empty_fields_is_no_table_of_the_form(read: Read) -> None:
    """衢江 2020: 有效性: | 文件编号: | |, and figures among the fields."""
    header = "索引号: | 330803-042/2021-46930 | 公开方式: | 主动公开 | ||\n有效性: | 文件编号: | ||||\n页数: | 12 |\n"

    report = read(
        f"{header}一、总体情况\n无。\n{PROACTIVE}{block('六', ['信息内容', '本年处理决定数量'], ['行政处罚', '25'])}"
    )

    assert report.facts.index_number == "330803-042/2021-46930"
    assert [cell.value for cell in report.cell_list if cell.value is not None] == [25]


def test_the_line_of_names_and_phones_below_the_table_gives_no_figure(
    read: Read, sample_paths: Mapping[str, Path], samples: Mapping[str, Report]
) -> None:
    """衢江 2020: head of unit, auditor, phone and date in two cells below the last row."""
    stem = "2020-qujiang-office-affairs-centre"
    text = sample_paths[stem].read_text(encoding="utf-8")
    last = "联系电话: 000000 填报日期:2020.12.29 |"
    assert last in text

    report = read(text.replace(last, "联系电话: 739907 | 16 | 填报日期:2020.12.29 |"))

    assert [cell[:6] for cell in report.cell_list] == [cell[:6] for cell in samples[stem].cell_list]
    assert "unknown" not in "".join(cell.row for cell in report.cell_list)


def test_rows_after_whereof_other_and_dashes_in_the_unit_keep_their_figures(read: Read, values_of: ValuesOf) -> None:
    """衢江 2020: 其中：, 其它 for 其他, and —— as the unit of a heading row."""
    text = rows(
        ["统 计 指 标", "单位", "统计数"],
        ["一、主动公开情况", "——", ""],
        ["（一）主动公开政府信息数", "条", "120"],
        ["其中:主动公开规范性文件数", "条", "7"],
        ["制发规范性文件总数", "件", "3"],
        ["（二）通过不同渠道和方式公开政府信息的情况", "——", ""],
        ["1.政府公报公开政府信息数", "条", "11"],
        ["2.政府网站公开政府信息数", "条", "109"],
        ["5.其它方式公开政府信息数", "条", "13"],
    )

    report = read(f"八、政府信息公开年度统计表\n{text}")

    assert report.form == "2014"
    codes = ["proactive_total", "proactive_normative_documents", "normative_documents_issued"]
    assert [values_of(report, "stats_2014", code) for code in codes] == [[120], [7], [3]]
    assert [values_of(report, "stats_2014", f"channel_{kind}") for kind in ("gazette", "website", "other")] == [
        [11], [109], [13]
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["无", "无。", "无其他需要说明的事项。", "无其他需要报告的事项。", "暂无", "（无）", ""]
)
def test_a_chapter_that_says_nothing_is_a_chapter(read: Read, text: str) -> None:
    """徐水, 县底, 通济 and 衢江 2020 each in other words."""
    report = read(
        f"{PROACTIVE}{block('六', ['信息内容', '本年处理决定数量'], ['行政处罚', '25'])}六、其他需要报告的事项\n{text}\n"
    )

    last = report.section_list[-1]
    assert (last.section, last.number, last.text) == ("other", "六", text)


def test_spam_in_place_of_words_costs_no_figure(read: Read, sample_paths: Mapping[str, Path]) -> None:
    """通济街道 2020: the names of site and district are advertisements; so may be a word of a label."""
    stem = "2020-tongji-subdistrict"
    text = sample_paths[stem].read_text(encoding="utf-8")
    spam = text.replace("街道", "某某app下载").replace("(有规范性文件登记号)", "(某某app下载)")

    found = {(cell.table, cell.row, cell.col): cell.value for cell in read(spam).cell_list}

    assert found == {(cell.table, cell.row, cell.col): cell.value for cell in read(text).cell_list}
    assert found["art20_9", "procurement", "procurement_items"] == 33


def test_lists_in_running_text_are_no_rows(read: Read) -> None:
    """尧都区县底镇 2020: 1、 and 3、 with a blank before them, one with a count; 徐水 2020: 一是 … 二是."""
    text = (
        "一、总体情况\n 1、受理申请\n25\n 2、重复申请两件。\n 3、其他\n一是予以公开3件，二是不予公开4件。\n"
        f"{PROACTIVE}{block('六', ['信息内容', '本年处理决定数量'], ['行政处罚', '17'])}"
    )

    report = read(text)

    assert [(cell.row, cell.value) for cell in report.cell_list if cell.value is not None] == [("penalty", 17)]


def test_chapters_without_official_titles_still_hold_their_tables(read: Read, bars: Print) -> None:
    """杭锦后旗教育局 2020: chapters numbered 一 to 三 with titles of its own."""
    cells = ["第二十条第（五）项", *CHANGES, "行政许可", "126", "增72", "142", "其他对外管理服务事项", "", "", ""]
    procurement = ["第二十条第（九）项", "信息内容", "采购项目数量", "采购总金额", "政府集中采购", "3", "2560万元"]

    report = read(f"一、工作开展情况\n有序推进。\n{bars(*cells, *procurement)}二、下一步打算\n加强学习。\n")

    assert all_of(report, "art20_5") == {"licensing": [126, 72, 142], "other_services": [None, None, None]}
    assert all_of(report, "art20_9") == {"procurement": [3, 2560]}


# Placed in no cell, and said


def test_lines_of_a_table_that_went_into_no_cell_are_counted(read: Read) -> None:
    """A line of a table that says nothing to the form is no loss without trace."""
    text = block("六", ["信息内容", "本年处理决定数量"], ["行政处罚", "25"], ["行政强制", "17"])
    other = rows(["预算单位", "负责人"], ["甲", "乙"], ["丙", "丁"])

    facts = read(PROACTIVE + text).facts
    beside = read(PROACTIVE + text + "本单位另有下表。\n" + other).facts

    assert (facts.table_lines, facts.table_lines_unused) == (4, 0)
    assert (beside.table_lines, beside.table_lines_unused) == (7, 3)


def test_bytes_that_were_not_readable_are_said_and_make_the_reading_partial() -> None:
    """A page cut and joined in the wrong place leaves half a character."""
    text = (
        PROACTIVE + block("六", ["信息内容", "本年处理决定数量"], ["行政处罚", "25"], ["行政强制", "17"]) + "无。" * 40
    )
    data = text.encode("gb18030").replace("无".encode("gb18030"), b"\xff", 2)

    (report,) = interpret(read_bytes(data, "report.txt"))

    (issue,) = (issue for issue in report.issue_list if issue.code == "BYTES_UNREADABLE")
    assert issue.message == "gb18030: 2"
    assert report.facts.status == "partial"
    assert all_of(report, "art20_6") == {"penalty": [25], "compulsion": [17]}


def test_a_row_split_into_parts_keeps_each_part_as_a_row_of_its_own(read: Read) -> None:
    """通州新华街道 2019 splits 其他对外管理服务事项 into inspections and confirmations."""
    report = read(
        "第二十条第（五）项 | | | | |\n信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 | |\n行政许可 | 2 | 3 | 5 | |\n"
        "其他对外管理服务事项 | 行政检查 | 7 | 1 | 9 |\n行政确认 | 4 | -1 | 6 | |\n"
    )

    found: dict[str, list[float | None]] = {}
    for cell in report.cell_list:
        found.setdefault(cell.row, []).append(cell.value)
    assert found == {
        "licensing": [2, 3, 5],
        "other_services": [None, None, None],
        "unknown:行政检查": [7, 1, 9],
        "unknown:行政确认": [4, -1, 6],
    }
