"""Predictions: shapes, batches, lengths, probabilities, and weights that do not fit."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.engine import trained_model as model
from rnnstudio.core.engine.spec import CellName
from rnnstudio.core.engine.trained_model import predict
from rnnstudio.core.errors import UserError
from tests.core.engine.problems import CELLS, examples_for, stacked, weights_for


@pytest.mark.parametrize("cell", CELLS)
def test_that_the_batches_do_not_show(cell: CellName, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = stacked(cell)
    x, weights = examples_for(spec, count=11).x, weights_for(spec)
    whole = predict(spec, weights, x)
    monkeypatch.setattr(model, "PREDICT_NUMBERS", 4 * 6 * spec.n_y)
    assert predict(spec, weights, x) == pytest.approx(whole, rel=1e-12)
    assert predict(spec, weights, x[3:4]) == pytest.approx(whole[3:4], rel=1e-12)


@pytest.mark.parametrize("every_step", [False, True])
@pytest.mark.parametrize("cell", CELLS)
def test_that_padding_changes_nothing_and_is_answered_with_the_last_output(
    cell: CellName, every_step: bool
) -> None:
    spec = stacked(cell, layers=2, every_step=every_step)
    x, weights = examples_for(spec, count=4, steps=7).x, weights_for(spec)
    lengths = np.array([3, 5, 1, 5])
    padded = predict(spec, weights, x, lengths)
    for example, length in enumerate(lengths):
        alone = predict(spec, weights, x[example : example + 1, :length])[0]
        if every_step:
            assert padded[example, :length] == pytest.approx(alone, rel=1e-12)
            assert (padded[example, length:] == padded[example, length - 1]).all()
        else:
            assert padded[example] == pytest.approx(alone, rel=1e-12)


def test_that_what_stands_in_the_padding_does_not_matter() -> None:
    spec = stacked("gru", every_step=True)
    examples, weights = examples_for(spec, masked=True), weights_for(spec)
    assert examples.lengths is not None
    filled = examples.x.copy()
    for example, length in enumerate(examples.lengths):
        filled[example, length:] = np.nan
    clean = predict(spec, weights, examples.x, examples.lengths)
    assert (predict(spec, weights, filled, examples.lengths) == clean).all()


def test_that_a_classifier_gives_probabilities() -> None:
    spec = stacked("rnn", outputs=4, every_step=True, loss="softmax_cross_entropy")
    predicted = predict(spec, weights_for(spec), examples_for(spec).x)
    assert predicted.shape == (5, 6, 4)
    assert (predicted > 0).all()
    assert predicted.sum(axis=2) == pytest.approx(np.ones((5, 6)))


def test_that_dropout_is_off() -> None:
    with_it, without = stacked("lstm", rate=0.5), stacked("lstm")
    x, weights = examples_for(without).x, weights_for(without)
    assert (predict(with_it, weights, x) == predict(without, weights, x)).all()


def test_that_the_weights_give_the_dtype() -> None:
    spec = stacked("lstm")
    weights = [{k: w.astype(np.float32) for k, w in a.items()} for a in weights_for(spec)]
    assert predict(spec, weights, examples_for(spec).x).dtype == np.float32


@pytest.mark.parametrize(
    ("name", "array", "words"),
    [
        ("Wf", np.zeros((4, 5)), r"Wf of layer 1 has the shape \(4, 5\); it must be \(4, 6\)"),
        ("Wf", np.full((4, 6), np.inf), "Wf of layer 1 holds a number that is not finite"),
        ("Wx", np.zeros((4, 6)), "Layer 1 has the weights Wc, Wf, Wi, Wo, Wx"),
    ],
)
def test_that_weights_of_another_model_are_refused(
    name: str, array: np.ndarray, words: str
) -> None:
    spec = stacked("lstm")
    weights = weights_for(spec)
    weights[0][name] = array
    with pytest.raises(UserError, match=words):
        predict(spec, weights, examples_for(spec).x)


def test_that_weights_for_another_number_of_layers_are_refused() -> None:
    with pytest.raises(UserError, match="for 2 layers; the model has 3"):
        predict(stacked("lstm"), weights_for(stacked("lstm"))[:2], np.zeros((1, 2, 2)))
