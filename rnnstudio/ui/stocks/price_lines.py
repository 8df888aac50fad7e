"""The lines that charts of prices share: as wide, as dashed and named alike wherever they stand."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication

from rnnstudio.core import language
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.numbers import NumberText
from rnnstudio.ui.widgets.labelled_chart import LabelledLine

TRUTH, NETWORK, YESTERDAY = 2.2, 5.5, 2.4
"""Widths of the lines; the network's lies under the others."""
DASHES = (7.0, 5.0)
_ROOM = 0.06
"""Above and below the lines, as a fraction of their height."""


def price_lines(
    x: Array, truth: Array, network: Array, yesterday: Array, names: tuple[str, str] = ("", "")
) -> list[LabelledLine]:
    """Network, yesterday's price and truth, the lowest first: a light edge parts the first two.

    ``names``: others than theirs for the first two.
    """
    edge = LabelledLine("", x, yesterday, role="panel", width=YESTERDAY)
    lines = [network_line(x, network, names[0]), edge, yesterday_line(x, yesterday, names[1])]
    name = QCoreApplication.translate("PriceLines", "truth")
    return [*lines, LabelledLine(name, x, truth, end_text(truth), None, "ink", TRUTH)]


def network_line(x: Array, y: Array, name: str = "", decimals: int = 2) -> LabelledLine:
    """What a network forecast, or its errors; ``name``: another one than "network"."""
    name = name or QCoreApplication.translate("PriceLines", "network")
    return LabelledLine(name, x, y, end_text(y, decimals), None, "network", NETWORK)


def yesterday_line(x: Array, y: Array, name: str = "", decimals: int = 2) -> LabelledLine:
    """Yesterday's price, or its errors; ``name``: another one than "yesterday's price"."""
    name = name or QCoreApplication.translate("PriceLines", "yesterday's price")
    end = end_text(y, decimals)
    return LabelledLine(name, x, y, end, None, "yesterday", YESTERDAY, DASHES)


def end_text(y: Array, decimals: int = 2) -> str:
    """The last number of a line, as it stands at its end; empty where it has none."""
    known = y[np.isfinite(y)]
    return language.number(NumberText(f"{known[-1]:,.{decimals}f}")) if len(known) else ""


def heights(*shown: Array) -> tuple[float, float]:
    """A scale that has room for all numbers of these lines."""
    values = np.concatenate(shown)
    values = values[np.isfinite(values)]
    if not len(values):
        return 0.0, 1.0
    low, high = float(values.min()), float(values.max())
    room = _ROOM * (high - low) or abs(high) * _ROOM or 1.0
    return low - room, high + room
