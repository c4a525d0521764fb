"""What was run, and what became of it: written as the batch goes, so that the next one knows what is left to do."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Self

import pandas as pd

from gia_analysis.publishing.batch.execution import Outcome, Reason, names_place
from gia_analysis.publishing.batch.files import write_whole
from gia_analysis.publishing.batch.runs import Inputs, NotebookRun

NAME = "manifest.json"
_TABLE, _JOURNAL = "manifest.parquet", "manifest.unfinished.jsonl"
_TYPES = {"cell": "Int64", "seconds": "float64"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the manifest: a page, what it was made from, and what became of its run."""

    file: str
    title: str
    notebook: str
    parameters: dict[str, Any]
    status: str
    reason: Reason | None
    message: str | None
    cell: int | None
    seconds: float
    sha256: str | None
    inputs_notebook: str
    inputs_parameters: str
    inputs_data: str
    inputs_package: str

    @classmethod
    def of(cls, run: NotebookRun, inputs: Inputs, outcome: Outcome) -> Self:
        shown = {name: value for name, value in run.parameters.items() if not names_place(value)}
        return cls(
            file=run.file, title=run.frame.title, notebook=run.notebook.name, parameters=shown,
            status="failed" if outcome.reason else "ok", reason=outcome.reason, message=outcome.message,
            cell=outcome.cell, seconds=round(outcome.seconds, 3), sha256=outcome.sha256, inputs_notebook=inputs.notebook,
            inputs_parameters=inputs.parameters, inputs_data=inputs.data, inputs_package=inputs.package,
        )  # fmt: skip

    @property
    def failed(self) -> bool:
        return self.status != "ok"

    def is_of(self, inputs: Inputs) -> bool:
        """Return whether a run with these inputs would make the same page."""
        mine = (self.inputs_notebook, self.inputs_parameters, self.inputs_data, self.inputs_package)
        return not self.failed and mine == (inputs.notebook, inputs.parameters, inputs.data, inputs.package)


class Manifest:
    """The manifest of a folder of pages: what is known of earlier runs, and a journal of those that end now."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.known: dict[str, Entry] = {}
        for row in (*_rows(folder / NAME), *_lines(folder / _JOURNAL)):
            entry = _entry(row)
            if entry:
                self.known[entry.file] = entry
        self._journal = (folder / _JOURNAL).open("a", encoding="utf-8")

    @staticmethod
    def files(folder: Path) -> list[str]:
        """Return the pages that the manifest in a folder names."""
        return [entry.file for entry in map(_entry, _rows(folder / NAME)) if entry]

    def add(self, entry: Entry) -> None:
        """Note a run that has ended. From here on it is not forgotten, whatever happens to this process."""
        self.known[entry.file] = entry
        self._journal.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")
        self._journal.flush()

    def close(self, order: Iterable[str]) -> pd.DataFrame:
        """Write the manifest whole, in an order of files, forget the journal, and return the table."""
        entries = [self.known[file] for file in order if file in self.known]
        table = to_frame(entries)
        text = json.dumps([asdict(entry) for entry in entries], ensure_ascii=False, indent=1) + "\n"
        write_whole(self._folder / NAME, text.encode())
        stored = table.assign(parameters=[json.dumps(each, ensure_ascii=False) for each in table["parameters"]])
        write_whole(self._folder / _TABLE, stored.to_parquet(index=False))
        self._journal.close()
        (self._folder / _JOURNAL).unlink(missing_ok=True)
        return table


def to_frame(entries: Iterable[Entry]) -> pd.DataFrame:
    """Return a row for each entry; the columns and their types never depend on what is in them."""
    names = [field.name for field in fields(Entry)]
    rows = [[getattr(entry, name) for name in names] for entry in entries]
    frame = pd.DataFrame(rows, columns=names, dtype="object")
    texts = {name: "str" for name in names if name not in _TYPES and name != "parameters"}
    return frame.astype({**texts, **_TYPES})


def _rows(path: Path) -> list[Any]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return told if isinstance(told, list) else []


def _lines(path: Path) -> list[Any]:
    """Return the lines of a journal; the last may have been cut off with its writer."""
    rows = []
    try:
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            rows.append(json.loads(line))
    except (OSError, ValueError):
        pass
    return rows


def _entry(row: object) -> Entry | None:
    """Return an entry of an earlier run; one that another version wrote in another way is none."""
    try:
        return Entry(**row) if isinstance(row, Mapping) else None
    except TypeError:
        return None
