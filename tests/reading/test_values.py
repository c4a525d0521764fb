"""The number reader, against what was printed in real reports and in the wordings one has to expect."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gia_analysis.forms import CellType
from gia_analysis.reading.values import UNCLEAR_UNIT, PrintedValue, is_unit, read_numeral, read_value, unit_in_label
from gia_analysis.schema import Kind


@pytest.mark.parametrize("raw", ["0", "\u00a00", "\u3000\u3000 0", "0\u00a0", "\t0\n", "０"])
def test_a_zero_with_blanks_around_it_is_zero(raw: str) -> None:
    """No-break and ideographic spaces stand around 330 digits of two of the samples."""
    assert read_value(raw) == PrintedValue(0.0, None, Kind.NUMBER)


@pytest.mark.parametrize("raw", ["", " ", "\u00a0", "\u3000\u3000", "\u200b", "\n"])
@pytest.mark.parametrize("cell_type", ["count", "signed", "money"])
def test_an_empty_cell_is_blank_and_not_zero(raw: str, cell_type: CellType) -> None:
    assert read_value(raw, cell_type, "件") == PrintedValue(None, None, Kind.BLANK)


@pytest.mark.parametrize(
    "raw", ["-", "—", "——", "–", "－", "/", "／", "\\", "N/A", "n/a", "不适用", "不涉及", "无", " 无 "]
)
def test_a_mark_for_not_applicable_has_no_value(raw: str) -> None:
    assert read_value(raw) == PrintedValue(None, None, Kind.NA)


@pytest.mark.parametrize(
    ("raw", "value", "unit"),
    [
        ("12件", 12, "件"), ("12 条", 12, "条"), ("0件", 0, "件"), ("3次", 3, "次"), ("5项", 5, "项"), ("1个", 1, "个"),
        ("2人", 2, "人"), ("2人次", 2, "人次"), ("7篇", 7, "篇"), ("4起", 4, "起"), ("6宗", 6, "宗"), ("8份", 8, "份"),
    ],
)  # fmt: skip
def test_a_counter_becomes_the_unit(raw: str, value: float, unit: str) -> None:
    assert read_value(raw) == PrintedValue(value, unit, Kind.NUMBER)


@pytest.mark.parametrize("raw", ["1,234", "1，234", "1 234", "1\u00a0234", "1234", "１２３４", "１，２３４"])
def test_thousands_may_be_parted(raw: str) -> None:
    assert read_value(raw) == PrintedValue(1234.0, None, Kind.NUMBER)


@pytest.mark.parametrize("raw", ["12 34", "0 0", "1 2345", "1 23", "3\n0"])
def test_blanks_elsewhere_part_two_figures(raw: str) -> None:
    assert read_value(raw) == PrintedValue(None, None, Kind.TEXT, "SEVERAL_FIGURES")


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("+19", 19),
        ("增72", 72),
        ("增加72", 72),
        ("-1", -1),
        ("－1", -1),
        ("—1", -1),
        ("减3", -3),
        ("减少3", -3),
        ("+2项", 2),
        ("0", 0),
    ],
)
def test_a_change_may_be_signed_or_worded(raw: str, value: float) -> None:
    """+19 南源街道, 增72 杭锦后旗教育局, -1 乌海工信局, all of 2020."""
    found = read_value(raw, "signed")

    assert (found.value, found.kind, found.issue) == (value, Kind.NUMBER, None)


@pytest.mark.parametrize(
    ("raw", "value", "issue"),
    [("-1", -1, "NEGATIVE"), ("减3", -3, "NEGATIVE"), ("+19", 19, "SIGN_IN_COUNT"), ("增72", 72, "SIGN_IN_COUNT")],
)
def test_a_sign_in_a_count_is_kept_with_an_issue(raw: str, value: float, issue: str) -> None:
    assert read_value(raw) == PrintedValue(value, None, Kind.NUMBER, issue)


@pytest.mark.parametrize(
    ("raw", "value"),
    [("6054万元", 6054), ("2560万元", 2560), ("251000元", 25.1), ("1.2亿元", 12_000), ("６０５４万元", 6054),
     ("6,054 万元", 6054), ("3.16亿", 31_600), ("1.2万", 1.2), ("0万元", 0), ("0元", 0), ("0.05万元", 0.05)],
)  # fmt: skip
def test_money_with_a_unit_is_given_in_ten_thousand_yuan(raw: str, value: float) -> None:
    """6054万元 is of a sample, 2560万元 of 杭锦后旗教育局 2020, 251000元 of a Shanghai office 2019."""
    assert read_value(raw, "money") == PrintedValue(value, "万元", Kind.NUMBER)


@pytest.mark.parametrize("raw", ["2560", "0", "25.1"])
def test_money_without_a_unit_has_none_where_the_form_gives_none(raw: str) -> None:
    assert read_value(raw, "money") == PrintedValue(float(raw), None, Kind.NUMBER)


@pytest.mark.parametrize(
    ("raw", "value"), [("5125.11", 5125.11), ("282.1", 282.1), ("0.00", 0.0), ("316441", 316441.0)]
)
def test_money_without_a_unit_has_that_of_the_form(raw: str, value: float) -> None:
    """5125.11 长春新区 2025, 282.1 a bureau 2021: both under 本年收费金额（单位：万元）."""
    assert read_value(raw, "money", "万元") == PrintedValue(value, "万元", Kind.NUMBER)


def test_yuan_are_converted_also_where_the_form_asks_for_ten_thousands() -> None:
    assert read_value("251000元", "money", "万元") == PrintedValue(25.1, "万元", Kind.NUMBER)


def test_a_count_in_ten_thousands_is_multiplied() -> None:
    assert read_value("1.2万", "count", "件") == PrintedValue(12_000.0, "件", Kind.NUMBER)


@pytest.mark.parametrize(
    ("raw", "value", "issue"), [("2.5", 2.5, "FRACTION_IN_COUNT"), ("12元", 12.0, "MONEY_IN_COUNT")]
)
def test_a_figure_that_no_count_can_be_is_kept_with_an_issue(raw: str, value: float, issue: str) -> None:
    found = read_value(raw)

    assert (found.value, found.kind, found.issue) == (value, Kind.NUMBER, issue)


def test_a_count_in_a_money_cell_is_kept_with_an_issue() -> None:
    found = read_value("33项", "money", "万元")

    assert (found.value, found.unit, found.issue) == (33.0, "项", "COUNTER_IN_MONEY")


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("零", 0),
        ("〇", 0),
        ("一", 1),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("三件", 3),
    ],
)
def test_a_chinese_numeral_is_a_number(raw: str, value: float) -> None:
    found = read_value(raw)

    assert (found.value, found.kind) == (value, Kind.NUMBER)


@pytest.mark.parametrize(
    ("raw", "value"), [("三千", 3_000), ("十二万", 120_000), ("二〇二〇", 2020), ("两千三百万", 23_000_000)]
)
def test_a_long_chinese_numeral_is_read(raw: str, value: int) -> None:
    assert read_numeral(raw) == value


@pytest.mark.parametrize("text", ["", "十几", "若干", "百分之"])
def test_what_is_no_numeral_is_none(text: str) -> None:
    assert read_numeral(text) is None


@pytest.mark.parametrize("raw", ["O", "o", "Ｏ"])
def test_a_letter_for_zero_is_zero_with_an_issue(raw: str) -> None:
    assert read_value(raw) == PrintedValue(0.0, None, Kind.NUMBER, "LETTER_FOR_DIGIT")


@pytest.mark.parametrize("raw", ["200余", "约200", "近300", "十余", "20多件", "上百"])
def test_an_approximate_figure_has_no_value(raw: str) -> None:
    found = read_value(raw)

    assert (found.value, found.kind) == (None, Kind.TEXT)


@pytest.mark.parametrize(
    "raw", ["见附件", "略", "详见附件1", "同上", "第二十条第（五）项", "=SUM(B2:B8)", "1/2", "12%", "3-5", "#REF!"]
)
def test_words_have_no_value(raw: str) -> None:
    found = read_value(raw)

    assert (found.value, found.kind) == (None, Kind.TEXT)


@pytest.mark.parametrize("raw", ["1,23", "12,34", "1234,567", ",123", "1,234,56"])
def test_a_comma_in_the_wrong_place_is_no_thousands_separator(raw: str) -> None:
    found = read_value(raw)

    assert (found.value, found.kind) == (None, Kind.TEXT)


@pytest.mark.parametrize("raw", ["104\n105", "1\n234", "12\n345\n678"])
def test_figures_on_several_lines_are_several_figures(raw: str) -> None:
    """Where the mark between two cells is lost, 104 and 105 must not become 104,105."""
    assert read_value(raw) == PrintedValue(None, None, Kind.TEXT, "SEVERAL_FIGURES")


@given(st.text(max_size=50), st.sampled_from(["count", "signed", "money"]))
def test_a_value_is_given_exactly_where_a_number_was_read(raw: str, cell_type: CellType) -> None:
    found = read_value(raw, cell_type)

    assert (found.value is not None) == (found.kind is Kind.NUMBER)


@given(
    st.text("0123456789零一二三百千万亿元件,. 减+-增约余\u00a0０", max_size=12),
    st.sampled_from(["count", "signed", "money"]),
)
def test_whatever_looks_like_a_figure_never_raises(raw: str, cell_type: CellType) -> None:
    found = read_value(raw, cell_type)

    assert (found.value is not None) == (found.kind is Kind.NUMBER)


@given(st.integers(0, 10**12))
def test_every_whole_number_is_read_as_it_is_printed(number: int) -> None:
    plain, grouped, wide = (
        str(number),
        f"{number:,}",
        str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    )

    assert {read_value(raw).value for raw in (plain, grouped, wide)} == {float(number)}


@pytest.mark.parametrize(
    "mark", ["①", "⑳", "❶", "⑴", "¹", "²³", "*", "＊", "※", "†", "[1]", "[12]", "注", "注1", "（注）", "(注2)"]
)
def test_a_footnote_mark_is_no_digit_and_is_said(mark: str) -> None:
    """Compatibility normalisation would make 121 of 12①."""
    assert read_value(f"12{mark}") == PrintedValue(12.0, None, Kind.NUMBER, "FOOTNOTE")


@pytest.mark.parametrize(
    ("raw", "cell_type", "value", "unit"),
    [("12件①", "count", 12, "件"), ("6054万元*", "money", 6054, "万元"), ("1,006※", "count", 1006, None)],
)
def test_a_footnote_mark_may_stand_behind_the_unit(
    raw: str, cell_type: CellType, value: float, unit: str | None
) -> None:
    assert read_value(raw, cell_type) == PrintedValue(value, unit, Kind.NUMBER, "FOOTNOTE")


@pytest.mark.parametrize("raw", ["①", "[1]", "注1", "(1)", "约12①", "12[3", "12（3）", "12【1】", "12^1"])
def test_a_mark_without_figure_or_of_another_kind_is_no_figure(raw: str) -> None:
    assert read_value(raw).value is None


def test_a_mark_for_not_applicable_is_no_footnote() -> None:
    assert read_value("*").kind is Kind.NA


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("1O", 10),
        ("lO6", 106),
        ("I2", 12),
        ("丨7", 17),
        ("O.5", 0.5),
        ("l,OO6", 1006),
        ("-l2", -12),
        ("o", 0),
        ("O0", 0),
    ],
)
def test_a_letter_among_digits_is_the_digit_it_looks_like(raw: str, value: float) -> None:
    assert read_value(raw, "signed" if raw != "O.5" else "money") == PrintedValue(
        value, None, Kind.NUMBER, "LETTER_FOR_DIGIT"
    )


@pytest.mark.parametrize("raw", ["Ol", "OO", "ll", "B2", "S5", "1Z", "l件"])
def test_letters_without_a_digit_and_other_letters_are_no_figure(raw: str) -> None:
    found = read_value(raw)

    assert (found.value, found.kind) == (None, Kind.TEXT)


@pytest.mark.parametrize(
    ("raw", "unit"), [("785項", "项"), ("12條", "条"), ("3個", "个"), ("4份", "份"), ("2 件", "件"), ("5人次", "人次")]
)
def test_a_traditional_counter_is_the_unit_in_simplified_characters(raw: str, unit: str) -> None:
    found = read_value(raw)

    assert (found.kind, found.unit) == (Kind.NUMBER, unit)


@pytest.mark.parametrize(("raw", "value"), [("2560萬元", 2560), ("3.16億", 31_600), ("減3", -3), ("增72", 72)])
def test_a_figure_in_traditional_characters_is_a_figure(raw: str, value: float) -> None:
    assert read_value(raw, "signed" if raw[0] in "減增" else "money").value == value


def test_the_word_for_none_is_the_same_in_traditional_characters() -> None:
    assert read_value("無") == PrintedValue(None, None, Kind.NA)


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("采购总金额（万元）", "万元"),
        ("采购总金额(元)", "元"),
        ("采购总金额（单位：元）", "元"),
        ("采购总金额(单位:亿元)", "亿元"),
        ("行政事业性收费（万元）", "万元"),
        ("采购总金额", None),
        ("采购总金额（件）", None),
        ("（万元）采购总金额", None),
        ("规章（市政府令）", None),
        ("5.需要政府采购的项目元", None),
    ],
)
def test_the_unit_of_money_stands_in_brackets_at_the_end_of_a_label(label: str, unit: str | None) -> None:
    assert unit_in_label(label) == unit


@pytest.mark.parametrize(
    ("raw", "printed_unit", "value"),
    [
        ("605400", "元", 60.54),
        ("6054", "万元", 6054),
        ("0.6", "亿元", 6000),
        ("0", "元", 0),
        ("605400元", "万元", 60.54),
    ],
)
def test_a_bare_amount_is_in_the_unit_of_its_row_or_column(raw: str, printed_unit: str, value: float) -> None:
    """A unit in the cell itself stands above that of the head."""
    assert read_value(raw, "money", None, printed_unit) == PrintedValue(value, "万元", Kind.NUMBER)


@pytest.mark.parametrize(("raw", "issue"), [("2821000", "UNIT_NOT_OF_FORM"), ("0", None)])
def test_a_head_in_another_unit_than_the_form_asks_for_is_said_where_it_matters(raw: str, issue: str | None) -> None:
    assert read_value(raw, "money", "万元", "元") == PrintedValue(float(raw) / 10_000, "万元", Kind.NUMBER, issue)


def test_where_row_and_column_name_different_units_the_amount_has_none() -> None:
    assert read_value("6054", "money", None, UNCLEAR_UNIT) == PrintedValue(6054, None, Kind.NUMBER, "UNIT_UNCLEAR")
    assert read_value("6054元", "money", None, UNCLEAR_UNIT) == PrintedValue(0.6054, "万元", Kind.NUMBER)


def test_the_unit_of_a_head_changes_no_count() -> None:
    assert read_value("33", "count", "项", "元") == PrintedValue(33, "项", Kind.NUMBER)


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        ("件", True),
        ("人次", True),
        ("万元", True),
        ("元", True),
        ("--", True),
        ("", False),
        ("0", False),
        ("申请", False),
    ],
)
def test_a_cell_with_a_unit_alone_is_known_as_one(cell: str, unit: bool) -> None:
    assert is_unit(cell) is unit
