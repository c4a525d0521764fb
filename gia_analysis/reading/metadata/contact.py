"""The office to turn to, its particulars, and the website."""

import re

from gia_analysis.reading.metadata.facts import Facts
from gia_analysis.reading.metadata.passages import Passages

_CONTACT = re.compile(r"请(?:及时|直接)?(?:与|和|向|同)(?P<office>[^(),;。]{3,40}?)(?:联系|咨询|反映)")
_PARTICULARS_WORD = re.compile(r"地址|邮编|邮政编码|电话|信箱|邮箱|@")
_PARTICULARS = {
    "contact_address": re.compile(
        r"(?:联系|办公|通讯)?地址:?(?P<value>[^;,。()]{2,60}?)(?=[;,。)]|、?(?:邮编|邮政|电话|联系电话|传真|电子)|$)"
    ),
    "contact_postcode": re.compile(r"(?:邮编|邮政编码):?(?P<value>\d{6})(?!\d)"),
    "contact_phone": re.compile(r"电话(?:号码|[及/、和]传真|\(传真\))?:?(?P<value>[\d\-–—()、/]{5,60}\d)"),
    "contact_email": re.compile(r"(?P<value>[\w.\-]{1,60}@[\w\-]{1,60}(?:\.[\w\-]{1,20}){1,5})", re.ASCII),
}
_LONGEST_PARTICULARS = 400
_SITE = re.compile(r"(?:https?://|www\.)[\w.\-/%?=&#~:]+", re.ASCII)


def read_contact(facts: Facts, passages: Passages) -> None:
    """Read the sentence that names the office to turn to, and the website; the preamble's stand above others."""
    for text in (passages.preamble, passages.text):
        match = _CONTACT.search(text)
        if match:
            facts.offer("contact_office", match["office"])
            _read_particulars(facts, text[match.end() : match.end() + _LONGEST_PARTICULARS])
            break
    facts.offer("website", _site(passages.preamble) or _site(passages.text))


def _read_particulars(facts: Facts, after: str) -> None:
    """Read address, postcode, phone and mail from the rest of the sentence, or the next one where they stand there."""
    rest, _, following = after.partition("。")
    if not _PARTICULARS_WORD.search(rest):
        rest = following.partition("。")[0]
    for name, pattern in _PARTICULARS.items():
        match = pattern.search(rest)
        facts.offer(name, match["value"].strip("、/") if match else None)


def _site(text: str) -> str | None:
    match = _SITE.search(text) if "http" in text or "www." in text else None
    return match.group().rstrip(".") if match else None
