"""The agency whose report it is: the first place that names one, or what the text allows to conclude."""

import re
from collections.abc import Iterator, Mapping

from gia_analysis.reading.metadata import page_head
from gia_analysis.reading.metadata.agency_name import agency_kind, named_agency
from gia_analysis.reading.metadata.facts import Facts
from gia_analysis.reading.metadata.fields import FILER, SENDERS
from gia_analysis.reading.metadata.passages import Passages
from gia_analysis.reading.metadata.title import Title

_INNER_OFFICE = re.compile(
    r"^(?P<agency>.{2,30}?(?:街道办事处|(?<!街道)办事处|人民政府|管理委员会|管委会|委员会|局|厅))(?:党政综合|党政|督查|政务公开|综合|信息公开)?"
    r"(?:办公室|办|科|股|处|中心)$"
)
_OWN_OFFICE = re.compile(r"我?[省市州区县旗镇乡](?:人民)?政府办(?:公室)?")
_OUR_BODY = re.compile(r"我(?:局|委|厅|中心|办|街道|镇|乡|院|站)|本(?:局|委|厅|中心|街道|镇|乡)")
_OUR_PLACE = re.compile(r"我[省市州盟区县旗]")


def read_agency(
    facts: Facts,
    passages: Passages,
    title: Title | None,
    fields: Mapping[str, str],
    head: Mapping[str, str],
    government: str | None,
) -> None:
    """Read the agency; ``government`` is the one whose site the text points to.

    Where none is named, 我区政府办公室 is the office of that government, and an inner office speaks for its body.
    """
    for name, origin in _names(title, fields, head, passages.signature):
        if agency := named_agency(name):
            facts.offer("agency", agency, origin)
            return
    if government and _OWN_OFFICE.search(passages.text):
        facts.offer("agency", f"{government}办公室", "inferred")
    else:
        office = facts.text("contact_office") or ""
        facts.offer("agency", _agency_of_contact(office, passages.text), "contact sentence")


def _names(
    title: Title | None, fields: Mapping[str, str], head: Mapping[str, str], signature: str
) -> Iterator[tuple[str | None, str]]:
    """Yield what may name the agency, the best first, with where it stands."""
    if title:
        yield title.agency, "title"
    yield fields.get(FILER), "statistics table"
    for sender in SENDERS:
        yield fields.get(sender), "header"
    for line in signature.split("\n"):
        yield line, "signature"
    for sender in page_head.SENDERS:
        yield head.get(sender), "page head"


def _agency_of_contact(office: str, text: str) -> str | None:
    """Return the body whose inner office is the contact; None where a government speaks and a bureau takes the calls."""
    inner = _INNER_OFFICE.match(office)
    if inner is None:
        return None
    speaks_for_place = _OUR_PLACE.search(text) and not _OUR_BODY.search(text)
    return None if speaks_for_place and agency_kind(inner["agency"]) == "department" else inner["agency"]
