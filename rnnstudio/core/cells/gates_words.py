"""What is said of a cell's values over time: a finding, saturation, and what units react to.

Arrays are float64 and have no unit.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from rnnstudio.core.cells.box_labels import spoken
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.gates import (
    GATE_STATES,
    GateState,
    gate_state,
    input_names,
    over_time,
    reactions,
    saturation,
)
from rnnstudio.core.cells.scene import Trace
from rnnstudio.core.messages import Message, listed
from rnnstudio.core.numbers import decimals, percent, rounded

_NAMED_STEPS = 12
"""So many steps are named one by one where they have letters."""
_NAMED_UNITS = 8


def values_finding(traced: Trace, name: str, example: int = 0, seen: int | None = None) -> Message:
    """When a gate is shut and when it is open, or which unit of another value goes furthest.

    Only the first ``seen`` steps are spoken of; None: all.
    """
    values = over_time(traced, name, example)[:, :seen]
    if not values.shape[1]:
        return Message(
            "Of the {value} nothing is computed yet.", {"value": spoken(traced.cell, name)}
        )
    if name in traced.cell.gates:
        return _gate_finding(traced, name, values)
    if values.shape[1] == 1:
        return _one_step_finding(traced, name, values[:, 0])
    least, most = values.min(axis=1), values.max(axis=1)
    unit = int((most - least).argmax())
    places = decimals([float(least[unit]), float(most[unit])])
    return Message(
        "Of the {value}, unit {unit} goes furthest: from {least} to {most}.",
        {
            "value": spoken(traced.cell, name),
            "unit": unit + 1,
            "least": rounded(float(least[unit]), places, signed=True),
            "most": rounded(float(most[unit]), places, signed=True),
        },
    )


def covered_words(seen: int, steps: int) -> Message:
    """Which of ``steps`` are still covered when only the first ``seen``, fewer, may be seen."""
    steps_left = {"first": seen + 1, "last": steps}
    match steps - seen:
        case 1:
            return Message("Step {step} is still covered.", {"step": steps})
        case 2:
            return Message("Steps {first} and {last} are still covered.", steps_left)
        case _:
            return Message("Steps {first} to {last} are still covered.", steps_left)


def saturation_words(values: Array) -> Message:
    """How much of a gate's ``values`` (n_a, T_x) is saturated."""
    found = saturation(values)
    return Message(
        "closed (below 0.05): {closed} · open (above 0.95): {open}",
        {"closed": percent(found.closed), "open": percent(found.open)},
    )


def reactions_words(traced: Trace, name: str, example: int = 0) -> Message:
    """Which input each unit follows most closely, as far as there is room."""
    found = reactions(over_time(traced, name, example), traced.scene.x[:, example])
    names = input_names(traced.scene)
    units = [
        Message(
            "unit {unit} to {input} ({strength})",
            {
                "unit": unit + 1,
                "input": names[found.to[unit]],
                "strength": rounded(float(found.strength[unit]), 2),
            },
        )
        for unit in found.order
        if found.strength[unit] != 0
    ]
    if not units:
        return Message("No unit reacts to any input.")
    if len(units) > _NAMED_UNITS:
        return Message(
            "Reacts most (correlation): {units} and {n} more",
            {"units": units[:_NAMED_UNITS], "n": len(units) - _NAMED_UNITS},
        )
    return Message("Reacts most (correlation): {units}", {"units": units})


def _one_step_finding(traced: Trace, name: str, values: Array) -> Message:
    """The unit of ``values`` (n_a,) that is furthest from 0 at the only step."""
    unit = int(np.abs(values).argmax())
    number = float(values[unit])
    return Message(
        "Of the {value}, unit {unit} is furthest from 0: {number}.",
        {
            "value": spoken(traced.cell, name),
            "unit": unit + 1,
            "number": rounded(number, decimals([number]), signed=True),
        },
    )


def _gate_finding(traced: Trace, name: str, values: Array) -> Message:
    states = [gate_state(float(value)) for value in values.mean(axis=0)]
    used = [state for state in GATE_STATES if state in states]
    said = {
        "gate": spoken(traced.cell, name),
        "states": listed(_state_words(traced, states, state) for state in used),
    }
    if len(used) == 1 and len(states) == len(traced.forward):
        said["states"] = Message("{state} at every step", {"state": used[0].words})
    if _agree(values, states):
        return Message("The {gate} is {states}.", said)
    return Message("On average of its units the {gate} is {states}.", said)


def _agree(values: Array, states: list[GateState]) -> bool:
    """Whether every unit is as far open as ``states`` says of their mean."""
    return all(
        gate_state(float(value)) is state
        for column, state in zip(values.T, states, strict=True)
        for value in column
    )


def _state_words(traced: Trace, states: list[GateState], state: GateState) -> Message:
    """ "wide open at b, a": at which steps a gate is so far open."""
    steps = [step for step, other in enumerate(states) if other is state]
    labels = traced.scene.labels
    if labels and len(states) <= _NAMED_STEPS:
        return Message(
            "{state} at {steps}", {"state": state.words, "steps": list(_letters(labels, steps))}
        )
    return Message(
        "{state} at {n} of {steps} steps",
        {"state": state.words, "n": len(steps), "steps": len(states)},
    )


def _letters(labels: Iterable[str], steps: Iterable[int]) -> Iterable[Message]:
    every = list(labels)
    return (Message("{letter}", {"letter": every[step]}) for step in steps)
