"""How figures of walks and searches are written in tables."""

from __future__ import annotations

import math

from rnnstudio.core import language
from rnnstudio.core.numbers import NumberText
from rnnstudio.core.stocks.evaluation.uncertainty import FEWEST_DAYS
from rnnstudio.ui.widgets.number_text import tidy
from rnnstudio.ui.widgets.sort_table import TableCell


def text_cell(text: str) -> TableCell:
    """Words, sorted as they are written."""
    return TableCell(text, text)


def figure(value: float | None, form: str = "") -> TableCell:
    """A number, in that form or as tidily as can be; a dash where there is none."""
    if value is None or not math.isfinite(value):
        return TableCell("–")
    return TableCell(
        language.number(NumberText(format(value, form)) if form else tidy(value)), value
    )


def ratio_cell(ratio: float, days: int, spread: float | None = None) -> TableCell:
    """A ratio to yesterday's price, and whether it is below 1, by a mark and by colour.

    Fewer ``days`` than FEWEST_DAYS show nothing, either way: they have neither.
    """
    if not math.isfinite(ratio):
        return TableCell("–")
    numbers = f"{ratio:.4f}" if spread is None else f"{ratio:.4f} ± {spread:.4f}"
    text = language.number(NumberText(numbers))
    if days < FEWEST_DAYS:
        return TableCell(text, ratio)
    return TableCell(text, ratio, good=ratio < 1)
