"""Crawls in JSON: a record a line (JSONL, NDJSON), or an array or run of objects, printed in whichever way."""

import codecs
import json
import re
from collections.abc import Iterator
from io import BufferedReader

from gia_analysis.containers.columns import Record
from gia_analysis.containers.crawls import Broken
from gia_analysis.containers.limits import LARGEST_RECORD_BYTES
from gia_analysis.documents.encoding_guess import guess_encoding

_OBJECT = re.compile(rb'\s*\{\s*(?:"(?:[^"\\\n]|\\.){0,200}"\s*:|\}\s*$)')
_ARRAY = re.compile(rb'\s*\[\s*\{\s*"(?:[^"\\\n]|\\.){0,200}"\s*:')
_BETWEEN = re.compile(r"[\s,\[\]]*")
_CHUNK = 65_536
_MARK = b"\xef\xbb\xbf"


def is_json_lines(head: bytes) -> bool:
    """Tell whether a file begins with a JSON object that fills its first line."""
    text = head.removeprefix(_MARK).lstrip()
    first, found, _ = text.partition(b"\n")
    if not _OBJECT.match(first):
        return False
    return not found or isinstance(_parsed(first, "utf-8"), dict) or isinstance(_parsed(first, "gb18030"), dict)


def is_json(head: bytes) -> bool:
    """Tell whether a file begins with a JSON object, or with an array of them."""
    text = head.removeprefix(_MARK)
    return bool(_ARRAY.match(text) or _OBJECT.match(text))


def read_json_lines(stream: BufferedReader) -> Iterator[Record | Broken]:
    """Yield the record of each line that is not blank; a line that is none costs no other."""
    encoding = _encoding_of(stream)
    while line := stream.readline(LARGEST_RECORD_BYTES + 1):
        if len(line) > LARGEST_RECORD_BYTES:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_CHUNK)
            yield Broken(f"it is longer than {LARGEST_RECORD_BYTES // 1_000_000} MB")
        elif line := line.removeprefix(_MARK).strip():
            record = _parsed(line, encoding)
            yield record if isinstance(record, dict | Broken) else Broken("it is no JSON object")


def _parsed(line: bytes, encoding: str) -> object:
    try:
        return json.loads(line.decode(encoding, "surrogateescape"))
    except (ValueError, RecursionError) as error:
        return Broken(f"it is no JSON: {error}")


def _encoding_of(stream: BufferedReader) -> str:
    head = stream.peek()
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "gb18030" if guess_encoding(head) == "gb18030" else "utf-8"
    return "utf-8"


def read_json(stream: BufferedReader) -> Iterator[Record | Broken]:
    """Yield the objects of an array, or of several written one after the other. After a broken one nothing can be read."""
    decode = codecs.getincrementaldecoder(_encoding_of(stream))("surrogateescape").decode
    parse = json.JSONDecoder().raw_decode
    text, place, step, ended = "", 0, _CHUNK, False
    while True:
        place = _after_separators(text, place)
        if place < len(text):
            try:
                record, place = parse(text, place)
            except (ValueError, RecursionError) as error:
                if ended or len(text) - place > LARGEST_RECORD_BYTES or isinstance(error, RecursionError):
                    yield Broken(f"it is no JSON: {str(error)[:200]}; what follows was not read")
                    return
            else:
                yield record if isinstance(record, dict) else Broken("it is no JSON object")
                step = _CHUNK
                continue
        elif ended:
            return
        data = stream.read(step)
        ended, step = not data, 2 * step
        text, place = (text[place:] + decode(data, ended)).removeprefix("\ufeff"), 0


def _after_separators(text: str, place: int) -> int:
    found = _BETWEEN.match(text, place)
    return found.end() if found else place
