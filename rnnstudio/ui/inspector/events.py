"""What can happen in the inspector, as plain data; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from rnnstudio.core.cells.notation import Notation
from rnnstudio.core.cells.scene import Scene


class Direction(Enum):
    """Which pass is looked at."""

    FORWARD = auto()
    BACKWARD = auto()


@dataclass(frozen=True)
class OperationStepped:
    """Go on by so many operations (back if negative), over the border of a time step."""

    by: int


@dataclass(frozen=True)
class TimeStepped:
    """Go on by so many time steps in the direction of the pass (back if negative)."""

    by: int


@dataclass(frozen=True)
class TimeChosen:
    """Go to a time step, counted from 0."""

    time: int


@dataclass(frozen=True)
class OperationChosen:
    """Go to a row of the table."""

    operation: int


@dataclass(frozen=True)
class EntryChosen:
    """Look at one entry of the current result."""

    row: int
    column: int


@dataclass(frozen=True)
class DirectionChosen:
    """Look at the other pass, from its first operation on."""

    direction: Direction


@dataclass(frozen=True)
class NotationChosen:
    """Write the symbols in another notation."""

    notation: Notation


@dataclass(frozen=True)
class PlayToggled:
    """Play, or stop playing."""


@dataclass(frozen=True)
class Ticked:
    """The time for the next operation has come."""


@dataclass(frozen=True)
class SceneChanged:
    """Another scene, or the same with other numbers."""

    scene: Scene


MoveEvent = OperationStepped | TimeStepped | TimeChosen | OperationChosen
Event = (
    MoveEvent | EntryChosen | DirectionChosen | NotationChosen | PlayToggled | Ticked | SceneChanged
)
