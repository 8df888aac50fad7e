"""Numbers that somebody computed, and which values of a scene they are.

Arrays are float64 and have no unit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from rnnstudio.core.cells.diagnosis.mistake import Pass, Way
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.paper import CACHES
from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.errors import UserError

MOST_GIVEN = 2_000_000
"""Numbers that are compared at most."""
SINGLE, DOUBLE = 2e-4, 1e-7
"""How far float32 and float64 numbers may be apart, as a fraction of the largest of an array."""
_SERIES = {"a": "a_next", "c": "c_next", "dx": "dxt"}
_PREDICTIONS = ("y", "yt", "y_pred", "yt_pred")
_INITIAL = re.compile(r"d([a-z])0")


@dataclass(frozen=True, eq=False)
class Given:
    """One array, or the part ``index`` of it, as somebody computed it.

    ``name`` is a row of the cell's tables, a gradient such as ``dWf`` or ``da0``, a sequence such
    as ``a`` or ``dx``, or an input of the scene; ``forward.`` or ``backward.`` may stand before it.
    ``tolerance`` is how far rounding may have moved a number.
    """

    name: str
    array: Array
    index: tuple[int, ...] = ()
    tolerance: float = 0.0

    @property
    def label(self) -> str:
        """The name with its index, as Python writes it: ``a[4][1]``."""
        return self.name + "".join(f"[{place}]" for place in self.index)


@dataclass(frozen=True)
class Place:
    """Which value of a pass a name stands for: the row ``name`` at ``step``, or at every step."""

    way: Way
    name: str
    step: int | None


@dataclass(frozen=True, eq=False)
class Compared:
    """A given array beside its place: ``steps`` has the step, from 0, of each of its numbers."""

    given: Given
    place: Place
    steps: npt.NDArray[np.intp]
    single_step: bool

    def value(self, computed: Pass) -> Array:
        """The same part of the value that ``computed`` has, in its own shape."""
        steps = computed.steps(self.place.way)
        if self.place.step is not None:
            whole = steps[self.place.step][self.place.name]
        else:
            whole = np.stack([values[self.place.name] for values in steps], axis=-1)
            whole = whole[..., 0] if self.single_step else whole
        return np.asarray(whole[self.given.index])

    def stacked(self, computed: Pass, copies: int) -> Array:
        """The same of a pass of several ``copies`` at once, which stand in front of the shape."""
        steps, name = computed.steps(self.place.way), self.place.name
        step = self.place.step
        parts = [values[name] for values in (steps if step is None else steps[step : step + 1])]
        whole = np.stack([np.broadcast_to(each, (copies, *each.shape[-2:])) for each in parts], -1)
        whole = whole[..., 0] if self.single_step or step is not None else whole
        index: tuple[Any, ...] = (slice(None), *self.given.index)
        return np.asarray(whole[index])


def compared(scene: Scene, right: Pass, given: Given) -> Compared | None:
    """What the array is to be compared with; None if it is an input, equal to the scene's own.

    Raises UserError when the cell has no such value, an index leads out of it, a number is not
    finite, its shape cannot be, or it is an input with other numbers than the scene's.
    """
    _require_numbers(given)
    given = _out_of_cache(scene, given)
    name = given.name.split(".")[-1]
    if name in _inputs(scene):
        _require_same_input(given, _inputs(scene)[name])
        return None
    place = _place(scene, given, name)
    one_step = scene.x.shape[-1] == 1
    found = Compared(given, place, np.zeros(0, np.intp), one_step)
    try:
        shape = found.value(right).shape
    except IndexError:
        whole = replace(found, given=Given(name, given.array)).value(right)
        raise UserError(
            "{label} leads out of the array; here {name} has the shape {shape}.",
            label=given.label,
            name=name,
            shape=whole.shape,
        ) from None
    fitted = _with_its_axes(given, shape)
    return Compared(fitted, place, _steps(scene, found, right), one_step)


def tolerance_of(array: npt.NDArray[np.generic]) -> float:
    """How far rounding may move numbers of an array of any shape and of its dtype."""
    largest = float(np.abs(array).max(initial=0.0))
    return (DOUBLE if array.dtype == np.float64 else SINGLE) * max(largest, 1e-3)


def _out_of_cache(scene: Scene, given: Given) -> Given:
    """The same numbers by their own name where they are a part of the document's cache.

    ``cache[1]`` is the second value that the cell's cache holds, ``caches[1]`` is x.
    """
    held = CACHES.get(scene.cell.name, ())
    first, rest = given.index[:1], given.index[1:]
    if given.name == "cache" and first and first[0] < len(held):
        return replace(given, name=held[first[0]], index=rest)
    if given.name == "caches" and first == (1,):
        return replace(given, name="x", index=rest)
    return given


def _place(scene: Scene, given: Given, name: str) -> Place:
    cell = scene.cell
    rows: dict[str, Way] = {row.name: "forward" for row in cell.forward}
    rows |= {row.name: "backward" for row in (*cell.backward, *cell.sums)}
    one_step = scene.x.shape[-1] == 1
    name = cell.predicted.name if name in _PREDICTIONS else _SERIES.get(name, name)
    initial = _INITIAL.fullmatch(name)
    if initial is not None and initial[1] in cell.states:
        return Place("backward", f"d{initial[1]}_prev", 0)
    if name.removeprefix("d") in cell.learned and name.startswith("d"):
        summed = not one_step and given.array.ndim + len(given.index) != 3
        return Place("backward", f"{name}_sum" if summed else name, 0 if summed else None)
    if name.endswith("_sum") and name in rows and given.array.ndim + len(given.index) != 3:
        return Place("backward", name, 0)
    if name in rows:
        return Place(rows[name], name, None)
    raise UserError(
        "The {cell} has no value {name}; it has {names}.",
        cell=cell.label,
        name=given.name[:40],
        names=", ".join(rows),
    )


def _inputs(scene: Scene) -> Mapping[str, Array]:
    """The arrays that a scene hands out, by the names they may be given back under."""
    found = {"xt": scene.x, **{name: scene.array(name) for name in scene.array_names}}
    if scene.x.shape[-1] == 1:
        found |= {"xt": scene.x[..., 0], "da_next": scene.da[..., 0]}
        found |= {f"{state}_prev": array for state, array in scene.initial.items()}
        found |= {f"d{state}_next": array for state, array in scene.last.items()}
    return found


def _require_same_input(given: Given, own: Array) -> None:
    try:
        part = own[given.index]
        array = given.array.reshape(part.shape)
    except (IndexError, ValueError):  # of another shape
        array = part = np.asarray(np.nan)
    if not np.allclose(array, part, rtol=1e-4, atol=given.tolerance + 1e-6):
        raise UserError(
            "{label} has other numbers than the scene: these come from another seed, another "
            "order of drawing or another scene. Name the scene that they were computed for, or "
            "draw its inputs again.",
            label=given.label,
        )


def _require_numbers(given: Given) -> None:
    if given.array.size > MOST_GIVEN:
        raise UserError(
            "{label} has {count:n} numbers; at most {most:n} are compared.",
            label=given.label,
            count=given.array.size,
            most=MOST_GIVEN,
        )
    wrong = np.argwhere(~np.isfinite(given.array))
    if len(wrong):
        place = tuple(int(i) for i in wrong[0])
        raise UserError(
            "{label} holds {value} at {place}: something overflowed, was divided by 0 or never "
            "filled in. Only finite numbers can be compared.",
            label=given.label,
            value=float(given.array[place]),
            place=place,
        )


def _with_its_axes(given: Given, shape: tuple[int, ...]) -> Given:
    """The array, without axes of one too many; raises UserError where one is missing."""
    squeezed = tuple(size for size in shape if size != 1)
    if given.array.shape != shape and tuple(n for n in given.array.shape if n != 1) == squeezed:
        if given.array.ndim > len(shape):
            return replace(given, array=given.array.reshape(shape))
        raise UserError(
            "{label} has the shape {found}; here it must be {shape}. A sum keeps its axis with "
            "keepdims=True.",
            label=given.label,
            found=given.array.shape,
            shape=shape,
        )
    return given


def wrong_shape(found: Compared, right: Pass) -> UserError:
    """What is said of a shape that neither the right computation nor any known mistake gives."""
    return UserError(
        "{label} has the shape {found}; here it must be {shape}.",
        label=found.given.label,
        found=found.given.array.shape,
        shape=found.value(right).shape,
    )


def _steps(scene: Scene, found: Compared, right: Pass) -> npt.NDArray[np.intp]:
    """The step of each number of the value, in the value's shape."""
    shape = found.value(right).shape
    if found.place.step is not None:
        return np.full(shape, found.place.step)
    row = right.steps(found.place.way)[0][found.place.name]
    T_x = scene.x.shape[-1]
    whole = np.broadcast_to(np.arange(T_x), (*row.shape, T_x))
    whole = whole[..., 0] if found.single_step else whole
    return np.asarray(whole[found.given.index])
