"""What the pages' own script does: tables as CSV that no spreadsheet runs, and nothing else runs beside it."""

import csv
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from playwright.sync_api import Browser, Page

from gia_analysis import show
from gia_analysis.publishing.pages import notebook_page
from gia_analysis.traced import Traced, Words

pytestmark = pytest.mark.browser
INJECTED = (
    "<script>document.title = 'ran'</script><img src=x onerror=\"document.title = 'ran'\">"
    '<p id="styled" style="color: rgb(1, 2, 3)" onclick="document.title = \'ran\'">x</p>'
    "<style>#styled{color: rgb(1, 2, 3)}</style><base href='https://example.org/'>"
)


def make_page(folder: Path, *outputs: str) -> str:
    shown = [nbformat.v4.new_output("display_data", {"text/html": each}) for each in outputs]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=shown)])
    (folder / "page.html").write_text(notebook_page(notebook, "甲局 2020", "zh", home=None), encoding="utf-8")
    return (folder / "page.html").as_uri()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(offline=True)
    yield context.new_page()
    context.close()


def download(page: Page, folder: Path) -> tuple[list[list[str]], str, bytes]:
    with page.expect_download() as saved:
        page.get_by_role("button", name="下载 CSV").click()
    saved.value.save_as(folder / "x.csv")
    with (folder / "x.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream)), saved.value.suggested_filename, (folder / "x.csv").read_bytes()


def test_a_table_is_downloaded_with_exact_values(page: Page, tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "公开率": [Traced("55.9 %", 0.5587255611), Traced("—", None), "— （分母为零）"],
            "件数": [Traced("1,463", 1463.0), Traced("—", None), Traced("0", 0.0)],
        },
        index=pd.Index(["甲", "乙", "丙"], name="机关"), dtype="object",
    )  # fmt: skip
    page.goto(make_page(tmp_path, show(frame, "各机关：公开率/2020")._repr_html_()))

    rows, name, content = download(page, tmp_path)

    assert rows == [
        ["机关", "公开率", "公开率（如页面所示）", "件数"],
        ["甲", "0.5587255611", "55.9 %", "1463"],
        ["乙", "", "—", ""],
        ["丙", "— （分母为零）", "— （分母为零）", "0"],
    ]
    assert name == "各机关：公开率 2020 甲局 2020.csv"
    assert content.startswith(b"\xef\xbb\xbf")


def test_a_figure_with_words_beside_it_keeps_them(page: Page, tmp_path: Path) -> None:
    frame = pd.DataFrame({"n": [Words([Traced("3", 3.0), "（含更正的数字）"])]}, index=["甲"], dtype="object")
    page.goto(make_page(tmp_path, show(frame, "表")._repr_html_()))

    assert download(page, tmp_path)[0][1] == ["甲", "3", "3（含更正的数字）"]


def test_what_a_spreadsheet_would_run_is_made_harmless(page: Page, tmp_path: Path) -> None:
    """As in the files of ``gia export``: an apostrophe before formulas, none before numbers."""
    texts = ["=1+1", "+cmd|' /C calc'!A0", "-8", "-2.5%", "@SUM(A1)", "＝1", "'x", '甲"乙,丙', "+86 10"]
    page.goto(make_page(tmp_path, show(pd.DataFrame({"t": texts}), "表", index=False)._repr_html_()))

    rows, _, _ = download(page, tmp_path)

    assert [row[0] for row in rows[1:]] == [
        "'=1+1", "'+cmd|' /C calc'!A0", "-8", "-2.5%", "'@SUM(A1)", "'＝1", "''x", '甲"乙,丙', "'+86 10",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("caption", "name"),
    [
        ("../../x", "x 甲局 2020.csv"),
        ('a<b>:"|?*\\/\u202ec', "a b c 甲局 2020.csv"),
        ("长" * 300, "长" * 70 + ".csv"),
        ("NUL", "NUL 甲局 2020.csv"),
    ],
)
def test_names_of_files_are_safe_on_all_systems(page: Page, tmp_path: Path, caption: str, name: str) -> None:
    page.goto(make_page(tmp_path, show(pd.DataFrame({"n": [1]}), caption)._repr_html_()))

    assert download(page, tmp_path)[1] == name


def test_nothing_that_a_report_or_notebook_brings_is_run_or_styled(page: Page, tmp_path: Path) -> None:
    """Were something unescaped, the page's policy would still stop it."""
    blocked: list[str] = []
    page.on("console", lambda message: blocked.append(message.text))
    page.goto(make_page(tmp_path, INJECTED))
    page.click("#styled")

    assert page.title() == "甲局 2020"
    assert page.evaluate("() => getComputedStyle(document.getElementById('styled')).color") != "rgb(1, 2, 3)"
    assert page.evaluate("() => document.baseURI").startswith("file:")
    assert any("Content Security Policy" in text for text in blocked)


def test_without_scripts_a_page_is_whole(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(make_page(tmp_path, show(pd.DataFrame({"n": [1]}), "表")._repr_html_()))

    assert page.locator("table").is_visible()
    assert page.locator("button").count() == 0
    context.close()


def test_only_what_scrolls_can_be_focused(page: Page, tmp_path: Path) -> None:
    wide = pd.DataFrame({f"一列很长的名称{number}": [number] for number in range(30)})
    page.goto(make_page(tmp_path, *(show(frame, "表")._repr_html_() for frame in (wide, wide.iloc[:, :1]))))

    assert page.locator(".table").nth(0).get_attribute("tabindex") == "0"
    assert page.locator(".table").nth(0).get_attribute("role") == "region"
    assert page.locator(".table").nth(1).get_attribute("tabindex") is None
