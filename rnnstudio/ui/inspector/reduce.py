"""What every event does to the inspector's state; knows no Qt."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from rnnstudio.core import language
from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.prediction import AskWhen, is_asked
from rnnstudio.core.cells.quiz import GuessVerdict, Votes, judge_fault, judge_row
from rnnstudio.core.cells.scene import Scene, check_scene
from rnnstudio.core.errors import UserError
from rnnstudio.ui.inspector.bug_search import searched
from rnnstudio.ui.inspector.events import (
    AnswerRevealed,
    ArrayReplaced,
    AskChosen,
    BugFound,
    BugFoundAgain,
    BugSceneChosen,
    CheckAsked,
    ClipChosen,
    CoverChosen,
    DirectionChosen,
    EditEvent,
    EntryChosen,
    Event,
    FaultGuessed,
    FaultInjected,
    FindingChosen,
    FindingVisited,
    FlowChosen,
    GuessAsked,
    GuessEvent,
    HandsCounted,
    InputRefused,
    InterventionLifted,
    InterventionSet,
    LookEvent,
    MoveEvent,
    NotationChosen,
    NumberEdited,
    NumbersRestored,
    OperationChosen,
    OperationStepped,
    PageEvent,
    PlayToggled,
    QuestionChosen,
    RowAccused,
    SceneChosen,
    SidesSwapped,
    SourceAsked,
    Ticked,
    TimeChosen,
    TimeStepped,
    UnitStepped,
    ValueTyped,
)
from rnnstudio.ui.inspector.inspector_work import change_of
from rnnstudio.ui.inspector.state import InspectorState, Side

MOST_CHECKED = 40_000_000
"""Numbers the gradient check may compute: about a second's work."""


def reduce(state: InspectorState, event: Event) -> InspectorState:
    """The state after ``event``; an error that the user can put right becomes its message.

    A step elsewhere forgets what the values were before the last edit.
    """
    try:
        after = _reduced(replace(state, message="", refusal=_refusal(state, event)), event)
    except UserError as error:
        return replace(state, message=language.text(error.message))
    if after.cursor.place == state.cursor.place:
        return after
    return after.settled() if after.votes is not state.votes else after.settled().unasked()


def _refusal(state: InspectorState, event: Event) -> str:
    """A field is often left by a click on something else, which must not wipe what it refused."""
    if isinstance(event, InputRefused):
        return event.sentence
    looks = EntryChosen | UnitStepped | OperationChosen | TimeChosen | NotationChosen
    return state.refusal if isinstance(event, looks) else ""


def _reduced(state: InspectorState, event: Event) -> InspectorState:
    match event:
        case InputRefused():
            return state
        case SceneChosen(scene=scene, beside=beside):
            return _with_scenes(state, scene, beside)
        case SidesSwapped(operation=operation):
            return _swapped(state, operation)
        case CheckAsked():
            return _checked(state)
        case RowAccused() | FaultGuessed():
            return replace(state, verdict=_verdict(state, event))
        case FlowChosen() | ClipChosen():
            return _on_page(state, event)
        case BugSceneChosen() | BugFound() | BugFoundAgain() | FindingChosen() | FindingVisited():
            return searched(state, event)
        case GuessAsked() | QuestionChosen() | HandsCounted() | AnswerRevealed() | AskChosen():
            return _guessed(state, event)
        case (
            NumberEdited()
            | ValueTyped()
            | ArrayReplaced()
            | InterventionSet()
            | InterventionLifted()
            | FaultInjected()
            | NumbersRestored()
        ):
            changed = state.side.changed(_edited(state, event), change_of(state, event).key)
            return _with_side(state, changed)
    return _looked(state, event)


def _on_page(state: InspectorState, event: PageEvent) -> InspectorState:
    """Other settings of a page."""
    if isinstance(event, FlowChosen):
        return replace(state, flow=event.spec)
    return replace(state, clip=event.spec)


def _verdict(state: InspectorState, event: RowAccused | FaultGuessed) -> GuessVerdict:
    if isinstance(event, FaultGuessed):
        return judge_fault(state.scene, event.key)
    return judge_row(state.scene, state.operation.name)


def _guessed(state: InspectorState, event: GuessEvent) -> InspectorState:
    match event:
        case GuessAsked():
            return state if state.concealed else _asking_next(state)
        case QuestionChosen(number=number):
            return _asked_ready(state, number)
        case HandsCounted(choice=choice, by=by):
            return replace(state, votes=_votes(state).with_hands(choice, by))
        case AnswerRevealed():
            return _revealed(state)
        case AskChosen(when=when):
            return replace(state, votes=replace(state.votes, ask=when))


