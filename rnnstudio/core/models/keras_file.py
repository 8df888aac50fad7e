"""Reads a model that Keras wrote, without Keras and without executing anything in it.

A ``.keras`` file is a zip of ``config.json`` (the layers) and ``model.weights.h5`` (their arrays,
HDF5); a legacy ``.h5`` file is one HDF5 file with both; a ``.weights.h5`` file has the arrays only.
Which of them a file is, its content says and not its name. Read are stacks in which one layer
follows another, of the kinds in ``keras_layers``.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rnnstudio.core.documents.bounded_json import read_json
from rnnstudio.core.documents.bounded_zip import bounded_zip
from rnnstudio.core.documents.damage import DAMAGE
from rnnstudio.core.documents.regular import open_regular
from rnnstudio.core.engine.spec import FloatArray
from rnnstudio.core.errors import UserError
from rnnstudio.core.models import keras_arrays
from rnnstudio.core.models.keras_building import LayerShape
from rnnstudio.core.models.keras_config import DescribedLayer, described
from rnnstudio.core.models.keras_layers import KNOWN_KINDS, built
from rnnstudio.core.models.opened_model import Model, OpenedStack, require_finite
from rnnstudio.core.models.weights_only import ASSUMED, guessed_stack

MOST_CONFIG_BYTES = 4 * 2**20
MOST_WEIGHTS_BYTES = 64 * 2**20
_LEGACY_INSIDE = {"forward_layer": "forward", "backward_layer": "backward"}
"""How the name of a wrapped layer begins in a legacy file."""
_HDF5 = b"\x89HDF\r\n\x1a\n"
_DAMAGE = (
    *DAMAGE,
    OSError,  # HDF5's own damage
    AttributeError,
    TypeError,
    OverflowError,
    MemoryError,
)
"""What reading raises when bytes, or the JSON's lists and names, are not what they should be."""


def read_keras(path: Path) -> Model:
    """The model in a ``.keras``, ``.h5`` or ``.weights.h5`` file; float64.

    Raises UserError when the file cannot be read or is damaged, is not a plain stack, holds a layer
    or a setting that is not supported, is too large to be looked at, or a weight has another shape
    or is not finite.
    """
    if path.is_dir() and (path / "config.json").exists():
        raise UserError(
            "{path} is a folder, as Keras writes it with zipped=False; pack its files as a plain "
            "zip named NAME.keras, or save the model with zipped=True.",
            path=path.name,
        )
    try:
        with open_regular(path) as stream:
            is_hdf5 = stream.read(len(_HDF5)) == _HDF5
        return _read_hdf5(path) if is_hdf5 else _read_zip(path)
    except _DAMAGE as error:
        raise UserError(
            "{path} is damaged or no model of Keras; choose another file.", path=path.name
        ) from error


def _read_zip(path: Path) -> Model:
    with bounded_zip(path) as members:
        config = read_json(members.read("config.json", MOST_CONFIG_BYTES))
        stack = described(path.name, config, KNOWN_KINDS)
        keras_2 = "metadata.json" in members.names and _is_keras_2(
            read_json(members.read("metadata.json", MOST_CONFIG_BYTES))
        )
        stored = members.read("model.weights.h5", MOST_WEIGHTS_BYTES)
    with keras_arrays.open_hdf5(stored) as file:

        def arrays(
            layer: DescribedLayer, names: Sequence[str], shapes: Sequence[LayerShape]
        ) -> list[FloatArray]:
            found = keras_arrays.of_group(file, path.name, layer.group, layer.inside)
            if layer.kind == "Normalization":  # its last array counts the examples
                found = dict(list(found.items())[: len(names)])
            return keras_arrays.read(found, path.name, layer.name, shapes[: len(names)])

        return _model(path.name, built(path.name, stack, arrays, keras_2=keras_2))


def _is_keras_2(metadata: Any) -> bool:
    return str(metadata.get("keras_version", "")).startswith(("1.", "2."))


def _read_hdf5(path: Path) -> Model:
    with open_regular(path) as stream:
        size = os.fstat(stream.fileno()).st_size
        if size > MOST_WEIGHTS_BYTES:
            raise UserError(
                "{path} is too large to be looked at: it has {size:n} bytes, {most:n} are allowed.",
                path=path.name,
                size=size,
                most=MOST_WEIGHTS_BYTES,
            )
        stored = stream.read(size)
    config = keras_arrays.configuration(stored, MOST_CONFIG_BYTES)
    with keras_arrays.open_hdf5(stored) as file:
        if config is None:
            return replace(_model(path.name, guessed_stack(path.name, file)), assumed=ASSUMED)
        stack = described(path.name, config, KNOWN_KINDS)
        root = keras_arrays.LEGACY_ROOT

        def arrays(
            layer: DescribedLayer, names: Sequence[str], shapes: Sequence[LayerShape]
        ) -> list[FloatArray]:
            place, begins = f"{root}/{layer.name}", _LEGACY_INSIDE.get(layer.inside, "")
            found = keras_arrays.of_layer(file, path.name, place, names, begins)
            return keras_arrays.read(found, path.name, layer.name, shapes)

        keras_2 = b'"batch_input_shape"' in stored
        return _model(path.name, built(path.name, stack, arrays, keras_2=keras_2))


def _model(name: str, stack: OpenedStack) -> Model:
    """The model, if its weights are numbers."""
    require_finite(name, stack.layers)
    return Model(name, stack)
