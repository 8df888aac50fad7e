"""Fewer points for the same picture: a million days on a line 640 units wide.

Values are float64, in the unit of what is drawn; places are int64, gaps bool.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rnnstudio.core.stocks.data.price_table import FloatArray

COLUMNS = 640
"""Columns of a drawing, each about a pixel wide."""


def thinned_points(values: FloatArray, columns: int = COLUMNS) -> npt.NDArray[np.int64]:
    """Places of the ``values`` (points,) that draw the same line, in order.

    All of them where there are no more than two a column; else the lowest and the highest of each
    column, and the first and the last of all: no extreme is lost, and every point that is kept is
    one of the data.
    """
    count = len(values)
    if count <= 2 * columns:
        return np.arange(count)
    starts = np.arange(columns) * count // columns
    stops = np.append(starts[1:], count)
    picks = {0, count - 1}
    for start, stop in zip(starts.tolist(), stops.tolist(), strict=True):
        part = values[start:stop]
        picks |= {start + int(part.argmin()), start + int(part.argmax())}
    return np.array(sorted(picks), dtype=np.int64)


def stretches(finite: npt.NDArray[np.bool_]) -> list[slice]:
    """The stretches of a line without a gap: where ``finite`` (points,) is true."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], finite, [False]])))
    return [slice(start, stop) for start, stop in edges.reshape(-1, 2).tolist()]
