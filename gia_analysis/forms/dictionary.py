"""From a code to what people read: official Chinese labels and their English, over all form versions."""

import re
from collections.abc import Mapping
from functools import cache

from gia_analysis.forms.model import Column, Group, Language, Row, forms

_BESIDE_THE_NAME = re.compile(
    r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、])|(?<=.)（[^（）]*）$"
)


@cache
def _labels(language: Language, form: str | None) -> Mapping[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for version in forms().values():
        if form not in (None, version.id) and form in forms():
            continue
        for table in version.tables:
            found[table.code, ""] = table.zh if language == "zh" else table.en
            named: list[Group | Column | Row] = [*table.groups, *table.local_columns, *table.columns, *table.rows]
            found |= {(table.code, each.code): each.zh if language == "zh" else each.en for each in named}
    return found


def label(
    table: str, code: str = "", language: Language = "zh", *, form: str | None = None, short: bool = False
) -> str:
    """Return the label of a table (no ``code``), or of a row, column or group in it; the code itself if it has none.

    Labels are those of ``form``, or of the newest form that has the code. ``short`` leaves the official numbering and
    the explanation in brackets away, as charts need it.

    >>> label("requests", "granted")
    '（一）予以公开'
    >>> label("requests", "granted", short=True)
    '予以公开'
    >>> label("art20_5", "decisions", form="2019"), label("art20_5", "decisions")
    ('处理决定数量', '本年处理决定数量')
    >>> label("requests", "granted", "en")
    'Granted'
    """
    text = _labels(language, form).get((table, code), code.removeprefix("unknown:"))
    return _BESIDE_THE_NAME.sub("", text) or text if short and language == "zh" else text
