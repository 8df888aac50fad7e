"""Weights between the paper's layout and Keras'."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnstudio.core.engine.spec import CellName, Dense, Dropout, Layer, ModelSpec, Recurrent
from rnnstudio.core.engine.trained_model import initial_weights
from rnnstudio.core.errors import UserError
from rnnstudio.core.keras_engine.weights import from_keras, to_keras

CELLS: tuple[CellName, ...] = ("rnn", "lstm", "gru")
sizes = st.integers(1, 6)
layers = st.one_of(
    st.builds(Recurrent, st.sampled_from(CELLS), sizes),
    st.builds(Dense, sizes),
    st.just(Dropout(0.5)),
)


@given(layers, sizes, st.integers(0, 2**32 - 1))
def test_that_weights_come_back_from_keras_as_they_went(layer: Layer, n: int, seed: int) -> None:
    spec = ModelSpec(1, (Recurrent("rnn", n, every_step=True), layer))
    rng = np.random.default_rng(seed)
    weights = {
        name: rng.standard_normal(array.shape)
        for name, array in initial_weights(spec, seed)[1].items()
    }

    back = from_keras(layer, to_keras(layer, weights))

    assert list(back) == list(weights)  # so that a file of the same network has the same bytes
    for name, array in weights.items():
        np.testing.assert_array_equal(back[name], array)


def test_that_lstm_gates_stand_in_the_order_i_f_c_o_with_the_state_first_in_the_papers() -> None:
    u, n = 2, 3
    kernel = np.arange(n * 4 * u, dtype=np.float32).reshape(n, 4 * u)
    recurrent = 100 + np.arange(u * 4 * u, dtype=np.float32).reshape(u, 4 * u)
    bias = 1000 + np.arange(4 * u, dtype=np.float32)

    weights = from_keras(Recurrent("lstm", u), [kernel, recurrent, bias])

    for block, gate in enumerate("ifco"):
        columns = slice(block * u, (block + 1) * u)
        np.testing.assert_array_equal(weights[f"W{gate}"][:, :u], recurrent[:, columns].T)
        np.testing.assert_array_equal(weights[f"W{gate}"][:, u:], kernel[:, columns].T)
        np.testing.assert_array_equal(weights[f"b{gate}"][:, 0], bias[columns])


@pytest.mark.parametrize(
    ("layer", "shapes"),
    [
        (Recurrent("lstm", 2), [(3, 8), (2, 8)]),
        (Recurrent("lstm", 2), [(3, 6), (2, 6), (2, 6)]),
        (Recurrent("gru", 2), [(3, 6), (2, 6), (6,)]),
        (Recurrent("rnn", 2), [(3, 2), (3, 2), (2,)]),
        (Dense(2), [(3, 4), (4,)]),
        (Dense(2), [(), ()]),
        (Dropout(0.5), [(3,)]),
    ],
)
def test_when_keras_arrays_are_another_layers_the_sentence_names_both_shapes(
    layer: Layer, shapes: list[tuple[int, ...]]
) -> None:
    with pytest.raises(UserError, match=r"have the shapes .*; Keras gives such a layer"):
        from_keras(layer, [np.zeros(shape) for shape in shapes])
