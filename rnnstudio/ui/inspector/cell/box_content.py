"""What the boxes of a cell's drawing say of a state; knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from rnnstudio.core import language
from rnnstudio.core.cells.box_labels import box_label, short_label
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.parcels import Parcel, parcels
from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.cells.symbols import Notation, Symbol
from rnnstudio.core.cells.table import Cell
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import rounded, tidy
from rnnstudio.ui.inspector.cell.lanes import MOST_ROWS, BoxPlace, CellLayout, RowCounts
from rnnstudio.ui.inspector.gate_hues import NO_GATE, gate_hue
from rnnstudio.ui.inspector.state import InspectorState

_MOST_WRITTEN = 1000.0
"""Larger numbers are written with a power of ten."""


@dataclass(frozen=True)
class RowContent:
    """One number of a box: its share of the scale, -1 to 1, and what it was before an edit."""

    label: str
    share: float = 0.0
    text: str = ""
    old: str = ""


@dataclass(frozen=True, eq=False)
class BoxContent:
    """All that is seen of one box.

    ``hue`` is a gate's colour role, ``badge`` its letter. ``level``: the numbers lie between 0 and
    1 and are drawn from the left. ``heat`` (rows, 1) takes the place of rows that are too many, its
    colours reach up to ``limit``; ``old_heat`` is what it was before an edit. ``letter`` is an
    input that is one of several letters, ``note`` stands beside it, or where numbers come later.
    ``unit`` is the chosen row. ``wrong`` says that somebody's numbers go wrong here. ``parcel``: it
    is a message between steps; ``outgoing``: to another.
    """

    title: str
    symbol: Symbol
    hue: str = ""
    badge: Symbol | None = None
    level: bool = False
    known: bool = True
    concealed: bool = False
    current: bool = False
    rows: tuple[RowContent, ...] = ()
    heat: Array | None = None
    old_heat: Array | None = None
    limit: float = 1.0
    letter: str = ""
    note: str = ""
    held: str = ""
    marked: bool = False
    wrong: str = ""
    unit: int | None = None
    outgoing: bool = False
    parcel: bool = False


def row_counts(scene: Scene, *, backward: bool) -> RowCounts:
    """How many numbers the boxes of a scene have."""
    sizes = scene.sizes
    inputs = 0 if not backward and reads_letters(scene) else sizes.n_x
    return RowCounts(sizes.n_a, inputs, sizes.n_y)


def reads_letters(scene: Scene) -> bool:
    """Whether every input is one of several things that have names."""
    x = scene.x
    alone = (x.max(axis=0) == 1) & ((x != 0).sum(axis=0) == 1)
    return bool(scene.inputs) and len(x) > 1 and bool(alone.all())


@dataclass(frozen=True)
class _Words:
    """What a box is called whatever it holds: title, symbol, a gate's colour role and letter."""

    title: str
    symbol: Symbol
    hue: str
    badge: Symbol | None


def _words(cell: Cell, box: BoxPlace, notation: Notation, *, short: bool) -> _Words:
    brief = short or box.kind == "slim"
    title = short_label(cell, box.name) if brief else box_label(cell, box.name)
    hue = gate_hue(cell, box.place) if box.kind == "inner" else NO_GATE
    gate = hue != NO_GATE
    badge = symbol(box.place, notation).alone if gate else None
    return _Words(language.text(title), symbol(box.name, notation), hue if gate else "", badge)


@dataclass(frozen=True, eq=False)
class _Seen:
    """What a box's content follows from.

    ``known``: the numbers may be seen. ``message`` is the label of one to or from a step.
    """

    state: InspectorState
    box: BoxPlace
    short: bool
    limit: float
    current: bool
    known: bool
    words: _Words
    message: str = ""
    outgoing: bool = False

    @property
    def concealed(self) -> bool:
        """Whether the value is asked for."""
        return self.current and self.state.concealed

    def key(self) -> tuple[object, ...]:
        """What all of it depends on: where none of it changes the content stays the same."""
        state, name = self.state, self.box.name
        said = (self.short, self.message, self.outgoing, state.cursor.notation)
        around = (self.box, *said, name == state.wrong)
        if not self.known or self.concealed:
            return *around, state.scene, self.current, self.concealed
        return (
            *around,
            state.scene,
            self.current,
            state.values[name],
            state.old_value(name),
            self.limit,
            state.entry[0] if self.current else None,
            state.example,
            state.interventions(name),
            state.marks(name) if state.scene.marks else (),
        )


