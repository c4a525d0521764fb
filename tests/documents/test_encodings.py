"""Bytes → text in the encodings that reports come in: whole, cut, damaged, and declared as something else."""

import random
import time
import zlib
from collections.abc import Mapping
from itertools import takewhile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gia_analysis.documents import read_bytes
from gia_analysis.documents.encoding import Decoded, decode
from gia_analysis.documents.encoding_guess import guess_encoding
from gia_analysis.documents.sniff import format_of
from gia_analysis.errors import DocumentError

SIMPLIFIED = (
    "临川县上顿渡镇人民政府2021年政府信息公开工作年度报告\n"
    "一、总体情况\n"
    "2021年，我镇主动公开政府信息86条，其中机构职能类4条、财政信息12条；收到依申请公开3件，均按期答复。\n"
    "\n"
    "二、主动公开政府信息情况\n"
    "信息内容|本年制发件数|本年废止件数|现行有效件数|\n"
    "规章|0|0|0|\n"
    "行政规范性文件|2|1|17|\n"
    "\t行政许可\n\t135\n"
    "\n"
    "行政事业性收费|4.5万元||\n"
    "三、存在的主要问题及改进情况\n"
    "部分栏目更新不够及时。下一步，将加强培训，落实责任。\n"
)
TRADITIONAL = (
    "金門縣烈嶼鄉公所政府資訊公開年度報告\n"
    "一、總體情況\n"
    "本年度主動公開政府資訊86條，收到民眾申請3件，均於期限內答覆。\n"
    "申請類別|本年件數|上年結轉|答覆結果|\n"
    "個人資料|2|0|予以提供|\n"
    "財務報告|135|1|部分公開|\n"
    "二、存在的問題及改進情況\n"
    "部分欄目更新未能及時，將加強對各單位人員的訓練，落實責任。\n"
)
HONG_KONG = TRADITIONAL + "聯絡處設於鰂魚涌，乘𨋢至五樓，嘅、咗、嚟、啲等字亦可查閱。\n"

WHOLE = [
    ("utf-8", SIMPLIFIED, "utf-8"),
    ("utf-8-sig", SIMPLIFIED, "utf-8-sig"),
    ("gb18030", SIMPLIFIED, "gb18030"),
    ("gbk", SIMPLIFIED, "gb18030"),
    ("gb2312", SIMPLIFIED, "gb18030"),
    ("utf-16-le", SIMPLIFIED, "utf-16-le"),
    ("utf-16-be", SIMPLIFIED, "utf-16-be"),
    ("utf-16", SIMPLIFIED, "utf-16"),
    ("utf-8", TRADITIONAL, "utf-8"),
    ("gb18030", TRADITIONAL, "gb18030"),
    ("big5", TRADITIONAL, "big5hkscs"),
    ("cp950", TRADITIONAL, "big5hkscs"),
    ("big5hkscs", HONG_KONG, "big5hkscs"),
    ("utf-16-be", HONG_KONG, "utf-16-be"),
]
CODECS = [
    ("utf-8", SIMPLIFIED), ("gb18030", SIMPLIFIED), ("big5hkscs", TRADITIONAL),
    ("utf-16-le", SIMPLIFIED), ("utf-16-be", SIMPLIFIED),
]  # fmt: skip
SHORT = [
    "政府信息公开年度报告\n", "总体情况：本年无申请。", "行政许可|0|0|0|", "数据统计期限为2020年度", "尧都区县底镇政府",
    "一、概述", "收费0元",
]  # fmt: skip


