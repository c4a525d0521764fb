"""Small multiples of lines: gaps, breaks and intervals are drawn and told, and no figure is lost."""

import pandas as pd
import pytest

from gia_analysis.charts.line_multiples import Panel, line_multiples


def points(values: dict[int, float | None], *, breaks: int | None = None, near: tuple[int, ...] = ()) -> pd.DataFrame:
    frame = pd.DataFrame({"year": list(values), "value": pd.array(list(values.values()), dtype="float64")})
    return frame.assign(exact=~frame["year"].isin(near), breaks=frame["year"].eq(breaks))


def segments(svg: str) -> int:
    """Return how many straight pieces are drawn in the colour of lines and points."""
    paths = [part.partition(">")[0] for part in svg.split("<path")[1:]]
    return sum(path.count("L") for path in paths if 'stroke="#1d5b8f"' in path)


def test_every_year_is_told_with_its_figure_its_break_and_its_gap() -> None:
    rows = points({2017: 8, 2018: 9, 2019: 3, 2021: 4}, breaks=2019, near=(2017, 2018))
    chart = line_multiples("件数", [Panel("新收申请", rows)])

    assert chart.alternative == "新收申请: 2017 ≈8，2018 ≈9，| 2019 3，2020 —，2021 4"


def test_the_line_is_broken_at_a_break_and_at_a_gap() -> None:
    """Of four years only the first two are joined: the third stands behind the break, the fourth behind the gap."""
    broken = points({2017: 8, 2018: 9, 2019: 3, 2021: 4}, breaks=2019)
    whole = points({2017: 8, 2018: 9, 2019: 3, 2020: 4})
    dots = 4

    assert [segments(line_multiples("", [Panel("", each)]).svg) - dots for each in (broken, whole)] == [1, 3]


def test_intervals_are_drawn_and_told() -> None:
    rows = points({2020: 0.5, 2021: 0.6}).assign(low=[0.4, 0.5], high=[0.6, 0.7])
    chart = line_multiples("公开率", [Panel("公开率", rows, shares=True)], "en")

    assert chart.alternative == "公开率: 2020 50.0 % (40.0–60.0), 2021 60.0 % (50.0–70.0)"
    assert "95 % interval" in chart.svg
    assert ">60.0 %<" in chart.svg


def test_marks_are_explained_only_where_they_occur() -> None:
    plain = line_multiples("", [Panel("", points({2022: 1, 2023: 2}))], form_changes=[2014, 2019, 2021])
    both = line_multiples("", [Panel("", points({2018: 1, 2021: 2}, breaks=2021))], form_changes=[2019, 2021])

    assert "口径" not in plain.svg
    assert "口径改变" in both.svg
    assert "口径不变" in both.svg


def test_a_form_that_changed_before_the_first_figure_is_no_change_of_the_line() -> None:
    rows = points({2018: None, 2019: 3, 2020: 4})

    assert "口径不变" not in line_multiples("", [Panel("", rows)], form_changes=[2019]).svg


@pytest.mark.parametrize("count", [1, 2, 3, 8])
def test_panels_stand_two_in_a_row_on_the_same_years(count: int) -> None:
    panels = [Panel(f"甲{number}", points({2018 + number: number, 2027: 0})) for number in range(count)]
    chart = line_multiples("件数", panels)

    assert all(f"甲{number}" in chart.svg for number in range(count))
    assert chart.svg.count(">2018<") == count
    assert len(chart.svg) < 6_000 + 2_800 * count


def test_the_same_figures_give_the_same_bytes() -> None:
    panels = [Panel("甲", points({2020: 1, 2021: 2}))]

    assert line_multiples("件数", panels).svg == line_multiples("件数", panels).svg


def test_figures_below_zero_and_without_any_value_can_be_drawn() -> None:
    panels = [Panel("负", points({2020: -3, 2021: 2})), Panel("空", points({2020: None}))]

    assert line_multiples("", panels).alternative == "负: 2020 -3，2021 2；空: 2020 —，2021 —"
