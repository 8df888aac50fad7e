"""A column seen through the shapes of its cells.

The shape of a cell is its text with every digit written 9. A column of a million cells has a
handful of shapes, so that what can be judged by form is judged once for each shape, in Python,
and what needs every cell is done for all cells of a shape at once.

Rows are intp and have no unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rnnstudio.core.training import stop_point

Rows = npt.NDArray[np.intp]
_DIGITS = str.maketrans("012345678", "9" * 9)


def shape_of(cell: str) -> str:
    """The shape of one cell."""
    return cell.translate(_DIGITS)


@dataclass(frozen=True, eq=False)
class Shapes:
    """The cells of a column (rows,) and their different shapes.

    The rows that have shape number ``code`` are ``order[starts[code] : starts[code + 1]]``,
    ascending.
    """

    cells: Sequence[str]
    shapes: tuple[str, ...]
    order: Rows
    starts: Rows

    def rows(self, code: int) -> Rows:
        """The rows whose cells have the shape ``code``, ascending."""
        return self.order[self.starts[code] : self.starts[code + 1]]

    def groups(self) -> Iterator[tuple[str, Rows]]:
        """Every shape with its rows."""
        for code, shape in enumerate(self.shapes):
            yield shape, self.rows(code)


def shapes_of(cells: Sequence[str]) -> Shapes:
    """The shapes of a column's cells, numbered in the order in which they first appear."""
    import pandas as pd

    stop_point()
    shapes = "\n".join(cells).translate(_DIGITS).split("\n")
    codes, different = pd.factorize(np.array(shapes, dtype=object))
    starts = np.concatenate([[0], np.cumsum(np.bincount(codes, minlength=len(different)))])
    return Shapes(cells, tuple(different), np.argsort(codes, kind="stable"), starts)
