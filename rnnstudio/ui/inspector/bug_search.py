"""What happens on the way from somebody's numbers to the box that is wrong; knows no Qt."""

from __future__ import annotations

from dataclasses import replace

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.diagnosis.bug_findings import BugFinding
from rnnstudio.core.cells.diagnosis.mistake import Way
from rnnstudio.core.cells.symbols import Notation
from rnnstudio.core.messages import Message
from rnnstudio.ui.inspector.events import (
    BugEvent,
    BugFound,
    BugFoundAgain,
    BugSceneChosen,
    FindingChosen,
    FindingVisited,
)
from rnnstudio.ui.inspector.state import InspectorState, Side, start

_PASSES: dict[Way, PassDirection] = {
    "forward": PassDirection.FORWARD,
    "backward": PassDirection.BACKWARD,
}


def searched(state: InspectorState, event: BugEvent) -> InspectorState:
    """The state after an event of the search for a bug."""
    bug = state.bug
    match event:
        case BugSceneChosen(name=name):
            return replace(state, bug=replace(bug, scene=name))
        case BugFound(submission=submission, findings=findings):
            wrong = (place for place, found in enumerate(findings) if found.is_wrong)
            search = replace(bug, submission=submission, place=next(wrong, 0))
            return replace(state, bug=search, findings=findings)
        case BugFoundAgain(submission=submission, findings=findings):
            return replace(state, findings=findings) if submission is bug.submission else state
        case FindingChosen(place=place):
            return replace(state, bug=replace(bug, place=place))
        case FindingVisited(finding=finding):
            return _visiting(replace(state, findings=state.findings or (finding,)), finding)


def shown_finding(finding: BugFinding, notation: Notation, *, covered: bool) -> InspectorState:
    """The scene of the finding by itself, every value of it known, at its first wrong operation.

    ``covered``: at its first operation, without a word of what is wrong.
    """
    state = start(finding.scene)
    cursor = replace(state.cursor, notation=notation, covered=False)
    state = replace(state, cursor=cursor)
    return state if covered else _at_first_wrong(replace(state, findings=(finding,)))


def _at_first_wrong(state: InspectorState) -> InspectorState:
    """At the operation that goes wrong first, or at the one that reads what wrongly arrives."""
    finding = state.finding
    node = None if finding is None or finding.diagnosis is None else finding.diagnosis.first_wrong
    if node is None:
        return state
    cursor = replace(state.cursor, direction=_PASSES[node.way], playing=False)
    state = replace(state.unasked(), cursor=cursor)
    reading = (
        place for place, row in enumerate(state.table) if node.name in (row.name, *row.inputs)
    )
    return state.at(time=node.step, operation=next(reading, 0))


def _visiting(state: InspectorState, finding: BugFinding) -> InspectorState:
    """In the cell of the finding's scene; where that is looked at already it stays."""
    scene = state.scene
    own = scene.same_numbers(finding.scene) and scene.fault is None and not scene.interventions
    if not own:
        origin = Message("Find my bug: {scene}", {"scene": finding.name})
        side = Side.of(replace(finding.scene, origin=origin))
        state = replace(state, side=side, beside=None, swapped=False, left=0)
        state = replace(state, checks=None, verdict=None)
    return _at_first_wrong(state)
