"""Finds and reads the arrays of a model in an HDF5 file of Keras.

An array is read after its place, type, shape and storage were found to be what plain Keras writes:
no link to another file, no compression that could load a plugin.

Weights have no unit.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from rnnstudio.core.engine.spec import FloatArray
from rnnstudio.core.errors import UserError

LEGACY_NAMES = ("kernel", "recurrent_kernel", "bias")
"""Of a layer's arrays in a legacy file, in Keras' order; Keras 2 appends ``:0``."""
LEGACY_ROOT = "model_weights"
_CONFIGURATION = b"model_config"
_BEGINNING = b'{"class_name"'
_MOST_NODES = 100
_MOST_NESTED = 8


def open_hdf5(stored: bytes | bytearray) -> Any:
    """The HDF5 file in ``stored``; raises OSError if it is not one."""
    import h5py

    return h5py.File(io.BytesIO(stored), "r")


def configuration(stored: bytes, most: int) -> Any:
    """The JSON that a legacy file describes its model by; None if it holds weights only.

    It stands in the file in one piece and is looked for there: HDF5's own way to texts without a
    fixed length does not come to an end in some damaged files. Raises ValueError if there is no
    JSON of at most ``most`` bytes.
    """
    if _CONFIGURATION not in stored:
        return None
    start = stored.find(_BEGINNING)
    if start < 0:
        raise ValueError("no description of a model")
    text = stored[start : start + most].decode("utf-8", "replace")
    return json.JSONDecoder().raw_decode(text)[0]


def of_group(file: Any, name: str, group: str, inside: str = "") -> dict[str, Any]:
    """The arrays of a layer as Keras 3 keeps them, by their places in the file ``name``.

    ``inside`` is the name under which a wrapper keeps the layer that it wraps.
    """
    root = f"layers/{group}/{inside}" if inside else f"layers/{group}"
    for place in (f"{root}/cell/vars", f"{root}/vars"):
        vars_ = node(file, name, place)
        if vars_ is not None and len(vars_):
            found = {f"{place}/{at}": node(file, name, f"{place}/{at}") for at in range(len(vars_))}
            return {place: array for place, array in found.items() if array is not None}
    return {}


def of_layer(
    file: Any, name: str, layer: str, names: Sequence[str] = LEGACY_NAMES, inside: str = ""
) -> dict[str, Any]:
    """The arrays ``names`` of a layer of a legacy file, by their places in the file ``name``.

    ``inside`` is how the name of the layer begins that a wrapper wraps.
    """
    found = {
        place: array
        for place, array in below(file, name, layer).items()
        if any(part.startswith(inside) for part in place.split("/")[1:])
    }
    kept = {place.rpartition("/")[2].removesuffix(":0"): place for place in found}
    return {kept[key]: found[kept[key]] for key in names if key in kept}


def below(file: Any, name: str, place: str) -> dict[str, Any]:
    """All arrays at any depth below ``place``, by their places in the file ``name``."""
    root = node(file, name, place)
    return {} if root is None else dict(_arrays(root, name, place))


def _arrays(group: Any, name: str, place: str, depth: int = 0) -> Iterator[tuple[str, Any]]:
    import h5py

    if depth > _MOST_NESTED or len(group) > _MOST_NODES:
        raise ValueError("no layer of Keras")
    for key in group:
        inner = node(group, name, key)
        if isinstance(inner, h5py.Group):
            yield from _arrays(inner, name, f"{place}/{key}", depth + 1)
        else:
            yield f"{place}/{key}", inner


def node(group: Any, name: str, place: str) -> Any:
    """What stands at ``place`` below ``group``, or None; raises UserError if a link leads on."""
    import h5py

    for part in place.split("/"):
        link = group.get(part, getlink=True) if isinstance(group, h5py.Group) else None
        if link is None:
            return None
        if type(link) is not h5py.HardLink:
            raise UserError(
                "{file} keeps weights elsewhere; they must be in the file itself.", file=name
            )
        group = group[part]
    return group


def read(
    found: Mapping[str, Any], name: str, layer: str, shapes: Sequence[tuple[int | None, ...]]
) -> list[FloatArray]:
    """The arrays ``found`` of ``layer``, float64; raises UserError unless they have ``shapes``."""
    if len(found) != len(shapes):
        raise UserError(
            "{file} lacks the weights of {layer}: there are {found} arrays of {wanted}; save the "
            "whole model anew.",
            file=name,
            layer=layer[:60],
            found=len(found),
            wanted=len(shapes),
        )
    pairs = zip(found.items(), shapes, strict=True)
    return [_read(array, name, place, shape) for (place, array), shape in pairs]


def _read(array: Any, name: str, place: str, shape: tuple[int | None, ...]) -> FloatArray:
    import h5py

    if not isinstance(array, h5py.Dataset):
        raise UserError(
            "{file} holds something at {place} that is no array of numbers.", file=name, place=place
        )
    bfloat16 = array.dtype.kind == "V" and array.dtype.itemsize == 2
    if not bfloat16 and (array.dtype.kind != "f" or array.dtype.itemsize > 8):
        _refuse_type(array, name, place)
    if array.shape != shape:
        raise UserError(
            "{file} has weights of the shape {found} at {place}; it must be {shape}.",
            file=name,
            found=array.shape,
            place=place,
            shape=shape,
        )
    storage = array.id.get_create_plist()
    plain = storage.get_layout() == h5py.h5d.CONTIGUOUS and not storage.get_nfilters()
    if not plain or storage.get_external_count():
        raise UserError(
            "{file} stores the weights {place} in a way that plain Keras does not.",
            file=name,
            place=place,
        )
    stored = array[()]
    return from_bfloat16(stored) if bfloat16 else np.asarray(stored, dtype=np.float64)


def from_bfloat16(stored: Any) -> FloatArray:
    """The numbers of an array of any shape whose 16 bits are the upper half of a float32's."""
    upper = np.ascontiguousarray(stored).view("<u2").astype("<u4")
    return np.asarray((upper << 16).view("<f4").reshape(np.shape(stored)), dtype=np.float64)


def _refuse_type(array: Any, name: str, place: str) -> None:
    if array.dtype.kind in "iu":
        raise UserError(
            "{file} holds {place} as {type}, whole numbers as after quantising: no array of "
            "numbers with fractions; save the model before quantising it.",
            file=name,
            place=place,
            type=str(array.dtype),
        )
    raise UserError(
        "{file} holds something at {place} that is no array of numbers.", file=name, place=place
    )
