"""Printed reports as the bytes of a file, with what a perfect reader finds in them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from gia_analysis.forms import Form
from gia_analysis.simulation.figures import BlankStyle, leave_blank, print_figures
from gia_analysis.simulation.grid import CellKey
from gia_analysis.simulation.printing import Layouts, print_report

Encoding = Literal["utf-8", "utf-8-sig", "gb18030", "utf-16", "big5hkscs"]

_AGENCY = "模拟省云江市模拟区财政局"


@dataclass(frozen=True, slots=True)
class Sample:
    """A file and the truth about it: the figure of each cell, None where the cell is blank."""

    data: bytes
    truth: Mapping[CellKey, float | None]


def print_sample(
    form: Form,
    figures: Mapping[CellKey, float],
    *,
    blank_style: BlankStyle = "zeros",
    layout: Layouts = "C",
    quirks: Collection[str] = (),
    encoding: Encoding = "utf-8",
    seed: int = 0,
    year: int = 2020,
    agency: str = _AGENCY,
    **options: Any,
) -> Sample:
    """Return a report as a file in an encoding, with its truth.

    Args:
        form: the form that is printed.
        figures: what there is to report; zeros may be left blank, as ``blank_style`` says.
        blank_style: how the agency leaves cells blank.
        layout: how tables are flattened.
        quirks: names of the oddities to print with.
        encoding: the encoding of the file; ``big5hkscs`` has traditional characters only.
        seed: the source of what quirks leave to chance.
        year: the report year.
        agency: the body that reports.
        options: what else ``print_report`` takes.

    Raises:
        FormError: as ``print_report``.
        UnicodeEncodeError: the text has characters that the encoding does not have.
        ValueError: there is no such layout or quirk, or a quirk does not occur in the layout.
    """
    text = print_report(
        form,
        print_figures(figures, blank_style),
        agency=agency,
        year=year,
        layout=layout,
        quirks=quirks,
        seed=seed,
        **options,
    )
    return Sample(text.encode(encoding), leave_blank(figures, blank_style))
