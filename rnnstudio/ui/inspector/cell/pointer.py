"""The line from the card to the box that it is about; knows no Qt."""

from __future__ import annotations

from rnnstudio.ui.inspector.cell.frames import Frame, Point
from rnnstudio.ui.inspector.cell.lanes import CellLayout

_ASIDE, _OUTSIDE, _RING, _STEP = 44.0, 11.0, 5.0, 5.0


def pointer(layout: CellLayout, box: Frame, card: Frame) -> tuple[Point, ...]:
    """The points from the edge of the card to the box, around what stands between them."""
    kind = next((each.kind for each in layout.boxes.values() if each.frame == box), "inner")
    if kind in ("right", "slim"):
        x, y = box.right + _OUTSIDE, _free_height(layout, card)
        return (card.right, y), (x, y), (x, box.middle[1]), (box.right + _RING, box.middle[1])
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


def _free_height(layout: CellLayout, card: Frame) -> float:
    """Where a line may leave the card to the right without going through a box."""
    beside = [each.frame for each in layout.boxes.values() if each.kind in ("right", "slim")]
    lowest = card.y + max(card.height - 14, card.height / 2)
    heights = [lowest - _STEP * step for step in range(1 + int((lowest - card.y) / _STEP))]
    free = (y for y in heights if not any(f.y - 4 < y < f.bottom + 4 for f in beside))
    return next(free, lowest)
