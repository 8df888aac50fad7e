"""What older Keras and its other kinds of files hold is read as the same plain stack."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rnnstudio.core.cells.scene import trace
from rnnstudio.core.errors import UserError
from rnnstudio.core.models.keras_file import read_keras
from rnnstudio.core.models.open import open_model
from rnnstudio.core.models.opened_layers import OpenedCell, OpenedDense
from rnnstudio.core.models.opened_model import Model
from rnnstudio.core.models.scene import to_scene
from tests.core.models.test_keras_file import FEATURES, UNITS, arrays, draw, entry, lstm, write

h5py = pytest.importorskip("h5py")
STACK = [("LSTM", UNITS, "lstm"), ("Dense", 2, "relu"), ("Dense", 1, "linear")]


def stack_of(model: Model) -> list[tuple[str, int, str]]:
    """Class, units, and cell or activation of each layer."""
    return [
        (each.kind, each.units, each.cell if isinstance(each, OpenedCell) else each.activation)
        for each in model.spec.layers
        if isinstance(each, OpenedCell | OpenedDense)
    ]


def arrays_of(model: Model) -> list[tuple[str, np.ndarray]]:
    return [pair for layer in model.spec.layers for pair in layer.arrays()]


def layers(**shape: Any) -> list[dict[str, Any]]:
    return [
        entry("InputLayer", **shape, name="input_1"),
        lstm(name="lstm"),
        entry("Dense", units=2, activation="relu", use_bias=True, name="dense"),
        entry("Dense", units=1, activation="linear", use_bias=True, name="dense_1"),
    ]


def stored() -> dict[str, np.ndarray]:
    dense = {"layers/dense/vars/0": draw(UNITS, 2), "layers/dense/vars/1": draw(2)}
    last = {"layers/dense_1/vars/0": draw(2, 1), "layers/dense_1/vars/1": draw(1)}
    return {**arrays(), **dense, **last}


def keras_2(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A chain as Keras 2 joins it."""
    before = [None, *(each["config"]["name"] for each in entries)]
    return [
        {**each, "inbound_nodes": [[[name, 0, 0, {}]]] if name else []}
        for each, name in zip(entries, before, strict=False)
    ]


def functional(path: Path, entries: list[dict[str, Any]], *outputs: str, kind: str) -> Path:
    write(path, [], stored())
    config = {
        "class_name": kind,
        "config": {
            "layers": entries,
            "input_layers": [["input_1", 0, 0]],
            "output_layers": [[name, 0, 0] for name in outputs],
        },
    }
    return with_config(path, config)


def with_config(path: Path, config: dict[str, Any]) -> Path:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        weights = archive.read("model.weights.h5")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("config.json", json.dumps(config))
        archive.writestr("model.weights.h5", weights)
    return path


@pytest.mark.parametrize("key", ["batch_shape", "batch_input_shape"])
def test_that_the_shape_is_found_under_both_of_its_names(tmp_path: Path, key: str) -> None:
    path = write(tmp_path / "a.keras", layers(**{key: [None, 6, FEATURES]}), stored())
    assert stack_of(read_keras(path)) == STACK


@pytest.mark.parametrize("kind", ["Functional", "Model"])
def test_that_a_chain_of_keras_2_is_a_plain_stack_in_whatever_order(
    tmp_path: Path, kind: str
) -> None:
    chain = keras_2(layers(batch_input_shape=[None, None, FEATURES]))
    mixed = [chain[0], chain[2], chain[1], chain[3]]
    path = functional(tmp_path / "a.keras", mixed, "dense_1", kind=kind)
    assert stack_of(read_keras(path)) == STACK


