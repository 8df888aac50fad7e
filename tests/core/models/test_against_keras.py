"""One small file for each layer that is read, built with Keras: every step is Keras' own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rnnstudio.core.cells.scene import Scene, trace
from rnnstudio.core.models.keras_layers import KNOWN_KINDS
from rnnstudio.core.models.open import open_model
from rnnstudio.core.models.opened_layers import OpenedBidirectional
from rnnstudio.core.models.opened_model import Model
from rnnstudio.core.models.scene import to_scene

pytest.importorskip("h5py")
pytestmark = [
    pytest.mark.keras,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:__array__ implementation"),  # of TensorFlow's variables
    pytest.mark.filterwarnings("ignore:.*as an HDF5 file"),
]
T, N = 6, 3
GATES = {"LSTM": ("it", "ft", "cct", "ot"), "GRU": ("zt", "rt")}


def sequential(*layers: Any) -> Callable[[Any], Any]:
    """A Sequential over (T, N); ``layers`` are made from ``keras.layers``."""

    def build(keras: Any) -> Any:
        return keras.Sequential([keras.Input((T, N)), *(make(keras.layers) for make in layers)])

    return build


def cell(kind: str, units: int = 4, **settings: Any) -> Callable[[Any], Any]:
    return lambda layers: getattr(layers, kind)(units, **settings)


def of(kind: str, *values: Any, **settings: Any) -> Callable[[Any], Any]:
    return lambda layers: getattr(layers, kind)(*values, **settings)


def both(kind: str, merge: str, *, every_step: bool, **settings: Any) -> Callable[[Any], Any]:
    return lambda layers: layers.Bidirectional(
        getattr(layers, kind)(4, return_sequences=every_step, **settings), merge_mode=merge
    )


def functional(keras: Any) -> Any:
    inputs = keras.Input((T, N))
    hidden = keras.layers.Masking(0.5)(inputs)
    hidden, *_ = keras.layers.LSTM(4, return_sequences=True, return_state=True)(hidden)
    hidden = keras.layers.Bidirectional(keras.layers.GRU(3))(hidden)
    return keras.Model(inputs, keras.layers.Dense(2, "softmax")(hidden))


def words(masks: bool) -> Callable[[Any], Any]:
    def build(keras: Any) -> Any:
        inputs = keras.Input((T,), dtype="int32")
        hidden = keras.layers.Embedding(9, 5, mask_zero=masks)(inputs)
        hidden = keras.layers.GRU(4, return_sequences=True)(hidden)
        hidden = keras.layers.LSTM(4)(hidden)
        return keras.Model(inputs, keras.layers.Dense(9, "softmax")(hidden))

    return build


def vector(keras: Any) -> Any:
    layers = keras.layers
    stack = [layers.Dense(6), layers.Reshape((3, -1)), layers.LSTM(4), layers.RepeatVector(5)]
    more = [layers.GRU(3, return_sequences=True), layers.TimeDistributed(layers.Dense(2))]
    return keras.Sequential([keras.Input((7,)), *stack, *more])


EVERY = {"return_sequences": True}


def adapted(layers: Any) -> Any:
    layer = layers.Normalization()
    layer.adapt(np.random.default_rng(6).normal([1, 5, -3], [0.1, 2, 7], (20, T, N)))
    return layer


NETWORKS: dict[str, Callable[[Any], Any]] = {
    "51 units": sequential(cell("LSTM", 51), of("Dense", 60, "relu"), of("Dense", 1)),
    "relu": sequential(cell("LSTM", activation="relu", recurrent_activation="hard_sigmoid")),
    "linear": sequential(cell("GRU", activation="linear", recurrent_activation="relu")),
    "rnn relu": sequential(cell("SimpleRNN", activation="relu", **EVERY), of("Dense", 2)),
    "rnn softsign": sequential(cell("SimpleRNN", activation="softsign", use_bias=False)),
    "swish": sequential(cell("LSTM", activation="swish", recurrent_activation="hard_sigmoid")),
    "no bias": sequential(cell("LSTM", use_bias=False), of("Dense", 1, use_bias=False)),
    "gru without": sequential(cell("GRU", use_bias=False), of("Dense", 2, "selu")),
    "reset before": sequential(cell("GRU", reset_after=False), of("Dense", 2)),
    "reset before without": sequential(cell("GRU", reset_after=False, use_bias=False)),
    "backwards": sequential(
        cell("LSTM", go_backwards=True, **EVERY), cell("GRU", go_backwards=True), of("Dense", 1)
    ),
    "rnn of a cell": sequential(lambda layers: layers.RNN(layers.LSTMCell(4, activation="elu"))),
    **{
        f"both {merge} {every}": sequential(
            both(kind, merge, every_step=every), of("Dropout", 0.4), of("Dense", 2, "softmax")
        )
        for merge, kind in (("concat", "LSTM"), ("sum", "GRU"), ("mul", "LSTM"), ("ave", "LSTM"))
        for every in (False, True)
    },
    "both above both": sequential(
        both("LSTM", "concat", every_step=True, activation="relu"),
        of("LayerNormalization"),
        both("GRU", "concat", every_step=False, reset_after=False),
        of("Dense", 1),
    ),
    "time distributed": sequential(
        cell("LSTM", **EVERY), lambda layers: layers.TimeDistributed(layers.Dense(3, "tanh"))
    ),
    "activations": sequential(
        cell("LSTM"),
        of("Dense", 6),
        of("LeakyReLU"),
        of("Dense", 6),
        of("ELU", 0.7),
        of("Dense", 6),
        of("ReLU", 1.5),
        of("Dense", 4, "gelu"),
        of("Activation", "softmax"),
    ),
    "normalised": sequential(
        of("BatchNormalization"),
        cell("LSTM", **EVERY),
        of("LayerNormalization"),
        of("BatchNormalization", scale=False),
        cell("GRU"),
        of("LayerNormalization", center=False),
        of("BatchNormalization"),
        of("Dense", 2, "sigmoid"),
    ),
    "adapted": sequential(adapted, cell("LSTM"), of("Dense", 1)),
    "given mean": sequential(
        of("Normalization", mean=[1.0, 2.0, 3.0], variance=[4.0, 1.0, 9.0]), cell("GRU")
    ),
    "inert": sequential(
        of("GaussianNoise", 0.1),
        of("SpatialDropout1D", 0.2),
        cell("LSTM", dropout=0.3, recurrent_dropout=0.2, stateful=False),
        of("GaussianDropout", 0.1),
        of("ActivityRegularization", 0.1),
        of("AlphaDropout", 0.1),
        of("Identity"),
        of("Flatten"),
        of("Dense", 1),
    ),
    "masking": sequential(
        of("Masking", 0.5), cell("LSTM", **EVERY), cell("GRU"), of("Dense", 1)
    ),
    "masked both": sequential(
        of("Masking", 0.5), both("LSTM", "concat", every_step=True), of("GlobalAveragePooling1D")
    ),
    "masked both at every step": sequential(
        of("Masking", 0.5), both("LSTM", "concat", every_step=True), of("Dense", 2)
    ),
    "mean": sequential(
        both("LSTM", "concat", every_step=True), of("GlobalAveragePooling1D"), of("Dense", 2)
    ),
    "max": sequential(
        cell("GRU", **EVERY), of("GlobalMaxPooling1D"), of("Dense", 2), of("Softmax")
    ),
    "side by side": sequential(
        both("LSTM", "concat", every_step=True),
        of("Flatten"),
        of("Dense", 5, "relu"),
        of("Dense", 2),
    ),
    "dense before": sequential(of("Dense", 5, "tanh"), of("Rescaling", 0.5, 1.0), cell("LSTM")),
    "convolution": sequential(
        of("Conv1D", 5, 2, padding="causal", activation="relu"),
        of("MaxPooling1D", 2, padding="same"),
        of("Conv1D", 4, 2, padding="same", use_bias=False),
        of("AveragePooling1D", 2, strides=1),
        cell("LSTM"),
        of("Dense", 1),
    ),
    "repeat": sequential(
        cell("LSTM"), of("RepeatVector", 4), cell("LSTM", **EVERY), of("Dense", 2)
    ),
    "functional": functional,
    "words": words(masks=False),
    "masked words": words(masks=True),
    "vector": vector,
}  # fmt: skip


LEGACY = ("both concat True", "time distributed", "normalised", "masked words", "adapted")
"""Also read from the one HDF5 file that earlier versions of Keras write."""


def example(network: Any) -> np.ndarray:
    """An input with steps that a masking of 0.5 passes over, or tokens, among them 0."""
    draw = np.random.default_rng(2)
    shape = network.input_shape[1:]
    if network.inputs[0].dtype == "int32":
        return np.array([[3, 8, 0, 1, 0, 0]])
    x = draw.standard_normal((1, *shape)).astype("f4")
    if len(shape) == 2:
        x[:, 2] = 0.5
        x[:, 5] = 0.5
    return x


def made(name: str, folder: Path, suffix: str) -> tuple[Any, np.ndarray, Model]:
    """The network with weights of its own, an input, and what is opened of its file."""
    import keras

    keras.utils.set_random_seed(5)
    network = NETWORKS[name](keras)
    draw = np.random.default_rng(1)
    network.set_weights(  # biases and statistics too
        [0.4 * np.abs(draw.standard_normal(each.shape)) * draw.choice([1, 1, -1], each.shape)
         if each.ndim > 1 else np.abs(0.3 * draw.standard_normal(each.shape)) + 0.1
         for each in network.get_weights()]
    )  # fmt: skip
    for layer in network.layers:
        if isinstance(layer, keras.layers.Normalization):
            layer.finalize_state()  # it keeps what its weights were
    network.save(folder / f"a{suffix}")
    return network, example(network), open_model(folder / f"a{suffix}")


def shown(scene: Scene, name: str) -> np.ndarray:
    return np.stack([values[name][:, 0] for values in trace(scene).forward])


def compare_steps(layer: Any, given: np.ndarray, scene: Scene, *, turned: bool) -> None:
    """Every state and gate of the scene beside Keras' own cell, step after step."""
    from keras import ops

    own = layer.cell
    kind = type(own).__name__.removesuffix("Cell")
    mask = np.ones(len(given), bool)
    if "mask" in scene.given:
        mask = scene.given["mask"][0, 0] > 0
    steps = given[::-1] if turned else given
    states = [ops.zeros((1, layer.units if hasattr(layer, "units") else own.units))]
    states *= 2 if kind == "LSTM" else 1
    found = {name: shown(scene, name) for name in (*GATES.get(kind, ()), "a_next")}
    for t, x in enumerate(steps):
        if mask[t]:
            gates = keras_gates(own, kind, x[None], states)
            for name, values in gates.items():
                np.testing.assert_allclose(found[name][t], values, atol=1e-5, err_msg=f"{name} {t}")
            _, states = own(ops.convert_to_tensor(x[None]), states)
        np.testing.assert_allclose(found["a_next"][t], np.asarray(states[0])[0], atol=1e-5)
        if kind == "LSTM":
            c = shown(scene, "c_next")[t]
            np.testing.assert_allclose(c, np.asarray(states[1])[0], rtol=1e-5, atol=1e-5)


