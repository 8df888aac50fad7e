"""What is shown of a formula is what the table computes."""

import re

import numpy as np
import pytest

from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes, Trace, trace
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.cells.symbols import Notation
from rnnstudio.core.cells.table import Operation
from rnnstudio.core.cells.term_text import element_text
from rnnstudio.core.cells.terms import Number, explain
from rnnstudio.core.cells.typeset import to_html, to_latex, to_numpy

TRACES = {name: trace(random_scene(cell, Sizes(3, 4, 2, 2, 3), 1)) for name, cell in CELLS.items()}
ROWS = [
    (name, operation)
    for name, cell in CELLS.items()
    for operation in (*cell.forward, *cell.backward)
]
IDS = [f"{name}-{operation.name}" for name, operation in ROWS]


def step(name: str) -> dict[str, np.ndarray]:
    result: Trace = TRACES[name]
    return result.values(1, backward=True)


@pytest.mark.parametrize(("cell", "operation"), ROWS, ids=IDS)
def test_that_the_numpy_lines_compute_what_the_table_computes(
    cell: str, operation: Operation
) -> None:
    names = dict(step(cell))
    expected = names.pop(operation.name)
    exec(to_numpy(operation), names)  # noqa: S102 - the lines are offered to be run
    np.testing.assert_allclose(names[operation.name], expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(("cell", "operation"), ROWS, ids=IDS)
def test_that_every_element_taken_apart_has_the_tables_value(
    cell: str, operation: Operation
) -> None:
    values = step(cell)
    for (row, column), expected in np.ndenumerate(values[operation.name]):
        element = explain(operation, values, row, column)
        assert element.value == pytest.approx(expected, rel=1e-9, abs=1e-12)
        for name, entries in element.sources.items():
            assert name in operation.inputs
            rows, columns = values[name].shape
            assert all(0 <= i < rows and 0 <= j < columns for i, j in entries)


@pytest.mark.parametrize(("cell", "operation"), ROWS, ids=IDS)
@pytest.mark.parametrize("notation", Notation)
def test_that_every_row_can_be_written_in_every_notation(
    cell: str, operation: Operation, notation: Notation
) -> None:
    html, latex = to_html(operation, notation), to_latex(operation, notation)
    assert html.startswith(symbol(operation.name, notation).html + " = ")
    for name in operation.inputs:
        # The second argument of upper and lower only says how many rows.
        assert symbol(name, notation).html in html
        assert symbol(name, notation).latex in latex
    assert latex.count("{") == latex.count("}")


def test_that_a_gates_formula_is_written_as_in_a_textbook() -> None:
    gate = next(op for op in CELLS["lstm"].forward if op.name == "ft")
    assert to_latex(gate, Notation.IFOG) == (
        r"f_{t} = \sigma\left(W_{f} \, \mathrm{[h; x]} + b_{f}\right)"
    )
    assert "<i>f</i><sup>⟨t⟩</sup> = σ(<i>W</i><sub>f</sub>" in to_html(gate)


def test_that_brackets_stand_where_the_tree_needs_them() -> None:
    slope = next(op for op in CELLS["lstm"].backward if op.name == "dc")
    assert to_numpy(slope).endswith("dc = dc_next + da_next * ot * (1 - np.tanh(c_next) ** 2)")


def test_that_numbers_put_in_can_be_recomputed_by_a_reader() -> None:
    gate = next(op for op in CELLS["lstm"].forward if op.name == "c_next")
    text = element_text(explain(gate, step("lstm"), 2, 1))
    left, right = text.replace("−", "-").replace("×", "*").split(" = ")
    assert eval(left) == pytest.approx(float(right), abs=0.01)  # noqa: S307


def test_that_a_long_sum_is_folded_and_can_be_sorted_by_size() -> None:
    gate = next(op for op in CELLS["lstm"].forward if op.name == "ft")
    element = explain(gate, step("lstm"), 0, 0)
    assert element_text(element, limit=3).count("…") == 1
    assert element_text(element, limit=99).count("…") == 0
    sizes = [
        abs(float(a) * float(b))
        for a, b in re.findall(
            r"\(?(−?[\d.e]+)\)? × \(?(−?[\d.e]+)\)?", element_text(element, "by size", 99)
        )
        for a, b in [(a.replace("−", "-"), b.replace("−", "-"))]
    ]
    assert len(sizes) == 7
    assert sizes == pytest.approx(sorted(sizes, reverse=True), abs=0.02)


def test_that_the_products_of_a_gate_pair_its_row_with_the_column_of_the_input() -> None:
    gate = next(op for op in CELLS["lstm"].forward if op.name == "it")
    element = explain(gate, step("lstm"), 2, 1)
    pairs = [product.parts for product in element.products]
    assert [(left.row, left.column, right.row, right.column) for left, right in pairs] == [
        (2, k, k, 1) for k in range(7)
    ]
    assert all(isinstance(part, Number) for pair in pairs for part in pair)
    assert element.sources["bi"] == ((2, 0),)
