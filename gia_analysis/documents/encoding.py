"""Bytes → text: UTF-8 where the bytes allow it, else GB18030, the encoding of older Chinese sites."""

from gia_analysis.errors import DocumentError

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding.

    Bytes that are valid UTF-8 are UTF-8; other bytes are GB18030, of which GBK and GB2312 are parts. A byte order mark
    at the beginning says that the bytes are UTF-8.

    Raises:
        DocumentError: the bytes are valid in neither; the message gives the first bad place.
    """
    marked = data.startswith(BYTE_ORDER_MARK)
    errors: list[UnicodeDecodeError] = []
    for encoding in ("utf-8-sig",) if marked else ("utf-8", "gb18030"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError as error:
            errors.append(error)
    raise _refusal(data, max(errors, key=lambda error: error.start), len(BYTE_ORDER_MARK) if marked else 0)


def _refusal(data: bytes, error: UnicodeDecodeError, skipped: int) -> DocumentError:
    """Return the error for the encoding that got further. The codec counts from after the byte order mark."""
    start = error.start + skipped
    line = data.count(b"\n", 0, start) + 1
    encodings = "not UTF-8, as its byte order mark says" if skipped else "neither UTF-8 nor GB18030"
    return DocumentError(
        f"{encodings}: byte 0x{data[start]:02x} at offset {start} (line {line}); save the file as UTF-8"
    )
