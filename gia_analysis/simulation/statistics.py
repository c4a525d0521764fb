"""Simulated figures of the statistics table of 2014."""

from gia_analysis.forms import Form, Table
from gia_analysis.simulation.draws import Draw

_RECEIVED = {"received_in_person": 0.25, "received_fax": 0.02, "received_online": 0.55, "received_letter": 0.18}
_REPLIES = {
    "reply_already_public": 0.20,
    "reply_granted": 0.38,
    "reply_partially_granted": 0.06,
    "reply_denied": 0.08,
    "reply_not_this_agency": 0.13,
    "reply_not_exist": 0.10,
    "reply_asked_to_amend": 0.02,
    "reply_other_channel": 0.03,
}
_DENIED = {
    "denied_state_secret": 0.03,
    "denied_trade_secret": 0.15,
    "denied_privacy": 0.22,
    "denied_safety_stability": 0.05,
    "denied_not_government_information": 0.35,
    "denied_other_legal": 0.20,
}
_ITEMS = {"none": 60.0, "small": 200.0, "medium": 2500.0, "large": 80_000.0}
_DISPUTES = (("reconsiderations", 0.04), ("litigations", 0.015))
_VERDICTS = {"upheld": 0.6, "corrected": 0.2, "other": 0.2}
_OPTIONAL_SHARE = 0.3


def draw_statistics(draw: Draw, form: Form, table: Table) -> None:
    """Draw the table of 2014, whose optional rows an agency has in every year or in none."""
    counts = _publication(draw) | _responses(draw) | _requests(draw) | _resources(draw)
    if _has_topics(draw, table):
        topics = [row.code for row in table.rows if row.optional and row.code != "topics_total"]
        received = int(counts["requests_received"])
        counts |= {"topics_total": received, **draw.split(received, dict.fromkeys(topics, 1.0))}
    for row, value in counts.items():
        draw.put(table.code, row, {"value": value})


def _has_topics(draw: Draw, table: Table) -> bool:
    if draw.previous:
        return draw.last(table.code, "topics_total", "value") is not None
    return draw.happens(_OPTIONAL_SHARE)


def _publication(draw: Draw) -> dict[str, int | float]:
    total = draw.count(_ITEMS[draw.size], draw.last("stats_2014", "proactive_total", "value"))
    elsewhere = draw.part_of(total, 0.1)
    issued = draw.count(total / 100)
    return {
        "proactive_total": total,
        "proactive_normative_documents": draw.part_of(min(issued, total), 0.9),
        "normative_documents_issued": issued,
        "channel_gazette": draw.part_of(total, 0.02) if draw.size == "large" else 0,
        "channel_website": total - elsewhere,
        "channel_weibo": draw.part_of(total, 0.1) if draw.happens(0.5) else 0,
        "channel_wechat": draw.part_of(total, 0.15) if draw.happens(0.6) else 0,
        "channel_other": elsewhere,
    }


def _responses(draw: Draw) -> dict[str, int | float]:
    conferences = draw.count(1.0)
    interviews = draw.count(1.0)
    return {
        "responses_hot_topics": draw.count(2.0),
        "press_conferences": conferences,
        "press_conferences_by_head": draw.part_of(conferences, 0.3),
        "online_interviews": interviews,
        "online_interviews_by_head": draw.part_of(interviews, 0.5),
        "policy_interpretations": draw.count(6.0),
        "responses_weibo_wechat": draw.count(2.0),
        "responses_other": draw.count(1.0),
    }


def _requests(draw: Draw) -> dict[str, int | float]:
    last = draw.last("stats_2014", "requests_received", "value")
    received = draw.count(draw.requests, last if draw.requests else None)
    concluded = draw.part_of(received, 0.96)
    extended = draw.part_of(concluded, 0.08)
    replies = draw.split(concluded, _REPLIES)
    figures: dict[str, int | float] = {"requests_received": received, **draw.split(received, _RECEIVED)}
    figures |= {
        "requests_concluded": concluded,
        "concluded_on_time": concluded - extended,
        "concluded_extended": extended,
    }
    figures |= {"replies_total": concluded, **replies, **draw.split(replies["reply_denied"], _DENIED)}
    for kind, share in _DISPUTES:
        cases = draw.part_of(concluded, share)
        figures[f"{kind}_total"] = cases
        figures |= {f"{kind}_{verdict}": part for verdict, part in draw.split(cases, _VERDICTS).items()}
    return figures


def _resources(draw: Draw) -> dict[str, int | float]:
    full_time, part_time = draw.count(0.6), 1 + draw.count(1.5)
    trainings = draw.count(1.0)
    return {
        "complaints": draw.count(0.1) if draw.requests else 0,
        "fees_collected": draw.amount(0.1) if draw.requests and draw.happens(0.05) else 0,
        "dedicated_offices": 1 if draw.happens(0.8) else 0,
        "reading_points": draw.count(1.5),
        "staff_total": full_time + part_time,
        "staff_full_time": full_time,
        "staff_part_time": part_time,
        "special_funds": draw.amount(3.0) if draw.happens(0.2) else 0,
        "meetings": draw.count(2.0),
        "trainings": trainings,
        "trainees": trainings + draw.count(25.0 * trainings) if trainings else 0,
    }
