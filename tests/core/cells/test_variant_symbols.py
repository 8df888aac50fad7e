"""What the cells of opened models have besides is written in symbols, not in code names."""

from __future__ import annotations

import pytest

from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.symbols import Notation


@pytest.mark.parametrize(
    ("name", "paper", "ifog"),
    [
        ("it_rest", "rest_i", "rest_i"),
        ("dmt_rest", "drest_m", "drest_m"),
        ("a_new", "a_new⟨t⟩", "h_new,t"),
        ("dc_new", "dc_new⟨t⟩", "dc_new,t"),
        ("gy1", "g_y1", "g_y1"),
        ("oy2", "o_y2", "o_y2"),
        ("sy1", "s_y1", "s_y1"),
        ("mask", "mask", "mask"),
    ],
)
def test_that_every_value_of_a_variant_has_a_symbol(name: str, paper: str, ifog: str) -> None:
    assert symbol(name).text == paper
    assert symbol(name, Notation.IFOG).text == ifog
    assert "_rest" not in symbol(name).latex
