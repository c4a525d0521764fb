"""The table of divisions: its file, what a code stood for in a year, and what became of it."""

import csv
from importlib.resources import files
from itertools import pairwise

import pytest

from gia_analysis.divisions import division, successors

DATA = files("gia_analysis.divisions").joinpath("data")


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with DATA.joinpath("divisions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def in_force(rows: list[dict[str, str]], year: int, level: str) -> int:
    """Count the rows that hold at the end of a year."""
    return sum(
        row["level"] == level and int(row["first_year"] or 0) <= year < int(row["last_year"] or 9999) for row in rows
    )


def test_rows_stand_in_the_order_of_code_and_year(rows: list[dict[str, str]]) -> None:
    keys = [(row["code"], int(row["first_year"] or 0)) for row in rows]

    assert keys == sorted(keys)


def test_every_code_has_six_digits_and_the_level_that_its_zeros_tell(rows: list[dict[str, str]]) -> None:
    for row in rows:
        code = row["code"]
        told = "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"
        assert (len(code), row["level"]) == (6, told)


def test_rows_of_one_code_follow_each_other(rows: list[dict[str, str]]) -> None:
    for row, following in pairwise(rows):
        if row["code"] == following["code"]:
            assert int(row["last_year"]) <= int(following["first_year"])


def test_every_row_that_ended_leads_to_codes_that_began_by_then(rows: list[dict[str, str]]) -> None:
    first = {row["code"]: int(row["first_year"] or 0) for row in reversed(rows)}
    for row in rows:
        became = row["became"].split(";") if row["became"] else []
        assert bool(became) == bool(row["last_year"]), row
        assert all(first[code] <= int(row["last_year"]) for code in became), row


def test_every_county_lies_in_a_prefecture_of_its_time_or_directly_in_its_province(rows: list[dict[str, str]]) -> None:
    municipalities, direct = {"11", "12", "31", "50"}, {"90"}
    held = {row["code"]: row for row in rows if row["level"] == "prefecture"}
    for row in rows:
        code = row["code"]
        if row["level"] == "county" and code[:2] not in municipalities and code[2:4] not in direct:
            above = held[code[:4] + "00"]
            assert int(above["last_year"] or 9999) >= int(row["last_year"] or 9999), row


@pytest.mark.parametrize(
    ("year", "prefectures", "counties"),
    [
        (2008, 333, 2859), (2009, 333, 2858), (2010, 333, 2856), (2011, 332, 2853), (2012, 333, 2852), (2013, 333, 2853),
        (2014, 333, 2854), (2015, 334, 2850), (2016, 334, 2851), (2017, 334, 2851), (2018, 333, 2851), (2019, 333, 2846),
        (2020, 333, 2844), (2021, 333, 2843), (2022, 333, 2843), (2023, 333, 2844),
    ],
)  # fmt: skip
def test_as_many_divisions_hold_as_the_official_totals_say(
    rows: list[dict[str, str]], year: int, prefectures: int, counties: int
) -> None:
    """Totals at the end of the year; that of 2011 from table 1-1 of the China Statistical Yearbook 2012."""
    found = in_force(rows, year, "prefecture"), in_force(rows, year, "county")

    assert found == (prefectures, counties)


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("130609", 2020, "河北省保定市徐水区"),
        ("130625", 2014, "河北省保定市徐水县"),
        ("141002", 2020, "山西省临汾市尧都区"),
        ("330803", 2020, "浙江省衢州市衢江区"),
        ("440204", 2020, "广东省韶关市浈江区"),
        ("110105", 2020, "北京市朝阳区"),
        ("429006", 2020, "湖北省天门市"),
        ("441900", 2020, "广东省东莞市"),
        ("420624", 2009, "湖北省襄樊市南漳县"),
        ("420624", 2010, "湖北省襄阳市南漳县"),
        ("500157", 2025, "重庆市两江新区"),
        ("120116", 2009, "天津市滨海新区"),
    ],
)
def test_a_code_has_the_full_name_of_its_year(code: str, year: int, name: str) -> None:
    found = division(code, year)

    assert found is not None
    assert found.full_name == name


@pytest.mark.parametrize(("code", "year"), [("130609", 2014), ("130625", 2016), ("110103", 2011), ("999999", 2020)])
def test_a_code_stands_for_nothing_where_it_was_not_in_force(code: str, year: int) -> None:
    assert division(code, year) is None


@pytest.mark.parametrize(
    ("code", "before", "after", "became"),
    [
        ("130625", 2014, 2015, {"130609"}),
        ("370282", 2016, 2017, {"370215"}),
        ("320503", 2011, 2012, {"320508"}),
        ("320502", 2011, 2012, {"320508"}),
        ("320504", 2011, 2012, {"320508"}),
        ("330104", 2020, 2021, {"330102", "330114"}),
        ("110103", 2009, 2010, {"110101"}),
        ("110104", 2009, 2010, {"110102"}),
        ("370181", 2015, 2016, {"370114"}),
        ("371202", 2017, 2018, {"370116"}),
        ("542622", 2014, 2015, {"540421"}),
        ("513425", 2020, 2021, {"513402"}),
        ("500105", 2024, 2025, {"500157"}),
    ],
)
def test_what_a_division_became_is_told_from_the_year_after_the_change(
    code: str, before: int, after: int, became: set[str]
) -> None:
    """In the year of the change the old one still holds."""
    row = division(code, before)
    assert row is not None

    assert (row.last_year, {each.code for each in successors(row, after + 1)}) == (after, became)
    assert [each.code for each in successors(row, after)] == [code]


def test_a_later_division_leads_back_to_what_its_land_was() -> None:
    row = division("130609", 2020)
    assert row is not None

    assert [each.full_name for each in successors(row, 2012)] == ["河北省保定市徐水县"]


def test_a_new_division_beside_the_old_one_has_no_forerunner() -> None:
    """余杭区 lives on without the land of 临平区."""
    row = division("330113", 2022)
    assert row is not None

    assert successors(row, 2019) == ()


def test_data_files_are_small_and_in_utf8() -> None:
    assert sum(len(file.read_bytes()) for file in DATA.iterdir()) < 200_000
    assert DATA.joinpath("divisions.csv").read_text(encoding="utf-8").startswith("code,name,level")
