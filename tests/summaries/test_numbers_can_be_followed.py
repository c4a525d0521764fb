"""Every number on the pages is found again in the cells, indicators or checks that it names."""

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

import gia_analysis as gia
from gia_analysis.forms import Language, forms
from gia_analysis.simulation import simulate_corpus
from gia_analysis.summaries import AgencySummary, CrossAgencySummary
from summaries.recompute import Recompute

SAMPLES = Path(__file__).parents[2] / "data" / "raw"
AGENCY_PARTS = (
    "headline", "requests", "outcomes", "comparison", "refusals", "findings", "applicants", "proactive", "disputes", "years",
    "topics", "provenance",
)  # fmt: skip
CROSS_PARTS = (
    "headline", "volumes", "rates", "composition", "refusals", "disputes", "funnel", "peers", "quality", "copies", "agencies",
)  # fmt: skip

NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
NOT_OURS = {
    "samp": "printed text, names of agencies, and sentences of the report",
    "code": "codes of checks and forms, paths, hashes, line numbers",
    "time": "dates and years",
    "cite": "sentences of the registry and of the rules",
}
NAMES_OF_LEVELS = re.compile(r"(?:95|99\.8) %|SHA-256")
OFFICIAL_LABELS = {
    name
    for form in forms().values()
    for table in form.tables
    for each in (table, *table.groups, *table.columns, *table.rows)
    for name in (each.zh, each.en)
}

HEADS = ("th", "td", "caption")

Part = html.HtmlElement


def untraced(page: str, year: int) -> list[str]:
    """Return the texts of a page with a numeral outside of what can be followed and of the exceptions declared."""
    found = []
    for element in html.fromstring(page).iter():
        for text, holder in ((element.text, element), (element.tail, element.getparent())):
            if not text or holder is None or any(each.tag in (*NOT_OURS, "data") for each in around(holder)):
                continue
            if holder.tag in HEADS and all(label in OFFICIAL_LABELS for label in text.split(" · ")):
                continue
            left = text.replace(str(year), "") if holder.tag in ("h2", "caption") else text
            if NUMERAL.search(NAMES_OF_LEVELS.sub("", left)):
                found.append(text)
    return found


def around(element: Part) -> list[Part]:
    return [element, *element.iterancestors()]


def traced(page: str) -> Iterator[tuple[Part, dict[str, str]]]:
    """Return the numbers of a page, each with what it, its row, the head of its column and its table tell of it."""
    for element in html.fromstring(page).iter("data"):
        told = {
            name: value
            for each in reversed([element, *told_by(element)])
            for name, value in each.attrib.items()
            if name.startswith("data-")
        }
        yield element, {name.removeprefix("data-"): value for name, value in told.items()}


def told_by(element: Part) -> list[Part]:
    """Return row, head of the column and table of what stands in a table; a card has no heads."""
    row = next(element.iterancestors("tr"), None)
    if row is None:
        return []
    table = next(row.iterancestors("table"))
    cell = next(each for each in element.iterancestors() if each.getparent() is row)
    heads = table.xpath("thead/tr/*")
    return [row, *heads[row.index(cell) :][:1], table]


def wrong(page: str, recompute: Recompute) -> list[str]:
    """Return the traced elements of a page whose cells do not give the number shown, or the value told."""
    found = []
    for element, trace in traced(page):
        text = element.text_content()
        shown = [numeral.replace(",", "") for numeral in NUMERAL.findall(text)]
        if not trace:
            if text != "—":
                found.append(text)
            continue
        numbers = [float(each) for each in recompute.numbers(trace)]
        if not shown:
            if text != "—" or not math.isnan(numbers[0]):
                found.append(f"{text}: {trace} gives {numbers}")
            continue
        expected = [
            f"{abs(number):.{len(numeral.partition('.')[2])}f}" for number, numeral in zip(numbers, shown, strict=False)
        ]
        if shown != expected or not is_value(float(element.get("value")), numbers[0]):
            found.append(f"{text}: {trace} gives {numbers}")
    return found


def is_value(value: float, number: float) -> bool:
    """Return whether a value told is the number shown, a share the percent shown."""
    return any(math.isclose(scale * value, number, rel_tol=1e-9) for scale in (1, 100))


@pytest.fixture(scope="module")
def samples() -> gia.Corpus:
    return gia.read_reports(SAMPLES)


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> gia.Corpus:
    """Twenty agencies on the forms of 2014, 2019 and 2021."""
    folder = tmp_path_factory.mktemp("simulated")
    simulate_corpus(folder, agencies=20, first_year=2018, last_year=2021, seed=5)
    return gia.read_reports(folder / "raw")


def agency_page(corpus: gia.Corpus, agency: str, year: int, lang: Language) -> str:
    summary = AgencySummary(corpus, agency, year, lang)
    return "".join(getattr(summary, part)().html() for part in AGENCY_PARTS)


