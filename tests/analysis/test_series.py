"""Long series: why a figure is missing, which report of several is taken, what stands on which line, where lines break."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from gia_analysis.analysis.compute import compute_indicators
from gia_analysis.analysis.series import SERIES_COLUMNS, indicator_series, long_series
from gia_analysis.errors import FormError
from gia_analysis.schema import Frames, build

Given = Mapping[str, Any]
Make = Callable[[Mapping[str, Given]], Frames]


def since_2019(year: int | None, new: float | str | None, form: str = "2021", **facts: Any) -> Given:
    cells = {"requests.new_received.natural_person": new, "requests.new_received.total": new}
    return {"form": form, "cells": cells, "facts": {"agency": "天门市教育局", "year": year, "scope": "own", **facts}}


def before(year: int, received: float | None, **facts: Any) -> Given:
    cells = {"stats_2014.requests_received.value": received}
    return {"form": "2014", "cells": cells, "facts": {"agency": "天门市教育局", "year": year, "scope": "own", **facts}}


@pytest.fixture
def follow(frames: Make) -> Callable[..., pd.DataFrame]:
    def run(*given: Given, code: str = "new_received", checks: pd.DataFrame | None = None) -> pd.DataFrame:
        return long_series(frames({f"r{number}": each for number, each in enumerate(given)}), checks, codes=[code])

    return run


@pytest.mark.parametrize(("printed", "reason"), [(None, "blank"), ("ambiguous", "unread"), ("text", "unread")])
def test_what_is_not_printed_or_not_read_is_missing_not_zero(
    follow: Callable[..., pd.DataFrame], printed: str | None, reason: str
) -> None:
    found = follow(since_2019(2022, printed)).iloc[0]

    assert pd.isna(found["value"])
    assert found["reason"] == reason
    assert found["cells"] == "requests.new_received.total"


def test_one_blank_part_leaves_a_sum_missing(follow: Callable[..., pd.DataFrame]) -> None:
    cells = {"requests.denied_state_secret.total": None, "requests.denied_third_party.total": 3}
    given = {"form": "2021", "cells": cells, "facts": {"agency": "天门市教育局", "year": 2022}}

    assert follow(given, code="denied")["reason"].tolist() == ["blank"]
    assert follow(given, code="denied_third_party")["value"].tolist() == [3]


def test_a_printed_zero_is_zero(follow: Callable[..., pd.DataFrame]) -> None:
    found = follow(since_2019(2022, 0)).iloc[0]

    assert found["value"] == 0
    assert pd.isna(found["reason"])


def test_what_the_form_does_not_ask_is_told_from_a_table_that_is_missing(follow: Callable[..., pd.DataFrame]) -> None:
    other_table = {**since_2019(2019, 0, "2019"), "cells": {"art20_6.penalty.decisions": 3}}

    found = follow(before(2018, 4), other_table, code="carried_in").set_index("year")

    assert found["reason"].to_dict() == {2018: "not_on_form", 2019: "no_table"}
    assert found["exact"].isna().to_dict() == {2018: True, 2019: False}


def test_a_report_without_agency_or_year_or_that_could_not_be_read_is_on_no_line(
    follow: Callable[..., pd.DataFrame],
) -> None:
    found = follow(
        since_2019(2021, 1), since_2019(2022, 2, agency=None), since_2019(None, 3),
        since_2019(2024, 4, status="failed"),
    )  # fmt: skip

    assert found["year"].tolist() == [2021]


def test_two_reports_that_differ_give_no_value(follow: Callable[..., pd.DataFrame]) -> None:
    found = follow(since_2019(2022, 5), since_2019(2022, 6), since_2019(2023, 7)).set_index("year")

    assert found.loc[2022, "reason"] == "several_reports"
    assert found.loc[2022, ["value", "report_id", "source", "cells"]].isna().all()
    assert found.loc[2023, "value"] == 7
    assert len(found) == 2


def test_two_reports_that_agree_give_their_value(follow: Callable[..., pd.DataFrame]) -> None:
    found = follow(since_2019(2022, 5), since_2019(2022, 5))

    assert found["value"].tolist() == [5]
    assert found["report_id"].tolist() == ["r0"]


def test_a_figure_beside_a_blank_is_no_agreement(follow: Callable[..., pd.DataFrame]) -> None:
    assert follow(since_2019(2022, 5), since_2019(2022, None))["reason"].tolist() == ["several_reports"]
    assert follow(since_2019(2022, None), since_2019(2022, None))["reason"].tolist() == ["blank"]
    assert follow(since_2019(2022, None), since_2019(2022, "text"))["reason"].tolist() == ["several_reports"]


def test_of_reports_on_two_forms_that_agree_the_newer_form_is_taken(follow: Callable[..., pd.DataFrame]) -> None:
    found = follow(before(2019, 5), since_2019(2019, 5, "2019")).iloc[0]

    assert (found["value"], found["form"], found["exact"]) == (5, "2019", True)


def test_own_figures_and_aggregates_stand_on_two_lines(follow: Callable[..., pd.DataFrame]) -> None:
    """Dongcheng district 2023: 800 requests in the whole district, 206 at the government itself."""
    own = since_2019(2023, 206, agency="东城区人民政府")
    whole = since_2019(2023, 800, agency="东城区人民政府", scope="aggregate")

    found = follow(own, whole)

    assert found.set_index("scope")["value"].to_dict() == {"own": 206, "aggregate": 800}


def test_a_report_that_does_not_tell_its_scope_is_the_agencys_own(follow: Callable[..., pd.DataFrame]) -> None:
    found = follow(since_2019(2022, 5), since_2019(2023, 6, scope="unknown"))

    assert found["scope"].tolist() == ["own", "own"]


def test_where_an_agency_also_sums_others_an_untold_scope_stays_open(follow: Callable[..., pd.DataFrame]) -> None:
    found = follow(since_2019(2022, 5), since_2019(2023, 60, scope="aggregate"), since_2019(2024, 7, scope="unknown"))

    assert found.set_index("year")["scope"].to_dict() == {2022: "own", 2023: "aggregate", 2024: "unknown"}


def test_a_series_breaks_with_the_form_not_with_the_year(follow: Callable[..., pd.DataFrame]) -> None:
    """The office affairs centre of Qujiang used the form of 2014 for 2020."""
    found = follow(before(2018, 3), before(2019, 4), before(2020, 5), since_2019(2021, 6), since_2019(2022, 7))

    assert found.loc[found["breaks"], "year"].tolist() == [2021]


def test_a_break_in_a_missing_year_stands_at_the_next(follow: Callable[..., pd.DataFrame]) -> None:
    found = follow(before(2017, 3), since_2019(2020, 6, "2019"), since_2019(2021, 7))

    assert found.loc[found["breaks"], "year"].tolist() == [2020]


def test_a_break_stands_also_where_the_figure_is_blank(follow: Callable[..., pd.DataFrame]) -> None:
    found = follow(before(2018, None), since_2019(2019, None, "2019"), since_2019(2020, 7, "2019"))

    assert found.loc[found["breaks"], "year"].tolist() == [2019]


def test_a_series_that_begins_in_2019_has_no_break(follow: Callable[..., pd.DataFrame]) -> None:
    assert not follow(before(2018, 3), since_2019(2019, 6, "2019"), code="carried_in")["breaks"].any()
    assert not follow(since_2019(2019, 6, "2019"), since_2019(2021, 6))["breaks"].any()


def test_agencies_do_not_break_each_other(follow: Callable[..., pd.DataFrame]) -> None:
    assert not follow(before(2018, 3, agency="甲市财政局"), since_2019(2019, 6, "2019", agency="乙市财政局"))[
        "breaks"
    ].any()


def test_a_report_with_tables_of_two_forms_is_read_table_by_table(frames: Make) -> None:
    given = {**since_2019(2021, 6), "facts": {"agency": "天门市教育局", "year": 2021, "form": "mixed"}}
    made = frames({"r": given})
    old = frames({"r": {"form": "2019", "cells": {"art20_1.normative_documents.made_this_year": 2}}})
    made = replace(made, cells=pd.concat([made.cells, old.cells], ignore_index=True))

    found = long_series(made, codes=["new_received", "normative_documents_issued"]).set_index("code")

    assert found["form"].to_dict() == {"new_received": "2021", "normative_documents_issued": "2019"}
    assert found["value"].to_dict() == {"new_received": 6, "normative_documents_issued": 2}
    assert found["exact"].to_dict() == {"new_received": True, "normative_documents_issued": False}


def findings(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Checks of the first report: code, severity, status and cells."""
    names = ["code", "severity", "status", "cells"]
    return build("checks", pd.DataFrame(rows, columns=names).assign(report_id="r0", source="r0.txt"))


