"""Copied texts: planted copies are found, independent texts are not, and similarities are what sets of shingles say."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from gia_analysis.schema import build
from gia_analysis.similarity import candidate_pairs, mask, near_duplicates, share_copied_from_last_year, shingles

WORDS = [
    "政府信息公开", "主动公开", "依申请公开", "政策解读", "回应关切", "网站", "政务新媒体", "公开目录", "公开指南",
    "业务培训", "保密审查", "监督考核", "领导小组", "责任分工", "办理流程", "群众", "企业", "重点领域", "规范性文件",
    "加强", "完善", "推进", "规范", "落实", "健全", "提升", "优化", "公布", "更新", "统筹", "组织", "开展", "及时", "全面",
    "有序", "深入", "扎实", "认真", "工作", "机制", "制度", "水平", "渠道", "平台", "内容", "质量", "人员", "部门", "事项",
]  # fmt: skip
Row = tuple[str, int, str]


def sentences(seed: int, count: int = 14) -> list[str]:
    """Sentences on the one topic of all reports, drawn independently for each seed."""
    generator = np.random.default_rng(seed)
    return [
        f"{''.join(generator.choice(WORDS, 9))}，全年办理{int(generator.integers(10, 999))}件。" for _ in range(count)
    ]


def frames(rows: Sequence[Row], section: str = "overview") -> tuple[pd.DataFrame, pd.DataFrame]:
    keys = [{"report_id": f"{agency}{year}", "source": f"{agency}{year}.txt"} for agency, year, _ in rows]
    facts = [{"status": "ok", "agency": agency, "year": year} for agency, year, _ in rows]
    texts = [{"section": section, "level": 1, "order": 1, "text": text} for _, _, text in rows]
    return (
        build("sections", [key | text for key, text in zip(keys, texts, strict=True)]),
        build("reports", [key | fact for key, fact in zip(keys, facts, strict=True)]),
    )


def dice(one: str, other: str) -> float:
    first, second = ({text[at : at + 4] for at in range(len(text) - 3)} for text in (one, other))
    return 2 * len(first & second) / (len(first) + len(second))


def only(found: pd.DataFrame) -> dict[str, object]:
    assert len(found) == 1
    return dict(found.iloc[0])


def test_the_same_text_with_new_figures_years_and_name_is_copied() -> None:
    told = "2019年，天门市教育局主动公开信息{}条，我局{}"
    text = "".join(sentences(1))
    rows = [
        ("天门市教育局", 2019, told.format(120, text)),
        (
            "开远市教育局",
            2020,
            told.format(87, text).replace("2019", "2020").replace("天门", "开远").replace("我局", "本局"),
        ),
    ]

    found = only(near_duplicates(*frames(rows)))

    assert (found["source"], found["other_source"]) == ("开远市教育局2020.txt", "天门市教育局2019.txt")
    assert (found["similarity"], found["shared"], found["relation"]) == (1, 1, "other_agency")


def test_paragraphs_in_another_order_are_copied() -> None:
    text = sentences(2)
    rows = [("甲县财政局", 2019, "".join(text)), ("甲县财政局", 2020, "".join(text[::-1]))]

    found = only(near_duplicates(*frames(rows)))

    assert found["relation"] == "same_agency_next_year"
    assert float(str(found["similarity"])) > 0.85


def test_a_text_of_which_half_is_copied_is_found_where_that_is_asked_for() -> None:
    old, new = sentences(3), sentences(4)
    rows = [("甲县财政局", 2019, "".join(old)), ("乙县财政局", 2020, "".join(old[:8] + new[:7]))]

    found = only(near_duplicates(*frames(rows), least=0.4))

    assert near_duplicates(*frames(rows)).empty
    assert found["similarity"] == dice(mask(rows[0][2], "甲县财政局"), mask(rows[1][2], "乙县财政局"))
    assert 0.45 < float(str(found["similarity"])) < 0.7


def test_a_text_that_was_added_to_holds_all_of_the_old_one() -> None:
    rows = [("甲县财政局", 2020, "".join(sentences(5))), ("甲县财政局", 2018, "".join(sentences(5) + sentences(6, 5)))]

    found = only(near_duplicates(*frames(rows)))

    assert (found["source"], found["shared"], found["relation"]) == ("甲县财政局2020.txt", 1, "same_agency")


def test_independent_texts_on_the_same_topic_are_not_copied() -> None:
    rows = [(f"第{chr(0x4E00 + seed)}县财政局", 2020, "".join(sentences(seed))) for seed in range(100, 400)]

    assert near_duplicates(*frames(rows), least=0.4).empty


def test_every_pair_above_the_least_is_found_with_its_similarity() -> None:
    """Held against all pairs of 60 texts in families that share more and less."""
    generator = np.random.default_rng(9)
    bases = [sentences(500 + family, 20) for family in range(6)]
    texts = []
    for number in range(60):
        base, kept = bases[number % 6], int(generator.integers(12, 21))
        texts.append("".join(base[:kept] + sentences(1000 + number, 20 - kept)))
    rows = [(f"第{chr(0x4E00 + number)}局", 2020, text) for number, text in enumerate(texts)]
    masked = [mask(text, agency) for agency, _, text in rows]
    expected = {
        (rows[one][0], rows[other][0]): dice(masked[one], masked[other])
        for one in range(60)
        for other in range(one)
        if dice(masked[one], masked[other]) >= 0.8
    }

    found = near_duplicates(*frames(rows))

    pairs = zip(found["source"], found["other_source"], found["similarity"], strict=True)
    by_pair = {tuple(sorted((one[:-8], other[:-8]))): similarity for one, other, similarity in pairs}
    assert len(expected) > 50
    assert by_pair == {tuple(sorted(pair)): similarity for pair, similarity in expected.items()}


@pytest.mark.parametrize("alike", ["the same", "nearly the same"])
def test_the_pairs_looked_at_grow_with_the_texts_and_not_with_their_square(alike: str) -> None:
    def pairs(count: int) -> int:
        base = sentences(7, 30)
        changed = [base if alike == "the same" else [*base[:-2], *sentences(2000 + each, 2)] for each in range(count)]
        return len(candidate_pairs([shingles(mask("".join(each))) for each in changed], 0.8))

    few, many = pairs(200), pairs(800)

    assert few >= 200 * 8
    assert many <= 4.5 * few
    assert many <= 800 * 48


def test_every_one_of_many_equal_texts_is_in_a_pair() -> None:
    rows = [(f"第{chr(0x4E00 + number)}局", 2020, "".join(sentences(8))) for number in range(100)]

    found = near_duplicates(*frames(rows))

    assert set(found["source"]) | set(found["other_source"]) == {f"{agency}2020.txt" for agency, _, _ in rows}


def test_the_same_corpus_gives_the_same_pairs() -> None:
    rows = [(f"第{chr(0x4E00 + number)}局", 2020, "".join(sentences(number % 9))) for number in range(80)]

    pd.testing.assert_frame_equal(near_duplicates(*frames(rows)), near_duplicates(*frames(rows)))


def test_short_texts_and_what_every_report_must_say_are_not_compared() -> None:
    official = "本报告电子版可在网站下载，数据统计期限自1月1日起至12月31日止，如有疑问请与办公室联系。" * 3
    fees = "本年度依照规定收取信息处理费的情况如下，发出收费通知的件数和总金额均为零，没有其他需要报告的事项。" * 3
    for text in ("".join(sentences(10))[:50], official, fees):
        assert near_duplicates(*frames([("甲局", 2019, text), ("甲局", 2020, text)])).empty


def test_the_preamble_is_not_compared() -> None:
    text = "".join(sentences(11))

    assert near_duplicates(*frames([("甲局", 2019, text), ("甲局", 2020, text)], "preamble")).empty


def test_without_the_agencys_name_the_relation_is_open() -> None:
    sections, reports = frames([("甲局", 2019, "".join(sentences(12))), ("乙局", 2020, "".join(sentences(12)))])

    found = only(near_duplicates(sections, reports.assign(agency=[None, "乙局"]).astype(reports.dtypes)))

    assert found["relation"] == "agency_unknown"


def test_punctuation_figures_and_own_names_are_masked() -> None:
    one = mask("2019年，尧都区县底镇收到 12 件；我镇办结１１件。", "尧都区县底镇人民政府", "山西省临汾市尧都区")

    assert one == "0年某收到0件某办结0件"


def test_a_similarity_out_of_range_is_refused() -> None:
    with pytest.raises(ValueError, match=r"from 0.4 to 1, not 0.1"):
        near_duplicates(build("sections"), build("reports"), least=0.1)


def test_nothing_gives_the_same_columns() -> None:
    rows = [("甲局", 2019, "".join(sentences(13))), ("甲局", 2020, "".join(sentences(13)))]
    for function in (near_duplicates, share_copied_from_last_year):
        empty, full = function(build("sections"), build("reports")), function(*frames(rows))
        assert empty.dtypes.to_dict() == full.dtypes.to_dict()
        assert (len(empty), full.empty) == (0, False)


def test_the_share_copied_is_that_of_the_year_before() -> None:
    old, new = sentences(14), sentences(15)
    rows = [
        ("甲县财政局", 2018, "".join(old)),
        ("甲县财政局", 2019, "".join(old[:10] + new[:4])),
        ("乙县财政局", 2019, "".join(new)),
    ]

    found = share_copied_from_last_year(*frames(rows)).set_index("source")

    expected = dice(mask(rows[0][2], "甲县财政局"), mask(rows[1][2], "甲县财政局"))
    assert found["similarity"].dropna().to_dict() == {"甲县财政局2019.txt": expected}
    assert found["reason"].dropna().to_dict() == dict.fromkeys(
        ["甲县财政局2018.txt", "乙县财政局2019.txt"], "no_report_of_last_year"
    )


def test_a_chapter_that_last_year_lacked_has_a_reason() -> None:
    this, reports = frames([("甲局", 2019, "无。"), ("甲局", 2020, "".join(sentences(16)))])

    found = only(share_copied_from_last_year(this, reports))

    assert (found["source"], found["reason"]) == ("甲局2020.txt", "no_such_text_last_year")
