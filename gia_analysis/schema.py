"""The tidy tables: every column once, with its type, meaning and labels, and what each table is made of.

Frames are built, validated and documented from here. Columns and types never depend on the data: an empty corpus has
the same ones.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from gia_analysis.errors import CorpusError
from gia_analysis.forms import forms, table_codes

if TYPE_CHECKING:
    from pandera.pandas import DataFrameSchema

Type = Literal["text", "integer", "number", "date", "flag"]
_DTYPES: Mapping[Type, str] = {
    "text": "str",
    "integer": "Int64",
    "number": "float64",
    "date": "datetime64[ms]",
    "flag": "boolean",
}


class Kind(StrEnum):
    """What was printed in a cell. Only ``NUMBER`` and ``INFERRED`` have a value."""

    NUMBER = "number"
    BLANK = "blank"
    NA = "na"
    TEXT = "text"
    ABSENT = "absent"
    INFERRED = "inferred"
    AMBIGUOUS = "ambiguous"


class Status(StrEnum):
    """How far an input could be read."""

    OK = "ok"
    PARTIAL = "partial"
    FAILED = "failed"


class Verdict(StrEnum):
    """How a check came out. The two about blanks say what the verdict rests on."""

    PASS = "pass"
    PASS_IF_BLANK_IS_ZERO = "pass_if_blank_is_zero"
    FAIL = "fail"
    FAIL_WHATEVER_BLANKS_ARE = "fail_whatever_blanks_are"
    NOT_APPLICABLE = "not_applicable"


FAILING = (Verdict.FAIL.value, Verdict.FAIL_WHATEVER_BLANKS_ARE.value)


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column of a tidy table: its name, type, meaning, labels, and the values it may hold if they are few."""

    name: str
    type: Type
    en: str
    zh: str
    meaning: str
    allowed: tuple[str, ...] = ()
    required: bool = False


def _texts(values: Iterable[StrEnum]) -> tuple[str, ...]:
    return tuple(value.value for value in values)


