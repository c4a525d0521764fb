"""Small multiples: the same few bars for each of several groups, side by side or one under the other, on one scale."""

from collections.abc import Mapping, Sequence

import pandas as pd

from gia_analysis.charts.canvas import SMALL, SMALL_LINE, WIDTH, Canvas, canvas, fit, width_of, wrap
from gia_analysis.charts.chart import ACCENT, GRID, INK, MUTED, Chart
from gia_analysis.display import format_number
from gia_analysis.forms import Language

_TOP, _HEAD, _LINE, _BETWEEN = 26.0, 18.0, 16.0, 12.0
_MOST_COLUMNS = 3
_FULL = 5.0  # the least amount that fills a panel: a bar of one should not look like much
_LABELS_WIDEST, _FIGURE = 150.0, 30.0

_ZERO = {"zh": "印为零：{}", "en": "Printed as zero: {}"}
_BLANK = {"zh": "空白：{}", "en": "Blank: {}"}
_AND = {"zh": "、", "en": ", "}
_COLON = {"zh": "：", "en": ": "}


def multiples_chart(
    title: str, amounts: pd.DataFrame, language: Language = "zh", *, colours: Mapping[str, str] | None = None
) -> Chart:
    """Draw a panel for each column, with a bar for each row; all panels have one scale and the same rows.

    A column that holds nothing but zeros, or nothing but blanks, has no panel and is listed below as such. A blank is a
    dash without a bar.

    Args:
        title: what is shown.
        amounts: indexed by what people read beside the bars; columns named by what stands above the panels.
        language: of labels and text alternative.
        colours: of bars, by row.
    """
    shown = [name for name in amounts.columns if amounts[name].fillna(0).ne(0).any()]
    notes = _notes({str(name): amounts[name] for name in amounts.columns if name not in shown}, language)
    columns = 2 if len(shown) == 4 else max(1, min(_MOST_COLUMNS, len(shown)))
    rows = -(-len(shown) // columns)
    tall = _HEAD + _LINE * len(amounts)
    beside = min(max((width_of(str(name), SMALL) for name in amounts.index), default=0), _LABELS_WIDEST) + 6
    wide = (WIDTH - beside) / columns
    largest = max(float(amounts.max().max()), _FULL) if len(shown) else _FULL
    with canvas(_TOP + rows * (tall + _BETWEEN) + SMALL_LINE * len(notes)) as sheet:
        sheet.title(title)
        for number, name in enumerate(shown):
            row, column = divmod(number, columns)
            y, x = _TOP + row * (tall + _BETWEEN), beside + column * wide
            sheet.text(x, y + 6, fit(str(name), wide - 8))
            _bars(sheet, amounts[name], x, y + _HEAD, (wide - 8 - _FIGURE) / largest, colours)
            if column == 0:
                for place, each in enumerate(amounts.index):
                    at = y + _HEAD + _LINE * (place + 0.5)
                    sheet.text(beside - 6, at, fit(str(each), beside - 6, SMALL), "right", size=SMALL)
        sheet.lines(sheet.height - SMALL_LINE * len(notes) + 4, notes)
        return sheet.chart(title, _told({str(name): amounts[name] for name in amounts.columns}, language))


def grouped_chart(
    title: str, groups: Mapping[str, pd.Series], language: Language = "zh", *, colours: Mapping[str, str] | None = None
) -> Chart:
    """Draw the bars of each group under its name, all on one scale; what is printed as zero or blank is listed below.

    Args:
        title: what is shown.
        groups: amounts by name, missing where blank, for each group.
        language: of labels and text alternative.
        colours: of bars, by group.
    """
    drawn = {name: values[values.fillna(0) != 0] for name, values in groups.items()}
    drawn = {name: values for name, values in drawn.items() if len(values)}
    notes = _notes(groups, language)
    labels = [str(each) for values in drawn.values() for each in values.index]
    beside = min(max((width_of(each) for each in labels), default=0), WIDTH * 0.4) + 8
    largest = max([_FULL, *(float(values.max()) for values in drawn.values())])
    height = sum(_HEAD + _LINE * len(values) + _BETWEEN for values in drawn.values())
    with canvas(_TOP + height + SMALL_LINE * len(notes)) as sheet:
        sheet.title(title)
        y = _TOP
        for name, values in drawn.items():
            sheet.text(0, y + 6, fit(name, WIDTH), colour=MUTED)
            scale = (WIDTH - beside - _FIGURE - 20) / largest
            by_row = dict.fromkeys(map(str, values.index), (colours or {}).get(name, ACCENT))
            _bars(sheet, values, beside, y + _HEAD, scale, by_row)
            for place, each in enumerate(values.index):
                sheet.text(beside - 8, y + _HEAD + _LINE * (place + 0.5), fit(str(each), beside - 8), "right")
            y += _HEAD + _LINE * len(values) + _BETWEEN
        sheet.lines(sheet.height - SMALL_LINE * len(notes) + 4, notes)
        return sheet.chart(title, _told(groups, language))


def _bars(
    sheet: Canvas, values: pd.Series, x: float, y: float, scale: float, colours: Mapping[str, str] | None
) -> None:
    sheet.line([(x, y), (x, y + _LINE * len(values))], GRID, width=1)
    for place, (name, value) in enumerate(values.items()):
        middle, wide = y + _LINE * (place + 0.5), 0.0 if pd.isna(value) else float(value) * scale
        if wide:
            sheet.bar(x, middle - 5, wide, 10, (colours or {}).get(str(name), ACCENT))
        colour = MUTED if pd.isna(value) or value == 0 else INK
        sheet.text(x + wide + 4, middle, format_number(value), size=SMALL, colour=colour)


def _notes(groups: Mapping[str, pd.Series], language: Language) -> list[str]:
    """Return what is not drawn: the names of what is printed as zero, and of what is blank; a group by its own name."""
    zero, blank = (
        [part for name, values in groups.items() for part in _named(name, values, chosen, language)]
        for chosen in ("zero", "blank")
    )
    told = [(_ZERO, zero), (_BLANK, blank)]
    return [
        line
        for text, names in told
        if names
        for line in wrap(text[language].format(_AND[language].join(names)), WIDTH, SMALL)
    ]


def _named(group: str, values: pd.Series, chosen: str, language: Language) -> Sequence[str]:
    found = values.index[values.isna() if chosen == "blank" else values.eq(0)]
    if len(found) == len(values):
        return [group] if len(found) else []
    return [str(each) for each in found]


def _told(groups: Mapping[str, pd.Series], language: Language) -> str:
    stop, comma = ("；", "，") if language == "zh" else ("; ", ", ")
    return stop.join(
        f"{name}{_COLON[language]}{comma.join(f'{each} {format_number(value)}' for each, value in values.items())}"
        for name, values in groups.items()
    )
