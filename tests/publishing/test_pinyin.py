"""Names in pinyin: the readings of places, and what is no Chinese."""

import pytest

from gia_analysis.publishing.pinyin import spell


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("保定市徐水区人民政府", "bao ding shi xu shui qu ren min zheng fu"),
        ("乐亭县财政局", "lao ting xian cai zheng ju"),  # 乐 is read lào in the name of this county
        ("六安市", "lu an shi"),
        ("重庆市", "chong qing shi"),
        ("绿春县", "lv chun xian"),
        ("甲局 ABC", "jia ju abc"),
        ("<Script>", "<script>"),
        ("", ""),
    ],
)
def test_a_name_is_spelled_syllable_by_syllable(name: str, spelled: str) -> None:
    assert spell(name) == spelled


def test_a_name_of_any_length_has_at_most_sixty_syllables() -> None:
    assert spell("局" * 300) == " ".join(["ju"] * 60)
