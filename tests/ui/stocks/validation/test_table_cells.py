"""Figures in the tables of walks and searches claim no more than their days show."""

from __future__ import annotations

import math

import pytest

from rnnstudio.core.stocks.evaluation.uncertainty import FEWEST_DAYS
from rnnstudio.ui.stocks.validation.table_cells import ratio_cell
from rnnstudio.ui.theme.tokens import colours


@pytest.mark.parametrize(("ratio", "sign"), [(0.98, "✓"), (1.0, "✗"), (1.02, "✗")])
def test_that_a_ratio_is_marked_by_sign_and_colour(ratio: float, sign: str) -> None:
    cell = ratio_cell(ratio, FEWEST_DAYS)
    assert cell.text == f"{sign} {ratio:.4f}"
    assert cell.colour == {"✓": colours().good, "✗": colours().bad}[sign]


@pytest.mark.parametrize("ratio", [0.5, 1.5])
def test_that_a_ratio_over_too_few_days_is_not_marked(ratio: float) -> None:
    cell = ratio_cell(ratio, FEWEST_DAYS - 1)
    assert (cell.text, cell.key, cell.colour) == (f"{ratio:.4f}", ratio, "")


def test_when_there_is_no_ratio_there_is_a_dash() -> None:
    assert ratio_cell(math.nan, 0).text == "–"