def noise(size: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(size)


# Whole files


@pytest.mark.parametrize(("codec", "text", "name"), WHOLE)
def test_a_report_is_the_same_text_in_every_encoding(codec: str, text: str, name: str) -> None:
    assert decode(text.encode(codec)) == Decoded(text, name, 0)


@pytest.mark.parametrize(("codec", "text", "name"), WHOLE)
def test_the_name_given_is_one_that_decodes_the_file_to_the_same_text(codec: str, text: str, name: str) -> None:
    assert text.encode(codec).decode(name) == decode(text.encode(codec)).text


def test_a_marked_big_endian_file_is_named_by_its_mark() -> None:
    data = b"\xfe\xff" + SIMPLIFIED.encode("utf-16-be")

    assert decode(data) == Decoded(SIMPLIFIED, "utf-16", 0)


@pytest.mark.parametrize("text", SHORT)
@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_a_line_is_enough_to_tell_the_encoding(codec: str, text: str) -> None:
    assert decode(text.encode(codec)) == Decoded(text, codec, 0)


@pytest.mark.parametrize("text", ["政府資訊公開年度報告\n", "總體情況：本年無申請。", "財務報告|135|1|", "收費0元"])
def test_a_line_of_big5_is_enough(text: str) -> None:
    assert decode(text.encode("big5")) == Decoded(text, "big5hkscs", 0)


def test_utf_16_of_chinese_alone_has_no_nul_and_is_still_read() -> None:
    text = "部分栏目更新不够及时。今后，将加强培训，落实责任。"

    assert b"\0" not in text.encode("utf-16-le")
    for codec in ("utf-16-le", "utf-16-be"):
        assert read_bytes(text.encode(codec), "report.txt").encoding == codec


def test_chinese_bytes_that_happen_to_be_valid_utf_8_are_chinese() -> None:
    """The bytes of 目录 are those of two letters in UTF-8."""
    data = "目录".encode("gb18030")

    assert data.decode("utf-8")
    assert decode(data).text == "目录"


@pytest.mark.parametrize("text", ["", "0", "Annual report 2020\n", "N-lQ", "café\n", "0·5", "Годовой отчёт\n"])
def test_text_without_chinese_is_utf_8(text: str) -> None:
    assert decode(text.encode()) == Decoded(text, "utf-8", 0)


def test_the_samples_are_the_same_in_every_encoding(sample_texts: dict[str, str]) -> None:
    assert len(sample_texts) == 5
    for text in sample_texts.values():
        for codec in ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"):
            assert decode(text.encode(codec)) == Decoded(text, codec, 0)


def test_the_samples_give_the_same_blocks_in_every_encoding(sample_texts: dict[str, str]) -> None:
    for text in sample_texts.values():
        blocks = read_bytes(text.encode(), "report.txt").blocks
        for codec in ("gb18030", "utf-16", "utf-16-le", "utf-16-be"):
            assert read_bytes(text.encode(codec), "report.txt").blocks == blocks


@given(st.lists(st.sampled_from(SIMPLIFIED.split("\n")), min_size=3, max_size=12), st.sampled_from(CODECS))
def test_any_few_lines_of_a_report_are_told(lines: list[str], codec: tuple[str, str]) -> None:
    text = "\n".join(["二、主动公开政府信息情况", *lines])
    name = codec[0] if codec[0] != "big5hkscs" else "gb18030"

    assert decode(text.encode(name)) == Decoded(text, name, 0)


@given(st.text())
def test_all_that_is_valid_utf_8_with_chinese_is_that_text(tail: str) -> None:
    text = "政府信息公开工作年度报告\n" + "".join(c for c in tail if c >= " ")

    assert decode(text.encode()) == Decoded(text.replace("\x7f", " "), "utf-8", 0)


# Declared as something else


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])
@pytest.mark.parametrize(
    ("codec", "text"), [("gb18030", SIMPLIFIED), ("big5hkscs", TRADITIONAL), ("utf-8", SIMPLIFIED)]
)
def test_a_byte_order_mark_that_lies_is_not_believed(mark: bytes, codec: str, text: str) -> None:
    decoded = decode(mark + text.encode(codec))

    assert (decoded.text, decoded.undecoded) == (text, 0)
    assert decoded.encoding.removesuffix("-sig") == codec


