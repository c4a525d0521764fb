"""From codes to labels."""

import pytest

from gia_analysis.forms import forms, label, section_kinds

CODES = [
    (table.code, code)
    for form in forms().values()
    for table in form.tables
    for code in (*table.row_by_code, *table.column_by_code, *table.group_by_code)
]


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("", "收到和处理政府信息公开申请情况", "Requests received and how they were handled"),
        ("granted", "（一）予以公开", "Granted"),
        ("legal_service", "法律服务机构", "Legal service bodies"),
        ("denied", "（三）不予公开", "Refused"),
    ],
)
def test_label_gives_tables_rows_columns_and_groups_in_both_languages(code: str, zh: str, en: str) -> None:
    assert (label("requests", code), label("requests", code, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("code", "short"),
    [("partially_granted", "部分公开"), ("new_received", "本年新收政府信息公开申请数量"), ("total", "总计")],
)
def test_short_labels_lack_numeral_and_explanation(code: str, short: str) -> None:
    assert label("requests", code, short=True) == short


def test_a_row_that_no_form_has_is_called_as_it_was_printed() -> None:
    assert label("requests", "unknown:9.属于工作秘密") == "9.属于工作秘密"


def test_a_code_that_no_form_has_is_its_own_label() -> None:
    assert label("requests", "denied_work_secret") == "denied_work_secret"


def test_the_newest_form_gives_the_label_of_a_code_that_several_share() -> None:
    """规范性文件 is 行政规范性文件 since 2021."""
    assert label("art20_1", "normative_documents") == "行政规范性文件"


def test_a_form_gives_its_own_label_where_it_is_named() -> None:
    assert label("art20_1", "normative_documents", form="2019") == "规范性文件"


@pytest.mark.parametrize(("table", "code"), sorted(set(CODES)))
def test_every_code_has_an_english_label_without_chinese(table: str, code: str) -> None:
    english = label(table, code, "en")

    assert english != code
    assert english.isascii()


def test_every_chapter_of_every_form_is_a_known_kind_of_section() -> None:
    chapters = {chapter.code for form in forms().values() for chapter in form.chapters}

    assert chapters - set(section_kinds()) == set()
