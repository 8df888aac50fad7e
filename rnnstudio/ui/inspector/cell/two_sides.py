"""How two drawings and one card share a view; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from rnnstudio.ui.inspector.cell.frames import Frame, Point

CAPTION = 26.0
"""The height of a drawing's name above it."""
_CARD, _CARD_MOST, _GAP, _MARGIN = 50.0, 190.0, 10.0, 18.0

Size = tuple[float, float]


@dataclass(frozen=True)
class SidesPlan:
    """The size of each drawing, where it begins, and where the card stands below both.

    All within ``width`` x ``height``, which is drawn smaller where there is less room.
    """

    sizes: tuple[Size, Size]
    starts: tuple[Point, Point]
    card: Frame
    width: float
    height: float


def two_sides(width: float, height: float, least: tuple[Size, Size]) -> SidesPlan:
    """Beside or below each other, whichever shows the two larger; ``least`` is what they need."""
    (first_width, first_height), (second_width, second_height) = least
    below = _GAP + _CARD + _GAP
    across = first_width + second_width, CAPTION + max(first_height, second_height) + below
    stacked = (
        max(first_width, second_width),
        2 * CAPTION + first_height + second_height + below,
    )
    shrunk = [max(1.0, need[0] / width, need[1] / height) for need in (across, stacked)]
    beside = shrunk[0] <= shrunk[1]
    factor = shrunk[0] if beside else shrunk[1]
    width, height = width * factor, height * factor
    spare = height - (across if beside else stacked)[1]
    card = min(_CARD + spare, _CARD_MOST)
    spare -= card - _CARD
    room = Frame(_MARGIN, height - _GAP - card, width - 2 * _MARGIN, card)
    if beside:
        extra = (width - across[0]) / 2
        high = room.y - _GAP - CAPTION
        sizes = (first_width + extra, high), (second_width + extra, high)
        return SidesPlan(sizes, ((0, CAPTION), (sizes[0][0], CAPTION)), room, width, height)
    sizes = (width, first_height + spare / 2), (width, second_height + spare / 2)
    second = 2 * CAPTION + sizes[0][1]
    return SidesPlan(sizes, ((0, CAPTION), (0, second)), room, width, height)