@pytest.mark.parametrize(("mark", "codec"), [(b"\xff\xfe", "utf-16-be"), (b"\xfe\xff", "utf-16-le")])
def test_a_byte_order_mark_of_the_other_order_is_not_believed(mark: bytes, codec: str) -> None:
    assert decode(mark + SIMPLIFIED.encode(codec)) == Decoded(SIMPLIFIED, codec, 0)


@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "big5", "utf-16", "x-no-such"])
@pytest.mark.parametrize(("codec", "text"), CODECS)
def test_a_charset_named_in_the_text_does_not_outweigh_the_bytes(declared: str, codec: str, text: str) -> None:
    text = f'<meta content="text/html; charset={declared}">\n{text}'

    assert decode(text.encode(codec)) == Decoded(text, codec, 0)


@pytest.mark.parametrize("codec", ["gb18030", "big5hkscs"])
def test_a_charset_named_in_the_text_breaks_a_tie(codec: str) -> None:
    """The same two bytes are one common character in either encoding: 岿 of GB18030, 鍾 of Big5 and so on."""
    ties = [
        pair
        for pair in (bytes((lead, trail)) for lead in range(0xB0, 0xC7) for trail in range(0xA1, 0xFF))
        if guess_encoding(b"charset=gb2312 " + pair) != guess_encoding(b"charset=big5 " + pair)
    ]

    assert ties
    assert guess_encoding(f"charset={codec.removesuffix('hkscs')} ".encode() + ties[0]) == codec


def test_a_byte_order_mark_written_twice_is_no_part_of_the_text() -> None:
    assert decode("\ufeff\ufeff报告".encode()).text == "报告"


def test_a_byte_order_mark_turned_into_gb18030_is_no_part_of_the_text() -> None:
    assert decode(("\ufeff" + SIMPLIFIED).encode("gb18030")) == Decoded(SIMPLIFIED, "gb18030", 0)


# Cut


@pytest.mark.parametrize(("codec", "text"), CODECS)
def test_a_file_cut_anywhere_loses_at_most_the_character_cut(codec: str, text: str) -> None:
    whole = text.encode(codec)
    for size in range(60, len(whole)):
        complete = whole[:size].decode(codec, "ignore")
        decoded = decode(whole[:size])

        assert decoded.encoding == codec
        cut = complete.encode(codec) != whole[:size]
        assert (decoded.text, decoded.undecoded) == (complete + "\ufffd" * cut, int(cut))


def test_a_character_of_four_bytes_cut_anywhere_is_one_place() -> None:
    for codec in ("gb18030", "utf-8", "utf-16-le", "utf-16-be"):
        whole = (SIMPLIFIED + "𬒈").encode(codec)
        start = len(SIMPLIFIED.encode(codec))
        for size in range(start + 1, len(whole)):
            decoded = decode(whole[:size])

            assert (decoded.encoding, decoded.undecoded) == (codec, 1)
            assert decoded.text.startswith(SIMPLIFIED + "\ufffd")


# One bad byte


def common(left: list[str], right: list[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))


@pytest.mark.parametrize(("codec", "text"), CODECS)
def test_a_flipped_byte_damages_no_line_but_its_own(codec: str, text: str) -> None:
    whole, lines = text.encode(codec), text.split("\n")
    draw = random.Random(20080501)
    for _ in range(600):
        position, bit = draw.randrange(len(whole)), 1 << draw.randrange(8)
        data = bytearray(whole)
        data[position] ^= bit
        decoded = decode(bytes(data))

        found = decoded.text.split("\n")
        same = common(lines, found) + common(lines[::-1], found[::-1])
        assert decoded.encoding == codec
        assert same >= len(lines) - (2 if "\n" in whole[position - 1 : position + 2].decode("latin-1") else 1), position


@pytest.mark.parametrize(("codec", "text"), CODECS)
def test_a_byte_overwritten_is_one_place_at_most(codec: str, text: str) -> None:
    whole = text.encode(codec)
    draw = random.Random(7)
    for _ in range(300):
        position = draw.randrange(len(whole))
        decoded = decode(whole[:position] + b"\xff" + whole[position + 1 :])

        assert decoded.undecoded <= 2
        assert decoded.text.count("\ufffd") >= decoded.undecoded


