"""PDF files object by object, for what no writer writes: loops, bombs, strange pages."""

import zlib
from collections.abc import Mapping, Sequence


def stream(content: bytes, entries: str = "", *, packed: bool = False) -> bytes:
    """Return a stream object."""
    data = zlib.compress(content, 9) if packed else content
    name = "/Filter /FlateDecode " if packed else ""
    return f"<< /Length {len(data)} {name}{entries} >>\nstream\n".encode() + data + b"\nendstream"


def file_of(objects: Mapping[int, bytes | str], root: int = 1, trailer: str = "") -> bytes:
    """Return a file of numbered objects with its table of them."""
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + (body.encode() if isinstance(body, str) else body) + b"\nendobj\n"
    table = len(out)
    size = max(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    for number in range(1, size):
        out += f"{places.get(number, 0):010d} 00000 {'n' if number in places else 'f'} \n".encode()
    out += f"trailer\n<< /Size {size} /Root {root} 0 R {trailer}>>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)


def page_of(
    content: bytes, resources: str = "", more: Mapping[int, bytes | str] | None = None, *, box: Sequence[float] = (0, 0, 595, 842),
    packed: bool = False, entries: str = "",
) -> bytes:  # fmt: skip
    """Return a file of one page; ``more`` are further objects from number 5 on."""
    size = " ".join(map(str, box))
    return file_of(
        {
            1: "<< /Type /Catalog /Pages 2 0 R >>",
            2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: f"<< /Type /Page /Parent 2 0 R /MediaBox [{size}] /Contents 4 0 R /Resources << {resources} >> {entries} >>",
            4: stream(content, packed=packed),
            **(more or {}),
        }
    )