class BoxContents:
    """Makes the content of each box anew only where something about it has changed."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[tuple[object, ...], BoxContent]] = {}
        self._words: dict[tuple[str, bool, Notation], _Words] = {}

    def of(
        self, state: InspectorState, layout: CellLayout, *, lit: bool
    ) -> Mapping[str, BoxContent]:
        """The content of every box and pill by its value's name.

        ``lit``: this side's current value is pointed at.
        """
        messages: dict[str, Parcel] = {}
        if state.backward:
            time, short = state.cursor.time, layout.short
            found = parcels(state.trace, time, state.example, backward=True, short=short)
            messages = {parcel.name: parcel for parcel in found}
        common = state.scales.bar_limit(backward=state.backward)
        current = state.operation.name if lit else ""
        contents = {}
        for box in (*layout.boxes.values(), *layout.pills.values()):
            name, message = box.name, messages.get(box.name)
            seen_of = _Seen(
                state,
                box,
                layout.short,
                state.scales.limit(name) if _apart(state, name) else common,
                name == current,
                seen(state, name),
                self._words_of(state, box, short=layout.short),
                language.text(message.label) if message is not None else "",
                message is not None and message.outgoing,
            )
            contents[name] = self._content(seen_of)
        return contents

    def _words_of(self, state: InspectorState, box: BoxPlace, *, short: bool) -> _Words:
        notation = state.cursor.notation
        key = box.name, short, notation
        if key not in self._words:
            self._words[key] = _words(state.scene.cell, box, notation, short=short)
        return self._words[key]

    def _content(self, found: _Seen) -> BoxContent:
        name, key = found.box.name, found.key()
        made = self._made.get(name)
        if made is None or not _same(made[0], key):
            made = self._made[name] = (key, _content(found))
        return made[1]


def _apart(state: InspectorState, name: str) -> bool:
    """Whether the value is measured in its own unit: the input and the prediction."""
    return name in ("xt", "dxt", state.scene.cell.predicted.name)


def seen(state: InspectorState, name: str) -> bool:
    """Whether the value may be seen: what arrives from other steps may at once."""
    return not state.is_row(name) or state.known(name, state.cursor.time)


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Whether two keys are the same; arrays are compared as objects, which a trace makes once."""
    pairs = zip(one, other, strict=False)
    same = (a is b or (not isinstance(a, np.ndarray) and a == b) for a, b in pairs)
    return len(one) == len(other) and all(same)


def _content(found: _Seen) -> BoxContent:
    state, name, words = found.state, found.box.name, found.words
    cell, shown = state.scene.cell, found.known and not found.concealed
    content = BoxContent(
        title=found.message or words.title,
        symbol=words.symbol,
        hue=words.hue,
        badge=words.badge,
        level=not state.backward and (name in cell.gates or _probabilities(cell, name)),
        known=found.known,
        concealed=found.concealed,
        current=found.current,
        limit=found.limit,
        held=_held(state, name) if shown else "",
        marked=shown and bool(state.marks(name)),
        wrong=language.text(Message("goes wrong first")) if name == state.wrong else "",
        unit=state.entry[0] if found.current else None,
        parcel=bool(found.message),
        outgoing=found.outgoing,
    )
    return _with_numbers(content, found, shown=shown)


def _probabilities(cell: Cell, name: str) -> bool:
    return name == cell.predicted.name and cell.predicted.function == "softmax"


def _held(state: InspectorState, name: str) -> str:
    """What a held value is held at, if it is one number."""
    values = {force.value for force in state.interventions(name)}
    if not values:
        return ""
    if len(values) > 1:
        return language.text(Message("held"))
    value = tidy(values.pop(), 2)
    return language.text(Message("held at {value}", {"value": value}))


def _with_numbers(content: BoxContent, found: _Seen, *, shown: bool) -> BoxContent:
    """The content with its rows, its heat map, its letter or its note."""
    state, name = found.state, found.box.name
    array, old = state.values[name], state.old_value(name)
    example = min(state.example, array.shape[1] - 1)
    names = state.scene.row_names(name)
    if name == "xt" and reads_letters(state.scene):
        row = state.scene.one_hot_row(state.cursor.time, example) or 0
        return replace(content, letter=names[row], note=_letters(names, short=found.short))
    if name == "dxt" and not shown:
        return replace(content, note=language.text(Message("comes last")))
    if len(array) > MOST_ROWS or found.box.kind == "slim":
        if not shown:
            return content
        old_heat = None if old is None else old[:, [example]]
        return replace(content, heat=array[:, [example]], old_heat=old_heat)
    labels = names or tuple(str(row + 1) for row in range(len(array)))
    if not shown:
        return replace(content, rows=tuple(RowContent(label) for label in labels))
    signed = not (name in state.scene.cell.gates or _probabilities(state.scene.cell, name))
    rows = []
    for row, label in enumerate(labels):
        value = float(array[row, example])
        text = _written(value, signed=signed)
        before = "" if old is None else _written(float(old[row, example]), signed=signed)
        share = value / found.limit if signed else value
        rows.append(RowContent(label, share, text, before if before != text else ""))
    return replace(content, rows=tuple(rows))


def _letters(names: tuple[str, ...], *, short: bool) -> str:
    """How many letters there are, or things with longer names."""
    if short or any(len(name) > 1 for name in names):
        return language.text(Message("1 of {n}", {"n": len(names)}))
    return language.text(Message("1 of {n} letters", {"n": len(names)}))


def _written(value: float, *, signed: bool) -> str:
    """Two decimals, of large numbers three digits and a power of ten."""
    if abs(value) >= _MOST_WRITTEN:
        return language.number(tidy(value, 3))
    return language.number(rounded(value, 2, signed=signed))
