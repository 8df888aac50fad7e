"""Reads the weights of a ``.keras`` file with our own eyes: nothing in it is ever run.

Such a file is a zip of ``config.json`` (the layers), ``metadata.json`` and ``model.weights.h5``
(their arrays, HDF5). Of the configuration plain words and numbers are read; a layer that is not one
of ours ends the reading. Of the HDF5 file only those arrays are read that the layers must have,
after their place, type, shape and storage were found to be what plain Keras writes: no link to
another file, no compression that could load a plugin. Read are stacks of SimpleRNN, LSTM, GRU
(``reset_after=True``, Keras' default), Dropout and Dense (linear, or softmax as the last layer),
with Keras' default activations and biases.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from rnnstudio.core.engine.spec import (
    CellName,
    Dense,
    Dropout,
    FloatArray,
    Layer,
    LossName,
    ModelSpec,
    Recurrent,
    Weights,
)
from rnnstudio.core.errors import UserError
from rnnstudio.core.keras_engine.weights import from_keras, keras_shapes
from rnnstudio.core.models.model import Model, require_finite, require_small

MOST_CONFIG_BYTES = 4 * 2**20
MOST_WEIGHTS_BYTES = 64 * 2**20
MOST_LAYERS = 20
_CELLS: Mapping[str, CellName] = {"SimpleRNN": "rnn", "LSTM": "lstm", "GRU": "gru"}
_KNOWN = (*_CELLS, "Dense", "Dropout", "InputLayer")
_PLAIN: Mapping[str, tuple[Any, ...]] = {
    "activation": ("tanh",),
    "recurrent_activation": ("sigmoid",),
    "use_bias": (True,),
    "go_backwards": (False,),
    "return_state": (False,),
    "reset_after": (True,),
}
"""What a recurrent layer's settings must be, where it has them."""
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    EOFError,
    LookupError,
    AttributeError,
    TypeError,
    OverflowError,
    MemoryError,
    RecursionError,
)
"""What reading raises when bytes, or the JSON's lists and names, are not what they should be."""


def read_keras(path: Path) -> Model:
    """The model in a ``.keras`` file; float64.

    Raises
    ------
    UserError
        When the file cannot be read or is damaged, holds a layer or a setting that is not
        supported, is too large to be looked at, or a weight has another shape or is not finite.
    """
    try:
        config, weights = _members(path)
        return _model(path.name, json.loads(config), weights)
    except (*_DAMAGE, OSError) as error:  # HDF5 reports its own damage as an OSError
        raise UserError(
            f"{path.name} is damaged or no .keras file; choose another file."
        ) from error


def _members(path: Path) -> tuple[bytes, bytes]:
    """The bytes of the configuration and of the weights."""
    try:
        with zipfile.ZipFile(path) as archive:
            config = _member(archive, "config.json", MOST_CONFIG_BYTES, path)
            return config, _member(archive, "model.weights.h5", MOST_WEIGHTS_BYTES, path)
    except OSError as error:
        raise UserError(f"{path.name} cannot be read: {error.strerror or error}.") from error


def _member(archive: zipfile.ZipFile, name: str, most: int, path: Path) -> bytes:
    if archive.getinfo(name).file_size > most:
        raise UserError(f"{path.name} is too large to be looked at: {name} is over {most} bytes.")
    return archive.read(name)


def _model(name: str, config: Mapping[str, Any], stored: bytes) -> Model:
    described = _layers(name, config)
    n_x = _features(name, described)
    layers = [_layer(name, entry) for entry in described if entry["class_name"] != "InputLayer"]
    _require_small(name, n_x, layers)
    softmax = described[-1]["config"].get("activation") == "softmax"
    loss: LossName = "softmax_cross_entropy" if softmax else "mean_squared_error"
    spec = ModelSpec(n_x, tuple(layers), loss)
    places = _places([entry["class_name"] for entry in described])
    weights = _weights(name, spec, places, stored)
    require_finite(name, weights)
    return Model(name, spec, weights)


