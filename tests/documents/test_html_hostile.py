"""Hostile and broken pages: read without loss, or refused with a reason, within bounds of time and memory."""

from collections.abc import Callable

import pytest

from documents.bounds import read_bounded, refusal
from gia_analysis import Report
from gia_analysis.documents import LARGEST_FILE_BYTES, read_bytes
from gia_analysis.reading import interpret
from gia_analysis.schema import Status
from writers.html import MANNERS, Manner, write
from writers.papers import cells_of, originals

ORIGINAL = originals()["full_2021"]
PLAIN = write(ORIGINAL.paper, "plain")
BEFORE, AFTER = (part + b"<body>" * (part == PLAIN.split(b"<body>")[0]) for part in PLAIN.split(b"<body>"))


def beside(markup: bytes) -> Report:
    """Return the report on a page that has some markup above it."""
    return read_bounded(BEFORE + markup + AFTER)


@pytest.mark.parametrize(
    "markup",
    [
        b"<table><tr>" + b"<td rowspan=1000000000>1</td>" * 100 + b"</tr>" + b"<tr><td>2</td></tr>" * 1_000 + b"</table>",
        b"<table><tr>" + b"<td colspan=1000000000>1</td>" * 1_000 + b"</tr></table>",
        b"<div>" * 1_000,
        b"<font size=3>" * 1_000,
        b"<p><font color=red>" * 20_000,
        b"<b><i><p>" * 2_000,
        b"<span>" * 100_000,
        b"<sup>" * 20_000 + b"</sup>" * 20_000,
        b"<table><tr><td>" * 40,
        b"<table>" * 40,
        b"<p " + b" ".join(b"a%d=1" % number for number in range(4_000)) + b"></p>",
        b"<p a=1 b=2>" * 100_000,
        b"<p hidden></p>" * 50_000,
        b"&amp;&#x4e00;&nbsp;" * 300_000,
        b"<" * 1_000_000,
        b"\0" * 60,
        b"<pre>a | b\nc | d\ne | f\ng | h\n</pre>" * 2_000,
        b"<div class=row>" + b"<div class=td>1</div>" * 50_000 + b"</div>",
        b"<style>" + b".a { display: table-cell }" * 50_000 + b"</style>",
        b"<!-- -->" * 200_000,
        b"<![if x]>" * 200_000,
        b"<p " + b"style=" * 300 + b"display:none>" + (b"style=" * 300 + b"display:none ") * 2_000,
        b"<p style='display:none;a:%d'></p>" * 50_000,
    ],
    ids=lambda markup: markup[:24].decode(errors="replace"),
)  # fmt: skip
def test_what_stands_above_a_report_costs_it_no_figure(markup: bytes) -> None:
    report = beside(markup)

    assert cells_of(report) == ORIGINAL.cells, report.facts.message


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (b"<table>" + b"<tr><td rowspan=1000 colspan=1000>1</td><td>2</td></tr>" * 2_000, "200,000 cells"),
        (b"<table>" + (b"<tr>" + b"<td>1</td>" * 1_000) * 1_000, "200,000 cells"),
        (b"<table><tr>" + b"<td>1</td>" * 1_000_000, "200,000 cells"),
        (b"<table><tr><td>1<td>2</table>" * 101_000, "200,000 cells"),
        (b"<div class=table>" + b"<div class=tr><p class=td>1</p><p class=td>2</p></div>" * 101_000, "200,000 cells"),
        (b"<div>" * 200_000, "5,000 elements in each other"),
        (b"<div>" * 200_000 + b"</div>" * 200_000, "5,000 elements in each other"),
        (b"<ul><li>" * 100_000, "5,000 elements in each other"),
        (b"<table><tr><td>" * 100_000, "5,000 elements in each other"),
        (b"<table><tr><td>1<td>2<tr><td>" * 3_000, "tables in each other"),
        (b"<p " + b" ".join(b"a%d=1" % number for number in range(300_000)) + b">", "5,000 attributes"),
        (b"<p " + b" ".join(b"a%d='1'" % number for number in range(1_000_000)) + b">", "5,000 attributes"),
    ],
    ids=lambda given: given[:24].decode(errors="replace") if isinstance(given, bytes) else None,
)  # fmt: skip
def test_what_no_report_has_is_refused(markup: bytes, words: str) -> None:
    assert f"more than {words}" in refusal(BEFORE + markup).replace("50 tables", "tables")


def test_a_page_of_100_mb_is_read_or_refused_within_bounds() -> None:
    text = "<p style='text-indent:2em'>政府信息公开工作年度报告。".encode()

    report = read_bounded(BEFORE + text * ((LARGEST_FILE_BYTES - len(BEFORE)) // len(text)))

    assert report.facts.status is Status.FAILED
    assert not (report.facts.message or "").startswith("unexpected")


def test_a_page_that_leaves_no_room_is_refused_with_that_reason() -> None:
    report = read_bounded(BEFORE + b"<a>" * 10_000_000)

    assert "memory" in (report.facts.message or "")


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("share", [0.35, 0.5, 0.65, 0.8, 0.95])
def test_a_truncated_page_gives_no_figure_that_was_not_printed_there(manner: Manner, share: float) -> None:
    """The last figure may itself be cut off; every other is right or has no value."""
    data = write(ORIGINAL.paper, manner)

    report = interpret(read_bytes(data[: int(len(data) * share)], "report.html"))[0]

    wrong = [
        key for key, (value, _) in cells_of(report).items() if value is not None and ORIGINAL.cells[key][0] != value
    ]
    assert len(wrong) <= 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda page: page.replace(b"</td>", b"\0</td\0>", 30),
        lambda page: page.replace(b"<p>", b"<font><p>"),
        lambda page: page.replace(b"</p>", b"").replace(b"</tr>", b"").replace(b"</td>", b""),
        lambda page: page.replace(b"</tbody></table>", b""),
        lambda page: page.replace(b"<td", b"<td title='a>b' style=\"x:'y\" x=\"<td>\" "),
        lambda page: page.replace(b"<tr>", b"</div></span><tr></p></b>"),
        lambda page: page.replace(b"<td>", b"<TD \n\t>").replace(b"<tr>", b"<TR/>"),
        lambda page: page.replace(b"<td", b"<th").replace(b"</td>", b"</th>"),
        lambda page: page.replace(b"<table", b"<center><table").replace(b"<tbody>", b"<tbody><form>"),
    ],
    ids=["NUL", "fonts", "no ends", "no table ends", "quotes", "stray ends", "upper case", "heads", "forms"],
)  # fmt: skip
def test_a_broken_page_loses_no_figure(spoil: Callable[[bytes], bytes]) -> None:
    (report,) = interpret(read_bytes(spoil(PLAIN), "report.html"))

    assert cells_of(report) == ORIGINAL.cells
