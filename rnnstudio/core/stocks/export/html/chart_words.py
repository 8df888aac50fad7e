"""The drawings of a report in words: what is seen of a curve by whoever cannot see it.

Curves are float64 and, where nothing else is said, in the unit of the prices.
"""

from __future__ import annotations

from functools import reduce

import numpy as np

from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import tidy
from rnnstudio.core.stocks.data.price_table import FloatArray
from rnnstudio.core.stocks.evaluation.forecast import Forecast


def days_in_words(forecast: Forecast, *ranges: Message) -> Message:
    """A chart over the test days in words."""
    dates = forecast.dates
    return Message(
        "{days:n} test days, {first} to {last}: {ranges}.",
        {
            "days": len(dates),
            "first": dates[0],
            "last": dates[-1],
            "ranges": clauses(*ranges),
        },
    )


def losses_in_words(training: FloatArray, validation: FloatArray | None) -> Message:
    """The losses after each epoch (epochs,) in words; mean squared errors have no unit."""
    values = {
        "first": tidy(training[0]),
        "last": tidy(training[-1]),
        "epochs": len(training),
    }
    if validation is None:
        return Message("Training from {first} to {last}; {epochs} epochs.", values)
    best = int(np.argmin(validation))
    return Message(
        "Training from {first} to {last}; validation from {held_first} to {held_last}, lowest in "
        "epoch {best} with {lowest}; {epochs} epochs.",
        values
        | {
            "held_first": tidy(validation[0]),
            "held_last": tidy(validation[-1]),
            "best": best + 1,
            "lowest": tidy(validation[best]),
        },
    )


def clauses(first: Message, *others: Message) -> Message:
    """Clauses of one sentence."""
    return reduce(
        lambda one, other: Message("{one}; {other}", {"one": one, "other": other}), others, first
    )


def range_in_words(name: Message, values: FloatArray) -> Message:
    """As in "truth from 139.7 to 181.9, at the end 153.4"; ``values`` are (days,)."""
    return Message(
        "{name} from {low} to {high}, at the end {end}",
        {
            "name": name,
            "low": tidy(values.min()),
            "high": tidy(values.max()),
            "end": tidy(values[-1]),
        },
    )
