"""Small multiples of lines over years: one panel an indicator, all on the same years, each with its intervals and breaks."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Affine2D

from gia_analysis.charts.canvas import SMALL, WIDTH, Canvas, canvas, fit, width_of
from gia_analysis.charts.chart import ACCENT, GRID, GROUND, MUTED, PALE, Chart
from gia_analysis.display import format_number, format_share
from gia_analysis.forms import Language

_COLUMNS = 2
_TOP, _LEGEND, _HEAD, _TALL, _BELOW = 24.0, 18.0, 20.0, 64.0, 34.0
_BESIDE, _AFTER = 36.0, 46.0  # left of a panel for its scale, right of it for its last figure
_MOST_YEARS = 6
_DOT, _INTERVAL, _LINE = 5.6, 3.6, 1.7
_MARKS = {
    "interval": ("95 % 区间", "95 % interval"),
    "break": ("口径改变，前后不可比", "definition changes"),
    "form": ("表式改变，口径不变", "only the form changes"),
    "near": ("近似口径", "approximate"),
}

_Segment = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: what it shows, and its points.

    ``points`` has a row for each year with ``year``, ``value``, ``exact`` and ``breaks`` as long series have them, and may
    have ``low`` and ``high``; at most one row a year. ``shares`` says whether the values are shares, shown in percent.
    """

    name: str
    points: pd.DataFrame
    shares: bool = False


