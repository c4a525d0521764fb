"""The text of a page, and whether it is what the page's bytes say."""

import pytest

from gia_analysis.documents.html.writing import reads_well

SPOILT = [0x01, 0x08, 0x0B, 0x0E, 0x1B, 0x1F, 0x7F, 0xFFFD]
OTHERS = [0x00, 0x09, 0x0A, 0x0C, 0x0D, 0x20, 0x80, 0xD800, 0xFFFC, 0x1FFFD, 0x20001, 0x2007F]


@pytest.mark.parametrize("length", [1, 20_000], ids=["short", "long"])
@pytest.mark.parametrize("code", [*SPOILT, *OTHERS], ids=hex)
def test_a_text_with_controls_or_replaced_characters_does_not_read_well(code: int, length: int) -> None:
    assert reads_well(["政" * length, f"府{chr(code)}1"]) == (code in OTHERS)


def test_a_text_without_chinese_does_not_read_well() -> None:
    assert not reads_well(["abc", "é"])
