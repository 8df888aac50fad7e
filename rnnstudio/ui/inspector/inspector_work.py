"""The inspector's part of the session: what it has, and what each event did to it; knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.messages import Message
from rnnstudio.core.session.kept_scene import InspectorWork, SceneInWork
from rnnstudio.core.session.undo_history import Change
from rnnstudio.ui.inspector.events import (
    ArrayReplaced,
    BugFound,
    BugSceneChosen,
    ClipChosen,
    Event,
    FaultGuessed,
    FaultInjected,
    FindingVisited,
    FlowChosen,
    InterventionLifted,
    InterventionSet,
    NumberEdited,
    NumbersRestored,
    RowAccused,
    SceneChosen,
    ValueTyped,
)
from rnnstudio.ui.inspector.state import InspectorState, Side


def change_of(state: InspectorState, event: Event) -> Change:
    """What ``event`` did, as the menu calls it; only looking is no change."""
    match event:
        case NumberEdited(name=name) | ArrayReplaced(name=name) | ValueTyped(name=name):
            return Change(Message("Numbers of {name}", {"name": _written(state, name)}))
        case InterventionSet(intervention=force):
            held = Message("Hold of {name}", {"name": _written(state, force.name)})
            return Change(held, ("hold", replace(force, value=0.0)))
        case InterventionLifted(intervention=force):
            return Change(Message("Release of {name}", {"name": _written(state, force.name)}))
        case FaultInjected(fault=None):
            return Change(Message("Removal of the fault"))
        case FaultInjected():
            return Change(Message("Injected fault"))
        case FlowChosen() | ClipChosen():
            return Change(Message("Sliders"), "flow" if isinstance(event, FlowChosen) else "clip")
    return _NAMED.get(type(event), Change())


_NAMED: Mapping[type, Change] = {
    NumbersRestored: Change(Message("Return to the scene's numbers")),
    FaultGuessed: Change(Message("Guess at the fault")),
    RowAccused: Change(Message("Guess at the faulty row")),
    BugFound: Change(Message("Numbers with a bug")),
    BugSceneChosen: Change(Message("Scene to compute"), "scene to compute"),
    FindingVisited: Change(Message("Choice of a scene")),
    SceneChosen: Change(Message("Choice of a scene")),
}
"""What an event is called whatever it holds."""


def side_in_work(side: Side) -> SceneInWork:
    """A scene of the state as the session keeps it."""
    return SceneInWork(side.scene, side.chosen)


def state_of(work: InspectorWork, now: InspectorState) -> InspectorState:
    """The state that shows ``work``; a trace that ``now`` has already is not computed again.

    Other numbers of a scene that ``now`` has, as an undo brings them back, are an edit of it.
    """
    moved = work.cursor.place != now.cursor.place
    traced = {id(side.scene): side.settled() if moved else side for side in now.sides}
    chosen = {id(side.chosen): side for side in now.sides}

    def side(kept: SceneInWork) -> Side:
        if (known := traced.get(id(kept.scene))) is not None:
            return replace(known, chosen=kept.chosen)
        if (edited := chosen.get(id(kept.chosen))) is not None:
            return edited.changed(kept.scene)
        return replace(Side.of(kept.scene), chosen=kept.chosen)

    beside = None if work.beside is None else side(work.beside)
    state = InspectorState(side(work.side), work.cursor, beside, work.swapped, verdict=work.verdict)
    placed = state.at(time=work.cursor.time, operation=work.cursor.operation)
    known = work.bug.submission is now.bug.submission
    asking = replace(
        placed,
        votes=work.votes,
        flow=work.flow,
        clip=work.clip,
        bug=work.bug,
        findings=now.findings if known else (),
    )
    question = asking.prediction
    fits = question is None or len(question.choices) == len(work.votes.hands)
    return asking if fits else asking.unasked()


def _written(state: InspectorState, name: str) -> str:
    return symbol(name, state.cursor.notation).text
