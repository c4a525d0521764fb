"""Which columns of a crawl hold the text of a page and its address: those named, or those that are plainly it."""

from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from gia_analysis.containers.model import CrawlColumns
from gia_analysis.errors import DocumentError, nearest

Record = Mapping[str, object]

TEXT_NAMES = (
    "html", "raw_html", "page_html", "content_html", "raw_content", "content", "contents", "text", "body", "page", "article",
    "fulltext", "full_text", "正文", "全文", "内容", "正文内容", "网页内容", "文章内容", "网页正文", "网页源码",
)  # fmt: skip
_URL_NAMES = (
    "url", "link", "uri", "href", "source_url", "page_url", "original_url", "网址", "链接", "来源网址", "原文链接", "网页地址",
)  # fmt: skip
_ADDRESS = ("http://", "https://")
_LEAST_LENGTH = 200  # of the longest text in a column whose name says nothing
_PLAINLY_LONGER = 5


def choose_columns(sample: Sequence[Record], wanted: CrawlColumns) -> CrawlColumns:
    """Return the columns of a crawl, of which a few records are given.

    Raises:
        DocumentError: a column that is wanted is not there, or none is plainly the text; the message names those there are.
    """
    names = list(dict.fromkeys(name for record in sample for name in record))
    text = _named(wanted.text, names) if wanted.text is not None else _guess_text(sample, names)
    url = _named(wanted.url, names) if wanted.url is not None else _guess_url(sample, names, text)
    return CrawlColumns(text, url)


def _named(name: str, names: Sequence[str]) -> str:
    if name not in names:
        raise DocumentError(f"there is no column {name!r}: {nearest(name, names)}")
    return name


def _guess_text(sample: Sequence[Record], names: Sequence[str]) -> str:
    lengths = {name: _lengths(sample, name) for name in names}
    known = [name for name in names if name.strip().lower() in TEXT_NAMES]
    long = [name for name in names if max(lengths[name], default=0) >= _LEAST_LENGTH]
    both = [name for name in known if name in long]
    if both:
        return max(both, key=lambda name: (_share_of_pages(sample, name), max(lengths[name])))
    if len(known) == 1 and not long:
        return known[0]
    long.sort(key=lambda name: median(lengths[name]), reverse=True)
    if long and (len(long) == 1 or median(lengths[long[0]]) >= _PLAINLY_LONGER * median(lengths[long[1]])):
        return long[0]
    listed = ", ".join(repr(name) for name in names[:30]) or "none"
    likely = f"; the longest texts stand in {long[0]!r}" if long else ""
    raise DocumentError(
        f"no column is plainly the text of a page: there are {listed}{likely}; name it with --text-column "
        "(in Python: CrawlColumns(text=...))"
    )


def _guess_url(sample: Sequence[Record], names: Sequence[str], text: str) -> str | None:
    others = [name for name in names if name != text]
    known = sorted(
        (name for name in others if name.strip().lower() in _URL_NAMES),
        key=lambda name: _URL_NAMES.index(name.strip().lower()),
    )
    for name in (*known, *others):
        values = list(_texts(sample, name))
        if values and all(value.startswith(_ADDRESS) for value in values):
            return name
    return None


def _texts(sample: Sequence[Record], name: str) -> Iterable[str]:
    for record in sample:
        value = record.get(name)
        if isinstance(value, bytes):
            yield value.decode("latin-1")
        elif isinstance(value, str) and value:
            yield value


def _lengths(sample: Sequence[Record], name: str) -> list[int]:
    return [len(text) for text in _texts(sample, name)]


def _share_of_pages(sample: Sequence[Record], name: str) -> float:
    """Return how many of the texts are HTML: a crawl that has both keeps the tables there."""
    texts = list(_texts(sample, name))
    return sum("</" in text for text in texts) / len(texts)
