"""Crawls: every record is a document, whatever it holds; the columns are those named, or those that are plain."""

import json
from collections.abc import Callable

import pytest

from gia_analysis.containers import CrawlColumns, json_records
from writers.crawl import csv_of, json_array, json_lines, parquet

Look = Callable[..., dict[str, bytes | str | None]]
Urls = Callable[..., list[str | None]]

TEXTS = [
    f"某局{year}年政府信息公开工作年度报告\n一、总体情况\n" + "依法公开，“应公开尽公开”。" * 20 for year in (2020, 2021)
]
RECORDS = [
    {"id": str(number), "url": f"http://example.gov.cn/{number}", "text": text} for number, text in enumerate(TEXTS)
]
EXPECTED = {f"#{number}": text.encode() for number, text in enumerate(TEXTS, start=1)}

WAYS = {
    "a record a line": json_lines,
    "an array": json_array,
    "an array over many lines": lambda records: json_array(records, indent=2),
    "objects over many lines": lambda records: "\n".join(json.dumps(each, indent=1) for each in records).encode(),
    "JSON with a byte order mark": lambda records: b"\xef\xbb\xbf" + json_lines(records),
    "CSV": csv_of,
    "CSV in GBK": lambda records: csv_of(records, encoding="gb18030"),
    "CSV with a byte order mark": lambda records: csv_of(records, encoding="utf-8-sig"),
    "TSV in UTF-16, as Excel writes it": lambda records: csv_of(records, delimiter="\t", encoding="utf-16"),
    "CSV with semicolons": lambda records: csv_of(records, delimiter=";"),
    "Parquet": parquet,
}


@pytest.mark.parametrize("way", WAYS)
def test_each_record_is_a_document_with_its_address(found: Look, urls: Urls, way: str) -> None:
    data = WAYS[way](RECORDS)

    assert found(data) == EXPECTED
    assert urls(data) == [record["url"] for record in RECORDS]


@pytest.mark.parametrize(
    ("column", "others"),
    [
        ("正文", {"标题": "年度报告", "网址": "http://a"}),
        ("raw_content", {"text": "摘要", "链接": "http://a"}),
        ("Content", {"id": "1"}),
        ("page_source_of_it", {"id": "1", "kind": "page"}),
    ],
)
def test_the_column_of_the_text_is_guessed_where_it_is_plain(found: Look, column: str, others: dict[str, str]) -> None:
    assert found(json_lines([{**others, column: text} for text in TEXTS])) == EXPECTED


def test_of_text_and_page_the_page_is_read_which_keeps_the_tables(found: Look) -> None:
    page = f"<html><body><p>{TEXTS[0]}</p></body></html>"

    assert found(json_lines([{"text": TEXTS[0] * 3, "html": page}])) == {"#1": page.encode()}


def test_a_column_of_addresses_is_known_by_what_it_holds(urls: Urls) -> None:
    assert urls(json_lines([{"where": "https://a", "text": TEXTS[0]}])) == ["https://a"]


def test_columns_named_are_taken(found: Look, urls: Urls) -> None:
    records = json_lines([{"a": TEXTS[0], "b": TEXTS[1], "text": TEXTS[0], "url": "http://a", "from": "here"}])
    chosen = CrawlColumns("b", "from")

    assert found(records, columns=chosen) == {"#1": TEXTS[1].encode()}
    assert urls(records, chosen) == ["here"]


@pytest.mark.parametrize("way", [json_lines, csv_of, parquet])
def test_a_column_that_is_not_there_is_told_with_the_nearest(found: Look, way: Callable[..., bytes]) -> None:
    assert found(way(RECORDS), columns=CrawlColumns("txt")) == {"": "there is no column 'txt': did you mean 'text'?"}


@pytest.mark.parametrize("way", [json_lines, csv_of, parquet])
def test_columns_that_are_not_plain_are_listed(found: Look, way: Callable[..., bytes]) -> None:
    message = found(way([{"a": text, "b": text[::-1]} for text in TEXTS]))[""]

    assert "there are 'a', 'b'" in str(message)
    assert "--text-column" in str(message)


def test_records_without_text_keep_their_place(found: Look) -> None:
    lines = json_lines(
        [RECORDS[0], {"url": "http://b", "text": None}, {"text": " "}, {"text": 5}, {"id": 1}, RECORDS[1]]
    )
    records = found(lines)

    assert list(records) == ["#1", "#2", "#3", "#4", "#5", "#6"]
    assert [number for number, value in records.items() if isinstance(value, bytes)] == ["#1", "#6"]
    assert records["#4"] == "the record has no text in 'text' but 5"


