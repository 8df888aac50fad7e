"""Predict, then reveal: a question for a value that is not shown yet, made from table and scene."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from rnnstudio.core.cells.box_labels import spoken
from rnnstudio.core.cells.gates import GATE_STATES, gate_state
from rnnstudio.core.cells.scene import Trace
from rnnstudio.core.cells.table import Operation
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import decimals, percent, rounded

MOST_CHOICES = 4
_SAME_SHARE = 0.05
"""What differs by less than this share counts as about the same."""


class AskWhen(Enum):
    """Before which values the class is asked."""

    EVERY_VALUE = "every value"
    GATES = "gates"
    NEVER = "never"


@dataclass(frozen=True)
class GuessChoice:
    """One of the choices in words, and between which numbers it is right (empty: no numbers)."""

    words: Message
    bounds: Message | str = ""

    @property
    def line(self) -> Message:
        """Words and bounds in one line."""
        if not self.bounds:
            return self.words
        return Message("{words}: {bounds}", {"words": self.words, "bounds": self.bounds})


@dataclass(frozen=True)
class Prediction:
    """A question, its choices, which of them (from 0) is right, and what was seen, in a sentence.

    ``name`` and ``step`` say for which value it is, ``unit`` is the row of it that is asked for;
    None if it is about all rows.
    """

    name: str
    step: int
    unit: int | None
    prompt: Message
    choices: tuple[GuessChoice, ...]
    right: int
    seen: Message


def is_asked(traced: Trace, operation: Operation, when: AskWhen) -> bool:
    """Whether the class is asked before the value of ``operation``.

    What is only copied, the gradients of weights and their sums are nothing to guess.
    """
    if when is AskWhen.GATES:
        return operation.name in traced.cell.gates
    copied = operation.function in ("stack", "upper", "lower")
    weights = {name for p in traced.cell.learned for name in (f"d{p}", f"d{p}_sum")}
    return when is AskWhen.EVERY_VALUE and not copied and operation.name not in weights


def predict_value(
    traced: Trace, name: str, step: int, entry: tuple[int, int], *, backward: bool
) -> Prediction:
    """Ask for one entry (row, column) of the value ``name`` of a step; beyond an end means the end.

    A gate is asked for by how far open it is, a prediction over classes by the most probable one.
    States and gradients are asked for by where they go from where they were at the step that the
    pass was at before; all else, and what was nothing there, by its sign.
    """
    array = traced.values(step, backward=backward)[name]
    row, column = (min(place, size - 1) for place, size in zip(entry, array.shape, strict=True))
    asked = _AskedEntry(traced, name, step, row, column, backward)
    if name in traced.cell.gates:
        return _gate(asked)
    predicted = traced.cell.predicted
    if name == predicted.name:
        return (
            _class(asked) if predicted.function == "softmax" and len(array) > 1 else _moved(asked)
        )
    goes_on = backward or name in {f"{state}_next" for state in traced.cell.states}
    return _moved(asked) if goes_on and abs(asked.before) > asked.near else _sign(asked)


@dataclass(frozen=True, eq=False)
class _AskedEntry:
    """The entry that is asked for."""

    traced: Trace
    name: str
    step: int
    row: int
    column: int
    backward: bool

    def at(self, step: int) -> float:
        """The entry at a step; 0 before the first one of the pass."""
        if not 0 <= step < len(self.traced.forward):
            return 0.0
        values = self.traced.values(step, backward=self.backward)
        return float(values[self.name][self.row, self.column])

    @property
    def value(self) -> float:
        """The entry itself."""
        return self.at(self.step)

    @property
    def before(self) -> float:
        """The entry at the step that the pass was at before."""
        return self.at(self.step + 1 if self.backward else self.step - 1)

    @property
    def near(self) -> float:
        """What is almost zero beside the largest of this entry at any step."""
        reach = [abs(self.at(step)) for step in range(len(self.traced.forward))]
        return _SAME_SHARE * max(reach)

    @property
    def where(self) -> Message:
        """ "forget gate of unit 1": the value's name and its row."""
        scene = self.traced.scene
        rows = scene.row_names(self.name)
        values = {
            "value": spoken(self.traced.cell, self.name),
            "unit": rows[self.row] if rows else self.row + 1,
            "example": self.column + 1,
        }
        if rows:
            return Message("{value} {unit}", values)
        if scene.sizes.m > 1:
            return Message("{value} of unit {unit}, example {example}", values)
        return Message("{value} of unit {unit}", values)

    def prediction(
        self, prompt: Message, choices: tuple[GuessChoice, ...], right: int, seen: Message
    ) -> Prediction:
        """The question about this entry."""
        return Prediction(self.name, self.step, self.row, prompt, choices, right, seen)


