"""What has been found of a report so far; the best place is asked first, and the first answer stands."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Facts:
    """Facts found in a report; the names are those of the table ``reports``.

    >>> facts = Facts()
    >>> facts.offer("year", None, "period")
    >>> facts.offer("year", 2020, "title")
    >>> facts.offer("year", 2021, "file name")
    >>> facts.values
    {'year': 2020, 'year_from': 'title'}
    """

    values: dict[str, object] = field(default_factory=dict)

    def offer(self, name: str, value: object, origin: str | None = None) -> None:
        """Keep a fact unless a better place gave it already; an empty one is none."""
        if value and not self.values.get(name):
            self.values[name] = value
            if origin:
                self.values[f"{name}_from"] = origin

    def text(self, name: str) -> str | None:
        """Return a fact that is a text, or None where it is not found."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    @property
    def year(self) -> int | None:
        value = self.values.get("year")
        return value if isinstance(value, int) else None
