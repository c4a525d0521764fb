"""A sheet that writes what it is given, exactly: what XlsxWriter leaves to its users for the sake of Excel's habits."""

import re

from xlsxwriter.worksheet import Worksheet

_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")

Attributes = list[tuple[str, object]]


class Sheet(Worksheet):  # type: ignore[misc]
    """A sheet of exact numbers and plain texts."""

    def _xml_number_element(self, number: float, attributes: Attributes = []) -> None:  # noqa: B006
        """Write a number with all its digits; the library writes 16, which do not tell every number apart."""
        places = "".join(f' {key}="{value}"' for key, value in attributes)
        self.fh.write(f"<c{places}><v>{number!r}</v></c>")

    def _xml_rich_inline_string(self, string: str, attributes: Attributes = []) -> None:  # noqa: B006
        """Write a text that looks like the library's own markup as the text it is."""
        self._xml_inline_string(string, True, attributes)

    @staticmethod
    def _escape_control_characters(data: object) -> str:
        """Return a text with ``_x0001_`` for what XML cannot hold; what looks so already is told apart by ``_x005F_``."""
        return _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", _LIKE_AN_ESCAPE.sub("_x005F_", str(data)))
