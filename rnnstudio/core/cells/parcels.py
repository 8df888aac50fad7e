"""What a step is handed by its neighbours and hands on to them, in both passes.

Arrays are float64 and have no unit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.scene import Trace
from rnnstudio.core.messages import Message


@dataclass(frozen=True, eq=False)
class Parcel:
    """A message between two steps: the value ``name`` of ``state``, as one step has it.

    ``label`` says where it goes to or comes from. ``numbers`` are (n_a,), ``length`` is their
    Euclidean norm. ``outgoing``: this step hands it on.
    """

    name: str
    state: str
    label: Message
    numbers: Array
    length: float
    outgoing: bool


def parcels(
    traced: Trace, step: int, example: int = 0, *, backward: bool, short: bool = False
) -> tuple[Parcel, ...]:
    """The messages of ``step``: for each state what arrives, then for each what is handed on.

    ``short``: there is little room for their labels.
    """
    values = traced.values(step, backward=backward)
    found = []
    for outgoing in (False, True):
        for state in traced.cell.states:
            name = _name(state, outgoing=outgoing, backward=backward)
            numbers = np.asarray(values[name][:, example])
            with np.errstate(over="ignore"):
                length = float(np.linalg.norm(numbers))
            label = (
                _to(traced, step, backward, short=short)
                if outgoing
                else _from(traced, state, step, backward, short=short)
            )
            found.append(Parcel(name, state, label, numbers, length, outgoing))
    return tuple(found)


def state_gradient_lengths(traced: Trace, state: str, example: int = 0) -> Array:
    """The Euclidean norm of the gradient of ``state`` at every step, (T_x,)."""
    name = traced.cell.gradients[f"{state}_next"]
    with np.errstate(over="ignore"):
        return np.array([np.linalg.norm(step[name][:, example]) for step in traced.backward])


def _name(state: str, *, outgoing: bool, backward: bool) -> str:
    end = "_next" if outgoing is not backward else "_prev"
    return f"d{state}{end}" if backward else f"{state}{end}"


def _to(traced: Trace, step: int, backward: bool, *, short: bool) -> Message:
    there = step if backward else step + 2
    if there == 0:
        return Message("to start") if short else Message("to the start")
    if there > len(traced.forward):
        return Message("at the end")
    return Message("to t = {step}", {"step": there})


def _from(traced: Trace, state: str, step: int, backward: bool, *, short: bool) -> Message:
    """A gradient of the hidden state comes from the loss as well, where da has one."""
    there = step + 2 if backward else step
    if there == 0:
        return Message("start") if short else Message("from the start")
    loss = backward and state == traced.cell.states[0] and bool(traced.scene.da[..., step].any())
    if there > len(traced.forward):
        if short:
            return Message("loss") if loss else Message("beyond")
        return Message("from the loss") if loss else Message("from beyond the end")
    if short:
        values = {"step": there}
        return Message("t = {step}, loss", values) if loss else Message("t = {step}", values)
    if loss:
        return Message("from t = {step} and the loss", {"step": there})
    return Message("from t = {step}", {"step": there})
