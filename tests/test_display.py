"""Tables, cards and figures as people read them, in a terminal and on a page."""

import numpy as np
import pandas as pd
import pytest

from gia_analysis import show
from gia_analysis.display import Card, Folded, Section, ShownTable, format_number, format_share

SCRIPT = "<script>alert(1)</script>"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;"


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (13810.0, 0, "13,810"),
        (0, 0, "0"),
        (-8, 0, "-8"),
        (np.int64(11398889), 0, "11,398,889"),
        (5125.11, 0, "5,125.11"),
        (25.1, 0, "25.1"),
        (282.1, 2, "282.10"),
        (316441.25, 0, "316,441.25"),
        (3164410.5, 0, "3,164,410.5"),
        (None, 0, "—"),
        (float("nan"), 0, "—"),
        (pd.NA, 0, "—"),
    ],
)
def test_a_figure_is_shown_in_full_with_thousands_parted(value: object, digits: int, expected: str) -> None:
    """11,398,889 licences and 316,441 (here with a fraction) 万元 of fees: the worked example of 2025."""
    assert format_number(value, digits) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((0.559, 0.551, 0.567), "55.9 % (55.1–56.7)"),
        ((0.3061,), "30.6 %"),
        ((0.3061, None, 0.5), "30.6 %"),
        ((0.3061, float("nan"), float("nan")), "30.6 %"),
        ((1.0, 0.207, 1.0), "100.0 % (20.7–100.0)"),
        ((None,), "—"),
        ((float("nan"), 0.1, 0.2), "—"),
    ],
)
def test_a_share_is_shown_in_percent_with_its_interval(values: tuple[float | None, ...], expected: str) -> None:
    assert format_share(*values) == expected


@pytest.fixture
def table() -> ShownTable:
    frame = pd.DataFrame(
        {"办理结果": ["予以公开", "部分公开"], "件数": pd.array([5548, None], dtype="Int64")},
        index=pd.Index(["a", "b"], name="码"),
    )
    return show(frame, "办理结果", "来源：模拟数据", "空白不作零")


def test_a_table_is_aligned_in_a_terminal_by_the_width_of_chinese(table: ShownTable) -> None:
    """A Chinese character takes two columns."""
    expected = "办理结果\n码  办理结果   件数\na   予以公开  5,548\nb   部分公开      —\n来源：模拟数据\n空白不作零"

    assert repr(table) == expected


def test_a_table_on_a_page_has_caption_heads_and_notes(table: ShownTable) -> None:
    page = table._repr_html_()

    assert "<caption>办理结果</caption>" in page
    assert '<th scope="col" class="figure">件数</th>' in page
    assert '<th scope="row">a</th><td>予以公开</td><td class="figure">5,548</td>' in page
    assert page.count('<p class="note">') == 2


def test_a_table_is_shown_without_its_index_where_that_says_nothing() -> None:
    page = show(pd.DataFrame({"code": ["REQ_FLOW"], "n": [3]}), "x", index=False)._repr_html_()

    assert '<tr><th scope="row">REQ_FLOW</th><td class="figure">3</td></tr>' in page


def test_an_empty_table_shows_its_heads() -> None:
    table = show(pd.DataFrame({"code": [], "n": []}), "核验", index=False)

    assert repr(table) == "核验\ncode  n"
    assert "<tbody></tbody>" in table._repr_html_()


def test_everything_printed_in_a_table_is_escaped() -> None:
    frame = pd.DataFrame({SCRIPT: [SCRIPT]}, index=[SCRIPT])

    page = show(frame, SCRIPT, SCRIPT)._repr_html_()

    assert "<script>" not in page
    assert page.count(ESCAPED) == 5


def test_everything_printed_in_a_card_is_escaped() -> None:
    page = Card(SCRIPT, [(SCRIPT, SCRIPT)], [SCRIPT])._repr_html_()

    assert "<script>" not in page
    assert page.count(ESCAPED) == 4


def test_a_folded_table_has_a_summary_and_is_escaped() -> None:
    page = Folded(SCRIPT, show(pd.DataFrame({"n": [3]}), "x"))._repr_html_()

    assert page.startswith(f"<details><summary>{ESCAPED}</summary>")
    assert "<table>" in page


def test_a_card_aligns_its_facts_in_a_terminal() -> None:
    card = Card("语料", [("报告", "5"), ("行政机关", "4")], ["核验发现 9 处"])

    assert repr(card) == "语料\n  报告      5\n  行政机关  4\n  核验发现 9 处"


def test_a_card_on_a_page_is_a_table_of_facts() -> None:
    page = Card("语料", [("报告", "5")], ["一处"])._repr_html_()

    assert '<tr><th scope="row">报告</th><td>5</td></tr>' in page
    assert "<ul><li>一处</li></ul>" in page


def test_a_card_without_notes_has_no_empty_list() -> None:
    assert "<ul>" not in Card("语料", [("报告", "5")])._repr_html_()


def test_a_section_in_a_terminal_is_its_title_and_its_parts(table: ShownTable) -> None:
    section = Section("办理", ["先说一句。", table])

    assert repr(section) == f"办理\n先说一句。\n{table!r}"


def test_a_section_shows_its_parts_one_by_one(table: ShownTable, capsys: pytest.CaptureFixture[str]) -> None:
    """Outside a notebook, IPython prints what it would show: title and opening, then the table, then the text."""
    Section("办理", ["先说一句。", table, "再说一句。"])._ipython_display_()

    shown = capsys.readouterr().out

    assert shown.count("IPython.core.display.HTML") == 2
    assert "予以公开" in shown