def test_when_paths_part_or_an_output_is_inside_one_sentence_says_so(tmp_path: Path) -> None:
    chain = keras_2(layers(batch_input_shape=[None, None, FEATURES]))
    fork = [*chain[:3], {**chain[3], "inbound_nodes": chain[2]["inbound_nodes"]}]
    for entries, outputs in ((fork, ["dense_1"]), (chain, ["dense", "dense_1"]), (chain, ["lstm"])):
        path = functional(tmp_path / "a.keras", entries, *outputs, kind="Functional")
        with pytest.raises(UserError, match=r"a\.keras is no plain stack"):
            read_keras(path)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"activation": "sparsemax"}, r"Dense \(“dense”, layer 2\) with activation=sparsemax"),
        (
            {"activation": {"class_name": "PReLU", "config": {}}},
            r"Dense \(“dense”, layer 2\) with activation=PReLU",
        ),
        ({"use_bias": False}, "lacks the weights of dense: there are 2 arrays of 1"),
        ({"quantization_config": {"mode": "int4"}}, "quantised"),
        (
            {"dtype": {"class_name": "QuantizedDTypePolicy", "config": {"name": "int8"}}},
            r"layer 3 \(Dense\) quantised to int8",
        ),
        (
            {"dtype": {"class_name": "QuantizedDTypePolicy", "config": {"mode": "int8"}}},
            r"layer 3 \(Dense\) quantised to int8",
        ),
    ],
)
def test_when_a_dense_layer_is_another_one_the_sentence_names_it(
    tmp_path: Path, changes: dict[str, Any], sentence: str
) -> None:
    entries = layers(batch_shape=[None, None, FEATURES])
    entries[2]["config"] |= changes
    with pytest.raises(UserError, match=sentence):
        read_keras(write(tmp_path / "a.keras", entries, stored()))


def test_when_a_layer_is_too_large_the_sentence_names_it(tmp_path: Path) -> None:
    entries = layers(batch_shape=[None, None, FEATURES])
    entries[1]["config"]["units"] = 1025
    with pytest.raises(UserError, match=r"LSTM \(layer 1\) has 1,025 units; at most 1,024"):
        read_keras(write(tmp_path / "a.keras", entries, stored()))
    entries[1]["config"]["units"] = 1024
    with pytest.raises(UserError, match=r"it has 4,206,592 weights; at most 4,000,000"):
        read_keras(write(tmp_path / "a.keras", entries, stored()))


@pytest.mark.parametrize(("dtype", "sentence"), [("V4", "no array"), ("i1", "quantising")])
def test_when_the_numbers_are_others_the_sentence_names_them(
    tmp_path: Path, dtype: str, sentence: str
) -> None:
    other = np.zeros((FEATURES, 4 * UNITS), dtype)
    path = write(
        tmp_path / "a.keras",
        layers(batch_shape=[None, None, FEATURES]),
        {**stored(), "layers/lstm/cell/vars/0": other},
    )
    with pytest.raises(UserError, match=sentence):
        read_keras(path)


def test_that_16_bits_are_read_as_bfloat16(tmp_path: Path) -> None:
    """Its bits are the upper half of a float32's."""
    entries = layers(batch_shape=[None, None, FEATURES])
    kernel = stored()["layers/lstm/cell/vars/0"].copy()
    bits = kernel.view("<u4") >> 16
    rounded = (bits << 16).astype("<u4").view("<f4")
    kept = {**stored(), "layers/lstm/cell/vars/0": bits.astype("<u2").view("V2")}
    model = read_keras(write(tmp_path / "a.keras", entries, kept))
    weights = dict(model.spec.layers[0].arrays())
    np.testing.assert_array_equal(weights["Wi"][:, UNITS:], rounded[:, :UNITS].T)


def legacy(path: Path, config: object, mark: str, cell: str) -> Path:
    """A whole model as Keras 2 (``mark`` is ``:0``) or 3 writes it into one HDF5 file."""
    kept = stored()
    with h5py.File(path, "w") as file:
        if config is not None:
            file.attrs["model_config"] = json.dumps(config)
        root = file if config is None else file.create_group("model_weights")
        for at, name in enumerate(("kernel", "recurrent_kernel", "bias")):
            root[f"lstm/{cell}{name}{mark}"] = kept[f"layers/lstm/cell/vars/{at}"]
        for layer in ("dense", "dense_1"):
            root[f"{layer}/{layer}/kernel{mark}"] = kept[f"layers/{layer}/vars/0"]
            root[f"{layer}/{layer}/bias{mark}"] = kept[f"layers/{layer}/vars/1"]
    return path


