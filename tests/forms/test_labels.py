"""Printed labels are compared with official ones: normalised first, then ever more freely."""

import pytest

from gia_analysis.forms import (
    LabelIndex,
    MatchStep,
    Row,
    label_indexes,
    normalise,
    variants,
    without_enumerator,
    without_parenthesis,
)
from gia_analysis.forms.index import aliases

INDEXES = label_indexes()
ROWS = [(index, row) for index in INDEXES.values() if index.table.shape == "rows" for row in index.table.rows]
NAMES = [f"{index.form.id}-{index.table.code}-{row.code}" for index, row in ROWS]
every_row = pytest.mark.parametrize(("index", "row"), ROWS, ids=NAMES)
HALF_WIDTH = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})


def step_of(index: LabelIndex, label: str, code: str) -> MatchStep | None:
    """Return how a printed label matches a row, None where it does not."""
    return next((hit.step for hit in index.find(normalise(label)) if hit.slot.code == code), None)


@every_row
def test_an_official_label_is_found_as_it_is(index: LabelIndex, row: Row) -> None:
    assert step_of(index, row.zh, row.code) is MatchStep.EXACT


@every_row
def test_a_label_in_half_width_is_found(index: LabelIndex, row: Row) -> None:
    assert step_of(index, row.zh.translate(HALF_WIDTH), row.code) is MatchStep.EXACT


@every_row
def test_white_space_inside_a_label_does_not_matter(index: LabelIndex, row: Row) -> None:
    """Blanks, no-break and ideographic spaces, and line breaks stand inside labels of real reports."""
    middle = len(row.zh) // 2
    spaced = " ".join(row.zh[:middle]) + "\n\u3000\u00a0" + row.zh[middle:]

    assert step_of(index, spaced, row.code) is MatchStep.EXACT


@every_row
def test_a_label_without_its_numeral_is_found(index: LabelIndex, row: Row) -> None:
    bare = without_enumerator(normalise(row.zh))
    expected = MatchStep.EXACT if bare == normalise(row.zh) else MatchStep.NO_ENUMERATOR

    assert step_of(index, bare, row.code) is expected


@every_row
def test_a_label_with_another_numeral_is_found(index: LabelIndex, row: Row) -> None:
    """Numerals are often wrong or doubled."""
    bare = without_enumerator(normalise(row.zh))

    assert step_of(index, f"12、{bare}", row.code) is MatchStep.NO_ENUMERATOR


@every_row
def test_an_explanation_in_brackets_does_not_matter(index: LabelIndex, row: Row) -> None:
    """规章（市政府令） stands in a report of 2020, with many like it."""
    bare = without_parenthesis(normalise(row.zh))

    assert step_of(index, f"{bare}（市本级填报）", row.code) is MatchStep.NO_PARENTHESIS


@every_row
def test_the_first_row_found_for_a_label_has_that_label(index: LabelIndex, row: Row) -> None:
    """（二）被依法纠错数 occurs twice on the form of 2014; the order decides there."""
    same = [each.code for each in index.table.rows if each.zh == row.zh]

    assert index.find(normalise(row.zh))[0].slot.code in same


@pytest.mark.parametrize(
    ("official", "seen"), [(official, text) for official, texts in aliases().items() for text in texts]
)
def test_every_alias_is_found_under_its_official_label(official: str, seen: str) -> None:
    steps = {
        hit.step for index in INDEXES.values() for hit in index.find(seen) if normalise(hit.slot.label) == official
    }

    assert steps == {MatchStep.ALIAS}


def test_a_label_of_another_table_is_not_found() -> None:
    assert INDEXES["2019", "requests"].find(normalise("行政许可")) == ()


def test_an_unknown_label_is_not_found() -> None:
    """One public tool prints this row; no official form has it."""
    assert INDEXES["2021", "requests"].find(normalise("9.属于工作秘密")) == ()


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("第二十条  第（六）项", "第二十条第(六)项"),
        ("本年新\n制作数量", "本年新制作数量"),
        ("统 计 指 标", "统计指标"),
        ("商业\u3000企业", "商业企业"),
        ("法律\u00a0服务\u200b机构", "法律服务机构"),
        ("3.危及“三安全一稳定”", '3.危及"三安全一稳定"'),
        ("3.危及「三安全一稳定」", '3.危及"三安全一稳定"'),
        ("3．危及″三安全一稳定″", '3.危及"三安全一稳定"'),
        ("本年增\\减", "本年增/减"),
        ("本年增／减", "本年增/减"),
        ("————", "----"),
        ("公(gong)開(kai)", "公開"),
        ("信息(xi)(xi)", "信息"),
        ("规章（市政府令）", "规章(市政府令)"),
        ("中办发﹝2016﹞8号", "中办发(2016)8号"),
        ("中办发〔2016〕8号", "中办发(2016)8号"),
        ("其中：涉及国家秘密", "其中:涉及国家秘密"),
    ],
)
def test_normalise_brings_variants_to_one_spelling(printed: str, expected: str) -> None:
    assert normalise(printed) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("一、本年新收", "本年新收"),
        ("(三)不予公开", "不予公开"),
        ("1.属于国家秘密", "属于国家秘密"),
        ("10.社会救助及扶贫", "社会救助及扶贫"),
        ("1、属于国家秘密", "属于国家秘密"),
        ("(1)属于国家秘密", "属于国家秘密"),
        ("(四)、无法提供", "无法提供"),
        ("规章", "规章"),
        ("2020年", "2020年"),
    ],
)
def test_without_enumerator_drops_a_leading_numeral_only(label: str, expected: str) -> None:
    assert without_enumerator(label) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [("规章(市政府令)", "规章"), ("(一)予以公开", "(一)予以公开"), ("(本列数据)", "(本列数据)")],
)
def test_without_parenthesis_drops_brackets_at_the_end_only(label: str, expected: str) -> None:
    assert without_parenthesis(label) == expected


def test_variants_go_from_strict_to_loose_without_repetition() -> None:
    expected = [
        (MatchStep.EXACT, "1.规章(市政府令)"),
        (MatchStep.NO_ENUMERATOR, "规章(市政府令)"),
        (MatchStep.NO_PARENTHESIS, "1.规章"),
        (MatchStep.NO_PARENTHESIS, "规章"),
    ]

    assert variants("1.规章(市政府令)") == expected


def test_an_empty_label_has_no_variants() -> None:
    assert variants("") == []