_COLUMNS = (
    ColumnSpec("report_id", "text", "Report", "报告编号", "First 16 hexadecimal digits of the SHA-256 of the content.", (), True),
    ColumnSpec("source", "text", "Source", "来源", "Path of the file as it was given; behind it the member of an archive (!/) or the number of a record (#).", (), True),
    ColumnSpec("member", "text", "Member", "成员", "Name in the archive, or number of the record in the crawl, that held the report."),
    ColumnSpec("url", "text", "Address", "来源网址", "Address that a crawl or web archive gives for the report."),
    ColumnSpec("sha256", "text", "SHA-256", "校验和", "SHA-256 of the document's bytes; missing where they could not be had."),
    ColumnSpec("format", "text", "Format", "格式", "What the file is by its content."),
    ColumnSpec("encoding", "text", "Encoding", "编码", "Character encoding of the file."),
    ColumnSpec("status", "text", "Status", "读取状态", "How far the input was read, or how a check came out.", _texts([*Status, *Verdict]), True),
    ColumnSpec("message", "text", "Message", "说明", "Why a report is not ok, or what is the matter, in one sentence."),
    ColumnSpec("form", "text", "Form", "表式", "Version of the statutory form, by the labels found; mixed if blocks disagree.", (*forms(), "mixed")),
    ColumnSpec("year", "integer", "Report year", "报告年度", "Calendar year that the figures count."),
    ColumnSpec("year_from", "text", "Year from", "年度出处", "Where the report year was found; 'file name' where only the source has it."),
    ColumnSpec("title", "text", "Title", "标题", "Title of the report, or heading of the chapter, as printed without line breaks."),
    ColumnSpec("title_year", "integer", "Year in title", "标题年度", "Year named in the title."),
    ColumnSpec("period_start", "date", "Period start", "统计期限起", "First day of the period counted."),
    ColumnSpec("period_end", "date", "Period end", "统计期限止", "Last day of the period counted."),
    ColumnSpec("period_from", "text", "Period from", "统计期限出处", "Where the period was found."),
    ColumnSpec("agency", "text", "Agency", "行政机关", "Body that reports."),
    ColumnSpec("agency_from", "text", "Agency from", "机关出处", "Where the agency was found; 'inferred' where it stands nowhere in full."),
    ColumnSpec("agency_type", "text", "Agency type", "机关类型", "Kind of body by the end of its name.", ("government", "government_office", "township", "subdistrict", "zone_committee", "department", "public_institution", "enterprise")),
    ColumnSpec("agency_level", "text", "Agency level", "机关层级", "Administrative level by the name and the divisions of the year; missing where they leave it open.", ("ministry", "province", "prefecture", "county", "township")),
    ColumnSpec("agency_level_from", "text", "Agency level from", "机关层级出处", "Whether the name tells the level, or it is inferred from the division."),
    ColumnSpec("region_code", "text", "Division code", "行政区划代码", "Six-digit code of the county, prefecture or province that the agency belongs to, as of the report year."),
    ColumnSpec("region", "text", "Division", "行政区划", "Full name of that division in the report year, from the province down."),
    ColumnSpec("region_from", "text", "Division from", "行政区划出处", "Facts that decided the division, joined by ' + '; after 'inferred: ' where it is concluded, not told."),
    ColumnSpec("region_candidates", "text", "Possible divisions", "可能的行政区划", "Where the division is open: codes of which it is one, or in one of which it lies, parted by ';'."),
    ColumnSpec("scope", "text", "Scope", "统计口径", "Figures of one organ, or summed over those below it.", ("own", "aggregate", "unknown")),
    ColumnSpec("scope_from", "text", "Scope from", "口径出处", "Where the report tells its scope."),
    ColumnSpec("published", "date", "Published", "公布日期", "Day of publication, or the nearest date the report bears."),
    ColumnSpec("published_from", "text", "Published from", "日期出处", "Which date that is."),
    ColumnSpec("filed", "date", "Filed", "填报日期", "Day on which the statistics table was filled in, as it says itself."),
    ColumnSpec("index_number", "text", "Index number", "索引号", "Number of the document in the agency's catalogue, from the page header."),
    ColumnSpec("contact_office", "text", "Contact office", "联系单位", "Office to turn to, from the sentence that says so; it need not be the agency."),
    ColumnSpec("contact_address", "text", "Address", "地址", "Address of the contact office, from the same place."),
    ColumnSpec("contact_postcode", "text", "Postcode", "邮编", "Postcode of the contact office, from the same place."),
    ColumnSpec("contact_phone", "text", "Phone", "电话", "Phone of the contact office as printed, from the same place; several stay together."),
    ColumnSpec("contact_email", "text", "E-mail", "电子邮箱", "E-mail of the contact office, from the same place."),
    ColumnSpec("website", "text", "Website", "网址", "Address where the report can be had, as printed in its text."),
    ColumnSpec("labels_expected", "integer", "Labels expected", "应有标签数", "Row labels of the tables found that the form prescribes."),
    ColumnSpec("labels_found", "integer", "Labels found", "识别标签数", "How many of these were found."),
    ColumnSpec("cells_number", "integer", "Cells: number", "单元格：数字", "Cells in which a figure was printed."),
    ColumnSpec("cells_blank", "integer", "Cells: blank", "单元格：空白", "Cells that were printed without anything in them."),
    ColumnSpec("cells_na", "integer", "Cells: not applicable", "单元格：注明不适用", "Cells with a dash, a stroke or the word for not applicable."),
    ColumnSpec("cells_text", "integer", "Cells: text", "单元格：文字", "Cells with words, or with more than one figure."),
    ColumnSpec("cells_absent", "integer", "Cells: missing", "单元格：缺格", "Cells of the form that were not printed."),
    ColumnSpec("cells_inferred", "integer", "Cells: inferred", "单元格：推定", "Cells whose figure was placed by the form's sums alone."),
    ColumnSpec("cells_ambiguous", "integer", "Cells: place not certain", "单元格：位置无法确定", "Cells left without a figure because more than one place was possible."),
    ColumnSpec("table_lines", "integer", "Lines of tables", "表格行数", "Lines of table text; cells where the file has no lines."),
    ColumnSpec("table_lines_unused", "integer", "Lines of tables not used", "未用表格行数", "Those of them that went into no label and no cell."),
    ColumnSpec("table", "text", "Table", "表", "Code of the statutory table.", table_codes()),
    ColumnSpec("row", "text", "Row", "行", "Code of the row; unknown:LABEL for a row that the form does not have."),
    ColumnSpec("col", "text", "Column", "列", "Code of the column."),
    ColumnSpec("value", "number", "Value", "数值", "Figure as printed, told or computed; missing where there is none. Money in 万元."),
    ColumnSpec("unit", "text", "Unit", "单位", "Unit of the figure; missing where neither form nor cell gives one."),
    ColumnSpec("kind", "text", "Kind", "类别", "What was printed in the cell.", _texts(Kind), True),
    ColumnSpec("raw", "text", "As printed", "原文", "What was printed, without white space around it."),
    ColumnSpec("block", "integer", "Block", "块", "Number of the block in the document, from 0."),
    ColumnSpec("block_row", "integer", "Row in block", "块内行", "Row in the block, from 0."),
    ColumnSpec("block_column", "integer", "Column in block", "块内列", "Cell in that row, from 0."),
    ColumnSpec("line", "integer", "Line", "行号", "Line of the file, from 1, where the file has lines."),
    ColumnSpec("page", "integer", "Page", "页码", "Page, from 1, where the file has pages."),
    ColumnSpec("match", "text", "Label match", "标签匹配", "How far the row's label had to be loosened to match.", ("exact", "alias", "no_enumerator", "no_parenthesis", "near")),
    ColumnSpec("issue", "text", "Issue", "问题", "Code of what is odd about the printed figure."),
    ColumnSpec("confidence", "number", "Confidence", "识别置信度", "How sure the recognition of a scan is, 0 to 1; missing where the text was not recognised in an image."),
    ColumnSpec("order", "integer", "Order", "次序", "Place in the report, from 0."),
    ColumnSpec("section", "text", "Section", "章节", "Code of the chapter or of the sub-chapter."),
    ColumnSpec("level", "integer", "Level", "层级", "1: chapter; 2: sub-chapter of the chapter before it."),
    ColumnSpec("opened_by", "text", "Opened by", "起始依据", "What a chapter was known by; table: its heading is missing. Missing for preamble and signature.", ("heading", "table")),
    ColumnSpec("number", "text", "Number", "序号", "Numeral of the heading as printed."),
    ColumnSpec("text", "text", "Text", "正文", "Running text without tables. Chapters hold that of their sub-chapters too: level 1 gives the whole text once."),
    ColumnSpec("topic", "text", "Topic", "事项", "Code of what is counted; missing where it is not one of those known."),
    ColumnSpec("approximate", "flag", "Approximate", "约数", "Whether the text says about, over or nearly."),
    ColumnSpec("sentence", "text", "Sentence", "语句", "Sentence in which the figure stands, or the rule that was checked."),
    ColumnSpec("breakdown", "integer", "Breakdown", "分项组", "Number of the enumeration (其中…) in the report."),
    ColumnSpec("role", "text", "Role", "角色", "Part that a figure plays in its enumeration.", ("total", "part", "rest")),
    ColumnSpec("code", "text", "Code", "代码", "Code of the check, indicator or issue.", (), True),
    ColumnSpec("severity", "text", "Severity", "级别", "hard: must hold; soft: usually holds; info: a remark.", ("hard", "soft", "info"), True),
    ColumnSpec("left", "number", "Left", "左边", "Left side of the relation; blanks count as zero."),
    ColumnSpec("relation", "text", "Relation", "关系", "What must hold between the sides.", ("=", "<=", ">=")),
    ColumnSpec("right", "number", "Right", "右边", "Right side of the relation; blanks count as zero."),
    ColumnSpec("difference", "number", "Difference", "差额", "Left minus right."),
    ColumnSpec("reason", "text", "Reason", "原因", "Why a check does not apply or an indicator is missing, as a code."),
    ColumnSpec("detail", "text", "Detail", "详情", "What was found in this report."),
    ColumnSpec("cells", "text", "Cells", "涉及单元格", "Cells involved, table.row.col, parted by ';'; behind last_year: or members: those of other reports."),
    ColumnSpec("numerator", "number", "Numerator", "分子", "Numerator of the indicator."),
    ColumnSpec("denominator", "number", "Denominator", "分母", "Denominator of the indicator; missing for plain counts."),
    ColumnSpec("low", "number", "Low", "下限", "Lower end of the Wilson 95 % interval."),
    ColumnSpec("high", "number", "High", "上限", "Upper end of the Wilson 95 % interval."),
    ColumnSpec("blanks", "text", "Blanks", "空白处理", "How blank cells were treated.", ("missing", "zero"), True),
    ColumnSpec("flags", "text", "Flags", "标记", "Codes of the failing checks that touch the figure, and 'corrected' where a correction entered it, parted by ';'."),
)  # fmt: skip

