"""Where everything in the drawing of a cell stands, for any cell and any size; knows no Qt.

Lengths are pixels beside text of its usual size at a desk. The state along the top is one line with
the circles of the row that computes it, the gates stand in a row below it in the table's order,
what arrives at the left, what is new at the right, and below them all there is room for a card.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rnnstudio.core.cells.table import Cell
from rnnstudio.ui.inspector.cell.cell_widths import Widths, widths
from rnnstudio.ui.inspector.cell.connections import CirclePlace, Route
from rnnstudio.ui.inspector.cell.frames import Frame, Span, column, spread
from rnnstudio.ui.inspector.cell.places import CellPlaces, places
from rnnstudio.ui.inspector.cell.routes import routes
from rnnstudio.ui.inspector.cell.wiring import Wiring

DESIGN_WIDTH, DESIGN_HEIGHT = 1208.0, 514.0
SPACED_TO = 2560.0
"""Up to this width distances grow; from it on everything does."""
SHORT_BELOW = 1100.0
"""Below this width boxes have their short names."""
MOST_ROWS = 6
"""A box has one row for each of so many numbers; more are drawn as a heat map."""
PITCHES = (21.0, 20.0, 19.0, 18.0, 17.0, 16.0)
"""How high a row may be."""
_HEAT_ROWS, _INPUT_HEAT_ROWS, _INPUT_LETTER = 3, 2, 31.0
HEAD, GATE_HEAD, FOOT = 28.0, 36.0, 10.0
SLIM, TAG, PILL = 28.0, 28.0, 28.0
_LINE_IN_BOX = 34.0
_LEFT_GAP, _RIGHT_GAP, _TOP = 10.0, 18.0, 18.0
_CARD_LOW, _CARD_WHOLE, _CARD_TALL, _EDGE = 46.0, 140.0, 168.0, 8.0
"""A card of words and formula alone, one with its numbers, one with all that it may have."""
_PANEL_SHARE, _PANEL_GAP = 0.41, 18.0


@dataclass(frozen=True)
class RowCounts:
    """How many numbers the boxes of states, of the input and of the prediction have.

    No numbers of the input: it is one letter.
    """

    units: int
    inputs: int
    outputs: int


@dataclass(frozen=True)
class BoxPlace:
    """The box of the value ``name`` at a place; ``kind`` is left, inner, on line, right or slim."""

    place: str
    name: str
    kind: str
    frame: Frame


@dataclass(frozen=True)
class CellLayout:
    """The drawing: boxes and pills by their places, tags by their weights, circles and edges.

    ``scale``: everything is drawn so many times as large. ``pitch`` is the height of a row,
    ``short`` whether boxes have their short names, ``line`` the height of the state's line. Where
    the size asked for is too small, ``width`` and ``height`` are larger than that.
    """

    places: CellPlaces
    boxes: Mapping[str, BoxPlace]
    pills: Mapping[str, BoxPlace]
    tags: Mapping[str, Frame]
    circles: tuple[CirclePlace, ...]
    edges: tuple[Route, ...]
    card: Frame
    panel: Frame
    line: float
    pitch: float
    short: bool
    width: float
    height: float
    scale: float = 1.0


def layout(
    cell: Cell,
    rows: RowCounts,
    width: float,
    height: float,
    *,
    backward: bool = False,
    card: bool = True,
    panel: bool = False,
    spaced_to: float = SPACED_TO,
) -> CellLayout:
    """Lay a cell's pass out in ``width`` x ``height``.

    ``card`` leaves room for one below the boxes, ``panel`` room beside it.
    """
    scale = 1.0
    if width >= spaced_to:
        scale = max(1.0, min(width / DESIGN_WIDTH, height / DESIGN_HEIGHT))
    size = width / scale, height / scale
    arranged = _Arrangement(cell, rows, *size, backward=backward, card=card)
    return arranged.finished(panel=panel, scale=scale)


def least_size(cell: Cell, rows: RowCounts, *, backward: bool) -> tuple[float, float]:
    """The width and height that a cell's pass needs without a card."""
    made = layout(cell, rows, 0, 0, backward=backward, card=False)
    return made.width, made.height


