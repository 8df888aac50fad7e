"""One cell of the scene with all its items, which stay while only numbers change."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QGraphicsItem, QGraphicsRectItem

from rnnstudio.core import language
from rnnstudio.core.cells.gradient_sums import Sums, WeightTag
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.parcels import state_gradient_lengths
from rnnstudio.core.cells.scene import Trace
from rnnstudio.core.numbers import rounded, tidy
from rnnstudio.ui.inspector.cell.box_content import BoxContents, row_counts, seen
from rnnstudio.ui.inspector.cell.boxes import BoxItem
from rnnstudio.ui.inspector.cell.edges import (
    NARROWEST,
    WIDEST,
    CircleItem,
    EdgeItem,
    EdgeLook,
    LineItem,
    LineLook,
    PointerItem,
)
from rnnstudio.ui.inspector.cell.heat_scale import HeatScaleItem
from rnnstudio.ui.inspector.cell.lanes import MOST_ROWS, CellLayout, layout
from rnnstudio.ui.inspector.cell.weight_tags import TagContent, TagItem
from rnnstudio.ui.inspector.gate_hues import gate_hue
from rnnstudio.ui.inspector.state import InspectorState

_LARGE = 1000.0


class CellDrawing:
    """Draws a side of the inspector below one item of the scene, ``root``."""

    def __init__(self) -> None:
        self.root = QGraphicsRectItem()
        self.root.setPen(Qt.PenStyle.NoPen)
        self.pointer = PointerItem()
        self.scale = HeatScaleItem()
        for item in (self.pointer, self.scale):
            item.setParentItem(self.root)
        self.layout: CellLayout | None = None
        self.boxes: dict[str, BoxItem] = {}
        self.tags: dict[str, TagItem] = {}
        self.edges: list[EdgeItem] = []
        self.lines: list[LineItem] = []
        self.circles: list[CircleItem] = []
        self.state: InspectorState | None = None
        self._key: tuple[object, ...] | None = None
        self._contents = BoxContents()
        self._hues: dict[str, str] = {}
        self._sums: Sums | None = None
        self._longest: tuple[Trace, int, float] | None = None

    def show(
        self,
        state: InspectorState,
        size: tuple[float, float],
        *,
        lit: bool = True,
        card: bool = True,
        panel: bool = False,
        spaced_to: float,
    ) -> None:
        """Show the state's cell in a space of that size, and what of it is known."""
        self.state = state
        rows = row_counts(state.scene, backward=state.backward)
        key = (state.scene.cell, rows, size, state.backward, card, panel, spaced_to)
        if key != self._key:
            self._key = key
            wanted = layout(
                state.scene.cell,
                rows,
                *size,
                backward=state.backward,
                card=card,
                panel=panel,
                spaced_to=spaced_to,
            )
            self._build(wanted)
            cell = state.scene.cell
            self._hues = {place: gate_hue(cell, place) for place in wanted.places.tags}
        if self.layout is not None:
            self._fill(state, self.layout, lit=lit)

    def forget(self) -> None:
        """Draw everything anew the next time: colours or sizes have changed."""
        self._key = None

    def box(self, name: str) -> BoxItem | None:
        """The box of the value ``name`` of the current pass; None if it has none."""
        return self.boxes.get(name)

    def pointed_at(self) -> QRectF | None:
        """The frame of the current row's box or tag, in the drawing's own coordinates."""
        if self.state is None or self.layout is None:
            return None
        name = self.state.operation.name
        if name in self.boxes:
            return self.boxes[name].rect
        tag = self.tags.get(self.layout.places.tag_of.get(name, ""))
        return None if tag is None else tag.rect

    def _build(self, wanted: CellLayout) -> None:
        for item in self._items():
            item.scene().removeItem(item)
        self.layout, self._contents = wanted, BoxContents()
        placed = {**wanted.boxes, **wanted.pills}
        self.boxes = {box.name: BoxItem(box, wanted.pitch) for box in placed.values()}
        self.tags = {name: TagItem(name, frame) for name, frame in wanted.tags.items()}
        self.edges = [EdgeItem(route) for route in wanted.edges if not route.line]
        self.lines = [LineItem(route) for route in wanted.edges if route.line]
        self.circles = [CircleItem(circle) for circle in wanted.circles]
        for item in self._items():
            item.setParentItem(self.root)
        left = wanted.boxes[f"{wanted.places.line}_prev"].frame
        self.scale.setPos(left.right + 14, 1)
        self.root.setRect(0, 0, wanted.width, wanted.height)
        self.root.setScale(wanted.scale)

    def _items(self) -> Iterator[QGraphicsItem]:
        yield from self.lines
        yield from self.edges
        yield from self.circles
        yield from self.tags.values()
        yield from self.boxes.values()

    def _fill(self, state: InspectorState, wanted: CellLayout, *, lit: bool) -> None:
        current = state.operation.name if lit else ""
        known = {name: seen(state, name) for name in wanted.places.shown.values()}
        contents = self._contents.of(state, wanted, lit=lit)
        for name, content in contents.items():
            self.boxes[name].show_content(content)
        in_colours = state.scene.sizes.n_a > MOST_ROWS
        limit = state.scales.bar_limit(backward=state.backward)
        self.scale.show_limit(limit if in_colours else None)
        for edge in self.edges:
            there = any(known.get(name, False) for name in edge.route.needs)
            look = EdgeLook.DONE if there else EdgeLook.NOT_YET
            edge.show_look(EdgeLook.INTO if current in edge.route.into else look)
        for circle in self.circles:
            circle.show_known(known=any(known.get(name, False) for name in circle.circle.needs))
        widths = self._line_widths(state, wanted)
        for line in self.lines:
            value = line.route.needs[0]
            line.show_look(LineLook(known[value], widths.get(value)))
        if state.backward:
            self._fill_tags(state, wanted, current)

    def _line_widths(self, state: InspectorState, wanted: CellLayout) -> Mapping[str, float]:
        """How wide the hollow line is for each value on it; the longest gradient is widest."""
        if not state.backward:
            return {}
        example = state.example
        kept = self._longest
        if kept is None or kept[0] is not state.trace or kept[1] != example:
            lengths = state_gradient_lengths(state.trace, wanted.places.line, example)
            longest = max(filter(math.isfinite, lengths.tolist()), default=0.0)
            kept = self._longest = state.trace, example, longest
        values = {line.route.needs[0] for line in self.lines}
        with np.errstate(over="ignore", invalid="ignore"):
            own = {name: float(np.linalg.norm(state.values[name][:, example])) for name in values}
        longest = max((kept[2], *filter(math.isfinite, own.values())))
        return {
            name: max(WIDEST * length / longest, NARROWEST)
            if longest and math.isfinite(length)
            else (NARROWEST if math.isfinite(length) else WIDEST)
            for name, length in own.items()
        }

    def _fill_tags(self, state: InspectorState, wanted: CellLayout, current: str) -> None:
        if self._sums is None or self._sums.trace is not state.trace:
            self._sums = Sums(state.trace)
        lit = wanted.places.tag_of.get(current, "")
        wrong = wanted.places.tag_of.get(state.wrong, "")
        for place, tags in self._sums.tags(state.cursor.time).items():
            for tag in tags:
                item = self.tags.get(tag.parameter)
                if item is not None:
                    hue = self._hues[place]
                    content = _tag(state, hue, tag, lit=lit == tag.parameter)
                    item.show_content(replace(content, wrong=wrong == tag.parameter))


def _tag(state: InspectorState, hue: str, tag: WeightTag, *, lit: bool) -> TagContent:
    written = symbol(f"d{tag.parameter}", state.cursor.notation)
    if not state.known(f"d{tag.parameter}", state.cursor.time):
        return TagContent(written, hue, lit=lit)
    own, so_far = _length(tag.own), _length(tag.so_far)
    return TagContent(written, hue, own, so_far, tag.share, lit)


def _length(number: float) -> str:
    if abs(number) >= _LARGE or not math.isfinite(number):
        return language.number(tidy(number, 3))
    return language.number(rounded(number, 2))