COLUMNS: Mapping[str, ColumnSpec] = {column.name: column for column in _COLUMNS}

ALIASES = (
    "aliases"  # the renamed agencies of a corpus, beside its tables: their columns are those of the file they are from
)
TABLES: Mapping[str, tuple[str, ...]] = {
    "reports": (
        "report_id", "source", "member", "url", "sha256", "format", "encoding", "status", "message", "form", "year", "year_from", "title",
        "title_year", "period_start", "period_end", "period_from", "agency", "agency_from", "agency_type", "agency_level",
        "agency_level_from", "region_code", "region", "region_from", "region_candidates", "scope", "scope_from", "published", "published_from", "filed", "index_number", "contact_office",
        "contact_address", "contact_postcode", "contact_phone", "contact_email", "website", "labels_expected",
        "labels_found", "cells_number", "cells_blank", "cells_na", "cells_text", "cells_absent", "cells_inferred",
        "cells_ambiguous", "table_lines", "table_lines_unused",
    ),
    "cells": (
        "report_id", "source", "form", "table", "row", "col", "value", "unit", "kind", "raw", "block", "block_row",
        "block_column", "line", "page", "match", "issue", "confidence",
    ),
    "sections": ("report_id", "source", "order", "level", "section", "number", "title", "opened_by", "text", "line"),
    "figures": (
        "report_id", "source", "order", "section", "topic", "value", "unit", "approximate", "raw", "sentence",
        "breakdown", "role", "line",
    ),
    "issues": ("report_id", "source", "code", "table", "row", "col", "raw", "message", "line"),
    "checks": (
        "report_id", "source", "code", "severity", "form", "table", "row", "col", "status", "left", "relation", "right",
        "difference", "reason", "detail", "sentence", "cells",
    ),
    "indicators": (
        "report_id", "source", "code", "value", "numerator", "denominator", "low", "high", "unit", "blanks", "reason",
        "flags", "cells",
    ),
}  # fmt: skip

