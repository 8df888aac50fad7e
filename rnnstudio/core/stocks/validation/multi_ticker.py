"""Walks or searches over many shares at once: all their folds go through one pool."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Generic, Protocol, Self, TypeVar

import numpy as np

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.batch_read import Gathered, UnreadableFile
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.evaluation.uncertainty import CONFIDENCE, ConfidenceInterval
from rnnstudio.core.stocks.validation.folds import Fold, Outcome
from rnnstudio.core.stocks.validation.run_folds import Work


class ShareWork(Work, Protocol):
    """A walk or a search of one share."""

    @property
    def ratio(self) -> float:
        """Its RMSE over that of yesterday's price; NaN while there is none."""
        ...

    @property
    def whole(self) -> bool:
        """Whether all of it is done."""
        ...


W = TypeVar("W", bound=ShareWork)


@dataclass(frozen=True, eq=False)
class Shares(Generic[W]):
    """The work of each share, by the ``names`` of their files, and the files that were refused.

    ``ends`` are the numbers of folds up to each share's last; with them a place among the folds of
    all shares is found in no time.
    """

    names: tuple[str, ...]
    parts: tuple[W, ...]
    ends: tuple[int, ...]
    refused: tuple[UnreadableFile, ...] = ()

    @property
    def folds(self) -> Sequence[Fold]:
        """The folds of all shares, one share after the other."""
        return tuple(fold for part in self.parts for fold in part.folds)

    @property
    def outcomes(self) -> Sequence[Outcome | None]:
        """The outcomes in that order."""
        return tuple(outcome for part in self.parts for outcome in part.outcomes)

    @property
    def seed(self) -> int:
        """The seed of the settings."""
        return self.parts[0].seed

    def put(self, place: int, outcome: Outcome) -> Self:
        """The same with the outcome of the fold at ``place``, put where it belongs."""
        share = bisect_right(self.ends, place)
        part = self.parts[share].put(
            place - self.ends[share] + len(self.parts[share].folds), outcome
        )
        return replace(self, parts=(*self.parts[:share], part, *self.parts[share + 1 :]))

    @property
    def whole(self) -> bool:
        """Whether every share is done."""
        return all(part.whole for part in self.parts)

    @property
    def summary(self) -> Summary:
        """What the shares that have a figure come to."""
        return summary_of([part.ratio for part in self.parts if not math.isnan(part.ratio)])


def shares_of(gathered: Gathered, make: Callable[[PriceTable], W]) -> Shares[W]:
    """The work that ``make`` makes of each table; a table that it refuses counts as refused.

    Raises UserError when no share is left, with the sentence of the first file.
    """
    parts: dict[str, W] = {}
    refused = list(gathered.refused)
    for name, table in gathered.tables.items():
        try:
            parts[name] = make(table)
        except UserError as error:
            refused.append(UnreadableFile(name, error.message))
    refused.sort(key=lambda each: each.file)
    if not parts:
        raise _none_left(refused)
    ends = tuple(accumulate(len(part.folds) for part in parts.values()))
    return Shares(tuple(parts), tuple(parts.values()), ends, tuple(refused))


def _none_left(refused: Sequence[UnreadableFile]) -> UserError:
    if len(refused) == 1:
        return UserError("{reason}", reason=refused[0].sentence)
    return UserError(
        "None of {count} files can be used. The first is refused: {reason}",
        count=len(refused),
        reason=refused[0].named,
    )


@dataclass(frozen=True)
class Summary:
    """Over ``shares``: how many have a lower RMSE than yesterday's price, and the mean ratio.

    ``mean`` has Student's interval over the shares; None if there is no share, and its ends are
    NaN for one. The interval is too narrow where shares move together, as those of one market do.
    """

    shares: int
    below: int
    mean: ConfidenceInterval | None

    @property
    def sentence(self) -> Message:
        """The figures in words that claim no more than they show."""
        if self.mean is None:
            return Message("No share has a figure.")
        values = {"below": self.below, "shares": self.shares, "mean": self.mean.estimate}
        if self.shares == 1:
            return Message(
                "On {below} of {shares} shares the RMSE is below that of yesterday's price; the "
                "mean ratio is {mean:.4f}, and one share says nothing about others.",
                values,
            )
        values |= {"level": CONFIDENCE, "low": self.mean.low, "high": self.mean.high}
        if self.mean.high < 1:
            return Message(
                "On {below} of {shares} shares the RMSE is below that of yesterday's price; the "
                "mean ratio is {mean:.4f} ({level:.0%} between {low:.4f} and {high:.4f}), below 1; "
                "shares of one market are not independent.",
                values,
            )
        return Message(
            "On {below} of {shares} shares the RMSE is below that of yesterday's price; the mean "
            "ratio is {mean:.4f} ({level:.0%} between {low:.4f} and {high:.4f}): not shown to be "
            "below 1.",
            values,
        )


def summary_of(ratios: Sequence[float]) -> Summary:
    """The summary of the ratios of all shares that have one."""
    below = sum(ratio < 1 for ratio in ratios)
    return Summary(len(ratios), below, _mean(ratios) if ratios else None)


def _mean(ratios: Sequence[float]) -> ConfidenceInterval:
    """The mean with Student's interval."""
    from scipy.special import stdtrit

    mean, count = float(np.mean(ratios)), len(ratios)
    if count == 1:
        return ConfidenceInterval(mean, math.nan, math.nan)
    quantile = float(stdtrit(count - 1, (1 + CONFIDENCE) / 2))
    reach = quantile * float(np.std(ratios, ddof=1)) / math.sqrt(count)
    return ConfidenceInterval(mean, mean - reach, mean + reach)
