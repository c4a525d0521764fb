"""Web pages → text and tables: what a browser shows, its tables as true grids."""

import hashlib
import pickle
from dataclasses import replace

import pytest

from gia_analysis.documents import Document, TableBlock, TextBlock, read_bytes
from gia_analysis.documents.html.tables import MOST_KNOWN, known_cells
from gia_analysis.errors import DocumentError


def page(markup: str) -> Document:
    return read_bytes(f"<html><body>{markup}</body></html>".encode(), "page.html")


def lines(document: Document) -> list[str]:
    return [line for block in document.blocks if isinstance(block, TextBlock) for line in block.lines]


def tables(document: Document) -> list[list[list[str | None]]]:
    """Return the texts of each table, None where there is no cell of its own."""
    return [
        [[None if cell.absent else cell.text for cell in row] for row in block.rows]
        for block in document.blocks
        if isinstance(block, TableBlock)
    ]


def test_blocks_come_in_the_order_of_the_page() -> None:
    document = page("<p>前</p><table><tr><td>甲<td>1</table><p>中</p><table><tr><td>乙<td>2</table>后")

    assert [type(block).__name__ for block in document.blocks] == ["TextBlock", "TableBlock"] * 2 + ["TextBlock"]
    assert lines(document) == ["前", "中", "后"]
    assert tables(document) == [[["甲", "1"]], [["乙", "2"]]]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>一<b>二</b><span>三</span></p>四", ["一二三", "四"]),
        ("<div>一<p>二</p>三</div>", ["一", "二", "三"]),
        ("一<br>二<br/>三", ["一", "二", "三"]),
        ("<ul><li>一</li><li>二<ul><li>三</ul></ul>", ["一", "二", "三"]),
        ("<p>2020年政府信息\n  公开</p><p>annual\nreport</p>", ["2020年政府信息公开", "annual report"]),
        ("<p>&nbsp;一&emsp;二  三&#13;</p><p>&nbsp;</p>", ["一\u2003二 三"]),
        ("<p>一<!-- 注 -->、<![if !supportLists]>总体<![endif]><?xml:namespace prefix=o ?>情况</p>", ["一、总体情况"]),
        ("<p><o:p>一</o:p><st1:chsdate year='2020'>2020年</st1:chsdate></p>", ["一2020年"]),
        ("<p><font><font>一<p>二</p></font>三", ["一", "二", "三"]),
        ("<p>已<del>删</del><s>去</s><strike>掉</strike>改", ["已改"]),
        ("<ruby>公<rp>(</rp><rt>gōng</rt><rp>)</rp></ruby>开", ["公开"]),
        ("电话：<input type=text value=12345><input type=hidden value=9>", ["电话：12345"]),
    ],
)  # fmt: skip
def test_text_is_parted_into_lines_as_a_browser_shows_it(markup: str, expected: list[str]) -> None:
    assert lines(page(markup)) == expected


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>document.write('<p>x</p>')</script>", "<style>p { color: red }</style>", "<noscript><p>x</p></noscript>",
        "<template><p>x</p></template>", "<!-- <p>x</p> -->", "<p style='display:none'>x</p>", "<p style='DISPLAY: none'>x",
        "<p hidden>x</p>", "<select><option>x</option></select>", "<iframe>x</iframe>", "<svg><title>x</title></svg>",
        "<span style='display:none;mso-hide:all'>x</span>", "<p style='font-family:\"宋体\";display:none'>x</p>",
        "<b><font style='display: none'>x</font></b>", "<p><a hidden>x</a></p>",
        '<p title="a>b" style = "color:red;Display:none">x</p>', "<p style=display:none>x</p>",
        '<p style="display:none;background:url(a?b&amp;c)">x</p>', "<p style='color:red;\ndisplay:none'>x</p>",
        f'<p style="background:url(data:{"A" * 9_000});display:none">x</p>',
        "<style>.a { display:none }</style>" * 600 + "<p style='display: none'>x</p>",
        "<!--[if gte mso 9]><xml><o:p>x</o:p></xml><![endif]-->",
    ],
)  # fmt: skip
def test_what_is_not_shown_is_no_text(hidden: str) -> None:
    assert lines(page(f"<p>政府信息公开</p>{hidden}")) == ["政府信息公开"]


