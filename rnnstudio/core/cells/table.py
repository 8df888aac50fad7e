"""A cell is a table: named operations, each one formula.

Values are float64 or float32, in which the results are too, and have no unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from rnnstudio.core.cells.activation_functions import GATING
from rnnstudio.core.cells.expression import Expression
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.symbols import Symbols
from rnnstudio.core.messages import Message

Values = dict[str, Array]
"""Every named value of one time step: inputs, parameters and what the operations gave."""


@dataclass(frozen=True)
class BoxWords:
    """What a row's box is called in full and where there is little space; what its value is for.

    Each is empty where the row's meaning says enough.
    """

    label: Message | str = ""
    short: Message | str = ""
    purpose: Message | str = ""


@dataclass(frozen=True)
class Operation:
    """One row: the value ``name`` is what ``formula`` gives; ``meaning`` says it in words.

    A meaning without values is a bare template. ``box`` has what is written at its box.
    """

    name: str
    expression: Expression
    meaning: Message | str
    box: BoxWords = BoxWords()

    @property
    def formula(self) -> str:
        """The right side, in NumPy's notation."""
        return self.expression.text

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the values that flow into this operation: the edges of the diagram."""
        return self.expression.inputs

    @property
    def function(self) -> str:
        """The function around the whole formula (sigmoid, tanh, stack, ...); empty if none is."""
        return self.expression.function

    def compute(self, values: Mapping[str, Array]) -> Array:
        """The operation's value from those of its inputs; shapes as in ``Expression.compute``."""
        return self.expression.compute(values)


Table = tuple[Operation, ...]


def row(name: str, formula: str, meaning: Message | str, box: BoxWords | None = None) -> Operation:
    """A row of a table, its formula parsed."""
    return Operation(name, Expression(formula), meaning, box or BoxWords())


Override = Callable[[Array], Array]
"""Puts something else in the place of a value that an operation gave."""


def run(
    table: Table, values: Mapping[str, Array], overrides: Mapping[str, Override] | None = None
) -> Values:
    """All values of one step: the given ones, then each operation's, in order.

    ``overrides`` change single operations' values before the next ones see them. Shapes as in
    ``Expression.compute``.
    """
    results = dict(values)
    for operation in table:
        result = operation.compute(results)
        if overrides and operation.name in overrides:
            result = overrides[operation.name](result)
        results[operation.name] = result
    return results


def needed_for(table: Table, names: Iterable[str]) -> Table:
    """The rows of ``table`` that the values ``names`` depend on."""
    needed = set(names)
    rows: list[Operation] = []
    for operation in reversed(table):
        if operation.name in needed:
            needed |= set(operation.inputs)
            rows.insert(0, operation)
    return tuple(rows)


def running_sums(names: Iterable[str]) -> Table:
    """Rows that add each parameter's gradient of a step to those of the steps after it."""
    return tuple(map(_running_sum, names))


def _running_sum(name: str) -> Operation:
    summed, formula = f"d{name}_sum", f"d{name}_sum + d{name}"
    return row(summed, formula, Message("sum of d{name} over the steps so far", {"name": name}))


@dataclass(frozen=True)
class Fault:
    """A deliberate fault: the row ``name`` of the backward pass computes ``formula`` instead.

    ``key`` names it in files, ``meaning`` says what is wrong about it, as a bare template.
    """

    key: str
    meaning: str
    name: str
    formula: str


@dataclass(frozen=True)
class DirectPath:
    """The shortest way of a state's gradient to the step before.

    ``factor`` is the value that multiplies it entry by entry. ``matrix`` is the recurrent matrix
    that it goes through besides; empty if the state is handed on by itself. ``bias`` is the
    parameter that opens the factor; empty if there is none.
    """

    factor: str
    matrix: str = ""
    bias: str = ""


@dataclass(frozen=True)
class Variant:
    """How a cell's tables differ from those of the registry's cell of that name.

    ``gate`` and ``squash`` are the activations in the place of the sigmoid and the tanh.
    ``reset_before``: of a GRU, the reset gate multiplies the old state before its matrix does.
    ``masked``: a step whose ``mask`` is 0 leaves every state as it was. ``partial``: the cell has
    some units of a larger one; what the other ones add to a row is given to each step.
    """

    gate: str = "sigmoid"
    squash: str = "tanh"
    reset_before: bool = False
    masked: bool = False
    partial: bool = False


OutputKind = Literal[
    "dense",
    "scale",
    "normalise",
    "activation",
    "masked",
    "concat",
    "concat below",
    "sum",
    "mul",
    "ave",
    "mean",
    "max",
    "flatten",
]


@dataclass(frozen=True)
class OutputLayer:
    """A layer between the hidden state and the prediction; it has ``units`` rows.

    ``dense``: activation(W @ y + b). ``scale``: g * y + b, as batch normalisation is once trained.
    ``normalise``: of the rows, g * (y - mean) / sqrt(variance + constant) + b. ``activation``
    alone; ``constant`` is that of leaky_relu, elu and relu where it is not the usual one.
    ``masked``: zero where the step is masked.
    ``concat`` to ``ave``: joined with the other direction's state, in ``concat below`` that stands
    above. ``mean``, ``max``: over the steps. ``flatten``: dense over all steps side by side.
    """

    kind: OutputKind
    units: int
    activation: str = "linear"
    constant: float | None = None


_STATE_SIZED = ("n_a", "n_a+n_x")


