"""Where labels at the ends of lines stand, so that none lies on another; knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def end_labels(
    ends: Sequence[float], heights: Sequence[float], top: float, bottom: float
) -> list[float]:
    """The middle of each label, as near to the end of its line as the others allow.

    ``heights`` is the room that each label takes, at least 1.3 lines of text. Labels keep the order
    of their ends, do not overlap and stay between ``top`` and ``bottom``; where there is not room
    for all, each gets the same share less. All are pixels, downwards.
    """
    if not ends:
        return []
    order = sorted(range(len(ends)), key=lambda place: ends[place])
    share = min(1.0, (bottom - top) / sum(heights))
    room = np.array([heights[place] * share for place in order])
    # With the room of those before taken away, not to overlap is to be in order.
    before = np.concatenate([[0.0], np.cumsum(room[:-1] / 2 + room[1:] / 2)])
    nearest = _in_order([ends[place] - offset for place, offset in zip(order, before, strict=True)])
    first, last = top + room[0] / 2, bottom - room[-1] / 2 - before[-1]
    middles = np.clip(nearest, first, max(first, last)) + before
    places = [0.0] * len(ends)
    for place, middle in zip(order, middles.tolist(), strict=True):
        places[place] = middle
    return places


def _in_order(values: list[float]) -> list[float]:
    """The nearest values, in the sum of squares, of which none is below the one before it.

    Neighbours in the wrong order are pooled at their mean (Ayer et al., 1955).
    """
    pools: list[tuple[float, int]] = []
    for value in values:
        mean, count = value, 1
        while pools and pools[-1][0] > mean:
            other, others = pools.pop()
            mean, count = (mean * count + other * others) / (count + others), count + others
        pools.append((mean, count))
    return [mean for mean, count in pools for _ in range(count)]