def _layers(name: str, config: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The descriptions of the layers, in the order they follow each other."""
    kind, layers = config["class_name"], config["config"]["layers"]
    if kind not in ("Sequential", "Functional"):
        raise UserError(f"{name} holds a model of the kind {kind!s:.40}; it must be a plain stack.")
    if len(layers) > MOST_LAYERS:
        raise UserError(f"{name} has {len(layers)} layers; at most {MOST_LAYERS} can be read.")
    for layer in layers:
        foreign = layer["class_name"] not in _KNOWN or layer.get("registered_name") is not None
        if foreign or layer.get("module") != "keras.layers":
            raise UserError(
                f"{name} has a layer {layer['class_name']!s:.40}, which is not read; read are "
                "SimpleRNN, LSTM, GRU, Dense and Dropout of Keras."
            )
    if kind == "Functional":
        _require_chain(name, layers)
    return list(layers)


def _require_chain(name: str, layers: Sequence[Mapping[str, Any]]) -> None:
    """Each layer of a functional model must read the one before it and nothing else."""
    before = None
    for layer in layers:
        read = re.findall(r'"keras_history": \["([^"]*)"', json.dumps(layer["inbound_nodes"]))
        if read != ([] if before is None else [before]):
            raise UserError(f"{name} is no plain stack: one layer must follow another.")
        before = layer["config"]["name"]


def _features(name: str, layers: Sequence[Mapping[str, Any]]) -> int:
    """The last length of the shape that the first layer was built for."""
    first = layers[0]["config"]
    shape = first.get("batch_shape") or layers[0].get("build_config", {}).get("input_shape")
    if not shape or len(shape) != 3 or type(shape[-1]) is not int:
        raise UserError(
            f"{name} does not say how many features a step has; build the model before saving it."
        )
    return int(shape[-1])


def _layer(name: str, entry: Mapping[str, Any]) -> Layer:
    kind, config = entry["class_name"], entry["config"]
    if kind == "Dropout":
        return Dropout(float(config["rate"]))
    if kind == "Dense":
        if config["activation"] not in ("linear", "softmax") or config["use_bias"] is not True:
            raise UserError(
                f"{name} has a Dense layer with another activation or no bias; it must be linear "
                "or softmax."
            )
        return Dense(_whole(config["units"]))
    for setting, values in _PLAIN.items():
        if setting in config and config[setting] not in values:
            raise UserError(
                f"{name} has a {kind} with {setting}={config[setting]!s:.40}; only {values[0]} is "
                "read."
            )
    return Recurrent(
        _CELLS[kind],
        _whole(config["units"]),
        every_step=config["return_sequences"] is True,
    )


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise ValueError("no whole number")
    return value


def _require_small(name: str, n_x: int, layers: Sequence[Layer]) -> None:
    for layer in layers:
        if not isinstance(layer, Dropout):
            require_small(name, layer.units, n_x)
            n_x = layer.units


def _places(kinds: Sequence[str]) -> list[str]:
    """Where Keras keeps each layer's arrays: its kind in small letters, numbered from the second.

    (``keras.src.saving.saving_lib``, ``_save_container_state``.)
    """
    seen: Counter[str] = Counter()
    places = []
    for kind in kinds:
        word = {"SimpleRNN": "simple_rnn", "InputLayer": "input_layer"}.get(kind, kind.lower())
        number = f"_{seen[word]}" if seen[word] else ""
        seen[word] += 1
        if kind != "InputLayer":
            places.append(f"layers/{word}{number}/{'cell/' if kind in _CELLS else ''}vars")
    return places


def _weights(name: str, spec: ModelSpec, places: Sequence[str], stored: bytes) -> Weights:
    import h5py

    weights: Weights = []
    with h5py.File(io.BytesIO(stored), "r") as file:
        n_x = spec.n_x
        for layer, place in zip(spec.layers, places, strict=True):
            shapes = keras_shapes(layer, n_x)
            arrays = [
                _array(file, f"{place}/{number}", shape, name)
                for number, shape in enumerate(shapes)
            ]
            weights.append(from_keras(layer, arrays))
            n_x = n_x if isinstance(layer, Dropout) else layer.units
    return weights


def _array(file: Any, place: str, shape: tuple[int, ...], name: str) -> FloatArray:
    """One array, read after everything about it was found to be plain."""
    import h5py

    node = file
    for part in place.split("/"):
        link = node.get(part, getlink=True) if isinstance(node, h5py.Group) else None
        if link is None:
            raise UserError(f"{name} lacks the weights {place}.")
        if type(link) is not h5py.HardLink:
            raise UserError(f"{name} keeps weights elsewhere; they must be in the file itself.")
        node = node[part]
    if not isinstance(node, h5py.Dataset) or node.dtype.kind != "f" or node.dtype.itemsize > 8:
        raise UserError(f"{name} holds something at {place} that is no array of numbers.")
    if node.shape != shape:
        raise UserError(f"{name} has weights of the shape {node.shape}; here it must be {shape}.")
    storage = node.id.get_create_plist()
    plain = storage.get_layout() == h5py.h5d.CONTIGUOUS and not storage.get_nfilters()
    if not plain or storage.get_external_count():
        raise UserError(f"{name} stores its weights in a way that plain Keras does not.")
    return np.asarray(node[()], dtype=np.float64)
