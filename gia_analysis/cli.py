"""The command ``gia``: a thin layer over functions that a notebook can call too."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from gia_analysis.errors import GiaError
from gia_analysis.export.commands import dictionary, export

_PATHS = click.Path(exists=True, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)
_LANGUAGE = click.Choice(["zh", "en"])
_lang = click.option("--lang", type=_LANGUAGE, default="zh", show_default=True, help="Language of the output.")
_jobs = click.option("--jobs", type=click.IntRange(1), help="Processes side by side; one a processor by default.")
_code = click.option("--code", is_flag=True, help="Show the notebooks' code on the pages.")
_READING = (
    click.option("--text-column", metavar="NAME", help="Column of a crawl that holds the pages; guessed where plain."),
    click.option("--url-column", metavar="NAME", help="Column of a crawl that holds their addresses; guessed."),
    click.option(
        "--seconds", type=click.FloatRange(min=0, min_open=True), default=120, show_default=True,
        help="Time that one document may take.",
    ),
    click.option(
        "--memory-mb", type=click.IntRange(1), default=2000, show_default=True,
        help="Memory that one document may take (on Linux).",
    ),
)  # fmt: skip
_BATCH = (
    _jobs,
    click.option("--cold", is_flag=True, help="Ordinary kernels in place of forked ones; some times slower."),
    click.option("--anew", is_flag=True, help="Run also what has not changed."),
    click.option(
        "--cell-seconds", type=click.FloatRange(min=0, min_open=True), default=300, show_default=True,
        help="Time that one cell may take.",
    ),
    click.option(
        "--run-seconds", type=click.FloatRange(min=0, min_open=True), default=900, show_default=True,
        help="Time that one notebook may take.",
    ),
    click.option(
        "--run-memory-mb", type=click.IntRange(1), default=2000, show_default=True,
        help="Memory that one notebook may take (on Linux).",
    ),
)  # fmt: skip
_MOST_LINES = 20


def _progress(unit: str) -> Any:
    """Return a progress bar for a terminal; in a pipe it stays silent."""

    def show(items: Iterable[Any], total: int) -> Iterable[Any]:
        bar: Iterable[Any] = tqdm(items, total=total, unit=f" {unit}", disable=not sys.stderr.isatty(), leave=False)
        return bar

    return show


def _reading(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of reading."""
    for option in reversed(_READING):
        command = option(command)
    return command


def _batch(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of running notebooks."""
    for option in reversed(_BATCH):
        command = option(command)
    return command


class _Group(click.Group):
    """Turns the errors of this package into one line and exit status 1."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except (GiaError, FileNotFoundError) as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gia-analysis")
def main() -> None:
    """Read government information disclosure annual reports, check them, and publish summaries."""


main.add_command(export)
main.add_command(dictionary)


@main.command()
@click.argument("paths", nargs=-1, required=True, type=_PATHS)
@click.option("--out", required=True, type=_FOLDER, help="Folder for the tidy tables (Parquet).")
@click.option("--aliases", type=_FILE, help="CSV of renamed agencies (agency, same_as, from_year, to_year, source).")
@click.option("--members", type=_FILE, help="CSV of whose figures a government sums up (aggregate, member, …).")
@_reading
@_jobs
def read(paths: tuple[Path, ...], out: Path, aliases: Path | None, members: Path | None, **options: Any) -> None:
    """Read reports into tidy tables: files, folders, archives (ZIP, TAR), crawls (JSONL, CSV, Parquet), web archives (WARC).

    What a file is, its content tells. Each document is a row; one that cannot be read says why. 'gia formats' lists
    what is read.
    """
    _read(paths, out, options, aliases, members)


def _read(
    paths: Iterable[Path], out: Path, options: dict[str, Any], aliases: Path | None = None, members: Path | None = None
) -> None:
    import pandas as pd

    from gia_analysis.aliases import load_aliases
    from gia_analysis.checks import load_members
    from gia_analysis.containers import CrawlColumns
    from gia_analysis.corpus import read_to_folder, summarise
    from gia_analysis.inputs import ReadOptions
    from gia_analysis.workers import Limits

    chosen = ReadOptions(
        CrawlColumns(options["text_column"], options["url_column"]),
        options["jobs"],
        Limits(options["seconds"], options["memory_mb"] * 1_000_000),
    )
    left_out: Counter[str] = Counter()
    counts = read_to_folder(
        paths,
        out,
        options=chosen,
        progress=_progress("documents"),
        left_out=left_out,
        aliases=load_aliases(aliases) if aliases else None,
        members=load_members(members) if members else None,
    )
    known = pd.read_parquet(out / "reports.parquet", columns=["status", "source", "message", "format"])
    _print_unread(known[known["status"] != "ok"], out)
    click.echo(f"{counts.total()} reports: {summarise(counts)} → {out}")
    formats = known["format"].value_counts()
    if len(formats) > 1:
        click.echo("by format: " + ", ".join(f"{count} {name}" for name, count in formats.items()))
    for reason, count in sorted(left_out.items()):
        click.echo(f"no row for {count} {reason}")
    if counts.total() == counts["failed"]:
        raise click.ClickException("nothing could be read")


