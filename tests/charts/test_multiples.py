"""Small multiples: one scale for all panels, zeros and blanks told apart."""

import re
from xml.etree import ElementTree

import pandas as pd

from gia_analysis.charts import grouped_chart, multiples_chart
from gia_analysis.charts.canvas import width_of, wrap

AMOUNTS = pd.DataFrame(
    {"自然人": [30.0, 8.0], "商业企业": [3.0, None], "科研机构": [0.0, 0.0], "社会公益组织": [None, None]},
    index=["予以公开", "不予公开"],
)
COLOURS = {"予以公开": "#1d5b8f", "不予公开": "#b5452c"}
GROUNDS = {
    "不予公开": pd.Series({"国家秘密": 10.0, "第三方权益": 0.0, "内部事务": float("nan")}),
    "无法提供": pd.Series({"不掌握": 5.0}),
    "不予处理": pd.Series({"信访": float("nan"), "重复申请": float("nan")}),
}


def texts(svg: str) -> list[str]:
    return ["".join(each.itertext()) for each in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def widths(svg: str, colour: str) -> list[float]:
    corners = re.findall(rf'<path d="M([\d.]+) [\d.]+L([\d.]+) [\d.]+L[^"]+" fill="{colour}"/>', svg)
    return [float(end) - float(start) for start, end in corners]


def test_panels_have_one_scale() -> None:
    one, other = widths(multiples_chart("谁", AMOUNTS, colours=COLOURS).svg, COLOURS["予以公开"])

    assert round(one / other, 1) == 10


def test_a_panel_of_zeros_and_one_of_blanks_are_told_apart() -> None:
    found = texts(multiples_chart("谁", AMOUNTS, colours=COLOURS).svg)

    assert found[-2:] == ["印为零：科研机构", "空白：社会公益组织"]
    assert found.count("—") == 1


def test_the_alternative_of_panels_holds_every_figure() -> None:
    assert multiples_chart("谁", AMOUNTS).alternative == (
        "自然人：予以公开 30，不予公开 8；商业企业：予以公开 3，不予公开 —；科研机构：予以公开 0，不予公开 0；"
        "社会公益组织：予以公开 —，不予公开 —"
    )


def test_groups_have_one_scale_and_list_what_is_zero_or_blank() -> None:
    svg = grouped_chart("理由", GROUNDS, colours={"不予公开": "#b5452c", "无法提供": "#d99a4e"}).svg

    assert round(widths(svg, "#b5452c")[0] / widths(svg, "#d99a4e")[0], 1) == 2
    assert texts(svg)[-2:] == ["印为零：第三方权益", "空白：内部事务、不予处理"]


def test_nothing_at_all_can_be_drawn() -> None:
    for chart in (
        multiples_chart("谁", AMOUNTS.iloc[:, 2:]), multiples_chart("谁", AMOUNTS.iloc[:, :0]), grouped_chart("理由", {}),
    ):  # fmt: skip
        ElementTree.fromstring(chart.svg)


def test_small_print_is_broken_into_lines_that_fit() -> None:
    text = "印为零：" + "、".join(["其他法律行政法规禁止公开"] * 9)

    lines = wrap(text, 300, 9)
    assert "".join(lines) == text
    assert all(width_of(line, 9) <= 310 for line in lines)