@pytest.mark.parametrize("after", [0, 200_000])
@pytest.mark.parametrize("place", range(131_060, 131_074))
def test_what_is_not_shown_is_found_anywhere_in_a_long_page(place: int, after: int) -> None:
    before = "<html><p>政府信息公开</p><!--{}--><p style='".encode()
    markup = before.replace(b"{}", b"x" * (place - len(before) + 2)) + b"DISPLAY: None'>x</p>"
    markup += b"<!--" + b"x" * after + b"-->"

    assert lines(read_bytes(markup, "page.html")) == ["政府信息公开"]


@pytest.mark.parametrize(
    "within",
    [
        "<img src=a>",
        "<script>1</script>",
        "<img><img>",
        "<b hidden>x</b>",
        "<i style='display:none'>x<br>x</i>",
        "<del>9</del>",
    ],
)
def test_what_is_not_shown_parts_no_line(within: str) -> None:
    assert lines(page(f"<p>政府信息{within}公开1{within}2件</p>")) == ["政府信息公开12件"]


def test_a_style_that_only_resembles_hiding_hides_nothing() -> None:
    assert lines(page("<p style='display\x1anone'>政府</p><p style='display:\x1fnone'>信息公开</p>")) == [
        "政府",
        "信息公开",
    ]


def test_a_style_sheet_or_script_that_speaks_of_hiding_hides_nothing() -> None:
    style = "<style>.menu{display:none}</style><script>var a = '<p style=\"display:none\">';</script>"

    assert lines(page(f"{style}<p class=menu>政府信息</p><p style='color:red'>公开</p>")) == ["政府信息", "公开"]


def test_what_is_hidden_but_most_of_the_page_is_shown_by_its_script() -> None:
    assert lines(page(f"<p>首页</p><div style='display:none'><p>{'政府信息公开' * 3}</p></div>")) == [
        "首页",
        "政府信息公开" * 3,
    ]


@pytest.mark.parametrize(
    ("attributes", "columns"),
    [
        ("colspan=2", 2), ("colspan='2;'", 2), ("colspan='2px'", 2), ("colspan=' 2'", 2), ("colspan=+2", 2), ("colspan=2.7", 2),
        ("colspan=-1", 1), ("colspan=''", 1), ("colspan", 1), ("colspan=0", 1), ("colspan=1e9", 1), ("colspan=two", 1),
        ("colspan=1001", 1), ("colspan=99999999999999999999", 1),
    ],
)  # fmt: skip
def test_a_colspan_is_read_as_browsers_read_it(attributes: str, columns: int) -> None:
    (table,) = tables(page(f"<table><tr><td {attributes}>甲</td><td>乙</td></tr><tr><td>1<td>2<td>3</table>"))

    assert table[0] == ["甲", *[None] * (columns - 1), "乙"]


@pytest.mark.parametrize(
    ("attributes", "rows"),
    [
        ("rowspan=2", 2), ("rowspan='2;'", 2), ("rowspan=0", 3), ("rowspan=65535", 3), ("rowspan=1000000000", 3),
        ("rowspan=-1", 1), ("rowspan=''", 1), ("rowspan", 1), ("rowspan=1e9", 1),
    ],
)  # fmt: skip
def test_a_rowspan_ends_with_the_table_at_the_latest(attributes: str, rows: int) -> None:
    (table,) = tables(page(f"<table><tr><td {attributes}>甲</td><td>1</td></tr><tr><td>2</tr><tr><td>3</table>"))

    assert [row[0] is None for row in table[1:]] == [number < rows for number in (1, 2)]


