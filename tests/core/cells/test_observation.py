"""What is said of the values at a step: the sentences of the pictures, proved by numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.core.cells.accessible_names import (
    accessible_input,
    accessible_row,
    accessible_step,
)
from rnnstudio.core.cells.answer_words import (
    describe_intervention,
    describe_outcome,
    loss_description,
    loss_title,
)
from rnnstudio.core.cells.box_labels import box_label, purpose, short_label
from rnnstudio.core.cells.gate_roles import GateRole, gate_role, keeping_gate
from rnnstudio.core.cells.gates import gate_state
from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.last_capital import last_capital_scene
from rnnstudio.core.cells.observation import observe
from rnnstudio.core.cells.output import linear
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Scene, Sizes, Trace, trace
from rnnstudio.core.cells.scenes import random_scene

LSTM = CELLS["lstm"]
SCENE = last_capital_scene(LSTM, "AbCa?")
CAPITAL = trace(SCENE)


def seen(traced: Trace, name: str, step: int, *, backward: bool = False) -> str:
    cell = traced.cell
    rows = (*cell.backward, *cell.sums) if backward else cell.forward
    operation = next(row for row in rows if row.name == name)
    sentence = str(observe(traced, operation, step, backward=backward))
    return sentence.replace("\N{NARROW NO-BREAK SPACE}", " ")


def held(scene: Scene, value: float) -> Trace:
    return trace(scene.with_intervention(Intervention("ft", value, step=2)))


def test_that_the_forget_gate_is_seen_as_in_the_picture() -> None:
    assert seen(CAPITAL, "ft", 2) == (
        "A capital has come and the gate is nearly shut: of the A, 19 % and 22 % stay in the two "
        "units."
    )


def test_that_a_gate_held_open_is_said_to_keep_all_and_one_held_shut_nothing() -> None:
    assert seen(held(SCENE, 1.0), "c_next", 2) == (
        "held open, the forget gate keeps all of the A; what is new is only added to it."
    )
    assert seen(held(SCENE, 0.0), "c_next", 2).startswith(
        "held shut, the forget gate keeps nothing"
    )
    assert not seen(held(SCENE, 0.5), "c_next", 2).startswith("held")


def test_that_a_held_gate_is_not_said_to_follow_from_the_input() -> None:
    assert seen(held(SCENE, 1.0), "ft", 2) == (
        "held, the gate is wide open: of the A, 100 % and 100 % stay in the two units."
    )


def test_that_the_message_of_the_memory_is_seen_as_in_the_picture() -> None:
    sentence = seen(CAPITAL, "dc_prev", 3, backward=True)
    assert sentence == "the forget gate is wide open: 95 % and 96 % of it pass on to t = 3."
    assert "back to the start" in seen(CAPITAL, "dc_prev", 0, backward=True)


def test_when_a_fault_changes_the_formula_the_gate_is_not_said_to_pass_it_on() -> None:
    message = next(row for row in LSTM.backward if row.name == "da_prev")
    changed = replace(message, name="dc_prev")
    rows = tuple(changed if row.name == "dc_prev" else row for row in LSTM.backward)
    traced = trace(replace(SCENE, cell=replace(LSTM, backward=rows)))
    assert "pass on" not in seen(traced, "dc_prev", 3, backward=True)


def test_that_what_is_remembered_is_said_and_that_nothing_is_before_the_first_capital() -> None:
    assert seen(CAPITAL, "c_next", 2) == (
        "asked now, the cell would say C with 99 %; before this step, A."
    )
    assert seen(CAPITAL, "c_next", 1) == "asked now, the cell would still say A, with 99.6 %."
    assert "there is no old memory yet" in seen(CAPITAL, "ft", 0)


def test_when_the_numbers_no_longer_remember_no_letter_is_named() -> None:
    blank = SCENE.with_array("Wy", np.zeros((3, 2))).with_array("by", np.zeros((3, 1)))
    assert "of the old memory, 19 % and 22 %" in seen(trace(blank), "ft", 2)


def test_when_the_input_is_edited_it_is_no_capital_any_more() -> None:
    edited = trace(SCENE.with_entry("x", (3, 0, 2), 0.5))
    assert seen(edited, "ft", 2).startswith("the gate is ")


def test_that_units_of_one_gate_may_be_open_and_shut() -> None:
    assert "nearly shut in unit 2 and wide open in unit 1" in seen(CAPITAL, "it", 2)


@pytest.mark.parametrize("name", CELLS)
@pytest.mark.parametrize("n_a", [1, 2, 8])
def test_that_every_operation_of_every_cell_has_a_sentence_of_its_numbers(
    name: str, n_a: int
) -> None:
    scenes = [random_scene(CELLS[name], Sizes(n_a=n_a, m=2), 1)]
    scenes.append(replace(scenes[0], cell=linear(scenes[0].cell)))
    for scene in scenes:
        traced = trace(scene)
        for step in (0, 2, 3):
            for row in (*traced.cell.backward, *traced.cell.sums):
                assert seen(traced, row.name, step, backward=True).endswith(".")
            for row in traced.cell.forward:
                assert seen(traced, row.name, step).endswith(".")


def test_that_roles_of_gates_are_read_off_the_table() -> None:
    assert gate_role(LSTM, "ft") == GateRole("keep", "c_prev", "c_next")
    assert gate_role(LSTM, "it") == GateRole("store", "cct", "c_next")
    assert gate_role(LSTM, "ot") == GateRole("show", "c_next", "a_next")
    gru = CELLS["gru"]
    assert gate_role(gru, "zt") == GateRole("keep", "a_prev", "a_next")
    assert gate_role(gru, "rt") == GateRole("pass", "mt", "cct")
    assert (keeping_gate(LSTM, "c"), keeping_gate(LSTM, "a")) == ("ft", None)


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.0, "nearly shut"), (0.25, "half open"), (0.75, "half open"), (0.76, "wide open")],
)
def test_that_a_gate_s_state_has_its_bounds(value: float, words: str) -> None:
    assert str(gate_state(value).words) == words


def test_that_a_box_has_its_name_in_full_and_short_and_what_it_is_for() -> None:
    assert (str(box_label(LSTM, "ft")), str(short_label(LSTM, "ft"))) == ("forget gate", "forget")
    assert str(purpose(LSTM, "ft")) == "how much memory stays"
    names = {name: str(box_label(LSTM, name)) for name in ("c_prev", "a_next", "xt", "dc", "dft")}
    assert names == {
        "c_prev": "memory",
        "a_next": "hidden",
        "xt": "input",
        "dc": "memory",
        "dft": "forget gate",
    }


def test_that_a_box_is_read_aloud() -> None:
    def read(name: str, row: int = 0, **how: bool) -> str:
        return str(accessible_row(CAPITAL, name, 2, row, **how))

    assert read("ft") == "forget gate, unit 1, 0.19, nearly shut"
    assert read("c_prev") == "memory, unit 1, −0.77"
    assert read("it", known=False) == "input gate, unit 1, not known yet"
    assert read("yt_pred", 2) == "prediction, C, 36\N{NARROW NO-BREAK SPACE}%"
    assert read("dc", backward=True).startswith("gradient of the memory, unit 1, +")
    assert str(accessible_input(CAPITAL, 2)) == "input, C, one of 7"
    assert str(accessible_step(CAPITAL, 2, known=False)) == "t = 3, C, covered"
    assert str(accessible_row(held(SCENE, 1.0), "ft", 2, 0)) == "forget gate, unit 1, held at 1.00"


def plain(message: object) -> str:
    return str(message).replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_that_what_a_held_gate_leads_to_is_said_as_in_the_picture() -> None:
    assert plain(describe_intervention(held(SCENE, 1.0), CAPITAL)) == (
        "At the “?” it now says A with 52 %. Not held, it says C with 99 %."
    )
    assert plain(describe_outcome(CAPITAL)) == "At the “?” it says C with 99 %."


def test_that_the_backward_pass_asks_what_if_another_answer_had_been_right() -> None:
    assert str(loss_title(CAPITAL)) == "What if A had been right?"
    assert plain(loss_description(CAPITAL)) == (
        "It said C with 99 %. The error runs back through the memory to find who is to blame."
    )
    other = trace(random_scene(LSTM, Sizes(), 1))
    assert "right" not in str(loss_title(other))
    assert "L = Σ a ⊙ da" in str(loss_description(other))
