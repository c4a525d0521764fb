"""The command ``gia``: a thin layer over functions that a notebook can call too."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from gia_analysis.errors import GiaError

_PATHS = click.Path(exists=True, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)
_LANGUAGE = click.Choice(["zh", "en"])
_lang = click.option("--lang", type=_LANGUAGE, default="zh", show_default=True, help="Language of the output.")
_jobs = click.option("--jobs", type=click.IntRange(1), help="Notebooks run side by side; one a processor by default.")
_code = click.option("--code", is_flag=True, help="Show the notebooks' code on the pages.")


def _progress(unit: str) -> Any:
    """Return a progress bar for a terminal; in a pipe it stays silent."""

    def show(items: Iterable[Any], total: int) -> Iterable[Any]:
        bar: Iterable[Any] = tqdm(items, total=total, unit=f" {unit}", disable=not sys.stderr.isatty(), leave=False)
        return bar

    return show


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


@main.command()
@click.argument("paths", nargs=-1, required=True, type=_PATHS)
@click.option("--out", required=True, type=_FOLDER, help="Folder for the tidy tables (Parquet).")
def read(paths: tuple[Path, ...], out: Path) -> None:
    """Read report files and folders into tidy tables. A file that cannot be read becomes a row that says why."""
    _read(paths, out)


def _read(paths: Iterable[Path], out: Path) -> None:
    import pandas as pd

    from gia_analysis.corpus import read_to_folder, summarise

    counts = read_to_folder(paths, out, progress=_progress("files"))
    known = pd.read_parquet(out / "reports.parquet", columns=["status", "source", "message"])
    for row in known[known["status"] != "ok"].itertuples():
        click.echo(f"{row.status}: {row.source}: {row.message}", err=True)
    click.echo(f"{counts.total()} reports: {summarise(counts)} → {out}")
    if counts.total() == counts["failed"]:
        raise click.ClickException("nothing could be read")


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
        _print_findings(corpus.reports, found, lang)


def _print_findings(reports: Any, found: Any, lang: Any) -> None:
    from gia_analysis.report_card import describe_finding
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
    hard = int((found["severity"] == "hard").sum())
    click.echo(f"{len(found)} findings in {found['source'].nunique()} of {len(reports)} reports, {hard} of them hard")


@main.command()
@click.argument("folder", type=_FOLDER)
@click.option("--out", type=_FOLDER, default=Path("reports"), show_default=True, help="Folder for the pages.")
@_lang
@_jobs
@_code
def publish(folder: Path, out: Path, lang: str, jobs: int | None, code: bool) -> None:
    """Run the notebooks over a corpus and write a page for every agency and year, and the index."""
    _publish(folder, out, lang, jobs, code)


def _publish(folder: Path, out: Path, lang: Any, jobs: int | None, code: bool) -> None:
    from gia_analysis.publishing import publish as make_pages

    results = make_pages(folder, out, lang=lang, jobs=jobs, code=code, progress=_progress("pages"))
    failed = [result for result in results if result.failed]
    for result in failed:
        click.echo(f"failed: {result.job.title}: {result.message}", err=True)
    click.echo(f"{len(results) - len(failed)} pages made, {len(failed)} failed")
    click.echo(f"open {out / 'index.html'}")
    if failed:
        raise click.ClickException(f"{len(failed)} notebooks failed; their pages say why")


@main.command()
@click.argument("paths", nargs=-1, required=True, type=_PATHS)
@click.option(
    "--corpus", type=_FOLDER, default=Path("data/derived/corpus"), show_default=True, help="Folder for the tidy tables."
)
@click.option("--out", type=_FOLDER, default=Path("reports"), show_default=True, help="Folder for the pages.")
@_lang
@_jobs
@_code
def run(paths: tuple[Path, ...], corpus: Path, out: Path, lang: str, jobs: int | None, code: bool) -> None:
    """Read, check and publish in one go."""
    from gia_analysis.corpus import Corpus

    _read(paths, corpus)
    read_corpus = Corpus.load(corpus)
    _print_findings(read_corpus.reports, read_corpus.findings, lang)
    _publish(corpus, out, lang, jobs, code)


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
