"""One way of writing: traditional characters, words of Taiwan, radicals, pinyin and characters that are not seen."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gia_analysis.forms import known_labels, normalise
from gia_analysis.forms.writing import (
    ORDINARY,
    has_words_of_taiwan,
    in_mainland_words,
    is_odd,
    is_plain,
    is_traditional,
    ordinary,
    simplified,
)

BLOCK_OF_WUHAN = "第二十條第(一)項 資訊內容 本年新製作數量 本年新公開數量 對外公開總數量 規章 規範性檔案"


# Traditional characters


@pytest.mark.parametrize(
    ("printed", "official"),
    [
        ("第二十條第（一）項", "第二十条第（一）项"),
        ("資訊內容", "信息内容"),
        ("本年製發件數", "本年制发件数"),
        ("本年廢止件數", "本年废止件数"),
        ("現行有效件數", "现行有效件数"),
        ("本年增/減", "本年增/减"),
        ("本年收費金額（單位：萬元）", "本年收费金额（单位：万元）"),
        ("行政處罰", "行政处罚"),
        ("行政複議", "行政复议"),
        ("行政復議", "行政复议"),
        ("未經複議直接起訴", "未经复议直接起诉"),
        ("法律服務機構", "法律服务机构"),
        ("1.本機關不掌握相關政府資訊", "1.本机关不掌握相关政府信息"),
        ("1.信訪舉報投訴類申請", "1.信访举报投诉类申请"),
        ("四、結轉下年度繼續辦理", "四、结转下年度继续办理"),
    ],
)
def test_a_traditional_label_is_the_official_one(printed: str, official: str) -> None:
    assert normalise(simplified(printed)) == normalise(official)
    assert normalise(official) in known_labels()


@pytest.mark.parametrize(
    ("printed", "official"),
    [
        ("規範性檔案", "规范性文件"),
        ("資訊內容", "信息内容"),
        ("網路申請數", "网络申请数"),
        ("政府資訊公開", "政府信息公开"),
    ],
)
def test_words_of_taiwan_are_those_of_the_mainland(printed: str, official: str) -> None:
    """Seen on the mirror of a Wuhan report of 2020: the words are changed with the characters."""
    assert in_mainland_words(printed) == official


def test_characters_alone_do_not_make_a_file_of_a_dossier() -> None:
    assert simplified("規範性檔案") == "规范性档案"


@pytest.mark.parametrize("name", ["檔案局", "檔案館", "檔案室", "檔案處"])
def test_an_archive_stays_an_archive(name: str) -> None:
    assert in_mainland_words(f"縣{name}制定規範性檔案") == f"县{simplified(name)}制定规范性文件"
    assert simplified(name).startswith("档案")


def test_a_simplified_text_is_left_as_it_is() -> None:
    text = "发布规范性文件3件，档案馆设查阅点，网络申请2件，只计这一情形，里程、准确、系统、面积、干部、后续"

    assert simplified(text) == text
    assert not is_traditional(text)


def test_text_is_traditional_from_five_such_characters_on() -> None:
    assert is_traditional(BLOCK_OF_WUHAN)
    assert not is_traditional("转载自開關東國的网页")
    assert is_traditional("转载自開關東國與的网页")


def test_a_long_simplified_text_with_a_few_traditional_names_is_simplified() -> None:
    assert not is_traditional("单位负责人李國華、王開東。" + "本年新制作数量" * 1000)


def test_only_texts_with_the_word_for_information_are_in_words_of_taiwan() -> None:
    """With simplified characters restored alone, a text of Hong Kong keeps its own words."""
    assert has_words_of_taiwan(BLOCK_OF_WUHAN)
    assert not has_words_of_taiwan("政府信息公開工作年度報告")


# Radicals and compatibility characters


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("⾏政许可", "行政许可"),
        ("⾃然⼈", "自然人"),
        ("⼆、上年结转", "二、上年结转"),
        ("⻔", "门"),
        ("⻝品药品", "食品药品"),
        ("⻓", "长"),
        ("⻚", "页"),
        ("⻅", "见"),
        ("⺠", "民"),
        ("\uf9e4", "理"),
        ("\U0002f800", "丽"),
    ],
)
def test_a_radical_is_the_character_it_looks_like(printed: str, plain: str) -> None:
    assert is_odd(printed)
    assert ordinary(printed) == plain


def test_every_radical_stands_for_one_ordinary_character() -> None:
    for code, character in ORDINARY.items():
        if unicodedata.category(chr(code)) == "Cn":
            continue
        assert len(character) == 1, hex(code)
        assert ord(character) not in ORDINARY or ord(character) == code, hex(code)


# What stands between characters


@pytest.mark.parametrize("unseen", ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\ufe0f", "\u202c"])
def test_a_character_that_is_not_seen_is_dropped(unseen: str) -> None:
    assert is_odd(f"总{unseen}计")
    assert ordinary(f"{unseen}总{unseen}{unseen}计{unseen}") == "总计"


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("公(gong)开(kai)", "公开"),
        ("信息(xi)(xi)公开", "信息公开"),
        ("政府（fu）信息", "政府信息"),
        ("部门(OA)系统", "部门(OA)系统"),
        ("网站(www)", "网站"),
        ("(gong)开", "(gong)开"),
        ("邮箱a(gong)", "邮箱a(gong)"),
        ("软件(software)", "软件(software)"),
        ("规章(3)", "规章(3)"),
    ],
)
def test_pinyin_in_brackets_behind_a_character_is_dropped(printed: str, plain: str) -> None:
    """Mirrors made by hackers set it; other words in brackets stay, as do those behind anything but a character."""
    assert ordinary(printed) == plain


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Z", "Cf")), max_size=60))
def test_plain_writing_is_as_plain_as_it_gets_unless_brackets_meet(text: str) -> None:
    once = ordinary(text)

    assert not any(ord(character) in ORDINARY and ORDINARY[ord(character)] != character for character in once)
    assert is_odd(text) or once == text


@given(st.text(st.sampled_from("开關公文件(gong)（ai）0 \u200b⾏"), max_size=20))
def test_a_text_that_is_not_odd_is_not_changed(text: str) -> None:
    assert (ordinary(text) == text) == (not is_odd(text))


@pytest.mark.parametrize(
    "text",
    [
        "本年新制作数量",
        "见 www.yunshan.gov.cn（网址）",
        "公(gong)开(kai)",
        "公（gong）开",
        "(a) 附件",
        "總計" * 2 + "、轉載",
        "总\u200b计",
        "⾏政许可",
        "app " * 1_001 + "公(gong)开",
        "app " * 1_001,
        BLOCK_OF_WUHAN,
        "",
    ],
)
def test_a_text_is_plain_where_it_is_neither_odd_nor_has_a_traditional_character(text: str) -> None:
    """Five such characters make a document traditional, and each of its texts may hold one of them."""
    assert is_plain(text) == (not is_odd(text) and not any(is_traditional(character * 5) for character in text))