@pytest.mark.parametrize(("mark", "cell"), [(":0", "lstm/lstm_cell/"), ("", "")])
def test_that_a_legacy_file_is_the_same_model(tmp_path: Path, mark: str, cell: str) -> None:
    entries = layers(batch_input_shape=[None, 6, FEATURES])
    config = {"class_name": "Sequential", "config": {"layers": entries}}
    whole = open_model(write(tmp_path / "a.keras", entries, stored()))
    same = open_model(legacy(tmp_path / "b.H5", config, mark, cell))
    assert stack_of(same) == stack_of(whole) == STACK
    for (name, array), (same_name, same_array) in zip(
        arrays_of(whole), arrays_of(same), strict=True
    ):
        assert name == same_name
        np.testing.assert_array_equal(array, same_array)
    assert not same.assumed


def test_that_weights_alone_are_opened_as_the_usual_stack_and_this_is_said(tmp_path: Path) -> None:
    three = tmp_path / "a.weights.h5"
    with h5py.File(three, "w") as file:
        for place, value in stored().items():
            file[place] = value
    for path in (three, legacy(tmp_path / "b.h5", None, ":0", "")):
        model = open_model(path)
        assert stack_of(model) == [STACK[0], ("Dense", 2, "linear"), STACK[2]]
        scene = to_scene(model, np.zeros((FEATURES, 4)))
        assert "weights only" in str(scene.origin)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"layers/dense_2/vars/0": (7, 3), "layers/dense_2/vars/1": (3,)}, "in which order"),
        ({"layers/head/vars/0": (1, 3), "layers/head/vars/1": (3,)}, "in which order"),
        ({"layers/conv/vars/0": (3, 2, 5), "layers/conv/vars/1": (5,)}, "layer conv"),
        ({"layers/bidirectional/forward_layer/cell/vars/0": (2, 8)}, "layer bidirectional"),
        (
            {
                "layers/dense_2/vars/0": (1, FEATURES),
                "layers/dense_2/vars/1": (FEATURES,),
                "layers/dense_3/vars/0": (FEATURES, FEATURES),
                "layers/dense_3/vars/1": (FEATURES,),
            },
            "in which order",
        ),
    ],
)
def test_when_weights_alone_leave_the_order_open_one_sentence_says_so(
    tmp_path: Path, changes: dict[str, tuple[int, ...]], sentence: str
) -> None:
    path = tmp_path / "a.weights.h5"
    with h5py.File(path, "w") as file:
        for place, value in {**stored(), **{k: draw(*v) for k, v in changes.items()}}.items():
            file[place] = value
    with pytest.raises(UserError, match=sentence):
        open_model(path)


def test_that_an_unpacked_model_is_called_a_folder_and_how_to_pack_it(tmp_path: Path) -> None:
    import zipfile

    whole = write(tmp_path / "a.zip", layers(batch_shape=[None, None, FEATURES]), stored())
    with zipfile.ZipFile(whole) as archive:
        archive.extractall(tmp_path / "a.keras")
    with pytest.raises(UserError, match="is a folder, as Keras writes it"):
        open_model(tmp_path / "a.keras")
    shutil.make_archive(str(tmp_path / "packed"), "zip", tmp_path / "a.keras")
    (tmp_path / "packed.zip").rename(tmp_path / "packed.keras")
    assert stack_of(open_model(tmp_path / "packed.keras")) == STACK


@pytest.mark.keras
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:__array__ implementation")  # of TensorFlow's variables
@pytest.mark.filterwarnings("ignore:.*as an HDF5 file")
@pytest.mark.parametrize("activation", ["linear", "softmax", "sigmoid", "relu", "tanh"])
def test_that_every_kind_of_file_predicts_what_keras_does(tmp_path: Path, activation: str) -> None:
    import keras

    keras.utils.set_random_seed(4)
    network = keras.Sequential(
        [
            keras.Input((7, FEATURES)),
            keras.layers.LSTM(4, return_sequences=True),
            keras.layers.LSTM(5),
            keras.layers.Dense(6, activation),
            keras.layers.Dense(3, activation),
        ]
    )
    x = np.random.default_rng(2).standard_normal((1, 7, FEATURES)).astype("f4")
    expected = np.asarray(network(x))[0]
    for name in ("a.keras", "a.h5", "a.weights.h5")[: 3 if activation == "linear" else 2]:
        save = network.save_weights if "weights" in name else network.save
        save(tmp_path / name)
        model = open_model(tmp_path / name)
        shown = trace(to_scene(model, x[0].T, place=1)).forward[-1]["yt_pred"][:, 0]
        np.testing.assert_allclose(shown, expected, atol=1e-6)
