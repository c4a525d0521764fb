"""Pages: nothing in them that their own policy blocks, links to definitions and sections, and failures in plain words."""

import re
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256

import nbformat
import pandas as pd
import pytest
from lxml import html
from nbformat import NotebookNode

from gia_analysis import show
from gia_analysis.charts import Chart
from gia_analysis.charts.chart import drawing
from gia_analysis.forms import Language
from gia_analysis.publishing.body import dark_charts, on_dark, with_definitions, with_sections, without_styles
from gia_analysis.publishing.pages import Failure, failure_page, notebook_page
from gia_analysis.traced import Shown, Traced, Words

HOSTILE = "甲局<script>alert(1)</script>{{ 7*7 }}\"'\n\u202e\x00\x1b" + "长" * 300


def a_notebook(*outputs: str, svg: str = "") -> NotebookNode:
    shown = [nbformat.v4.new_output("display_data", {"text/html": each}) for each in outputs]
    shown += [nbformat.v4.new_output("display_data", {"image/svg+xml": svg})] if svg else []
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("summary.headline()", outputs=shown)])


def hashes(page: str, tag: str) -> list[str]:
    texts = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
    return [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts]


def policy(page: str) -> str:
    (found,) = html.fromstring(page).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    return str(found)


def test_a_policy_lets_in_the_style_and_scripts_of_the_page_and_nothing_else() -> None:
    page = notebook_page(
        a_notebook("<p>x</p>", svg='<svg><path fill="#1d5b8f" d="M0 0"/></svg>'), "页", "zh", home=None
    )

    assert policy(page) == (
        f"default-src 'none'; style-src {hashes(page, 'style')[0]}; script-src {hashes(page, 'script')[0]}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert "unsafe" not in policy(page)


def test_no_style_attribute_is_left_on_a_page() -> None:
    with drawing(2) as (figure, axes):
        axes.plot([0, 1], [1, 2], linestyle="--")
        chart = Chart.of(figure, "线", "一、二")
    page = notebook_page(
        a_notebook('<td style="text-align: right; color: red">1</td><style>p{color:red}</style>', svg=chart.svg),
        "页", "zh", home=None,
    )  # fmt: skip

    assert not html.fromstring(page).xpath("//@style")
    assert len(re.findall("<style", page)) == 1
    assert '<td align="right">1</td>' in page


def test_styles_of_a_chart_become_attributes_of_the_same_look() -> None:
    chart = (
        '<svg viewBox="0 0 9 9"><defs><style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style></defs>'
        '<path d="M0 0" style="fill: none; stroke: #1d5b8f; stroke-dasharray: 3,2" clip-path="url(#a)"/>'
        "<text style=\"font: 10px 'Noto Sans', serif; text-anchor: middle; -x-y: 1\">甲</text></svg>"
    )

    assert without_styles(chart) == (
        '<svg viewBox="0 0 9 9" stroke-linejoin="round" stroke-linecap="butt"><defs></defs>'
        '<path d="M0 0" fill="none" stroke="#1d5b8f" stroke-dasharray="3,2" clip-path="url(#a)"/>'
        '<text text-anchor="middle" font-size="10px" font-family="\'Noto Sans\', serif">甲</text></svg>'
    )


def test_a_style_cannot_end_its_attribute() -> None:
    assert without_styles('<g style="fill: &quot;&gt;&lt;script&gt;"></g>') == "<g></g>"


def test_an_outline_of_a_glyph_stands_once() -> None:
    glyph = (
        '<svg><defs><path id="NotoSansSC-Regular-4e2d" d="M0 0"/></defs><use href="#NotoSansSC-Regular-4e2d"/></svg>'
    )

    page = notebook_page(a_notebook(svg=glyph * 2), "页", "zh", home=None)

    assert page.count('id="NotoSansSC-Regular-4e2d"') == 1
    assert page.count("<use ") == 2


def test_a_figure_of_an_indicator_leads_to_its_definition() -> None:
    figure = Traced("55.9 %", 0.559, {"indicator": "disclosure_rate_broad"}).html()

    assert (
        with_definitions(f"<p>{figure}</p>") == f'<p><a href="definitions.html#disclosure_rate_broad">{figure}</a></p>'
    )


@pytest.mark.parametrize(
    "body",
    [
        Traced("5", 5.0, {"cells": "requests.granted.total"}, link="requests.granted.total").html(),
        f'<a href="x">{Traced("5", 5.0, {"indicator": "results"}).html()}</a>',
        f"<summary>{Traced('5', 5.0, {'indicator': 'results'}).html()}</summary>",
        Traced("5", 5.0, {"indicator": "no_such_thing"}).html(),
        Traced("5", 5.0, {"indicator": "results", "how": "count"}).html(),
    ],
)
def test_other_figures_and_what_is_a_link_stay_as_they_are(body: str) -> None:
    assert with_definitions(body) == body


def a_table(**columns: Sequence[Shown]) -> str:
    return show(pd.DataFrame(columns, index=pd.Index(["2019", "2020"]), dtype="object"), "表")._repr_html_()


def rates(*codes: str, how: str = "rate") -> list[Traced]:
    return [Traced("5", 5.0, {"indicator": code, "how": how, "year": code[:1]}) for code in codes]


@pytest.mark.parametrize(
    ("table", "heads"),
    [
        (a_table(甲=rates("results", "results")), {"表": "results"}),
        (a_table(甲=rates("results", "results"), 乙=rates("refusal_rate", "refusal_rate")),
         {"甲": "results", "乙": "refusal_rate"}),
        (a_table(甲=rates("results", "refusal_rate"), 乙=rates("results", "refusal_rate")),
         {"2019": "results", "2020": "refusal_rate"}),
        (a_table(甲=rates("results", "results"), 乙=["—", Words(rates("refusal_rate", "refusal_rate"))]),
         {"甲": "results", "乙": "refusal_rate"}),
        (a_table(甲=rates("results", "results", how="count")), {}),
        (a_table(甲=rates("no_such_thing", "no_such_thing")), {}),
    ],
)  # fmt: skip
def test_what_all_figures_share_leads_from_their_head(table: str, heads: dict[str, str]) -> None:
    links = html.fromstring(f"<div>{with_definitions(table)}</div>").iter("a")

    assert {link.text_content(): link.get("href") for link in links} == {
        head: f"definitions.html#{code}" for head, code in heads.items()
    }


def test_a_head_that_holds_a_figure_or_link_is_no_second_link() -> None:
    (result, _), leads = rates("results", "results"), '<a href="definitions.html#results">'
    table = a_table(甲=rates("results", "results"), 乙=rates("results", "results"))
    linked = table.replace("<caption>表", '<caption><a href="x">表</a>')

    assert with_definitions(linked) == linked
    assert with_definitions(f'<tr data-indicator="results"><th>{result.html()}</th>').count(leads) == 1


def test_a_page_that_stands_alone_leads_nowhere() -> None:
    figure = Traced("5", 5.0, {"indicator": "results"}).html()

    page = html.fromstring(notebook_page(a_notebook(figure), "页", "zh", home=None))

    assert set(page.xpath("//a/@href")) == {"#main"}


def test_sections_are_listed_where_they_are_more_than_three() -> None:
    few, many = ("".join(f"<h2>第{n}节 &amp; <em>更多</em></h2>" for n in range(count)) for count in (3, 4))

    assert with_sections('<h2 class="a">甲</h2><h2 id="b">乙</h2>') == (
        '<h2 id="section-1" class="a">甲</h2><h2 id="b">乙</h2>',
        [("section-1", "甲"), ("b", "乙")],
    )
    assert '<nav class="contents"' not in notebook_page(a_notebook(few), "页", "zh", home=None)
    page = html.fromstring(notebook_page(a_notebook(many), "页", "zh", home=None))
    (contents,) = page.xpath("//nav[@class='contents']")
    assert contents.xpath(".//li/a/text()") == [f"第{n}节 & 更多" for n in range(4)]
    assert {each[1:] for each in contents.xpath(".//a/@href")} <= set(page.xpath("//h2/@id"))


def test_navigation_leads_to_the_site_and_to_the_other_years() -> None:
    links = [("历年", "trend-1.html"), ("2021", "agency-2021-1.html"), ("2022", None)]

    page = html.fromstring(
        notebook_page(
            a_notebook("x"),
            "页",
            "zh",
            home="index.html",
            links=links,
            file="a.html",
            site=["index.html", "definitions.html"],
        )
    )

    assert page.xpath("//nav[@class='site']//a/@href") == ["index.html", "definitions.html"]
    assert page.xpath("//nav[@class='same']//a/@href") == ["trend-1.html", "agency-2021-1.html"]
    assert page.xpath("//*[@aria-current='page']/text()") == ["2022"]


def test_parameters_are_a_table_that_can_be_read() -> None:
    facts = [("agency", "甲局"), ("year", "2020"), ("lang", "zh"), ("其他", "x")]

    page = html.fromstring(notebook_page(a_notebook("x"), "页", "zh", home=None, facts=facts))

    (table,) = page.xpath("//table[caption='本页参数']")
    assert [row.text_content() for row in table.iter("tr")] == ["行政机关甲局", "报告年度2020", "语言中文", "其他x"]


def test_code_is_shown_only_on_demand() -> None:
    assert "summary.headline()" not in notebook_page(a_notebook("x"), "页", "zh", home=None)
    assert "summary.headline()" in notebook_page(a_notebook("x"), "页", "zh", home=None, code=True)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("reason", ["error", "timeout", "memory", "died", "startup", "stopped"])
def test_a_failure_tells_what_where_and_what_to_do(reason: str, lang: Language) -> None:
    failure = Failure(reason, "KeyError: 'x'", "02_agency_summary.ipynb", 5, 3.25)  # type: ignore[arg-type]

    page = html.fromstring(
        failure_page("甲局 2020", failure, [("agency", "甲局"), ("year", "2020")], lang, home="index.html")
    )

    text = page.text_content()
    for told in ("02_agency_summary.ipynb", "KeyError: 'x'", "甲局", "2020", "gia publish"):
        assert told in text
    assert page.xpath("//table//td")[1].text_content() == "5"
    assert len(page.xpath("//main//ol/li")) >= 2
    assert page.xpath("//nav//a[@href='index.html']")


def test_a_failure_outside_of_cells_names_no_cell() -> None:
    page = failure_page("页", Failure("startup", "", "02_agency_summary.ipynb"), [], "zh", home=None)

    assert "代码格" not in page
    assert "<pre" not in page


def test_hostile_texts_are_text_on_every_page() -> None:
    failed = failure_page(
        HOSTILE, Failure("error", HOSTILE, HOSTILE, 1), [("agency", HOSTILE)], "zh", home="index.html"
    )
    shown = notebook_page(
        a_notebook(Traced(HOSTILE, 1.0, {"indicator": "results"}, HOSTILE).html()), HOSTILE, "en", home="index.html",
        links=[(HOSTILE, None)], facts=[(HOSTILE, HOSTILE)],
    )  # fmt: skip

    for page in (failed, shown):
        assert len(re.findall("<script", page)) == len(hashes(page, "script")) == 1
        assert "{{ 7*7 }}" in page
        assert not set(page) & set("\x00\x1b")
        parsed = html.fromstring(page)
        assert parsed.xpath("string(//title)").startswith("甲局<script>alert(1)</script>{{ 7*7 }}")


def test_the_same_notebook_gives_the_same_bytes() -> None:
    assert len({notebook_page(a_notebook("<h2>甲</h2>"), "页", "zh", home="index.html") for _ in range(3)}) == 1


@pytest.mark.parametrize(("paper", "dark"), [("#ffffff", "#161b20"), ("#1f2933", "#dce9f7")])
def test_on_dark_paper_becomes_the_page_and_ink_becomes_light(paper: str, dark: str) -> None:
    assert on_dark(paper) == dark


@pytest.mark.parametrize("colour", ["#1d5b8f", "#b5452c", "#d99a4e", "#6fa3cc", "#5f6b7a"])
def test_colours_of_charts_stand_out_on_dark(colour: str) -> None:
    """By 3 to 1, as WCAG 2.2 asks of graphics (1.4.11)."""
    assert (luminance(on_dark(colour)) + 0.05) / (luminance(on_dark("#ffffff")) + 0.05) >= 3


def test_every_colour_of_a_chart_has_its_own_on_dark() -> None:
    rules = dark_charts('<path fill="#ffffff" stroke="#1d5b8f"/><g fill="none"/>')

    assert f'figure.chart [fill="#ffffff"]{{fill:{on_dark("#ffffff")}}}' in rules
    assert f'figure.chart [stroke="#1d5b8f"]{{stroke:{on_dark("#1d5b8f")}}}' in rules
    assert rules.count("{") == 3
    assert dark_charts("<p></p>") == ""


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_what_a_cell_prints_and_draws_is_on_the_page_and_what_libraries_complain_of_is_not() -> None:
    """A warning names files of the machine that ran the notebook."""
    outputs = [
        nbformat.v4.new_output("stream", name="stdout", text="共 2 件\n"),
        nbformat.v4.new_output("stream", name="stderr", text="/home/someone/x.py:1: UserWarning: y\n"),
        nbformat.v4.new_output("display_data", {"image/png": "iVBORw0K\nGgo=\n", "text/plain": "<Figure>"}),
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("draw()", outputs=outputs)])

    page = notebook_page(notebook, "页", "zh", home=None)

    assert "<pre>共 2 件\n</pre>" in page
    assert '<img alt="&lt;Figure&gt;" src="data:image/png;base64,iVBORw0KGgo=">' in page
    assert "someone" not in page
