"""Lines and areas cut to a frame; knows no Qt.

Points are (points, 2) float64, x before y; y may grow in either direction.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]


def clipped_line(
    points: Points, left: float, top: float, right: float, bottom: float
) -> Iterator[Points]:
    """The parts of a line through ``points`` that are inside, after Liang and Barsky (1984)."""
    starts, steps = points[:-1], np.diff(points, axis=0)
    enter, leave = np.zeros(len(starts)), np.ones(len(starts))
    inside = np.isfinite(steps).all(axis=1)
    for axis, low, high in ((0, left, right), (1, top, bottom)):
        at, step = starts[:, axis], steps[:, axis]
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            one, other = (low - at) / step, (high - at) / step
        still = step == 0
        inside &= ~still | ((low <= at) & (at <= high))
        enter = np.where(still, enter, np.maximum(enter, np.minimum(one, other)))
        leave = np.where(still, leave, np.minimum(leave, np.maximum(one, other)))
    inside &= enter <= leave
    first, last = starts + enter[:, None] * steps, starts + leave[:, None] * steps
    part: list[Points] = []
    for segment in np.flatnonzero(inside).tolist():
        before = segment - 1
        if part and not (inside[before] and leave[before] == 1 and enter[segment] == 0):
            yield np.array(part)
            part = []
        part = part or [first[segment]]
        part.append(last[segment])
    if part:
        yield np.array(part)


def clipped_area(points: Points, left: float, top: float, right: float, bottom: float) -> Points:
    """The part of an area with corners ``points`` that is inside, after Sutherland and Hodgman.

    Separate parts are joined along the frame, which does not show in what is filled.
    """
    for axis, limit, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        if not len(points):
            break
        points = _cut(points, axis, limit, sign)
    return points


def _cut(points: Points, axis: int, limit: float, sign: int) -> Points:
    """The part of an area on one side of a line."""
    before = np.roll(points, 1, axis=0)
    inside = sign * (points[:, axis] - limit) >= 0
    crosses = inside != np.roll(inside, 1)
    kept: list[Points] = []
    for at in np.flatnonzero(inside | crosses):
        if crosses[at]:
            share = (limit - before[at, axis]) / (points[at, axis] - before[at, axis])
            kept.append(before[at] + share * (points[at] - before[at]))
        if inside[at]:
            kept.append(points[at])
    return np.array(kept).reshape(-1, 2)
