"""What the values of a cell are called at their boxes and in sentences about them."""

from __future__ import annotations

from collections.abc import Mapping

from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.table import Cell, Operation
from rnnstudio.core.messages import Message

_STATES: Mapping[str, Message] = {"a": Message("hidden"), "c": Message("memory")}
_SPOKEN: Mapping[str, tuple[Message, Message]] = {
    "a": (Message("old hidden state"), Message("hidden state")),
    "c": (Message("old memory"), Message("memory")),
}
"""The state of the step before, and that of this one."""
_NEXT, _PREV = "_next", "_prev"


def box_label(cell: Cell, name: str) -> Message | str:
    """What the value ``name`` is called: "forget gate", "memory", "input".

    A gradient is called as the value that it is the gradient of.
    """
    return _given(cell, name) or _row_words(cell, name) or symbol(name).text


def short_label(cell: Cell, name: str) -> Message | str:
    """The same for a narrow window: "forget"."""
    row = _row(cell, _of_gradient(cell, name))
    return (row.box.short if row is not None else "") or box_label(cell, name)


def spoken(cell: Cell, name: str) -> Message | str:
    """What the value is called in a sentence: "old hidden state", "gradient of the memory"."""
    value = _of_gradient(cell, name)
    if state := state_of_value(cell, value):
        old = value.endswith(_PREV)
        words: Message | str = _SPOKEN.get(state, (Message("old state"), Message("state")))[not old]
    else:
        words = box_label(cell, value)
    return words if value == name else Message("gradient of the {value}", {"value": words})


def purpose(cell: Cell, name: str) -> Message | str:
    """What the value is for: "how much memory stays"; its row's meaning where that is not said."""
    row = _row(cell, name)
    return "" if row is None else row.box.purpose or row.meaning


def state_of_value(cell: Cell, name: str) -> str:
    """The state that the value ``name``, or the one that it is the gradient of, is; else empty."""
    name = _of_gradient(cell, name)
    stem = name.removesuffix(_NEXT).removesuffix(_PREV)
    return stem if stem != name and stem in cell.states else ""


def _given(cell: Cell, name: str) -> Message | None:
    """The words for input, states and prediction, which no row has to say."""
    name = _of_gradient(cell, name)
    if state := state_of_value(cell, name):
        return _STATES.get(state) or Message("state {name}", {"name": state})
    if name == "xt":
        return Message("input")
    return Message("prediction") if name == cell.predicted.name else None


def _row_words(cell: Cell, name: str) -> Message | str:
    row = _row(cell, _of_gradient(cell, name)) or _row(cell, name)
    return "" if row is None else row.box.label or row.meaning


def _of_gradient(cell: Cell, name: str) -> str:
    """The forward value that ``name`` is the gradient of; ``name`` itself if it is none."""
    known = {gradient: value for value, gradient in cell.gradients.items()}
    known |= {f"d{state}{end}": f"{state}{end}" for state in cell.states for end in (_NEXT, _PREV)}
    return {**known, "dxt": "xt"}.get(name, name)


def _row(cell: Cell, name: str) -> Operation | None:
    rows = (*cell.forward, *cell.backward, *cell.sums)
    return next((row for row in rows if row.name == name), None)
