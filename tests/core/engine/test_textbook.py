"""The engine against the textbook's tables, one example at a time, to the last digits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.cells import unroll
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.gru import GRU
from rnnstudio.core.cells.lstm import LSTM
from rnnstudio.core.cells.rnn import RNN
from rnnstudio.core.cells.table import Values
from rnnstudio.core.engine import recurrent
from rnnstudio.core.engine.spec import (
    CellName,
    Dense,
    Examples,
    LayerWeights,
    ModelSpec,
    Recurrent,
    Weights,
)
from rnnstudio.core.engine.trained_model import loss_and_gradients, predict
from tests.core.engine.problems import (
    CELLS,
    examples_for,
    relative_difference,
    stacked,
    weights_for,
)

TABLES = {"rnn": RNN, "lstm": LSTM, "gru": GRU}


def _parameters(layer: Recurrent, arrays: LayerWeights) -> dict[str, Array]:
    """The table's parameters; its own prediction takes no part."""
    output = dict(zip(TABLES[layer.cell].output, ((1, layer.units), (1, 1)), strict=True))
    return {**arrays, **{name: np.zeros(shape) for name, shape in output.items()}}


def _run(spec: ModelSpec, weights: Weights, x: Array) -> tuple[Array, list[list[Values]]]:
    """Outputs (n_y, 1, steps) for one example (steps, n_x), and every layer's values."""
    out, values = x.T[:, np.newaxis], []
    for layer, arrays in zip(spec.layers, weights, strict=True):
        if isinstance(layer, Recurrent):
            cell, zeros = TABLES[layer.cell], np.zeros((layer.units, 1))
            start = dict.fromkeys(cell.states, zeros)
            values.append(unroll.forward(cell, out, _parameters(layer, arrays), start))
            out = unroll.sequence(values[-1], "a_next")
        elif isinstance(layer, Dense):
            out = np.tensordot(arrays["Wy"], out, 1) + arrays["by"][..., np.newaxis]
    return out, values


def _chunks(steps: int, truncate: int | None) -> list[slice]:
    """Steps whose gradients do not meet, counted from the end."""
    size = truncate or steps
    return [slice(max(0, stop - size), stop) for stop in range(steps, 0, -size)]


def _back(
    spec: ModelSpec, values: list[list[Values]], d: Array, truncate: int | None
) -> list[dict[str, Array]]:
    """Gradients of the recurrent layers in order, from that of the last one's states."""
    gradients: list[dict[str, Array]] = []
    cells = [layer.cell for layer in spec.layers if isinstance(layer, Recurrent)]
    for cell, steps in zip(reversed(cells), reversed(values), strict=True):
        parts = [
            unroll.backward(TABLES[cell], steps[chunk], d[..., chunk]).gradients
            for chunk in _chunks(len(steps), truncate)
        ]
        d = np.concatenate([part["dx"] for part in reversed(parts)], axis=-1)
        names = TABLES[cell].learned
        gradients.insert(0, {name: sum(part[f"d{name}"] for part in parts) for name in names})
    return gradients


def textbook(
    spec: ModelSpec, weights: Weights, examples: Examples, truncate: int | None = None
) -> tuple[float, Weights, list[Array]]:
    """Mean squared error, its gradients and the outputs (steps, n_y), by the tables."""
    lengths = examples.lengths
    if lengths is None:
        lengths = np.full(len(examples.x), examples.x.shape[1])
    scale = 1 / (spec.n_y * (lengths.sum() if spec.every_step else len(lengths)))
    loss, outputs = 0.0, []
    total: Weights = [{k: np.zeros(w.shape) for k, w in a.items()} for a in weights]
    for x, y, length in zip(examples.x, examples.y, lengths, strict=True):
        out, values = _run(spec, weights, x[:length])
        outputs.append(out[:, 0].T)
        target = y[:length].T if spec.every_step else y[:, np.newaxis]
        error = np.zeros((spec.n_y, 1, length))
        counted = slice(None) if spec.every_step else slice(-1, None)
        error[..., counted] = out[..., counted] - target[:, np.newaxis]
        loss += scale * float(np.sum(error**2))
        _add_gradients(spec, weights, values, 2 * scale * error, truncate, total)
    return loss, total, outputs


