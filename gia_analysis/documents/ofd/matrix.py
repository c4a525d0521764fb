"""Places within a drawing → places on the page that it stands on."""

from typing import NamedTuple

Box = tuple[float, float, float, float]  # left, top, right, bottom


class Matrix(NamedTuple):
    """``x * a + y * c + e`` is the place across, ``x * b + y * d + f`` that down."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a place comes to lie."""
        return x * self.a + y * self.c + self.e, x * self.b + y * self.d + self.f

    def box(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Return the box around what a box becomes."""
        x0, y0 = self.point(left, top)
        x1, y1 = self.point(right, bottom)
        if self.b or self.c:
            x2, y2 = self.point(right, top)
            x3, y3 = self.point(left, bottom)
            return min(x0, x1, x2, x3), min(y0, y1, y2, y3), max(x0, x1, x2, x3), max(y0, y1, y2, y3)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def then(self, outer: "Matrix") -> "Matrix":
        """Return this matrix followed by an outer one."""
        e, f = outer.point(self.e, self.f)
        return Matrix(
            self.a * outer.a + self.b * outer.c, self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c, self.c * outer.b + self.d * outer.d, e, f,
        )  # fmt: skip


ON_PAGE = Matrix()  # what is drawn on a page itself


def quarter_turns(quarters: int, width: float, height: float) -> tuple[Matrix, float, float]:
    """Return how a page on which text runs so many quarters clockwise is turned upright, and its size then."""
    match quarters % 4:
        case 1:
            return Matrix(0, -1, 1, 0, 0, width), height, width
        case 2:
            return Matrix(-1, 0, 0, -1, width, height), width, height
        case 3:
            return Matrix(0, 1, -1, 0, height, 0), height, width
    return Matrix(), width, height
