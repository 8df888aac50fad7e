"""An example of numbers with a mistake in them, for whoever has none of their own yet."""

from __future__ import annotations

from functools import cache

from rnnstudio.core.cells.diagnosis.bug_findings import BugFinding, Submission, findings_in
from rnnstudio.core.cells.diagnosis.given import Given
from rnnstudio.core.cells.diagnosis.known_scenes import known_scene
from rnnstudio.core.cells.diagnosis.mistake import compute
from rnnstudio.core.cells.diagnosis.mistakes import mistakes_of

EXAMPLE_SCENE, EXAMPLE_MISTAKE = "lstm-3", "dc-chain"


@cache
def example_finding() -> BugFinding:
    """What is found in the gradients that an LSTM's program with a mistake would give."""
    scene = known_scene(EXAMPLE_SCENE)
    mistakes = {mistake.key: mistake for mistake in mistakes_of(scene.cell)}
    first = compute(scene, mistakes[EXAMPLE_MISTAKE].variants[0]).backward[0]
    numbers = [Given(f"d{name}", first[f"d{name}_sum"]) for name in scene.cell.learned]
    numbers += [Given("da0", first["da_prev"]), Given("dc0", first["dc_prev"])]
    return findings_in(Submission("", {EXAMPLE_SCENE: tuple(numbers)}))[0]
