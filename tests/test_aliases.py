"""The names under which agencies are followed: what a table of aliases may say, and whom it joins."""

import re
from pathlib import Path

import pandas as pd
import pytest

from gia_analysis.aliases import ALIAS_COLUMNS, identity, load_aliases
from gia_analysis.errors import CorpusError
from gia_analysis.schema import build

HEAD = ",".join(ALIAS_COLUMNS)
FOOD, MARKET = "衢江区食品药品监督管理局", "衢江区市场监督管理局"
REFORM = f"{FOOD},{MARKET},,2018,2019年机构改革方案"


def write(folder: Path, *lines: str, head: str = HEAD) -> Path:
    file = folder / "aliases.csv"
    file.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return file


def reports(*rows: tuple[str | None, int | None, str | None]) -> pd.DataFrame:
    return build("reports", [{"agency": name, "year": year, "region_code": code} for name, year, code in rows])


def names(frame: pd.DataFrame, aliases: pd.DataFrame | None = None) -> list[str | None]:
    found = identity(frame, aliases)
    return [None if missing else name for name, missing in zip(found, found.isna(), strict=True)]


def test_white_space_and_width_of_brackets_make_no_other_agency() -> None:
    found = names(reports(("天门市 教育局(本级)", 2022, None), ("天门市教育局（本级）", 2023, None)))

    assert found == ["天门市教育局（本级）"] * 2


def test_an_unknown_agency_is_nobody() -> None:
    assert names(reports((None, 2022, "429006"))) == [None]


def test_the_index_of_the_reports_is_kept() -> None:
    frame = reports(("天门市教育局", 2022, None), ("开远市教育局", 2022, None)).set_index(pd.Index([7, 3]))

    assert identity(frame).to_dict() == {7: "天门市教育局", 3: "开远市教育局"}


def test_an_empty_corpus_has_no_agencies(tmp_path: Path) -> None:
    assert names(reports(), load_aliases(write(tmp_path, REFORM))) == []


def test_a_renamed_agency_is_one(tmp_path: Path) -> None:
    aliases = load_aliases(write(tmp_path, REFORM))

    assert names(reports((FOOD, 2018, "330803"), (MARKET, 2019, "330803")), aliases) == [MARKET] * 2


def test_an_alias_holds_in_its_years_alone(tmp_path: Path) -> None:
    aliases = load_aliases(write(tmp_path, REFORM))

    assert names(reports((FOOD, 2018, None), (FOOD, 2019, None), (FOOD, None, None)), aliases) == [MARKET, FOOD, FOOD]


def test_an_alias_without_years_holds_in_every_year_and_in_none(tmp_path: Path) -> None:
    aliases = load_aliases(write(tmp_path, "天门市教委,天门市教育局,,,印章"))

    assert names(reports(("天门市教委", 2010, None), ("天门市教委", None, None)), aliases) == ["天门市教育局"] * 2


def test_one_name_may_lead_to_two_in_different_years(tmp_path: Path) -> None:
    aliases = load_aliases(write(tmp_path, "综合局,工商局,,2013,甲", "综合局,市场局,2014,,乙"))

    assert names(reports(("综合局", 2013, None), ("综合局", 2014, None)), aliases) == ["工商局", "市场局"]


def test_a_chain_of_names_is_followed_to_its_end(tmp_path: Path) -> None:
    aliases = load_aliases(write(tmp_path, "工商局,市场和质量局,,2014,甲", "市场和质量局,市场局,2015,2018,乙"))

    found = names(reports(("工商局", 2013, None), ("市场和质量局", 2016, None), ("市场局", 2019, None)), aliases)

    assert found == ["市场局"] * 3


def test_agencies_of_one_name_in_two_divisions_are_two() -> None:
    """朝阳区 is in 北京 (110105) and in 长春 (220104)."""
    both = reports(("朝阳区人民政府", 2022, "110105"), ("朝阳区人民政府", 2022, "220104"))

    assert names(both) == ["朝阳区人民政府[110105]", "朝阳区人民政府[220104]"]


def test_of_several_agencies_of_one_name_one_without_division_is_none_of_them() -> None:
    rows = [("朝阳区人民政府", 2022, code) for code in ("110105", "220104", None)]

    assert names(reports(*rows))[2] is None


def test_a_division_that_is_missing_fits_the_only_one() -> None:
    assert names(reports(("天门市教育局", 2022, "429006"), ("天门市教育局", 2023, None))) == ["天门市教育局"] * 2


def test_an_alias_joins_within_each_of_two_divisions(tmp_path: Path) -> None:
    aliases = load_aliases(write(tmp_path, "朝阳区教委,朝阳区教育局,,2018,甲"))
    rows = [
        (name, year, code)
        for name, year in (("朝阳区教委", 2018), ("朝阳区教育局", 2019))
        for code in ("110105", "220104")
    ]

    assert names(reports(*rows), aliases) == ["朝阳区教育局[110105]", "朝阳区教育局[220104]"] * 2


