"""Labels that are one but for a small difference, and labels that a table has more than once."""

import pytest

from gia_analysis.forms import Hit, LabelIndex, MatchStep, forms, known_labels, label_indexes, normalise
from gia_analysis.forms.index import Slot

NEW = "一、本年新收政府信息公开申请数量"
CARRIED_IN = "二、上年结转政府信息公开申请数量"


def index_of(form: str, table: str) -> LabelIndex:
    return label_indexes()[form, table]


def slot_of(index: LabelIndex, code: str) -> Slot:
    return next(slot for slot in index.slots if slot.code == code and slot.kind == "row")


def near(
    index: LabelIndex, label: str, *, after: str | None = None, present: frozenset[str] = frozenset()
) -> str | None:
    """Return the code of the row that a label is nearly, or the head of a column."""
    position = slot_of(index, after).position if after else index.header_count - 1
    hit = index.find_near(normalise(label), position, present, None if after else set())
    return None if hit is None else hit.slot.code or hit.slot.label


# Nearly a label


@pytest.mark.parametrize(
    ("label", "row"),
    [
        ("一、本年新收政府信息公开审请数量", "new_received"),
        ("一、本年新收政俯信息公开申请数量", "new_received"),
        ("一、本年新收政府信息公开申请数", "new_received"),
        ("一、本年新收政府政府信息公开申请数量", "new_received"),
        ("本年新收政府信息公开申请数量：", "new_received"),
        ("二、上年结转政府信息公开申清数量", "carried_in"),
        ("一、本年收到申请数量", None),
        ("其它", None),
        ("政府信息公开", None),
    ],
)
def test_a_label_with_a_slip_is_the_one_it_is_nearest_to(label: str, row: str | None) -> None:
    """A wrong, lost or doubled character; where more than a fifth differs it is another label."""
    assert near(index_of("2021", "requests"), label) == row


def test_a_label_found_so_says_how_far_it_was_loosened() -> None:
    hit = index_of("2021", "requests").find_near(normalise("一、本年新收政府信息公开审请数量"), -1, (), None)

    assert isinstance(hit, Hit)
    assert (hit.slot.label, hit.step) == (NEW, MatchStep.NEAR)


def test_a_label_between_two_is_neither() -> None:
    """本年…数量 of three columns differ by a character or two; the one in the middle may be any."""
    index = index_of("2019", "art20_1")

    assert near(index, "本年新制公数量") is None
    assert near(index, "本年新公并数量") == "本年新公开数量"


def test_only_the_next_rows_are_looked_at() -> None:
    """五、行政诉讼数量 is not looked for in the middle of the table of 2014."""
    index = index_of("2014", "stats_2014")

    assert near(index, "五、行政诉公数量", after="proactive_total") is None
    assert near(index, "五、行政诉公数量", after="reconsiderations_other") == "litigations_total"


def test_rows_before_the_last_one_found_are_not_looked_at() -> None:
    assert near(index_of("2021", "requests"), "一、本年新收政府信息公开审请数量", after="carried_in") is None


@pytest.mark.parametrize("printed", [NEW, "一、本年度新收政府信息公开申请数量"])
def test_a_row_that_the_table_has_elsewhere_is_no_other_label(printed: str) -> None:
    """As official or as an alias: the slip then is an unknown row."""
    present = frozenset({normalise(printed)})

    assert near(index_of("2021", "requests"), "一、本年新收政府信息公开审请数量", present=present) is None


def test_heads_already_found_are_not_found_again() -> None:
    index = index_of("2021", "art20_1")
    head = next(slot for slot in index.slots if slot.label == "本年制发件数")
    label = normalise("本年制发件数数")

    found = index.find_near(label, index.header_count - 1, (), set())
    again = index.find_near(label, index.header_count - 1, (), {head.position})

    assert found is not None
    assert found.slot == head
    assert again is None or again.slot != head


def test_once_rows_began_no_head_is_looked_for() -> None:
    index = index_of("2021", "art20_1")
    label = normalise("本年制发件数数")

    assert index.find_near(label, slot_of(index, "regulations").position, (), None) is None


