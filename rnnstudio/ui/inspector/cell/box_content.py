"""What the boxes of a cell's drawing say of a state; knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rnnstudio.core import language
from rnnstudio.core.cells.box_labels import box_label, short_label
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.gate_roles import gate_role
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.parcels import parcels
from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.cells.symbols import Symbol
from rnnstudio.core.cells.table import Cell
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import rounded, tidy
from rnnstudio.ui.inspector.cell.lanes import MOST_ROWS, BoxPlace, CellLayout, RowCounts
from rnnstudio.ui.inspector.state import InspectorState

_HUES = {"keep": "forget", "store": "input", "show": "output", "pass": "output"}
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
    colours reach up to ``limit``; ``old_heat`` is what it was before an edit. ``letter`` is an input that is one of several letters, ``note``
    stands where the numbers come later. ``unit`` is the chosen row.
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


def hue_of(cell: Cell, place: str) -> str:
    """The colour role of a gate or a candidate; empty for any other value."""
    if place in cell.gates:
        role = gate_role(cell, place)
        return _HUES[role.kind] if role is not None else "output"
    row = next((row for row in cell.recurrence if row.name == place), None)
    inner = row is not None and not place.endswith("_next")
    return "candidate" if inner and row is not None and row.function == "tanh" else ""


class BoxContents:
    """Makes the content of each box anew only where something about it has changed."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[tuple[object, ...], BoxContent]] = {}

    def of(
        self, state: InspectorState, layout: CellLayout, *, lit: bool
    ) -> Mapping[str, BoxContent]:
        """The content of every box and pill; ``lit``: this side's current value is pointed at."""
        messages: dict[str, str] = {}
        outgoing: set[str] = set()
        if state.backward:
            for parcel in parcels(state.trace, state.cursor.time, state.example, backward=True):
                messages[parcel.name] = language.text(parcel.label)
                outgoing |= {parcel.name} if parcel.outgoing else set()
        common = common_limit(state, layout)
        found = {}
        for place, box in {**layout.boxes, **layout.pills}.items():
            message, sent = messages.get(box.name, ""), box.name in outgoing
            limit = state.scales.limit(box.name) if _apart(state, box.name) else common
            key = self._key(state, box, layout, message, limit, lit=lit)
            made = self._made.get(place)
            if made is None or not _same(made[0], key):
                content = _content(state, box, layout, message, limit, lit=lit, outgoing=sent)
                made = (key, content)
                self._made[place] = made
            found[place] = made[1]
        return found

    def _key(
        self,
        state: InspectorState,
        box: BoxPlace,
        layout: CellLayout,
        message: str,
        limit: float,
        *,
        lit: bool,
    ) -> tuple[object, ...]:
        name = box.name
        current = lit and name == state.operation.name
        return (
            state.values[name],
            state.old_value(name),
            state.scales,
            limit,
            layout.short,
            box.kind,
            state.backward,
            seen(state, name),
            current and state.concealed,
            current,
            state.entry[0] if current else None,
            state.example,
            state.cursor.notation,
            state.interventions(name),
            message,
            name,
            state.cursor.time,
        )


def common_limit(state: InspectorState, layout: CellLayout) -> float:
    """Up to which number the bars and colours of states, gates and their gradients reach.

    One scale for all of them at every step; forward it reaches to 1 at least, as gates do.
    """
    names = [name for name in layout.places.shown.values() if not _apart(state, name)]
    limits = [state.scales.limit(name) for name in names]
    return max([*limits, 0.0 if state.backward else 1.0]) or 1.0


def _apart(state: InspectorState, name: str) -> bool:
    """Whether the value is measured in its own unit: the input and the prediction."""
    return name in ("xt", "dxt", state.scene.cell.predicted.name)