def keras_gates(own: Any, kind: str, x: np.ndarray, states: Sequence[Any]) -> dict[str, Any]:
    """The gates by Keras' own weights, activations and products."""
    from keras import ops

    if kind not in GATES:
        return {}
    names = GATES[kind]
    parts = 4 if kind == "LSTM" else 3
    z = ops.matmul(x, own.kernel) + ops.matmul(states[0], own.recurrent_kernel)
    if own.use_bias:
        z = z + (ops.sum(own.bias, axis=0) if len(own.bias.shape) == 2 else own.bias)
    split = ops.split(z, parts, axis=1)
    gates = {}
    for name, part in zip(names, split, strict=False):
        function = own.activation if name == "cct" else own.recurrent_activation
        gates[name] = np.asarray(function(part))[0]
    return gates


@pytest.mark.parametrize(
    ("name", "suffix"),
    [*((name, ".keras") for name in NETWORKS), *((name, ".h5") for name in LEGACY)],
)
def test_that_every_step_is_keras_own(name: str, suffix: str, tmp_path: Path) -> None:
    network, x, model = made(name, tmp_path, suffix)
    expected = np.asarray(network(x))[0]
    np.testing.assert_allclose(model.values(x[0].T).values, expected, rtol=1e-5, atol=1e-5)
    layers = [each for each in network.layers if type(each).__name__ != "InputLayer"]
    layers = [each for each in layers if type(each).__name__ not in ("NotEqual", "Any")]
    for place in model.recurrent:
        layer, opened = layers[place], model.spec.layers[place]
        given = model.values(x[0].T, place).values.astype("f4")
        if not isinstance(opened, OpenedBidirectional):
            scene = to_scene(model, x[0].T, place=place)
            compare_steps(layer, given, scene, turned=opened.backwards)  # type: ignore[attr-defined]
            predicted(scene, model, place, expected, turned=False)
            continue
        for direction in ("forward", "backward"):
            scene = to_scene(model, x[0].T, place=place, direction=direction)  # type: ignore[arg-type]
            inner = getattr(layer, f"{direction}_layer")
            compare_steps(inner, given, scene, turned=direction == "backward")
            predicted(scene, model, place, expected, turned=direction == "backward")


