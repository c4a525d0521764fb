"""The parts of an OFD: which documents and pages it has, their templates, sizes and resources."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from gia_analysis.documents.limits import MOST_PAGES, require_at_most
from gia_analysis.documents.package import Element, Package, parse_xml
from gia_analysis.errors import DocumentError, LimitError

_ENTRY = "OFD.xml"
_ENCRYPTIONS = "Encryptions.xml"
_LARGEST_XML = 60_000_000  # bytes of one part
_A4 = (210.0, 297.0)
_MOST_MILLIMETRES = 10_000.0  # of a side of a page
_MOST_NUMBERS = 6  # in a list: a matrix
_LARGEST_NUMBER = 1e9
_MOST_DOCUMENTS = 1_000  # in one file, and lists of resources in one document
_PROPERTIES = ("Title", "Author", "Subject", "CreationDate")


@dataclass(slots=True)
class Resources:
    """What pages refer to by number: the parts that hold images, and drawings that are used more than once."""

    images: dict[str, str] = field(default_factory=dict)
    drawings: dict[str, Element] = field(default_factory=dict)

    def and_those_of(self, other: "Resources") -> "Resources":
        """Return these and others; of two of one number, the others count."""
        return Resources({**self.images, **other.images}, {**self.drawings, **other.drawings})


@dataclass(slots=True)
class PageParts:
    """A page: its size in millimetres, the contents drawn on it (its templates and its own), and what they refer to."""

    size: tuple[float, float]
    contents: list[Element]
    resources: Resources


class Structure:
    """The documents of one OFD."""

    def __init__(self, package: Package) -> None:
        """Find its entry.

        Raises:
            DocumentError: there is none, or the document is encrypted.
        """
        self._package = package
        entries = [name for name in package.names if posixpath.basename(name) == _ENTRY]
        if not entries:
            raise DocumentError(f"the archive has no {_ENTRY}: it is no OFD document")
        entry = min(entries, key=len)
        self._root = posixpath.dirname(entry)
        if posixpath.join(self._root, _ENCRYPTIONS) in package:
            raise DocumentError(
                "the OFD document is encrypted: save it without encryption in the program that wrote it"
            )
        self._entry = self._parse(entry)

    def properties(self) -> Iterator[tuple[str, str]]:
        """Yield what the file says of itself outside its text."""
        for name in _PROPERTIES:
            for found in self._entry.iterfind(f"{{*}}DocBody/{{*}}DocInfo/{{*}}{name}"):
                if found.text and found.text.strip():
                    yield name, found.text.strip()

    def pages(self) -> Iterator[PageParts | DocumentError]:
        """Yield the pages of all documents; for one that is missing or damaged, why.

        Raises:
            DocumentError: a document is missing or damaged as a whole.
            LimitError: there are more pages than are read.
        """
        count = 0
        roots = self._entry.findall("{*}DocBody/{*}DocRoot")
        require_at_most(_MOST_DOCUMENTS, len(roots), "documents in one file")
        for root in roots:
            path = self._resolve(root.text, self._root)
            document = self._parse(path)
            folder = posixpath.dirname(path)
            templates: dict[str, Element | DocumentError] = {}
            common = document.find("{*}CommonData")
            shared = Resources() if common is None else self._resources(common, folder)
            listed = document.findall("{*}Pages/{*}Page")
            count += len(listed)
            require_at_most(MOST_PAGES, count, "pages")
            for page in listed:
                try:
                    yield self._page(page, folder, common, shared, templates)
                except LimitError:
                    raise
                except DocumentError as error:
                    yield error

    def read(self, path: str) -> bytes:
        """Return a part.

        Raises:
            DocumentError: there is none of that name, or it is damaged.
        """
        return self._package.read(path)

    def _page(
        self,
        page: Element,
        folder: str,
        common: Element | None,
        shared: Resources,
        templates: dict[str, Element | DocumentError],
    ) -> PageParts:
        path = self._resolve(_location(page), folder)
        content = self._parse(path)
        contents = [
            self._template(used.get("TemplateID", ""), folder, common, templates)
            for used in content.iterfind("{*}Template")
        ]
        own = self._resources(content, posixpath.dirname(path))
        size = _size(content.find("{*}Area")) or _size(None if common is None else common.find("{*}PageArea")) or _A4
        return PageParts(size, [*contents, content], shared.and_those_of(own))

    def _template(
        self, number: str, folder: str, common: Element | None, known: dict[str, Element | DocumentError]
    ) -> Element:
        """Return the content of a template page.

        Raises:
            DocumentError: there is none of that number, or it is damaged.
        """
        if number not in known:
            listed = () if common is None else common.iterfind("{*}TemplatePage")
            found = next((each for each in listed if each.get("ID") == number), None)
            try:
                if found is None:
                    raise DocumentError(f"the document has no template page {number!r}: it is incomplete")
                known[number] = self._parse(self._resolve(_location(found), folder))
            except LimitError:
                raise
            except DocumentError as error:
                known[number] = error
        template = known[number]
        if isinstance(template, DocumentError):
            raise template
        return template

    def _resources(self, owner: Element, folder: str) -> Resources:
        """Return the resources that a document or a page names. One that is missing is none."""
        found = Resources()
        for tag in ("PublicRes", "DocumentRes", "PageRes"):
            listed = owner.findall(f"{{*}}{tag}")
            require_at_most(_MOST_DOCUMENTS, len(listed), "lists of resources")
            for named in listed:
                path = self._resolve(named.text, folder)
                if path not in self._package:
                    continue
                listing = self._parse(path)
                base = self._resolve(listing.get("BaseLoc") or ".", posixpath.dirname(path))
                for medium in listing.iterfind("{*}MultiMedias/{*}MultiMedia"):
                    name = medium.findtext("{*}MediaFile") or ""
                    found.images[medium.get("ID", "")] = self._resolve(name, base)
                for unit in listing.iterfind("{*}CompositeGraphicUnits/{*}CompositeGraphicUnit"):
                    found.drawings[unit.get("ID", "")] = unit
        return found

    def _resolve(self, location: str | None, folder: str) -> str:
        """Return the name of the part at a location: from the root of the archive, from a folder, or (a common slip) both.

        Nothing outside the archive can be named: parts are only looked up in it.
        """
        place = (location or "").strip().replace("\\", "/")
        if place.startswith("/"):
            return posixpath.normpath(posixpath.join(self._root, place.lstrip("/")))
        found = posixpath.normpath(posixpath.join(folder, place))
        from_root = posixpath.normpath(posixpath.join(self._root, place))
        return from_root if found not in self._package and from_root in self._package else found

    def _parse(self, path: str) -> Element:
        data = self._package.read(path)
        if len(data) > _LARGEST_XML:
            raise LimitError(f"part {path!r} holds more than {_LARGEST_XML // 1_000_000} MB: no disclosure report does")
        return parse_xml(data, path)


def _location(element: Element) -> str | None:
    """Return where the content of a page is; some writers say so in an element instead of an attribute."""
    found: str | None = element.get("BaseLoc") or element.findtext("{*}BaseLoc")
    return found


def _size(area: Element | None) -> tuple[float, float] | None:
    if area is None:
        return None
    box = floats(area.findtext("{*}PhysicalBox"))
    if len(box) != 4 or not all(0 < side <= _MOST_MILLIMETRES for side in box[2:]):
        return None
    return box[2], box[3]


def floats(text: str | None) -> list[float]:
    """Return the numbers of a list, up to the first that is none."""
    if not text:
        return []
    found: list[float] = []
    for word in text.split(None, _MOST_NUMBERS)[:_MOST_NUMBERS]:
        try:
            number = float(word)
        except ValueError:
            break
        if not -_LARGEST_NUMBER <= number <= _LARGEST_NUMBER:
            break
        found.append(number)
    return found
