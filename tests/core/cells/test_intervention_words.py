"""Values that are held in a line of words."""

from __future__ import annotations

import pytest

from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.intervention_words import describe_hold
from rnnstudio.core.cells.last_capital import last_capital_scene
from rnnstudio.core.cells.lstm import LSTM
from rnnstudio.core.cells.symbols import Notation

READING = last_capital_scene(LSTM, "AbCa?", 1)


@pytest.mark.parametrize(
    ("held", "notation", "expected"),
    [
        (Intervention("ft", 1.0, step=2), Notation.PAPER, "f⟨3⟩ = 1, both units"),
        (Intervention("ft", 0.5, step=2, row=1), Notation.IFOG, "f_3 = 0.5, unit 2"),
        (Intervention("cct", -0.25), Notation.PAPER, "c~⟨t⟩ = −0.25 at every step, both units"),
        (Intervention("yt_pred", 0.0, step=4, row=2), Notation.PAPER, "ŷ⟨5⟩ = 0, C"),
        (
            Intervention("c_next", 2.0, step=0, row=0, example=1),
            Notation.PAPER,
            "c⟨1⟩ = 2, unit 1, example 2",
        ),
    ],
)
def test_that_a_hold_says_value_step_and_units(
    held: Intervention, notation: Notation, expected: str
) -> None:
    assert str(describe_hold(READING, held, notation)) == expected


def test_that_a_hold_is_set_as_a_formula_where_markup_is_shown() -> None:
    held = Intervention("ft", 1.0, step=2)
    assert str(describe_hold(READING, held, html=True)).startswith("<i>f</i><sup>⟨3⟩</sup> = 1")
