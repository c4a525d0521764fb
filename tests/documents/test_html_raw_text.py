"""Long style sheets and scripts are not parsed, and a page is read as if they were."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from gia_analysis.documents import TableBlock, read_bytes
from gia_analysis.documents.html.raw_text import parse, parse_whole

LONG = "a{}\n" * 5_000
BODY = f"<table><tr><td>甲<td>1<tr><td>乙<td>2</table><p>{'公开' * 4_000}</p>"  # what follows is in the latter half


def page(style: str = "", body: str = BODY, script: str = "", behind: str = "</body></html>") -> bytes:
    return f"<html><head>{style}</head><body>{body}{script}{behind}".encode()


def shown_by(tree: LexborHTMLParser) -> str:
    """Return the markup of a tree but for its style sheets and scripts."""
    for node in tree.css("style,script"):
        node.decompose()
    return tree.html or ""


@pytest.mark.parametrize(
    "markup",
    [
        page(f"<style>{LONG}</style>", script=f"<script>{LONG}</script>"),
        page(f"<style type='text/css'><!-- {LONG} --></STYLE\n>"),
        page(f"<title>年报</title>{'<meta>' * 9}<style>{LONG}</style>", script=f"<div><script>{LONG}</SCRIPT ></div>"),
        page(script=f"<script type=a>if (a < b) '<td></td>'; <!-- {LONG}</script>\n"),
        page(script=f"<script>{LONG}</script>", behind=""),
        page(script=f"<script>'javascript: script/script < script';{LONG}</script>"),
        page(script="<div><p>", behind=f"<script>{LONG}</script></html>\n"),
    ],
)
def test_a_long_text_that_is_not_shown_is_not_parsed(markup: bytes) -> None:
    assert len(parse(markup).raw_html) < len(markup) - 10_000
    assert shown_by(parse(markup)) == shown_by(parse_whole(markup))


@pytest.mark.parametrize("wrong", ["{0}<p>一</p>", "<!--{0}--><p>一</p>", "<p title='{0}'>一</p>"])
@pytest.mark.parametrize(
    "around", ["{0}", "<textarea>{0}</textarea>", "<svg>{0}</svg>", "<select>{0}</select>", "<xmp>{0}"]
)
@pytest.mark.parametrize(
    "raw",
    [
        f"<style>{LONG}<b>二</b></style>",
        f"<style title='>'>{LONG}</style>",
        f"<style>{LONG}</stylex>三</style>",
        f"<script>{LONG}<b>二</b></script>",
        f"<script x='>'>{LONG}</script>",
        f"<script>{LONG}</SCRIPT>三<p>四</script>",
        f"<script><!-- <SCRIPT> </script>{LONG} --></script>",
        f"<script>{LONG}\x1c/script>五</script>",
        f"<script>{'javascript;' * 2_000}</script>",
    ],
)
def test_what_only_looks_like_a_style_sheet_or_script_is_parsed(raw: str, around: str, wrong: str) -> None:
    inner = wrong.format(around.format(raw))

    for markup in (page(inner), page(script=inner)):
        assert shown_by(parse(markup)) == shown_by(parse_whole(markup))


def test_a_script_before_other_elements_is_parsed() -> None:
    markup = page(script=f"<script>{LONG}</script>", behind="<p>完</p>")

    assert parse(markup).raw_html == markup


def test_a_long_style_sheet_draws_tables_all_the_same() -> None:
    style = f"<style>{LONG}.c{{display:table-cell}}</style>"
    body = "<div><div class=c>甲</div><div class=c>1</div></div><div><div class=c>乙</div><div class=c>2</div></div>"

    document = read_bytes(page(style, body, f"<script>{LONG}</script>"), "page.html")

    texts = [
        [cell.text for cell in row] for block in document.blocks if isinstance(block, TableBlock) for row in block.rows
    ]
    assert texts == [["甲", "1"], ["乙", "2"]]
