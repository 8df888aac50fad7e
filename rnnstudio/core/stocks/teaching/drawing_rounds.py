"""Rounds of drawing: a class draws the next days, beside a network and yesterday's price.

Prices are float64, in the unit of the file. Days are places from 0 in a stretch of ``DAYS``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from rnnstudio.core.stocks.data.price_table import FloatArray
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.forecast import HORIZON
from rnnstudio.core.stocks.evaluation.metrics import rmse
from rnnstudio.core.stocks.evaluation.uncertainty import ConfidenceInterval, binomial
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster
from rnnstudio.core.stocks.model.rollout import rollout

DAYS = HORIZON
"""Days of trading that are drawn in a round."""
FEWEST_ROUNDS = 10
"""Of fewer rounds no interval is given: of ten its ends are up to 56 points apart."""
_STEP_DAYS = 60
NOTHING_DRAWN: tuple[float | None, ...] = (None,) * DAYS


@dataclass(frozen=True)
class DrawnRound:
    """A round that is over: what was drawn, what the network said, and what came, (DAYS,) each.

    ``prices`` is the digest of the table, ``first`` and ``last`` are its days in ISO, and ``known``
    is the last price before them.
    """

    share: str
    prices: str
    target: str
    first: str
    last: str
    known: float
    drawn: tuple[float, ...]
    predicted: tuple[float, ...]
    actual: tuple[float, ...]

    @property
    def drawn_rmse(self) -> float:
        """How far the drawing was off."""
        return rmse(np.array(self.actual), np.array(self.drawn))

    @property
    def network_rmse(self) -> float:
        """How far the network was off."""
        return rmse(np.array(self.actual), np.array(self.predicted))

    @property
    def known_rmse(self) -> float:
        """How far the last known price was off, held for all days."""
        return rmse(np.array(self.actual), np.full(DAYS, self.known))

    @property
    def is_nearer(self) -> bool:
        """Whether the drawing was nearer than the last known price; as near is not nearer."""
        return self.drawn_rmse < self.known_rmse


@dataclass(frozen=True)
class DrawingRounds:
    """The rounds that are over, and the drawing under way.

    ``drawn`` (DAYS,) is for the stretch that begins on the day ``first``, None where nothing is
    drawn yet; ``day`` is the one in sight. ``revealed``: the last round is still looked at.
    """

    rounds: tuple[DrawnRound, ...] = ()
    first: str = ""
    drawn: tuple[float | None, ...] = NOTHING_DRAWN
    day: int = 0
    revealed: bool = False

    def at(self, first: str) -> DrawingRounds:
        """The drawing of the stretch that begins on ``first``, which may be begun with it."""
        return self if self.first == first else DrawingRounds(self.rounds, first)

    def moved(self, by: int, known: float) -> DrawingRounds:
        """Another day in sight; one left undrawn for a later one gets the price before it."""
        left_undrawn = by > 0 and self.drawn[self.day] is None
        drawn = self.raised(0.0, known) if left_undrawn else self
        return replace(drawn, day=min(max(self.day + by, 0), DAYS - 1))

    def raised(self, by: float, known: float) -> DrawingRounds:
        """With the price of the day in sight higher by so much (lower where ``by`` is negative)."""
        return self.with_stroke([(self.day, self.price_at(self.day, known) + by)])

    def with_stroke(self, points: Iterable[tuple[int, float]]) -> DrawingRounds:
        """With these days drawn, days and prices; the last of them is the one in sight."""
        drawn, day = list(self.drawn), self.day
        for day, price in points:
            drawn[day] = price
        return replace(self, drawn=tuple(drawn), day=day)

    def price_at(self, day: int, known: float) -> float:
        """What is drawn for a day, or the last that is drawn before it, else ``known``."""
        before = (price for price in reversed(self.drawn[: day + 1]) if price is not None)
        return next(before, known)

    @property
    def whole(self) -> tuple[float, ...] | None:
        """The drawing once every day is drawn, (DAYS,)."""
        prices = tuple(price for price in self.drawn if price is not None)
        return prices if len(prices) == DAYS else None

    def over(self, found: DrawnRound) -> DrawingRounds:
        """After a round, which stays in sight."""
        return DrawingRounds((*self.rounds, found), revealed=True)


def next_stretch(rounds: Iterable[DrawnRound], split: Split) -> range | None:
    """The earliest rows of the test span, DAYS of them, of which no day was drawn before.

    Rounds go on in time, so the days before a stretch never hold what comes in a later one. None
    where too few days are left.
    """
    dates, table = split.table.dates, split.table
    begin = split.test_rows.start
    taken = [
        (np.datetime64(each.first), np.datetime64(each.last))
        for each in rounds
        if each.prices == table.digest
    ]
    for first, last in sorted(taken):
        end = begin + DAYS - 1
        if end < table.rows and first <= dates[end] and dates[begin] <= last:
            begin = int(np.searchsorted(dates, last, side="right"))
    return range(begin, begin + DAYS) if begin + DAYS <= table.rows else None


def stretches_left(rounds: Iterable[DrawnRound], split: Split) -> int:
    """How many stretches of the test span are left, the one under way included."""
    stretch = next_stretch(rounds, split)
    return 0 if stretch is None else (split.table.rows - stretch.start) // DAYS


def play_round(trained: TrainedForecaster, stretch: range, drawn: tuple[float, ...]) -> DrawnRound:
    """Hold a drawing beside the network's forecast of the same days and what came.

    The network is given the days before the stretch alone, and its own output from the second day
    on. Raises UserError when its forecast stops being numbers.
    """
    table, target = trained.split.table, trained.spec.target
    before = table.part(slice(0, stretch.start))
    origin = range(stretch.start, stretch.start + 1)
    prices = table.column(target)
    return DrawnRound(
        share=table.source,
        prices=table.digest,
        target=target,
        first=str(table.dates[stretch.start]),
        last=str(table.dates[stretch.stop - 1]),
        known=float(prices[stretch.start - 1]),
        drawn=drawn,
        predicted=tuple(rollout(trained, before, origin, DAYS)[0].tolist()),
        actual=tuple(prices[stretch.start : stretch.stop].tolist()),
    )


def price_step(known: FloatArray) -> float:
    """A handy step of a price: 1, 2 or 5 times a power of ten, about half the move of a day.

    ``known`` are the prices so far (days,), of which the last 60 count.
    """
    moves = np.abs(np.diff(known[-_STEP_DAYS:]))
    half = float(moves.mean()) / 2 if len(moves) else 0.0
    if half <= 0:
        half = max(abs(float(known[-1])) / 200, 1e-6)
    power = 10.0 ** math.floor(math.log10(half))
    return min((factor * power for factor in (1, 2, 5, 10)), key=lambda step: abs(step - half))


@dataclass(frozen=True)
class NearerCount:
    """In how many ``rounds`` the class was nearer than the last known price.

    ``share`` has the interval of Clopper and Pearson (1934); None of fewer than FEWEST_ROUNDS.
    """

    nearer: int
    rounds: int
    share: ConfidenceInterval | None


def count_nearer(rounds: tuple[DrawnRound, ...]) -> NearerCount:
    """Count the rounds in which the class was nearer than the last known price."""
    nearer, count = sum(each.is_nearer for each in rounds), len(rounds)
    return NearerCount(nearer, count, binomial(nearer, count) if count >= FEWEST_ROUNDS else None)