def test_a_cell_stands_beside_those_that_reach_into_its_row() -> None:
    (table,) = tables(
        page(
            "<table><tr><td rowspan=2 colspan=2>角</td><th colspan=2>头</th></tr><tr><td>左<td>右</tr>"
            "<tr><td>组<td>行<td>1<td>2</tr></table>"
        )
    )

    assert table == [["角", None, "头", None], [None, None, "左", "右"], ["组", "行", "1", "2"]]


def test_an_empty_cell_is_there_and_one_that_is_not_printed_is_not() -> None:
    assert tables(
        page("<table><tr><td>甲</td><td>&nbsp;</td><td></td></tr><tr><td>乙</td><td>0</td></tr></table>")
    ) == [[["甲", "", ""], ["乙", "0"]]]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<p>12</p>", "12"), ("<p><span>1</span><span lang=EN-US>2</span></p>", "12"), ("&nbsp;12&nbsp;<br>", "12"),
        ("本年新<br>制作数量", "本年新\n制作数量"), ("<p>本年新</p>\n<p>制作数量</p>", "本年新\n制作数量"),
        ("1<br>2", "1\n2"), ("12<sup>1</sup>", "12[1]"), ("12<sup>①</sup>", "12①"),
        ("12<sup><span>1</span></sup>", "12[1]"), ("<b>12<sup>[1]</sup></b>", "12[1]"), ("<s>12</s>13", "13"),
        ("<input value='12'>", "12"), ("<div><div>12</div></div>", "12"), ("<pre>12</pre>", "12"),
        ("<table><tr><td>12</td></tr></table>", "12"), ("<table><tr><td><td>12</td></tr></table>", "12"),
        ("<textarea>12</textarea>", "12"),
        ("<p><span>本年</span> <span>report</span><o:p></o:p></p>", "本年 report"),
        ("<p><span>本年</span><font>新</font></p>\n<p>&nbsp;</p>", "本年新"),
        ("<div><p><b>本年</b><i>新</i></p></div><!-- 注 -->", "本年新"), ("<p>本年</p><span>新</span>", "本年\n新"),
        ("<span>本年</span><br><span>新</span>", "本年\n新"), ("<span>本年</span>\n<span>新</span>", "本年新"),
        ("<table><tr><td>本年<td>&nbsp;</td></tr></table><b>新</b>", "本年\n新"), ("本年<table></table>新", "本年\n新"),
    ],
)  # fmt: skip
def test_the_text_of_a_cell_has_a_line_feed_where_lines_are_parted(content: str, text: str) -> None:
    assert tables(page(f"<table><tr><td>甲</td><td>{content}</td></tr></table>")) == [[["甲", text]]]


def test_cells_with_the_same_characters_are_parted_each_as_it_is() -> None:
    markup = (
        "<table><tr><td>本年<br>新</td><td>本年新</td><td>本<p>年新</p></td><td><i>本</i>年<b>新</b></td></tr></table>"
    )

    assert tables(page(markup)) == tables(page(markup)) == [[["本年\n新", "本年新", "本\n年新", "本年新"]]]


def test_texts_of_cells_are_kept_within_bounds() -> None:
    rows = "".join(f"<tr><td>{number}<td>{number:0150}</tr>" for number in range(2 * MOST_KNOWN))

    (table,) = tables(page(f"<p>政府信息公开</p><table>{rows}</table>"))

    assert table == [[f"{number}", f"{number:0150}"] for number in range(2 * MOST_KNOWN)]
    assert len(known_cells) <= MOST_KNOWN and max(map(len, known_cells)) < 150


def test_a_layout_table_gives_the_tables_in_its_cells_in_their_place_and_its_text_as_lines() -> None:
    document = page(
        "<table><tr><td>导航<td><table><tr><td>标题<table><tr><td>甲<td>1</table>说明</table></tr>"
        "<tr><td>主办<td>某办</table>"
    )

    assert tables(document) == [[["甲", "1"]]]
    assert lines(document) == ["导航", "标题", "说明", "主办", "某办"]


