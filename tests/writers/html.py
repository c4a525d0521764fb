"""Reports as web pages: plain, as content management systems print them, and as Word saves them.

Each manner is one way in which agencies' pages wrap the same report; the tables are the true grids of the paper.
"""

from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import count
from typing import Literal, get_args

from gia_analysis.simulation import Grid, GridCell, Paper
from gia_analysis.simulation.grid import with_hidden

Manner = Literal["plain", "cms", "word", "layout", "nested", "breaks", "divs", "boxes", "unclosed"]
MANNERS: Sequence[Manner] = get_args(Manner)

_HEAD = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="{charset}">
<title>{title}_云山市人民政府门户网站</title>
<meta name="SiteName" content="云山市人民政府门户网站"><meta name="ColumnName" content="政府信息公开年报">
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2022-01-20 09:30">
<meta name="ContentSource" content="{source}">
<link rel="stylesheet" href="/css/main.css"><style>.nav li {{ float: left }} td > p {{ margin: 0 }}</style>
<script>var a = "<table><tr><td>1</td></tr></table>"; if (1 < 2 && 3 > 2) document.write(a);</script>
</head>
"""
_TOP = """<body class="page"><div id="header"><a href="/"><img src="/logo.png" alt="云山市人民政府"></a>
<ul class="nav"><li><a href="/zwgk/">政务公开</a></li><li><a href="/zwfw/">政务服务</a></li>
<li><a href="/hdjl/">互动交流</a></li></ul></div>
<!-- 当前位置 <table><tr><td>2</td></tr></table> -->
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 政府信息公开年报</div>
<div class="article"><h1>{title}</h1>
<div class="meta"><span>发布日期：2022-01-20 09:30</span>&nbsp;&nbsp;<span>来源：{source}</span>
<span>字号：[<a>大</a> <a>中</a> <a>小</a>]</span></div>
<div id="zoom">
"""
_END = """</div></div>
<noscript><p>请打开脚本</p></noscript><template><table><tr><td>3</td></tr></table></template>
<div style="display:none"><table><tr><td>一、</td><td>4</td></tr></table></div>
<table class="links"><tr><td><a href="#">国务院部门网站</a></td><td><a href="#">省政府网站</a></td></tr></table>
<div id="footer">版权所有：云山市人民政府 <a href="#">网站地图</a> <script>count(1);</script></div>
</body></html>
"""
_WORD_HEAD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">

<head>
<meta http-equiv=Content-Type content="text/html; charset={charset}">
<meta name=Generator content="Microsoft Word 15">
<title>{title}</title>
<!--[if gte mso 9]><xml>
 <o:DocumentProperties><o:Author>admin</o:Author></o:DocumentProperties>
</xml><![endif]-->
<style><!-- p.MsoNormal, td {{mso-style-parent:""; font-family:仿宋_GB2312;}} --></style>
</head>

<body lang=ZH-CN style='tab-interval:21.0pt'>

<div class=WordSection1>
"""
_FONT = "font-size:10.5pt;font-family:仿宋_GB2312;mso-hansi-font-family:宋体;color:black;mso-font-kerning:0pt"
_CELL = "width:65.0pt;border:solid windowtext 1.0pt;border-left:none;padding:0cm 5.4pt 0cm 5.4pt;height:21.0pt"
_PARAGRAPH = "text-align:center;line-height:150%;mso-pagination:widow-orphan;layout-grid-mode:char"


def write(paper: Paper, manner: Manner = "plain", encoding: str = "utf-8") -> bytes:
    """Return a paper as a web page of some manner, its charset declared."""
    return _WRITERS[manner](paper, encoding).encode(encoding, "xmlcharrefreplace")


