"""Files written by plain Keras: our gates are Keras' own; files that must be refused."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rnnstudio.core.cells import unroll
from rnnstudio.core.cells.scene import trace
from rnnstudio.core.errors import UserError
from rnnstudio.core.models.keras_file import read_keras
from rnnstudio.core.models.open import open_model
from rnnstudio.core.models.scene import to_scene

h5py = pytest.importorskip("h5py")
UNITS, FEATURES = 3, 2
PLAIN = {
    "units": UNITS,
    "return_sequences": False,
    "activation": "tanh",
    "recurrent_activation": "sigmoid",
    "use_bias": True,
}


def entry(kind: str, **config: Any) -> dict[str, Any]:
    return {"module": "keras.layers", "class_name": kind, "config": config, "registered_name": None}


def lstm(**changes: Any) -> dict[str, Any]:
    return entry("LSTM", **{**PLAIN, **changes})


INPUT = entry("InputLayer", batch_shape=[None, None, FEATURES], name="input")


def draw(*shape: int) -> np.ndarray:
    return np.random.default_rng(1).standard_normal(shape).astype("f4")


def arrays() -> dict[str, Any]:
    shapes = ((FEATURES, 4 * UNITS), (UNITS, 4 * UNITS), (4 * UNITS,))
    return {f"layers/lstm/cell/vars/{i}": draw(*shape) for i, shape in enumerate(shapes)}


def write(
    path: Path,
    layers: list[Any],
    stored: dict[str, Any],
    more: Callable[[h5py.File], None] = lambda _: None,
) -> Path:
    """A file as Keras lays it out."""
    buffer = io.BytesIO()
    with h5py.File(buffer, "w") as file:
        for place, value in stored.items():
            file[place] = value
        more(file)
    with zipfile.ZipFile(path, "w") as archive:
        config = {"class_name": "Sequential", "config": {"layers": layers}}
        archive.writestr("config.json", json.dumps(config))
        archive.writestr("model.weights.h5", buffer.getvalue())
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "model.keras"


def test_that_a_plain_file_is_read_in_the_paper_s_layout(file: Path) -> None:
    model = read_keras(write(file, [INPUT, lstm()], arrays()))
    np.testing.assert_array_equal(
        dict(model.spec.layers[0].arrays())["Wf"][:, UNITS:],
        arrays()["layers/lstm/cell/vars/0"][:, UNITS : 2 * UNITS].T,
    )


@pytest.mark.parametrize(
    ("layers", "sentence"),
    [
        ([INPUT, entry("Lambda", function="__import__('os').abort()")], "layer Lambda.*not run"),
        ([INPUT, {**lstm(), "registered_name": "mine>LSTM"}], "layer LSTM"),
        ([INPUT, {**lstm(), "module": "evil"}], "layer LSTM"),
        ([INPUT, lstm(units=5000)], "too large"),
        ([INPUT, lstm(units=-1)], "units"),
        ([INPUT, lstm(units="3")], "damaged"),
        ([INPUT, lstm(activation="softmax")], "activation=softmax"),
        ([INPUT, lstm(time_major=True)], "time_major"),
        ([INPUT, lstm(go_backwards="yes")], "damaged"),
        ([INPUT, entry("GRU", **PLAIN, reset_after=True)], "lacks the weights"),
        ([INPUT, entry("Bidirectional", merge_mode=None, layer=lstm())], "merge_mode=None"),
        ([INPUT, entry("RNN", cell={"class_name": "MyCell"})], "cell=MyCell"),
        ([INPUT, entry("Conv2D"), lstm()], r"layer Conv2D .*number 2\), which is not read"),
        ([INPUT, entry("Sequential"), lstm()], "a whole model"),
        ([INPUT, lstm(), entry("MaxPooling1D", pool_size=2)], "“”, layer 2.*shape"),
        ([INPUT, lstm(units=4)], "shape"),
        ([INPUT, lstm(return_sequences=True), lstm()], "lacks"),
        ([lstm()], "features"),
        ([INPUT], "has no recurrent layer"),
        ([INPUT, *[lstm(return_sequences=True)] * 70], "layers"),
        ([], "damaged"),
        (["LSTM"], "damaged"),
        ([INPUT, {**lstm(), "config": "LSTM"}], "damaged"),
    ],
)
def test_when_the_layers_are_not_ours_one_sentence_says_so(
    file: Path, layers: list[Any], sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        read_keras(write(file, layers, arrays()))


def first(value: Any) -> dict[str, Any]:
    return {**arrays(), "layers/lstm/cell/vars/0": value}


@pytest.mark.parametrize(
    ("stored", "sentence"),
    [
        (first(np.full((FEATURES, 4 * UNITS), np.nan)), "finite"),
        (first(draw(4, 4)), "shape"),
        (first(np.zeros((FEATURES, 4 * UNITS), "i4")), "no array of numbers"),
        (first("a text"), "no array of numbers"),
        (first(h5py.ExternalLink("/etc/passwd", "/x")), "elsewhere"),
        (first(h5py.SoftLink("/layers")), "elsewhere"),
    ],
)
def test_when_the_weights_are_not_plain_one_sentence_says_so(
    file: Path, stored: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        read_keras(write(file, [INPUT, lstm()], stored))


def test_when_an_array_is_packed_or_is_outside_it_is_not_read(file: Path) -> None:
    rest = {place: a for place, a in arrays().items() if not place.endswith("/0")}
    shape = (FEATURES, 4 * UNITS)
    for options in (
        {"compression": "gzip"},
        {"external": [("/etc/passwd", 0, h5py.h5f.UNLIMITED)]},
    ):

        def more(h5: h5py.File, options: dict[str, Any] = options) -> None:
            h5.create_dataset("layers/lstm/cell/vars/0", shape, "f4", **options)

        with pytest.raises(UserError, match="in a way that plain Keras does not"):
            read_keras(write(file, [INPUT, lstm()], rest, more))


def test_when_a_huge_array_is_declared_nothing_of_it_is_read(file: Path) -> None:
    rest = {place: a for place, a in arrays().items() if not place.endswith("/0")}

    def more(h5: h5py.File) -> None:
        h5.create_dataset("layers/lstm/cell/vars/0", (10**7, 10**7), "f4", chunks=(64, 64))

    with pytest.raises(UserError, match="shape"):
        read_keras(write(file, [INPUT, lstm()], rest, more))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 3000), flips=st.lists(st.integers(0, 2**31), max_size=8))
def test_when_the_zip_is_damaged_a_sentence_says_so(file: Path, cut: int, flips: list[int]) -> None:
    data = bytearray(write(file, [INPUT, lstm()], arrays()).read_bytes())
    for place in flips:
        data[place % len(data)] ^= 0x55
    file.write_bytes(data[: len(data) - cut])
    with contextlib.suppress(UserError):
        model = read_keras(file)
        assert all(
            np.isfinite(array).all() for array in dict(model.spec.layers[0].arrays()).values()
        )


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), min_size=1, max_size=20),
    cut=st.integers(0, 500),
)
def test_when_the_weights_are_damaged_a_sentence_says_so(
    file: Path, changes: list[tuple[int, int]], cut: int
) -> None:
    with zipfile.ZipFile(write(file, [INPUT, lstm()], arrays())) as archive:
        config = archive.read("config.json")
        stored = bytearray(archive.read("model.weights.h5"))
    for place, byte in changes:
        stored[place % len(stored)] = byte
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("config.json", config)
        archive.writestr("model.weights.h5", bytes(stored[: len(stored) - cut]))
    with contextlib.suppress(UserError):
        model = read_keras(file)
        assert all(
            np.isfinite(array).all() for array in dict(model.spec.layers[0].arrays()).values()
        )


def test_when_the_file_is_no_model_the_right_kinds_are_listed(tmp_path: Path) -> None:
    for name, sentence in (
        ("a.txt", r"choose a \.keras, \.h5, \.safetensors or"),
        ("b.KERAS", "There is no file"),
    ):
        with pytest.raises(UserError, match=sentence):
            open_model(tmp_path / name)


@pytest.mark.keras
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:__array__ implementation")  # of TensorFlow's variables
@pytest.mark.parametrize("kind", ["SimpleRNN", "LSTM", "GRU"])
def test_that_our_gates_are_those_that_keras_computes(kind: str, file: Path) -> None:
    import keras

    keras.utils.set_random_seed(3)
    T, u = 9, 5
    inputs = keras.Input((T, 2))
    below = keras.layers.LSTM(4, return_sequences=True)(inputs)
    layer = getattr(keras.layers, kind)(u, return_sequences=True)
    hidden = layer(keras.layers.Dropout(0.2)(below))
    network = keras.Model(inputs, keras.layers.Dense(2)(hidden))
    network.save(file)
    x = np.random.default_rng(2).standard_normal((1, T, 2)).astype("f4")
    inner = keras.Model(inputs, [below, hidden, network.output])(x)
    given, h, predicted = (np.asarray(value)[0] for value in inner)

    model = read_keras(file)
    traced = trace(to_scene(model, x[0].T, place=model.recurrent[1]))
    found = lambda name: unroll.sequence(traced.forward, name)[:, 0].T  # noqa: E731
    np.testing.assert_allclose(found("a_next"), h, atol=1e-6)
    np.testing.assert_allclose(found("yt_pred"), predicted, atol=1e-6)
    for name, values in keras_gates(kind, layer.get_weights(), given, h, u).items():
        np.testing.assert_allclose(found(name), values, atol=1e-6)


def keras_gates(
    kind: str, weights: list[np.ndarray], x: np.ndarray, h: np.ndarray, u: int
) -> dict[str, np.ndarray]:
    """The gates from Keras' own states, inputs and operations, in Keras' layout."""
    from keras import ops

    before = np.vstack([np.zeros((1, u), "f4"), h[:-1]])
    kernel, recurrent, bias = weights
    if kind == "LSTM":
        z = np.asarray(ops.matmul(x, kernel) + ops.matmul(before, recurrent) + bias)
        names = ("it", "ft", None, "ot")
    elif kind == "GRU":
        z = np.asarray(ops.matmul(x, kernel) + bias[0] + ops.matmul(before, recurrent) + bias[1])[
            :, : 2 * u
        ]
        names = ("zt", "rt")
    else:
        return {}
    parts = np.split(z, len(names), axis=1)
    return {
        name: np.asarray(ops.sigmoid(part)) for name, part in zip(names, parts, strict=True) if name
    }
