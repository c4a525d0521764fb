"""What only an office program opens is turned into DOCX by LibreOffice, safely and many files in one start."""

import stat
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from lxml import etree

from documents.contents import lines_of
from gia_analysis.corpus import read_reports
from gia_analysis.documents import convert, docx, read_bytes, read_converted
from gia_analysis.documents.office import convert as convert_within
from gia_analysis.documents.office_program import find_program
from gia_analysis.errors import DocumentError, NeedsConversionError
from gia_analysis.reading import interpret
from gia_analysis.schema import Status
from writers.docx import p, tbl, tc, tr, write, write_xml
from writers.office import originals_as, save_as
from writers.papers import cells_of, originals
from writers.parts import pack, unpack, with_parts

RTF = rb"{\rtf1\ansi\ansicpg936 " + "政府信息公开".encode("gbk") + rb"\par}"
FIRST_SECTOR = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
NAME = "{http://openoffice.org/2001/registry}name"
ENCRYPTED_DOCX = FIRST_SECTOR + "EncryptedPackage".encode("utf-16-le") + bytes(512)


@pytest.fixture
def requests() -> Iterator[list[str]]:
    """The requests that reach a server on this machine; its address is the first entry."""
    seen: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def send_nothing(self) -> None:
            seen.append(self.path)
            self.send_error(404)

        do_GET = do_HEAD = do_OPTIONS = send_nothing

        def log_message(self, *words: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    seen.append(f"http://127.0.0.1:{server.server_port}")
    yield seen
    server.shutdown()


def stand_in(folder: Path, script: str) -> str:
    """Return a program that behaves as LibreOffice does when a file brings it down, which no file does for certain."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


def left_behind() -> Sequence[str]:
    return [path.name for path in Path(tempfile.gettempdir()).glob("gia-office-*")]


@pytest.mark.office
@pytest.mark.parametrize("suffix", ["rtf", "odt", "fodt"])
def test_reports_come_back_cell_for_cell(suffix: str) -> None:
    files = originals_as(suffix)

    for (name, data), converted in zip(files.items(), convert(list(files.values())), strict=True):
        assert isinstance(converted, bytes)
        document = read_converted(data, converted, f"{name}.{suffix}")
        (report,) = interpret(document)
        original = originals()[name]
        assert document.format == {"fodt": "office-xml"}.get(suffix, suffix)
        assert cells_of(report) == original.cells
        assert (report.form, report.year, report.agency) == (original.form, original.year, original.agency)


@pytest.mark.office
def test_one_file_is_read_on_the_spot() -> None:
    data = originals_as("rtf")["full_2021"]

    (report,) = interpret(read_bytes(data, "report.doc"))

    assert cells_of(report) == originals()["full_2021"].cells
    assert report.facts.format == "rtf"


@pytest.mark.office
def test_a_batch_reads_them_among_others_and_none_is_lost(tmp_path: Path) -> None:
    names = list(originals())[:3]
    for name in names:
        (tmp_path / f"{name}.rtf.doc").write_bytes(originals_as("rtf")[name])
        (tmp_path / f"{name}.docx").write_bytes(write(originals()[name].paper))
        (tmp_path / f"{name}.odt").write_bytes(originals_as("odt")[name])
    (tmp_path / "cut.rtf").write_bytes(originals_as("rtf")[names[0]][:20_000])
    (tmp_path / "locked.docx").write_bytes(ENCRYPTED_DOCX)

    reports = read_reports([tmp_path]).reports.set_index("source")

    assert len(reports) == 11
    status = {Path(source).name: found for source, found in reports["status"].items()}
    assert [name for name, found in status.items() if found != Status.OK] == ["cut.rtf", "locked.docx"]
    messages = {Path(source).name: found for source, found in reports["message"].items()}
    assert "cannot open it" in messages["cut.rtf"]
    assert "locked with a password" in messages["locked.docx"]
    assert set(reports["format"]) == {"rtf", "docx", "odt", "encrypted"}


@pytest.mark.office
def test_files_that_cannot_be_opened_do_not_take_the_others() -> None:
    whole = originals_as("rtf")["full_2021"]

    first, cut, last = convert([whole, whole[:20_000], RTF])

    assert isinstance(first, bytes)
    assert isinstance(cut, DocumentError)
    assert isinstance(last, bytes)
    assert lines_of(docx.read(last)) == ["政府信息公开"]
    assert not left_behind()


@pytest.mark.office
def test_nothing_in_a_document_is_fetched_or_read_from_the_machine(requests: list[str], tmp_path: Path) -> None:
    """LibreOffice as it is installed asks for the picture of the OpenDocument text."""
    address, secret = requests.pop(), tmp_path / "secret.txt"
    secret.write_text("秘密", encoding="utf-8")
    instructions = (rf'INCLUDEPICTURE "{address}/rtf.png" \\d', rf'INCLUDETEXT "{secret}"')
    rtf = "".join(rf"{{\field{{\*\fldinst {each}}}{{\fldrslt }}}}" for each in instructions)
    (odt,) = save_as((write_xml(p("正文")),), "odt")
    linked = (
        f'<text:section text:name="s"><text:section-source xlink:href="{secret.as_uri()}" xlink:type="simple"/>'
        '<text:p>甲</text:p></text:section><text:p><draw:frame draw:name="f" text:anchor-type="as-char" svg:width="1cm" '
        f'svg:height="1cm"><draw:image xlink:href="{address}/odt.png" xlink:type="simple" xlink:show="embed" '
        'xlink:actuate="onLoad"/></draw:frame></text:p></office:text>'
    )
    content = unpack(odt)["content.xml"].decode().replace("</office:text>", linked)

    results = convert([RTF[:-1] + rtf.encode() + b"}", with_parts(odt, {"content.xml": content})])

    texts = ["".join(lines_of(docx.read(result))) for result in results if isinstance(result, bytes)]
    assert [text[:2] for text in texts] == ["政府", "正文"]
    assert not [text for text in texts if "秘密" in text]
    assert requests == []


def test_the_program_has_a_profile_that_forbids_macros(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = f'cp -r profile {tmp_path}; env > {tmp_path}/environment; echo "$@" > {tmp_path}/options'
    monkeypatch.setenv("GIA_SOFFICE", stand_in(tmp_path, script))

    convert([RTF])

    settings = etree.parse(tmp_path / "profile" / "user" / "registrymodifications.xcu")
    values = {found.get(NAME): found.findtext("value") for found in settings.iter("prop")}
    assert (values["MacroSecurityLevel"], values["DisableMacrosExecution"]) == ("3", "true")
    options = (tmp_path / "options").read_text()
    assert "--headless --norestore" in options
    assert "gia-office-" in options.split("-env:UserInstallation=")[1].split()[0]
    assert "HOME=" + str(Path.home()) + "\n" not in (tmp_path / "environment").read_text()


def test_without_an_office_program_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIA_SOFFICE", "/nowhere/soffice")

    (refused,) = convert([RTF])

    assert isinstance(refused, NeedsConversionError)
    assert "an RTF document" in str(refused)
    assert "install LibreOffice" in str(refused)
    with pytest.raises(NeedsConversionError, match="install LibreOffice"):
        read_bytes(RTF, "report.rtf")


def test_a_locked_document_is_refused_without_starting_anything(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GIA_SOFFICE", stand_in(tmp_path, f"touch {tmp_path}/started"))
    manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    locked_odt = pack({"mimetype": "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": manifest})

    refused = convert([ENCRYPTED_DOCX, locked_odt])

    assert [str(each) for each in refused] == ["the document is locked with a password: save it without one"] * 2
    with pytest.raises(DocumentError, match="locked with a password"):
        read_bytes(ENCRYPTED_DOCX, "report.docx")
    assert not (tmp_path / "started").exists()


WORKS = """
for last; do :; done
out=$(echo "$@" | sed 's/.*--outdir \\([^ ]*\\).*/\\1/')
mkdir -p "$out"
for file in "$@"; do case "$file" in *.rtf)
  if grep -q HANGS "$file"; then sleep 600 & wait; fi
  if grep -q CRASHES "$file"; then kill -SEGV $$; fi
  grep -q FAILS "$file" || cp "{result}" "$out/$(basename "$file" .rtf).docx"