@dataclass(frozen=True)
class Cell:
    """A recurrent cell: its two tables, and every other fact about it that is shown or used.

    ``name`` stands in files and commands, ``label`` on the screen.
    ``states`` are the values handed from step to step: for each ``s`` the forward table reads
    ``s_prev`` and gives ``s_next``, the backward table reads ``ds_next`` and gives ``ds_prev``.
    ``parameters`` gives (rows, columns) of each in the symbols n_a, n_x, n_y, n_a+n_x and in
    numbers.
    ``output`` names the parameters of the prediction, through which no message goes back: the
    backward pass starts at da, the gradient of the hidden state. ``gradients`` names, for a value
    of the forward table, the value of the backward pass that is its gradient (or the gradient just
    before its squashing): where the value is held fixed, that one is zero. ``sums`` adds up the
    gradients of the parameters over the steps. ``path`` is followed by the gradient flow,
    ``faults`` are those that a class may look for, ``symbols`` those names that are not written by
    rule. ``variant`` says what was changed of the registry's cell, ``output_layers`` what makes
    the prediction, where the units of the last layer are the scene's and not said.

    The last row of ``forward`` is the prediction; the rows that no state depends on are those of
    the output layers.
    """

    name: str
    label: str
    states: tuple[str, ...]
    parameters: Mapping[str, tuple[str, str]]
    output: tuple[str, str]
    forward: Table
    backward: Table
    gradients: Mapping[str, str]
    sums: Table
    path: DirectPath
    faults: tuple[Fault, ...] = ()
    symbols: Symbols = field(default_factory=dict)
    variant: Variant = Variant()
    output_layers: tuple[OutputLayer, ...] = (OutputLayer("dense", 0, "softmax"),)

    @cached_property
    def predicted(self) -> Operation:
        """The row that gives the prediction itself."""
        return self.forward[-1]

    @cached_property
    def recurrence(self) -> Table:
        """The rows of the forward table that the next states depend on."""
        return needed_for(self.forward, (f"{state}_next" for state in self.states))

    @cached_property
    def prediction(self) -> Table:
        """The other rows, which make the prediction of the new hidden state, in order."""
        recurrence = self.recurrence
        return tuple(row for row in self.forward if row not in recurrence)

    @cached_property
    def outside(self) -> tuple[str, ...]:
        """What each step reads besides the input, the old states and the parameters."""
        known = {"xt", *self.parameters, *(f"{state}_prev" for state in self.states)}
        known |= {row.name for row in self.forward}
        read = [name for row in self.forward for name in row.inputs if name not in known]
        both = [name for row in self.backward for name in row.inputs if name.endswith("_rest")]
        return tuple(dict.fromkeys((*read, *both)))

    @cached_property
    def gates(self) -> tuple[str, ...]:
        """The values that are gates: those of the recurrence that a kind of sigmoid gave."""
        return tuple(row.name for row in self.recurrence if row.function in GATING)

    @cached_property
    def computed(self) -> tuple[str, ...]:
        """The values of the forward table that are more than a stack of others."""
        return tuple(row.name for row in self.forward if row.function != "stack")

    @cached_property
    def vectors(self) -> tuple[str, ...]:
        """The parameters of one column: biases, and weights that multiply entry by entry."""
        return tuple(name for name, (_, columns) in self.parameters.items() if columns == "1")

    @cached_property
    def recurrent(self) -> tuple[str, ...]:
        """The matrices that multiply an old state, alone or stacked over the input."""
        return tuple(
            name
            for name, (rows, columns) in self.parameters.items()
            if rows == "n_a" and columns in _STATE_SIZED
        )

    @cached_property
    def learned(self) -> tuple[str, ...]:
        """The parameters that the backward table has gradients for."""
        summed = {operation.name for operation in self.sums}
        return tuple(name for name in self.parameters if f"d{name}_sum" in summed)

    def parameter_shapes(self, n_x: int, n_a: int, n_y: int) -> dict[str, tuple[int, int]]:
        """Shape of every parameter for given sizes."""
        sizes = {"1": 1, "n_x": n_x, "n_a": n_a, "n_y": n_y, "n_a+n_x": n_a + n_x}
        return {
            name: (sizes[rows] if rows in sizes else int(rows),
                   sizes[columns] if columns in sizes else int(columns))
            for name, (rows, columns) in self.parameters.items()
        }  # fmt: skip

    def parameter_count(self, n_x: int, n_a: int) -> int:
        """How many numbers the cell learns, the output layers left out."""
        shapes = self.parameter_shapes(n_x, n_a, 1)
        return sum(rows * columns for rows, columns in (shapes[name] for name in self.learned))

    def matrix_entries(self, n_x: int, n_a: int) -> int:
        """How many of them stand in matrices: each is one multiplication a step and example."""
        shapes = self.parameter_shapes(n_x, n_a, 1)
        matrices = [shapes[name] for name in self.learned if name not in self.vectors]
        return sum(rows * columns for rows, columns in matrices)

    def sizes_of(self, shapes: Mapping[str, tuple[int, ...]]) -> tuple[int, int, int]:
        """n_x, n_a and n_y as they are read off the parameters' shapes (rows, columns)."""
        n_a = next(shapes[name][0] for name, (rows, _) in self.parameters.items() if rows == "n_a")
        widths = {"n_x": 0, "n_a+n_x": n_a}
        n_x = next(
            shapes[name][1] - widths[columns]
            for name, (_, columns) in self.parameters.items()
            if columns in widths
        )
        return n_x, n_a, shapes[self.output[0]][0]