def _print_unread(rows: Any, out: Path) -> None:
    """Print what was not read in full; of many, one of each kind, the commonest first."""
    if len(rows) > _MOST_LINES:
        kinds = rows["message"].str.replace(r"\d[\d,.]*|'[^']*'", "…", regex=True)
        counts = kinds.value_counts()
        rows = rows.assign(kind=kinds, alike=kinds.map(counts)).drop_duplicates("kind")
        rows = rows.sort_values("alike", ascending=False, kind="stable")
    more = rows.get("alike", [1] * len(rows))
    for row, alike in list(zip(rows.itertuples(), more, strict=True))[:_MOST_LINES]:
        others = f" (and {alike - 1} more like it)" if alike > 1 else ""
        click.echo(f"{row.status}: {row.source}: {row.message}{others}", err=True)
    if "alike" in rows:
        click.echo(f"all of them: column 'message' of {out / 'reports.parquet'}", err=True)


@main.command()
def formats() -> None:
    """List what is read, and whether the parts that some of it needs are installed."""
    from importlib.util import find_spec

    from gia_analysis.documents.office_program import find_program
    from gia_analysis.documents.sniff import FORMATS

    needs = {"office": "needs LibreOffice", "image": "needs OCR"}
    click.echo("Told by content, whatever the name:")
    for each in FORMATS.values():
        if each.module is not None and each.code != "encrypted":
            click.echo(f"  {each.words}{f' ({needs[each.module]})' if each.module in needs else ''}")
    click.echo(
        "and these in archives (ZIP, TAR, also packed with gzip, bzip2, xz, zstd), in crawls (JSONL, JSON, CSV, TSV,"
    )
    click.echo("Parquet: a text, a page or a file's bytes in a column) and in web archives (WARC).")
    office = find_program()
    click.echo(f"LibreOffice: {office or 'not found; install it for RTF, OpenDocument and locked or very old files'}")
    has_ocr = find_spec("rapidocr") and find_spec("onnxruntime")
    missing = "not installed; install it with: python -m pip install 'gia-analysis[ocr]'"
    click.echo(f"OCR for scans: {'installed' if has_ocr else missing}")


@main.command()
@click.argument("folder", type=_FOLDER)
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True)
@click.option("--all", "everything", is_flag=True, help="Also the checks that hold or do not apply.")
@_lang
def check(folder: Path, form: str, everything: bool, lang: str) -> None:
    """Print what the checks found in a corpus. Exit status 0, whatever was found."""
    from gia_analysis.corpus import Corpus

    corpus = Corpus.load(folder)
    found = corpus.checks if everything else corpus.findings
    if form == "csv":
        click.echo(found.to_csv(index=False, lineterminator="\n"), nl=False)
    elif form == "json":
        click.echo(found.to_json(orient="records", force_ascii=False, indent=1))
    else:
        _print_findings(corpus.reports, found, corpus.hints, lang)


def _print_findings(reports: Any, found: Any, hints: Any, lang: Any) -> None:
    from gia_analysis.report_card import describe_finding, describe_hint
    from gia_analysis.schema import KEY
    from gia_analysis.wording import sentence, word

    names = reports.assign(name=reports["agency"].fillna(reports["source"])).set_index(KEY, drop=False)
    for key, rows in found.groupby(KEY, sort=False):
        report = names.loc[key]
        click.echo(f"{report['name']} {report['year']}  ({report['source']})")
        for row in rows.itertuples():
            place = ".".join(part for part in (row.table, row.row, row.col) if isinstance(part, str))
            found_here = describe_finding(row, lang)
            click.echo(f"  {row.severity:4} {row.code} {place}: {sentence(row.sentence, lang)}")
            click.echo(f"       {found_here or word(row.status, lang)}")
        first = hints[(hints["source"] == key[0]) & (hints["report_id"] == key[1]) & (hints["rank"] == 1)]
        for hint in first.itertuples():
            click.echo(f"  hint {hint.table}.{hint.row}.{hint.col}: {describe_hint(hint, lang)}")
    hard = int((found["severity"] == "hard").sum())
    click.echo(f"{len(found)} findings in {found['source'].nunique()} of {len(reports)} reports, {hard} of them hard")


@main.command()
@click.argument("folder", type=_FOLDER)
@click.option("--out", type=_FOLDER, default=Path("reports"), show_default=True, help="Folder for the pages.")
@_lang
@_code
@click.option("--corrections", type=_FILE, help="CSV of misprints: indicators take the right figures, and say so.")
@_batch
def publish(folder: Path, out: Path, lang: str, code: bool, corrections: Path | None, **options: Any) -> None:
    """Run the notebooks over a corpus and write a page for every agency and year, and the index.

    Only what has changed since the last time is made anew. A run that was broken off goes on where it was.
    """
    _publish(folder, out, lang, code, corrections, options)


