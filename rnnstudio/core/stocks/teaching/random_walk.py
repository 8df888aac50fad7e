"""A made-up share that looks like a real one and of whose tomorrow nothing can be known."""

from __future__ import annotations

import numpy as np

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.price_table import FloatArray, PriceTable, is_price
from rnnstudio.core.stocks.data.split import Split


def random_walk(split: Split, target: str, seed: int) -> Split:
    """A walk with the dates, the columns and the spans of ``split``.

    It begins with the share's first day. Each later day draws one of the share's days before the
    test span, with replacement, and repeats what happened on it: its prices stand to the walk's
    last target as that day's stood to the target of the day before it; what is not a price is that
    day's own. So a candle has the shape of a real one.

    The ratios are divided by the mean ratio of the target, which takes the drift away: the expected
    target of tomorrow, given all that is known today, is the target of today (a martingale). So no
    forecast has a smaller expected squared error than 'tomorrow = today'; one that is better on
    such a walk was lucky, or leaked. Raises UserError when the target is not a price, one of its
    prices before the test span is not above 0, or there is no such day with one before it.
    """
    known = split.known
    prices = _target(known, target)
    days = np.arange(1, known.rows)
    drawn = np.random.default_rng(seed).choice(days, split.table.rows - 1)
    drift = float(np.mean(prices[1:] / prices[:-1]))
    steps = prices[drawn] / prices[drawn - 1] / drift
    before = prices[0] * np.cumprod(np.append(1.0, steps[:-1]))
    scale = before / prices[drawn - 1] / drift
    columns = {
        name: np.append(values[0], values[drawn] * (scale if is_price(name) else 1))
        for name, values in known.columns.items()
    }
    like = {"source": split.table.source, "seed": seed}
    source = Message("a random walk like {source} (seed {seed})", like)
    table = PriceTable(str(source), split.table.dates, columns)
    return Split(table, split.rows_train, split.rows_validation)


def _target(known: PriceTable, target: str) -> FloatArray:
    """The target's prices, of which ratios can be made."""
    prices = known.column(target)
    if not is_price(target):
        raise UserError(
            "{target} holds no prices, so there is no random walk like it; choose a column of "
            "prices as the target.",
            target=target,
        )
    wrong = np.flatnonzero(prices <= 0)
    if len(wrong):
        raise UserError(
            "{source} has {prices:g} in {target} on {dates}, of which no random walk can be "
            "made; choose a column whose prices are above 0.",
            source=known.source,
            prices=prices[wrong[0]],
            target=target,
            dates=known.dates[wrong[0]],
        )
    if known.rows < 2:
        raise UserError(
            "{source} has too few days before the test span ({rows}); a random walk like it needs "
            "at least 2.",
            source=known.source,
            rows=known.rows,
        )
    return prices
