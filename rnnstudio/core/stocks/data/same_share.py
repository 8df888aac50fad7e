"""Whether a test file plainly holds another share than the training file, or another time."""

from __future__ import annotations

import numpy as np

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.price_table import PriceTable

_STEPS, _DAYS = 25, 60
"""A test file that begins after more usual steps, and more days, does not go on where the training
file ends."""
_DEVIATIONS, _LEAST = 6.0, 0.3
"""Standard deviations that the price may move in so many days, and the logarithm of its ratio that
it may move in any case."""


def same_share_warning(
    train: PriceTable, test: PriceTable, names: tuple[str, str] = ("", "")
) -> Message | None:
    """What speaks against ``test`` being later days of the share ``train``; None if nothing.

    ``names`` are what the files call their shares, empty if they do not. Otherwise the days
    between the files are compared with the usual step, and the price at the border with what it
    moves in as many days.
    """
    files = {"train": train.source, "test": test.source}
    if all(names) and names[0].casefold() != names[1].casefold():
        return Message(
            "{train} is of {one} and {test} of {other}; the test span has to be of the same share.",
            {**files, "one": names[0], "other": names[1]},
        )
    column = next((name for name in train.price_names if name in test.price_names), None)
    if column is None or test.dates[0] <= train.dates[-1] or train.rows < 3:
        return None
    steps = np.diff(train.dates.astype("datetime64[s]")).astype(np.int64)
    gap = int((test.dates[0] - train.dates[-1]).astype("timedelta64[s]").astype(np.int64))
    between = gap / max(float(np.median(steps)), 1.0)
    days = gap // 86_400
    if between > _STEPS and days > _DAYS:
        return Message(
            "{test} begins {days:n} days after {train} ends, so that it does not go on where the "
            "training ends; choose later days of the same share.",
            {**files, "days": days},
        )
    return _about_level(train, test, column, between)


def _about_level(
    train: PriceTable, test: PriceTable, column: str, between: float
) -> Message | None:
    known, first = train.column(column), float(test.column(column)[0])
    if (known <= 0).any() or first <= 0:
        return None
    usual = float(np.std(np.diff(np.log(known))))
    move = abs(np.log(first / known[-1]))
    if move <= max(_DEVIATIONS * usual * np.sqrt(max(between, 1.0)), _LEAST):
        return None
    return Message(
        "The {column} leaps from {last:,.6g} at the end of {train} to {first:,.6g} at the "
        "beginning of {test}, more than this share moves; it may be another share, or split in "
        "between.",
        {
            "train": train.source,
            "test": test.source,
            "column": column,
            "last": float(known[-1]),
            "first": first,
        },
    )
