"""What a screen reader says of a diagram's boxes: "forget gate, unit 1, 0.19, nearly shut"."""

from __future__ import annotations

from rnnstudio.core.cells.box_labels import box_label, spoken
from rnnstudio.core.cells.gates import gate_state
from rnnstudio.core.cells.scene import Trace
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import decimals, percent, rounded


def accessible_row(
    traced: Trace,
    name: str,
    step: int,
    row: int,
    example: int = 0,
    *,
    backward: bool = False,
    known: bool = True,
) -> Message:
    """One row of the box of the value ``name``; ``known`` is False before it is computed or shown.

    A gate is read with its state, an input of letters with the letter alone.
    """
    array = traced.values(step, backward=backward)[name]
    rows = traced.scene.row_names(name)
    label = box_label(traced.cell, name) if not backward else spoken(traced.cell, name)
    values = {"value": label, "unit": rows[row] if rows else row + 1}
    if not known:
        if rows:
            return Message("{value}, {unit}, not known yet", values)
        return Message("{value}, unit {unit}, not known yet", values)
    number = float(array[row, min(example, array.shape[1] - 1)])
    values["number"] = rounded(number, decimals([number]), signed=True)
    if _held(traced, name, step, row, example):
        values["number"] = rounded(number, 2)
        return Message("{value}, unit {unit}, held at {number}", values)
    if name in traced.cell.gates and not backward:
        values |= {"number": rounded(number, 2), "state": gate_state(number).words}
        return Message("{value}, unit {unit}, {number}, {state}", values)
    if name == traced.cell.predicted.name and traced.cell.predicted.function == "softmax":
        values["number"] = percent(number)
    if rows:
        return Message("{value}, {unit}, {number}", values)
    return Message("{value}, unit {unit}, {number}", values)


def accessible_input(traced: Trace, step: int, example: int = 0) -> Message | None:
    """The input's box where it is one letter of several: "input, C, 1 of 7"; else None."""
    row, names = traced.scene.one_hot_row(step, example), traced.scene.inputs
    if row is None or not names:
        return None
    return Message("input, {letter}, one of {n}", {"letter": names[row], "n": len(names)})


def accessible_step(traced: Trace, step: int, *, known: bool) -> Message:
    """A tile of the strip: "t = 3, C", and whether it can be looked at yet."""
    labels = traced.scene.labels
    values = {"step": step + 1, "label": labels[step] if labels else ""}
    match bool(labels), known:
        case True, True:
            return Message("t = {step}, {label}", values)
        case True, False:
            return Message("t = {step}, {label}, covered", values)
        case False, True:
            return Message("t = {step}", values)
    return Message("t = {step}, covered", values)


def _held(traced: Trace, name: str, step: int, row: int, example: int) -> bool:
    return any(
        held.name == name
        and held.step in (None, step)
        and held.row in (None, row)
        and held.example in (None, example)
        for held in traced.scene.interventions
    )