@pytest.mark.parametrize(("codec", "text", "most"), [(*CODECS[0], 3), (*CODECS[1], 3), (*CODECS[2], 5)])
@pytest.mark.parametrize("stray", [b"\x80", b"\xff", b"\xb0", b"\xe4"])
def test_a_stray_byte_damages_few_characters(codec: str, text: str, most: int, stray: bytes) -> None:
    """A byte too many shifts all pairs after it; the reading finds its step again within the line."""
    whole = text.encode(codec)
    for position in range(0, len(whole), 3):
        found = decode(whole[:position] + stray + whole[position:]).text
        head, tail = common(list(text), list(found)), common(list(text)[::-1], list(found)[::-1])

        assert head + tail >= len(text) - most, (position, found)


@pytest.mark.parametrize("after", ["\n", "\t", "|", "|\n", "|5|", "0", "7|", "0|0|0|"])
@pytest.mark.parametrize("codec", ["gb18030", "big5hkscs"])
@pytest.mark.parametrize("lead", [b"\xd6", b"\xc9", b"\xff", b"\x80"])
def test_a_lost_half_character_swallows_no_separator_and_no_digit(lead: bytes, codec: str, after: str) -> None:
    text = SIMPLIFIED if codec == "gb18030" else TRADITIONAL
    decoded = decode(text.encode(codec) + "本年".encode(codec) + lead + after.encode())

    assert decoded.text == f"{text}本年\ufffd{after}"
    assert decoded.undecoded == 1


def test_a_character_whose_second_byte_is_a_bar_is_kept() -> None:
    """In Big5 育 and 四 end in the byte of a bar, and 功 in that of a backslash; in GBK 謡 and 億 end in a bar."""
    for codec, text in (
        ("big5hkscs", TRADITIONAL + "教育|第四|成功|逮捕|楊琰|3|地價稅\n"),
        ("gb18030", SIMPLIFIED + "歌謡|王珅|3\n"),
        ("gb18030", TRADITIONAL + "1億|2億\n"),
    ):
        assert decode(text.encode(codec)) == Decoded(text, codec, 0)


def test_a_replacement_character_that_the_file_holds_is_not_counted() -> None:
    text = SIMPLIFIED + "朱\ufffd基"

    assert decode(text.encode()) == Decoded(text, "utf-8", 0)
    assert decode(text.encode() + b"\xff").undecoded == 1


def test_a_document_says_how_many_places_were_not_decoded() -> None:
    data = SIMPLIFIED.encode("gb18030").replace(b"\n", b"\xff\n", 3)

    assert read_bytes(data, "report.txt").undecoded == 3
    assert read_bytes(SIMPLIFIED.encode(), "report.txt").undecoded == 0


@settings(max_examples=200)
@given(st.binary(max_size=300), st.integers(0, 400), st.sampled_from(CODECS))
def test_any_damage_gives_a_text_or_a_document_error(junk: bytes, place: int, codec: tuple[str, str]) -> None:
    whole = codec[1].encode(codec[0])
    try:
        decoded = decode(whole[:place] + junk + whole[place:])
    except DocumentError:
        return

    decoded.text.encode()
    assert decoded.undecoded <= decoded.text.count("\ufffd")


@given(st.binary(max_size=200))
def test_any_bytes_give_a_text_or_a_document_error(data: bytes) -> None:
    try:
        decode(data).text.encode()
    except DocumentError:
        return


# Control characters


def test_nul_characters_are_dropped_and_not_counted() -> None:
    data = SIMPLIFIED.encode().replace("政府".encode(), "政\0府".encode(), 3)

    assert decode(data) == Decoded(SIMPLIFIED, "utf-8", 0)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_a_file_filled_up_with_nul_is_read(codec: str) -> None:
    for size in (2, 4096, 200_000):
        document = read_bytes(SIMPLIFIED.encode(codec) + bytes(size), "report.txt")

        assert (document.encoding, document.undecoded) == (codec, 0)
        assert document.blocks == read_bytes(SIMPLIFIED.encode(), "report.txt").blocks