def test_an_alias_does_not_join_agencies_of_two_prefectures(tmp_path: Path) -> None:
    """桥西区 is in 石家庄 (130104) and in 邢台 (130503)."""
    aliases = load_aliases(write(tmp_path, "桥西区教委,桥西区教育局,,2018,甲"))

    found = names(reports(("桥西区教委", 2018, "130104"), ("桥西区教育局", 2019, "130503")), aliases)

    assert found == ["桥西区教育局[130100]", "桥西区教育局[130500]"]


def test_a_county_that_became_a_district_is_one_agency(tmp_path: Path) -> None:
    """徐水县 (130625) became 徐水区 (130609) of 保定 in 2015."""
    aliases = load_aliases(write(tmp_path, "徐水县人民政府,徐水区人民政府,,2014,行政区划调整"))

    found = names(reports(("徐水县人民政府", 2014, "130625"), ("徐水区人民政府", 2015, "130609")), aliases)

    assert found == ["徐水区人民政府"] * 2


def test_a_table_of_aliases_has_the_columns_of_its_file(tmp_path: Path) -> None:
    table = load_aliases(write(tmp_path, REFORM, "", "天门市 教委(本级),天门市教育局,2010,,印章"))

    assert list(table) == list(ALIAS_COLUMNS)
    assert table["agency"].tolist() == [FOOD, "天门市教委（本级）"]
    assert table["from_year"].dropna().tolist() == [2010]
    assert table["to_year"].dropna().tolist() == [2018]


def test_a_file_of_a_spreadsheet_program_with_its_mark_is_read(tmp_path: Path) -> None:
    file = tmp_path / "aliases.csv"
    file.write_bytes(b"\xef\xbb\xbf" + f"{HEAD}\r\n{REFORM}\r\n".encode())

    assert load_aliases(file)["same_as"].tolist() == [MARKET]


def test_a_file_that_is_not_there_has_a_nearest(tmp_path: Path) -> None:
    write(tmp_path, REFORM)

    with pytest.raises(FileNotFoundError, match=re.escape("did you mean 'aliases.csv'?")):
        load_aliases(tmp_path / "alias.csv")


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "aliases.csv"
    file.write_bytes(f"{HEAD}\n{REFORM}\n".encode("gb18030"))

    with pytest.raises(CorpusError, match=r"aliases\.csv, line 2: not in UTF-8; save the table as UTF-8"):
        load_aliases(file)


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("agency,sameas,from_year,to_year,source", "line 1: unknown column 'sameas': did you mean 'same_as'?"),
        ("agency,same_as,from_year,to_year", f"line 1: the column 'source' is missing; expected {HEAD}"),
        ("", "line 1: the column 'agency' is missing"),
    ],
)
def test_a_head_that_is_not_as_expected_is_refused(tmp_path: Path, head: str, message: str) -> None:
    with pytest.raises(CorpusError, match=re.escape(message)):
        load_aliases(write(tmp_path, head=head))


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["甲局,乙局,,2018"], "line 2: 4 cells, expected 5"),
        (["甲局,乙局,,,方案, 第三条"], "line 2: 6 cells, expected 5; put a text with a comma in quotes"),
        ([",乙局,,,方案"], "line 2: agency is empty"),
        (["甲局,乙局,,,"], "line 2: source is empty"),
        (["甲局,乙局,,2018年,方案"], "line 2: to_year is '2018年', expected a year in four digits; write 2018"),
        (["甲局,乙局,一八,,方案"], "line 2: from_year is '一八', expected a year in four digits; leave it empty"),
        (["甲局,乙局,2019,2018,方案"], "line 2: from_year 2019 is after to_year 2018; swap them"),
        (["甲 局,甲局,,,方案"], "line 2: agency and same_as are the same name, '甲局'"),
        (["甲局,乙局,,,一", "甲局,丙局,2018,,二"], "line 3: '甲局' leads to '丙局', but line 2 leads to '乙局'"),
        (["甲局,乙局,,2018,一", "甲局,乙局,2018,,二"], "line 3: '甲局' leads to '乙局', but line 2 says the same"),
        (["甲局,乙局,,,一", "乙局,甲局,,,二"], "the aliases lead back to '甲局' (甲局 → 乙局 → 甲局); leave one out"),
        (
            ["甲局,乙局,,,一", "乙局,丙局,,2018,二", "乙局,丁局,2019,,三"],
            "line 3: '甲局' leads to '乙局', which is followed as 丁局 or 丙局, by the year; name one of these for '甲局'",
        ),
    ],
)
def test_a_line_that_cannot_be_meant_is_refused(tmp_path: Path, lines: list[str], message: str) -> None:
    with pytest.raises(CorpusError, match=re.escape(message)):
        load_aliases(write(tmp_path, *lines))


def test_aliases_made_by_hand_are_held_to_the_same() -> None:
    circle = pd.DataFrame({"agency": ["甲局", "乙局"], "same_as": ["乙局", "甲局"], "from_year": None, "to_year": None})

    with pytest.raises(CorpusError, match="lead back"):
        identity(reports(("甲局", 2020, None)), circle)
