"""What is to be seen of the values of the backward pass, in a sentence that the numbers prove."""

from __future__ import annotations

import ast

import numpy as np

from rnnstudio.core.cells.box_labels import spoken
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.gate_roles import keeping_gate
from rnnstudio.core.cells.scene import Trace
from rnnstudio.core.cells.table import Operation
from rnnstudio.core.cells.unit_words import gate_words, shares_words, values_words
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import NumberText, decimals, rounded


def observe_backward(traced: Trace, operation: Operation, step: int, example: int) -> Message:
    """What is to be seen of a row of the backward pass at ``step``, as ``observe`` says it."""
    cell, name = traced.cell, operation.name
    for state in cell.states:
        if name == f"d{state}_prev":
            return _message(traced, operation, state, step, example)
    if name.removeprefix("d").removesuffix("_sum") in cell.learned:
        return _weights(traced, name.removeprefix("d").removesuffix("_sum"), step)
    gates = {cell.gradients[gate]: gate for gate in cell.gates if gate in cell.gradients}
    if name in gates:
        return _gate(traced, name, gates[name], step, example)
    numbers = _at(traced, name, step, example)
    values = {
        "value": _spoken(traced, operation),
        "numbers": values_words(numbers, traced.scene.row_names(name)),
    }
    if name == "dxt" and len(numbers) > 1:
        largest = int(np.abs(numbers).argmax())
        names = traced.scene.inputs
        values["input"] = names[largest] if names else f"x[{largest + 1}]"
        values["number"] = rounded(float(numbers[largest]), decimals(numbers), signed=True)
        return Message("the loss would change most with the input {input}: {number}.", values)
    return Message("the {value} is {numbers}.", values)


def _message(traced: Trace, operation: Operation, state: str, step: int, example: int) -> Message:
    """How much is handed on: each unit's share by a gate alone, or the length that is left."""
    gate = keeping_gate(traced.cell, state)
    values: dict[str, object] = {"step": step}
    if gate is not None and _is_product(operation, gate):
        factor = _at(traced, gate, step, example)
        values |= {
            "gate": spoken(traced.cell, gate),
            "state": gate_words(factor),
            "shares": shares_words(factor),
        }
        if step == 0:
            return Message("the {gate} is {state}: {shares} of it go back to the start.", values)
        return Message("the {gate} is {state}: {shares} of it pass on to t = {step}.", values)
    arrived = _length(_at(traced, f"d{state}_next", step, example))
    left = _length(_at(traced, operation.name, step, example))
    values |= {"arrived": _written(arrived, left), "left": _written(left, arrived)}
    if step == 0:
        return Message("it came {arrived} long and goes back to the start {left} long.", values)
    return Message("it came {arrived} long and is handed on to t = {step} {left} long.", values)


def _weights(traced: Trace, parameter: str, step: int) -> Message:
    own, so_far = (
        _length(traced.backward[step][name]) for name in (f"d{parameter}", f"d{parameter}_sum")
    )
    values = {
        "own": _written(own, so_far),
        "so_far": _written(so_far, own),
        "step": step + 1,
        "last": len(traced.backward),
    }
    if step + 1 == len(traced.backward):
        return Message("the last step begins the sum: it is {so_far} long.", values)
    return Message(
        "this step gives a gradient {own} long; over t = {step} to {last} the sum is {so_far} "
        "long.",
        values,
    )


def _gate(traced: Trace, name: str, gate: str, step: int, example: int) -> Message:
    """The gradient before a gate, and the slope that it came through."""
    opened = _at(traced, gate, step, example)
    values = {
        "gate": spoken(traced.cell, gate),
        "state": gate_words(opened),
        "slopes": values_words(opened * (1 - opened)),
        "numbers": values_words(_at(traced, name, step, example)),
    }
    return Message(
        "the {gate} is {state}, so its slope is {slopes}; what comes through is {numbers}.", values
    )


def _spoken(traced: Trace, operation: Operation) -> Message | str:
    """The value's words; a row that is no value's gradient says itself what it is."""
    cell = traced.cell
    known = {*cell.gradients.values(), "dxt"}
    return spoken(cell, operation.name) if operation.name in known else operation.meaning


def _is_product(operation: Operation, gate: str) -> bool:
    """Whether the formula is one gradient times ``gate`` and nothing else."""
    match operation.expression.tree:
        case ast.BinOp(left=ast.Name(id=one), op=ast.Mult(), right=ast.Name(id=other)):
            return gate in (one, other)
    return False


def _at(traced: Trace, name: str, step: int, example: int) -> Array:
    array = traced.backward[step][name]
    return np.asarray(array[:, min(example, array.shape[1] - 1)])


def _length(array: Array) -> float:
    with np.errstate(over="ignore"):
        return float(np.linalg.norm(array))


def _written(length: float, other: float) -> NumberText:
    return rounded(length, decimals([length, other]))
