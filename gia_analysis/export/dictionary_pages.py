"""The data dictionary as pages for people: one in Markdown for each language, made from schema, forms and registries."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from gia_analysis.analysis import Indicator, indicators
from gia_analysis.checks import RULES
from gia_analysis.export.dictionary import (
    meaning_of_column,
    meaning_of_table,
    meaning_of_value,
    unit_of_column,
    values_of,
)
from gia_analysis.export.frames import PRIMARY_KEYS
from gia_analysis.forms import Form, Language, Sum, Table, forms, section_kinds
from gia_analysis.forms.sections import subsection_kinds
from gia_analysis.schema import COLUMNS, TABLES

PAGES: dict[Language, str] = {"en": "data-dictionary.md", "zh": "data-dictionary.zh-CN.md"}

_TYPES = {
    "text": ("text", "文本"),
    "integer": ("whole number", "整数"),
    "number": ("number", "数值"),
    "date": ("day", "日期"),
    "flag": ("true or false", "是否"),
}
_KINDS = {"count": ("count", "计数"), "share": ("share", "占比"), "ratio": ("ratio", "比值")}


def write_dictionary(folder: str | Path) -> list[Path]:
    """Write the page of each language into a folder, which is made if need be, and return where they are."""
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    for language, name in PAGES.items():
        (place / name).write_text(dictionary_page(language), encoding="utf-8", newline="\n")
    return [place / name for name in PAGES.values()]


def dictionary_page(language: Language = "zh") -> str:
    """Return the data dictionary as Markdown: tables, columns, values, codes of the forms, checks, indicators."""
    parts = [_tables, _values, _forms, _chapters, _checks, _indicators]
    lines = [_heading(language), *(line for part in parts for line in part(language))]
    return "\n".join(lines).rstrip("\n") + "\n"


def _say(language: Language, en: str, zh: str) -> str:
    return zh if language == "zh" else en


def _heading(language: Language) -> str:
    return _say(
        language,
        "# Data dictionary\n\n**English** · [简体中文](data-dictionary.zh-CN.md)\n\nMade from the schema by "
        "`gia dictionary --out docs`; not to be edited by hand.\n",
        "# 数据字典\n\n[English](data-dictionary.md) · **简体中文**\n\n由 `gia dictionary --out docs` 自数据定义生成，请勿手工修改。\n",
    )


def _grid(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a Markdown table; bars and line breaks in its texts are kept from ending a cell."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(text.replace('|', chr(92) + '|').replace(chr(10), ' ') for text in row)} |"
    yield ""


def _code(text: str) -> str:
    return f"`{text}`"


def _tables(language: Language) -> Iterator[str]:
    yield _say(language, "## Tables and columns\n", "## 数据表与列\n")
    heads = _say(language, "column|label|type|unit|missing|meaning", "列|名称|类型|单位|可缺失|含义").split("|")
    may, not_ = _say(language, "may be", "可"), _say(language, "never", "否")
    for table, names in TABLES.items():
        key = ", ".join(_code(name) for name in PRIMARY_KEYS.get(table, ()))
        told = _say(language, f" A row is told by {key}.", f"主键：{key}。") if key else ""
        yield f"### {_code(table)}\n\n{meaning_of_table(table, language)}{told}\n"
        yield from _grid(
            heads,
            (
                (
                    _code(name),
                    COLUMNS[name].zh if language == "zh" else COLUMNS[name].en,
                    _TYPES[COLUMNS[name].type][language == "zh"],
                    unit_of_column(name, language),
                    not_ if COLUMNS[name].required else may,
                    meaning_of_column(name, language),
                )
                for name in names
            ),
        )


def _values(language: Language) -> Iterator[str]:
    yield _say(language, "## Values\n", "## 取值\n")
    heads = _say(language, "value|meaning", "取值|含义").split("|")
    for name in COLUMNS:
        if values_of(name):
            yield f"### {_code(name)}\n"
            yield from _grid(heads, ((_code(each), meaning_of_value(name, each, language)) for each in values_of(name)))


def _forms(language: Language) -> Iterator[str]:
    yield _say(language, "## Codes of the forms\n", "## 表式代码\n")
    for form in reversed(list(forms().values())):
        yield f"### {meaning_of_value('form', form.id, language)}\n\n{form.source}\n"
        for table in form.tables:
            yield from _form_table(form, table, language)


def _form_table(form: Form, table: Table, language: Language) -> Iterator[str]:
    yield f"#### {_code(table.code)} {table.zh if language == 'zh' else table.en} ({form.id})\n"
    heads = _say(language, "part|code|official label|English|in group|unit", "部分|代码|官方标签|英文|所属分组|单位")
    column, local = _say(language, "column", "列"), _say(language, "local column", "地方列")
    group, row = _say(language, "group", "分组"), _say(language, "row", "行")
    optional = _say(language, "optional row", "选填行")
    yield from _grid(
        heads.split("|"),
        [
            *((column, _code(each.code), each.zh, each.en, "", each.unit or "") for each in table.columns),
            *((local, _code(each.code), each.zh, each.en, "", each.unit or "") for each in table.local_columns),
            *((group, _code(each.code), each.zh, each.en, each.parent or "", "") for each in table.groups),
            *(
                (
                    optional if each.optional else row,
                    _code(each.code),
                    each.zh,
                    each.en,
                    each.group or "",
                    each.unit or "",
                )
                for each in table.rows
            ),
        ],
    )


def _chapters(language: Language) -> Iterator[str]:
    yield _say(language, "## Chapters and sub-chapters\n", "## 章节与小节\n")
    heads = _say(language, "level|code|Chinese|English", "层级|代码|中文|英文").split("|")
    yield from _grid(
        heads,
        [("1", _code(each.code), each.zh, each.en) for each in section_kinds().values()]
        + [("2", _code(each.code), each.zh, each.en) for each in subsection_kinds().values()],
    )


def _checks(language: Language) -> Iterator[str]:
    yield _say(language, "## Checks\n", "## 核验\n")
    heads = _say(language, "code|severity|where|sentence|relation", "代码|级别|位置|语句|关系").split("|")
    sums = ((form, each) for form in reversed(list(forms().values())) for each in form.sums)
    yield from _grid(
        heads,
        [
            *(
                (
                    _code(each.code),
                    meaning_of_value("severity", each.severity, language),
                    f"{form.id}: {', '.join(each.tables)}",
                    each.zh if language == "zh" else each.en,
                    _relation(each),
                )
                for form, each in sums
            ),
            *(
                (
                    _code(each.code),
                    meaning_of_value("severity", each.severity, language),
                    "",
                    each.zh if language == "zh" else each.en,
                    "",
                )
                for each in RULES.values()
            ),
        ],
    )


def _relation(rule: Sum) -> str:
    left = f"max({', '.join(rule.left)})" if rule.left_of == "max" else _sum(rule.left)
    return _code(f"{left} {rule.relation} {_sum(rule.right)}")


def _sum(codes: Iterable[str]) -> str:
    return " + ".join(codes).replace("+ -", "- ") or "0"


def _indicators(language: Language) -> Iterator[str]:
    yield _say(language, "## Indicators\n", "## 指标\n")
    heads = _say(
        language, "code|name|kind|unit|formula|meaning|not to be read into it|source",
        "代码|名称|种类|单位|公式|含义|不说明什么|来源",
    )  # fmt: skip
    yield from _grid(
        heads.split("|"),
        (
            (
                _code(each.code),
                each.name(language),
                _KINDS[each.kind][language == "zh"],
                each.unit or "",
                _formula(each, language),
                each.meaning(language),
                each.caution(language),
                each.origin(language),
            )
            for each in indicators().values()
        ),
    )


def _formula(indicator: Indicator, language: Language) -> str:
    """Return how an indicator is computed: a formula for each table that it is defined on, or the function."""
    if indicator.function:
        of = f"({indicator.of})" if indicator.of else ""
        return _say(language, "computed by ", "由函数计算：") + _code(indicator.function + of)
    notes, found = indicator.notes(language), []
    for each in indicator.definitions:
        top, bottom = (
            " + ".join(f"{term.table}.{term.row}.{term.column}" for term in terms)
            for terms in (each.numerator, each.denominator)
        )
        note = f" ({notes[each.table]})" if each.table in notes else ""
        found.append(_code(f"({top}) / ({bottom})" if bottom else top) + note)
    return "<br>".join(found)
