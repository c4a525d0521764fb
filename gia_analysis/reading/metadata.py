"""What a report says of itself: year, agency, place, dates, index number, contact; and where it says so."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest
from pathlib import PurePath

from gia_analysis.divisions import resolve
from gia_analysis.reading.agency import agency_kind, agency_level, level_within
from gia_analysis.reading.flow import Flow, Token
from gia_analysis.records import Section

_INVISIBLE = "\u200b\ufeff\u00ad"
_WIDTH = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
_USUAL = [(chr(ord(mark) + 0xFEE0), mark) for mark in ",:;()?!-./@0123456789"]
_WIDE = re.compile("[\uff01-\uff5e]")
_LONGEST_TEXT = 100_000
_NUMERALS = {numeral: str(value) for value, numeral in enumerate("〇一二三四五六七八九")} | dict.fromkeys("○零Oo0", "0")
_WRITTEN_DATE = re.compile(
    r"二[〇○零Oo0](?P<y>[〇○零Oo0一二三][〇○零Oo0一二三四五六七八九])年"
    r"(?:(?P<m>十[一二]?|[一二三四五六七八九])月(?:(?P<d>[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日)?)?"
)
_KIND = r"(?:(?:政府|政务)?(?:\((?:政务|政府)\))?信息公开|政务公开)(?:工作)?"
_TITLE = re.compile(
    r"^(?:(?:【|\[)?(?:图解|图说|一图读懂|图文)(?:】|\])?[:|丨·-]?)?[《\"“]?"
    rf"(?P<agency>[^\d《》。,;:]{{0,40}}?)(?:关于)?(?P<year>20[0-3]\d)?年?度?(?P<agency2>[^\d《》。,;:]{{0,40}}?)"
    rf"{_KIND}(?P<year2>20[0-3]\d)?(?:年|年度|年年度)?(?:工作)?(?:年度)?(?:报告|年报)"
    r"(?:\((?:(?P<year3>20[0-3]\d)年度?|[^()]{0,12})\)|图解|图文版)?[》\"”]?$"
)
_PERIOD = re.compile(
    r"(?P<y1>20[0-3]\d)年?(?P<m1>\d{1,2}?)月?(?P<d1>\d{1,2}?)日?(?:起|开始)?[,、]?(?:截?至|到|-|—)+"
    r"(?P<y2>20[0-3]\d)?年?(?P<m2>\d{1,2})月?(?P<d2>\d{1,2})日?(?:止|期间)?"
)
_PERIOD_END = re.compile(r"统计期限[^。]{0,12}?截?至(?P<y>20[0-3]\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日")
_TABLE_YEAR = re.compile(r"^\((20[0-3]\d)年度?\)$")
_DATE = re.compile(r"(?P<y>20[0-3]\d)(?:年|[-./])(?P<m>\d{1,2})(?:月|[-./])(?P<d>\d{1,2})日?")
_PACKED_DATE = re.compile(r"(?<!\d)(?P<y>20[0-3]\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)", re.ASCII)
_REPORT_YEAR = re.compile(r"(?P<y>20[0-3]\d)年度?[^。;]{0,12}信息公开(?:工作)?(?:年度)?(?:报告|年报)")
_YEAR_IN_NAME = re.compile(r"(?<!\d)20[0-3]\d(?!\d)", re.ASCII)
_YEAR_IN_FOLDER = re.compile(
    r"(?:(?<=[?&]fbtime=)|(?<=[?&]year=)|^gb|^nb|^(?=20\d\d(?:nb|年)))(20[0-3]\d)(?!\d)", re.ASCII
)
_DAY_IN_NAME = re.compile(r"(?<!\d)20\d\d[-_.年]?\d{1,2}[-_.月]?\d{1,2}(?!\d)", re.ASCII)

_SENDERS = ("填报单位", "发布机构", "发布单位", "发文机关", "信息来源", "来源")
_DATES_OF_PUBLICATION = ("发布日期", "发布时间", "公开日期", "公开时间", "公布日期", "时间")
_DATES_OF_DOCUMENT = ("成文日期", "发文日期", "生成日期")
_FIELD_NAMES = frozenset((*_SENDERS, *_DATES_OF_PUBLICATION, *_DATES_OF_DOCUMENT, "索引号", "填报日期"))
_FIELDS = re.compile(
    "(?P<name>"
    + "|".join(r"\s*".join(name) for name in sorted(_FIELD_NAMES, key=lambda name: (-len(name), name)))
    + r")(?:\(盖章\))?\s*:"
)
_CHINESE_END = re.compile(r"[\u4e00-\u9fff]$")
_OTHER_FIELD = re.compile(r"\s{2,}|[\s|](?=[\u4e00-\u9fff]{2,8}:)")

_CONTACT = re.compile(r"请(?:及时|直接)?(?:与|和|向|同)(?P<office>[^(),;。]{3,40}?)(?:联系|咨询|反映)")
_CONTACT_WORDS = re.compile(r"地址|邮编|邮政编码|电话|信箱|邮箱|@")
_SITE = re.compile(r"(?:https?://|www\.)[\w.\-/%?=&#~:]+", re.ASCII)
_OWN_SITE = re.compile(r"人民政府(?=(?:门户|官方|政务|信息)?网)")
_BEFORE_NAME = re.compile(r"^.*?(?:可?在|登录|通过|从|到)|^.*[^\u4e00-\u9fff]")
_INNER_OFFICE = re.compile(
    r"^(?P<agency>.{2,30}?(?:街道办事处|(?<!街道)办事处|人民政府|管理委员会|管委会|委员会|局|厅))(?:党政综合|党政|督查|政务公开|综合|信息公开)?"
    r"(?:办公室|办|科|股|处|中心)$"
)
_OWN_OFFICE = re.compile(r"我?[省市州区县旗镇乡](?:人民)?政府办(?:公室)?")
_OUR_BODY = re.compile(r"我(?:局|委|厅|中心|办|街道|镇|乡|院|站)|本(?:局|委|厅|中心|街道|镇|乡)")
_ONESELF = re.compile(r"我|本(?:局|委|厅|机关|单位|中心|街道|镇|乡|站|办|部门)")
_OUR_PLACE = re.compile(r"我[省市州盟区县旗]")
_CONTACT_FIELDS = {
    "contact_address": re.compile(
        r"(?:联系|办公|通讯)?地址:?(?P<value>[^;,。()]{2,60}?)(?=[;,。)]|、?(?:邮编|邮政|电话|联系电话|传真|电子)|$)"
    ),
    "contact_postcode": re.compile(r"(?:邮编|邮政编码):?(?P<value>\d{6})(?!\d)"),
    "contact_phone": re.compile(r"电话(?:号码|[及/、和]传真|\(传真\))?:?(?P<value>[\d\-–—()、/]{5,60}\d)"),
    "contact_email": re.compile(r"(?P<value>[\w.\-]{1,60}@[\w\-]{1,60}(?:\.[\w\-]{1,20}){1,5})", re.ASCII),
}

_COMPILED_FROM = re.compile(r"综合|汇总|本(?:年度)?(?:报告|年报)[^。]{0,30}?(?:由|根据)")
_THOSE_BELOW = re.compile(r"各(?:部门|单位|镇|乡|街道|区|县|市|州|地|委|局|级)|所属|下属")
_MADE = re.compile(r"编制|而成|汇编|形成[^。]{0,8}报告")
_SUM_TOLD = re.compile(
    r"全[省市州盟区县旗](?:各级)?(?:行政机关|政府系统|各部门|各单位|各级各部门)?(?:共计|累计|共|全年|新)?"
    r"(?:收到|受理|主动公开|新收|办理)[^。;]{0,20}?(?:申请|信息)[^。;\d]{0,8}\d"
)
_OWN_WORDS = ("本级", "本机关", "本单位", "不含", "不包")
_OWN_FIGURES = re.compile(
    r"(?:数据|统计|范围)[^。]{0,15}?(?:仅|只|为)[^。]{0,15}?(?:本级|本机关|本单位)|不(?:含|包括|包含)(?:下属|所属|各)"
)
_OWN = re.compile(
    r"我(?:局|委|厅|镇|乡|中心|办|街道|[区县市]政府办公室)"
    r"|本(?:级|街道|局|机关(?!不掌握|负责公开|制作)|(?<!各本)(?<!对本)单位)"
)


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

    def text(self, name: str) -> str | None:
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    @property
    def year(self) -> int | None:
        value = self.values.get("year")
        return value if isinstance(value, int) else None


def read_metadata(flow: Flow, sections: Sequence[Section], source: str) -> dict[str, object]:
    """Return what the report says of itself, as fields of the table ``reports``.

    Only the first 100,000 characters of the running text are looked at.
    """
    found = Metadata()
    chapters = [section for section in sections if section.level == 1]
    preamble = _plain(_head(section.plain for section in chapters if section.section == "preamble"))
    signature = _head(section.plain for section in chapters if section.section == "signature") or _signed_end(chapters)
    text = preamble + _plain(_head(section.plain for section in chapters if section.section != "preamble"))
    fields = _labelled_fields(flow)
    title = _read_title(flow)
    _read_period(found, preamble, text)
    if title:
        found.offer("title", title.group(0))
        found.values["title_year"] = _title_year(title)
        found.offer("year", found.values["title_year"], "title")
    _read_table_year(found, flow)
    _read_fallback_year(found, text, source)
    mention = _own_government(preamble) or _own_government(text)
    _read_contact(found, preamble or text, text)
    _read_agency(found, title, fields, signature, mention, text)
    _read_dates(found, fields, signature)
    found.offer("index_number", _compact(fields.get("索引号", "")))
    _read_kind(found)
    _read_region(found, mention)
    _read_scope(found, preamble, text)
    return found.values


def _head(texts: Iterable[str]) -> str:
    """Return the texts up to the length that is looked at."""
    parts: list[str] = []
    left = _LONGEST_TEXT
    for text in texts:
        if left <= 0:
            break
        parts.append(text[:left])
        left -= len(text)
    return "\n".join(parts)


def _half_width(text: str) -> str:
    """Return the text with marks, figures and letters of usual width; the usual ones are replaced the fast way."""
    if text.isascii():
        return text
    for wide, mark in _USUAL:
        text = text.replace(wide, mark)
    return text.translate(_WIDTH) if _WIDE.search(text) else text


def _signed_end(chapters: Sequence[Section]) -> str:
    """Return the last two lines of a report that ends in a date written out (二〇二一年三月五日)."""
    lines = chapters[-1].plain[-200:].split("\n")[-2:] if chapters else []
    return "\n".join(lines) if lines and _WRITTEN_DATE.fullmatch(_compact(lines[-1])) else ""


def _compact(text: str) -> str:
    text = "".join(_half_width(text).split())
    for mark in _INVISIBLE:
        text = text.replace(mark, "")
    return text


def _plain(text: str) -> str:
    """Return the text without blanks and with dates in figures (二〇二〇年 → 2020年)."""
    compact = _compact(text)
    return _WRITTEN_DATE.sub(_in_figures, compact) if "二" in compact else compact


def _in_figures(match: re.Match[str]) -> str:
    year = "20" + "".join(_NUMERALS[numeral] for numeral in match["y"])
    month = f"{_number(match['m'])}月" if match["m"] else ""
    day = f"{_number(match['d'])}日" if match["d"] else ""
    return f"{year}年{month}{day}"


def _number(numerals: str) -> int:
    tens, ten, ones = numerals.rpartition("十")
    return (int(_NUMERALS.get(tens, "1")) * 10 if ten else 0) + int(_NUMERALS.get(ones, "0"))


def _labelled_fields(flow: Flow) -> dict[str, str]:
    """Return the known fields of page headers and tables, whether 'name: value' stands in one cell, in two, or in a line."""
    fields: dict[str, str] = {}
    waiting: tuple[str, int, int] | None = None
    for item in flow:
        if isinstance(item, Token):
            label = item.label
            if waiting and (item.block, item.row) == waiting[1:] and not label.endswith(":"):
                fields.setdefault(waiting[0], _half_width(item.plain).strip())
                waiting = None
            if len(label) < 2:
                continue
            waiting = None
            name = label.rstrip(":").removesuffix("(盖章)") if len(label) < 12 else ""
            if name in _FIELD_NAMES:
                waiting = (name, item.block, item.row)
            elif ":" in label and len(label) <= 200:
                _split_fields(item.plain, fields)
        elif len(item.text) <= 200 and (":" in item.text or "：" in item.text):
            _split_fields(item.text, fields)
    return {name: value for name, value in fields.items() if value}


def _split_fields(text: str, fields: dict[str, str]) -> None:
    text = _half_width(text)
    matches = [found for found in _FIELDS.finditer(text) if not _CHINESE_END.search(text[: found.start()][-1:])]
    for match, following in zip_longest(matches, matches[1:]):
        value = text[match.end() : following.start() if following else len(text)].strip()
        fields.setdefault(_compact(match["name"]), _OTHER_FIELD.split(value, maxsplit=1)[0].strip())


def _read_title(flow: Flow) -> re.Match[str] | None:
    """Return the title: on one line or broken over two or three, before the first chapter; or in a cell at the top."""
    lines: list[str] = []
    cells: list[str] = []
    for item in flow:
        if isinstance(item, Token):
            if len(cells) < 20 and len(item.text) <= 80 and item.label.endswith(("报告", "年报", ")")):
                cells.append(_plain(item.plain))
            continue
        if item.heading and lines:
            break
        if item.text.strip():
            lines.append(_plain(item.text) if len(item.text) <= 200 else "。")
        if len(lines) >= 12:
            break
    for count in (1, 2, 3):
        for start in range(len(lines) - count + 1):
            match = _match_title(lines[start : start + count])
            if match and (_title_agency(match) or (count == 1 and _title_year(match))):
                return _widen(lines, start, count, match)
    titles = (_match_title([cell]) for cell in cells)
    return next((match for match in titles if match and _title_agency(match)), None)


def is_title(line: str) -> bool:
    """Return whether a line alone is the title of a report: it names an agency or a year.

    >>> is_title("天门市教育局2022年政府信息公开工作年度报告"), is_title("政府信息公开工作年度报告")
    (True, False)
    """
    match = _match_title([_plain(line)]) if len(line) <= 200 and "报" in line else None
    return match is not None and bool(_title_agency(match) or _title_year(match))


def _match_title(lines: Sequence[str]) -> re.Match[str] | None:
    joined = "".join(lines)
    return _TITLE.match(joined) if len(joined) <= 80 and ("报" in joined) else None


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
    return _named_agency(name)


def _read_period(found: Metadata, preamble: str, text: str) -> None:
    """Read the statistics period. One of more than a year is kept as printed, but does not give the year."""
    for place, origin in ((preamble, "preamble"), (text, "text")):
        match = _PERIOD.search(place)
        if match:
            start = _date(match["y1"], match["m1"], match["d1"])
            end = _date(match["y2"] or match["y1"], match["m2"], match["d2"])
            if start and end and (end - start).days > 300:
                found.offer("period_start", start)
                found.offer("period_end", end)
                found.offer("period_from", origin)
                if (end - start).days < 400:
                    found.offer("year", end.year, "period")
                return
        match = _PERIOD_END.search(place)
        if match and (end := _date(match["y"], match["m"], match["d"])):
            found.offer("period_end", end)
            found.offer("period_from", origin)
            found.offer("year", end.year, "period")
            return


def _date(year: str | None, month: str | None, day: str | None) -> date | None:
    try:
        return date(int(year or 0), int(month or 0), int(day or 0))
    except ValueError:
        return None


def _read_table_year(found: Metadata, flow: Flow) -> None:
    if found.year:
        return
    for item in flow:
        match = _TABLE_YEAR.match(_compact(item.text)) if len(item.text) < 20 and "20" in item.text else None
        if match:
            found.offer("year", int(match[1]), "statistics table")
            return


def _read_fallback_year(found: Metadata, text: str, source: str) -> None:
    if found.year:
        return
    match = _REPORT_YEAR.search(text)
    if match:
        found.offer("year", int(match["y"]), "text")
    else:
        found.offer("year", _year_of_source(source), "file name")


def _year_of_source(source: str) -> int | None:
    """Return the one year that a file's name tells, or the folder or query it came from; a day is not a year.

    >>> _year_of_source("a/2021年政府信息公开年报.txt"), _year_of_source("site/gb2025/1.htm"), _year_of_source("t20210220_1.htm")
    (2021, 2025, None)
    """
    *folders, name = [part for part in PurePath(_half_width(source)).parts if part != "/"] or [""]
    for part in (name, *folders[:-4:-1]):
        pattern = _YEAR_IN_FOLDER if part is not name or "?" in part else _YEAR_IN_NAME
        years = set(pattern.findall(_DAY_IN_NAME.sub("", part)))
        if years:
            return int(years.pop()) if len(years) == 1 else None
    return None


def _own_government(text: str) -> str | None:
    """Return the government whose site a text points to: 保定市徐水区人民政府 for 可在保定市徐水区人民政府门户网站查询."""
    match = _OWN_SITE.search(text)
    name = text[max(0, match.start() - 20) : match.start()] if match else ""
    while cut := _BEFORE_NAME.match(name):
        name = name[cut.end() :]
    return f"{name}人民政府" if len(name) > 1 and name[-1] in "省市区州盟县旗镇乡" else None


def _read_agency(
    found: Metadata,
    title: re.Match[str] | None,
    fields: Mapping[str, str],
    signature: str,
    government: str | None,
    text: str,
) -> None:
    if title:
        found.offer("agency", _title_agency(title), "title")
    found.offer("agency", _named_agency(fields.get("填报单位")), "statistics table")
    for name in _SENDERS[1:]:
        found.offer("agency", _named_agency(fields.get(name)), "header")
    for line in signature.split("\n"):
        found.offer("agency", _named_agency(_compact(line)), "signature")
    if found.text("agency"):
        return
    if government and _OWN_OFFICE.search(text):
        found.offer("agency", f"{government}办公室", "inferred")
    found.offer("agency", _agency_of_contact(found.text("contact_office") or "", text), "contact sentence")


def _agency_of_contact(office: str, text: str) -> str | None:
    """Return the body whose inner office is the contact; None where a government speaks and a bureau takes the calls."""
    inner = _INNER_OFFICE.match(office)
    if inner is None:
        return None
    speaks_for_place = _OUR_PLACE.search(text) and not _OUR_BODY.search(text)
    return None if speaks_for_place and agency_kind(inner["agency"]) == "department" else inner["agency"]


def _named_agency(name: str | None) -> str | None:
    name = _compact(name) if name else None
    return name if name and 3 <= len(name) <= 40 and agency_kind(name) and not _ONESELF.match(name) else None


def _read_dates(found: Metadata, fields: Mapping[str, str], signature: str) -> None:
    for names, origin in ((_DATES_OF_PUBLICATION, "publication date"), (_DATES_OF_DOCUMENT, "document date")):
        for name in names:
            found.offer("published", _first_date(fields.get(name, "")), origin)
    found.offer("published", _first_date(_plain(signature)), "signature")
    found.offer("filed", _first_date(fields.get("填报日期", "")))


def _first_date(text: str) -> date | None:
    match = _DATE.search(text) or _DATE.search(_plain(text)) or _PACKED_DATE.search(text)
    return _date(match["y"], match["m"], match["d"]) if match else None


def _read_contact(found: Metadata, preamble: str, text: str) -> None:
    """Read the sentence that names the office to turn to, and the next one where the particulars stand there."""
    place, match = preamble, _CONTACT.search(preamble)
    if match is None:
        place, match = text, _CONTACT.search(text)
    if match:
        found.offer("contact_office", match["office"])
        first, _, after = place[match.end() : match.end() + 400].partition("。")
        rest = first if _CONTACT_WORDS.search(first) else after.partition("。")[0]
        for name, pattern in _CONTACT_FIELDS.items():
            value = pattern.search(rest)
            found.offer(name, value["value"].strip("、/") if value else None)
    site = _SITE.search(preamble) or (_SITE.search(text) if "http" in text or "www." in text else None)
    found.offer("website", site.group().rstrip(".") if site else None)


def _read_region(found: Metadata, mention: str | None) -> None:
    """Place the report by its own facts; where they leave it open, keep what it may be. A ministry has no place."""
    if found.text("agency_level") == "ministry":
        return
    placed = resolve(
        found.year,
        agency=found.text("agency"),
        index_number=found.text("index_number"),
        address=found.text("contact_address"),
        contact_office=found.text("contact_office"),
        mention=mention,
        phone=found.text("contact_phone"),
        postcode=found.text("contact_postcode"),
        website=found.text("website"),
    )
    if placed.division:
        inferred = placed.inferred or (placed.origin == "agency" and found.text("agency_from") == "inferred")
        found.offer("region_code", placed.division.code)
        found.offer("region", placed.division.full_name)
        found.offer("region_from", f"inferred: {placed.origin}" if inferred else placed.origin)
        agency = found.text("agency") or ""
        found.offer("agency_level", level_within(agency, placed.division.level), "inferred")
    else:
        found.offer("region_candidates", ";".join(sorted({each.code for each in placed.candidates})))


def _read_kind(found: Metadata) -> None:
    agency = found.text("agency")
    if agency:
        found.offer("agency_type", agency_kind(agency))
        origin = "inferred" if found.text("agency_from") == "inferred" else "agency"
        found.offer("agency_level", agency_level(agency, found.year), origin)


def _read_scope(found: Metadata, preamble: str, text: str) -> None:
    """Tell one organ's figures from a sum over many, by what is said of the figures; both or neither: unknown."""
    found.values["scope"] = "unknown"
    for place, origin in ((preamble, "preamble"), (text, "text")):
        scope = _scope_of(place)
        if scope:
            found.values["scope"] = scope
            found.values["scope_from"] = origin
            return


def _scope_of(text: str) -> str | None:
    if any(word in text for word in _OWN_WORDS) and _OWN_FIGURES.search(text):
        return "own"
    if _is_compiled(text):
        return "aggregate"
    speaks_for_itself = _OWN.search(text)
    if _SUM_TOLD.search(text):
        return None if speaks_for_itself and speaks_for_itself.group() != "本级" else "aggregate"
    return "own" if speaks_for_itself else None


def _is_compiled(text: str) -> bool:
    """Return whether a sentence says that the report, or its data, were made from those of the bodies below."""
    for match in _COMPILED_FROM.finditer(text):
        before = text[max(0, match.start() - 40) : match.end()].rpartition("。")[2]
        after = text[match.end() : match.end() + 110].partition("。")[0]
        below = _THOSE_BELOW.search(after)
        whole = before + after
        if below and _MADE.search(after, below.end()) and ("报告" in whole or "年报" in whole or "数据" in whole):
            return True
    return False
