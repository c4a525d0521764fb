"""Simulated figures of the local statistics tables from before there was a national one."""

from gia_analysis.forms import Form, Table
from gia_analysis.simulation.draws import Draw

_RECEIVED = {
    "received_in_person": 0.40,
    "received_fax": 0.03,
    "received_email": 0.12,
    "received_online": 0.25,
    "received_letter": 0.17,
    "received_other": 0.03,
}
_REPLIES = {"reply_granted": 0.55, "reply_partially_granted": 0.08, "reply_denied": 0.37}
_DENIED = {
    "denied_not_government_information": 0.10,
    "reply_not_exist": 0.25,
    "reply_not_this_agency": 0.25,
    "reply_unclear": 0.10,
    "denied_other_legal": 0.08,
}
_EXEMPTION = 0.03
_SERVICES = (
    "normative_documents_new", "service_items", "page_visits", "visitors", "consultations_online",
    "consultations_phone", "on_request_catalogue",
)  # fmt: skip
_DISPUTES = ("reconsiderations_total", "litigations_total", "appeals_total")


def draw_local_statistics(draw: Draw, form: Form, table: Table) -> None:
    """Draw a table until 2013: a period, and the year with what came before the period in it."""
    period, before = _counts(draw, table), _counts(draw, table)
    for row, value in period.items():
        draw.put(table.code, row, {"period": value, "cumulative_year": value + before[row]})


def _counts(draw: Draw, table: Table) -> dict[str, int]:
    published, received = draw.count(draw.decisions), draw.count(draw.requests)
    electronic = draw.part_of(published, 0.97)
    website = draw.part_of(published, 0.9)
    counts = {"proactive_total": published, "channel_website": website, "proactive_full_text": electronic}
    counts["channel_gazette"] = draw.part_of(published - website, 0.3)
    counts |= {row: draw.count(draw.decisions / 4) for row in _SERVICES}
    replied = draw.part_of(received, 0.95)
    replies = draw.split(replied, _REPLIES)
    reasons = {row.code: _DENIED.get(row.code, _EXEMPTION) for row in table.rows if _is_reason(row.code)}
    counts |= {"requests_received": received, **draw.split(received, _RECEIVED)}
    counts |= {"replies_total": replied, **replies, **draw.split(replies["reply_denied"], reasons)}
    counts |= {row: draw.part_of(replied, 0.02) for row in _DISPUTES}
    counts["appeals_after_first_handling"] = draw.part_of(counts["appeals_total"], 0.5)
    return counts


def _is_reason(row: str) -> bool:
    return row in _DENIED or row.startswith("denied_exemption")
