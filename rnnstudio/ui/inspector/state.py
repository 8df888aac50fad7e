"""What the inspector shows: a traced scene and where in it the class is looking; knows no Qt."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from rnnstudio.core.cells.clip_lab import ClipSpec
from rnnstudio.core.cells.cursor import Cursor, PassDirection
from rnnstudio.core.cells.diagnosis.bug_findings import BugFinding, BugSearch
from rnnstudio.core.cells.diagnosis.reach import ValueAt
from rnnstudio.core.cells.flow import REMEMBERING, FlowSpec
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.gradient_check import TensorCheck
from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.misconceptions import QUESTIONS, MisconceptionQuestion
from rnnstudio.core.cells.prediction import Prediction, predict_value
from rnnstudio.core.cells.quiz import GuessVerdict, Votes
from rnnstudio.core.cells.scene import Scene, Trace, trace
from rnnstudio.core.cells.table import Fault, Operation, Table, Values
from rnnstudio.ui.inspector.beside import row_beside
from rnnstudio.ui.inspector.scales import Scales


@dataclass(frozen=True, eq=False)
class Side:
    """A traced scene, the reach of its colours, and how it came to be what it is.

    ``chosen`` is the scene as it came. ``old`` is its trace before the last edit, until the next
    step; edits of one key that follow each other, such as the moves of one slider, are one.
    """

    trace: Trace
    scales: Scales
    chosen: Scene
    old: Trace | None = None
    key: Hashable = None

    @classmethod
    def of(cls, scene: Scene) -> Side:
        """Trace a scene that came from elsewhere."""
        return cls(*_traced(scene), chosen=scene)

    @property
    def scene(self) -> Scene:
        """The scene that was traced."""
        return self.trace.scene

    def changed(self, scene: Scene, key: Hashable = None) -> Side:
        """The side after an edit."""
        goes_on = self.old is not None and key is not None and key == self.key
        traced, scales = _traced(scene)
        old = self.old if goes_on else self.trace
        return replace(self, trace=traced, scales=scales, old=old, key=key)

    def settled(self) -> Side:
        """The side after a step: what it was before the last edit is forgotten."""
        return self if self.old is None else replace(self, old=None)

    @cached_property
    def edited(self) -> bool:
        """Whether its numbers are no longer those that it came with."""
        return not self.scene.same_numbers(self.chosen)


def _traced(scene: Scene) -> tuple[Trace, Scales]:
    """Overflow is not an error here: the views show inf and NaN."""
    with np.errstate(over="ignore", invalid="ignore"):
        traced = trace(scene)
    return traced, Scales(traced)


@dataclass(frozen=True, eq=False)
class InspectorState:
    """A traced scene, the cursor in it, and what the class has tried.

    ``beside`` is the scene that is shown for comparison, ``swapped`` whether it stands first.
    ``left`` is the position at which the other pass was left. ``waits``: it is the scene beside
    another, and has not come to a row of this step yet. ``checks`` is the gradient check of
    this very scene, None until it is asked for. ``votes`` are those of the question before the
    class: a ready one, or the current value. ``flow`` and ``clip`` are what the pages of gradient
    flow and clipping show, which have numbers of their own. ``findings`` is what was found in
    what ``bug`` has, none until it was looked at. ``message`` says what could not be
    done, ``refusal`` what was typed and cannot be taken.
    """

    side: Side
    cursor: Cursor = field(default_factory=Cursor)
    beside: Side | None = None
    swapped: bool = False
    checks: tuple[TensorCheck, ...] | None = None
    verdict: GuessVerdict | None = None
    votes: Votes = field(default_factory=Votes)
    left: int = 0
    waits: bool = False
    flow: FlowSpec = REMEMBERING
    clip: ClipSpec = field(default_factory=ClipSpec)
    bug: BugSearch = field(default_factory=BugSearch)
    findings: tuple[BugFinding, ...] = ()
    message: str = ""
    refusal: str = ""

    @property
    def trace(self) -> Trace:
        """Every value of the scene."""
        return self.side.trace

    @property
    def scales(self) -> Scales:
        """How far the colours of each value reach."""
        return self.side.scales

    @property
    def scene(self) -> Scene:
        """The scene that was traced."""
        return self.trace.scene

    @property
    def sides(self) -> tuple[Side, ...]:
        """The scene and, where there is one, that beside it."""
        return (self.side,) if self.beside is None else (self.side, self.beside)

    @property
    def backward(self) -> bool:
        """Whether the backward pass is looked at."""
        return self.cursor.direction is PassDirection.BACKWARD

    @property
    def asked(self) -> bool:
        """Whether the class is or was just asked for the current value."""
        return self.votes.question == 0 and bool(self.votes.hands)

    @property
    def concealed(self) -> bool:
        """Whether the current value may not be seen yet, because it is still asked for."""
        return self.asked and not self.votes.revealed

    @property
    def question(self) -> MisconceptionQuestion | None:
        """The ready question before the class; None where there is none."""
        number = self.votes.question
        return QUESTIONS[number - 1] if 1 <= number <= len(QUESTIONS) else None

    @cached_property
    def prediction(self) -> Prediction | None:
        """The question about the current value; None if it is not asked for."""
        return self.guess() if self.asked else None

    def guess(self) -> Prediction:
        """The question that may be asked about the chosen entry of the current value."""
        place = self.cursor.time, self.entry
        name = self.operation.name
        return predict_value(self.trace, name, *place, backward=self.backward)

    @property
    def fault_choices(self) -> tuple[Fault, ...]:
        """What the class may choose from in the backward pass.

        Nothing where no fault is there, or one that was planted by its name, which is told.
        """
        hidden = self.scene.fault is not None and self.scene.surprise
        return self.scene.cell.faults if self.backward and hidden else ()

    @property
    def finding(self) -> BugFinding | None:
        """The finding that is looked at; None where there is none."""
        if not self.findings:
            return None
        return self.findings[min(self.bug.place, len(self.findings) - 1)]

    @cached_property
    def _first_wrong(self) -> ValueAt | None:
        """The first wrong operation of the finding, if this is the scene that it is about."""
        finding = self.finding
        if finding is None or finding.diagnosis is None:
            return None
        scene = self.scene
        about = scene.fault is None and not scene.interventions
        about = about and scene.same_numbers(finding.scene)
        return finding.diagnosis.first_wrong if about else None

    @property
    def wrong(self) -> str:
        """The value of this step and pass that goes wrong first in what was handed in; or empty."""
        node = self._first_wrong
        here = self.cursor.time, "backward" if self.backward else "forward"
        return node.name if node is not None and (node.step, node.way) == here else ""

    @property
    def steps(self) -> int:
        """The length of the sequence."""
        return len(self.trace.forward)

    @property
    def table(self) -> Table:
        """The rows that are stepped through; backward, the running sums come last."""
        cell = self.trace.cell
        return cell.backward + cell.sums if self.backward else cell.forward

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """The place of each row in the table."""
        return {row.name: place for place, row in enumerate(self.table)}

    def is_row(self, name: str) -> bool:
        """Whether a value is a row of the table, and not one that comes from another step."""
        return name in self._places

    @property
    def operation(self) -> Operation:
        """The current row."""
        return self.table[self.cursor.operation]

    @property
    def values(self) -> Values:
        """Every named value of the current time step."""
        return self._values(self.trace)

    def _values(self, trace: Trace) -> Values:
        return trace.values(self.cursor.time, backward=self.backward)

    @property
    def operands(self) -> Mapping[str, Array]:
        """The values as the current row found them: a running sum still lacks this step."""
        return self._operands(self.trace)

    def _operands(self, trace: Trace) -> Mapping[str, Array]:
        return trace.operands(self.operation, self.cursor.time, backward=self.backward)

    def old_value(self, name: str) -> Array | None:
        """The value ``name`` of the current step before the last edit; None if that is the same."""
        old = self.side.old
        return None if old is None else _other(self._values(old)[name], self.values[name])

    def old_operand(self, name: str) -> Array | None:
        """An operand as in ``operands`` before the last edit; None if that is the same."""
        old = self.side.old
        return None if old is None else _other(self._operands(old)[name], self.operands[name])

    def old_array(self, name: str) -> Array | None:
        """An array of the scene before the last edit; None if that is the same."""
        old = self.side.old
        return None if old is None else _other(old.scene.array(name), self.scene.array(name))

    @property
    def result(self) -> Array:
        """What the current row gave: (rows, columns)."""
        return self.values[self.operation.name]

    @property
    def entry(self) -> tuple[int, int]:
        """The chosen entry, within the current result."""
        rows, columns = self.result.shape
        row, column = self.cursor.entry
        return min(row, rows - 1), min(column, columns - 1)

    @property
    def example(self) -> int:
        """The example (column) whose numbers are shown where there is space for one only."""
        return min(self.cursor.entry[1], int(self.scene.x.shape[1]) - 1)

    @property
    def compared(self) -> InspectorState | None:
        """The scene beside this one at the same step, as far in it as ``row_beside`` says.

        A value that is asked for is asked for there only if it is a row of the same name.
        """
        if self.beside is None:
            return None
        other = replace(self, side=self.beside, beside=self.side, swapped=not self.swapped)
        row = row_beside(self.table, self.cursor.operation, other.table)
        if row is None:
            return replace(other.at(time=self.cursor.time, operation=0).unasked(), waits=True)
        other = other.at(time=self.cursor.time, operation=row)
        return other if other.operation.name == self.operation.name else other.unasked()

    @property
    def paired(self) -> bool:
        """Whether the scene beside this one has a row of the current row's name."""
        other = self.compared
        return other is not None and other.operation.name == self.operation.name

    def place_name(self, name: str, row: int, column: int) -> str:
        """An entry of a value in brackets, its row by the name that it has: ``[a,1]``."""
        rows = self.scene.row_names(name)
        return f"[{rows[row] if rows else row + 1},{column + 1}]"

    def meaning(self, name: str, row: int, column: int) -> tuple[str, float] | None:
        """What an entry of a scaled value stands for at this step: a quantity and its value."""
        reading = self.scene.reading(name, row, self.cursor.time)
        if reading is None:
            return None
        return reading.name, reading.value(float(self.values[name][row, column]))

    @property
    def position(self) -> int:
        """How many operations of the pass come before the current one."""
        return self._order(self.cursor.time) * len(self.table) + self.cursor.operation

    @property
    def last_position(self) -> int:
        """The position of the last operation of the pass."""
        return self.steps * len(self.table) - 1

    @property
    def handed(self) -> tuple[str, ...]:
        """The values that a step hands to the next one of the pass."""
        states = self.trace.cell.states
        if self.backward:
            return tuple(f"d{state}_prev" for state in states)
        return tuple(f"{state}_next" for state in states)

    @property
    def readers(self) -> tuple[str, ...]:
        """The rows of the pass that read the current row's result."""
        name = self.operation.name
        return tuple(row.name for row in self.table if name in row.inputs and row.name != name)

    def interventions(self, name: str) -> tuple[Intervention, ...]:
        """What holds ``name`` at the current step, as a whole or in part."""
        return tuple(
            force
            for force in self.scene.interventions
            if force.name == name and force.step in (None, self.cursor.time)
        )

    @property
    def held(self) -> bool:
        """Whether the chosen entry of the current row is held fixed."""
        row, column = self.entry
        return any(
            force.row in (None, row) and force.example in (None, column)
            for force in self.interventions(self.operation.name)
        )

    def known(self, name: str, time: int) -> bool:
        """Whether the row ``name`` of step ``time`` may be seen: the pass has computed it by now.

        Where the future is not covered, only a value that is asked for may not be seen.
        """
        now = self.cursor.time
        ahead = now - time if self.backward else time - now
        if self.concealed and ahead == 0 and name == self.operation.name:
            return False
        if not self.cursor.covered:
            return True
        if ahead:
            return ahead < 0
        return not self.waits and self.is_row(name) and self._places[name] <= self.cursor.operation

    def seen_steps(self, name: str) -> int:
        """How many steps of a forward value may be seen: those before the first that may not.

        All of them in the backward pass, which begins where the forward one has ended.
        """
        covered = () if self.backward else range(self.steps)
        return next((time for time in covered if not self.known(name, time)), self.steps)

    def marks(self, name: str) -> tuple[tuple[int, int], ...]:
        """The entries of ``name`` at this step whose figures are printed in the document."""
        marks = [
            mark
            for mark in self.scene.marks
            if mark.name == name and mark.step in (None, self.cursor.time)
        ]
        columns = range(self.values[name].shape[1])
        return tuple(
            (mark.row, column)
            for mark in marks
            for column in (columns if mark.column is None else (mark.column,))
        )

    def at_position(self, position: int) -> InspectorState:
        """The same, looked at elsewhere; positions beyond an end mean that end."""
        position = min(max(position, 0), self.last_position)
        order, operation = divmod(position, len(self.table))
        return self.at(time=self._order(order), operation=operation)

    def _order(self, time: int) -> int:
        """The time step that comes as number ``time`` in the pass, and the other way round."""
        return self.steps - 1 - time if self.backward else time

    def at(self, *, time: int, operation: int) -> InspectorState:
        """The same, looked at elsewhere; beyond an end means that end."""
        time = min(max(time, 0), self.steps - 1)
        operation = min(max(operation, 0), len(self.table) - 1)
        return replace(self, cursor=replace(self.cursor, time=time, operation=operation))

    def asking(self) -> InspectorState:
        """The same with the class asked for the current value."""
        unasked = replace(self, cursor=replace(self.cursor, playing=False))
        return replace(unasked, votes=self.votes.asked(len(self.guess().choices)))

    def unasked(self) -> InspectorState:
        """The same with no question about a value of the cell."""
        return replace(self, votes=self.votes.asked(0)) if self.asked else self

    def settled(self) -> InspectorState:
        """The same after a step: no value is beside its old one."""
        beside = None if self.beside is None else self.beside.settled()
        return replace(self, side=self.side.settled(), beside=beside)


def _other(old: Array, new: Array) -> Array | None:
    """The old array, unless the new one has the same numbers."""
    return None if np.array_equal(old, new, equal_nan=True) else old


def start(scene: Scene) -> InspectorState:
    """The scene traced, looked at from its first operation on."""
    return InspectorState(Side.of(scene))
