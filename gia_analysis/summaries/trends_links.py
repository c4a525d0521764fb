"""Links from a page to the pages of its years, as they lie side by side in a published folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from gia_analysis.forms import Language


@dataclass(frozen=True)
class YearLinks:
    """A line that leads to the page of each year."""

    opening: str
    pages: Mapping[int, str]
    separator: str

    def _repr_html_(self) -> str:
        links = self.separator.join(
            f'<a href="{escape(page)}"><time>{year}</time></a>' for year, page in self.pages.items()
        )
        return f"<p>{escape(self.opening)}{links}</p>"

    def __repr__(self) -> str:
        return f"{self.opening}{self.separator.join(f'{year} ({page})' for year, page in self.pages.items())}"


def year_links(opening: str, pages: Mapping[int, str], language: Language) -> YearLinks:
    """Return a line of links to the pages of years, oldest first."""
    return YearLinks(opening, dict(sorted(pages.items())), "、" if language == "zh" else ", ")
