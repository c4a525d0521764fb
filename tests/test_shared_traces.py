"""What a table tells once of its numbers is what each of them would tell, neither more nor less."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from gia_analysis import show
from gia_analysis.traced import Shown, Traced, Words
from summaries.test_numbers_can_be_followed import traced

TRACES = st.dictionaries(st.sampled_from(["year", "how", "indicator"]), st.sampled_from(["1", "2"]), max_size=3)
NUMBERS = TRACES.map(lambda trace: Traced("5", 5.0, trace))
CELLS = st.one_of(
    NUMBERS, st.just(Traced("—", None)), st.just("无"), st.lists(NUMBERS, min_size=2, max_size=2).map(Words)
)
GRIDS = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=4)
)


def page(rows: list[list[Shown]]) -> str:
    columns = {f"列{place}": list(column) for place, column in enumerate(zip(*rows, strict=True))}
    return show(pd.DataFrame(columns, dtype="object"), "表", index=False)._repr_html_()


def numbers(shown: Shown) -> list[Traced]:
    if isinstance(shown, Words):
        return [each for part in shown.parts for each in numbers(part)]
    return [shown] if isinstance(shown, Traced) and shown.value is not None else []


@given(GRIDS)
def test_a_number_says_of_itself_what_it_was_made_from(rows: list[list[Shown]]) -> None:
    told = [trace for _, trace in traced(page(rows))]

    assert told == [dict(each.trace) for row in rows for shown in row for each in numbers(shown)]


def test_what_differs_between_rows_and_columns_stands_at_their_heads() -> None:
    rows: list[list[Shown]] = [
        [year, *(Traced("5", 5.0, {"indicator": "results", "year": year, "how": how}) for how in ("sum", "median"))]
        for year in ("2019", "2020")
    ]
    table = html.fromstring(page(rows)).find(".//table")

    assert dict(table.attrib) == {"data-indicator": "results"}
    assert [head.get("data-how") for head in table.iter("th") if head.get("scope") == "col"] == [None, "sum", "median"]
    assert [row.get("data-year") for row in table.iterfind("tbody/tr")] == ["2019", "2020"]
    assert {tuple(number.attrib) for number in table.iter("data")} == {("value",)}


@pytest.mark.parametrize(
    "cell", [Traced("5", 5.0, {"year": "2020"}), Words([Traced("5", 5.0, {"year": "2020"}), " 件"])]
)
def test_a_number_that_stands_alone_tells_all_itself(cell: Shown) -> None:
    assert page([["甲", cell]]).count(' data-year="2020"') == 1
    assert '<data value="5" data-year="2020">' in page([["甲", cell]])


def test_a_dash_for_which_there_is_no_number_is_text() -> None:
    known = Traced("5", 5.0, {"year": "2020"})

    assert '<tr><th scope="row" class="figure">—</th></tr>' in page([[Traced("—", None)], [known], [known]])
