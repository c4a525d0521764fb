"""The data dictionary says everything that the schema, the forms and the registries hold, in both languages."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from gia_analysis import forms, indicators
from gia_analysis.checks import RULES
from gia_analysis.cli import main
from gia_analysis.export import dictionary_frame, dictionary_page
from gia_analysis.export.dictionary import (
    columns_without_chinese,
    meaning_of_column,
    meaning_of_table,
    meaning_of_value,
    values_of,
)
from gia_analysis.export.dictionary_pages import PAGES
from gia_analysis.forms import Language
from gia_analysis.schema import COLUMNS, TABLES

ROOT = Path(__file__).parents[2]
LANGUAGES: list[Language] = ["en", "zh"]
HAN = re.compile(r"[\u4e00-\u9fff]")
VALUES = [(name, value) for name in COLUMNS for value in values_of(name)]
ISSUES = {
    code
    for path in (ROOT / "gia_analysis" / "reading").glob("*.py")
    for code in re.findall(r'"([A-Z]{3,}(?:_[A-Z]+)*)"', path.read_text("utf-8"))
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_in_docs_are_in_step(language: Language) -> None:
    stored = (ROOT / "docs" / PAGES[language]).read_text(encoding="utf-8")

    assert stored == dictionary_page(language), (
        "the pages are not in step with the schema; run: gia dictionary --out docs"
    )


def test_the_command_writes_both_pages(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["dictionary", "--out", str(tmp_path / "docs")])

    assert done.exit_code == 0, done.output
    assert {path.name for path in (tmp_path / "docs").iterdir()} == set(PAGES.values())
    assert (tmp_path / "docs" / PAGES["zh"]).read_text(encoding="utf-8") == dictionary_page("zh")


def test_every_column_has_a_meaning_in_chinese() -> None:
    assert columns_without_chinese() == (), "add them to gia_analysis/export/dictionary.toml"
    assert [name for name in COLUMNS if not HAN.search(meaning_of_column(name, "zh"))] == []
    assert [name for name in COLUMNS if not meaning_of_column(name, "zh").endswith("。")] == []


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_a_meaning(table: str) -> None:
    assert HAN.search(meaning_of_table(table, "zh"))
    assert meaning_of_table(table, "en").isascii()


def test_every_value_has_a_meaning_in_both_languages() -> None:
    bare = [place for place in VALUES if not HAN.search(meaning_of_value(*place, "zh"))]
    dumb = [
        place for place in VALUES if not meaning_of_value(*place, "en") or HAN.search(meaning_of_value(*place, "en"))
    ]

    assert (bare, dumb) == ([], []), "add them to gia_analysis/export/dictionary.toml"


def test_every_issue_of_the_reader_is_listed() -> None:
    assert ISSUES - set(values_of("issue")) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_names_every_column_code_check_and_indicator(language: Language) -> None:
    page = dictionary_page(language)
    tables = [table for form in forms().values() for table in form.tables]
    codes = [
        *COLUMNS, *RULES, *indicators(), *(each.code for form in forms().values() for each in form.sums),
        *(each.code for table in tables for each in (*table.rows, *table.columns, *table.local_columns, *table.groups)),
    ]  # fmt: skip

    assert [code for code in codes if f"`{code}`" not in page] == []
    assert [row.zh for table in tables for row in table.rows if row.zh.replace("|", "\\|") not in page] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_of_a_table_has_as_many_cells_as_its_head(language: Language) -> None:
    width = 0
    for line in dictionary_page(language).splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line))
        width = (width or cells) if line.startswith("|") else 0
        assert cells == width, line


def test_the_frame_has_a_row_for_every_column_of_every_table() -> None:
    found = dictionary_frame()

    assert list(zip(found["table"], found["column"], strict=True)) == [
        (table, name) for table, names in TABLES.items() for name in names
    ]
    row = found.set_index(["table", "column"]).loc[("cells", "kind")]
    assert row["allowed"] == "number;blank;na;text;absent;inferred;ambiguous"
    assert (row["required"], row["label_zh"], row["meaning_zh"]) == ("yes", "类别", "单元格中印的是什么。")
    assert set(dictionary_frame(["reports"])["table"]) == {"reports"}
