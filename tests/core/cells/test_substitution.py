"""The numbers put in: as in the pictures, and such that a calculator gives the shown result."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.last_capital import last_capital_scene
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes, Trace, trace
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.cells.substitution import Substitution, substitute

LSTM = CELLS["lstm"]
CAPITAL = trace(last_capital_scene(LSTM, "AbCa?"))


def put_in(traced: Trace, name: str, step: int, *, backward: bool = False, **how) -> Substitution:
    cell = traced.cell
    rows = (*cell.backward, *cell.sums) if backward else cell.forward
    operation = next(row for row in rows if row.name == name)
    return substitute(traced, operation, step, backward=backward, **how)


def heads(found: Substitution) -> list[str]:
    return [str(column.head.text) for column in found.columns]


def test_that_the_forget_gate_is_put_in_as_in_the_picture() -> None:
    found = put_in(CAPITAL, "ft", 2)
    assert heads(found) == [
        "from a_1",
        "from a_2",
        "from the letter C",
        "bias b_f",
        "sum",
        "σ(sum)",
    ]
    one, two = found.rows
    assert one.cells == (
        "−0.006 × (−0.007)",
        "+ 0.009 × 0.009",
        "+ (−2.530) × 1",
        "+ 1.066",
        "= −1.46",
        "0.19",
    )
    assert two.cells == (
        "−0.019 × (−0.007)",
        "+ 0.028 × 0.009",
        "+ (−2.205) × 1",
        "+ 0.910",
        "= −1.29",
        "0.22",
    )
    assert (one.largest, two.largest) == (2, 2)
    assert (str(one.label.text), found.function, found.left_out) == ("unit 1", "σ", 0)
    assert one.inner == pytest.approx(-1.4638, abs=1e-4)


def test_that_a_held_gate_keeps_the_memory_as_in_the_picture() -> None:
    scene = last_capital_scene(LSTM, "AbCa?")
    held = trace(scene.with_intervention(Intervention("ft", 1.0, step=2)))
    found = put_in(held, "c_next", 2)
    assert heads(found) == ["what stays", "what is stored", "memory"]
    assert found.rows[0].cells == ("1 × (−0.766)", "+ 0.907 × 0.981", "= +0.12")
    assert found.rows[1].cells == ("1 × 0.864", "+ 0.117 × (−0.900)", "= +0.76")
    gate = put_in(held, "ft", 2).rows[0]
    assert (gate.cells[-1], gate.held) == ("0.19", 1.0)
    assert put_in(held, "it", 2).rows[0].held is None


def test_that_the_message_of_the_memory_is_put_in_as_in_the_picture() -> None:
    found = put_in(CAPITAL, "dc_prev", 3, backward=True)
    assert heads(found) == ["gradient × forget gate", "handed on"]
    assert found.rows[0].cells == ("3.978 × 0.953", "= +3.79")
    assert found.rows[1].cells == ("−3.965 × 0.962", "= −3.81")


def test_that_a_symbol_in_a_head_is_set_and_a_name_is_escaped() -> None:
    found = put_in(CAPITAL, "ft", 2)
    assert str(found.columns[3].head.html) == "bias <i>b</i><sub>f</sub>"
    scene = random_scene(LSTM, Sizes(n_x=1), 1)
    named = trace(replace(scene, inputs=("<b>Close",)))
    from_close = put_in(named, "ft", 0, most_terms=7).columns[5]
    assert str(from_close.head.html) == "from &lt;b&gt;Close"
    assert str(from_close.head.text) == "from <b>Close"


def test_that_many_terms_of_one_source_are_added_up_and_the_largest_is_named() -> None:
    traced = trace(random_scene(LSTM, Sizes(n_x=30, n_a=20, T_x=3), 1))
    found = put_in(traced, "it", 2, entry=(10, 0))
    assert heads(found)[:3] == ["from the 20 values of a", "from the 30 inputs", "bias b_i"]
    assert [row.row for row in found.rows] == [7, 8, 9, 10, 11, 12]
    assert found.left_out == 14
    values, row = traced.forward[2], found.rows[3]
    terms = values["Wi"][10] * values["concat"][:, 0]
    largest = int(np.abs(terms[20:]).argmax())
    assert str(row.notes[1]).startswith(f"the largest comes from x_{largest + 1}: ")
    assert float(row.cells[1].replace("−", "-").replace(" ", "")) == pytest.approx(
        terms[20:].sum(), abs=6e-4
    )


@pytest.mark.parametrize("name", CELLS)
@pytest.mark.parametrize("seed", range(3))
def test_that_a_calculator_gives_what_is_shown_for_every_operation(name: str, seed: int) -> None:
    for scene in (
        random_scene(CELLS[name], Sizes(n_x=2, n_a=3, n_y=3, T_x=3), seed),
        last_capital_scene(CELLS[name], "AbCa?"),
    ):
        traced = trace(scene)
        for backward in (False, True):
            cell = traced.cell
            rows = (*cell.backward, *cell.sums) if backward else cell.forward
            for operation in rows:
                for step in (0, 1):
                    found = substitute(traced, operation, step, (1, 1), backward=backward)
                    for row in found.rows:
                        assert_computed(found, row.cells)


FUNCTIONS = {"σ": lambda z: 1 / (1 + math.exp(-z)), "tanh": math.tanh}


def assert_computed(found: Substitution, cells: tuple[str, ...]) -> None:
    """What stands in the cells gives, put into a calculator, what stands behind."""
    kinds = [column.kind for column in found.columns]
    terms = [text for kind, text in zip(kinds, cells, strict=True) if kind == "term"]
    ends = {kind: text for kind, text in zip(kinds, cells, strict=True) if kind != "term"}
    total = calculated(" ".join(terms))
    first = ends.get("sum", ends["result"])
    assert_shown(total, first)
    if found.function in FUNCTIONS:
        assert_shown(FUNCTIONS[found.function](calculated(first.lstrip("= "))), ends["result"])
    if found.function == "softmax":
        share = calculated(ends["exponential"]) / calculated(ends["total"].lstrip("/ "))
        assert share == pytest.approx(calculated(ends["result"]), abs=0.0051)


def assert_shown(value: float, text: str) -> None:
    shown = text.lstrip("= ")
    places = len(shown.partition(".")[2])
    # A tie of the shown numbers may go either way.
    assert abs(value - calculated(shown)) <= 0.5 * 10**-places + 1e-12, (value, text)


def calculated(text: str) -> float:
    plain = text.replace("−", "-").replace("×", "*").replace("²", "**2")
    assert re.fullmatch(r"[-+*/().\d\sa-z]*", plain), plain
    return float(eval(plain, {"tanh": math.tanh}))  # noqa: S307 - arithmetic alone
