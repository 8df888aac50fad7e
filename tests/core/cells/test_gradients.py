"""Backward passes against central differences, and the check itself against injected faults."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.cells import lstm_backward, lstm_forward, unroll
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.gradient_check import TensorCheck, check
from rnnstudio.core.cells.gru import GRU
from rnnstudio.core.cells.lstm import LSTM
from rnnstudio.core.cells.rnn import RNN
from rnnstudio.core.cells.table import Cell, row

CELLS = (RNN, LSTM, GRU)


def check_random(
    cell: Cell, *, n_x: int = 3, n_a: int = 5, m: int = 2, T_x: int = 4, seed: int = 1
) -> tuple[TensorCheck, ...]:
    draw = np.random.default_rng(seed).standard_normal
    shapes = cell.parameter_shapes(n_x, n_a, 2)
    parameters = {name: 0.5 * draw(shape) for name, shape in shapes.items()}
    initial = {state: draw((n_a, m)) for state in cell.states}
    return check(cell, draw((n_x, m, T_x)), parameters, initial, draw((n_a, m, T_x)))


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell.name)
@settings(max_examples=15)
@given(
    sizes=st.tuples(st.integers(1, 4), st.integers(1, 6), st.integers(1, 3), st.integers(1, 6)),
    seed=st.integers(0, 2**32 - 1),
)
def test_that_every_gradient_agrees_with_central_differences(
    cell: Cell, sizes: tuple[int, int, int, int], seed: int
) -> None:
    for tensor in check_random(
        cell, n_x=sizes[0], n_a=sizes[1], m=sizes[2], T_x=sizes[3], seed=seed
    ):
        error = np.linalg.norm(tensor.computed - tensor.measured)
        # A gradient of almost nothing is measured no better than the loss is rounded.
        assert tensor.relative_error < 1e-7 or error < 1e-9, tensor.name


@pytest.mark.parametrize(
    ("cell", "name", "formula"),
    [
        (RNN, "dtanh", "1 - a_next"),
        (LSTM, "dc", "da_next * ot * (1 - tanh(c_next) ** 2)"),
        (LSTM, "dit", "dc * c_prev * it * (1 - it)"),
        (GRU, "dmt", "dcct"),
    ],
)
def test_that_a_wrong_row_fails_the_check(cell: Cell, name: str, formula: str) -> None:
    table = tuple(row(name, formula, "") if op.name == name else op for op in cell.backward)
    checks = check_random(replace(cell, backward=table))
    assert max(tensor.relative_error for tensor in checks) > 1e-3


def test_that_a_large_tensor_is_checked_in_pieces_with_the_same_result(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = check_random(LSTM)
    monkeypatch.setattr("rnnstudio.core.cells.gradient_check._BATCH_ENTRIES", 100)
    pieces = check_random(LSTM)
    for one, other in zip(whole, pieces, strict=True):
        np.testing.assert_allclose(one.measured, other.measured, rtol=1e-6, atol=1e-9)


def lstm_example() -> tuple[dict[str, Array], Array, Array, Array]:
    draw = np.random.default_rng(3).standard_normal
    parameters = {name: draw(shape) for name, shape in LSTM.parameter_shapes(3, 5, 2).items()}
    return parameters, draw((3, 2, 6)), draw((5, 2)), draw((5, 2, 6))


def test_that_lstm_backward_of_the_document_agrees_with_central_differences() -> None:
    parameters, x, a0, da = lstm_example()
    gradients = lstm_backward(da, lstm_forward(x, a0, parameters)[3])
    measured = check(LSTM, x, parameters, {"a": a0, "c": np.zeros_like(a0)}, da)
    expected = {f"d{tensor.name}": tensor.measured for tensor in measured if tensor.name != "c0"}
    assert gradients.keys() == expected.keys()
    for name, array in expected.items():
        error = np.linalg.norm(gradients[name] - array) / np.linalg.norm(array)
        assert error < 1e-7, name


def test_that_the_memory_gradient_flows_between_steps() -> None:
    parameters, x, a0, da = lstm_example()
    da[..., :-1] = 0
    steps = unroll.backward(LSTM, unroll.forward(LSTM, x, parameters, {"a": a0, "c": a0}), da).steps
    for earlier, later in itertools.pairwise(steps):
        np.testing.assert_array_equal(earlier["dc_next"], later["dc_prev"])
    assert np.abs(steps[0]["dc_next"]).max() > 0


def test_that_the_worst_deviation_is_that_of_the_entry_that_is_farthest_off() -> None:
    found = TensorCheck("Wf", np.array([[1.0, -2.0], [0.5, 3.0]]), np.array([[1.5, -2.0], [3, 3]]))
    assert found.worst == 2.5
    assert not found.agrees
