"""A search's rows: how a candidate did on each fold, beside yesterday's price.

Prices are float64, in the unit of the file.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.price_table import FloatArray
from rnnstudio.core.stocks.evaluation.baselines import persistence
from rnnstudio.core.stocks.evaluation.metrics import rmse
from rnnstudio.core.stocks.validation.folds import Fold, FoldForecast, Outcome
from rnnstudio.core.stocks.validation.search_space import Candidate, format_value


@dataclass(frozen=True)
class CandidateScore:
    """One candidate on one fold: RMSE in prices, and over that of persistence on the same days.

    ``ratio`` is NaN if persistence makes no error.
    """

    rmse: float
    ratio: float


@dataclass(frozen=True)
class SearchRow:
    """One candidate: its score on every fold (None if there is none), and why some failed."""

    candidate: Candidate
    scores: tuple[CandidateScore | None, ...]
    seconds: float
    failures: tuple[Message, ...] = ()

    @property
    def ratios(self) -> tuple[float, ...]:
        """The ratios of the folds that are scored."""
        return tuple(score.ratio for score in self.scores if score is not None)

    @property
    def whole(self) -> bool:
        """Whether every fold has a score: a mean over fewer cannot be compared."""
        return all(score is not None for score in self.scores)

    @cached_property
    def mean(self) -> float:
        """The mean ratio; NaN unless every fold has one."""
        return float(np.mean(self.ratios)) if self.whole else math.nan

    @cached_property
    def std(self) -> float:
        """The standard deviation of the ratios over the folds; NaN unless every fold has one."""
        return float(np.std(self.ratios)) if self.whole else math.nan

    @cached_property
    def rmse(self) -> float:
        """The mean RMSE in prices; NaN unless every fold has one."""
        found = [score.rmse for score in self.scores if score is not None]
        return float(np.mean(found)) if self.whole else math.nan


def score_of(fold: Fold, outcome: Outcome | None) -> CandidateScore | None:
    """The score of a fold; None if it has no forecast."""
    if not isinstance(outcome, FoldForecast):
        return None
    return scored(fold, np.array(outcome.predicted))


def scored(fold: Fold, predicted: FloatArray) -> CandidateScore:
    """The score of any forecast of a fold's rows, in prices (rows,)."""
    truth = fold.table.column(fold.spec.target)
    actual = truth[fold.rows.start : fold.rows.stop]
    own = rmse(actual, predicted)
    flat = rmse(actual, persistence(truth, fold.rows))
    return CandidateScore(own, own / flat if flat > 0 else math.nan)


def sorted_by(
    rows: Iterable[SearchRow], column: str, descending: bool = False
) -> tuple[SearchRow, ...]:
    """The rows by ``mean``, ``std``, ``rmse``, ``seconds``, ``fold 1`` and so on, or a setting.

    Equal ones stay in their order; what has no number comes last, either way.
    """
    listed = list(rows)
    keys = [_key(row, column) for row in listed]
    there = [place for place, key in enumerate(keys) if key is not None]
    ordered = sorted(there, key=lambda place: keys[place], reverse=descending)
    missing = [place for place, key in enumerate(keys) if key is None]
    return tuple(listed[place] for place in (*ordered, *missing))


def _key(row: SearchRow, column: str) -> Any:
    """What a row is sorted by; None if there is nothing."""
    if column in row.candidate.changed:
        value = row.candidate.changed[column]
        return value if value is None or isinstance(value, int | float) else format_value(value)
    if column.startswith("fold "):
        score = row.scores[int(column.removeprefix("fold ")) - 1]
        value = math.nan if score is None else score.ratio
    else:
        value = getattr(row, column)
    return None if math.isnan(value) else value