def test_rows_of_a_layout_table_that_are_a_table_stay_one() -> None:
    document = page(
        "<table><tr><td>索引号<td>123</tr><tr><td>发布机构<td>某局</tr>"
        "<tr><td colspan=2><table><tr><td>甲<td>1</table></tr></table>"
    )

    assert tables(document) == [[["索引号", "123"], ["发布机构", "某局"]], [["甲", "1"]]]


def test_a_table_of_one_column_is_a_frame() -> None:
    assert lines(page("<table><tr><td><p>一</p><p>二</p></tr><tr><td>三</table>")) == ["一", "二", "三"]


def test_the_caption_of_a_table_is_a_line_above_it() -> None:
    document = page("<table><caption>表一</caption><tr><td>甲<td>1</table>")

    assert (lines(document), tables(document)) == (["表一"], [[["甲", "1"]]])


def test_text_that_stands_in_a_table_but_in_no_cell_is_not_lost() -> None:
    assert lines(page("<table><tr>漏<td>甲<td>1</table>")) == ["漏"]


@pytest.mark.parametrize(
    "table",
    [
        "<div style='display:table'><div style='display:table-row'><div style='display:table-cell'>甲</div><span"
        " style='display: table-cell'></span></div><div><p style='display:table-cell'>乙</p><p>1</p></div></div>",
        "<div><div class='tr'><div class='td left'>甲</div><div class='td'></div></div>"
        "<div class='tr'><div class='td'>乙</div><div class='td'>1</div></div></div>",
        "<style>.t-b, .c { display: table-cell; width: 1px }</style>"
        "<dl><dd><span class=c>甲</span><span class=c></span></dd><dd><span class=c>乙</span><span class=c>1</span></dl>",
    ],
)  # fmt: skip
def test_a_table_drawn_with_boxes_is_one(table: str) -> None:
    assert tables(page(f"<p>前</p>{table}<p>后</p>")) == [[["甲", ""], ["乙", "1"]]]


def test_cells_that_a_script_only_writes_hide_no_drawn_table() -> None:
    """Their tags are most of the page, so that it looks as if it had true cells in plenty."""
    script = f"<script>rows = '{'<td>x</td>' * 1_500}'</script>"
    rows = [f"<div><span class=td>{name}</span><span class=td>{number}</span></div>" for name, number in ("甲1", "乙2")]
    table = f"<div>{''.join(rows)}</div>"

    assert tables(page(script + table)) == tables(page(table)) == [[["甲", "1"], ["乙", "2"]]]


def test_columns_of_a_page_are_no_table() -> None:
    document = page(
        "<div class=row><div class=col><div><p>导航</p></div></div><div class=col><div><p>正文</p></div></div></div>"
        * 2
    )

    assert (tables(document), lines(document)) == ([], ["导航", "正文"] * 2)


@pytest.mark.parametrize("opening", ["<pre>", "<div style='white-space: pre-wrap'>", "<textarea>"])
def test_a_flattened_table_in_preformatted_text_is_read_as_in_plain_text(opening: str) -> None:
    text = "报告\n信息内容 | 本年制发件数 | 现行有效件数 |\n规章 | 1 | 2 |\n行政规范性文件 | 3 | 4 |\n"

    document = read_bytes(f"<html>{opening}{text}".encode(), "page.html")

    assert lines(document) == ["报告"]
    assert [row[:3] for row in tables(document)[0]][1] == ["规章", "1", "2"]


def test_preformatted_lines_stay_lines() -> None:
    assert lines(page("<pre>一\n  二\n\n三</pre>")) == ["一", "二", "三"]


