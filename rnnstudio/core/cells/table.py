"""A cell is a table: named operations, each one formula."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from rnnstudio.core.cells.expression import Expression
from rnnstudio.core.cells.functions import Array

Values = dict[str, Array]
"""Every named value of one time step: inputs, parameters and what the operations gave."""


@dataclass(frozen=True)
class Operation:
    """One row: the value ``name`` is what ``formula`` gives; ``meaning`` says it in words."""

    name: str
    expression: Expression
    meaning: str

    @property
    def formula(self) -> str:
        """The right side, in NumPy's notation."""
        return self.expression.text

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the values that flow into this operation: the edges of the diagram."""
        return self.expression.inputs

    def compute(self, values: Mapping[str, Array]) -> Array:
        """The operation's value from the values of its inputs."""
        return self.expression.compute(values)


Table = tuple[Operation, ...]


def row(name: str, formula: str, meaning: str) -> Operation:
    """A row of a table, its formula parsed."""
    return Operation(name, Expression(formula), meaning)


Override = Callable[[Array], Array]
"""Puts something else in the place of a value that an operation gave."""


def run(
    table: Table, values: Mapping[str, Array], overrides: Mapping[str, Override] | None = None
) -> Values:
    """All values of one step: the given ones, then each operation's, in order.

    ``overrides`` change single operations' values before the next ones see them.
    """
    results = dict(values)
    for operation in table:
        result = operation.compute(results)
        if overrides and operation.name in overrides:
            result = overrides[operation.name](result)
        results[operation.name] = result
    return results


def running_sums(names: Iterable[str]) -> Table:
    """Rows that add each parameter's gradient of a step to those of the steps after it."""
    return tuple(
        row(f"d{name}_sum", f"d{name}_sum + d{name}", f"sum of d{name} over the steps so far")
        for name in names
    )


@dataclass(frozen=True)
class Cell:
    """A recurrent cell: its two tables, what it remembers and the shapes of its parameters.

    ``states`` are the values handed from step to step: for each ``s`` the forward table reads
    ``s_prev`` and gives ``s_next``, the backward table reads ``ds_next`` and gives ``ds_prev``.
    ``parameters`` gives (rows, columns) of each in the symbols n_a, n_x, n_y, n_a+n_x and in
    numbers.
    ``output`` names the parameters of the prediction, through which no message goes back: the
    backward pass starts at da, the gradient of the hidden state. ``gradients`` names, for a value
    of the forward table, the value of the backward pass that is its gradient (or the gradient just
    before its squashing): where the value is held fixed, that one is zero. ``sums`` adds up the
    gradients of the parameters over the steps.
    """

    name: str
    states: tuple[str, ...]
    parameters: Mapping[str, tuple[str, str]]
    output: tuple[str, str]
    forward: Table
    backward: Table
    gradients: Mapping[str, str]
    sums: Table

    @property
    def learned(self) -> tuple[str, ...]:
        """The parameters that the backward table has gradients for."""
        summed = {operation.name for operation in self.sums}
        return tuple(name for name in self.parameters if f"d{name}_sum" in summed)

    @property
    def prediction(self) -> Table:
        """The forward rows that make the prediction of the new hidden state, in order."""
        own = set(self.parameters) - set(self.learned)
        return tuple(operation for operation in self.forward if own & set(operation.inputs))

    @property
    def recurrence(self) -> Table:
        """The forward rows without those of the prediction."""
        prediction = self.prediction
        return tuple(operation for operation in self.forward if operation not in prediction)

    def parameter_shapes(self, n_x: int, n_a: int, n_y: int) -> dict[str, tuple[int, int]]:
        """Shape of every parameter for given sizes."""
        sizes = {"1": 1, "n_x": n_x, "n_a": n_a, "n_y": n_y, "n_a+n_x": n_a + n_x}
        return {
            name: (sizes[rows] if rows in sizes else int(rows),
                   sizes[columns] if columns in sizes else int(columns))
            for name, (rows, columns) in self.parameters.items()
        }  # fmt: skip