def test_of_two_forms_in_one_report_the_newer_is_taken_even_where_it_is_blank(frames: Make) -> None:
    made, old = frames({"r": since_2019(2021, None)}), frames({"r": before(2021, 9)})
    both = replace(made, cells=pd.concat([old.cells, made.cells], ignore_index=True))

    found = long_series(both, codes=["new_received"]).iloc[0]

    assert (found["form"], found["reason"]) == ("2021", "blank")


def test_failing_hard_checks_are_named_and_the_figure_stays(follow: Callable[..., pd.DataFrame]) -> None:
    cells = "requests.carried_in.total;requests.new_received.total"
    checks = findings(
        ("REQ_ROW", "hard", "fail", "requests.new_received.total;requests.new_received.business"),
        ("REQ_FLOW", "hard", "fail_whatever_blanks_are", cells),
    )

    found = follow(since_2019(2022, 6), since_2019(2023, 0), checks=checks).set_index("year")

    assert found.loc[2022, "flags"] == "REQ_FLOW;REQ_ROW"
    assert found.loc[2022, "value"] == 6
    assert pd.isna(found.loc[2023, "flags"])


@pytest.mark.parametrize(
    ("severity", "status", "cells"),
    [
        ("soft", "fail", "requests.new_received.total"),
        ("hard", "pass", "requests.new_received.total"),
        ("hard", "fail", "requests.new_received.business"),
        ("hard", "fail", "last_year:requests.new_received.total"),
    ],
)
def test_what_need_not_hold_or_holds_or_is_about_other_cells_is_no_flag(
    follow: Callable[..., pd.DataFrame], severity: str, status: str, cells: str
) -> None:
    found = follow(since_2019(2022, 6), checks=findings(("REQ_ROW", severity, status, cells)))

    assert found["flags"].isna().all()


