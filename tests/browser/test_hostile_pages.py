"""Whatever a report says is text on every page: nothing in it runs, and nothing is written outside the folder."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser

import gia_analysis as gia
from gia_analysis.corpus import Corpus
from gia_analysis.publishing import publish

pytestmark = pytest.mark.browser
SAMPLES = Path(__file__).parents[2] / "data" / "raw"
HOSTILE = {
    "script": "<script>window.broken = 1</script>",
    "image": "<img src=x onerror='window.broken = 1'>",
    "template": "{{ 7*7 }}{% raw %}${7*7}{constructor}",
    "path": "../../../../x",
    "quotes": "\"'`><svg onload=window.broken=1>&quot;",
    "end": "</script></style></textarea><!--<script>window.broken = 1</script>",
    "newlines": "第一行\n第二行\r\n## 标题\n```python\nwindow.broken\n```",
    "long": "长" * 300,
    "directions": "\u202e倒写\u202c\u2066x\u2069\u200f",
    "nul": "零\0字节\x1b[31m",
    "link": "[点击](javascript:window.broken=1) javascript:window.broken=1",
    "formula": '=HYPERLINK("http://example.invalid","x")',
    "code": '"; raise SystemExit("window.broken") #',
    "braces": "%s %(x)s {0} {agency} $HOME `id`",
}
FIELDS = {
    "reports": (
        "source", "member", "url", "message", "title", "agency", "region", "index_number", "contact_office",
        "contact_address", "contact_phone", "contact_email", "website",
    ),
    "cells": ("source", "raw", "issue"),
    "sections": ("source", "title", "text"),
    "figures": ("source", "raw", "sentence"),
    "issues": ("source", "raw", "message"),
    "checks": ("source",),
    "indicators": ("source",),
}  # fmt: skip


def poisoned(corpus: Corpus, text: str) -> Corpus:
    """Return a corpus that says a hostile text wherever a report can say something of its own."""

    def spoilt(name: str, frame: pd.DataFrame) -> pd.DataFrame:
        fields = FIELDS.get(name, ())
        return frame.assign(**{field: frame[field].where(frame[field].isna(), text) for field in fields})

    names = ("reports", "cells", "sections", "figures", "issues")
    frames = replace(corpus.frames, **{name: spoilt(name, getattr(corpus, name)) for name in names})
    return Corpus(frames, checks=spoilt("checks", corpus.checks), indicators=spoilt("indicators", corpus.indicators))


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the pages of one agency for each hostile text, and of one that could not be read."""
    folder = tmp_path_factory.mktemp("hostile")
    sound = gia.read_reports(SAMPLES / "2020-tongji-subdistrict.txt")
    parts = [poisoned(sound, text) for text in HOSTILE.values()]
    for number, part in enumerate(parts):
        for name in ("reports", "cells", "sections", "figures", "issues", "checks", "indicators"):
            frame = getattr(part, name)
            frame["report_id"] = f"{number:02d}" + frame["report_id"].str.slice(2)
            frame["source"] = frame["source"] + f" {number}"
    joined = {
        name: pd.concat([getattr(part, name) for part in parts], ignore_index=True)
        for name in ("reports", "cells", "sections", "figures", "issues", "checks", "indicators")
    }
    unread = joined["reports"].iloc[[0]].assign(
        report_id="unread", status="failed", agency=None, year=None, message=HOSTILE["script"], source=HOSTILE["end"]
    )  # fmt: skip
    joined["reports"] = pd.concat([joined["reports"], unread.astype(joined["reports"].dtypes)], ignore_index=True)
    checks, indicators = joined.pop("checks"), joined.pop("indicators")
    Corpus(replace(sound.frames, **joined), checks=checks, indicators=indicators).save(folder / "corpus")
    before = set(folder.rglob("*"))

    table = publish(folder / "corpus", folder / "out" / "site")

    assert list(table["status"].unique()) == ["ok"], table["message"].dropna().unique()
    outside = {path for path in folder.rglob("*") if (folder / "out" / "site") not in path.parents}
    assert outside == before | {folder / "out", folder / "out" / "site"}
    return folder / "out" / "site"


def test_nothing_that_a_report_says_runs(browser: Browser, hostile_site: Path) -> None:
    context = browser.new_context(offline=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("dialog", lambda dialog: complaints.append(f"{page.url}: {dialog.message}"))
    page.on("request", lambda asked: None if asked.url.startswith(("file:", "data:")) else complaints.append(asked.url))
    for file in sorted(hostile_site.glob("*.html")):
        page.goto(file.as_uri())
        assert page.evaluate("() => window.broken") is None, file.name
        assert (
            page.evaluate("() => document.querySelectorAll('img[src=x], svg[onload], a[href^=javascript]').length") == 0
        )
    context.close()

    assert complaints == []


def test_every_hostile_name_is_shown_as_it_is_written(browser: Browser, hostile_site: Path) -> None:
    page = browser.new_page()
    titles = {}
    for file in sorted(hostile_site.glob("agency-*.html")):
        page.goto(file.as_uri())
        titles[file.name] = page.evaluate("() => document.querySelector('h1').textContent")
    page.close()

    assert len(titles) == len(HOSTILE)
    shown = [" ".join(title.split()) for title in titles.values()]
    for name, text in HOSTILE.items():
        visible = " ".join(text.replace("\0", "\ufffd").replace("\x1b", "\ufffd").split())
        assert any(visible[:40] in title or visible[:40].replace("\ufffd", "") in title for title in shown), name
