"""Stored notebooks: run afresh and written so that the same outputs are the same bytes on every machine."""

import re
import sys
from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from gia_analysis.publishing.batch.kernels import OwnKernelManager

__all__ = ["main", "normalise", "refresh", "stale"]

_CELL_SECONDS = 300
_KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
_LANGUAGE = {"language_info": {"name": "python"}}
_SHOWS = ("execute_result", "display_data")
_RAN_ON = re.compile(r"<[\w.]+ (?:object )?at 0x[0-9a-fA-F]+>")


def normalise(notebook: NotebookNode) -> str:
    """Return the text of a notebook as it is stored: what depends on when, where and by whom it was run is left out.

    Cells are named by their place, executions count from one, of the metadata only the tags of cells stay. To normalise
    again changes nothing.

    Raises:
        ValueError: an output shows the address of an object in memory, which no two runs have in common.
    """
    cells = []
    ran = 0
    for place, cell in enumerate(notebook.cells):
        tags = cell.metadata.get("tags")
        kept = {
            "cell_type": cell.cell_type, "id": f"cell-{place:02d}", "metadata": {"tags": tags} if tags else {},
            "source": cell.source,
        }  # fmt: skip
        if cell.cell_type == "code":
            ran += 1
            kept |= {"execution_count": ran, "outputs": [_output(each, ran) for each in cell.outputs]}
        cells.append(kept)
    stored = {"nbformat": 4, "nbformat_minor": 5, "metadata": {**_KERNEL, **_LANGUAGE}, "cells": cells}
    text = _written(stored)
    if address := _RAN_ON.search(text):
        raise ValueError(f"an output shows an address in memory, which differs in every run: {address.group()}")
    return text


def _written(notebook: Mapping[str, object]) -> str:
    node = nbformat.from_dict(notebook)  # type: ignore[no-untyped-call]
    text = nbformat.writes(node, version=4, indent=1, ensure_ascii=False, sort_keys=True)  # type: ignore[no-untyped-call]
    return f"{text}\n"


def _parsed(text: str) -> NotebookNode:
    notebook: NotebookNode = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def _output(output: NotebookNode, count: int) -> NotebookNode:
    kept = deepcopy(output)
    if kept.output_type in _SHOWS:
        kept.metadata = {}
    if kept.output_type == "execute_result":
        kept.execution_count = count
    if kept.output_type == "error":
        kept.traceback = []
    return kept


def refresh(notebooks: Sequence[Path]) -> list[Path]:
    """Run notebooks with this interpreter, each in its own folder, and store their outputs; return those that changed.

    Raises:
        CellExecutionError: a cell fails. That notebook, and those after it, stay as they were.
    """
    changed = []
    for path in notebooks:
        fresh = normalise(_run(path)).encode("utf-8")
        if fresh != path.read_bytes():
            partial = path.with_name(f".{path.name}.partial")
            partial.write_bytes(fresh)
            partial.replace(path)
            changed.append(path)
    return changed


def stale(notebook: Path) -> list[str]:
    """Return, in words, the cells whose stored outputs are not those of a fresh run; nothing where all are.

    Raises:
        CellExecutionError: a cell fails.
    """
    before = _parsed(normalise(_read(notebook)))
    after = _parsed(normalise(_run(notebook)))
    found = []
    for old, new in zip(before.cells, after.cells, strict=True):
        if old.cell_type == "code" and old.outputs != new.outputs:
            first = old.source.strip().partition("\n")[0]
            found.append(f"{notebook.name}, {old.id} ({first}): the stored outputs are not those of a fresh run")
    return found


def _read(path: Path) -> NotebookNode:
    return _parsed(path.read_text(encoding="utf-8"))


def _run(path: Path) -> NotebookNode:
    notebook = _read(path)
    client = NotebookClient(
        notebook, timeout=_CELL_SECONDS, record_timing=False, kernel_manager_class=OwnKernelManager,
        shutdown_kernel="immediate", resources={"metadata": {"path": str(path.resolve().parent)}},
    )  # fmt: skip
    executed: NotebookNode = client.execute()
    return executed


def main(arguments: Sequence[str]) -> None:
    """Refresh the notebooks named, and say on the standard output which of them changed."""
    paths = [Path(each) for each in arguments]
    for path in refresh(paths):
        sys.stdout.write(f"changed: {path.name}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
