"""The drawing of the next days, and how what a class does changes it; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from rnnstudio.core.stocks.data.price_table import Dates, FloatArray
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster
from rnnstudio.core.stocks.teaching.drawing_rounds import (
    DAYS,
    NOTHING_DRAWN,
    DrawingRounds,
    next_stretch,
    play_round,
    price_step,
)


@dataclass(frozen=True)
class DrawingEvent:
    """What a class does with the drawing of the next days."""


@dataclass(frozen=True)
class DayMoved(DrawingEvent):
    """Another day of the drawing is in sight, ``by`` days on."""

    by: int


@dataclass(frozen=True)
class PriceRaised(DrawingEvent):
    """The price of the day in sight is drawn ``by`` steps higher (lower where it is negative)."""

    by: int


@dataclass(frozen=True)
class StrokeDrawn(DrawingEvent):
    """Days were drawn with the mouse: their places, and prices."""

    points: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class DrawingCleared(DrawingEvent):
    """The drawing is to be begun anew."""


@dataclass(frozen=True)
class RoundRevealed(DrawingEvent):
    """The drawing is done: what the network says, and what came, are to be seen."""


@dataclass(frozen=True)
class NextRoundAsked(DrawingEvent):
    """The next days are to be drawn."""


@dataclass(frozen=True, eq=False)
class DrawingSheet:
    """What a class looks at: the ``stretch`` of rows, and what is drawn on it.

    ``prices`` is the column ``target`` over all days (rows,); those of a stretch that is not
    ``over`` are not to be seen.
    """

    split: Split
    target: str
    prices: FloatArray
    stretch: range
    drawing: DrawingRounds
    over: bool

    @property
    def known(self) -> float:
        """The last price before the stretch."""
        return float(self.prices[self.stretch.start - 1])

    @property
    def dates(self) -> Dates:
        """The days of the stretch."""
        return self.split.table.dates[self.stretch.start : self.stretch.stop]

    @property
    def step(self) -> float:
        """By how much a key changes a price."""
        return price_step(self.prices[: self.stretch.start])


def sheet_of(drawing: DrawingRounds, split: Split, target: str) -> DrawingSheet | None:
    """The round that is looked at, or the days that are drawn next; None where none are left."""
    prices = split.table.column(target)
    shown = _stretch_shown(drawing, split, target)
    if shown is not None:
        return DrawingSheet(split, target, prices, shown, drawing, over=True)
    stretch = next_stretch(drawing.rounds, split)
    if stretch is None:
        return None
    drawing = drawing.at(str(split.table.dates[stretch.start]))
    return DrawingSheet(split, target, prices, stretch, drawing, over=False)


def _stretch_shown(drawing: DrawingRounds, split: Split, target: str) -> range | None:
    """The rows of the round that was revealed; None if none was, or on other days than these."""
    if not drawing.revealed or not drawing.rounds:
        return None
    last, dates = drawing.rounds[-1], split.table.dates
    first = np.datetime64(last.first)
    start = int(np.searchsorted(dates, first))
    stretch = range(start, start + DAYS)
    same = (last.prices, last.target) == (split.table.digest, target)
    there = same and start > 0 and stretch.stop <= len(dates) and dates[start] == first
    return stretch if there else None


def drawn_after(sheet: DrawingSheet, event: DrawingEvent) -> DrawingRounds:
    """The drawing after an event; one that is over can only be looked at."""
    drawing, known = sheet.drawing, sheet.known
    match event:
        case NextRoundAsked():
            return replace(drawing, revealed=False, day=0)
        case DayMoved(by=by) if sheet.over:
            return replace(drawing, day=min(max(drawing.day + by, 0), DAYS - 1))
        case _ if sheet.over:
            return drawing
        case DayMoved(by=by):
            return drawing.moved(by, known)
        case PriceRaised(by=by):
            return drawing.raised(by * sheet.step, known)
        case StrokeDrawn(points=points):
            return drawing.with_stroke(points)
        case _:
            return replace(drawing, drawn=NOTHING_DRAWN, day=0)


def revealed(sheet: DrawingSheet, trained: TrainedForecaster | None) -> DrawingRounds:
    """The drawing after its days came, where it is whole and there is a network to be beside it.

    Raises UserError when the network's forecast stops being numbers.
    """
    drawn = sheet.drawing.whole
    if drawn is None or sheet.over or trained is None:
        return sheet.drawing
    return sheet.drawing.over(play_round(trained, sheet.stretch, drawn))