def _title(paper: Paper) -> str:
    """Return the title of a report, the line above it included where it begins with the year."""
    lines = [part for part in paper if isinstance(part, str)][:4]
    place = next((place for place, line in enumerate(lines) if "报告" in line and len(line) < 60), None)
    if place is None:
        return "政府信息公开工作年度报告"
    return lines[place] if place == 0 or not lines[place].startswith("20") else lines[place - 1] + lines[place]


def _source(paper: Paper) -> str:
    return _title(paper).split("20")[0] if "20" in _title(paper) else ""


def _page(paper: Paper, encoding: str, body: str) -> str:
    facts = {"title": _title(paper), "source": _source(paper)}
    return _HEAD.format(charset=encoding, **facts) + _TOP.format(**facts) + body + _END


def _parts(paper: Paper, table: Callable[[Grid], str], paragraph: Callable[[str], str]) -> Iterator[str]:
    for part in paper:
        yield paragraph(part) if isinstance(part, str) else table(part)


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>\n"


def table_of(grid: Grid, content: Callable[[str], str] = escape, opening: str = '<table border="1">') -> str:
    """Return a grid as a table, its texts made content by some means."""
    rows = "".join(f"<tr>{''.join(map(_cell_with(content), row))}</tr>\n" for row in grid)
    return f"{opening}<tbody>\n{rows}</tbody></table>\n"


def _cell_with(content: Callable[[str], str], style: str = "") -> Callable[[GridCell], str]:
    def written(cell: GridCell) -> str:
        return f"<td{_spans(cell)}{style}>{content(cell.text)}</td>"

    return written


def _spans(cell: GridCell) -> str:
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return rows + (f' colspan="{cell.columns}"' if cell.columns > 1 else "")


def _plain(paper: Paper, encoding: str) -> str:
    body = "".join(_parts(paper, table_of, _paragraph))
    return f'<html><head><meta charset="{encoding}"></head><body>\n{body}</body></html>'


def _cms(paper: Paper, encoding: str) -> str:
    return _page(paper, encoding, "".join(_parts(paper, table_of, _paragraph)))


