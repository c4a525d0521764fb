"""The errors of this package: one root, a branch per cause, each also the built-in error a caller would expect."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Self


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the end of a sentence that offers the nearest known names, or lists them all."""
    names = [str(each) for each in known]
    close = get_close_matches(name, names, n=3, cutoff=0.5)
    if close:
        return f"did you mean {' or '.join(repr(each) for each in close)}?"
    listed = ", ".join(repr(each) for each in names[:12]) + (", …" if len(names) > 12 else "")
    return f"known are {listed}" if names else "there is none"


class GiaError(Exception):
    """Anything this package raises on purpose."""


class FormError(GiaError, LookupError):
    """A form, table, row or column that the statutory forms do not have."""

    @classmethod
    def unknown(cls, kind: str, name: str, known: Iterable[str], where: str = "") -> Self:
        return cls(f"unknown {kind} {name!r}{f' in {where}' if where else ''}: {nearest(name, known)}")


class DocumentError(GiaError, ValueError):
    """A file that cannot be turned into text and tables; the message says what it is instead."""


class LimitError(DocumentError):
    """A file that goes over one of the limits of what is read; the message says which."""


class NeedsConversionError(DocumentError):
    """A file that only an office program can open; the message says what to install where there is none."""


class NotAReportError(GiaError, ValueError):
    """A document in which no part of a disclosure report was found."""


class CorpusError(GiaError, ValueError):
    """A folder that should hold a corpus and does not, or frames that break the schema."""


class WorkerError(GiaError, RuntimeError):
    """A process that should read documents and cannot be started on this machine."""


class ParameterError(GiaError, ValueError):
    """A notebook parameter that the notebook does not have, or of another type than it declares."""

    @classmethod
    def unknown(cls, name: str, known: Iterable[str], notebook: str) -> Self:
        return cls(f"{notebook} has no parameter {name!r}: {nearest(name, known)}")


class BatchError(GiaError, RuntimeError):
    """A batch of notebooks that cannot be run at all; one run that fails is a row of its table, no error."""