def test_that_every_layer_that_is_read_is_in_one_of_the_files() -> None:
    import keras

    saved = "".join(build(keras).to_json() for build in NETWORKS.values())
    missing = set(KNOWN_KINDS) - set(re.findall(r'"class_name": "(\w+)"', saved))
    assert missing == set()


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_that_numbers_of_16_bits_are_the_same_numbers_in_32(dtype: str, tmp_path: Path) -> None:
    """Keras itself would round every step to 16 bits, too."""
    import keras

    def network(dtype: str) -> Any:
        layers = keras.layers
        # TensorFlow cannot draw orthogonal matrices of bfloat16.
        cell = layers.LSTM(4, recurrent_initializer="glorot_uniform", dtype=dtype)
        stack = [cell, layers.Dense(2, "softmax", dtype=dtype)]
        return keras.Sequential([keras.Input((T, N), dtype=dtype), *stack])

    narrow, wide = network(dtype), network("float32")
    narrow.save(tmp_path / "a.keras")
    wide.set_weights([np.asarray(each, "f4") for each in narrow.get_weights()])
    x = np.random.default_rng(2).standard_normal((1, T, N)).astype("f4")
    found = open_model(tmp_path / "a.keras").values(x[0].T).values
    np.testing.assert_allclose(found, np.asarray(wide(x))[0], rtol=1e-5, atol=1e-6)


def predicted(
    scene: Scene, model: Model, place: int, expected: np.ndarray, *, turned: bool
) -> None:
    """The scene of the last recurrent layer ends in the network's own output."""
    if place != model.recurrent[-1]:
        return
    assert "up to the layer" not in str(scene.origin)
    found = shown(scene, "yt_pred")
    if expected.ndim == 2:
        expected = expected[::-1] if turned else expected
        np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-5)
    else:
        np.testing.assert_allclose(found[-1], expected, rtol=1e-5, atol=1e-5)
