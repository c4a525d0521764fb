"""Bytes → text: UTF-8 where the bytes allow it, else GB18030, the encoding of older Chinese sites."""

from gia_analysis.errors import DocumentError

_BOM = b"\xef\xbb\xbf"


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding.

    Bytes that are valid UTF-8 are UTF-8; other bytes are GB18030, of which GBK and GB2312 are parts.

    Raises:
        DocumentError: the bytes are valid in neither; the message gives the first bad place.
    """
    if data.startswith(_BOM):
        return _decode(data[len(_BOM) :], "utf-8"), "utf-8-sig"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode(data, "gb18030"), "gb18030"


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DocumentError(
            f"neither UTF-8 nor GB18030: byte 0x{data[error.start]:02x} at offset {error.start} (line {line}); "
            "save the file as UTF-8"
        ) from None
