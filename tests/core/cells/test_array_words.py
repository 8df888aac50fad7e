"""What the arrays of a scene and their rows and columns are called."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rnnstudio.core.cells.array_words import array_labels, describe_array
from rnnstudio.core.cells.gru import GRU
from rnnstudio.core.cells.last_capital import last_capital_scene
from rnnstudio.core.cells.lstm import LSTM
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.rnn import RNN
from rnnstudio.core.cells.scene import Scene, Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.cells.symbols import Notation, Symbol

READING = last_capital_scene(LSTM, "AbCa?", 1)


def texts(symbols: tuple[Symbol, ...]) -> list[str]:
    return [symbol.text for symbol in symbols]


def test_that_columns_are_named_by_what_they_multiply_and_rows_by_what_they_give() -> None:
    labels = array_labels(READING, "Wf")
    assert texts(labels.rows) == ["1", "2"]
    assert texts(labels.columns) == ["a_1", "a_2", *"ABCabc?"]
    assert labels.place(1, 4) == "W_f[2, C]"
    assert array_labels(READING, "bf").place(1, 0) == "b_f[2]"
    assert texts(array_labels(READING, "Wy").rows) == [*"ABC"]
    assert array_labels(READING, "x").place(2, 2) == "x[C, C]"
    assert array_labels(READING, "c0").place(0, 0) == "c⟨0⟩[1, 1]"
    assert array_labels(READING, "da").place(0, 4) == "da[1, ?]"


def test_that_what_has_no_name_has_a_letter_with_its_number_in_the_chosen_notation() -> None:
    scene = random_scene(RNN, Sizes(n_x=2, n_a=2, n_y=2, T_x=3), 1)
    assert texts(array_labels(scene, "Waa", Notation.IFOG).columns) == ["h_1", "h_2"]
    assert texts(array_labels(scene, "Wax").columns) == ["x_1", "x_2"]
    assert texts(array_labels(scene, "by").rows) == ["ŷ_1", "ŷ_2"]
    assert texts(array_labels(scene, "da").columns) == ["1", "2", "3"]


@pytest.mark.parametrize("cell", CELLS.values(), ids=list(CELLS))
def test_that_every_entry_of_every_array_has_a_name(cell: object) -> None:
    scene = random_scene(cell, Sizes(n_x=2, n_a=3, n_y=4, m=2, T_x=5), 1)  # type: ignore[arg-type]
    for name in scene.array_names:
        labels, shape = array_labels(scene, name), scene.array(name).shape
        assert (len(labels.rows), len(labels.columns)) == (shape[0], shape[-1]), name
        assert str(describe_array(scene, name))


@pytest.mark.parametrize(
    ("scene", "name", "expected"),
    [
        (READING, "Wf", "weights of the forget gate"),
        (READING, "bc", "bias of the candidate"),
        (READING, "Wy", "weights of the prediction"),
        (READING, "c0", "memory before the first step"),
        (random_scene(RNN, Sizes(), 1), "Waa", "weights of the hidden state"),
        (random_scene(GRU, Sizes(), 1), "bzx", "bias of the update gate"),
        (READING, "x", "what the cell reads, a column a step"),
    ],
)
def test_that_an_array_is_described_by_the_row_that_reads_it(
    scene: Scene, name: str, expected: str
) -> None:
    assert str(describe_array(scene, name)) == expected


def test_that_the_name_of_an_input_is_no_markup() -> None:
    scene = replace(READING, inputs=("<b>", *READING.inputs[1:]))
    assert array_labels(scene, "Wf").place(0, 2, html=True).endswith("[1, &lt;b&gt;]")
