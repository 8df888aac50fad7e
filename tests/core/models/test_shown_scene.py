"""Which cells there are to look into, and the part of a large one that is shown."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core import language
from rnnstudio.core.cells.partial import part_of
from rnnstudio.core.cells.scene import LargeScene, trace
from rnnstudio.core.errors import UserError
from rnnstudio.core.models.opened_layers import (
    OpenedBidirectional,
    OpenedEmbedding,
    OpenedFlatten,
)
from rnnstudio.core.models.scene import first_input, to_scene, typed_input
from rnnstudio.core.models.shown_scene import cells_of, chosen_units, shown_scene
from tests.core.models.opened import cell, dense, draw, model


def test_that_each_direction_is_a_cell_to_look_into() -> None:
    both = OpenedBidirectional("b", "Bidirectional", cell(), cell("gru", backwards=True), "concat")
    opened = model(cell(n_x=3, units=3, every_step=True), both, dense(1, 8))
    assert [language.text(each.label) for each in cells_of(opened)] == [
        "layer 1: LSTM, 3 units",
        "layer 2: LSTM, 4 units, forward",
        "layer 2: GRU, 4 units, backward",
    ]
    assert shown_scene(opened, cells_of(opened)[2], "1 2 3 4 5 6").cell.name == "gru"


def test_that_a_backward_direction_has_its_steps_in_the_order_in_which_it_reads() -> None:
    words = OpenedEmbedding("e", "Embedding", draw(26, 3))
    opened = model(words, cell(backwards=True), n_x=1)
    scene = shown_scene(opened, cells_of(opened)[0], "rex")
    assert scene.labels == ("x", "e", "r")
    np.testing.assert_array_equal(scene.x[:, 0, 0], words.table[23])


def test_that_fifty_units_of_a_large_cell_are_shown_and_all_computed() -> None:
    opened = model(cell("gru", 80), dense(70, 80, "relu"), dense(1, 70))
    whole = trace(to_scene(opened, first_input(opened)[0]))
    assert isinstance(whole.scene, LargeScene)
    chosen = cells_of(opened)[0]
    assert chosen.is_large
    part = trace(shown_scene(opened, chosen, ""))
    assert part.scene.sizes.n_a == 50
    assert str(part.scene.origin) == "Model: model: 50 of 80 units"
    few = trace(shown_scene(opened, chosen, "", "80, 1-3"))
    for step, values in enumerate(few.forward):
        np.testing.assert_allclose(
            values["a_next"], whole.forward[step]["a_next"][[79, 0, 1, 2]], atol=1e-12
        )
        for other in (few, part):
            np.testing.assert_allclose(
                other.forward[step]["yt_pred"], whole.forward[step]["yt_pred"], atol=1e-12
            )
    with pytest.raises(UserError, match="names no units"):
        shown_scene(opened, chosen, "", "81")


def test_that_a_cell_of_1024_units_is_computed_whole() -> None:
    opened = model(cell("gru", 1024, 1), dense(1, 1024), n_x=1)
    part = trace(shown_scene(opened, cells_of(opened)[0], "0.5 -0.3"))
    assert part.scene.sizes.n_a == 50
    np.testing.assert_allclose(
        part.forward[-1]["yt_pred"][:, 0], opened.values(np.array([[0.5, -0.3]])).values, rtol=1e-9
    )


def test_that_fifty_of_many_inputs_are_shown_and_all_computed() -> None:
    opened = model(cell("rnn", 4, 90), n_x=90)
    x = first_input(opened)[0] * np.linspace(0, 1, 90)[:, None]
    whole = to_scene(opened, x)
    part = part_of(whole)
    assert str(part.origin) == "Model: model: 50 of 90 inputs"
    np.testing.assert_array_equal(part.x[:, 0], x[40:])
    for values, shown in zip(trace(whole).forward, trace(part).forward, strict=True):
        np.testing.assert_allclose(shown["a_next"], values["a_next"], atol=1e-12)


def test_that_tokens_are_typed_as_numbers_of_the_vocabulary() -> None:
    opened = model(OpenedEmbedding("e", "Embedding", draw(9, 3)), cell(), n_x=1)
    chosen = cells_of(opened)[0]
    assert shown_scene(opened, chosen, "3 8 0").labels == ("3", "8", "0")
    assert shown_scene(opened, chosen, "").labels[:3] == ("1", "2", "3")
    for text in ("9", "1.5", "-1", "hello"):
        with pytest.raises(UserError, match="tokens: whole numbers from 0 to 8"):
            typed_input(text, 1, 9)


def test_that_a_model_of_fixed_length_gets_an_input_of_that_length() -> None:
    flat = OpenedFlatten("f", "Flatten")
    opened = model(cell(every_step=True), flat, dense(1, 4 * 7), steps=7)
    assert shown_scene(opened, cells_of(opened)[0], "").sizes.T_x == 7
    with pytest.raises(UserError, match=r"cannot read 2 steps: dense \(Dense\)"):
        opened.values(np.zeros((3, 2)))
    vector = model(dense(6, 3), one_vector=True)
    assert vector.values(np.zeros((3, 1))).values.shape == (6,)


def test_that_units_are_named_by_numbers_and_ranges() -> None:
    assert chosen_units("", 70) == ()
    assert chosen_units("1-3, 70;2", 70) == (0, 1, 2, 69)
    for text in ("0", "71", "5-3", "a", "1-51", "1-40, 42-60", "9" * 9):
        with pytest.raises(UserError, match="units"):
            chosen_units(text, 70)