def _word(paper: Paper, encoding: str) -> str:
    """Every run of text in its own span, cells with empty runs, lines of the source broken inside words."""

    def run(text: str) -> str:
        halves = (text[: len(text) // 2], text[len(text) // 2 :]) if len(text) > 8 else (text,)
        spans = "".join(f"<span style='{_FONT}'>{escape(half)}</span>" for half in halves)
        return f"{spans}<span lang=EN-US style='{_FONT}'><o:p></o:p></span>"

    def paragraph(text: str) -> str:
        return f"<p class=MsoNormal align=center\nstyle='{_PARAGRAPH}'>{run(text)}</p>\n\n"

    def cell(cell: GridCell) -> str:
        style = f"width=87 style='{_CELL}'"
        return f"  <td{_spans(cell).replace(chr(34), '')} {style}>\n  {paragraph(cell.text)}  </td>\n"

    def table(grid: Grid) -> str:
        opening = "<table class=MsoNormalTable border=0 cellspacing=0 cellpadding=0\n style='border-collapse:collapse'>"
        rows = "".join(f" <tr style='height:21.0pt'>\n{''.join(map(cell, row))} </tr>\n" for row in grid)
        return f"{opening}\n{rows} <![if !supportMisalignedColumns]><tr height=0><td width=87></td></tr><![endif]></table>\n"

    body = "".join(_parts(paper, table, paragraph))
    return _WORD_HEAD.format(charset=encoding, title=_title(paper)) + body + "</div>\n\n</body>\n\n</html>\n"


def _layout(paper: Paper, encoding: str) -> str:
    """The whole article in a cell of a table for the page's layout, in the manner of older sites."""
    body = "".join(_parts(paper, table_of, _paragraph))
    left = "".join(f'<tr><td><a href="/{code}">{name}</a></td></tr>' for code, name in enumerate(("公开指南", "目录")))
    return _page(
        paper,
        encoding,
        '<table width="1000"><tr><td colspan="2"><img src="/top.jpg"></td></tr>'
        f'<tr><td width="200"><table>{left}</table></td>'
        f'<td><table><tr><td height="8"></td></tr><tr><td class="content">{body}</td></tr></table></td></tr>'
        "<tr><td>主办单位</td><td>云山市人民政府</td></tr></table>",
    )


def _nested(paper: Paper, encoding: str) -> str:
    """Each table in a frame of its own, every figure in a table of one cell."""

    def boxed(text: str) -> str:
        return f"<table><tr><td>{escape(text)}</td></tr></table>" if len(text) < 8 else escape(text)

    def framed(grid: Grid) -> str:
        return f"<table><tr><td>{table_of(grid, boxed)}</td></tr></table>"

    return _page(paper, encoding, "".join(_parts(paper, framed, _paragraph)))


def _breaks(paper: Paper, encoding: str) -> str:
    """Labels broken into lines and paragraphs, figures and blanks between no-break spaces."""
    turn = count()

    def broken(text: str) -> str:
        if len(text) < 6 or text[0].isdigit():
            return ("&nbsp;{}", "&nbsp;&nbsp;{}<br>", "<p>{}</p>", "<p>\n{}\n</p>\n<p>&nbsp;</p>")[
                next(turn) % 4
            ].format(text)
        left, right = escape(text[: len(text) // 2]), escape(text[len(text) // 2 :])
        return ("{}<br/>{}", "<p>{}</p>\n<p>{}</p>", "<b>{}</b>\n<b>{}</b>", "<div>{}</div>{}")[next(turn) % 4].format(
            left, right
        )

    def line(text: str) -> str:
        return f"&emsp;&emsp;{escape(text)}<br>\n"

    return _page(paper, encoding, "".join(_parts(paper, lambda grid: table_of(grid, broken), line)))


def _divs(paper: Paper, encoding: str) -> str:
    """Tables drawn by boxes that are displayed as tables, rows and cells; what a span hides is an empty cell."""

    def table(grid: Grid) -> str:
        def row(texts: Sequence[str]) -> str:
            cells = "".join(f'<div style="display: table-cell; border:1px">{escape(text)}</div>' for text in texts)
            return f'<div style="display:table-row">{cells}</div>\n'

        return f'<div style="display:table;width:100%">\n{"".join(map(row, with_hidden(grid)))}</div>\n'

    return _page(paper, encoding, "".join(_parts(paper, table, _paragraph)))


def _boxes(paper: Paper, encoding: str) -> str:
    """The same by the names of classes alone."""

    def table(grid: Grid) -> str:
        def row(texts: Sequence[str]) -> str:
            return f'<div class="tr">{"".join(f"<div class=td>{escape(text)}</div>" for text in texts)}</div>\n'

        return f'<div class="table">\n{"".join(map(row, with_hidden(grid)))}</div>\n'

    return _page(paper, encoding, "".join(_parts(paper, table, _paragraph)))


def _unclosed(paper: Paper, encoding: str) -> str:
    """Upper case, no end tags, no quotes, a font opened in every paragraph and never closed."""

    def table(grid: Grid) -> str:
        rows = "".join(
            "<TR>" + "".join(f"<TD{_spans(cell).replace(chr(34), '')}>{escape(cell.text)}" for cell in row)
            for row in grid
        )
        return f"<TABLE BORDER=1>{rows}</TABLE>"

    def paragraph(text: str) -> str:
        return f"<P><FONT FACE=宋体 SIZE=3>{escape(text)}"

    return _page(paper, encoding, "".join(_parts(paper, table, paragraph)))


_WRITERS: dict[Manner, Callable[[Paper, str], str]] = {
    "plain": _plain, "cms": _cms, "word": _word, "layout": _layout, "nested": _nested, "breaks": _breaks, "divs": _divs,
    "boxes": _boxes, "unclosed": _unclosed,
}  # fmt: skip
