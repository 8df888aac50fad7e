"""Cells that differ from the registry's in their activations, in GRU's reset, or by a mask.

The function in a forward row and the derivative in the backward rows are changed together, so the
gradient check holds for every variant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from rnnstudio.core.cells.activation_functions import activated, slope_of
from rnnstudio.core.cells.gru import GRU, GRU_RESET_BEFORE
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.table import Cell, Fault, Operation, Table, Variant, row
from rnnstudio.core.messages import Message

MASK = "mask"
"""Given to each step of a masked cell: 1 where it counts, 0 where it is passed over."""
_MEANINGS: Mapping[str, Message] = {
    "slope of the tanh": Message("slope of the activation"),
    "gradient before the tanh": Message("gradient before the activation"),
    "gradient before the candidate's tanh": Message("gradient before the candidate's activation"),
}
"""What a row means where the tanh is another function."""

Rewrite = Callable[[str], str]


def varied(name: str, variant: Variant) -> Cell:
    """The registry's cell ``name`` with what ``variant`` changes.

    Raises ValueError if the cell has no such variant.
    """
    if variant.reset_before and name != GRU.name:
        raise ValueError(f"{name} has no reset gate")
    cell = GRU_RESET_BEFORE if variant.reset_before else CELLS[name]
    if variant.gate != "sigmoid":
        cell = _with_function(cell, "sigmoid", variant.gate)
    if variant.squash != "tanh":
        cell = _with_function(cell, "tanh", variant.squash)
    if variant.masked:
        cell = _masked(cell)
    return replace(cell, variant=variant)


def _with_function(cell: Cell, old: str, new: str) -> Cell:
    """The cell with ``new`` in the place of the function ``old``, derivatives with it."""
    forward, derivatives = dict[str, str](), dict[str, str]()
    for operation in cell.recurrence:
        if operation.function == old:
            z = operation.formula[len(old) + 1 : -1]
            forward[operation.formula] = activated(new, z)
            name, slope = operation.name, slope_of(new, z)
            derivatives[f"{name} * (1 - {name})" if old == "sigmoid" else f"(1 - {name} ** 2)"] = (
                slope
            )
            derivatives[f"1 - {name} ** 2"] = slope
    for state in cell.states:
        z = f"{state}_next"
        forward[f"{old}({z})"] = activated(new, z)
        derivatives[f"(1 - {old}({z}) ** 2)"] = slope_of(new, z)
        derivatives[f"{old}({z})"] = activated(new, z)
    tanh_is_gone = old == "tanh"
    return replace(
        cell,
        forward=_rewritten(cell.forward, _replacing(forward)),
        backward=_rewritten(cell.backward, _replacing(derivatives), tanh_is_gone),
        faults=tuple(
            replace(fault, formula=_replacing(derivatives)(fault.formula))
            for fault in cell.faults
            if not (tanh_is_gone and _is_about_tanh(fault))
        ),
    )


def _is_about_tanh(fault: Fault) -> bool:
    return fault.key == "tanh"


def _replacing(texts: Mapping[str, str]) -> Rewrite:
    """Puts each text in the place of another one, once each, in their order."""

    def rewrite(formula: str) -> str:
        for old, new in texts.items():
            if old in formula:
                formula = formula.replace(old, new)
        return formula

    return rewrite


def _rewritten(table: Table, rewrite: Rewrite, new_meanings: bool = False) -> Table:
    return tuple(
        row(each.name, rewrite(each.formula), _meaning(each, new_meanings), each.box)
        for each in table
    )


def _meaning(operation: Operation, new_meanings: bool) -> Message | str:
    known = _MEANINGS.get(str(operation.meaning)) if new_meanings else None
    return known or operation.meaning


def _masked(cell: Cell) -> Cell:
    """The cell in which each state is kept where the step's mask is 0."""
    states = "|".join(cell.states)

    def computed(formula: str) -> str:
        return re.sub(rf"\b(d?)({states})_next\b", r"\1\2_new", formula)

    recurrence = [
        row(computed(each.name), computed(each.formula), each.meaning, each.box)
        for each in cell.recurrence
    ]
    kept = [_kept(state) for state in cell.states]
    arriving = [_arriving(state) for state in cell.states]
    messages = {f"d{state}_prev": f" + (1 - {MASK}) * d{state}_next" for state in cell.states}
    back = [
        row(each.name, computed(each.formula) + messages.get(each.name, ""), each.meaning, each.box)
        for each in cell.backward
    ]
    gradients = {computed(name): computed(of) for name, of in cell.gradients.items()}
    return replace(
        cell,
        forward=(*recurrence, *kept, *cell.prediction),
        backward=(*arriving, *back),
        gradients={**gradients, **{f"{state}_next": f"d{state}_next" for state in cell.states}},
        faults=tuple(fault for fault in cell.faults if fault.name not in messages),
    )


def _kept(state: str) -> Operation:
    name, formula = f"{state}_next", f"{MASK} * {state}_new + (1 - {MASK}) * {state}_prev"
    return row(name, formula, Message("the new state, or the old one where the step is masked"))


def _arriving(state: str) -> Operation:
    name, formula = f"d{state}_new", f"{MASK} * d{state}_next"
    return row(name, formula, Message("gradient of the new state, none where the step is masked"))
