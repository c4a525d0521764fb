"""Who is compared with whom: groups in which comparing is mutual, widened in one order where they are small."""

import pandas as pd
import pytest

from gia_analysis.summaries.agency_peers import FEWEST_PEERS, PEER_COLUMNS, PeerGroup, peer_groups
from gia_analysis.summaries.agency_standing import COMPARED_INDICATORS

NOT_ASKED = ("source", "report_id", "agency")


def reports(*parts: tuple[int, dict[str, object]]) -> pd.DataFrame:
    """So many reports of each kind; what is not said is that of a department of 玄武区 in 南京市, 江苏省."""
    rows = [
        {
            "status": "ok", "year": 2020, "scope": "own", "agency_level": "county", "agency_type": "department",
            "region_code": "320102", **facts,
        }
        for many, facts in parts
        for _ in range(many)
    ]  # fmt: skip
    frame = pd.DataFrame(rows).assign(**{name: [str(number) for number in range(len(rows))] for name in NOT_ASKED})
    return frame.astype({"year": "Int64"})[list(PEER_COLUMNS)]


def sizes(frame: pd.DataFrame) -> dict[str, int]:
    return {str(key): int(many) for key, many in peer_groups(frame).value_counts().items()}


def test_reports_are_parted_by_level_kind_province_and_prefecture() -> None:
    found = sizes(reports((10, {}), (12, {"region_code": "320300"}), (11, {"agency_type": "government"})))

    assert found == {
        "2020/own/level=county/type=department/province=32/prefecture=3201": 10,
        "2020/own/level=county/type=department/province=32/prefecture=3203": 12,
        "2020/own/level=county/type=government/province=32/prefecture=3201": 11,
    }


def test_parts_that_are_too_small_stay_together() -> None:
    """Two prefectures of six: together they are enough, alone they are not."""
    small = [(6, {"region_code": code}) for code in ("320300", "320400")]
    found = sizes(reports((10, {}), *small))

    assert found == {
        "2020/own/level=county/type=department/province=32/prefecture=3201": 10,
        "2020/own/level=county/type=department/province=32/prefecture=others": 12,
    }


def test_a_group_is_not_parted_where_too_few_would_be_left() -> None:
    """One agency of another prefecture is no group: all of the province are compared."""
    assert sizes(reports((20, {}), (1, {"region_code": "320300"}))) == {
        "2020/own/level=county/type=department/province=32": 21
    }


def test_what_is_not_known_is_in_no_group_of_its_own() -> None:
    unknown = reports((30, {}), (15, {"agency_level": None, "region_code": None}))

    assert set(sizes(unknown)) == {
        "2020/own/level=county/type=department/province=32/prefecture=3201",
        "2020/own/level=others/type=department",
    }


def test_years_and_scopes_are_never_compared() -> None:
    found = sizes(reports((3, {}), (3, {"year": 2021}), (3, {"scope": "aggregate"}), (3, {"scope": None})))

    assert found == {"2020/own": 3, "2021/own": 3, "2020/aggregate": 3, "2020/unknown": 3}


def test_a_report_that_was_not_read_or_has_no_year_has_no_group() -> None:
    frame = reports((1, {"status": "failed"}), (1, {"year": None}), (1, {}))

    assert list(peer_groups(frame).isna()) == [True, True, False]
    assert peer_groups(frame.iloc[:0]).empty


def test_groups_of_a_year_are_those_of_the_whole_corpus() -> None:
    frame = reports((12, {}), (9, {"agency_type": "government"}), (25, {"year": 2021}), (13, {"region_code": "330100"}))
    of_year = frame[frame["year"] == 2020]

    assert peer_groups(of_year).equals(peer_groups(frame)[of_year.index])
    assert list(peer_groups(frame).index) == list(frame.index)


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "县级、政府部门、江苏省、江苏省南京市"), ("en", "county level, department, 江苏省")]
)
def test_a_group_is_named_in_words(language: str, words: str) -> None:
    group = PeerGroup("2020/own/level=county/type=department/province=32/prefecture=3201")

    assert group.described(language).startswith(words)  # type: ignore[arg-type]
    assert group.not_parted_by(language) == ""  # type: ignore[arg-type]


def test_a_widened_group_says_by_what_it_was_not_parted() -> None:
    group = PeerGroup("2020/unknown/level=others")

    assert group.described("zh") == "层级不明或较少见、统计口径：未说明"
    assert group.not_parted_by("en") == "kind of body, province, prefecture"


def test_what_pages_read_of_others_is_named() -> None:
    assert COMPARED_INDICATORS == ("request_volume", "disclosure_rate_broad")
    assert FEWEST_PEERS == 10
