"""The fast single-sequence RNN against the textbook and against central differences."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnstudio.core.cells import rnn_backward, rnn_forward
from rnnstudio.core.engine.online_rnn import NOTHING, OnlineRnn

NAMES = ("Wax", "Waa", "Wya", "ba", "by")


def parameters(n_x: int, n_a: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    shapes = {"Wax": (n_a, n_x), "Waa": (n_a, n_a), "Wya": (n_x, n_a), "ba": (n_a, 1)}
    shapes["by"] = (n_x, 1)
    return {name: rng.normal(size=shape) for name, shape in shapes.items()}


def gradient(model: OnlineRnn) -> dict[str, np.ndarray]:
    return model.named(model.gradient)


def one_hot(symbols: np.ndarray, n_x: int) -> np.ndarray:
    """(n_x, 1, T); a column of zeros for NOTHING."""
    columns = np.vstack([np.eye(n_x), np.zeros(n_x)])
    return columns[symbols].T[:, np.newaxis, :]


@st.composite
def problems(draw: st.DrawFn) -> tuple[OnlineRnn, dict[str, np.ndarray], np.ndarray, np.ndarray]:
    n_x, n_a, T = draw(st.integers(1, 9)), draw(st.integers(1, 9)), draw(st.integers(1, 8))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    given_parameters = parameters(n_x, n_a, rng)
    model = OnlineRnn(given_parameters)
    model.a_prev[...] = rng.normal(size=n_a)
    x = rng.integers(NOTHING, n_x, T)
    return model, given_parameters, x, rng.integers(0, n_x, T)


@given(problems())
def test_that_loss_gradient_and_state_are_those_of_the_textbook(problem) -> None:
    model, given_parameters, x, y = problem
    n_x, steps = model.n_x, np.arange(len(x))
    a0 = model.a_prev.reshape(-1, 1).copy()
    a, yt_pred, caches = rnn_forward(one_hot(x, n_x), a0, given_parameters)
    dlogits = yt_pred[:, 0, :].copy()
    dlogits[y, steps] -= 1
    da = np.einsum("ya,yt->at", given_parameters["Wya"], dlogits)[:, np.newaxis, :]
    textbook = rnn_backward(da, caches)

    loss = model.loss_and_gradient(x, y)

    assert loss == pytest.approx(-np.log(yt_pred[y, 0, steps]).sum(), rel=1e-10, abs=1e-10)
    np.testing.assert_allclose(model.a_prev, a[:, 0, -1], rtol=1e-12, atol=1e-12)
    ours = gradient(model)
    for name in ("Wax", "Waa", "ba"):
        np.testing.assert_allclose(ours[name], textbook[f"d{name}"], rtol=1e-9, atol=1e-10)
    np.testing.assert_allclose(ours["Wya"], dlogits @ a[:, 0, :].T, rtol=1e-9, atol=1e-10)
    np.testing.assert_allclose(ours["by"][:, 0], dlogits.sum(axis=1), rtol=1e-9, atol=1e-10)


def test_that_the_gradient_is_the_central_difference_of_the_loss() -> None:
    rng = np.random.default_rng(3)
    model = OnlineRnn(parameters(6, 5, rng))
    x, y = np.array([NOTHING, 2, 0, 5, 2]), np.array([2, 0, 5, 2, 1])
    start = rng.normal(size=5)

    def loss() -> float:
        model.a_prev[...] = start
        return model.loss_and_gradient(x, y)

    loss()
    analytic, numeric = model.gradient.copy(), np.empty_like(model.gradient)
    for i, epsilon in ((i, 1e-5) for i in range(model.weights.size)):
        before = model.weights[i]
        model.weights[i] = before + epsilon
        above = loss()
        model.weights[i] = before - epsilon
        numeric[i] = (above - loss()) / (2 * epsilon)
        model.weights[i] = before
    difference = np.linalg.norm(analytic - numeric)
    assert difference / (np.linalg.norm(analytic) + np.linalg.norm(numeric)) < 1e-8


def test_that_a_step_of_descent_clips_every_entry_and_goes_downhill() -> None:
    model = OnlineRnn(parameters(4, 3, np.random.default_rng(1)))
    model.loss_and_gradient(np.array([NOTHING, 1, 3]), np.array([1, 3, 0]))
    raw, before = gradient(model), model.parameters
    clip = float(np.median(np.abs(model.gradient)))
    model.descend(0.1, clip)
    for name in NAMES:
        expected = before[name] - 0.1 * np.clip(raw[name], -clip, clip)
        np.testing.assert_allclose(model.parameters[name], expected, rtol=0, atol=1e-15)


def test_that_a_second_sequence_of_a_length_is_not_marked_by_the_first() -> None:
    given_parameters = parameters(4, 3, np.random.default_rng(1))
    used, fresh = OnlineRnn(given_parameters), OnlineRnn(given_parameters)
    used.loss_and_gradient(np.array([NOTHING, 1, 3]), np.array([1, 3, 0]))
    used.loss_and_gradient(np.array([NOTHING]), np.array([2]))
    used.a_prev[...] = 0.0
    x, y = np.array([NOTHING, 2, 2]), np.array([2, 2, 1])
    assert used.loss_and_gradient(x, y) == fresh.loss_and_gradient(x, y)
    assert np.array_equal(used.gradient, fresh.gradient)
