"""What the keys of the cell's page do, and the sentences that say so; knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.prediction import MOST_CHOICES
from rnnstudio.core.messages import Message
from rnnstudio.ui.inspector.events import (
    DirectionChosen,
    Event,
    FaultGuessed,
    GuessAsked,
    HandsCounted,
    OperationStepped,
    PlayToggled,
    TimeChosen,
    TimeStepped,
    UnitStepped,
)
from rnnstudio.ui.inspector.state import InspectorState


@dataclass(frozen=True)
class ZoomChosen:
    """See the current box large, or the whole cell. The view does it: the state knows no zoom."""

    box: bool


KeyEvent = Event | ZoomChosen | None
_EventOf = Callable[[InspectorState, bool], KeyEvent]


@dataclass(frozen=True)
class CellKey:
    """Keys as Qt writes them, a sentence that says what they do, and the event that does it.

    ``event(state, in_class)`` depends on where the state is, and on whether a class looks on; None
    where the key means nothing.
    """

    keys: tuple[str, ...]
    sentence: Message
    event: _EventOf


def cell_keys() -> tuple[CellKey, ...]:
    """The keys of the cell's page in the order in which they are listed."""
    return (*_STEPS, *_choices(), *_OTHERS)


def _next_value(_: InspectorState, in_class: bool) -> KeyEvent:
    return OperationStepped(1, ask=in_class)


def _other_pass(state: InspectorState, _: bool) -> KeyEvent:
    return DirectionChosen(PassDirection.FORWARD if state.backward else PassDirection.BACKWARD)


def _choices() -> Iterator[CellKey]:
    """Keys by which hands are counted."""
    more = Message("Choose, guess that fault, or count a hand for the choice of that number.")
    less = Message("Take back a hand for the choice of that number.")
    for choice in range(MOST_CHOICES):
        yield CellKey((f"{choice + 1}",), more, partial(_choice, choice))
    for choice in range(MOST_CHOICES):
        yield CellKey((f"Shift+{choice + 1}",), less, partial(_choice_less, choice))


def _choice(choice: int, state: InspectorState, _: bool) -> KeyEvent:
    """A hand for a choice of the question; where none is asked, a guess at the hidden fault."""
    if state.asked:
        return HandsCounted(choice)
    faults = state.fault_choices
    return FaultGuessed(faults[choice].key) if choice < len(faults) else None


def _choice_less(choice: int, state: InspectorState, _: bool) -> KeyEvent:
    return HandsCounted(choice, -1) if state.asked else None


def _always(event: KeyEvent) -> _EventOf:
    """The same event wherever the state is."""
    return lambda _state, _class: event


_STEPS = (
    CellKey(
        ("Space", "PgDown", "Right", "N"),
        Message("The next value; in front of a class it is asked for first, then shown."),
        _next_value,
    ),
    CellKey(
        ("PgUp", "Left", "Shift+Space"),
        Message("One value back."),
        _always(OperationStepped(-1)),
    ),
    CellKey(
        ("Ctrl+Right",),
        Message("A whole time step on."),
        _always(TimeStepped(1)),
    ),
    CellKey(
        ("Ctrl+Left",),
        Message("A whole time step back."),
        _always(TimeStepped(-1)),
    ),
    CellKey(("Home",), Message("The first time step."), _always(TimeChosen(0))),
    CellKey(
        ("End",),
        Message("The last time step."),
        lambda state, _class: TimeChosen(state.steps - 1),
    ),
    CellKey(("Up",), Message("The unit above."), _always(UnitStepped(-1))),
    CellKey(("Down",), Message("The unit below."), _always(UnitStepped(1))),
    CellKey(("G",), Message("Guess the next value before it is shown."), _always(GuessAsked())),
)
_OTHERS = (
    CellKey(
        ("Return", "Enter"),
        Message("Press the violet button: reveal what was asked for, or go on."),
        _next_value,
    ),
    CellKey(("P",), Message("Play, or stop playing."), _always(PlayToggled())),
    CellKey(("R",), Message("Forward or backward."), _other_pass),
    CellKey(("Z",), Message("Zoom to the current box."), _always(ZoomChosen(box=True))),
    CellKey(("0",), Message("The whole cell again."), _always(ZoomChosen(box=False))),
)
