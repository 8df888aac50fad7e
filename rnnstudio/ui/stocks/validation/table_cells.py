"""How figures of walks and searches are written in tables."""

from __future__ import annotations

import math

from rnnstudio.ui.theme import THEME
from rnnstudio.ui.widgets.number_text import tidy
from rnnstudio.ui.widgets.sort_table import TableCell


def text_cell(text: str) -> TableCell:
    """Words, sorted as they are written."""
    return TableCell(text, text)


def figure(value: float | None, form: str = "") -> TableCell:
    """A number, in that form or as tidily as can be; a dash where there is none."""
    if value is None or not math.isfinite(value):
        return TableCell("–")
    return TableCell(format(value, form) if form else tidy(value), value)


def ratio_cell(ratio: float, spread: float | None = None) -> TableCell:
    """A ratio to yesterday's price, and whether it is below 1, by a sign and by colour."""
    if not math.isfinite(ratio):
        return TableCell("–")
    better = ratio < 1
    around = "" if spread is None else f" ± {spread:.4f}"
    text = f"{'✓' if better else '✗'} {ratio:.4f}{around}"
    return TableCell(text, ratio, colour=THEME.good if better else THEME.error)