def test_columns_and_types_do_not_depend_on_the_data(frames: Make) -> None:
    made = frames({"r": since_2019(2022, 6)})
    nothing = replace(made, reports=made.reports.iloc[:0], cells=made.cells.iloc[:0])

    for each in (made, nothing):
        found = long_series(each, build("checks"))
        assert {name: str(dtype) for name, dtype in found.dtypes.items()} == SERIES_COLUMNS


def test_the_order_of_the_reports_does_not_matter(frames: Make) -> None:
    made = frames({str(n): each for n, each in enumerate([before(2018, 3), since_2019(2019, 5), since_2019(2019, 6)])})
    turned = replace(made, reports=made.reports.iloc[::-1], cells=made.cells.iloc[::-1])

    pd.testing.assert_frame_equal(long_series(made), long_series(turned))


def test_texts_of_cells_may_be_categories(frames: Make) -> None:
    made = frames({"r": since_2019(2022, 6)})
    texts = ["report_id", "source", "form", "table", "row", "col", "kind", "match"]

    found = long_series(replace(made, cells=made.cells.astype(dict.fromkeys(texts, "category"))))

    pd.testing.assert_frame_equal(found, long_series(made))


def test_an_unknown_series_names_the_nearest(follow: Callable[..., pd.DataFrame]) -> None:
    with pytest.raises(FormError, match="carried_out"):
        follow(since_2019(2022, 6), code="carried_uot")


def test_indicators_are_followed_in_the_same_shape(frames: Make) -> None:
    made = frames({"a": before(2018, 3), "b": since_2019(2019, 5, "2019"), "c": since_2019(2020, None, "2019")})
    indicators = compute_indicators(made, build("checks"))

    found = indicator_series(indicators, made.reports)

    volume = found[found["code"] == "request_volume"]
    assert {name: str(dtype) for name, dtype in found.dtypes.items()} == SERIES_COLUMNS
    assert volume["value"].tolist()[:2] == [3, 5]
    assert volume["breaks"].tolist() == [False, True, False]
    assert volume["exact"].tolist() == [False, True, True]
    assert volume["reason"].tolist()[2] == "blank"
    assert len(found) == len(indicators)


def test_an_indicator_that_begins_in_2019_has_no_break(frames: Make) -> None:
    made = frames({"a": before(2018, 3), "b": since_2019(2019, 5, "2019")})

    found = indicator_series(compute_indicators(made, build("checks")), made.reports)

    workload = found[found["code"] == "workload"]
    assert workload["reason"].tolist()[0] == "not_on_form"
    assert not workload["breaks"].any()


def test_indicators_of_two_reports_that_differ_are_not_taken(frames: Make) -> None:
    made = frames({"a": since_2019(2022, 3), "b": since_2019(2022, 5)})

    found = indicator_series(compute_indicators(made, build("checks")), made.reports).set_index("code")

    assert found.loc["request_volume", "reason"] == "several_reports"
    assert found.loc["results", "value"] == 0
