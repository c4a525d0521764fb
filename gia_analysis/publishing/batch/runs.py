"""The table of runs: which notebook with which parameters makes which page."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from gia_analysis.errors import BatchError, ParameterError
from gia_analysis.publishing.batch.execution import PageFrame, names_place
from gia_analysis.publishing.batch.files import check_name, safe_name
from gia_analysis.publishing.parameters import check_parameters, declared_parameters


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


# JSON is not left to pandas: its reader makes dates of what looks like one.
_READERS = {
    ".csv": lambda path: pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig"),
    ".jsonl": lambda path: pd.DataFrame([json.loads(line) for line in _text(path).split("\n") if line.strip()]),
    ".json": lambda path: pd.DataFrame(json.loads(_text(path))),
    ".parquet": pd.read_parquet,
}
_FALSE, _TRUE = ("false", "0", "no"), ("true", "1", "yes")


@dataclass(frozen=True, slots=True)
class NotebookRun:
    """One run: a notebook, its parameters, and the file name of its page, by which it is known in the batch.

    ``data`` is the hash of what the notebook reads, where that is known; else the files and folders that its parameters
    name are hashed.
    """

    notebook: Path
    parameters: Mapping[str, Any]
    file: str
    frame: PageFrame
    data: str | None = None


def read_runs(path: str | Path) -> list[NotebookRun]:
    """Return the runs of a table (CSV, JSON, JSON lines or Parquet) with the columns ``notebook``, and one a parameter.

    ``file`` (the page's name) and ``title`` are made where they are missing. Notebooks are looked for beside the table.

    Raises:
        BatchError: the file is no such table.
        ParameterError: a notebook does not take the parameters of a line.
        FileNotFoundError: the table or a notebook is not there.
    """
    place = Path(path)
    reader = _READERS.get(place.suffix.lower())
    if reader is None:
        raise BatchError(f"{place.name} is no table of runs: it can be {', '.join(_READERS)}")
    try:
        table = reader(place)
    except (ValueError, UnicodeDecodeError) as error:
        raise BatchError(f"{place.name} cannot be read as a table of runs: {error}") from error
    return runs_of(table, place.parent)


def runs_of(table: pd.DataFrame, folder: str | Path = ".") -> list[NotebookRun]:
    """Return the runs of a frame with the columns ``notebook`` and one a parameter; see ``read_runs``.

    A parameter that is missing in a row keeps the notebook's own value.
    """
    if "notebook" not in table:
        raise BatchError(f"a table of runs needs a column 'notebook'; this one has {', '.join(map(str, table))}")
    return list(_runs(table, Path(folder)))


def _runs(table: pd.DataFrame, folder: Path) -> Iterator[NotebookRun]:
    declared: dict[Path, dict[str, str]] = {}
    for number, row in enumerate(table.to_dict("records"), 1):
        notebook = (folder / str(row.pop("notebook"))).resolve()
        if not notebook.exists():
            raise FileNotFoundError(f"row {number} of the runs: there is no notebook {notebook.name} in {folder}")
        if notebook not in declared:
            declared[notebook] = declared_parameters(notebook)
        file, title = row.pop("file", None), row.pop("title", None)
        plain = {str(name): value.tolist() if hasattr(value, "tolist") else value for name, value in row.items()}
        given = {name: value for name, value in plain.items() if _is_given(value)}
        try:
            parameters = {name: _typed(value, declared[notebook].get(name)) for name, value in given.items()}
            check_parameters(notebook, parameters)
            name = check_name(str(file)) if _is_given(file) else _file_name(notebook, parameters)
        except (ParameterError, ValueError) as error:
            raise ParameterError(f"row {number} of the runs: {error}") from error
        lang = parameters.get("lang", "zh")
        facts = tuple((each, str(value)) for each, value in parameters.items() if not names_place(value))
        frame = PageFrame(str(title) if _is_given(title) else name.removesuffix(".html"), lang, facts=facts)
        yield NotebookRun(notebook, parameters, name, frame)


def _is_given(value: object) -> bool:
    return isinstance(value, list | dict) or (value is not None and value != "" and not bool(pd.isna(value)))


def _typed(value: Any, wanted: str | None) -> Any:
    """Return a value of a table as the type its notebook declares; what does not fit stays, and is refused later."""
    if isinstance(value, str) and wanted == "int":
        return int(value.removesuffix(".0"))  # a column of numbers with gaps is written so
    if isinstance(value, str) and wanted == "float":
        return float(value)
    if isinstance(value, str) and wanted == "bool" and value.lower() in _FALSE + _TRUE:
        return value.lower() in _TRUE
    if isinstance(value, str) and wanted == "list":
        return json.loads(value)
    if isinstance(value, float) and wanted == "int" and value.is_integer():
        return int(value)
    return value


def _file_name(notebook: Path, parameters: Mapping[str, Any]) -> str:
    """Return a name that says what is in it, and ends in a hash so that no two runs share one."""
    told = "-".join(str(value) for value in parameters.values() if not str(value).count("/"))
    short = hashlib.sha256(_canonical(parameters)).hexdigest()[:8]
    return f"{safe_name(f'{notebook.stem}-{told}', 100)}-{short}.html"


def check_runs(runs: Iterable[NotebookRun]) -> list[NotebookRun]:
    """Return the runs if each has a file name of its own that is safe, and parameters its notebook takes.

    Raises:
        BatchError: two runs would write one page.
        ParameterError: a name is not safe, or a notebook does not take a parameter.
    """
    checked, names = list(runs), dict[str, NotebookRun]()
    declared: dict[Path, dict[str, str]] = {}
    for run in checked:
        other = names.setdefault(check_name(run.file).casefold(), run)
        if other is not run:
            raise BatchError(f"two runs would write {run.file}: give each a name of its own")
        if run.notebook not in declared:
            declared[run.notebook] = declared_parameters(run.notebook)
        check_parameters(run.notebook, run.parameters, declared[run.notebook])
    return checked


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class Inputs:
    """The hashes of what a run depends on. Equal ones mean that the page would be the same."""

    notebook: str
    parameters: str
    data: str
    package: str


class Hasher:
    """Hashes what runs depend on, each file once."""

    def __init__(self) -> None:
        self._known: dict[Path, str] = {}
        self._package = package_hash()

    def inputs_of(self, run: NotebookRun) -> Inputs:
        places = [Path(value) for value in run.parameters.values() if isinstance(value, str) and _may_be_path(value)]
        data = run.data or _digest(*(self._hash(place) for place in places if place.exists()))
        parameters = {
            name: value for name, value in run.parameters.items() if run.data is None or not names_place(value)
        }
        return Inputs(
            self._hash(run.notebook), _digest(_canonical([parameters, asdict(run.frame)]).decode()), data, self._package
        )

    def _hash(self, place: Path) -> str:
        if place not in self._known:
            files = sorted(each for each in place.rglob("*") if each.is_file()) if place.is_dir() else [place]
            self._known[place] = _digest(*(part for file in files for part in (file.name, _hash_file(file))))
        return self._known[place]


def _may_be_path(text: str) -> bool:
    return 0 < len(text) < 4096 and "\0" not in text and "\n" not in text


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def package_hash() -> str:
    """Return the hash of this package's files: another version, or a change to it, makes every page anew."""
    package = Path(__file__).resolve().parents[2]
    files = (each for each in package.rglob("*") if each.is_file() and "__pycache__" not in each.parts)
    kept = sorted(each for each in files if each.suffix in (".py", ".toml", ".css", ".html", ".j2", ".csv", ".js"))
    return _digest(*(part for file in kept for part in (file.relative_to(package).as_posix(), _hash_file(file))))