def test_the_head_of_a_page_gives_properties() -> None:
    document = read_bytes(
        '<head><title> 年报_某\n市 </title><meta name="ArticleTitle" content="年报"><meta name=PubDate content="2021-01-20">'
        '<meta property="og:title" content="年报"><meta charset=utf-8><meta name=empty content=""></head>正文'.encode(),
        "page.html",
    )

    assert document.properties == (
        ("title", "年报_某市"), ("ArticleTitle", "年报"), ("PubDate", "2021-01-20"), ("og:title", "年报"),
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16", "utf-16-le"])
def test_a_page_is_read_in_whichever_encoding(encoding: str) -> None:
    text = "政府資訊公開工作年度報告" if encoding.startswith("big5") else "政府信息公开工作年度报告"
    markup = f"<html><body><p>{text}</p><table><tr><td>一</td><td>1</td></tr></table></body></html>"

    document = read_bytes(markup.encode(encoding), "page.html")

    assert (document.format, document.encoding) == ("html", encoding)
    assert lines(document) == [text]


def test_a_wrongly_declared_charset_is_not_believed() -> None:
    markup = "<meta charset=gb2312><p>政府信息公开工作年度报告</p>"

    assert lines(read_bytes(markup.encode(), "page.html")) == ["政府信息公开工作年度报告"]


def test_a_place_that_cannot_be_decoded_is_counted() -> None:
    document = read_bytes("<p>政府信息公开</p><p>报".encode() + b"\xff" + "告</p>".encode(), "page.html")

    assert (document.undecoded, lines(document)) == (1, ["政府信息公开", "报\ufffd告"])


def test_a_place_that_cannot_be_decoded_counts_where_it_is_shown() -> None:
    hidden = "<div style='display:none'><p>扫一扫".encode() + b"\xff</p></div>"
    long = "政府信息公开" * 1_000
    document = read_bytes(f"<p>{long}</p>".encode() + hidden + "<p>报告<!-- ".encode() + b"\xff -->", "page.html")

    assert (document.undecoded, document.encoding, lines(document)) == (0, "utf-8", [long, "报告"])


def test_control_characters_and_nul_are_no_text() -> None:
    document = read_bytes(b"<html><p>a\x00b\x01c&#0;d&#31;e</p><table><tr><td>1\x00<td>2</table>", "page.html")

    assert lines(document) == ["ab c\ufffdd\x1fe"]
    assert tables(document) == [[["1", "2"]]]


@pytest.mark.parametrize(
    "damaged",
    [
        "<p>政府信\0息公开</p><table><tr><td>一<td>2</table>",
        "<p>政府信息公开</p><table><tr><td>一<t\0d>2</table>",
        "<p>政府信息公开</p><table><tr><td>一<td styl\0e='display:no\0ne'>9</td><td>2</table>",
        "<p>政府信息公开</p><table><tr><td>一<td>2</table>\0\0\0",
    ],
)
def test_a_page_is_read_without_the_nul_far_in_it(damaged: str) -> None:
    start = f"<html><body><ul>{'<li>政务公开</li>' * 2_000}</ul>"

    document = read_bytes((start + damaged).encode(), "page.html")

    assert document.blocks == read_bytes((start + damaged.replace("\0", "")).encode(), "page.html").blocks
    assert tables(document) == [[["一", "2"]]] and (document.encoding, document.undecoded) == ("utf-8", 0)


@pytest.mark.parametrize(
    "markup", ["<html><frameset><frame src=a.htm></frameset></html>", "<html><script>load()</script>"]
)
def test_a_page_without_text_is_refused(markup: str) -> None:
    with pytest.raises(DocumentError, match="the page shows no text"):
        read_bytes(markup.encode(), "page.html")


def test_a_document_has_the_digest_of_its_bytes_also_when_it_is_copied() -> None:
    data = "<p>政府信息公开</p>".encode()
    document = read_bytes(data, "page.html")

    assert replace(document, source="copy.html").sha256 == hashlib.sha256(data).hexdigest()
    assert pickle.loads(pickle.dumps(document)) == document == read_bytes(data, "page.html")
