"""What somebody handed in, and what is found in it: for each scene a diagnosis.

Arrays are float64 and have no unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rnnstudio.core.cells.diagnosis.diagnose import Diagnosis, diagnose
from rnnstudio.core.cells.diagnosis.given import MOST_GIVEN, Given
from rnnstudio.core.cells.diagnosis.known_scenes import (
    FURTHER,
    RESULTS,
    known_scene,
    require_seed,
    scene_for,
)
from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.errors import UserError
from rnnstudio.core.training import stop_point

MOST_ARRAYS = 1_000
"""What is compared at once."""
MOST_TEXT = 1_000_000
"""Letters of a text that was pasted and is kept."""


@dataclass(frozen=True, eq=False)
class Submission:
    """What somebody handed in: numbers, or what the functions of a program gave.

    ``source`` is the file's name, empty for ``text`` that was pasted. ``numbers`` are by the scene
    that they were computed for; of a program that is the function which gave them, and
    ``failures`` says of functions that gave none why. ``is_program``: it is one.
    """

    source: str
    numbers: Mapping[str, tuple[Given, ...]]
    failures: Mapping[str, str] = field(default_factory=dict)
    is_program: bool = False
    text: str = ""


@dataclass(frozen=True, eq=False)
class BugFinding:
    """What was found for the scene called ``name``; of a function that stopped, why it did."""

    name: str
    scene: Scene
    diagnosis: Diagnosis | None
    failure: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether there is anything to mend."""
        return self.diagnosis is None or self.diagnosis.first_wrong is not None


@dataclass(frozen=True)
class BugSearch:
    """The scene that is handed out, what was handed in, and which finding is looked at.

    ``scene`` is also what numbers are taken to be for; empty: what their names say.
    """

    scene: str = "lstm-3"
    submission: Submission | None = None
    place: int = 0


def submission_of(
    numbers: Sequence[Given], source: str, scene: str = "", text: str = ""
) -> Submission:
    """Numbers for the scene of that name, or for the one that their names say.

    Raises UserError if there is no such scene, or there are more arrays than can be compared.
    """
    if len(numbers) > MOST_ARRAYS or sum(given.array.size for given in numbers) > MOST_GIVEN:
        raise UserError(
            "At most {arrays:n} arrays of {numbers:n} numbers together are compared; give fewer.",
            arrays=MOST_ARRAYS,
            numbers=MOST_GIVEN,
        )
    kept = text if len(text) <= MOST_TEXT else ""
    return Submission(source, {scene or scene_for(numbers): tuple(numbers)}, text=kept)


def findings_in(submission: Submission) -> tuple[BugFinding, ...]:
    """What is wrong with each part of what was handed in, in the order of the document.

    Raises UserError as ``diagnose`` does, and where numbers are right but of another seed.
    """
    order = [*RESULTS, *FURTHER]
    names = {*submission.numbers, *submission.failures} - {""}
    found = []
    for name in sorted(names, key=lambda name: order.index(name) if name in order else 0):
        stop_point()
        scene = known_scene(name)
        if name not in submission.numbers:
            found.append(BugFinding(name, scene, None, submission.failures[name]))
            continue
        numbers = submission.numbers[name]
        diagnosis = diagnose(scene, numbers)
        if not (submission.is_program or diagnosis.explanation or diagnosis.right):
            require_seed(name, numbers)
        found.append(BugFinding(name, scene, diagnosis))
    return tuple(found)
