"""From a code to what people read: official Chinese labels and their English, over all form versions."""

from collections.abc import Mapping
from functools import cache

from gia_analysis.forms.labels import normalise, without_enumerator, without_parenthesis
from gia_analysis.forms.model import Language, forms


@cache
def _labels(language: Language) -> Mapping[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for form in forms().values():
        for table in form.tables:
            found[table.code, ""] = getattr(table, language)
            for item in (*table.groups, *table.columns, *table.rows):
                found[table.code, item.code] = getattr(item, language)
    return found


def label(table: str, code: str = "", language: Language = "zh", *, short: bool = False) -> str:
    """Return the label of a table (no ``code``) or of a row, column or group in it; the code itself where there is none.

    ``short`` leaves the official numbering and the explanation in brackets away, as charts need it.

    >>> label("requests", "granted")
    '（一）予以公开'
    >>> label("requests", "granted", short=True)
    '予以公开'
    >>> label("requests", "granted", "en")
    'Granted'
    """
    text = _labels(language).get((table, code), code)
    if not short or language == "en":
        return text
    return without_parenthesis(without_enumerator(normalise(text))) or text
