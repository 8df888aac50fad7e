"""What is to be seen of an operation's values at a step, in a sentence that the numbers prove."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnstudio.core.cells.answer import answer_at, answer_if_asked
from rnnstudio.core.cells.box_labels import spoken
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.gate_roles import GateRole, gate_role, keeping_gate
from rnnstudio.core.cells.observation_backward import observe_backward
from rnnstudio.core.cells.scene import Trace
from rnnstudio.core.cells.table import Operation
from rnnstudio.core.cells.unit_words import (
    changes_words,
    count_words,
    gate_words,
    shares_words,
    values_words,
)
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import percent

_SURE = 0.5
"""A probability from which on a cell is said to remember an answer."""


def observe(
    traced: Trace, operation: Operation, step: int, example: int = 0, *, backward: bool = False
) -> Message:
    """What is to be seen of the value of ``operation`` at ``step``, of one example.

    A sentence, which may begin with a small letter; ``language.capitalized`` shows it.
    """
    if backward:
        return observe_backward(traced, operation, step, example)
    seen = _Forward(traced, operation, step, example)
    cell = traced.cell
    if operation.function == "stack":
        return seen.stacked()
    if operation.name in cell.gates:
        return seen.gate()
    if operation.name == cell.predicted.name:
        return seen.prediction()
    if operation.name in {f"{state}_next" for state in cell.states}:
        return seen.state(operation.name.removesuffix("_next"))
    return seen.values()


@dataclass(frozen=True, eq=False)
class _Forward:
    """A row of the forward table at a step, of one example."""

    traced: Trace
    operation: Operation
    step: int
    example: int

    def at(self, name: str) -> Array:
        """The value ``name`` of the step, (rows,)."""
        return np.asarray(self.traced.forward[self.step][name][:, self.example])

    @property
    def now(self) -> Array:
        """The operation's own value, (rows,)."""
        return self.at(self.operation.name)

    @property
    def held(self) -> set[str]:
        """The values that are held at this step, in whole or in part."""
        interventions = self.traced.scene.interventions
        return {held.name for held in interventions if held.step in (None, self.step)}

    def stacked(self) -> Message:
        """What stands over what."""
        upper, lower = self.operation.inputs
        heights = len(self.at(upper)), len(self.at(lower))
        return Message(
            "{upper} over {lower}: {n_upper} + {n_lower} = {n} numbers.",
            {
                "upper": spoken(self.traced.cell, upper),
                "lower": spoken(self.traced.cell, lower),
                "n_upper": heights[0],
                "n_lower": heights[1],
                "n": sum(heights),
            },
        )

    def gate(self) -> Message:
        """How far the gate is open, and what that does to the value beside it."""
        role = gate_role(self.traced.cell, self.operation.name)
        values = {"state": gate_words(self.now)}
        kind = self.traced.scene.input_kind(self.step, self.example)
        effect = None if role is None else self._effect(role)
        if self.operation.name in self.held and effect is not None:
            return Message("held, the gate is {state}: {effect}.", {**values, "effect": effect})
        if kind is not None:
            values["has_come"] = kind.has_come
        if effect is not None:
            values["effect"] = effect
        match kind, effect:
            case None, None:
                return Message("the gate is {state}.", values)
            case None, _:
                return Message("the gate is {state}: {effect}.", values)
            case _, None:
                return Message("{has_come} and the gate is {state}.", values)
        return Message("{has_come} and the gate is {state}: {effect}.", values)

    def _effect(self, role: GateRole) -> Message:
        values = {
            "value": spoken(self.traced.cell, role.value),
            "shares": shares_words(self.now),
            "count": count_words(len(self.now)),
        }
        if role.kind == "keep" and not self.at(role.value).any():
            return Message("there is no {value} yet that could stay", values)
        if role.kind == "keep" and (letter := remembered(self.traced, self.step - 1, self.example)):
            values["letter"] = letter
            if len(self.now) == 1:
                return Message("of the {letter}, {shares} stays in the one unit", values)
            return Message("of the {letter}, {shares} stay in the {count} units", values)
        if len(self.now) == 1:
            return Message("of the {value}, {shares} goes on in the one unit", values)
        match role.kind:
            case "keep":
                return Message("of the {value}, {shares} stay in the {count} units", values)
            case "store":
                return Message("of the {value}, {shares} are stored in the {count} units", values)
            case "show":
                return Message("of the {value}, {shares} are shown in the {count} units", values)
        return Message("of the {value}, {shares} pass in the {count} units", values)

    def state(self, state: str) -> Message:
        """What a held gate does to a state, what it remembers, or where its units go to."""
        held = self._held_gate(state)
        if held is not None:
            return held
        # Of two states the last one is the memory; the other shows of it what its gate lets out.
        if state != self.traced.cell.states[-1]:
            return self.values()
        now = answer_if_asked(self.traced, self.step, self.example)
        if now is not None:
            values = {"now": now.name, "share": percent(now.probability)}
            before = remembered(self.traced, self.step - 1, self.example)
            if not before:
                return Message("asked now, the cell would say {now} with {share}.", values)
            values["before"] = before
            if before == now.name:
                return Message("asked now, the cell would still say {now}, with {share}.", values)
            return Message(
                "asked now, the cell would say {now} with {share}; before this step, {before}.",
                values,
            )
        changes = changes_words(self.at(f"{state}_prev"), self.now)
        return Message("{changes}.", {"changes": changes})

    def _held_gate(self, state: str) -> Message | None:
        """A gate that keeps the old state and is held at 0 or 1 in all its units."""
        gate = keeping_gate(self.traced.cell, state)
        if gate is None or gate not in self.held:
            return None
        letter = remembered(self.traced, self.step - 1, self.example)
        values = {
            "gate": spoken(self.traced.cell, gate),
            "old": letter or spoken(self.traced.cell, f"{state}_prev"),
        }
        if (self.at(gate) == 1).all():
            return Message(
                "held open, the {gate} keeps all of the {old}; what is new is only added to it.",
                values,
            )
        if (self.at(gate) == 0).all():
            return Message("held shut, the {gate} keeps nothing of the {old}.", values)
        return None

    def prediction(self) -> Message:
        """Which answer comes first and how surely, or the predicted numbers."""
        answer = answer_at(self.traced, self.step, self.example)
        if answer is None:
            return self.values()
        values = {"answer": answer.name, "share": percent(answer.probability)}
        if answer.probability > _SURE:
            return Message("the cell says {answer} with {share}.", values)
        return Message("the cell is undecided: {answer} comes first with {share}.", values)

    def values(self) -> Message:
        """The numbers themselves."""
        names = self.traced.scene.row_names(self.operation.name)
        values = {
            "value": spoken(self.traced.cell, self.operation.name),
            "numbers": values_words(self.now, names),
        }
        kind = self.traced.scene.input_kind(self.step, self.example)
        if kind is None:
            return Message("the {value} is {numbers}.", values)
        values["has_come"] = kind.has_come
        return Message("{has_come}: the {value} is {numbers}.", values)


def remembered(traced: Trace, step: int, example: int = 0) -> str:
    """What the cell remembers after ``step``: what it would say if asked, where it is sure of it.

    Empty where it would not be, and before the first step.
    """
    answer = None if step < 0 else answer_if_asked(traced, step, example)
    return answer.name if answer is not None and answer.probability > _SURE else ""
