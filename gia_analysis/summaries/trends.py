"""Trends over the years: of all agencies together, or of one agency."""

from gia_analysis.corpus import Corpus
from gia_analysis.forms import Language
from gia_analysis.summaries.trends_agency_more import AgencyTrendContinued
from gia_analysis.summaries.trends_all_more import AllTrendsContinued


class TrendSummary(AllTrendsContinued):
    """The parts of the page over all agencies and years, each a ``Section``. Its numbers can be followed."""


class AgencyTrendSummary(AgencyTrendContinued):
    """The parts of the page of one agency over all its years, each a ``Section``. Its numbers can be followed."""


def trend_summary(corpus: Corpus, agency: str = "", lang: Language = "zh") -> TrendSummary | AgencyTrendSummary:
    """Return the page of one agency over its years, or of all agencies where none is named.

    Both have the same parts. Where there is one year only, the first says so, and the others are empty.

    Raises:
        CorpusError: there is no such agency (the message names the nearest), or no readable report with a year.
    """
    return AgencyTrendSummary(corpus, agency, lang) if agency else TrendSummary(corpus, lang)