def _asked_ready(state: InspectorState, number: int) -> InspectorState:
    """The class before a ready question; none where there is no such one."""
    asked = replace(state, votes=replace(state.votes, question=number))
    question = asked.question
    if question is None:
        return replace(state, votes=state.votes.asked(0))
    return replace(state, votes=state.votes.asked(len(question.choices), number))


def _votes(state: InspectorState) -> Votes:
    """The votes, with a place for each choice of a ready question."""
    question = state.question
    return state.votes if question is None else state.votes.fitted(len(question.choices))


def _revealed(state: InspectorState) -> InspectorState:
    """The answer to the cell's question, or to the ready one, is shown."""
    question = state.prediction or state.question
    if question is None:
        return state
    return replace(state, votes=_votes(state).reveal(question.right))


def _asking_next(state: InspectorState) -> InspectorState:
    """Before the next value of the pass that can be guessed; none is asked for at its end."""
    for position in range(state.position + 1, state.last_position + 1):
        ahead = state.at_position(position)
        if is_asked(state.trace, ahead.operation, AskWhen.EVERY_VALUE):
            return ahead.asking()
    return state


def _looked(state: InspectorState, event: LookEvent) -> InspectorState:
    match event:
        case EntryChosen(row=row, column=column):
            return _at_entry(state, (row, column))
        case UnitStepped(by=by):
            row, column = state.entry
            return _at_entry(state, (min(max(row + by, 0), len(state.result) - 1), column))
        case CoverChosen(covered=covered):
            return _with_cursor(state, covered=covered)
        case NotationChosen(notation=notation):
            return _with_cursor(state, notation=notation)
        case DirectionChosen(direction=direction):
            return _other_pass(state, direction)
        case PlayToggled():
            return _toggled(state)
        case Ticked():
            return _ticked(state)
    return _moved(state, event)


def _other_pass(state: InspectorState, direction: PassDirection) -> InspectorState:
    """The other pass where it was left, or from its first operation on."""
    if direction is state.cursor.direction:
        return state.at_position(0)
    turned = replace(_with_cursor(state, direction=direction), left=state.position)
    return turned.at_position(state.left)


def _at_entry(state: InspectorState, entry: tuple[int, int]) -> InspectorState:
    """Another entry; where one is asked for, the question is now about this one."""
    moved = _with_cursor(state, entry=entry)
    return moved.asking() if state.concealed and entry != state.entry else moved


def _with_cursor(state: InspectorState, **changes: Any) -> InspectorState:
    """The same with a changed cursor."""
    return replace(state, cursor=replace(state.cursor, **changes))


def _moved(state: InspectorState, event: MoveEvent) -> InspectorState:
    time, operation = state.cursor.time, state.cursor.operation
    match event:
        case OperationStepped(by=by, ask=ask):
            return _stepped(state, by, ask=ask)
        case TimeStepped(by=by):
            return state.at(time=time - by if state.backward else time + by, operation=operation)
        case TimeChosen(time=chosen):
            return state.at(time=chosen, operation=operation)
        case OperationChosen(operation=row):
            return state.at(time=time, operation=row)
        case SourceAsked(name=name):
            return _at_source(state, name)


def _stepped(state: InspectorState, by: int, *, ask: bool) -> InspectorState:
    if state.concealed and by > 0:
        return _revealed(state)
    moved = state.at_position(state.position + by)
    asked = ask and moved.position != state.position
    if asked and is_asked(state.trace, moved.operation, state.votes.ask):
        return moved.asking()
    return moved


def _at_source(state: InspectorState, name: str) -> InspectorState:
    """The row of the neighbouring step that handed ``name`` over."""
    earlier = state.cursor.time + (1 if state.backward else -1)
    stem = name.removesuffix("_next").removesuffix("_prev")
    giver = f"{stem}_prev" if state.backward else f"{stem}_next"
    rows = [row.name for row in state.table]
    if name != "xt" and 0 <= earlier < state.steps:
        return state.at(time=earlier, operation=rows.index(giver))
    written = symbol(name, state.cursor.notation).text
    if not state.backward:
        array = "x" if name == "xt" else f"{stem}0"
        raise UserError(
            "{name} is given: it stands in {array} on the page Numbers.", name=written, array=array
        )
    if stem == f"d{state.scene.cell.states[0]}":
        raise UserError(
            "{name} comes from the loss: it stands in da on the page Numbers.", name=written
        )
    raise UserError("{name} comes from beyond the last step, where there is none.", name=written)