def cross_page(corpus: gia.Corpus, year: int, lang: Language) -> str:
    summary = CrossAgencySummary(corpus, year, lang)
    return "".join(getattr(summary, part)().html() for part in CROSS_PARTS)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_number_of_the_samples_pages_gives_itself_again(samples: gia.Corpus, lang: Language) -> None:
    recompute = Recompute(samples, 2020)
    agencies = list(samples.reports["agency"])[0 if lang == "zh" else 3 :]
    pages = [agency_page(samples, agency, 2020, lang) for agency in agencies]

    for page in [*pages, cross_page(samples, 2020, lang)]:
        assert untraced(page, 2020) == []
        assert wrong(page, recompute) == []
        assert len(list(traced(page))) > 60


@pytest.mark.parametrize(("year", "lang"), [(2018, "zh"), (2018, "en"), (2021, "zh"), (2021, "en")])
def test_every_number_of_a_simulated_corpus_gives_itself_again(
    simulated: gia.Corpus, year: int, lang: Language
) -> None:
    recompute = Recompute(simulated, year)
    agency = simulated.reports["agency"].iloc[year % 7 * 4]

    for page in (agency_page(simulated, agency, year, lang), cross_page(simulated, year, lang)):
        assert untraced(page, year) == []
        assert wrong(page, recompute) == []


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> gia.Corpus:
    """Sixty agencies of one year, the first two of which sum the bodies below them; three reports are there twice."""
    folder = tmp_path_factory.mktemp("many")
    simulate_corpus(folder, agencies=60, first_year=2021, last_year=2021, seed=7)
    for path in sorted((folder / "raw").iterdir())[20:23]:
        (folder / "raw" / f"z-{path.name}").write_bytes(path.read_bytes() + "\n附件\n".encode())
    frames = gia.read_reports(folder / "raw").frames
    scope = frames.reports["scope"].mask(frames.reports.index < 2, "aggregate")
    return gia.Corpus(replace(frames, reports=frames.reports.assign(scope=scope)))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_number_over_many_agencies_gives_itself_again(many: gia.Corpus, lang: Language) -> None:
    page = cross_page(many, 2021, lang)
    made = [trace.get("how", "") for _, trace in traced(page)]

    assert untraced(page, 2021) == []
    assert wrong(page, Recompute(many, 2021)) == []
    assert [element.text for element, trace in traced(page) if trace.get("among") == "copies"] == ["3"]
    assert {"sum", "rate", "count", "pooled", "funnel low_95", "peers rank", "peers median", "alike"} <= set(made)


def test_a_rank_among_peers_gives_itself_again(many: gia.Corpus) -> None:
    """The departments of prefectures have thirty results and more."""
    busy = many.indicators[(many.indicators["code"] == "results") & (many.indicators["value"] >= 30)]
    reports = many.reports[(many.reports["scope"] == "own") & many.reports["report_id"].isin(busy["report_id"])]
    pages = [agency_page(many, agency, 2021, "zh") for agency in reports["agency"].iloc[:3]]
    made = {trace.get("how", "") for page in pages for _, trace in traced(page)}

    assert [wrong(page, Recompute(many, 2021)) for page in pages] == [[]] * 3
    assert {"peers rank", "peers peers", "rate", "median"} <= made


@pytest.mark.parametrize("place", ["<p>{}</p>", "<table><tr><td>{}</td></tr></table>", "<p><b>某局</b> {}</p>"])
def test_a_number_that_cannot_be_followed_is_found(samples: gia.Corpus, place: str) -> None:
    page = cross_page(samples, 2020, "zh") + place.format("共 123 件")

    assert [text.strip() for text in untraced(page, 2020)] == ["共 123 件"]


def test_a_number_that_is_not_what_its_cells_give_is_found(samples: gia.Corpus) -> None:
    page = AgencySummary(samples, "通济街道办事处", 2020).requests().html()
    changed = page.replace(
        'value="2" data-cells="requests.new_received.total"', 'value="3" data-cells="requests.new_received.total"', 1
    )

    assert changed != page
    assert len(wrong(changed, Recompute(samples, 2020))) == 1
    assert len(wrong(page.replace(">2</data>", ">20</data>", 1), Recompute(samples, 2020))) == 1


def test_every_link_of_a_figure_leads_to_its_cell(samples: gia.Corpus) -> None:
    for agency in samples.reports["agency"]:
        page = html.fromstring(agency_page(samples, agency, 2020, "zh"))
        names = [element.get("id") for element in page.iter() if element.get("id")]

        assert len(names) == len(set(names))
        links = {link.get("href") for link in page.iter("a")}
        assert links
        assert links <= {f"#{name}" for name in names}


def test_a_figure_tells_its_labels_and_what_was_printed(samples: gia.Corpus) -> None:
    """通济街道办事处 prints 6054万元 for procurement."""
    page = html.fromstring(AgencySummary(samples, "通济街道办事处", 2020).proactive().html())
    figure = next(element for element in page.iter("data") if element.text == "6,054")

    assert figure.get("value") == "6054"
    assert figure.get("data-cells") == "art20_9.procurement.procurement_amount"
    assert "印为“6054万元”" in figure.get("title")
