"""The fields of page headers and tables, 'name: value', by name."""

import re
from functools import lru_cache
from itertools import zip_longest

from gia_analysis.reading.flow import Flow, Position, Token
from gia_analysis.reading.metadata.writing import compact, half_width

FILER = "填报单位"
SENDERS = ("发布机构", "发布单位", "发文机关", "信息来源", "来源")
DATES_OF_PUBLICATION = ("发布日期", "发布时间", "公开日期", "公开时间", "公布日期", "时间")
DATES_OF_DOCUMENT = ("成文日期", "发文日期", "生成日期")
DATE_OF_FILING = "填报日期"
INDEX_NUMBER = "索引号"

_NAMES = frozenset((FILER, *SENDERS, *DATES_OF_PUBLICATION, *DATES_OF_DOCUMENT, DATE_OF_FILING, INDEX_NUMBER))
_NAMED = re.compile(
    "(?P<name>"
    + "|".join(r"\s*".join(name) for name in sorted(_NAMES, key=lambda name: (-len(name), name)))
    + r")(?:\(盖章\))?\s*:"
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_OTHER_FIELD = re.compile(r"\s{2,}|[\s|](?=[\u4e00-\u9fff]{2,8}:)")
_LONGEST_NAME = 11
_LONGEST_LINE = 200


def read_fields(flow: Flow) -> dict[str, str]:
    """Return the value of each known field, whether 'name: value' stands in one cell, in two, or in a line.

    The first of a name counts. A field without a value is left out.
    """
    fields: dict[str, str] = {}
    waiting: tuple[str, Position] | None = None  # the name in a cell whose value is still to come; its row
    for item in flow:
        if not isinstance(item, Token):
            if len(item.text) <= _LONGEST_LINE and (":" in item.text or "：" in item.text):
                _split_fields(item.text, fields)
            continue
        label = item.label
        if waiting and item.at == waiting[1] and not label.endswith(":"):
            fields.setdefault(waiting[0], half_width(item.plain).strip())
            waiting = None
        if len(label) < 2:
            continue
        name = _field_name(label)
        waiting = (name, item.at) if name else None
        if not name and ":" in label and len(label) <= _LONGEST_LINE:
            _split_fields(item.plain, fields)
    return {name: value for name, value in fields.items() if value}


@lru_cache(maxsize=65_536)
def _field_name(label: str) -> str | None:
    """Return the name of the field that a cell announces and leaves to the next cell to fill."""
    name = label.rstrip(":").removesuffix("(盖章)") if len(label) <= _LONGEST_NAME else ""
    return name if name in _NAMES else None


def _split_fields(text: str, fields: dict[str, str]) -> None:
    """Add the fields of a line. A name that ends a longer word (本页更新时间) is none."""
    text = half_width(text)
    matches = [found for found in _NAMED.finditer(text) if not _CHINESE.match(text[: found.start()][-1:])]
    for match, following in zip_longest(matches, matches[1:]):
        value = text[match.end() : following.start() if following else len(text)].strip()
        fields.setdefault(compact(match["name"]), _OTHER_FIELD.split(value, maxsplit=1)[0].strip())
