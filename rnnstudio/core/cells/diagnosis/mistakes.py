"""The known mistakes of each cell, as people have made and published them.

Those of every cell first, which are made of its own rows; then each cell's own.
"""

from __future__ import annotations

from collections.abc import Mapping

from rnnstudio.core.cells.diagnosis.mistake import Mistake, WrongRows
from rnnstudio.core.cells.diagnosis.mistakes_by_cell import OWN, OWN_BIAS
from rnnstudio.core.cells.table import Cell, Operation
from rnnstudio.core.messages import Message

LIMITS = (1, 5, 10)
"""What the source document and exercises like it clip gradients to."""


def mistakes_of(cell: Cell) -> tuple[Mistake, ...]:
    """All mistakes that are known of the cell; of a cell unknown here those of every cell."""
    return (*_unrolling(cell), *_gradients(cell), *OWN.get(cell.name, ()), *_output(cell))


def _unrolling(cell: Cell) -> tuple[Mistake, ...]:
    return (
        Mistake(
            "da-prevt",
            Message("the gradient that the step after hands back (da_prevt) is not added to da"),
            _each({"da_next": "da_here"}),
        ),
        Mistake(
            "da-outside",
            Message(
                "only the gradient of the step after is used, and da of this step is forgotten"
            ),
            _each({"da_next": "da_next_arrived"}),
        ),
        Mistake(
            "state-not-carried",
            Message(
                "every step starts from the initial hidden state instead of the step before it"
            ),
            _each({"a_prev": "a_prev_first"}),
        ),
        Mistake(
            "off-by-one",
            Message("the values of a neighbouring step are read: the time index is off by one"),
            (
                WrongRows({}, cache=-1),
                WrongRows({}, cache=1),
                WrongRows({"da_next": "da_before + da_next_arrived"}),
                WrongRows({"xt": "x_before"}),
            ),
        ),
        Mistake(
            "sum-over-time",
            Message("the gradients of the weights are not added up over the steps"),
            _together_and_each(cell, {f"d{name}_sum": f"d{name}" for name in cell.learned}),
        ),
    )


def _gradients(cell: Cell) -> tuple[Mistake, ...]:
    rows = {row.name: row for row in cell.backward}
    weights = {f"d{name}": rows[f"d{name}"] for name in cell.learned}
    biases = {name: row for name, row in weights.items() if row.function == "total"}
    return (
        Mistake(
            "sum-axis",
            Message("the gradient of a bias is summed over the wrong axis"),
            (
                *_together_and_each(cell, {name: _over_rows(row) for name, row in biases.items()}),
                *_together_and_each(cell, {name: _over_all(row) for name, row in biases.items()}),
            ),
        ),
        Mistake(
            "mean",
            Message(
                "the gradients of the weights are averaged over the examples instead of summed"
            ),
            _together_and_each(
                cell, {name: f"({row.formula}) * per_example" for name, row in weights.items()}
            ),
        ),
        Mistake(
            "clip-in-place",
            Message("the gradient that goes to the step before is clipped at every step, in place"),
            tuple(
                WrongRows({f"d{state}_prev": _clipped(f"d{state}_prev", limit) for state in states})
                for limit in LIMITS
                for states in (cell.states, *((state,) for state in cell.states[1:]))
            ),
        ),
    )


def _output(cell: Cell) -> tuple[Mistake, ...]:
    W, b = cell.output
    name, inner = cell.predicted.name, f"{W} @ a_next + {b}"
    if cell.predicted.formula != f"softmax({inner})":
        return ()
    return (
        Mistake(
            "softmax-axis",
            Message("the softmax is taken over the examples instead of the classes"),
            _each({name: f"softmax(({inner}).T).T"}),
        ),
        Mistake(
            "softmax",
            Message("the prediction is not a softmax of the output layer"),
            _each({name: inner}, {name: f"sigmoid({inner})"}),
        ),
        Mistake(
            "bias-forward",
            Message("a bias is missing in the forward pass, or another one is added"),
            _each(*OWN_BIAS.get(cell.name, ({name: f"softmax({W} @ a_next)"},))),
        ),
    )


def _each(*rows: Mapping[str, str]) -> tuple[WrongRows, ...]:
    return tuple(map(WrongRows, rows))


def _together_and_each(cell: Cell, rows: Mapping[str, str]) -> tuple[WrongRows, ...]:
    """All these changes at once, those of all matrices or of all biases, or any one of them."""
    biases = {name for name in rows if name.removeprefix("d").split("_")[0] in cell.vectors}
    groups = [set(rows), set(rows) - biases, biases, *({name} for name in rows)]
    chosen = {frozenset(group): None for group in groups if group}
    return tuple(
        WrongRows({name: formula for name, formula in rows.items() if name in group})
        for group in chosen
    )


def _over_rows(summed: Operation) -> str:
    return f"total({_summand(summed)}.T).T"


def _over_all(summed: Operation) -> str:
    """Every entry gets the sum of all of them, as adding a single number to an array does."""
    return f"total(total({_summand(summed)}).T).T + 0 * {summed.name}"


def _summand(summed: Operation) -> str:
    return summed.formula.removeprefix("total(").removesuffix(")")


def _clipped(value: str, limit: int) -> str:
    return f"{value} - relu({value} - {limit}) + relu(-{value} - {limit})"
