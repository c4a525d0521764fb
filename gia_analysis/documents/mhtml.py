"""Web pages saved as one file (MHTML, ``.mht``, also from Word and Excel): a mail whose parts are the page and its frames."""

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message

from gia_analysis.documents.grid import GridBudget
from gia_analysis.documents.html import NO_TEXT, read_page
from gia_analysis.documents.limits import DEEPEST_NESTING, require_at_most
from gia_analysis.documents.model import Content
from gia_analysis.errors import DocumentError

_PAGES = frozenset({"text/html", "application/xhtml+xml"})


def read(data: bytes) -> Content:
    """Read the bytes of a saved web page: its pages in order, the main one first, then those of its frames.

    What the page says of itself is what the first with a text says. The charset of a part is known by its content.

    Raises:
        DocumentError: it holds no page, or only such as show no text.
        LimitError: its pages have more cells than are read.
    """
    budget = GridBudget()
    pages = [read_page(page, budget) for page in _pages(data)]
    if not pages:
        raise DocumentError("the saved web page holds no page: its parts are pictures or files")
    blocks = tuple(block for page in pages for block in page.blocks)
    if not blocks:
        raise DocumentError(NO_TEXT)
    first = next(page for page in pages if page.blocks)
    return replace(first, blocks=blocks, undecoded=sum(page.undecoded for page in pages))


def _pages(data: bytes) -> Iterator[bytes]:
    """Yield the bytes of each page, quoted-printable or base64 undone."""
    try:
        waiting = [(message_from_bytes(data), 0)]
    except (MessageError, RecursionError, ValueError) as error:
        raise DocumentError("the saved web page is damaged: its parts cannot be told apart; save it again") from error
    while waiting:
        part, depth = waiting.pop()
        require_at_most(DEEPEST_NESTING, depth, "parts in each other")
        if part.is_multipart():
            waiting += [(each, depth + 1) for each in reversed(_parts_of(part))]
        elif part.get_content_type() in _PAGES:
            yield _payload(part)


def _parts_of(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
