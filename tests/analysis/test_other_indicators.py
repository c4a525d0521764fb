"""Indicators of disputes, documents and decisions, and of the form of 2014, on worked figures."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import pytest

from gia_analysis.analysis import compute_indicators
from gia_analysis.checks import run_checks
from gia_analysis.schema import Frames

Make = Callable[[Mapping[str, Mapping[str, Any]]], Frames]

_OUTCOMES = ("upheld", "corrected", "other", "pending", "total")
# The provincial capital of test_disclosure_rates.py: its disputes, documents and decisions of 2025.
_DISPUTES = {
    "reconsideration": (376, 97, 196, 121, 790),
    "litigation_direct": (16, 1, 12, 27, 56),
    "litigation_after_review": (74, 1, 30, 51, 156),
}
CAPITAL = {
    **{
        f"review_litigation.{row}.{column}": figure
        for row, figures in _DISPUTES.items()
        for column, figure in zip(_OUTCOMES, figures, strict=True)
    },
    **{
        f"requests.{row}.{column}": figure
        for row, figure in {"new_received": 14069, "unable_not_held": 13810, "results_total": 13810}.items()
        for column in ("natural_person", "total")
    },
    "requests.carried_out.natural_person": 259, "requests.carried_out.total": 259,
    "art20_1.normative_documents.issued_this_year": 564, "art20_1.normative_documents.repealed_this_year": 984,
    "art20_1.normative_documents.in_force": 4185,
    "art20_5.licensing.decisions": 11398889, "art20_6.penalty.decisions": 6937489,
    "art20_6.compulsion.decisions": 166105,
}  # fmt: skip
OLD = {
    "requests_received": 100, "received_online": 100, "requests_concluded": 80, "concluded_on_time": 70,
    "concluded_extended": 10, "replies_total": 90, "reply_already_public": 9, "reply_granted": 31,
    "reply_partially_granted": 5, "reply_denied": 20, "denied_state_secret": 2, "denied_trade_secret": 3,
    "denied_privacy": 5, "denied_not_government_information": 10, "reply_not_this_agency": 10, "reply_not_exist": 8,
    "reply_asked_to_amend": 4, "reply_other_channel": 3, "reconsiderations_total": 6, "reconsiderations_upheld": 3,
    "reconsiderations_corrected": 1, "reconsiderations_other": 1, "litigations_total": 3, "litigations_upheld": 2,
    "litigations_corrected": 1, "proactive_total": 50, "channel_website": 50, "proactive_normative_documents": 12,
    "normative_documents_issued": 10,
}  # fmt: skip


@pytest.fixture(scope="module")
def found(frames: Make) -> pd.DataFrame:
    made = frames(
        {
            "capital": {"form": "2021", "cells": CAPITAL},
            "old": {"form": "2014", "cells": {f"stats_2014.{row}.value": figure for row, figure in OLD.items()}},
            "made and disclosed": {
                "form": "2019",
                "cells": {
                    "art20_1.normative_documents.made_this_year": 8,
                    "art20_1.normative_documents.disclosed_this_year": 6,
                    "art20_1.normative_documents.disclosed_total": 40,
                },
            },
        }
    )
    return compute_indicators(made, run_checks(made)).set_index(["report_id", "code"])


@pytest.mark.parametrize(
    ("report", "code", "numerator", "denominator"),
    [
        ("capital", "reconsideration_ratio", 790, 13810),
        ("capital", "litigation_ratio", 212, 13810),
        ("capital", "dispute_ratio", 1002, 13810),
        ("capital", "dispute_ratio_once", 846, 13810),
        ("capital", "correction_rate_reconsideration", 97, 669),
        ("capital", "correction_rate_litigation", 2, 134),
        ("capital", "correction_rate_disputes", 99, 803),
        ("capital", "correction_rate_reconsideration_decided", 97, 473),
        ("capital", "correction_rate_litigation_decided", 2, 92),
        ("capital", "correction_rate_disputes_decided", 99, 565),
        ("capital", "correction_rate_reconsideration_of_all", 97, 790),
        ("capital", "correction_rate_litigation_of_all", 2, 212),
        ("capital", "correction_rate_disputes_of_all", 99, 1002),
        ("capital", "upheld_rate_reconsideration", 376, 669),
        ("capital", "upheld_rate_litigation", 90, 134),
        ("capital", "upheld_rate_disputes", 466, 803),
        ("capital", "pending_share_reconsideration", 121, 790),
        ("capital", "pending_share_litigation", 78, 212),
        ("capital", "pending_share_disputes", 199, 1002),
        ("capital", "normative_turnover", 1548, 4185),
        ("old", "on_time_rate", 70, 80),
        ("old", "extension_rate", 10, 80),
        ("old", "already_public_share", 9, 90),
        ("old", "disclosure_rate_broad", 45, 90),
        ("old", "disclosure_rate_merits", 45, 65),
        ("old", "disclosure_rate_answerable", 45, 87),
        ("old", "disclosures_per_request", 45, 100),
        ("old", "not_held_rate", 18, 90),
        ("old", "refusal_ground.denied_third_party", 8, 20),
        ("old", "exemption_rate.denied_third_party", 8, 90),
        ("old", "exemption_rate.denied_state_secret", 2, 90),
        ("old", "dispute_ratio", 9, 90),
        ("old", "correction_rate_disputes", 2, 8),
        ("old", "correction_rate_reconsideration_of_all", 1, 6),
        ("old", "active_publication_ratio", 12, 10),
        ("made and disclosed", "active_publication_ratio", 6, 8),
    ],
)
def test_an_indicator_has_the_parts_of_its_definition(
    found: pd.DataFrame, report: str, code: str, numerator: float, denominator: float
) -> None:
    row = found.loc[(report, code)]

    assert (row["numerator"], row["denominator"]) == (numerator, denominator)
    assert row["value"] == numerator / denominator


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("enforcement_load", 18502483),
        ("decisions_licensing", 11398889),
        ("decisions_penalty", 6937489),
        ("decisions_compulsion", 166105),
    ],
)
def test_decisions_are_counted(found: pd.DataFrame, code: str, value: float) -> None:
    assert found.loc[("capital", code), "value"] == value


@pytest.mark.parametrize(
    ("report", "code"),
    [
        ("old", "completion_rate"),
        ("old", "dispute_ratio_once"),
        ("old", "pending_share_disputes"),
        ("old", "refusal_ground.denied_process_info"),
        ("capital", "on_time_rate"),
        ("capital", "active_publication_ratio"),
        ("made and disclosed", "normative_turnover"),
    ],
)
def test_what_a_form_does_not_ask_is_not_on_it(found: pd.DataFrame, report: str, code: str) -> None:
    assert found.loc[(report, code), "reason"] == "not_on_form"


def test_a_ratio_may_exceed_one_and_has_no_interval(found: pd.DataFrame) -> None:
    """Twelve normative documents published and ten issued: older ones were published too."""
    row = found.loc[("old", "active_publication_ratio")]

    assert row["value"] == 1.2
    assert row[["low", "high"]].isna().all()


def test_the_cells_of_an_indicator_are_named_once_each(found: pd.DataFrame) -> None:
    cells = found.loc[("capital", "correction_rate_litigation_decided"), "cells"].split(";")

    assert cells == [
        "review_litigation.litigation_direct.corrected", "review_litigation.litigation_after_review.corrected",
        "review_litigation.litigation_direct.upheld", "review_litigation.litigation_after_review.upheld",
    ]  # fmt: skip
