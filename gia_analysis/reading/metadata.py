"""What a report says of itself: year, agency, dates, index number, contact; and where it says so."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest

from gia_analysis.reading.agency import agency_kind, agency_level
from gia_analysis.reading.flow import Flow, Line, Token
from gia_analysis.records import Section

_SPACE = re.compile(r"[\s\u200b\ufeff\u00ad]+")
_WIDTH = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
_YEAR = r"(?:20[0-3]\d|二[〇○零]\S{2})"
_KIND = r"(?:(?:政府|政务)?(?:\((?:政务|政府)\))?信息公开|政务公开)(?:工作)?"
_TITLE = re.compile(
    rf"^[《\"“]?(?P<agency>[^\d《》。,;:]{{0,40}}?)(?:关于)?(?P<year>20[0-3]\d)?年?度?(?P<agency2>[^\d《》。,;:]{{0,40}}?)"
    rf"{_KIND}(?P<year2>20[0-3]\d)?(?:年|年度|年年度)?(?:工作)?(?:年度)?(?:报告|年报)"
    r"(?:\((?:(?P<year3>20[0-3]\d)年度?|[^()]{0,12})\))?[》\"”]?$"
)
_PERIOD = re.compile(
    r"(?P<y1>20[0-3]\d)年?(?P<m1>\d{1,2}?)月?(?P<d1>\d{1,2}?)日?(?:起|开始)?[,、]?(?:截?至|到|-|—)+"
    r"(?P<y2>20[0-3]\d)?年?(?P<m2>\d{1,2})月?(?P<d2>\d{1,2})日?(?:止|期间)?"
)
_PERIOD_END = re.compile(r"统计期限[^。]{0,12}?截?至(?P<y>20[0-3]\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日")
_TABLE_YEAR = re.compile(r"^\((20[0-3]\d)年度?\)$")
_FIELD_NAME = re.compile(r"^[^\d:]{2,10}:")
_DATE = re.compile(r"(?P<y>20[0-3]\d)(?:年|[-./])(?P<m>\d{1,2})(?:月|[-./])(?P<d>\d{1,2})日?")
_REPORT_YEAR = re.compile(r"(?P<y>20[0-3]\d)年度?[^。;]{0,12}信息公开(?:工作)?(?:年度)?(?:报告|年报)")
_CONTACT = re.compile(
    r"请(?:及时|直接)?(?:与|和|向|同)(?P<office>[^(),;。]{3,40}?)(?:联系|咨询|反映)(?P<rest>\([^。]*?\)|[^。]*)"
)
_SITE = re.compile(r"(?:https?://|www\.)[\w.\-/%?=&#~:]+", re.ASCII)
_OWN_SITE = re.compile(
    r"(?P<government>[\u4e00-\u9fff]{2,20}?(?:省|市|州|盟|区|县|旗|镇|乡)人民政府)(?:门户|官方|政务|信息)?网"
)
_INNER_OFFICE = re.compile(
    r"^(?P<agency>.{2,30}?(?:街道办事处|(?<!街道)办事处|人民政府|管理委员会|管委会|委员会|局|厅))(?:党政综合|党政|督查|政务公开|综合|信息公开)?"
    r"(?:办公室|办|科|股|处|中心)$"
)
_OWN_OFFICE = re.compile(r"我?[省市州区县旗镇乡](?:人民)?政府办(?:公室)?")
_CONTACT_FIELDS = {
    "contact_address": re.compile(
        r"(?:联系|办公|通讯)?地址:?(?P<value>[^;,。()]+?)(?=[;,。)]|、?(?:邮编|邮政|电话|联系电话|传真|电子)|$)"
    ),
    "contact_postcode": re.compile(r"(?:邮编|邮政编码):?(?P<value>\d{6})"),
    "contact_phone": re.compile(r"(?:联系)?电话:?(?P<value>[\d\-–—()、/]{5,60}\d)"),
    "contact_email": re.compile(r"(?P<value>[\w.\-]+@[\w\-]+(?:\.[\w\-]+)+)", re.ASCII),
}
_AGGREGATE = re.compile(r"综合[^。]{0,40}(?:各|所属)[^。]{0,40}编制|汇总[^。]{0,20}(?:各部门|各单位|各镇|各乡)")
_OWN = re.compile(r"(?:本机关|我局|我委|我厅|我镇|我乡|我中心|我办|我[区县市]政府办公室|本级|我街道|本单位)")


@dataclass(slots=True)
class Metadata:
    """Facts found in a report; the names are those of the table ``reports``."""

    values: dict[str, object] = field(default_factory=dict)

    def offer(self, name: str, value: object, origin: str | None = None) -> None:
        """Keep a fact unless a better place gave it already."""
        if value and not self.values.get(name):
            self.values[name] = value
            if origin:
                self.values[f"{name}_from"] = origin


def read_metadata(flow: Flow, sections: Sequence[Section], source: str) -> dict[str, object]:
    """Return what the report says of itself, as fields of the table ``reports``."""
    found = Metadata()
    preamble = next((section.text for section in sections if section.section == "preamble"), "")
    signature = next((section.text for section in sections if section.section == "signature"), "")
    text = _compact("\n".join(section.text for section in sections))
    fields = _labelled_fields(flow)
    title = _read_title(flow)
    _read_period(found, _compact(preamble) or text, text)
    if title:
        found.offer("title", title.group(0))
        found.values["title_year"] = _title_year(title)
        found.offer("year", found.values["title_year"], "title")
    _read_table_year(found, flow)
    _read_fallback_year(found, text)
    _read_agency(found, title, fields, signature, _compact(preamble), text)
    _read_dates(found, fields, signature)
    _read_index_number(found, fields)
    _read_contact(found, _compact(preamble) or text)
    _read_kind(found, text)
    return found.values


def _compact(text: str) -> str:
    return _SPACE.sub("", text.translate(_WIDTH))


def _labelled_fields(flow: Flow) -> dict[str, str]:
    """Return 'name: value' pairs of header and footer tables, whether in one cell or in two."""
    fields: dict[str, str] = {}
    tokens = [item for item in flow if isinstance(item, Token)]
    lines = [_compact(item.text) for item in flow if isinstance(item, Line) and len(item.text) <= 80]
    for token, following in zip_longest(tokens, tokens[1:]):
        for part in re.split(r"[\s\u3000]+", token.text.translate(_WIDTH)):
            name, colon, value = part.partition(":")
            if not colon or len(name) > 10:
                continue
            beside = following is not None and following.row == token.row and following.block == token.block
            if not value and beside and following is not None and not _FIELD_NAME.match(following.label):
                value = following.text
            fields.setdefault(name, _compact(value))
    for line in lines:
        name, colon, value = line.partition(":")
        if colon and len(name) <= 8:
            fields.setdefault(name, value)
    return {name: value for name, value in fields.items() if value}


def _read_title(flow: Flow) -> re.Match[str] | None:
    """Return the title, on one line or broken over two or three, before the first chapter."""
    lines: list[str] = []
    for item in flow:
        if isinstance(item, Line):
            if item.heading and lines:
                break
            if item.text.strip():
                lines.append(_compact(item.text))
        if len(lines) >= 12:
            break
    for count in (1, 2, 3):
        for start in range(len(lines) - count + 1):
            joined = "".join(lines[start : start + count])
            match = _TITLE.match(joined) if len(joined) <= 80 else None
            if match and (_title_agency(match) or (count == 1 and _title_year(match))):
                return _widen(lines, start, count, match)
    return None


def _widen(lines: list[str], start: int, count: int, match: re.Match[str]) -> re.Match[str]:
    """Take the line above a title that names no agency, if that line is a name."""
    if not _title_agency(match) and start and 4 <= len(lines[start - 1]) <= 30:
        wider = _TITLE.match("".join(lines[start - 1 : start + count]))
        if wider and _title_agency(wider):
            return wider
    return match


def _title_year(match: re.Match[str]) -> int | None:
    return int(match["year"] or match["year2"] or match["year3"] or 0) or None


def _title_agency(match: re.Match[str]) -> str | None:
    name = (match["agency"] or match["agency2"] or "").strip('《》"“”·-—')
    return name if len(name) >= 3 and agency_kind(name) else None


def _read_period(found: Metadata, preamble: str, text: str) -> None:
    for place in (preamble, text):
        match = _PERIOD.search(place)
        if match:
            start = _date(match["y1"], match["m1"], match["d1"])
            end = _date(match["y2"] or match["y1"], match["m2"], match["d2"])
            if start and end and start <= end and (end - start).days > 300:
                found.offer("period_start", start)
                found.offer("period_end", end)
                found.offer("year", end.year, "period")
                return
        match = _PERIOD_END.search(place)
        if match and (end := _date(match["y"], match["m"], match["d"])):
            found.offer("period_end", end)
            found.offer("year", end.year, "period")
            return


def _date(year: str | None, month: str | None, day: str | None) -> date | None:
    try:
        return date(int(year or 0), int(month or 0), int(day or 0))
    except ValueError:
        return None


def _read_table_year(found: Metadata, flow: Flow) -> None:
    for item in flow:
        match = _TABLE_YEAR.match(_compact(item.text)) if len(item.text) < 20 else None
        if match:
            found.offer("year", int(match[1]), "statistics table")


def _read_fallback_year(found: Metadata, text: str) -> None:
    match = _REPORT_YEAR.search(text)
    if match:
        found.offer("year", int(match["y"]), "text")


def _read_agency(
    found: Metadata, title: re.Match[str] | None, fields: dict[str, str], signature: str, preamble: str, text: str
) -> None:
    if title:
        found.offer("agency", _title_agency(title), "title")
    for name in ("填报单位", "填报单位(盖章)"):
        found.offer("agency", _named_agency(fields.get(name)), "statistics table")
    for name in ("发布机构", "发布单位", "发文机关", "信息来源", "来源"):
        found.offer("agency", _named_agency(fields.get(name)), "header")
    for line in signature.split("\n"):
        found.offer("agency", _named_agency(_compact(line)), "signature")
    contact = _CONTACT.search(preamble) or _CONTACT.search(text)
    inner = _INNER_OFFICE.match(contact["office"]) if contact else None
    site = _OWN_SITE.search(preamble) or _OWN_SITE.search(text)
    if not found.values.get("agency") and site and _OWN_OFFICE.search(text):
        government = re.sub(r"^.*?(?:可?在|登录|通过|从|到)", "", site["government"])
        found.offer("agency", f"{government}办公室", "inferred")
    if inner:
        found.offer("agency", inner["agency"], "contact sentence")


def _named_agency(name: str | None) -> str | None:
    return name if name and 3 <= len(name) <= 40 and agency_kind(name) else None


def _read_dates(found: Metadata, fields: dict[str, str], signature: str) -> None:
    for names, origin in (
        (("发布日期", "发布时间", "公开日期", "公开时间"), "publication date"),
        (("成文日期", "发文日期", "生成日期"), "document date"),
    ):
        for name in names:
            found.offer("published", _first_date(fields.get(name, "")), origin)
    found.offer("published", _first_date(_compact(signature)), "signature")
    found.offer("filed", _first_date(fields.get("填报日期", "")))


def _first_date(text: str) -> date | None:
    match = _DATE.search(text)
    return _date(match["y"], match["m"], match["d"]) if match else None


def _read_index_number(found: Metadata, fields: dict[str, str]) -> None:
    number = fields.get("索引号")
    found.offer("index_number", number)
    match = re.match(
        r"(?P<credit>[19]\d(?P<code>\d{6}))[0-9A-Z]{10}\b|(?P<plain>[1-6]\d{5})(?=[-/]|$)", number or "", re.ASCII
    )
    if match:
        found.offer("region_code", match["code"] or match["plain"])


def _read_contact(found: Metadata, text: str) -> None:
    match = _CONTACT.search(text)
    if match:
        found.offer("contact_office", match["office"])
        for name, pattern in _CONTACT_FIELDS.items():
            value = pattern.search(match["rest"])
            found.offer(name, value["value"] if value else None)
    site = _SITE.search(text)
    found.offer("website", site.group().rstrip(".") if site else None)


def _read_kind(found: Metadata, text: str) -> None:
    agency = str(found.values.get("agency") or "")
    kind = agency_kind(agency) if agency else None
    found.offer("agency_type", kind)
    found.offer("agency_level", agency_level(agency))
    scope = "aggregate" if _AGGREGATE.search(text) else "own" if _OWN.search(text) else "unknown"
    found.values["scope"] = scope
