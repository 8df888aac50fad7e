"""What is said of gates, of sums and of clipped trainings: sentences with their numbers."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.cells.clip_lab import CLIPPINGS, ClipSpec, train
from rnnstudio.core.cells.clip_words import clip_finding, clip_outcome
from rnnstudio.core.cells.gates import over_time, watched
from rnnstudio.core.cells.gates_words import reactions_words, saturation_words, values_finding
from rnnstudio.core.cells.gradient_sums import Sums
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes, Trace, trace
from rnnstudio.core.cells.scene_spec import SceneSpec, scenes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.cells.sums_words import sums_finding


@pytest.fixture(scope="module")
def opening() -> Trace:
    return trace(scenes(SceneSpec())[0])


def test_that_a_gate_s_finding_names_the_letters_at_which_it_is_shut_and_open(
    opening: Trace,
) -> None:
    gate = over_time(opening, "ft", 0)
    shut = [letter for letter, step in zip("AbCa?", gate.T, strict=True) if step.max() < 0.25]
    assert shut == ["A", "C"]
    assert str(values_finding(opening, "ft")) == (
        "The forget gate is nearly shut at A, C and wide open at b, a, ?."
    )
    said = str(saturation_words(gate)).replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert said == "closed (below 0.05): 0 % · open (above 0.95): 60 %"


def test_that_a_value_s_finding_is_the_unit_that_goes_furthest(opening: Trace) -> None:
    values = over_time(opening, "c_next", 0)
    unit = int(np.ptp(values, axis=1).argmax())
    said = str(values_finding(opening, "c_next"))
    assert said == (
        f"Of the memory, unit {unit + 1} goes furthest: from −{-values[unit].min():.2f} to "
        f"+{values[unit].max():.2f}."
    )


def test_that_of_the_first_steps_nothing_is_said_of_the_others(opening: Trace) -> None:
    assert str(values_finding(opening, "ft", 0, 2)) == (
        "The forget gate is nearly shut at A and wide open at b."
    )
    first = over_time(opening, "c_next", 0)[:, 0]
    unit = int(np.abs(first).argmax())
    said = str(values_finding(opening, "c_next", 0, 1))
    assert said.startswith(f"Of the memory, unit {unit + 1} is furthest from 0: ")
    assert f"{abs(first[unit]):.2f}." in said


def test_that_a_gate_which_was_shut_so_far_is_not_said_to_be_so_at_every_step(
    opening: Trace,
) -> None:
    said = str(values_finding(opening, "ft", 0, 1))
    assert said == "The forget gate is nearly shut at A."


@pytest.mark.parametrize("cell", CELLS)
def test_that_every_value_of_every_cell_has_a_finding(cell: str) -> None:
    traced = trace(random_scene(CELLS[cell], Sizes(n_a=20, T_x=15), 1))
    for name in watched(traced.cell):
        assert str(values_finding(traced, name)).endswith(".")
        assert "and 12 more" in str(reactions_words(traced, name))


def test_that_the_sums_name_the_step_that_gives_most(opening: Trace) -> None:
    own = [
        np.sqrt(sum(np.sum(step[f"d{name}"] ** 2) for name in opening.cell.learned))
        for step in opening.backward
    ]
    most = int(np.argmax(own))
    sums = Sums(opening)
    assert f"Step {most + 1} gives most" in str(sums_finding(sums, 5))
    assert f"a length of {own[most]:.2f}" in str(sums_finding(sums, 5))
    assert f"gives least only {min(own):.2f}" in str(sums_finding(sums, 5))
    assert str(sums_finding(sums, 2)).startswith("2 of 5 steps are added up")
    assert "grow" in str(sums_finding(sums, 0))


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        (ClipSpec(), "Unclipped the training breaks at update"),
        (ClipSpec(weight_scale=2.0), "is chaotic from update"),
        (ClipSpec(learning_rate=0.05), "ends at a loss below 1e−12; clipped by norm"),
    ],
)
def test_that_every_end_of_a_training_has_its_words(spec: ClipSpec, said: str) -> None:
    runs = {clipping: train(spec, clipping) for clipping in CLIPPINGS}
    assert said in str(clip_finding(runs))
    for run in runs.values():
        assert f"turned by up to {run.largest_angle:.1f}°" in str(clip_outcome(run))
