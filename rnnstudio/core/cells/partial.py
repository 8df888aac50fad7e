"""Some units of a large cell as a scene of their own, with the numbers of the whole.

The whole is computed; of it the chosen rows are shown. What all other units and inputs add to a row
is given to each step as ``NAME_rest``, so every value shown is the whole's to rounding. The
gradient that the other units send back is part of ``da`` and so arrives from outside.

Arrays are float64 and have no unit.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from rnnstudio.core.cells import unroll
from rnnstudio.core.cells.expression import Expression
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.output import with_outputs
from rnnstudio.core.cells.scene import MOST, Scene, Unscaled, trace
from rnnstudio.core.cells.table import Cell, Operation, Values, needed_for, row, run
from rnnstudio.core.cells.variants import varied
from rnnstudio.core.messages import Message

Rows = npt.NDArray[np.intp]
"""The rows of an array that are shown, in order."""
OTHERS = "…"
"""Names the row of all outputs that are not shown."""


def partial_cell(cell: Cell) -> Cell:
    """The cell whose rows of products add what is not shown, ``NAME_rest``."""

    inner = {each.name: _inner(each) for each in cell.forward if _mixes_rows(each)}
    added = {text: f"{text} + {name}_rest" for name, text in inner.items()}

    backward = {name: f"{name}_rest" for name in _mixing_gradients(cell)}

    def with_rest(each: Operation) -> Operation:
        formula = each.formula
        if each.name in backward:
            formula = f"{formula} + {backward[each.name]}"
        for old, new in added.items():
            formula = formula.replace(old, new)
        return row(each.name, formula, each.meaning, each.box)

    return replace(
        cell,
        forward=tuple(map(with_rest, cell.forward)),
        backward=tuple(map(with_rest, cell.backward)),  # a slope has the same argument
        variant=replace(cell.variant, partial=True),
    )


def _mixes_rows(operation: Operation) -> bool:
    """Whether a row of its result depends on other rows of what it reads."""
    return "@" in operation.formula or "mean(" in operation.formula


def _mixing_gradients(cell: Cell) -> tuple[str, ...]:
    """The rows of the backward table in which other units reach a gate within the step."""
    stacked = {row.name for row in cell.forward if row.function == "stack"}
    wanted = {of for name, of in cell.gradients.items() if name not in stacked}
    return tuple(row.name for row in cell.backward if row.name in wanted and ".T @" in row.formula)


def _inner(operation: Operation) -> str:
    """The formula inside the function around it."""
    name = operation.function
    return operation.formula[len(name) + 1 : -1] if name else operation.formula


def is_large(scene: Scene) -> bool:
    """Whether the scene has more units, inputs or outputs than are looked at."""
    sizes = scene.x.shape[0], len(scene.da), len(scene.parameters[scene.cell.output[0]])
    hidden = [layer.units for layer in scene.cell.output_layers[:-1]]
    return bool(max(*sizes, *hidden) > MOST["n_a"])


def part_of(scene: Scene, units: Sequence[int] = ()) -> Scene:
    """The scene with these units alone, counted from 0; without any, the most telling ones.

    Those are the units whose hidden states move most over the steps; of inputs and outputs those
    that move most. A scene that is small enough is given back as it is.
    """
    if not is_large(scene) and not units:
        return scene
    whole = unroll.forward(
        scene.cell, scene.x, scene.parameters, scene.initial, scene.interventions, scene.given
    )
    return _Part(scene, whole, _Shown.of(scene, whole, units)).scene()


def _most_moving(values: Array, most: int) -> Rows:
    """The rows of ``values`` (rows, m, T_x) that move most over the steps, in their order."""
    if len(values) <= most:
        return np.arange(len(values))
    moves = values.std(axis=-1).sum(axis=-1) + 1e-9 * np.abs(values).mean(axis=(-2, -1))
    return np.sort(np.argsort(-moves, kind="stable")[:most])


@dataclass(frozen=True, eq=False)
class _Shown:
    """Which rows are shown of the units, the inputs, and each layer up to the prediction.

    ``others`` is whether the prediction has one more row, for all that are not shown.
    """

    units: Rows
    inputs: Rows
    layers: tuple[Rows, ...]
    joined: Rows
    others: bool

    @classmethod
    def of(cls, scene: Scene, whole: Sequence[Values], units: Sequence[int]) -> _Shown:
        """The rows for these units, or the most telling ones if there are none."""
        most, cell = MOST["n_a"], scene.cell
        shown = np.array(units, dtype=np.intp)
        if not units:
            shown = _most_moving(unroll.sequence(whole, "a_next"), most)
        predicted = whole[-1][cell.predicted.name]
        others = cell.predicted.function == "softmax" and len(predicted) > most
        joined: Rows = np.arange(0)
        layers: list[Rows] = []
        for layer, operation in zip(cell.output_layers, cell.prediction, strict=True):
            below = layers[-1] if layers else shown
            rows = below
            if layer.kind in ("dense", "flatten"):
                fewer = int(others and operation == cell.predicted)
                rows = _most_moving(unroll.sequence(whole, operation.name), most - fewer)
            elif layer.kind.startswith("concat"):
                value = unroll.sequence(whole, operation.name)
                n_a = len(scene.da)
                own, other = (n_a, 0) if layer.kind == "concat below" else (0, n_a)
                n_other = len(value) - n_a
                joined = _most_moving(value[other : other + n_other], most)
                parts = [below + own, joined + other]
                rows = np.concatenate(parts[::-1] if own else parts)
            layers.append(rows)
        return cls(shown, _most_moving(scene.x, most), tuple(layers), joined, others)


@dataclass(frozen=True, eq=False)
class _Part:
    """Makes the small scene of a large one."""

    large: Scene
    whole: Sequence[Values]
    shown: _Shown

    def scene(self) -> Scene:
        """The small scene."""
        large, shown, units = self.large, self.shown, self.shown.units
        small = self._cell()
        parameters = self._parameters()
        scene = Scene(
            partial_cell(small),
            large.x[shown.inputs],
            parameters,
            {state: array[units] for state, array in large.initial.items()},
            large.da[units],
            last={state: array[units] for state, array in large.last.items()},
            labels=large.labels,
            origin=self._origin(),
            inputs=tuple(large.inputs[k] for k in shown.inputs) if large.inputs else (),
            outputs=self._output_names(),
            readings=tuple(large.readings[k] for k in shown.inputs) if large.readings else (),
            forecast=large.forecast,
            predictions=self._predictions(),
            given={
                **self._given(),
                **self._rests(small, parameters),
                **self._backward_rests(small, parameters),
            },
        )
        return replace(scene, da=self._da(scene))

    @cached_property
    def _back(self) -> list[Values]:
        """The messages and gates' gradients of the whole."""
        large = self.large
        return unroll.backward(_messages_only(large.cell), self.whole, large.da, large.last).steps

    def _origin(self) -> Message | str:
        """Where the scene comes from, and how much of it is shown."""
        n_a, n_x = len(self.large.da), len(self.large.x)
        values: dict[str, object] = {"origin": self.large.origin}
        units, inputs = len(self.shown.units), len(self.shown.inputs)
        if units < n_a:
            values |= {"n": units, "n_a": n_a}
            return Message("{origin}: {n} of {n_a} units", values)
        if inputs < n_x:
            values |= {"n": inputs, "n_x": n_x}
            return Message("{origin}: {n} of {n_x} inputs", values)
        return self.large.origin

    def _cell(self) -> Cell:
        """The small cell, which does not add what is not shown yet."""
        large = self.large.cell
        layers = [
            replace(layer, units=len(rows))
            for layer, rows in zip(large.output_layers, self.shown.layers, strict=True)
        ]
        return with_outputs(varied(large.name, large.variant), layers)

    def _rows(self, name: str) -> Rows:
        """The rows that are shown of a value of the forward pass."""
        shown, cell = self.shown, self.large.cell
        if name == "xt":
            return shown.inputs
        if name == "concat":
            return np.concatenate([shown.units, shown.inputs + len(self.large.da)])
        places = {operation.name: k for k, operation in enumerate(cell.prediction)}
        return shown.layers[places[name]] if name in places else shown.units

    def _rows_given(self, name: str) -> Rows:
        """The rows that are shown of what the large cell was given from outside."""
        for k, operation in enumerate(self.large.cell.prediction):
            if name in operation.inputs and name.startswith("o"):
                kind = self.large.cell.output_layers[k].kind
                return self.shown.joined if kind.startswith("concat") else self.shown.layers[k]
        return np.arange(1)

    def _parameters(self) -> dict[str, Array]:
        """The shown rows and columns of every parameter."""
        cell, shown, n_a = self.large.cell, self.shown, len(self.large.da)
        columns = {
            "n_a": shown.units,
            "n_x": shown.inputs,
            "n_a+n_x": np.concatenate([shown.units, shown.inputs + n_a]),
            "1": np.arange(1),
        }
        outputs = {
            name: k
            for k, operation in enumerate(cell.prediction)
            for name in operation.inputs
            if name in cell.parameters
        }
        small = {}
        for name, array in self.large.parameters.items():
            down, width = shown.units, cell.parameters[name][1]
            across = columns.get(width, down)
            if name in outputs:
                k = outputs[name]
                down = shown.layers[k]
                across = shown.layers[k - 1] if k and width != "1" else across
            small[name] = array[np.ix_(down, across)]
            if name in cell.output and shown.others:
                small[name] = np.vstack([small[name], np.zeros_like(small[name][:1])])
        return small

    def _given(self) -> dict[str, Array]:
        """The shown rows of what the large cell was given already."""
        found = {}
        for name, array in self.large.given.items():
            found[name] = array[self._rows_given(name)]
            if self.shown.others and self.large.cell.predicted.inputs.count(name):
                found[name] = np.concatenate([found[name], np.zeros_like(found[name][:1])])
        return found

    def _rests(self, small: Cell, parameters: Mapping[str, Array]) -> dict[str, Array]:
        """What is not shown adds to each row, ``NAME_rest`` (rows, m, T_x)."""
        given = self._given()
        pairs = [
            (large, part)
            for large, part in zip(self.large.cell.forward, small.forward, strict=True)
            if _mixes_rows(part)
        ]
        steps: dict[str, list[Array]] = {f"{part.name}_rest": [] for _, part in pairs}
        for t, values in enumerate(self.whole):
            known = {**parameters, **{name: array[..., t] for name, array in given.items()}}
            for name in values.keys() - known.keys():
                known[name] = values[name][self._rows(name)]
            for large, part in pairs:
                sums = self._sums(large, values)
                steps[f"{part.name}_rest"].append(sums - Expression(_inner(part)).compute(known))
        return {name: np.stack(arrays, axis=-1) for name, arrays in steps.items()}

    def _sums(self, operation: Operation, values: Values) -> Array:
        """What goes into the row's function in the whole, of the rows that are shown."""
        inner, rows = Expression(_inner(operation)), self._rows(operation.name)
        others = self.shown.others and operation.name == self.large.cell.predicted.name
        if others or "mean(" in operation.formula:
            whole = inner.compute(values)
            if not others:
                return whole[rows]
            return np.vstack([whole[rows], _log_sum(np.delete(whole, rows, axis=0))])
        summed = _summed_over(inner.tree)  # of these, every row has its part
        return inner.compute(
            {name: values[name] if name in summed else values[name][rows] for name in inner.inputs}
        )

    def _backward_rests(self, small: Cell, parameters: Mapping[str, Array]) -> dict[str, Array]:
        """What units that are not shown add to a gradient within a step, ``NAME_rest``."""
        found: dict[str, Array] = {}
        for operation in small.backward:
            if operation.name in _mixing_gradients(small):
                known = parameters.keys() & set(operation.inputs)
                given = {name: parameters[name] for name in known}
                units, read = self.shown.units, set(operation.inputs) - known
                steps = [
                    back[operation.name][units]
                    - operation.compute({**given, **{name: back[name][units] for name in read}})
                    for back in self._back
                ]
                found[f"{operation.name}_rest"] = np.stack(steps, axis=-1)
        return found

    def _da(self, scene: Scene) -> Array:
        """The gradient from outside with which every message is the whole's, (units, m, T_x)."""
        back, units = self._back, self.shown.units
        small, da = _messages_only(scene.cell), np.zeros_like(scene.da)
        after: Array = np.zeros_like(scene.da[..., 0])
        for t, values in reversed(list(enumerate(trace(scene).forward))):
            arriving = {
                f"d{state}_next": back[t][f"d{state}_next"][units] for state in small.states
            }
            da[..., t] = arriving["da_next"] - after
            after = run(small.backward, {**values, **arriving})["da_prev"]
        return da

    def _predictions(self) -> tuple[Unscaled, ...]:
        """What the shown outputs mean; a softmax, which may have one row more, is not scaled."""
        known = self.large.predictions
        return tuple(known[k] for k in self.shown.layers[-1]) if known else ()

    def _output_names(self) -> tuple[str, ...]:
        names, rows = self.large.outputs, self.shown.layers[-1]
        if not names and not self.shown.others:
            return ()
        chosen = tuple(names[k] if names else str(k + 1) for k in rows)
        return (*chosen, OTHERS) if self.shown.others else chosen


def _summed_over(tree: ast.expr) -> set[str]:
    """The names in what stands to the right of a matrix."""
    return {
        name.id
        for node in ast.walk(tree)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult)
        for name in ast.walk(node.right)
        if isinstance(name, ast.Name)
    }


def _messages_only(cell: Cell) -> Cell:
    """The cell whose backward pass computes what goes to the step before, and no more."""
    wanted = ("dxt", *(f"d{state}_prev" for state in cell.states))
    return replace(cell, backward=needed_for(cell.backward, wanted), sums=())


def _log_sum(z: Array) -> Array:
    """The logarithm of the sum of exponentials over the rows: (rows, m) gives (1, m)."""
    most = z.max(axis=0, keepdims=True)
    return np.asarray(most + np.log(np.exp(z - most).sum(axis=0, keepdims=True)))
