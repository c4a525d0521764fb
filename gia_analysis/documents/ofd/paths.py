"""Abbreviated path data (GB/T 33190, 9.3) → the straight pieces that it draws."""

import re
from collections.abc import Iterator

_TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_NUMBERS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_CURVES = "QBA"

Point = tuple[float, float]


def polylines(data: str) -> Iterator[list[Point]]:
    """Yield the corners of each run of straight lines; curves part them. What cannot be read ends the path.

    >>> list(polylines("M 0 0 L 10 0 L 10 5 C"))
    [[(0.0, 0.0), (10.0, 0.0), (10.0, 5.0), (0.0, 0.0)]]
    """
    points: list[Point] = []
    start: Point = (0.0, 0.0)
    for operator, numbers in _operations(data):
        if operator == "C":
            if points and points[-1] != start:
                points.append(start)
            continue
        place = numbers[-2], numbers[-1]
        if operator == "L":
            points.append(place)
            continue
        if len(points) > 1:
            yield points
        points = [place]
        if operator not in _CURVES:
            start = place
    if len(points) > 1:
        yield points


def _operations(data: str) -> Iterator[tuple[str, list[float]]]:
    tokens = iter(_TOKEN.findall(data))
    for operator in tokens:
        count = _NUMBERS.get(operator)
        if count is None:
            return
        try:
            numbers = [float(next(tokens)) for _ in range(count)]
        except (StopIteration, ValueError):
            return
        yield operator, numbers
