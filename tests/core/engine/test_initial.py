"""First weights: Keras' rules, and the same for the same seed."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.engine.spec import CellName, Dense, ModelSpec, Recurrent
from rnnstudio.core.engine.trained_model import initial_weights
from tests.core.engine.problems import CELLS, stacked

GATES = {"rnn": 1, "lstm": 4, "gru": 3}


def _fused(cell: CellName, u: int, n: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Keras' kernel (n, gates u) and recurrent kernel (u, gates u)."""
    weights = initial_weights(ModelSpec(n, (Recurrent(cell, u),)), seed)[0]
    if cell == "lstm":
        gates = [weights[f"W{gate}"] for gate in "ifco"]
        return np.vstack([w[:, u:] for w in gates]).T, np.vstack([w[:, :u] for w in gates]).T
    pairs = [("Wax", "Waa")] if cell == "rnn" else [(f"W{g}x", f"W{g}a") for g in "zrc"]
    kernel, recurrent = zip(*((weights[x], weights[a]) for x, a in pairs), strict=True)
    return np.vstack(kernel).T, np.vstack(recurrent).T


@pytest.mark.parametrize("cell", CELLS)
def test_that_the_kernel_is_glorot_uniform_over_all_gates(cell: CellName) -> None:
    kernel, _ = _fused(cell, 60, 40)
    limit = np.sqrt(6 / (40 + GATES[cell] * 60))
    assert np.abs(kernel).max() <= limit
    assert kernel.std() == pytest.approx(limit / np.sqrt(3), rel=0.05)


@pytest.mark.parametrize("cell", CELLS)
def test_that_the_recurrent_kernel_is_orthogonal_over_all_gates(cell: CellName) -> None:
    _, recurrent = _fused(cell, 7, 3)
    assert recurrent @ recurrent.T == pytest.approx(np.eye(7), abs=1e-12)


@pytest.mark.parametrize("cell", CELLS)
def test_that_biases_are_zero_but_for_the_forget_gates_ones(cell: CellName) -> None:
    weights = initial_weights(stacked(cell, layers=2), 3)
    biases = {name: b for layer in weights for name, b in layer.items() if name.startswith("b")}
    assert biases
    for name, bias in biases.items():
        assert (bias == (1 if name == "bf" else 0)).all()


def test_that_dense_weights_are_glorot_uniform() -> None:
    weights = initial_weights(ModelSpec(1, (Recurrent("rnn", 50), Dense(30))), 0)[1]["Wy"]
    assert weights.shape == (30, 50)
    assert np.abs(weights).max() <= np.sqrt(6 / 80)
    assert weights.std() == pytest.approx(np.sqrt(2 / 80), rel=0.05)


def test_that_a_seed_says_it_all() -> None:
    spec = stacked("lstm")
    first, again, other = (initial_weights(spec, seed)[0]["Wf"] for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).all()
