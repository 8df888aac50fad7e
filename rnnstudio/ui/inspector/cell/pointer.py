"""The line from the card to the box that it is about; knows no Qt."""

from __future__ import annotations

from rnnstudio.ui.inspector.cell.frames import Frame, Point
from rnnstudio.ui.inspector.cell.lanes import CellLayout

_ASIDE, _INSET, _OUTSIDE, _RING, _STEP = 44.0, 16.0, 11.0, 5.0, 2.0


def pointer(layout: CellLayout, box: Frame, card: Frame) -> tuple[Point, ...]:
    """The points from the edge of the card to the box, around what stands between them."""
    kind = next((each.kind for each in layout.boxes.values() if each.frame == box), "inner")
    if kind in ("right", "slim"):
        return _to_the_right(layout, box, card)
    if kind == "left":
        x, y = box.x - _OUTSIDE, card.y + min(24.0, card.height / 2)
        return (card.x, y), (x, y), (x, box.middle[1]), (box.x - _RING, box.middle[1])
    if kind == "on line":
        inner = [each.frame.right for each in layout.boxes.values() if each.kind == "inner"]
        x = max([box.right, *inner]) + 7
        return (x, card.y), (x, box.bottom - 14), (box.right + _RING, box.bottom - 14)
    x = min(max(box.middle[0] + _ASIDE, card.x + 16), box.right - 12)
    if x < card.x + 10 or x > card.right - 10:
        x = min(max(box.middle[0], box.x + 8), box.right - 8)
    return (x, card.y), (x, box.bottom + _RING)


def _to_the_right(layout: CellLayout, box: Frame, card: Frame) -> tuple[Point, ...]:
    """Around the boxes at the right; where they leave no height free beside the card, above it."""
    x, level = box.right + _OUTSIDE, card.middle[1]
    into = (x, box.middle[1]), (box.right + _RING, box.middle[1])
    lowest = card.y + max(card.height - 14, card.height / 2)
    y = _free_height(layout, lowest, card.y)
    if y is not None:
        return (card.right, y), (x, y), *into
    if box.y < level < box.bottom:
        return (card.right, level), (box.x - _RING, level)
    y = _free_height(layout, card.y - _OUTSIDE, box.middle[1])
    if y is None:
        return (card.right, lowest), (x, lowest), *into
    start = card.right - _INSET
    return (start, card.y), (start, y), (x, y), *into


def _free_height(layout: CellLayout, lowest: float, highest: float) -> float | None:
    """The lowest height at which a line to the right goes through no box; None if there is none."""
    beside = [each.frame for each in layout.boxes.values() if each.kind in ("right", "slim")]
    heights = [lowest - _STEP * step for step in range(1 + int((lowest - highest) / _STEP))]
    free = (y for y in heights if not any(f.y - 4 < y < f.bottom + 4 for f in beside))
    return next(free, None)
