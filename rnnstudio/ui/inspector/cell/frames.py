"""Frames and how heights and columns are shared out; knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True)
class Frame:
    """A rectangle by its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> Point:
        """Its middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def overlaps(self, other: Frame) -> bool:
        """Whether the two have more than an edge in common."""
        return (
            self.x < other.right - 0.01
            and other.x < self.right - 0.01
            and self.y < other.bottom - 0.01
            and other.y < self.bottom - 0.01
        )


@dataclass(frozen=True)
class Span:
    """A stretch that is at least ``least`` long, well drawn at ``wanted``, at most ``most``."""

    least: float
    wanted: float
    most: float


class Levels:
    """Stretches below each other, by their names."""

    def __init__(self, lengths: Mapping[str, float]) -> None:
        self._lengths = dict(lengths)

    def length(self, name: str) -> float:
        """How long the stretch is."""
        return self._lengths[name]

    def end(self, name: str) -> float:
        """Where the stretch ends, counted from the top."""
        names = list(self._lengths)
        return sum(self._lengths[each] for each in names[: names.index(name) + 1])


def spread(spans: Mapping[str, Span], length: float) -> Levels:
    """Stretches that fill ``length``: each as near to what is wanted as the others let it be."""
    least = sum(span.least for span in spans.values())
    wanted = sum(span.wanted for span in spans.values())
    if length <= wanted:
        share = (length - least) / (wanted - least) if wanted > least else 0.0
        share = max(share, 0.0)
        return Levels({n: s.least + share * (s.wanted - s.least) for n, s in spans.items()})
    most = sum(span.most for span in spans.values())
    share = min((length - wanted) / (most - wanted), 1.0) if most > wanted else 0.0
    return Levels({n: s.wanted + share * (s.most - s.wanted) for n, s in spans.items()})


def column(
    heights: Sequence[float], wanted: Sequence[float], gap: float, low: float, high: float
) -> list[float]:
    """Tops of boxes below each other, each as near to the wanted one as the others let it be."""
    tops: list[float] = []
    floor = low
    for top, height in zip(wanted, heights, strict=True):
        tops.append(max(top, floor))
        floor = tops[-1] + height + gap
    ceiling = high
    for number in reversed(range(len(tops))):
        tops[number] = min(tops[number], ceiling - heights[number])
        ceiling = tops[number] - gap
    return tops


def increasing(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places from left to right with a gap between them, each near to the wanted one."""
    return column([0.0] * len(wanted), wanted, gap, low, high)
