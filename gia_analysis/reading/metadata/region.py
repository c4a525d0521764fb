"""The division that a report belongs to, and the government whose site it names."""

import re

from gia_analysis.divisions import Resolution, resolve
from gia_analysis.reading.metadata.agency_name import level_within
from gia_analysis.reading.metadata.facts import Facts
from gia_analysis.reading.metadata.passages import Passages

_OWN_SITE = re.compile(r"人民政府(?=(?:门户|官方|政务|信息)?网)")
_BEFORE_NAME = re.compile(r"^.*?(?:可?在|登录|通过|从|到)|^.*[^\u4e00-\u9fff]")
_LONGEST_NAME = 20


def own_government(passages: Passages) -> str | None:
    """Return the government whose site the report points to: the preamble's, else another."""
    return _government_of_site(passages.preamble) or _government_of_site(passages.text)


def _government_of_site(text: str) -> str | None:
    """Return the government whose site a text names.

    >>> _government_of_site("电子版可在保定市徐水区人民政府门户网站查询下载")
    '保定市徐水区人民政府'
    """
    match = _OWN_SITE.search(text)
    name = text[max(0, match.start() - _LONGEST_NAME) : match.start()] if match else ""
    while cut := _BEFORE_NAME.match(name):
        name = name[cut.end() :]
    return f"{name}人民政府" if len(name) > 1 and name[-1] in "省市区州盟县旗镇乡" else None


def read_region(facts: Facts, government: str | None) -> None:
    """Place the report by its own facts; where they leave it open, keep what it may be. A ministry has no place."""
    if facts.text("agency_level") == "ministry":
        return
    placed = _resolve(facts, government)
    if placed.division is None:
        facts.offer("region_candidates", ";".join(sorted({each.code for each in placed.candidates})))
        return
    inferred = placed.inferred or (placed.origin == "agency" and facts.text("agency_from") == "inferred")
    facts.offer("region_code", placed.division.code)
    facts.offer("region", placed.division.full_name)
    facts.offer("region_from", f"inferred: {placed.origin}" if inferred else placed.origin)
    agency = facts.text("agency") or ""
    facts.offer("agency_level", level_within(agency, placed.division.level), "inferred")


def _resolve(facts: Facts, government: str | None) -> Resolution:
    return resolve(
        facts.year,
        agency=facts.text("agency"),
        index_number=facts.text("index_number"),
        address=facts.text("contact_address"),
        contact_office=facts.text("contact_office"),
        mention=government,
        phone=facts.text("contact_phone"),
        postcode=facts.text("contact_postcode"),
        website=facts.text("website"),
    )
