"""One way of writing for all texts: simplified characters, ordinary code points, nothing that cannot be seen.

Mirrors of official sites print reports in traditional characters, some of them in the vocabulary of Taiwan; PDFs leave
radicals (⾏) and compatibility characters in place of ordinary ones (行); hacked mirrors put pinyin in brackets behind
characters. What is read is the plain text of this module; what was printed is kept beside it.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Protocol

# Radicals that Unicode does not fold into the character they stand for.
_SUPPLEMENT = (
    "⺁厂⺇几⺌小⺍小⺎兀⺒巳⺝月⺟母⺠民⺮竹⺶羊⺼月⺾艹⻁虎⻄西⻅见⻆角⻉贝⻋车⻌辶⻍辶⻏阝⻑长⻒长⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟饣⻠饣"
    "⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫齐⻬齐⻭齿⻮齿⻰龙⻳龟"
)
_RANGES = (range(0x2F00, 0x2FD6), range(0xF900, 0xFAFF), range(0x2F800, 0x2FA1E))

ORDINARY: dict[int, str] = {
    **{code: unicodedata.normalize("NFKC", chr(code)) for codes in _RANGES for code in codes},
    **{ord(radical): character for radical, character in zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)},
}
INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\ufe00-\ufe0f"

# Frequent characters that no simplified text has. Five of them in a document tell that it is in traditional ones.
_TRADITIONAL = (
    "開關東國會與為來對時發經現實業產應無過員動進種項長門問間聞們個這說請議報據數務專機構權標總結維護設備網絡線續統計訴訟複復歷處決額達運還選導師學習單雙傳僅傷優價"
    "儀億從劃則剛創勞勢區協參縣鄉鎮廣場莊眾聯職聽舉書條極樣檢檔歸殘氣漢滿濟灣點獎環畢異當療監盡礎禮穩積窮範簡類糧紀約級紅納純細組給絕綜綠緊練縮績織繼罰義聖脫臨號"
    "衛裝裡補製見規視覽觀觸訂認討訓記許證評詢試話該詳語誤課調談論諮講識譯讀變讓負財責貢貨質費資賞賠賴購贈車軍較載輔輕輯輸轉辦農連週違適鄭醫針鋼錄錢錯鍵閉閱隊陽陰"
    "際隨險離難電靈靜響頁頂順須預領頭題願顧顯風飛館駐驗體魚鳥黨齊龍後內兩戶屬強獨徵稅償壓廳張彙擴擬擔樹橋橫歲殺毀營爭狀獲獻畫盤確禍禦稱競築籌綱緩編縱罷聲膚臺萬"
)
_LEAST_TRADITIONAL = 5
_ARCHIVES = re.compile("檔案(?=[局館館處室])")  # 檔案 is 文件, but in the names of archives it is 档案
_IS_TRADITIONAL = re.compile(f"[{_TRADITIONAL}]")
_IS_ODD = re.compile(f"[{INVISIBLE}\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1d]")
_MAY_BE_PINYIN = re.compile(r"[(（][a-z]")
_UNSEEN = re.compile(f"[{INVISIBLE}]+")
PINYIN = re.compile(r"(?<=[\u3400-\u9fff])(?:[(（][a-z]{1,6}[)）])+")


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _converter(name: str) -> _Converter:
    from opencc import OpenCC  # loaded for a report in traditional characters only

    converter: _Converter = OpenCC(name)
    return converter


def is_traditional(text: str) -> bool:
    """Tell whether a text is written in traditional characters; a few quoted ones do not make it so.

    >>> is_traditional("第二十條第(一)項 資訊內容 本年新製作數量"), is_traditional("信息内容")
    (True, False)
    """
    found = _IS_TRADITIONAL.finditer(text)
    return sum(1 for _ in zip(found, range(_LEAST_TRADITIONAL), strict=False)) == _LEAST_TRADITIONAL


def is_odd(text: str) -> bool:
    """Tell whether a text has characters that ``ordinary`` changes."""
    if _IS_ODD.search(text):
        return True
    return any(PINYIN.match(text, found.start()) for found in _MAY_BE_PINYIN.finditer(text))


def is_plain(text: str) -> bool:
    """Tell whether a text is in plain writing in whatever document: no frequent traditional character, and nothing odd.

    >>> is_plain("本年度公开12件，见www.gov.cn"), is_plain("公(gong)开(kai)"), is_plain("資訊")
    (True, False, False)
    """
    return not (_IS_TRADITIONAL.search(text) or is_odd(text))


def ordinary(text: str) -> str:
    """Return a text with ordinary characters for radicals, and without pinyin in brackets and unseen characters.

    >>> ordinary("⾏政许可"), ordinary("公(gong)开(kai)"), ordinary("总\u200b计")
    ('行政许可', '公开', '总计')
    """
    return PINYIN.sub("", _UNSEEN.sub("", text.translate(ORDINARY)))


@lru_cache(maxsize=16_384)
def simplified(text: str) -> str:
    """Return a text in simplified characters, with the one word of Taiwan that every title and chapter has.

    >>> simplified("政府資訊公開工作年度報告"), simplified("檔案局")
    ('政府信息公开工作年度报告', '档案局')
    """
    return _converter("t2s").convert(text).replace("资讯", "信息")


@lru_cache(maxsize=16_384)
def in_mainland_words(text: str) -> str:
    """Return a text in simplified characters and in the words of the mainland where Taiwan has others.

    >>> in_mainland_words("規範性檔案"), in_mainland_words("網路申請數")
    ('规范性文件', '网络申请数')
    """
    return _converter("tw2sp").convert(_ARCHIVES.sub("档案", text))


def has_words_of_taiwan(text: str) -> bool:
    """Tell whether a traditional text is in the words of Taiwan, by the one that no report does without."""
    return "資訊" in text
