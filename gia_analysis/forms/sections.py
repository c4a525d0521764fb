"""The chapters of a report, their sub-chapters, the wordings of their headings, and what figures in their text count."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from gia_analysis.forms.labels import normalise

OTHER_TOPIC = "other_topic"
_FILLERS = "(?:数量|总数|件数|总量|数|共计|共|合计|总计|累计|均|各|仅|有|为|是|了|的|金额|人民币|答复|决定|申请|:)*"
_TOGETHER = (
    "(?:公开|提供|处理|存在|掌握|明确|秘密|隐私|当面|传真|邮件|邮箱|网上|网络|信函|申请)(?:相关|该|所申请的?)?"
    "(?:政府)?(?:信息)?(?:的|等)?"
    "(?:[、和及与或/]|以及|或者)[^、]{0,12}$"
)
_NEAR = 24


@dataclass(frozen=True, slots=True)
class SectionKind:
    """A kind of chapter or sub-chapter: its code and labels, and the wordings of its headings as regular expressions."""

    code: str
    zh: str
    en: str
    headings: tuple[str, ...]
    numbered: tuple[str, ...]


@cache
def section_kinds() -> Mapping[str, SectionKind]:
    """Return the kinds of chapter by code, in the order in which headings are tried."""
    return _kinds("sections")


@cache
def subsection_kinds() -> Mapping[str, SectionKind]:
    """Return the kinds of sub-chapter by code, in the order in which headings are tried. No chapter has such a code."""
    return _kinds("subsections")


def match_section(title: str, *, numbered: bool) -> str | None:
    """Return the code of the chapter that a normalised title without its numeral is a heading of, or None.

    >>> match_section("总体情况", numbered=False), match_section("其他", numbered=True), match_section("其他", numbered=False)
    ('overview', 'other', None)
    """
    match = _all_headings("sections", numbered).fullmatch(title)
    return match.lastgroup if match else None


def match_subsection(title: str) -> str:
    """Return the code of the sub-chapter that a normalised title is a heading of; ``other_topic`` where none is known.

    >>> match_subsection("平台建设情况"), match_subsection("工作亮点")
    ('platform', 'other_topic')
    """
    match = _all_headings("subsections", True).fullmatch(title)
    return (match and match.lastgroup) or OTHER_TOPIC


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("sections.toml").read_text(encoding="utf-8"))


def _kinds(name: str) -> Mapping[str, SectionKind]:
    return {
        item["code"]: SectionKind(
            item["code"], item["zh"], item["en"], _normalised(item.get("headings")), _normalised(item.get("numbered"))
        )
        for item in _data()[name]
    }


def _normalised(wordings: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(normalise(wording) for wording in wordings or ())


@cache
def _all_headings(name: str, numbered: bool) -> re.Pattern[str]:
    """Return one pattern for all kinds, in which the group that matched is the code."""
    wordings = {kind.code: [*kind.headings, *(kind.numbered if numbered else ())] for kind in _kinds(name).values()}
    groups = [f"(?P<{code}>{'|'.join(each)})" for code, each in wordings.items() if each]
    return re.compile("|".join(groups))


@dataclass(frozen=True, slots=True)
class TopicRule:
    """How the text around a figure tells what it counts; each condition that is set must hold."""

    code: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    about: re.Pattern[str] | None
    not_about: re.Pattern[str] | None
    not_before: re.Pattern[str] | None

    def fits(self, clause: str, context: str, following: str) -> bool:
        """Tell whether the rule fits a figure; ``find_topic`` says what the arguments are."""
        if self.about and not self.about.search(context) and not self.about.search(following):
            return False
        if self.not_about and self.not_about.search(context[-_NEAR:]):
            return False
        if self.before and not self.before.search(clause):
            return False
        if self.not_before and self.not_before.search(clause):
            return False
        return self.after is None or self.after.match(following) is not None


def find_topic(unit: str, clause: str, context: str, following: str) -> str | None:
    """Return what a figure in running text counts, or None where no rule for its unit fits.

    Args:
        unit: what it is counted in; empty where nothing is printed.
        clause: the words of the clause before the figure.
        context: the sentence before the figure, as far as it matters.
        following: the words of the sentence after the figure's unit, as far as they matter.

    >>> find_topic("件", "年度结转申请", "收到申请12件,上年度结转申请", "。")
    >>> find_topic("件", "上年度结转申请", "收到申请12件,上年度结转申请", "。")
    'carried_in'
    """
    for key, rule in _topic_rules().get(unit, ()):
        if key in clause and rule.fits(clause, context, following):
            return rule.code
    return None


@cache
def _topic_rules() -> Mapping[str, tuple[tuple[str, TopicRule], ...]]:
    """Return by unit the rules for what a figure counts, each with a word that must be there, in the order of trial."""
    data = _data()
    found: dict[str, list[tuple[str, TopicRule]]] = {}
    for item in data["topics"]:
        rule = _topic_rule(item)
        for unit in data["units"][item["units"]]:
            found.setdefault(unit, []).extend((key, rule) for key in item.get("keys", [""]))
    return {unit: tuple(rules) for unit, rules in found.items()}


def _topic_rule(item: Mapping[str, Any]) -> TopicRule:
    before = item.get("before")
    conditions = [item.get(name) for name in ("after", "about", "not_about", "not_before")]
    return TopicRule(
        item["code"],
        re.compile(f"(?:{before.replace('~', _FILLERS)})$") if before else None,
        *(re.compile(each.replace("&", _TOGETHER)) if each else None for each in conditions),
    )