@pytest.mark.parametrize(("form", "table"), list(label_indexes()))
def test_no_official_label_is_nearly_another_of_its_own_table_when_all_are_there(form: str, table: str) -> None:
    index = index_of(form, table)
    printed = frozenset(normalise(slot.label) for slot in index.slots)

    for slot in index.slots:
        assert index.find_near(normalise(slot.label), slot.position, printed, None) is None


# Labels that come again


def test_a_repeated_label_before_the_row_it_belongs_under_may_be_either() -> None:
    """（二）被依法纠错数 stands under 四、行政复议数量 and again under 五、行政诉讼数量."""
    index = index_of("2014", "stats_2014")
    first, second = (hit for hit in index.find(normalise("（二）被依法纠错数")) if hit.step is MatchStep.EXACT)

    assert (first.slot.code, second.slot.code) == ("reconsiderations_corrected", "litigations_corrected")
    assert index.skips_its_like(first, slot_of(index, "reconsiderations_total").position - 1)
    assert not index.skips_its_like(first, slot_of(index, "reconsiderations_total").position)
    assert not index.skips_its_like(second, slot_of(index, "litigations_total").position)


def test_a_label_that_comes_once_is_never_one_of_several() -> None:
    index = index_of("2014", "stats_2014")
    (hit,) = index.find(normalise("七、依申请公开信息收取的费用"))

    assert not index.skips_its_like(hit, index.header_count - 1)


def test_a_row_skipped_at_the_same_depth_makes_no_doubt() -> None:
    """Below 四、行政复议数量, without （一）, （二） is still its own."""
    index = index_of("2014", "stats_2014")
    hit = index.find(normalise("（三）其他情形数"))[0]

    assert hit.slot.code == "reconsiderations_other"
    assert not index.skips_its_like(hit, slot_of(index, "reconsiderations_total").position)


# Columns


def heads_of(index: LabelIndex, *labels: str) -> set[int]:
    return {slot.position for slot in index.slots if slot.kind == "header" and slot.label in labels}


def test_a_table_has_the_columns_of_its_form() -> None:
    index = index_of("2014", "stats_2014")

    assert [column.code for column in index.columns_of(heads_of(index, "统计指标", "单位", "统计数"))] == ["value"]
    assert [column.code for column in index.columns_of(set())] == ["value"]


def test_a_local_head_gives_a_table_its_local_columns() -> None:
    """Anhui counts government, departments and towns apart."""
    index = index_of("2014", "stats_2014")
    local = [column.code for column in index.columns_of(heads_of(index, "区直单位统计数"))]

    assert local == ["value_government", "value_departments", "value_towns"]


def test_heads_that_local_tables_share_with_the_national_one_decide_nothing() -> None:
    index = index_of("2014", "stats_2014")

    assert [column.code for column in index.columns_of(heads_of(index, "统计指标", "单位", "序号"))] == ["value"]


@pytest.mark.parametrize(
    ("year", "columns"),
    [("本年累计", ["period", "cumulative_year"]), ("历年累计", ["period", "cumulative_since_2008"])],
)
def test_before_2014_the_second_column_is_told_by_its_head(year: str, columns: list[str]) -> None:
    index = index_of("pre2014", "stats_pre2014")

    assert [column.code for column in index.columns_of(heads_of(index, year))] == columns


# All labels


def test_known_labels_are_official_ones_and_their_aliases_of_every_form() -> None:
    printed = [
        "本年新制作数量",
        "政府规章",
        "统计指标",
        "3.其他",
        "四、结转下一年度继续办理",
        "对申请的答复总数",
        "复议后起诉",
    ]

    assert known_labels().issuperset(map(normalise, printed))
    assert not known_labels().intersection(
        map(normalise, ["政府信息", "总体情况", "规章制度", "", "0", "本年新制作数量（件）"])
    )


def test_every_label_of_every_form_is_known() -> None:
    labels = {
        normalise(cell.text)
        for form in forms().values()
        for table in form.tables
        for row in table.header
        for cell in row
        if cell.text
    }

    assert labels <= known_labels()