def line_multiples(
    title: str, panels: Sequence[Panel], language: Language = "zh", *, form_changes: Sequence[int] = ()
) -> Chart:
    """Draw one panel of a line for each indicator. The last figure of each stands beside its point.

    A year without a figure is a gap. Where the definition changes, the line is interrupted at a dotted line; where only
    the form changed, a thin line stands. Every panel begins at zero, so that heights can be compared within it.

    Args:
        title: what is shown.
        panels: what each panel shows.
        language: of labels and text alternative.
        form_changes: the first years of forms.
    """
    years = _span(panels)
    drawn = [(panel, _points(panel, years)) for panel in panels]
    marks = _marks([points for _, points in drawn], form_changes)
    rows = -(-len(panels) // _COLUMNS)
    with canvas(_TOP + (_LEGEND if marks else 0) + rows * (_HEAD + _TALL + _BELOW)) as sheet:
        sheet.title(title)
        _explain(sheet, marks, language)
        for number, (panel, points) in enumerate(drawn):
            row, column = divmod(number, _COLUMNS)
            y = _TOP + (_LEGEND if marks else 0) + row * (_HEAD + _TALL + _BELOW)
            _Drawn(sheet, column * WIDTH / _COLUMNS, y, panel, points).draw(form_changes)
        stop = "；" if language == "zh" else "; "
        return sheet.chart(title, stop.join(_told(panel, points, language) for panel, points in drawn))


def _span(panels: Sequence[Panel]) -> list[int]:
    years = [int(year) for panel in panels for year in panel.points["year"]]
    return list(range(min(years), max(years) + 1)) if years else []


def _points(panel: Panel, years: Sequence[int]) -> pd.DataFrame:
    """Return a row for every year, values as drawn."""
    scale = 100 if panel.shares else 1
    found = panel.points.set_index(panel.points["year"].astype("int64")).reindex(years)
    nothing = pd.Series(float("nan"), index=found.index)
    return pd.DataFrame(
        {
            **{name: found.get(name, nothing).astype("float64") * scale for name in ("value", "low", "high")},
            "exact": found["exact"].astype("boolean").fillna(True).astype(bool),
            "breaks": found["breaks"].astype("boolean").fillna(False).astype(bool),
        }
    )


def _form_changes(points: pd.DataFrame, form_changes: Sequence[int]) -> list[int]:
    """Return the years in which the form changed within the line, and the definition did not."""
    known = points.index[points["value"].notna()]
    broken = set(points.index[points["breaks"]])
    return [year for year in form_changes if len(known) and known[0] < year <= known[-1] and year not in broken]


class _Drawn:
    """A panel on a sheet, by its upper left corner."""

    def __init__(self, sheet: Canvas, x: float, y: float, panel: Panel, points: pd.DataFrame) -> None:
        self.sheet, self.panel, self.points = sheet, panel, points
        self.left, self.top = x + _BESIDE, y + _HEAD
        self.wide = WIDTH / _COLUMNS - _BESIDE - _AFTER
        self.ticks = _ticks(points, shares=panel.shares)

    def _x(self, year: float) -> float:
        first, last = self.points.index[0], self.points.index[-1]
        return float(self.left + self.wide * (year - first + 0.5) / (last - first + 1))

    def _y(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return float(self.top + _TALL * (1 - (value - low) / (high - low)))

    def draw(self, form_changes: Sequence[int]) -> None:
        self.sheet.text(
            self.left, self.top - 13, fit(self.panel.name, self.wide + _AFTER - 8, SMALL + 0.5), size=SMALL + 0.5
        )
        self._scale()
        bottom = self.top + _TALL
        for year in _form_changes(self.points, form_changes):
            _strokes(self.sheet, [[(self._x(year - 0.5), self.top), (self._x(year - 0.5), bottom)]], PALE, 0.8)
        for year in self.points.index[self.points["breaks"]]:
            _strokes(
                self.sheet, [[(self._x(year - 0.5), self.top), (self._x(year - 0.5), bottom)]], MUTED, 1.2, dotted=True
            )
        self._figures()

    def _scale(self) -> None:
        lines = [[(self.left, self._y(tick)), (self.left + self.wide, self._y(tick))] for tick in self.ticks]
        _strokes(self.sheet, lines, GRID, 0.6)
        for tick in self.ticks:
            text = f"{format_number(tick)}{' %' if self.panel.shares else ''}"
            self.sheet.text(self.left - 5, self._y(tick), text, "right", size=SMALL, colour=MUTED)
        years = list(self.points.index)
        for year in years[:: -(-len(years) // _MOST_YEARS)]:
            self.sheet.text(self._x(year), self.top + _TALL + 10, str(year), "center", size=SMALL, colour=MUTED)

    def _figures(self) -> None:
        known = self.points[self.points["value"].notna()]
        held = known[known["low"].notna()]
        ends = [
            [(self._x(y), self._y(low)), (self._x(y), self._y(high))]
            for y, low, high in held[["low", "high"]].itertuples()
        ]
        _strokes(self.sheet, ends, PALE, _INTERVAL)
        _strokes(self.sheet, self._pieces(), ACCENT, _LINE)
        _strokes(self.sheet, self._dots(known), ACCENT, _DOT, round_ends=True)
        _strokes(self.sheet, self._dots(known[~known["exact"]]), GROUND, _DOT - 2.4, round_ends=True)
        if len(known):
            value = float(known["value"].iloc[-1])
            text = format_share(value / 100) if self.panel.shares else format_number(round(value, 1))
            self.sheet.text(self._x(known.index[-1]) + 6, self._y(value) - 4, text, size=SMALL)

    def _dots(self, rows: pd.DataFrame) -> list[_Segment]:
        """Return the points as strokes of no length: with round ends they are dots."""
        places = [(self._x(year), self._y(value)) for year, value in rows["value"].items()]
        return [[(x, y), (x + 0.01, y)] for x, y in places]

    def _pieces(self) -> list[_Segment]:
        """Return the line in the pieces that gaps and breaks leave."""
        pieces: list[list[tuple[float, float]]] = []
        open_piece = False
        for year, value, breaks in self.points[["value", "breaks"]].itertuples():
            if pd.isna(value):
                open_piece = False
                continue
            if not open_piece or breaks:
                pieces.append([])
            pieces[-1].append((self._x(year), self._y(value)))
            open_piece = True
        return [piece for piece in pieces if len(piece) > 1]


def _strokes(
    sheet: Canvas,
    segments: Sequence[_Segment],
    colour: str,
    width: float,
    *,
    dotted: bool = False,
    round_ends: bool = False,
) -> None:
    """Draw lines of one look as one path."""
    if not segments:
        return
    codes = [code for each in segments for code in (Path.MOVETO, *[Path.LINETO] * (len(each) - 1))]
    path = Path([point for each in segments for point in each], codes)
    sheet.figure.add_artist(
        PathPatch(
            path, fill=False, edgecolor=colour, linewidth=width, capstyle="round" if round_ends else "butt",
            linestyle=(0, (1, 2)) if dotted else "solid", transform=Affine2D().scale(1, -1).translate(0, sheet.height),
        )
    )  # fmt: skip


def _ticks(points: pd.DataFrame, *, shares: bool) -> list[float]:
    """Return the marks of the scale, from zero (or below the least) to above the largest figure."""
    held = points[["value", "low", "high"]]
    top = float(held.max(axis=None)) if held.notna().any(axis=None) else 0.0
    low = min(0.0, float(points["value"].fillna(0).min()))
    top = max(top, low + 1) if not shares else max(top, 1.0)
    found = MaxNLocator(3, steps=[1, 2, 2.5, 5, 10], integer=not shares).tick_values(low, top)
    marks = [float(tick) for tick in found]
    return [tick for tick in marks if not shares or 0 <= tick <= 100] or [0.0, 1.0]


def _marks(drawn: Sequence[pd.DataFrame], form_changes: Sequence[int]) -> list[str]:
    """Return which marks occur."""
    there = {
        "interval": any(points["low"].notna().any() for points in drawn),
        "break": any(points["breaks"].any() for points in drawn),
        "form": any(_form_changes(points, form_changes) for points in drawn),
        "near": any((~points["exact"] & points["value"].notna()).any() for points in drawn),
    }
    return [mark for mark, occurs in there.items() if occurs]


def _explain(sheet: Canvas, marks: Sequence[str], language: Language) -> None:
    """Write below the title what the marks mean."""
    x, y = 0.0, _TOP + 4
    for mark in marks:
        if mark == "near":
            sheet.dot(x + 7, y, GROUND, radius=2.4, edge=ACCENT)
        elif mark == "interval":
            _strokes(sheet, [[(x, y), (x + 14, y)]], PALE, _INTERVAL)
        else:
            colour, width = (MUTED, 1.2) if mark == "break" else (PALE, 0.8)
            _strokes(sheet, [[(x + 7, y - 6), (x + 7, y + 6)]], colour, width, dotted=mark == "break")
        text = _MARKS[mark][language == "en"]
        sheet.text(x + 19, y, text, size=SMALL, colour=MUTED)
        x += 19 + width_of(text, SMALL) + 14


def _told(panel: Panel, points: pd.DataFrame, language: Language) -> str:
    """Return a panel in words: every year with its figure, ≈ before one that is only near, | where the line breaks."""
    words = []
    for year, row in points.iterrows():
        scaled = row[["value", "low", "high"]].astype("float64") / 100
        figure = format_share(*scaled) if panel.shares else format_number(row["value"])
        words.append(f"{'| ' if row['breaks'] else ''}{year} {'' if row['exact'] else '≈'}{figure}")
    return f"{panel.name}: {('，' if language == 'zh' else ', ').join(words)}"