def seen(state: InspectorState, name: str) -> bool:
    """Whether the value may be seen: what arrives from other steps may at once."""
    if any(row.name == name for row in state.table):
        return state.known(name, state.cursor.time)
    return True


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Whether two keys are the same; arrays are compared as objects, which a trace makes once."""
    return all(a is b or (not isinstance(a, np.ndarray) and a == b)
               for a, b in zip(one, other, strict=True))  # fmt: skip


def _content(
    state: InspectorState,
    box: BoxPlace,
    layout: CellLayout,
    message: str,
    limit: float,
    *,
    lit: bool,
    outgoing: bool,
) -> BoxContent:
    cell, name, notation = state.scene.cell, box.name, state.cursor.notation
    current = lit and name == state.operation.name
    concealed = current and state.concealed
    known = seen(state, name)
    words = short_label(cell, name) if layout.short or box.kind == "slim" else box_label(cell, name)
    inner, gate = box.kind == "inner", name in cell.gates
    hue = hue_of(cell, box.place) if inner else ""
    held = state.interventions(name)
    shown = {
        "title": message or language.text(words),
        "symbol": symbol(name, notation),
        "hue": hue,
        "badge": symbol(box.place, notation).alone if hue else None,
        "level": (gate or _probabilities(cell, name)) and not state.backward,
        "known": known,
        "concealed": concealed,
        "current": current,
        "held": _held(state, name) if held and known and not concealed else "",
        "marked": known and bool(state.marks(name)),
        "unit": state.entry[0] if current else None,
        "parcel": bool(message),
        "outgoing": outgoing,
        "limit": limit,
    }
    return BoxContent(**shown, **_numbers(state, box, limit, known=known and not concealed))


def _probabilities(cell: Cell, name: str) -> bool:
    return name == cell.predicted.name and cell.predicted.function == "softmax"


def _held(state: InspectorState, name: str) -> str:
    values = {force.value for force in state.interventions(name)}
    if len(values) > 1:
        return language.text(Message("held"))
    value = tidy(float(values.pop()), 2)
    return language.text(Message("held at {value}", {"value": value}))


def _numbers(
    state: InspectorState, box: BoxPlace, limit: float, *, known: bool
) -> dict[str, object]:
    """The rows, the heat map, the letter or the note of a box."""
    name, scene = box.name, state.scene
    array = state.values[name]
    example = min(state.example, array.shape[1] - 1)
    names = scene.row_names(name)
    if name == "xt" and reads_letters(scene):
        row = scene.one_hot_row(state.cursor.time, example)
        note = Message("1 of {n} letters", {"n": len(names)})
        if any(len(each) > 1 for each in names):
            note = Message("1 of {n}", {"n": len(names)})
        return {"letter": names[row or 0], "note": language.text(note)}
    if name == "dxt" and not known:
        return {"note": language.text(Message("comes last"))}
    if len(array) > MOST_ROWS or box.kind == "slim":
        old = state.old_value(name)
        pair = (array, old) if known else (None, None)
        heat, old_heat = (None if each is None else each[:, [example]] for each in pair)
        return {"heat": heat, "old_heat": old_heat}
    labels = names or tuple(str(row + 1) for row in range(len(array)))
    if not known:
        return {"rows": tuple(RowContent(label) for label in labels)}
    return {"rows": _rows(state, name, labels, example, limit)}


def _rows(
    state: InspectorState, name: str, labels: tuple[str, ...], example: int, limit: float
) -> tuple[RowContent, ...]:
    array, old = state.values[name], state.old_value(name)
    signed = not (name in state.scene.cell.gates or _probabilities(state.scene.cell, name))
    rows = []
    for row, label in enumerate(labels):
        value = float(array[row, example])
        text = _written(value, signed=signed)
        before = "" if old is None else _written(float(old[row, example]), signed=signed)
        share = value / limit if signed else value
        rows.append(RowContent(label, share, text, before if before != text else ""))
    return tuple(rows)


def _written(value: float, *, signed: bool) -> str:
    """Two decimals, of large numbers three digits and a power of ten."""
    if abs(value) >= _MOST_WRITTEN:
        return tidy(value, 3)
    return language.number(rounded(value, 2, signed=signed))
