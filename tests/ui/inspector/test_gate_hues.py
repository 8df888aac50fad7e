"""The colours of gates: the same role of a gate has the same colour in every cell."""

from __future__ import annotations

import pytest

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.ui.inspector.gate_hues import gate_hue


@pytest.mark.parametrize(
    ("cell", "hues"),
    [
        (
            "lstm",
            {"ft": "forget", "it": "input", "cct": "candidate", "ot": "output", "c_next": "ink"},
        ),
        ("gru", {"zt": "forget", "rt": "output", "cct": "candidate", "a_next": "ink"}),
        ("rnn", {"a_next": "ink", "yt_pred": "ink"}),
    ],
)
def test_that_a_gate_and_its_gradient_have_the_colour_of_what_it_does(
    cell: str, hues: dict[str, str]
) -> None:
    for name, hue in hues.items():
        assert gate_hue(CELLS[cell], name) == hue
        gradient = CELLS[cell].gradients.get(name)
        if gradient is not None:
            assert gate_hue(CELLS[cell], gradient) == hue