def _add_gradients(
    spec: ModelSpec,
    weights: Weights,
    values: list[list[Values]],
    d: Array,
    truncate: int | None,
    total: Weights,
) -> None:
    a = unroll.sequence(values[-1], "a_next")
    total[-1]["Wy"] += np.einsum("kmt,umt->ku", d, a)
    total[-1]["by"] += d.sum(axis=(1, 2))[:, np.newaxis]
    parts = iter(_back(spec, values, np.tensordot(weights[-1]["Wy"].T, d, 1), truncate))
    for layer, arrays in zip(spec.layers, total, strict=True):
        if isinstance(layer, Recurrent):
            for name, gradient in next(parts).items():
                arrays[name] += gradient


def _agree(spec: ModelSpec, examples: Examples, truncate: int | None = None) -> None:
    weights = weights_for(spec)
    loss, gradients, outputs = textbook(spec, weights, examples, truncate)
    mine, my_gradients = loss_and_gradients(spec, weights, examples, truncate=truncate)
    assert mine == pytest.approx(loss, rel=1e-10)
    assert relative_difference(my_gradients, gradients) < 1e-10
    for predicted, output in zip(
        predict(spec, weights, examples.x, examples.lengths), outputs, strict=True
    ):
        expected = output if spec.every_step else output[-1]
        assert np.abs(predicted[: len(expected)] - expected).max() < 1e-10


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("every_step", [False, True])
@pytest.mark.parametrize("layers", [1, 3])
@pytest.mark.parametrize("cell", CELLS)
def test_that_outputs_loss_and_gradients_are_the_textbooks(
    cell: CellName, layers: int, every_step: bool, masked: bool
) -> None:
    spec = stacked(cell, layers=layers, units=5, every_step=every_step)
    _agree(spec, examples_for(spec, masked=masked))


@pytest.mark.parametrize("truncate", [1, 2, 4, 7])
@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("every_step", [False, True])
@pytest.mark.parametrize("cell", CELLS)
def test_that_truncation_cuts_every_sequence_into_chunks_from_its_end(
    cell: CellName, every_step: bool, masked: bool, truncate: int
) -> None:
    spec = stacked(cell, layers=2, every_step=every_step)
    _agree(spec, examples_for(spec, masked=masked), truncate)


@settings(max_examples=60)
@given(
    cell=st.sampled_from(CELLS),
    layers=st.integers(1, 3),
    n_x=st.integers(1, 4),
    units=st.integers(1, 6),
    every_step=st.booleans(),
    masked=st.booleans(),
    count=st.integers(1, 5),
    steps=st.integers(1, 8),
    truncate=st.none() | st.integers(1, 9),
    seed=st.integers(0, 99),
)
def test_that_the_textbook_is_met_in_any_shape(
    cell: CellName,
    layers: int,
    n_x: int,
    units: int,
    every_step: bool,
    masked: bool,
    count: int,
    steps: int,
    truncate: int | None,
    seed: int,
) -> None:
    spec = stacked(cell, layers=layers, n_x=n_x, units=units, every_step=every_step)
    _agree(spec, examples_for(spec, count=count, steps=steps, seed=seed, masked=masked), truncate)


@pytest.mark.parametrize("chunk", [1, 3, 5])
@pytest.mark.parametrize("every_step", [False, True])
@pytest.mark.parametrize("cell", CELLS)
def test_that_chunks_of_steps_going_back_together_do_not_show(
    cell: CellName, every_step: bool, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = stacked(cell, layers=2, units=4, every_step=every_step)
    monkeypatch.setattr(recurrent, "CHUNK", chunk * 4 * 5)
    _agree(spec, examples_for(spec, count=5, steps=10), truncate=4)


def test_that_a_stack_of_different_cells_meets_the_textbook() -> None:
    layers = (Recurrent("gru", 4, True), Recurrent("rnn", 3, True), Recurrent("lstm", 5), Dense(2))
    spec = ModelSpec(3, layers)
    _agree(spec, examples_for(spec, masked=True))