def test_a_line_that_is_no_json_costs_no_other(found: Look) -> None:
    lines = json_lines(RECORDS).split(b"\n")
    records = found(b"\n".join([lines[0], b'{"text": "cut', b"[1, 2]", b"", b'{"a":' * 100_000, lines[1]]))

    assert [records["#1"], records["#5"]] == list(EXPECTED.values())
    assert "no JSON" in str(records["#2"])
    assert "no JSON object" in str(records["#3"])
    assert "cannot be read" in str(records["#4"])


def test_a_line_longer_than_any_record_costs_no_other(found: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_records, "LARGEST_RECORD_BYTES", 10_000)
    records = found(json_lines([RECORDS[0], {"text": "长" * 100_000}, RECORDS[1]]))

    assert [records["#1"], records["#3"]] == list(EXPECTED.values())
    assert "longer than" in str(records["#2"])


def test_an_array_that_breaks_off_keeps_the_records_before(found: Look) -> None:
    records = found(json_array(RECORDS)[:-50])

    assert records["#1"] == TEXTS[0].encode()
    assert "what follows was not read" in str(records["#2"])


def test_an_array_with_a_large_record_among_small_ones_is_read(found: Look) -> None:
    long = "依法公开" * 100_000

    assert found(json_array([*RECORDS, {"text": long}, *RECORDS]))["#3"] == long.encode()


def test_half_characters_and_bad_bytes_come_to_the_reader_as_bad_bytes(found: Look) -> None:
    """It counts them, so that a figure beside one is not taken for certain."""
    records = found(b'{"text": "' + TEXTS[0][:10].encode() + b'\\ud83d"}\n{"text": "\xff\xfe' + b'x"}\n')

    assert records["#1"] == TEXTS[0][:10].encode() + b"\xed\xa0\xbd"
    assert records["#2"] == b"\xff\xfex"


def test_a_csv_record_with_too_many_fields_is_not_cut_at_its_comma(found: Look) -> None:
    data = csv_of(RECORDS) + b"9,http://c,one,two\n"

    assert "4 fields and the header 3" in str(found(data)["#3"])


def test_a_csv_cut_off_in_a_text_does_not_pass_the_text_for_whole(found: Look) -> None:
    records = found(csv_of(RECORDS)[:-40])

    assert records["#1"] == EXPECTED["#1"]
    assert "cut off" in str(records["#2"])


def test_a_lone_quote_in_a_text_is_one(found: Look) -> None:
    assert found(csv_of(RECORDS) + b'3,http://c,5" wide\n')["#3"] == b'5" wide'


def test_a_quote_that_never_ends_is_told(found: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    from gia_analysis.containers import csv_records

    monkeypatch.setattr(csv_records, "LARGEST_RECORD_BYTES", 100_000)
    records = found(csv_of(RECORDS) + b'9,http://c,"' + b"x" * 200_000)

    assert records["#2"] == EXPECTED["#2"]
    assert "what follows was not read" in str(records["#3"])


@pytest.mark.parametrize(
    "text",
    [
        "信息内容,本年制发件数,本年废止件数,现行有效件数\n规章,3,5,74\n行政规范性文件,564,984,4185\n",
        "指标名称\t单位\t数值\n主动公开政府信息数\t条\t120\n（说明：" + "长" * 300 + "\n",
        "{公开} 政府信息公开工作年度报告\n",
        "[索引号] 某局2021年政府信息公开工作年度报告\n",
        "某局2021年政府信息公开工作年度报告, 共三页\n一、总体情况\n" + "依法公开,应公开尽公开。" * 50 + "\n",
        "<table><tr><td>a,b</td></tr></table>\n",
    ],
)
def test_statistics_tables_and_texts_are_no_crawls(found: Look, text: str) -> None:
    assert found(text.encode()) == {"": None}
    assert found(text.encode("gb18030")) == {"": None}


def test_a_table_that_gia_read_wrote_is_no_crawl(found: Look) -> None:
    assert "'gia read' wrote" in str(found(parquet([{"report_id": "1", "source": "a", "text": TEXTS[0]}]))[""])


def test_a_parquet_file_cut_off_says_so(found: Look) -> None:
    assert "truncated or damaged" in str(found(parquet(RECORDS)[:-10])[""])


def test_a_parquet_file_of_bytes_is_read_and_one_without_records_holds_nothing(found: Look) -> None:
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    empty = io.BytesIO()
    pq.write_table(pa.schema([("text", pa.string())]).empty_table(), empty)

    assert found(parquet([{"url": "http://a", "html": text.encode("gb18030")} for text in TEXTS]))["#1"] == TEXTS[
        0
    ].encode("gb18030")
    assert found(empty.getvalue()) == {}
