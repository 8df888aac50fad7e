"""Reads the weights that PyTorch's users keep in a ``.safetensors`` file.

The format is 8 bytes, the length of the header as a little-endian whole number; the header, JSON
that gives each tensor's type, shape and place; and the numbers, raw. Nothing in it is executed.
(https://github.com/huggingface/safetensors)

Weights have no unit.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rnnstudio.core.documents.bounded_json import read_json
from rnnstudio.core.documents.regular import open_regular, unreadable
from rnnstudio.core.engine.spec import FloatArray
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.models.keras_arrays import from_bfloat16
from rnnstudio.core.models.opened_model import MOST_WEIGHTS, Model, require_few, require_finite
from rnnstudio.core.models.torch_layers import torch_stack

MOST_HEADER_BYTES = 2**20
_TYPES = {"F16": "<f2", "BF16": "<u2", "F32": "<f4", "F64": "<f8"}


@dataclass(frozen=True)
class StoredTensor:
    """Where a tensor stands in the file; ``type`` as the header calls it."""

    type: str
    shape: tuple[int, ...]
    start: int
    end: int


def read_safetensors(path: Path) -> Model:
    """The model whose weights are in a ``.safetensors`` file of PyTorch; float64.

    Raises UserError when the file cannot be read or is damaged, is too large, or does not hold the
    weights of recurrent layers and what follows them.
    """
    try:
        with open_regular(path) as stream:
            size = os.fstat(stream.fileno()).st_size
            if size > MOST_HEADER_BYTES + 8 * MOST_WEIGHTS:
                require_few(path.name, size // 4)
            data = stream.read(size)
    except OSError as error:
        raise unreadable(path, error) from error
    try:
        tensors, metadata, start = read_tensors(data)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise UserError(
            "{path} is damaged or no .safetensors file; choose another file.", path=path.name
        ) from error
    floats = {name: each.shape for name, each in tensors.items() if each.type in _TYPES}
    require_few(path.name, sum(map(math.prod, floats.values())))

    def array(name: str) -> FloatArray:
        stored = tensors[name]
        raw = np.frombuffer(
            data, _TYPES[stored.type], math.prod(stored.shape), start + stored.start
        )
        raw = raw.reshape(stored.shape)
        return from_bfloat16(raw) if stored.type == "BF16" else raw.astype(np.float64)

    stack = torch_stack(path.name, floats, array, metadata)
    require_finite(path.name, stack.layers)
    assumed = (
        Message("PyTorch; layers in the order in which the model names them")
        if "layers" in metadata
        else Message("PyTorch; order and activations of the layers as usual")
    )
    return Model(path.name, stack, assumed)


def read_tensors(data: bytes) -> tuple[dict[str, StoredTensor], Mapping[str, str], int]:
    """The tensors by their names, the metadata, and where the numbers begin.

    Raises ValueError, LookupError, TypeError, AttributeError if the header is not one, or a tensor
    lies outside the file or over another one.
    """
    length = int.from_bytes(data[:8], "little")
    if len(data) < 8 or not 2 <= length <= min(len(data) - 8, MOST_HEADER_BYTES):
        raise ValueError("no header")
    header = read_json(data[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    if not all(type(key) is type(value) is str for key, value in metadata.items()):
        raise ValueError("metadata that is no text")
    tensors = {str(name): _stored(entry) for name, entry in header.items()}
    end = 0
    for tensor in sorted(tensors.values(), key=lambda each: (each.start, each.end)):
        if tensor.start < end:
            raise ValueError("tensors one over the other")
        end = tensor.end
    if end > len(data) - 8 - length:
        raise ValueError("numbers are missing")
    return tensors, metadata, 8 + length


def _stored(entry: Mapping[str, Any]) -> StoredTensor:
    shape, (start, end) = tuple(entry["shape"]), entry["data_offsets"]
    if not all(type(each) is int and 0 <= each < 2**40 for each in (*shape, start, end)):
        raise ValueError("no shape")
    kind = str(entry["dtype"])
    if kind in _TYPES and end - start != math.prod(shape) * np.dtype(_TYPES[kind]).itemsize:
        raise ValueError("a tensor of another length")
    return StoredTensor(kind, shape, start, end)