;; esac; done
"""


@pytest.mark.parametrize(("trouble", "words"), [("HANGS", "took more than 2 seconds"), ("CRASHES", "broke down")])
def test_a_file_that_brings_the_program_down_does_not_take_the_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, trouble: str, words: str
) -> None:
    result = tmp_path / "result.docx"
    result.write_bytes(write_xml(p("正文")))
    monkeypatch.setenv("GIA_SOFFICE", stand_in(tmp_path, WORKS.replace("{result}", str(result))))
    bad = rb"{\rtf1 " + trouble.encode() + b"}"
    fails = rb"{\rtf1 FAILS}"
    started = time.monotonic()

    results = convert_within([RTF, fails, RTF, bad, RTF, bad, bad, RTF, fails], seconds=2.0)

    assert [isinstance(each, bytes) for each in results] == [True, False, True, False, True, False, False, True, False]
    assert [words in str(results[number]) for number in (1, 3, 5, 6, 8)] == [False, True, True, True, False]
    assert time.monotonic() - started < 30
    assert not left_behind()


def test_what_a_program_that_hangs_has_started_is_ended_with_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    beats = tmp_path / "beats"
    script = f"(while :; do echo x >> {beats}; sleep 0.05; done) & wait"
    monkeypatch.setenv("GIA_SOFFICE", stand_in(tmp_path, script))

    (refused,) = convert_within([RTF], seconds=1.0)

    assert "took more than 1 seconds" in str(refused)
    heard = beats.stat().st_size
    time.sleep(0.3)
    assert 0 < heard == beats.stat().st_size


def test_a_program_that_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = Path(stand_in(tmp_path, ""))
    program.write_bytes(b"\x7fELF no program")
    monkeypatch.setenv("GIA_SOFFICE", str(program))

    (refused,) = convert([RTF])

    assert isinstance(refused, NeedsConversionError)
    assert "cannot be used" in str(refused)


@pytest.mark.office
def test_the_program_is_found() -> None:
    program = find_program()

    assert program
    assert Path(program).exists()


@pytest.mark.office
def test_a_document_with_a_part_in_another_format_is_put_together() -> None:
    body = p("前") + tbl(tr(tc("甲"), tc("1"))) + '<w:altChunk r:id="rId99"/>' + p("后")
    data = write_xml(body)
    relations = unpack(data)["word/_rels/document.xml.rels"].decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    types = unpack(data)["[Content_Types].xml"].decode()
    chunk = write_xml(p("中"))
    whole = with_parts(
        data,
        {
            "word/chunk.docx": chunk,
            "word/_rels/document.xml.rels": relations.replace(
                "</Relationships>", f'<Relationship Id="rId99" Type="{kind}" Target="chunk.docx"/></Relationships>'
            ),
            "[Content_Types].xml": types.replace(
                "</Types>",
                '<Default Extension="docx" ContentType="application/vnd.openxmlformats-officedocument.'
                'wordprocessingml.document"/></Types>',
            ),
        },
    )

    assert lines_of(read_bytes(whole, "report.docx")) == ["前", "中", "后"]
