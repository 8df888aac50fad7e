import numpy as np
import pytest

from rnnstudio.core.cells.expression import Expression
from rnnstudio.core.cells.gru import GRU
from rnnstudio.core.cells.lstm import LSTM
from rnnstudio.core.cells.rnn import RNN
from rnnstudio.core.cells.table import Cell

W = np.array([[1.0, 2.0], [3.0, 4.0]])
x = np.array([[0.5], [-1.0]])


def test_that_a_formula_computes_what_numpy_does() -> None:
    computed = Expression("tanh(W @ x - 2 * x ** 2) + W.T @ -x").compute({"W": W, "x": x})
    np.testing.assert_array_equal(computed, np.tanh(W @ x - 2 * x**2) + W.T @ -x)


def test_that_inputs_come_once_each_in_the_order_of_reading() -> None:
    assert Expression("sigmoid(W @ x + b) * W").inputs == ("W", "x", "b")


def test_that_sigmoid_and_softmax_bear_large_numbers() -> None:
    z = np.array([[-1e4], [1e4]])
    np.testing.assert_array_equal(Expression("sigmoid(z)").compute({"z": z}), [[0], [1]])
    np.testing.assert_array_equal(Expression("softmax(z)").compute({"z": z}), [[0], [1]])


@pytest.mark.parametrize(
    "text",
    ["__import__('os')", "W.shape", "W[0]", "open(x)", "x if W else x", "lambda: x", "W @ 'a'"],
)
def test_that_anything_but_a_formula_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not allowed"):
        Expression(text)


@pytest.mark.parametrize("cell", [RNN, LSTM, GRU], ids=lambda cell: cell.name)
def test_that_every_input_of_a_table_is_a_parameter_a_state_or_an_earlier_row(cell: Cell) -> None:
    known = {*cell.parameters, "xt", *(f"{state}_prev" for state in cell.states)}
    for table in (cell.forward, cell.backward):
        if table is cell.backward:
            known |= {f"d{state}_next" for state in cell.states}
        for operation in table:
            assert set(operation.inputs) <= known, operation.name
            known.add(operation.name)