KEY = ["source", "report_id"]


@dataclass(frozen=True, slots=True)
class Frames:
    """What was read of one report or of many: the tidy tables that checks and indicators work on."""

    reports: pd.DataFrame
    cells: pd.DataFrame
    sections: pd.DataFrame
    figures: pd.DataFrame
    issues: pd.DataFrame


def build(
    table: str, data: Mapping[str, Sequence[Any]] | Iterable[Mapping[str, Any]] | pd.DataFrame = ()
) -> pd.DataFrame:
    """Return a tidy table from columns or rows; columns that the data lacks are filled with missing values.

    Raises:
        CorpusError: the data has a column that the table does not have.
    """
    frame = data if isinstance(data, pd.DataFrame) else pd.DataFrame(data if isinstance(data, Mapping) else list(data))
    unknown = set(frame.columns) - set(TABLES[table])
    if unknown:
        raise CorpusError(f"{table} has no column {sorted(unknown)[0]!r}")
    return pd.DataFrame(
        {
            name: frame[name].astype(_DTYPES[COLUMNS[name].type])
            if name in frame
            else pd.Series(index=frame.index, dtype=_DTYPES[COLUMNS[name].type])
            for name in TABLES[table]
        }
    ).reset_index(drop=True)


@cache
def _pandera(table: str) -> "DataFrameSchema":
    import pandera.pandas as pa

    columns = {}
    for name in TABLES[table]:
        column = COLUMNS[name]
        checks = pa.Check.isin(column.allowed) if column.allowed else None
        columns[name] = pa.Column(_DTYPES[column.type], checks=checks, nullable=not column.required)
    unique = ["source", "report_id", "table", "row", "col"] if table == "cells" else None
    return pa.DataFrameSchema(columns, strict=True, ordered=True, unique=unique)


def validate(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame if it is as the schema says.

    Raises:
        CorpusError: a column is missing, of another type, or holds a value it must not; the message says which.
    """
    from pandera.errors import SchemaError, SchemaErrors

    try:
        return _pandera(table).validate(frame)
    except SchemaErrors as errors:
        first = errors.failure_cases.iloc[0]
        raise CorpusError(f"{table} breaks the schema: {first['check']}: {first['failure_case']}") from errors
    except SchemaError as error:
        raise CorpusError(f"{table} breaks the schema: {error}") from error
