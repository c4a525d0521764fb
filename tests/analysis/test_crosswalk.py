"""The crosswalk: every cell it names is on the form, and what differs is said in both languages."""

import pytest

from gia_analysis.analysis.crosswalk import Correspondence, LongSeries, crosswalk, get_series
from gia_analysis.analysis.registry import Term
from gia_analysis.errors import FormError
from gia_analysis.forms import forms

EVERY = pytest.mark.parametrize("series", crosswalk().values(), ids=lambda series: series.code)
REQUESTS_2014 = {
    "reply_already_public": {"granted", "released"},
    "reply_granted": {"granted", "released"},
    "reply_partially_granted": {"partially_granted", "released"},
    "reply_denied": {"denied"},
    "reply_not_this_agency": {"unable_not_held", "unable"},
    "reply_not_exist": {"unable_not_held", "unable"},
    "reply_asked_to_amend": {"unable_unclear", "unable"},
    "reply_other_channel": {"referred"},
    "replies_total": {"results_total"},
    "requests_received": {"new_received"},
    "requests_concluded": set(),
}


@EVERY
def test_every_cell_is_on_its_form(series: LongSeries) -> None:
    for each in series.on:
        assert all(series.cells(form) for form in each.forms)


@EVERY
def test_a_form_has_one_definition_of_a_series(series: LongSeries) -> None:
    named = [form for each in series.on for form in each.forms]

    assert len(named) == len(set(named))
    assert set(named) <= forms().keys()


@EVERY
def test_no_cell_is_added_twice(series: LongSeries) -> None:
    for form in forms():
        assert len(set(series.cells(form))) == len(series.cells(form))


@EVERY
def test_all_cells_have_the_unit_of_the_series(series: LongSeries) -> None:
    for form_id in forms():
        for cell in series.cells(form_id):
            table, row, column = cell.split(".")
            assert forms()[form_id].table(table).unit_of(row, column) == series.unit


@EVERY
def test_what_is_only_near_says_what_differs(series: LongSeries) -> None:
    for each in series.on:
        assert (each.note("zh") == "") == (each.note("en") == "") == each.exact


@EVERY
def test_a_series_is_exact_on_one_definition_alone(series: LongSeries) -> None:
    """Between two that are both exact, nobody could say which the series means."""
    assert [each.exact for each in series.on] == [True] + [False] * (len(series.on) - 1)


@EVERY
def test_a_series_is_named_and_explained_in_both_languages(series: LongSeries) -> None:
    assert series.name("en").isascii()
    assert series.meaning("en").isascii()
    assert not series.name("zh").isascii()
    assert not series.meaning("zh").isascii()
    assert series.source


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_two_series_have_one_name(language: str) -> None:
    names = [each.name(language) for each in crosswalk().values()]  # type: ignore[arg-type]

    assert len(names) == len(set(names))


@pytest.mark.parametrize(("row", "codes"), REQUESTS_2014.items())
def test_replies_of_2014_stand_for_the_results_since_2019(row: str, codes: set[str]) -> None:
    cell = f"stats_2014.{row}.value"

    assert {code for code, series in crosswalk().items() if cell in series.cells("2014")} == codes


@pytest.mark.parametrize("form", ["2014", "2019", "2021"])
def test_the_series_of_results_add_up_to_all_of_them(form: str) -> None:
    """Each result of a form is in one of these, but those of which the form of 2014 has no like."""
    parts = ["granted", "partially_granted", "denied_without_inquiry", "unable", "referred", "other"]
    leaves = [cell for code in parts for cell in crosswalk()[code].cells(form)]
    total = "REQ_RESULTS" if form != "2014" else "S_REPLIES"
    rule = next(each for each in forms()[form].sums if each.code == total)
    expected = set(rule.right) - {"reply_denied"}
    if form == "2014":
        expected |= set(next(each for each in forms()[form].sums if each.code == "S_DENIED").right)

    assert len(leaves) == len(set(leaves))
    assert {cell.split(".")[1] for cell in leaves} == expected


@pytest.mark.parametrize("code", ["carried_in", "carried_out", "reconsiderations_pending", "litigations_pending"])
def test_what_the_form_of_2014_does_not_ask_is_not_on_it(code: str) -> None:
    series = get_series(code)

    assert series.on_form("2014") is None
    assert series.cells("2014") == ()
    assert series.cells("2019") == series.cells("2021") != ()


def test_other_handling_is_one_row_in_2019_and_three_in_2021() -> None:
    series = get_series("other")

    assert [len(series.cells(form)) for form in ("2019", "2021")] == [1, 3]
    assert len(series.on) == 1


def test_an_unknown_series_names_the_nearest() -> None:
    with pytest.raises(FormError, match="new_received"):
        get_series("new_recieved")


def test_a_cell_that_the_form_does_not_have_is_an_error() -> None:
    wrong = Correspondence(("2021",), (Term.parse("requests.other_handling.total"),), True, "", "")
    series = LongSeries("x", "", "", "件", "", "", "", (wrong,))

    with pytest.raises(FormError, match="form 2021, table requests"):
        series.cells("2021")
