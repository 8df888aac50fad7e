"""What can happen in the inspector, as plain data; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from rnnstudio.core.cells.clip_lab import ClipSpec
from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.diagnosis.bug_findings import BugFinding, Submission
from rnnstudio.core.cells.flow import FlowSpec
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.prediction import AskWhen
from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.cells.symbols import Notation
from rnnstudio.core.cells.table import Fault


@dataclass(frozen=True)
class OperationStepped:
    """Go on by so many operations (back if negative), over the border of a time step.

    Where the value in sight is asked for, going on reveals it. ``ask``: the class guesses the value
    that it comes to first, where it wants to be asked for such a value.
    """

    by: int
    ask: bool = False


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
class SourceAsked:
    """Go to where a value that arrives from outside of the step was computed."""

    name: str


@dataclass(frozen=True)
class EntryChosen:
    """Look at one entry of the current result."""

    row: int
    column: int


@dataclass(frozen=True)
class UnitStepped:
    """Look at the entry so many rows further down in the current result (up if negative)."""

    by: int


@dataclass(frozen=True)
class CoverChosen:
    """Cover what the pass has not come to yet, or show every value of the scene."""

    covered: bool


@dataclass(frozen=True)
class DirectionChosen:
    """Look at the other pass, from its first operation on."""

    direction: PassDirection


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
class SceneChosen:
    """Look at another scene, and at one beside it for comparison if one is given."""

    scene: Scene
    beside: Scene | None = None


@dataclass(frozen=True)
class SidesSwapped:
    """Look at the other scene, at one of its rows."""

    operation: int


@dataclass(frozen=True)
class NumberEdited:
    """One number of an array that the scene is built from was typed anew."""

    name: str
    index: tuple[int, ...]
    value: float


@dataclass(frozen=True)
class ValueTyped:
    """A number of the value ``name`` of the current step was typed over.

    What that means depends on the value: an input or a parameter is changed, what the forward pass
    computes is held.
    """

    name: str
    row: int
    column: int
    value: float


@dataclass(frozen=True, eq=False)
class ArrayReplaced:
    """A whole array that the scene is built from was typed, pasted or loaded."""

    name: str
    array: Array


@dataclass(frozen=True)
class InterventionSet:
    """Hold a value fixed; a hold of the same entries is replaced."""

    intervention: Intervention


@dataclass(frozen=True)
class InterventionLifted:
    """Let a value go again."""

    intervention: Intervention


@dataclass(frozen=True)
class FaultInjected:
    """Inject a fault into the backward pass, or none; a surprise is not shown by name."""

    fault: Fault | None
    surprise: bool = False


@dataclass(frozen=True)
class NumbersRestored:
    """Go back to the numbers that the scene came with."""


@dataclass(frozen=True)
class InputRefused:
    """What was typed cannot be taken; the sentence stays until something else is done."""

    sentence: str


@dataclass(frozen=True)
class GuessAsked:
    """Go on to the next value that can be guessed, and guess it before it is seen."""


@dataclass(frozen=True)
class QuestionChosen:
    """Ask a ready question, by its place in the list from 1 on; 0 takes the question away."""

    number: int


@dataclass(frozen=True)
class HandsCounted:
    """So many hands more for a choice of the question (less if negative)."""

    choice: int
    by: int = 1


@dataclass(frozen=True)
class AnswerRevealed:
    """Show the answer to the question before the class, and count the hands."""


@dataclass(frozen=True)
class AskChosen:
    """Before which values the class is asked in a lecture."""

    when: AskWhen


@dataclass(frozen=True)
class FlowChosen:
    """Look at the gradient flow of these settings."""

    spec: FlowSpec


@dataclass(frozen=True)
class ClipChosen:
    """Look at the clipped trainings of these settings."""

    spec: ClipSpec


@dataclass(frozen=True)
class BugSceneChosen:
    """Hand out the scene of that name; numbers that are handed in are taken to be for it."""

    name: str


@dataclass(frozen=True, eq=False)
class BugFound:
    """What was handed in, and what was found in it."""

    submission: Submission
    findings: tuple[BugFinding, ...]


@dataclass(frozen=True, eq=False)
class BugFoundAgain:
    """What was found in what a session has, of which only the numbers are kept."""

    submission: Submission
    findings: tuple[BugFinding, ...]


@dataclass(frozen=True)
class FindingChosen:
    """Look at another finding: at what another function of a program gave."""

    place: int


@dataclass(frozen=True)
class FindingVisited:
    """Go to the first wrong operation of a finding, in the cell of its scene."""

    finding: BugFinding


@dataclass(frozen=True)
class CheckAsked:
    """Compare every gradient with central differences."""


@dataclass(frozen=True)
class RowAccused:
    """The class says that the current row is the faulty one."""


@dataclass(frozen=True)
class FaultGuessed:
    """The class says which of the cell's faults is the injected one, by its key."""

    key: str


MoveEvent = OperationStepped | TimeStepped | TimeChosen | OperationChosen | SourceAsked
LookEvent = (
    MoveEvent
    | EntryChosen
    | UnitStepped
    | CoverChosen
    | DirectionChosen
    | NotationChosen
    | PlayToggled
    | Ticked
)
GuessEvent = GuessAsked | QuestionChosen | HandsCounted | AnswerRevealed | AskChosen
EditEvent = (
    NumberEdited
    | ValueTyped
    | ArrayReplaced
    | InterventionSet
    | InterventionLifted
    | FaultInjected
    | NumbersRestored
)
SceneEvent = EditEvent | SceneChosen | SidesSwapped
PageEvent = FlowChosen | ClipChosen
"""What a page beside the scene shows."""
BugEvent = BugSceneChosen | BugFound | BugFoundAgain | FindingChosen | FindingVisited
FaultEvent = CheckAsked | RowAccused | FaultGuessed
Event = LookEvent | GuessEvent | SceneEvent | PageEvent | BugEvent | FaultEvent | InputRefused
