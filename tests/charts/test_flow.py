"""Flows: parts in proportion, blanks open and never zero, differences shown, and labels that do not overlap."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from gia_analysis.charts import OUTCOME_COLOURS, PENDING_COLOUR, Chart, Stream, flow_chart
from gia_analysis.charts.canvas import spread
from gia_analysis.forms import Language

NAMES = dict(
    zip(OUTCOME_COLOURS, ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理"), strict=True)
)
SVG = "{http://www.w3.org/2000/svg}"


def flow(
    came: tuple[float | None, float | None], outcomes: tuple[float | None, ...], left: float | None,
    language: Language = "zh", least: str = "",
) -> Chart:  # fmt: skip
    sources = [Stream("本年新收", came[0]), Stream("上年结转", came[1])]
    went = [
        Stream(NAMES[code], amount, OUTCOME_COLOURS[code], at_least=code == least)
        for code, amount in zip(NAMES, outcomes, strict=True)
    ]
    return flow_chart("办理（件）", sources, [*went, Stream("结转下年度", left, PENDING_COLOUR)], "应办理", language)


def texts(chart: Chart) -> dict[str, float]:
    """The texts of a chart and their heights."""
    return {
        "".join(each.itertext()): float(each.get("y", 0))
        for each in ElementTree.fromstring(chart.svg).iter(f"{SVG}text")
    }


def bars(chart: Chart, colour: str) -> list[float]:
    """How tall the bars of a colour are."""
    corners = re.findall(
        rf'<path d="M[\d.]+ ([\d.]+)L[\d.]+ [\d.]+L[\d.]+ ([\d.]+)L[^"]+" fill="{colour}"/>', chart.svg
    )
    return [float(end) - float(start) for start, end in corners]


def frames(chart: Chart) -> int:
    return len(re.findall(r'd="M[^"]*L[^"]*L[^"]*L[^"]*L[^"]*" fill="none" stroke-dasharray', chart.svg))


def test_bars_are_as_tall_as_their_amounts() -> None:
    """模拟: 100 requests, 60 granted, 20 refused, 20 carried over."""
    chart = flow((90, 10), (60, 0, 20, 0, 0, 0), 20)

    granted, refused = (bars(chart, OUTCOME_COLOURS[code])[0] for code in ("granted", "denied"))
    assert granted == pytest.approx(3 * refused, abs=0.05)
    assert bars(chart, PENDING_COLOUR) == pytest.approx([refused], abs=0.05)


def test_every_figure_stands_beside_its_part_and_in_the_alternative() -> None:
    chart = flow((90, 10), (60, 0, 20, 0, 0, 0), 20)

    assert {"本年新收 90", "上年结转 10", "应办理 100", "予以公开 60", "不予公开 20", "结转下年度 20"} <= set(
        texts(chart)
    )
    assert chart.alternative == (
        "本年新收 90，上年结转 10 → 应办理 → 予以公开 60，部分公开 0，不予公开 20，无法提供 0，不予处理 0，其他处理 0，结转下年度 20"
    )


def test_zeros_are_listed_and_not_drawn() -> None:
    chart = flow((2, 0), (1, 0, 0, 0, 0, 0), 1)

    assert "印为零：上年结转、部分公开、不予公开、无法提供、不予处理、其他处理" in texts(chart)
    assert bars(chart, OUTCOME_COLOURS["denied"]) == []
    assert frames(chart) == 0


def test_a_blank_is_an_open_frame_and_not_a_zero() -> None:
    chart = flow((64, 0), (30, None, 3, 2, 1, 8), 20)

    assert "部分公开 — (空白)" in texts(chart)
    assert not any("部分公开" in each for each in texts(chart) if each.startswith("印为零"))
    assert frames(chart) == 1


def test_a_part_of_which_some_is_blank_says_at_least_and_is_framed() -> None:
    chart = flow((64, 0), (30, 0, 3, 2, 1, 8), 20, least="denied")

    assert "不予公开 至少 3" in texts(chart)
    assert frames(chart) == 1


def test_a_difference_is_drawn_open_and_told() -> None:
    """105 came, 93 are accounted for."""
    chart = flow((100, 5), (30, 5, 3, 50, 1, 1), 3)

    assert "12 对不上" in texts(chart)
    assert chart.alternative.endswith("；12 对不上")
    assert frames(chart) == 1


def test_where_a_blank_may_hold_the_difference_it_is_only_not_told() -> None:
    assert flow((64, 0), (30, None, 3, 2, 1, None), 20).alternative.endswith("；8 未填明")
    assert flow((60, None), (30, 1, 3, 2, 1, 0), 30, "en").alternative.endswith("; 7 not told")


@pytest.mark.parametrize(
    "outcomes", [(900, 1, 1, 1, 1, 1), (1, 1, 1, 1, 1, 900), (None,) * 6, (5, None, 5, None, 5, None)]
)
def test_labels_never_overlap(outcomes: tuple[float | None, ...]) -> None:
    heights = texts(flow((950, 0), outcomes, 1))

    beside = sorted(height for text, height in heights.items() if text.startswith((*NAMES.values(), "结转下年度")))
    assert len(beside) == 7
    assert all(later - earlier >= 14 for earlier, later in pairwise(beside))


def test_one_source_is_the_whole() -> None:
    chart = flow_chart("答复", [Stream("答复", 5)], [Stream("同意公开", 5, "#1d5b8f")], "答复")

    assert list(texts(chart)) == ["答复", "答复 5", "同意公开 5"]


def test_nothing_at_all_can_be_drawn_and_bytes_are_the_same() -> None:
    ElementTree.fromstring(flow((None, None), (None,) * 6, None).svg)
    assert flow((9, 1), (5, 5, 0, 0, 0, 0), 0).svg == flow((9, 1), (5, 5, 0, 0, 0, 0), 0).svg


def test_heights_keep_their_order_distance_and_bounds() -> None:
    placed = spread([0, 1, 2, 98, 99], 10, 5, 95)

    assert placed == [5, 15, 25, 85, 95]
