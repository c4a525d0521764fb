"""Image files: every kind of pixel and file, and hostile ones within bounds."""

import io
import struct
import time
import zlib
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image

from gia_analysis.documents import read_bytes
from gia_analysis.documents.image import read
from gia_analysis.errors import DocumentError, LimitError, NotAReportError
from gia_analysis.reading import interpret
from writers.papers import cells_of, originals
from writers.scan import Scanner, scan, stacked

pytestmark = pytest.mark.ocr

_SECONDS = 20.0


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


@pytest.fixture(scope="module")
def page() -> Image.Image:
    """A page with the last table of a report under its title."""
    paper = originals()["wuhai_industry_bureau_2020"].paper
    grids = [part for part in paper if not isinstance(part, str)]
    return scan((paper[0], "四、政府信息公开行政复议、行政诉讼情况", grids[-1]), Scanner(quality=0, noise=3))[0]


@pytest.fixture(autouse=True)
def bounded() -> Iterator[None]:
    begin = time.process_time()
    yield
    assert time.process_time() - begin < _SECONDS


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("L", "PNG"),
        ("RGB", "PNG"),
        ("RGBA", "PNG"),
        ("P", "PNG"),
        ("I;16", "PNG"),
        ("1", "TIFF"),
        ("CMYK", "JPEG"),
        ("P", "GIF"),
    ],
)
def test_figures_are_read_from_every_kind_of_pixels(page: Image.Image, mode: str, kind: str) -> None:
    sixteen = Image.fromarray(np.asarray(page).astype(np.uint16) * 257)
    black_and_white = page.point(lambda grey: 255 * (grey > 180)).convert("1", dither=Image.Dither.NONE)
    image = {"I;16": sixteen, "1": black_and_white}.get(mode) or page.convert(mode)

    (report,) = interpret(read_bytes(saved(image, kind, dpi=(200, 200)), f"page.{kind}"))

    assert {value for (table, _, _), (value, _) in cells_of(report).items() if table == "review_litigation"} == {0.0}


def test_a_transparent_image_is_on_white_paper(page: Image.Image) -> None:
    ink = Image.new("LA", page.size, (0, 0))
    ink.putalpha(page.point(lambda grey: 255 - grey))

    (report,) = interpret(read_bytes(saved(ink, "PNG"), "page.png"))

    assert sum(value == 0 for value, _ in cells_of(report).values()) == 15


def test_pages_of_a_tiff_are_numbered_and_pages_one_below_the_other_are_one(page: Image.Image) -> None:
    pages = [block.page for block in read(saved(page, "TIFF", save_all=True, append_images=[page])).blocks]
    long = read(saved(stacked([page, page]), "PNG", dpi=(200, 200))).blocks

    assert set(pages) == {1, 2}
    assert len(long) == len(pages)
    assert {block.page for block in long} == {1}


def test_a_page_photographed_on_its_side_is_turned_as_the_camera_says(page: Image.Image) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = saved(page.rotate(90, expand=True), "JPEG", quality=90, exif=exif.tobytes(), dpi=(200, 200))

    (report,) = interpret(read_bytes(data, "page.jpg"))

    assert sum(value == 0 for value, _ in cells_of(report).values()) == 15


def test_a_picture_holds_no_report() -> None:
    across, down = np.meshgrid(np.linspace(0, 9, 1200), np.linspace(0, 7, 900))
    waves = 127 + 60 * np.sin(across) * np.cos(down) + 60 * np.sin(3 * across + down)
    picture = Image.fromarray(np.clip(waves, 0, 255).astype(np.uint8)).convert("RGB")

    with pytest.raises(NotAReportError, match="no disclosure report"):
        interpret(read_bytes(saved(picture, "JPEG"), "photo.jpg"))


def png(width: int, height: int) -> bytes:
    """Return a PNG that says how large it is and holds nearly nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(50_000, 50_000), (8_000, 9_000), (2**31 - 1, 1)])
def test_an_image_with_too_many_pixels_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    with pytest.raises(LimitError, match="60,000,000 pixels"):
        read(png(*size))


def test_a_bomb_of_compressed_white_is_refused() -> None:
    row = b"\0" + b"\xff" * 6_250
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(row * 100) for _ in range(500)) + packer.flush()
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 1, 0, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", data), (b"IEND", b"")]
    whole = b"".join(
        struct.pack(">I", len(part)) + name + part + struct.pack(">I", zlib.crc32(name + part)) for name, part in parts
    )

    with pytest.raises(LimitError, match="60,000,000 pixels"):
        read(b"\x89PNG\r\n\x1a\n" + whole)


def directory(following: int) -> bytes:
    """Return a directory of a TIFF with a page of ten by ten pixels."""
    entries = [(256, 10), (257, 10), (258, 8), (259, 1), (262, 1), (273, 8), (278, 10), (279, 100)]
    return (
        struct.pack("<H", len(entries))
        + b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries)
        + struct.pack("<I", following)
    )


def tiff(*following: int) -> bytes:
    """Return a TIFF whose directories name the number of the one that follows each; -1 is none."""
    begin, length = 8 + 100, len(directory(0))
    places = [0 if number < 0 else begin + number * length for number in following]
    return b"II*\0" + struct.pack("<I", begin) + b"\xff" * 100 + b"".join(map(directory, places))


def test_a_tiff_with_a_hundred_thousand_pages_is_refused() -> None:
    with pytest.raises(LimitError, match="1,000 pages"):
        read(tiff(*range(1, 100_000), -1))


@pytest.mark.parametrize("following", [(0,), (1, 0), (1, 2, 1)])
def test_a_tiff_whose_directories_go_in_a_circle_ends(following: tuple[int, ...]) -> None:
    assert read(tiff(*following)).blocks == ()


def test_an_animation_is_read_by_its_first_picture() -> None:
    pictures = [Image.new("L", (400, 400), grey) for grey in range(0, 200, 2)]

    assert read(saved(pictures[0], "GIF", save_all=True, append_images=pictures[1:])).blocks == ()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "GIF"])
@pytest.mark.parametrize("share", [0.0, 0.02, 0.6])
def test_a_truncated_image_is_an_error_that_says_so(page: Image.Image, kind: str, share: float) -> None:
    data = saved(page.convert("L"), kind)

    with pytest.raises(DocumentError, match="damaged"):
        read(data[: max(12, int(share * len(data)))])


@pytest.mark.parametrize("head", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF89a"])
def test_junk_after_the_mark_of_a_kind_is_an_error_that_says_so(head: bytes) -> None:
    for junk in (b"\xff" * 5_000, b"\0" * 5_000, bytes(range(256)) * 20):
        with pytest.raises(DocumentError, match="damaged"):
            read(head + junk)


@pytest.mark.parametrize("size", [(1, 1), (1, 5_000), (5_000, 1), (149, 149), (151, 151)])
def test_an_image_too_small_for_a_page_holds_nothing(size: tuple[int, int]) -> None:
    assert read(saved(Image.new("L", size, 255), "PNG")).blocks == ()
