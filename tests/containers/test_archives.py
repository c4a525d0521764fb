"""Archives: every member is a document under its own name, however it was packed; a bomb costs little."""

import bz2
import gzip
import io
import lzma
import time
import zipfile
from collections.abc import Callable

import pyarrow as pa
import pytest

from gia_analysis.containers import limits
from writers.archive import tar_of, zip_bomb, zip_of
from writers.crawl import json_lines

Look = Callable[..., dict[str, bytes | str | None]]

REPORT = "某局2021年政府信息公开工作年度报告\n".encode()


def test_members_come_in_the_order_of_the_archive(found: Look) -> None:
    assert list(found(zip_of({"b/2.html": b"2", "a/1.html": b"1"})).items()) == [
        ("!/b/2.html", b"2"),
        ("!/a/1.html", b"1"),
    ]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_that_are_not_marked_as_utf_8_are_read(found: Look, encoding: str) -> None:
    """As Windows (GBK) and some programs on Linux (UTF-8) write them."""
    assert list(found(zip_of({"年报/某局.txt": REPORT}, names_in=encoding))) == ["!/年报/某局.txt"]


def test_names_that_lead_out_of_the_archive_are_names_like_others(found: Look) -> None:
    assert list(found(zip_of({"../../etc/passwd": REPORT, "/etc/shadow": REPORT}))) == [
        "!/../../etc/passwd",
        "!//etc/shadow",
    ]


def test_names_that_a_terminal_would_obey_are_made_harmless(found: Look) -> None:
    assert list(found(zip_of({"a\x1b[2J\n.txt": REPORT}))) == ["!/a\ufffd[2J\ufffd.txt"]


def test_hidden_members_and_those_of_systems_are_left_out(found: Look) -> None:
    hidden = ("__MACOSX/._a.txt", ".DS_Store", "b/.git/c.txt", "~$年报.docx", "c/Thumbs.db")

    assert list(found(zip_of({**dict.fromkeys(hidden, b"x"), "d.txt": REPORT}))) == ["!/d.txt"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_have_two_names(found: Look) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", b"1")
        archive.writestr("a.txt", b"2")

    assert found(stream.getvalue()) == {"!/a.txt": b"1", "!/a.txt (2)": b"2"}


def test_a_locked_member_says_so_and_the_others_are_read(found: Look) -> None:
    members = found(zip_of({"a.txt": zip_of({"b.txt": REPORT}, locked=True), "c.txt": REPORT}))

    assert "locked with a password" in str(members["!/a.txt!/b.txt"])
    assert members["!/c.txt"] == REPORT


def test_archives_in_archives_are_opened_so_far_and_no_further(found: Look) -> None:
    nested = zip_of({"report.txt": REPORT})
    for depth in range(1, limits.DEEPEST_ARCHIVES):
        nested = zip_of({f"{depth}.zip": nested})

    assert REPORT in found(nested).values()
    assert "unpack it first" in str(list(found(zip_of({"last.zip": nested})).values()))


def test_a_document_made_of_parts_is_no_archive(found: Look) -> None:
    word = zip_of({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>"})

    assert found(word) == {"": None}
    assert found(zip_of({"a.docx": word})) == {"!/a.docx": word}
    assert found(zip_of({"a.ofd": zip_of({"Doc_0/x.xml": b"", "OFD.xml": b""})})).keys() == {"!/a.ofd"}


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_tar_archives_are_read_packed_or_not(found: Look, mode: str) -> None:
    assert found(tar_of({"年报/a.txt": REPORT, ".hidden": b"x", "b.zip": zip_of({"c.txt": b"c"})}, mode)) == {
        "!/年报/a.txt": REPORT,
        "!/b.zip!/c.txt": b"c",
    }


@pytest.mark.parametrize(
    "pack", [gzip.compress, bz2.compress, lzma.compress, lambda data: pa.compress(data, "zstd", asbytes=True)]
)
def test_a_single_packed_file_is_the_file(found: Look, pack: Callable[[bytes], bytes]) -> None:
    assert found(pack(REPORT)) == {"": REPORT}
    assert found(pack(json_lines([{"text": REPORT.decode()}]))) == {"#1": REPORT}


def test_an_archive_cut_off_is_an_error_that_says_so(found: Look) -> None:
    whole = zip_of({"a.txt": REPORT * 100})

    assert "truncated or damaged" in str(found(whole[: len(whole) // 2])[""])


def test_a_tar_archive_cut_off_keeps_the_members_before_the_cut(found: Look) -> None:
    members = {f"{number}.txt": bytes(2_000) + REPORT for number in range(3)}
    found_there = found(tar_of(members, "w")[:4_000])

    assert found_there["!/0.txt"] == members["0.txt"]
    assert any(isinstance(error, str) for error in found_there.values())


def test_a_member_whose_bytes_are_damaged_costs_no_other(found: Look) -> None:
    data = bytearray(zip_of({"a.txt": REPORT * 100, "b.txt": REPORT}))
    data[45:60] = bytes(15)

    members = found(bytes(data))

    assert isinstance(members["!/a.txt"], str)
    assert members["!/b.txt"] == REPORT


def test_a_bomb_is_given_up_once_it_has_unpacked_to_too_much(found: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UNPACKED_FREELY_BYTES", 50_000_000)
    started = time.process_time()

    members = found(zip_bomb(10_000_000, members=30))

    errors = [error for error in members.values() if isinstance(error, str)]
    assert len(errors) == 1
    assert "as a bomb does" in errors[0]
    assert len(members) <= 6
    assert time.process_time() - started < 5


def test_bombs_in_an_archive_share_what_may_be_unpacked(found: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UNPACKED_FREELY_BYTES", 50_000_000)

    members = found(zip_of({f"{number}.zip": zip_bomb(10_000_000, members=3) for number in range(30)}))

    assert "as a bomb does" in str(members)
    assert len(members) <= 6


def test_a_packed_file_that_unpacks_to_too_much_is_given_up(found: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UNPACKED_FREELY_BYTES", 20_000_000)

    assert "as a bomb does" in str(found(gzip.compress(bytes(30_000_000)))[""])


def test_text_that_packs_well_is_no_bomb(found: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UNPACKED_FREELY_BYTES", 1_000_000)
    lines = "".join(
        f"第{number}段：全年召开会议{number % 7}次，收到政府信息公开申请{number}件。\n" for number in range(30_000)
    )

    assert found(zip_of({"a.txt": lines.encode()})) == {"!/a.txt": lines.encode()}


def test_more_members_than_are_read_is_an_error(found: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    from gia_analysis.containers import archives

    monkeypatch.setattr(archives, "MOST_MEMBERS", 3)

    assert "more than 3 members" in str(found(zip_of({f"{number}.txt": b"x" for number in range(5)}))[""])