def test_other_control_characters_become_spaces_so_that_no_two_figures_join() -> None:
    assert decode(b"a\tb\r\n\x0c1\x0b2\x013\x1f4\x7f5").text == "a\tb\r\n\x0c1 2 3 4 5"


@pytest.mark.parametrize("data", [b"\xff\xfe", b"\xfe\xff", " \n\t\n".encode("utf-16"), bytes(64)])
def test_a_file_of_marks_and_blanks_is_empty(data: bytes) -> None:
    with pytest.raises(DocumentError, match="the file is empty"):
        read_bytes(data, "report.txt")


# Refused


@pytest.mark.parametrize(
    "data",
    [
        noise(4096), noise(64), zlib.compress(SIMPLIFIED.encode() * 3), bytes(range(128, 256)) * 4, b"\xff" * 500,
        b"\xef\xbb\xbf" + noise(4096), b"ok\n" + b"\0\1\2\3" * 99,
    ],
    ids=["noise", "short-noise", "deflated", "high-bytes", "one-byte", "marked-noise", "controls"],
)  # fmt: skip
def test_binary_data_is_refused_with_the_first_bad_place_and_what_to_do(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"byte 0x.. at offset \d+ \(line \d+\).*save .* as UTF-8"):
        decode(data)


def test_the_first_bad_place_is_counted_from_the_beginning_of_the_file() -> None:
    with pytest.raises(DocumentError, match=r"byte 0xff at offset 6 \(line 2\)"):
        decode(b"\xef\xbb\xbfok\n" + b"\xff" * 99)
    with pytest.raises(DocumentError, match=r"byte 0x00 at offset 3 \(line 2\)"):
        decode(b"ok\n" + b"\0\1\2\3" * 99)


def test_noise_without_control_characters_is_refused_too() -> None:
    for seed in range(20):
        data = bytes(byte for byte in noise(20_000, seed) if byte >= 0x20)
        with pytest.raises(DocumentError):
            decode(data)


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_text_and_its_pages_are_pages(codec: str) -> None:
    assert format_of(SIMPLIFIED.encode(codec)) == "text"
    assert format_of("<!DOCTYPE html>\n<html></html>".encode(codec)) == "html"


@pytest.mark.parametrize("data", [bytes(range(32)) * 8, bytes(range(256)) * 8, noise(5000), b"\xff\xfe" + noise(5000)])
def test_data_with_nul_bytes_is_still_binary(data: bytes) -> None:
    assert format_of(data) == "binary"


# Cost


@pytest.mark.parametrize(("codec", "text"), CODECS)
def test_time_grows_with_size_even_when_damaged(codec: str, text: str) -> None:
    """Two megabytes with a bad byte in every fourth copy, and one line without end."""
    copy = text.encode(codec)
    data = (copy * 3 + copy[:60] + b"\xff\xff" + copy[60:]) * (2_000_000 // len(copy) // 4)
    begin = time.perf_counter()
    decode(data)
    decode(data.replace("\n".encode(codec), b"") if not codec.startswith("utf-16") else data)

    assert time.perf_counter() - begin < 15


def test_the_encoding_is_judged_on_a_part_of_the_file(samples_of_size: Mapping[int, bytes]) -> None:
    spent = {}
    for size, data in samples_of_size.items():
        begin = time.perf_counter()
        guess_encoding(data)
        spent[size] = time.perf_counter() - begin

    assert max(spent.values()) < 20 * min(spent.values()) + 0.5


@pytest.fixture
def samples_of_size() -> Mapping[int, bytes]:
    data = SIMPLIFIED.encode("gb18030")
    return {size: data * (size // len(data)) for size in (200_000, 20_000_000)}
