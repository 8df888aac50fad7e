"""The sampler, the four stages, and the scene of a name."""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from rnnstudio.core.cells.scene import trace
from rnnstudio.core.engine.online_rnn import OnlineRnn
from rnnstudio.core.engine.spec import Dense, ModelSpec, Recurrent
from rnnstudio.core.engine.trained_model import loss_and_gradients
from rnnstudio.core.errors import UserError
from rnnstudio.core.names.batches import EncodedNames
from rnnstudio.core.names.name_sampler import NameSampler
from rnnstudio.core.names.names_scene import to_scene
from rnnstudio.core.names.novelty import Novelty
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.core.names.samples_export import write_names
from rnnstudio.core.names.sampling_steps import stages
from rnnstudio.core.names.trained import TrainedNames
from tests.core.names.runs import FAST, FEW, PAPER, finished

RUNS = {"paper": finished(PAPER), "fast": finished(FAST)}


@pytest.fixture(params=RUNS)
def trained(request: pytest.FixtureRequest) -> TrainedNames:
    return RUNS[request.param]


def test_that_names_come_with_their_nearest_neighbour(trained: TrainedNames) -> None:
    room = NameSampler(trained)
    verdicts = room.names(Sampling(beginning="a", count=5))
    assert len(verdicts) == 5
    assert all(verdict.name.startswith("a") for verdict in verdicts)
    assert all(verdict.nearest in FEW.names for verdict in verdicts)
    assert room.verdict(FEW.names[0]).kind is Novelty.LISTED
    assert room.verdict(FEW.names[0] + "x").kind is Novelty.NEAR


def test_that_names_and_verdicts_are_written_as_csv_or_as_text(tmp_path: Path) -> None:
    verdicts = NameSampler(RUNS["fast"]).names(Sampling(count=3))
    write_names(verdicts, tmp_path / "names.csv")
    with (tmp_path / "names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["name", "kind", "nearest", "distance"]
    assert rows[1:] == [[v.name, v.kind.value, v.nearest, str(v.distance)] for v in verdicts]
    write_names(verdicts, tmp_path / "names.txt")
    lines = (tmp_path / "names.txt").read_text("utf-8").split("\n")
    assert lines == [*(verdict.name for verdict in verdicts), ""]


def test_that_the_first_letter_goes_through_all_four_stages_and_the_next_through_three(
    trained: TrainedNames,
) -> None:
    letters = list(NameSampler(trained).letters(Sampling(seed=2)))
    assert len(letters) > 2
    steps = [stages(letter, trained.vocabulary) for letter in letters]
    assert [stage.number for stage in steps[0]] == [1, 2, 3, 4]
    assert [stage.number for stage in steps[1]] == [2, 3, 4]
    assert not steps[0][0].values["xt"].any()
    assert not steps[0][0].values["a_prev"].any()
    for letter, step in zip(letters, steps, strict=True):
        one_hot = step[-1].values["xt"]
        assert (one_hot.sum(), one_hot[letter.drawn, 0]) == (1, 1)
    assert str(steps[-1][-1].sentence) == "The end was drawn: the name is complete."
    for before, after in pairwise(letters):
        assert after.x == before.drawn


def test_that_a_typed_letter_says_what_the_network_thought_of_it() -> None:
    room = NameSampler(RUNS["fast"])
    letter = next(iter(room.letters(Sampling(beginning="q" if "q" in FEW.vocabulary else "a"))))
    (_, _, draw, _) = stages(letter, FEW.vocabulary)
    assert str(draw.sentence).endswith(f"with probability {letter.yt_pred[letter.drawn]:.3f}.")
    assert "was typed" in str(draw.sentence)


def test_that_a_scene_reads_a_name_as_the_network_does(trained: TrainedNames) -> None:
    name = FEW.names[3]
    scene = to_scene(trained, name)
    assert scene.labels == ("∅", *name)
    assert name in str(scene.origin)
    predicted = np.hstack([values["yt_pred"] for values in trace(scene).forward])
    model = NameSampler(trained)._model
    states = model.start()
    x, _ = FEW.example(name)
    for t, symbol in enumerate(x):
        states, yt_pred = model.step(states, np.array([symbol]))
        assert yt_pred[:, 0] == pytest.approx(predicted[:, t], rel=1e-12)


def test_that_the_gradients_of_a_scene_are_those_that_the_papers_training_takes() -> None:
    trained, name = RUNS["paper"], FEW.names[5]
    model = OnlineRnn(trained.parameters)
    model.loss_and_gradient(*FEW.example(name))
    expected = model.named(model.gradient)
    gradients = trace(to_scene(trained, name)).gradients
    for parameter in ("Wax", "Waa", "ba"):
        assert gradients[f"d{parameter}"] == pytest.approx(expected[parameter], rel=1e-9)


def test_that_the_gradients_of_a_scene_are_those_that_the_fast_training_takes() -> None:
    trained, name = RUNS["fast"], FEW.names[5]
    n_x, parameters = len(FEW.vocabulary), dict(trained.parameters)
    spec = ModelSpec(n_x, (Recurrent("gru", 6, True), Dense(n_x)), "softmax_cross_entropy")
    dense = {key: parameters.pop(key) for key in ("Wy", "by")}
    example = EncodedNames([name], FEW, len(name) + 1).examples(np.array([0]))
    _, (expected, _) = loss_and_gradients(spec, [parameters, dense], example)
    gradients = trace(to_scene(trained, name)).gradients
    for parameter, gradient in expected.items():
        # The engine's loss is the mean over the symbols, the scene's the sum.
        assert gradients[f"d{parameter}"] == pytest.approx(gradient * (len(name) + 1), rel=1e-9)


def test_that_a_name_of_unknown_letters_is_no_scene() -> None:
    with pytest.raises(UserError, match=r"'zoë' has 'ë', which no name of the list has"):
        to_scene(RUNS["fast"], "zoë")