class _Arrangement:
    """The steps of laying one pass out."""

    def __init__(
        self,
        cell: Cell,
        rows: RowCounts,
        width: float,
        height: float,
        *,
        backward: bool,
        card: bool,
    ) -> None:
        self.cell, self.rows, self.backward, self.card = cell, rows, backward, card
        self.places = places(cell, backward=backward)
        self.widths: Widths = widths(self.places, cell, width)
        self.wiring = Wiring(cell, self.places, self.widths, backward=backward)
        self.pitch = next((p for p in PITCHES if self._needs(p) <= height), PITCHES[-1])
        self.height = max(height, self._needs(self.pitch))
        self.levels = spread(self._with_card(self._spans(self.pitch)), self.height)

    def _box_height(self, place: str, pitch: float) -> float:
        if place in self.places.dense:
            return SLIM
        head = GATE_HEAD if place in self.places.inner else HEAD
        return head + self._body(place, pitch) + FOOT

    def _body(self, place: str, pitch: float) -> float:
        count = self.rows.units
        if place == "xt":
            count = self.rows.inputs
        elif place == self.cell.predicted.name:
            count = self.rows.outputs
        if not count:
            return _INPUT_LETTER
        heat = _INPUT_HEAT_ROWS if place == "xt" else _HEAT_ROWS
        return pitch * (count if count <= MOST_ROWS else heat)

    def _needs(self, pitch: float) -> float:
        """The least height of the whole drawing with rows of that height."""
        spans = self._spans(pitch)
        columns = (
            self._column_height(self.places.left, _LEFT_GAP, pitch),
            self._column_height(self.places.right, _RIGHT_GAP, pitch),
        )
        return max(sum(span.least for span in spans.values()), *columns)

    def _column_height(self, names: Sequence[str], gap: float, pitch: float) -> float:
        boxes = sum(self._box_height(name, pitch) for name in names)
        return boxes + (len(names) - 1) * gap + _TOP + _EDGE

    def _spans(self, pitch: float) -> dict[str, Span]:
        """What stands below what, from top to bottom: how high each must be and may well be."""
        inner = [self._box_height(name, pitch) for name in self.places.inner]
        tall = max(inner, default=0.0)
        tags = max((len(names) for names in self.places.tags.values()), default=0)
        if not self.places.inner and tags:
            tall = 8.0
        lanes = self.wiring.depth
        sub = Span(37, 52, 70) if self.wiring.below_line else Span(10, 14, 24)
        spans = {
            "top": Span(_TOP, 27, 44),
            "line": Span(_LINE_IN_BOX, _LINE_IN_BOX, _LINE_IN_BOX),
            "sub": sub,
            "over": Span(16, 20, 26) if self.wiring.over else Span(0, 0, 0),
            "gates": Span(28, 34, 60),
            "boxes": Span(tall, tall, tall),
            "feed": Span(32, 42, 70),
            "lanes": Span(lanes, lanes, lanes),
            "gap": Span(26, 40, 60) if self.card else Span(0, 0, 0),
            "card": Span(_CARD_LOW, _CARD_TALL, 2.0 * _CARD_TALL) if self.card else Span(0, 0, 0),
            "bottom": Span(14, 29, 44),
        }
        if tags:
            below = 8 + tags * (TAG + 4) + PILL / 2 + 2
            spans["feed"] = Span(below, below, below + 16)
        if self.places.on_line:
            # What stands on the line reaches down to where the gates begin.
            reach = max(self._box_height(name, pitch) for name in self.places.on_line)
            least = reach - _LINE_IN_BOX + 14 - sub.least - spans["over"].least
            gates = spans["gates"]
            low = max(gates.least, least)
            spans["gates"] = Span(low, max(gates.wanted, low), max(gates.most, low))
        return spans

    def _with_card(self, spans: dict[str, Span]) -> dict[str, Span]:
        """The spans with a card that has its numbers, if the others can make room for that."""
        if not self.card:
            return spans
        others = sum(span.least for name, span in spans.items() if name != "card")
        free = self.height - others
        if free < _CARD_WHOLE:
            return {**spans, "card": Span(_CARD_LOW, _CARD_LOW + 4, _CARD_WHOLE)}
        least = min(free, (_CARD_WHOLE + _CARD_TALL) / 2)
        return {**spans, "card": Span(least, _CARD_TALL, 2 * _CARD_TALL)}

    def finished(self, *, panel: bool, scale: float) -> CellLayout:
        """All frames and edges."""
        levels, w = self.levels, self.widths
        gate_top, feed = levels.end("gates"), levels.end("feed")
        frames = self._column_frames(gate_top, feed)
        for place, x in w.inner.items():
            frames[place] = Frame(x, gate_top, w.box, self._box_height(place, self.pitch))
        line = levels.end("line")
        for place, x in w.on_line.items():
            high = self._box_height(place, self.pitch)
            frames[place] = Frame(x, line - _LINE_IN_BOX, w.column, high)
        pills = self._pills(feed)
        heights = {"line": line, "sub": levels.end("sub"), "over": levels.end("over") + 6}
        heights |= {"feed": feed, "top": gate_top}
        found, edges = routes(self.wiring, {**frames, **pills}, heights)
        card, beside = self._card(frames, panel=panel)
        return CellLayout(
            self.places,
            {name: self._place(name, frame) for name, frame in frames.items()},
            {name: self._place(name, frame) for name, frame in pills.items()},
            self._tag_frames(frames),
            found,
            edges,
            card,
            beside,
            line,
            self.pitch,
            w.width < SHORT_BELOW,
            w.width,
            self.height,
            scale,
        )

    def _place(self, place: str, frame: Frame) -> BoxPlace:
        where = self.places
        kinds = {"slim": where.dense, "left": where.left, "inner": where.inner}
        kinds |= {"on line": where.on_line, "pill": where.stacks}
        kind = next((kind for kind, names in kinds.items() if place in names), "right")
        return BoxPlace(place, where.shown[place], kind, frame)

    def _column_frames(self, gate_top: float, feed: float) -> dict[str, Frame]:
        """The boxes at the left and at the right."""
        w, where = self.widths, self.places
        top = self.levels.end("top")
        first = self._box_height(where.left[0], self.pitch)
        last = self._box_height(where.left[-1], self.pitch)
        wanted = [top] * len(where.left)
        below = top + first + _LEFT_GAP
        for number, name in enumerate(where.left[1:-1], start=1):
            free = feed - last / 2 - below
            high = self._box_height(name, self.pitch)
            wanted[number] = below + (free - high) * number / (len(where.left) - 1)
        free = self.levels.end("gap") - _EDGE - last
        wanted[-1] = max(min(feed - last / 2, free), below)
        middle = gate_top + self.levels.length("boxes") / 2
        desired = [top]
        for name in where.right[1:]:
            high = self._box_height(name, self.pitch)
            state = name.endswith("_next")
            desired.append(middle - high / 2 if state else middle + 60)
        frames: dict[str, Frame] = {}
        for names, tops, x in ((where.left, wanted, w.left), (where.right, desired, w.right)):
            heights = [self._box_height(name, self.pitch) for name in names]
            gap = _LEFT_GAP if names is where.left else _RIGHT_GAP
            placed = column(heights, tops, gap, top, self.height - _EDGE)
            for name, y, high in zip(names, placed, heights, strict=True):
                frames[name] = Frame(x, y, w.column, high)
        return frames

    def _pills(self, feed: float) -> dict[str, Frame]:
        w = self.widths
        return {
            name: Frame(w.left + w.column + 16 + 86 * number, feed - PILL / 2, w.pill, PILL)
            for number, name in enumerate(self.places.stacks)
        }

    def _tag_frames(self, frames: Mapping[str, Frame]) -> dict[str, Frame]:
        """The tags below each box, those of a state's row below its circle on the line."""
        found = {}
        top = self.levels.end("boxes") + 8
        for place, names in self.places.tags.items():
            w = self.widths
            x = max(self.wiring.line_circles[0][1] - w.box / 2, w.left + w.column + 32)
            if place in self.places.inner:
                x = frames[place].x
            for number, name in enumerate(names):
                found[name] = Frame(x, top + number * (TAG + 4), self.widths.box, TAG)
        return found

    def _card(self, frames: Mapping[str, Frame], *, panel: bool) -> tuple[Frame, Frame]:
        """The card's place and, beside it, the panel's; neither covers a box."""
        w, levels = self.widths, self.levels
        top, high = levels.end("gap"), levels.length("card")
        left, right = w.left + w.column + 19, w.right - 21
        if self.backward:
            reach = {
                side: max(frames[name].bottom for name in names)
                for side, names in (("left", self.places.left), ("right", self.places.right))
            }
            left = w.left if reach["left"] <= top - 6 else left
            right = w.right + w.column if reach["right"] <= top - 6 else right
        if not panel:
            return Frame(left, top, right - left, high), Frame(right, top, 0, high)
        wide = (right - left - _PANEL_GAP) * _PANEL_SHARE
        beside = left + wide + _PANEL_GAP
        return Frame(left, top, wide, high), Frame(beside, top, right - beside, high)