def _toggled(state: InspectorState) -> InspectorState:
    """Playing or not; at the end it plays from the beginning."""
    if not state.cursor.playing and state.position == state.last_position:
        state = state.at_position(0)
    return _with_cursor(state, playing=not state.cursor.playing)


def _ticked(state: InspectorState) -> InspectorState:
    if not state.cursor.playing:
        return state
    moved = state.at_position(state.position + 1)
    return _with_cursor(moved, playing=moved.position < moved.last_position)


def _edited(state: InspectorState, event: EditEvent) -> Scene:
    """The scene with the change."""
    scene = state.scene
    match event:
        case ValueTyped():
            return _typed(state, event)
        case NumberEdited(name=name, index=index, value=value):
            return scene.with_entry(name, index, value)
        case ArrayReplaced(name=name, array=array):
            return scene.with_array(name, array)
        case InterventionSet(intervention=force):
            return _held(scene, force)
        case InterventionLifted(intervention=force):
            return replace(scene, interventions=_others(scene, force))
        case FaultInjected(fault=fault, surprise=surprise):
            return scene.with_fault(fault, surprise=surprise)
        case NumbersRestored():
            return scene.with_numbers_of(state.side.chosen)


def _typed(state: InspectorState, event: ValueTyped) -> Scene:
    """The scene in which the value of the current step is what was typed."""
    scene, step = state.scene, state.cursor.time
    name, entry = event.name, (event.row, event.column)
    states = {f"{s}_prev": s for s in scene.cell.states}
    if name in scene.parameters:
        return scene.with_entry(name, entry, event.value)
    if name == "xt":
        return scene.with_entry("x", (*entry, step), event.value)
    if name in states and step == 0:
        return scene.with_entry(f"{states[name]}0", entry, event.value)
    if name in states:
        name, step = f"{states[name]}_next", step - 1
    if all(row.name != name for row in scene.cell.forward):
        raise UserError(
            "{name} follows from other numbers; change an input, a weight or a value of the "
            "forward pass instead.",
            name=symbol(name, state.cursor.notation).text,
        )
    return _held(scene, Intervention(name, event.value, step, *entry))


def _held(scene: Scene, force: Intervention) -> Scene:
    return replace(scene, interventions=_others(scene, force)).with_intervention(force)


def _others(scene: Scene, force: Intervention) -> tuple[Intervention, ...]:
    """The scene's forces on other entries."""
    return tuple(
        other for other in scene.interventions if replace(other, value=force.value) != force
    )


def _with_side(state: InspectorState, side: Side) -> InspectorState:
    """The cursor stays where it is, as far as the new scene reaches."""
    same_cell = side.scene.cell.name == state.scene.cell.name
    operation = state.cursor.operation if same_cell else 0
    changed = replace(state.unasked(), side=side, checks=None, verdict=None)
    return changed.at(time=state.cursor.time, operation=operation)


def _with_scenes(state: InspectorState, scene: Scene, beside: Scene | None) -> InspectorState:
    other = None if beside is None else Side.of(beside)
    return _with_side(replace(state, beside=other, swapped=False, left=0), Side.of(scene))


def _swapped(state: InspectorState, operation: int) -> InspectorState:
    if state.beside is None:
        return state
    other = replace(
        state.unasked(),
        side=state.beside,
        beside=state.side,
        swapped=not state.swapped,
        checks=None,
        verdict=None,
    )
    return other.at(time=state.cursor.time, operation=operation)


def _checked(state: InspectorState) -> InspectorState:
    work = _check_work(state.scene)
    if work > MOST_CHECKED:
        sizes = state.scene.sizes
        raise UserError(
            "The check would take too long for {n_a} units over {t_x} steps; choose fewer (8 "
            "units over 10 steps take a moment).",
            n_a=sizes.n_a,
            t_x=sizes.T_x,
        )
    with np.errstate(over="ignore", invalid="ignore"):
        return replace(state, checks=check_scene(state.scene))


def _check_work(scene: Scene) -> int:
    """How many numbers the check computes: each row anew for each moved number of the scene."""
    sizes = scene.sizes
    learned = sum(scene.parameters[name].size for name in scene.cell.learned)
    moved = learned + scene.x.size + len(scene.cell.states) * sizes.n_a * sizes.m
    return moved * sizes.T_x * sizes.n_a * sizes.m * len(scene.cell.forward)