def _publish(folder: Path, out: Path, lang: Any, code: bool, corrections: Path | None, options: dict[str, Any]) -> None:
    from gia_analysis.publishing import publish as make_pages

    with _interruptible(out):
        table = make_pages(
            folder, out, lang=lang, code=code, corrections=corrections, options=_batch_options(options),
            progress=_progress("pages"),
        )  # fmt: skip
    _tell_runs(table, out)


@main.command()
@click.argument("runs", type=_FILE)
@click.option("--out", type=_FOLDER, default=Path("reports"), show_default=True, help="Folder for the pages.")
@click.option("--keep", type=_FOLDER, help="Folder for the executed notebooks, if they are wanted too.")
@_batch
def batch(runs: Path, out: Path, keep: Path | None, **options: Any) -> None:
    """Run a table of notebooks and write their pages.

    RUNS is CSV, JSON, JSON lines or Parquet with a column 'notebook' (paths are taken from where RUNS lies), and one for
    each parameter; 'file' and 'title' name the pages. Only what has changed since the last time is run again.
    """
    from dataclasses import replace

    from gia_analysis.publishing import read_runs, run_batch

    planned = read_runs(runs)
    with _interruptible(out):
        table = run_batch(planned, out, replace(_batch_options(options), keep=keep), _progress("runs"))
    _tell_runs(table, out)


def _batch_options(options: dict[str, Any]) -> Any:
    from gia_analysis.publishing import BatchOptions, RunLimits

    limits = RunLimits(options["cell_seconds"], options["run_seconds"], options["run_memory_mb"] * 1_000_000)
    return BatchOptions(options["jobs"], options["cold"], options["anew"], limits=limits)


@contextmanager
def _interruptible(out: Path) -> Iterator[None]:
    """Say how to go on when the user breaks off; the exit status is that of an interrupt."""
    try:
        yield
    except KeyboardInterrupt:
        from gia_analysis.publishing import Manifest

        done = len(Manifest.files(out))
        click.echo(f"stopped: {done} pages are in {out}; the same command goes on from there", err=True)
        sys.exit(130)


def _tell_runs(table: Any, out: Path) -> None:
    failed = table[table["status"] != "ok"]
    for row in failed.head(_MOST_LINES).itertuples():
        click.echo(f"failed: {row.title}: {row.message}", err=True)
    if len(failed) > _MOST_LINES:
        click.echo(f"… and {len(failed) - _MOST_LINES} more: column 'message' of {out / 'manifest.json'}", err=True)
    made = int(table["made"].sum())
    click.echo(f"{len(table)} pages: {made} made now, {len(table) - made} as they were, {len(failed)} failed")
    if (out / "index.html").exists():
        click.echo(f"open {out / 'index.html'}")
    if len(failed):
        raise click.ClickException(f"{len(failed)} notebooks failed; their pages say why")


@main.command()
@click.argument("paths", nargs=-1, required=True, type=_PATHS)
@click.option(
    "--corpus", type=_FOLDER, default=Path("data/derived/corpus"), show_default=True, help="Folder for the tidy tables."
)
@click.option("--out", type=_FOLDER, default=Path("reports"), show_default=True, help="Folder for the pages.")
@_reading
@_lang
@_code
@_batch
def run(paths: tuple[Path, ...], corpus: Path, out: Path, lang: str, code: bool, **options: Any) -> None:
    """Read, check and publish in one go."""
    from gia_analysis.corpus import Corpus

    _read(paths, corpus, options)
    read_corpus = Corpus.load(corpus)
    _print_findings(read_corpus.reports, read_corpus.findings, read_corpus.hints, lang)
    _publish(corpus, out, lang, code, None, options)


@main.command()
@click.argument("out", type=_FOLDER)
@click.option("--agencies", type=click.IntRange(1), default=20, show_default=True)
@click.option("--years", default="2019-2023", show_default=True, help="First and last report year, as 2019-2023.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed writes the same bytes.")
def sample(out: Path, agencies: int, years: str, seed: int) -> None:
    """Write simulated reports with known figures: texts to OUT/raw, the truth to OUT/truth.parquet."""
    from gia_analysis.simulation import simulate_corpus

    first, _, last = years.partition("-")
    if not (first.isdigit() and (last or first).isdigit()):
        raise click.BadParameter(f"{years!r} is no span of years such as 2019-2023", param_hint="--years")
    try:
        truth = simulate_corpus(out, agencies=agencies, first_year=int(first), last_year=int(last or first), seed=seed)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--years") from error
    click.echo(
        f"{truth['source'].nunique()} simulated reports → {out / 'raw'}; their figures → {out / 'truth.parquet'}"
    )


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def lab(arguments: tuple[str, ...]) -> None:
    """Open JupyterLab in the folder of the notebooks. ARGUMENTS go to jupyter lab."""
    from importlib.util import find_spec

    from gia_analysis.publishing import notebook_folder

    if find_spec("jupyterlab") is None:
        raise click.ClickException(
            "JupyterLab is not installed; install it with: python -m pip install 'gia-analysis[lab]'"
        )
    import subprocess

    sys.exit(subprocess.call([sys.executable, "-m", "jupyterlab", *arguments], cwd=notebook_folder()))
