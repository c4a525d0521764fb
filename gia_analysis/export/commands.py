"""The commands ``gia export`` and ``gia dictionary``."""

from pathlib import Path

import click

from gia_analysis.corpus import Corpus
from gia_analysis.export.dictionary_pages import write_dictionary
from gia_analysis.export.registry import FORMATS, export_corpus
from gia_analysis.schema import TABLES

_FORMATS = "; ".join(f"{each.code}: {each.words}" for each in FORMATS.values())


@click.command()
@click.argument("corpus", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(list(FORMATS)), required=True, help=_FORMATS + ".")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The folder or file to write.")
@click.option(
    "--table", "tables", type=click.Choice(list(TABLES)), multiple=True, help="Only this table; may be given again."
)
def export(corpus: Path, form: str, out: Path, tables: tuple[str, ...]) -> None:
    """Write a corpus in another format, with its data dictionary and the line to cite it by."""
    citation = export_corpus(Corpus.load(corpus), out, form, tables=tables)
    click.echo(f"{', '.join(tables or TABLES)} → {out}")
    click.echo(citation.text("zh"))
    click.echo(citation.text("en"))


@click.command()
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for the pages.")
def dictionary(out: Path) -> None:
    """Write the data dictionary as Markdown, in English and Chinese: tables, values, forms, checks, indicators."""
    for path in write_dictionary(out):
        click.echo(path)