def _gate(asked: _AskedEntry) -> Prediction:
    choices = tuple(GuessChoice(state.words, state.bounds) for state in GATE_STATES)
    state = gate_state(asked.value)
    kind = asked.traced.scene.input_kind(asked.step, asked.column)
    values = {"where": asked.where, "state": state.words, "value": rounded(asked.value, 2)}
    prompt = Message("How far open is the {where}?", values)
    seen = Message("The {where} is {state}: {value}.", values)
    if kind is not None:
        values |= {"comes": kind.comes, "has_come": kind.has_come}
        prompt = Message("{comes}. How far open is the {where}?", values)
        seen = Message("{has_come} and the {where} is {state}: {value}.", values)
    return asked.prediction(prompt, choices, GATE_STATES.index(state), seen)


def _class(asked: _AskedEntry) -> Prediction:
    """The most probable classes, in their own order, so that the place gives nothing away."""
    traced = asked.traced
    probabilities = traced.forward[asked.step][asked.name][:, asked.column]
    names = [Message("{name}", {"name": name}) for name in traced.scene.outputs] or [
        Message("output {number}", {"number": k + 1}) for k in range(len(probabilities))
    ]
    likely = sorted(np.argsort(-probabilities, kind="stable")[:MOST_CHOICES].tolist())
    best = int(np.argmax(probabilities))
    return Prediction(
        asked.name,
        asked.step,
        None,
        Message("Which output is the most probable one at step {step}?", {"step": asked.step + 1}),
        tuple(GuessChoice(names[place]) for place in likely),
        likely.index(best),
        Message(
            "The most probable output is {output}, with {share}.",
            {"output": names[best], "share": percent(float(probabilities[best]))},
        ),
    )


def _moved(asked: _AskedEntry) -> Prediction:
    """Down, about the same or up from the step before."""
    value, before = asked.value, asked.before
    near = max(_SAME_SHARE * abs(before), asked.near)
    choices, place = _between(
        (Message("down"), Message("about the same"), Message("up")), value, before, near
    )
    places = decimals((before, value))
    values = {
        "where": asked.where,
        "before": rounded(before, places, signed=True),
        "value": rounded(value, places, signed=True),
    }
    prompt = Message("The {where} was {before}. Where does it go?", values)
    seen = (
        Message("The {where} goes down, from {before} to {value}.", values),
        Message("The {where} stays about the same: {before}, then {value}.", values),
        Message("The {where} goes up, from {before} to {value}.", values),
    )
    return asked.prediction(prompt, choices, place, seen[place])


def _sign(asked: _AskedEntry) -> Prediction:
    """Negative, almost zero or positive."""
    value = asked.value
    choices, place = _between(
        (Message("negative"), Message("almost zero"), Message("positive")), value, 0.0, asked.near
    )
    values = {"where": asked.where, "value": rounded(value, decimals([value]), signed=True)}
    prompt = Message("Is the {where} negative or positive?", values)
    return asked.prediction(prompt, choices, place, Message("The {where} is {value}.", values))


def _between(
    words: tuple[Message, Message, Message], value: float, middle: float, near: float
) -> tuple[tuple[GuessChoice, ...], int]:
    """Below, about at and above ``middle``, and which of them ``value`` is by the shown bounds."""
    places = decimals([10 * near])
    least, most = rounded(middle - near, places), rounded(middle + near, places)
    below, same, above = words
    choices = (
        GuessChoice(below, Message("below {most}", {"most": least})),
        GuessChoice(same, Message("{least} to {most}", {"least": least, "most": most})),
        GuessChoice(above, Message("above {least}", {"least": most})),
    )
    bounds = [round(middle + side, places) for side in (-near, near)]
    return choices, 0 if value < bounds[0] else 2 if value > bounds[1] else 1
