"""Names of agencies in pinyin, so that they can be found without Chinese characters."""

from functools import lru_cache

_LONGEST = 60


@lru_cache(maxsize=65536)
def spell(name: str) -> str:
    """Return a name in pinyin without tones, in lower case, its syllables parted by blanks; at most sixty of them.

    The readings of place names are those of ``pypinyin``. What is no Chinese stays as it is.

    >>> spell("乐亭县财政局"), spell("A区 教育局")
    ('lao ting xian cai zheng ju', 'a qu jiao yu ju')
    """
    from pypinyin import lazy_pinyin  # its dictionaries take a quarter of a second to load

    return " ".join(" ".join(lazy_pinyin(name)).lower().split()[:_LONGEST])
