"""A network's numbers, and those of its checkpoints, as the arrays of a document.

Weights have no unit; shapes and dtypes are those of ``TrainedNames``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.documents.damage import require
from rnnstudio.core.messages import Message
from rnnstudio.core.names.history import NamesCheckpoint
from rnnstudio.core.names.recipes import PaperSpec, Spec
from rnnstudio.core.names.trained import TrainedNames

CHECKPOINTS, CHECKPOINT_STEPS = "checkpoints.", "checkpoints.step"
"""What the names of the arrays of all checkpoints begin with, and the name of their steps."""


def network_arrays(trained: TrainedNames) -> dict[str, Array]:
    """Its weights by their names in a document: "parameters.Wax", "memory.a_prev" and so on.

    Shapes and dtypes are those of ``TrainedNames``; weights have no unit.
    """
    parts = (("parameters", trained.parameters), ("memory", trained.memory))
    return {f"{key}.{name}": part for key, of in parts for name, part in sorted(of.items())}


def read_network(
    arrays: Mapping[str, Array], spec: Spec, vocabulary: Sequence[str]
) -> tuple[dict[str, Array], dict[str, Array]]:
    """``parameters`` and ``memory`` from ``network_arrays`` of a network at some iteration.

    Weights have no unit, shapes and dtypes are those of ``TrainedNames``: parameters are float64.
    One of an earlier iteration has its newest weights in its memory in either recipe. Raises
    DamageError where there are other arrays than those, or of other shapes or dtypes.
    """
    size = len(vocabulary)
    shapes = CELLS[spec.cell].parameter_shapes(size, spec.units, size)
    memory, dtype = memory_arrays(spec, shapes)
    if any(name.startswith("memory.now.") for name in arrays):
        memory = newest_shapes(shapes) | memory
    names = {*(f"parameters.{name}" for name in shapes), *(f"memory.{name}" for name in memory)}
    require(set(arrays) == names, Message("other arrays than its recipe has"))
    return (
        read_numbers(arrays, "parameters.", shapes, "f8"),
        read_numbers(arrays, "memory.", memory, dtype),
    )


def packed_checkpoints(checkpoints: Sequence[NamesCheckpoint]) -> dict[str, Array]:
    """Each array of all checkpoints in one: (checkpoints, ...); none where there are none."""
    if not checkpoints:
        return {}
    return {
        CHECKPOINT_STEPS: np.array([each.step for each in checkpoints], np.int64),
        **{
            f"{CHECKPOINTS}{name}": np.stack([each.memory[name] for each in checkpoints])
            for name in checkpoints[0].memory
        },
    }


def newest_shapes(shapes: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """The shapes (rows, columns) of the newest weights, by their names in a memory."""
    return {f"now.{name}": shape for name, shape in shapes.items()}


def memory_arrays(
    spec: Spec, shapes: Mapping[str, tuple[int, int]]
) -> tuple[dict[str, tuple[int, int]], str]:
    """The shapes and the dtype of what a continued training needs besides the parameters.

    ``shapes`` are those of the parameters.
    """
    if isinstance(spec, PaperSpec):
        return {"a_prev": (spec.units, 1)}, "f8"
    moments = {f"{key}.{name}": shape for key in ("m", "v") for name, shape in shapes.items()}
    return newest_shapes(shapes) | moments, "f4"


def read_checkpoints(
    arrays: Mapping[str, Array],
    shapes: Mapping[str, tuple[int, int]],
    dtype: str,
    steps: int,
) -> tuple[NamesCheckpoint, ...]:
    """The checkpoints of a training of so many ``steps``, their arrays of ``shapes`` and ``dtype``.

    Raises DamageError if they are in no order or do not fit. Weights have no unit.
    """
    if CHECKPOINT_STEPS not in arrays:
        return ()
    taken = arrays[CHECKPOINT_STEPS]
    require(taken.ndim == 1 and taken.dtype == np.int64, Message("no steps of checkpoints"))
    listed = [0, *taken.tolist(), steps + 1]
    require(
        all(before < after for before, after in pairwise(listed)),
        Message("checkpoints in no order"),
    )
    stacked = read_numbers(arrays, CHECKPOINTS, shapes, dtype, (len(taken),))
    return tuple(
        NamesCheckpoint(step, {name: part[place] for name, part in stacked.items()})
        for place, step in enumerate(listed[1:-1])
    )


def read_numbers(
    arrays: Mapping[str, Array],
    prefix: str,
    shapes: Mapping[str, tuple[int, int]],
    dtype: str,
    many: tuple[int, ...] = (),
) -> dict[str, Array]:
    """The arrays that belong together, of these shapes behind the axes ``many``.

    Without a unit; raises DamageError if one is of another shape or ``dtype`` or not finite.
    """
    found = {
        name: read_array(arrays, f"{prefix}{name}", (*many, *shape), dtype)
        for name, shape in shapes.items()
    }
    squares = (part for name, part in found.items() if name.startswith("v."))
    require(all((part >= 0).all() for part in squares), Message("a mean of squares below 0"))
    return found


def read_array(arrays: Mapping[str, Array], name: str, shape: tuple[int, ...], dtype: str) -> Array:
    """One array of that shape and ``dtype``, without a unit.

    Raises DamageError if it is another or a number of it is not finite.
    """
    array = arrays[name]
    what = Message(
        "{name} is {found} of {found_type}, not {shape} of {type}",
        {
            "name": name,
            "found": array.shape,
            "found_type": str(array.dtype),
            "shape": shape,
            "type": str(np.dtype(dtype)),
        },
    )
    require(array.shape == shape and array.dtype == np.dtype(dtype), what)
    what = Message("{name} holds a number that is not finite", {"name": name})
    require(bool(np.isfinite(array).all()), what)
    return array
