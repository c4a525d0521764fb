"""The part of an agency's page on its words: what it tells as problems, and what it means to do about them."""

import pandas as pd

from gia_analysis.analysis.topics import Role, get_topic, told_topics
from gia_analysis.display import Section, show
from gia_analysis.summaries.agency_page import AgencyPage
from gia_analysis.traced import Quoted

_ROLES = {
    Role.PROBLEM.value: ("问题", "problem"),
    Role.MEASURE.value: ("措施", "measure"),
    Role.LAST_YEARS_MEASURE.value: ("上年问题的整改", "measure against last year's problem"),
    Role.UNCLEAR.value: ("未能判断", "not clear"),
}


class AgencyTexts(AgencyPage):
    """What the agency tells in words."""

    def topics(self) -> Section:
        """Return the problems and measures of the chapter that tells them, by topic, each with its sentence."""
        title = self._t("报告说了哪些问题和措施？", "Which problems and measures does it tell of?")
        told = told_topics(self.part.sections)
        if told.empty:
            return Section(
                title,
                [
                    self._t(
                        "该章没有说到已知的事项，或没有该章。", "No known topic is told, or there is no such chapter."
                    )
                ],
            )
        told = told.assign(name=[get_topic(code).name(self.lang) for code in told["topic"]])
        order = {role: place for place, role in enumerate(_ROLES)}
        grouped = told.groupby(["role", "sentence"], sort=False)["name"].agg(self._t("、", ", ").join).reset_index()
        grouped = grouped.sort_values("role", key=lambda roles: roles.map(order), kind="stable")
        frame = pd.DataFrame(
            {
                self._t("性质", "Told as"): [_ROLES[role][self.lang == "en"] for role in grouped["role"]],
                self._t("事项", "Topics"): list(grouped["name"]),
                self._t("语句", "Sentence"): [Quoted(sentence) for sentence in grouped["sentence"]],
            },
            dtype="object",
        )
        note = self._t(
            "按词语归类，不含评价；一句可归入几项。",
            "Sorted by the words used, without a judgement; a sentence may tell of several topics.",
        )
        caption = self._t("存在的问题与改进措施", "Problems and measures told")
        return Section(title, [note, show(frame, caption, index=False)])
