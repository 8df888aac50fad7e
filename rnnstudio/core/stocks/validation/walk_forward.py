"""Walk-forward evaluation: before each block of test days the network is trained anew.

The origin rolls over the test span; all days before it are trained on, so that the training span
grows. Every day is forecast one day ahead, from the true days before it (the open loop).

Prices are float64, in the unit of the file. Which days are done is bool.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.price_table import Dates, FloatArray
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.baselines import BASELINES, close_before, persistence
from rnnstudio.core.stocks.evaluation.metrics import Errors, errors, rmse
from rnnstudio.core.stocks.evaluation.summary import NETWORK, Figures
from rnnstudio.core.stocks.evaluation.uncertainty import ConfidenceInterval, hit_rate, skill
from rnnstudio.core.stocks.evaluation.verdict import Contest
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import training_data
from rnnstudio.core.stocks.model.scaling import require_usable
from rnnstudio.core.stocks.validation.conclusion import walk_verdict
from rnnstudio.core.stocks.validation.folds import Fold, FoldForecast, Outcome, Pool, make_fold
from rnnstudio.core.stocks.validation.run_folds import failure_of, failures_of, run_folds_job
from rnnstudio.core.training import Control, Training

EVERY = 20
"""Days between two trainings where nobody says otherwise: about a month of trading."""


@dataclass(frozen=True)
class WalkBlock:
    """The days from one training to the next, and how they went.

    ``first`` and ``last`` are ISO dates. Figures are None if the block is not done; ``refused``
    is the sentence that says why a training came to nothing.
    """

    first: str
    last: str
    days: int
    epochs: int | None = None
    rmse: float | None = None
    rmse_persistence: float | None = None
    seconds: float | None = None
    refused: Message | None = None

    @property
    def ratio(self) -> float:
        """The network's RMSE over that of persistence; NaN if there is none."""
        if self.rmse is None or not self.rmse_persistence:
            return float("nan")
        return self.rmse / self.rmse_persistence


@dataclass(frozen=True, eq=False)
class Walk:
    """A walk over the test span of ``split``, as far as it has come.

    ``folds`` are the blocks of ``every`` days in order of time, ``outcomes`` the result of each,
    None if it is not done. Arrays over the test span are (rows,).
    """

    spec: ForecastSpec
    split: Split
    every: int
    folds: tuple[Fold, ...]
    outcomes: tuple[Outcome | None, ...]

    def put(self, place: int, outcome: Outcome) -> Walk:
        """The walk with the outcome of the fold at ``place``."""
        outcomes = (*self.outcomes[:place], outcome, *self.outcomes[place + 1 :])
        return replace(self, outcomes=outcomes)

    @property
    def seed(self) -> int:
        """The seed of every training."""
        return self.spec.seed

    @property
    def rows(self) -> range:
        """The rows of the test span."""
        return self.split.test_rows

    @property
    def dates(self) -> Dates:
        """The days of the test span, (days,) datetime64."""
        return self.split.table.dates[self.rows.start : self.rows.stop]

    @property
    def truth(self) -> FloatArray:
        """The target over the whole table, (all rows,)."""
        return self.split.table.column(self.spec.target)

    @property
    def actual(self) -> FloatArray:
        """The true target on the days of the test span, (days,), done or not."""
        return self.truth[self.rows.start : self.rows.stop]

    @property
    def persistence(self) -> FloatArray:
        """The target of the day before each day, (days,): 'tomorrow = today'."""
        return persistence(self.truth, self.rows)

    @cached_property
    def predicted(self) -> FloatArray:
        """The forecasts, (days,); NaN on the days that are not done."""
        predicted = np.full(len(self.rows), np.nan)
        for fold, outcome in zip(self.folds, self.outcomes, strict=True):
            if isinstance(outcome, FoldForecast):
                start = fold.rows.start - self.rows.start
                predicted[start : start + len(fold.rows)] = outcome.predicted
        return predicted

    @property
    def done(self) -> npt.NDArray[np.bool_]:
        """Which days have a forecast, (days,)."""
        return np.isfinite(self.predicted)

    @property
    def days_done(self) -> int:
        """Number of days that have a forecast."""
        return int(self.done.sum())

    @property
    def forecasts(self) -> tuple[FoldForecast, ...]:
        """The outcomes that are forecasts."""
        return tuple(each for each in self.outcomes if isinstance(each, FoldForecast))

    @property
    def refits(self) -> int:
        """Number of trainings that came to a forecast."""
        return len(self.forecasts)

    @property
    def refused(self) -> tuple[Message, ...]:
        """The sentences of the trainings that came to nothing, each once."""
        return failures_of(self.outcomes)

    @property
    def whole(self) -> bool:
        """Whether every day has a forecast."""
        return self.days_done == len(self.rows)

    @cached_property
    def errors(self) -> Mapping[str, Errors]:
        """The errors on the days done: the network's first, then those of ``BASELINES``.

        Empty while nothing is done. MASE is over the training span of the first training.
        """
        if not self.days_done:
            return {}
        first = self.folds[0]
        learnt = Split(first.table, first.known).with_validation(self.spec.validation).rows_train
        past = self.truth[:learnt]
        return {
            name: errors(self.actual[self.done], predicted[self.done], past)
            for name, predicted in self._by_name.items()
        }

    @cached_property
    def figures(self) -> tuple[Figures, ...]:
        """``errors``, and how often each way of forecasting called the right direction."""
        truth, _, before = self._three()
        return tuple(
            Figures(name, found, hit_rate(truth, self._by_name[name][self.done], before))
            for name, found in self.errors.items()
        )

    @property
    def _by_name(self) -> Mapping[str, FloatArray]:
        """The forecasts of the network and of those that need none, over the test span."""
        guesses = {name: guess(self.truth, self.rows) for name, guess in BASELINES.items()}
        return {NETWORK: self.predicted, **guesses}

    @property
    def ratio(self) -> float:
        """The network's RMSE over that of persistence; NaN if there is none."""
        if not self.days_done or self.errors["persistence"].rmse == 0:
            return float("nan")
        return self.errors[NETWORK].rmse / self.errors["persistence"].rmse

    @property
    def rmse_close(self) -> float | None:
        """The RMSE of ``baselines.close_before`` on the days done; None if there is none."""
        close = close_before(self.split.table, self.spec.target, self.rows)
        if close is None or not self.days_done:
            return None
        return rmse(self.actual[self.done], close[self.done])

    @cached_property
    def skill(self) -> ConfidenceInterval | None:
        """1 - RMSE / RMSE of persistence with its interval; None while nothing is done."""
        return skill(*self._three()) if self.days_done else None

    def _three(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """The truth, the forecast and the day before, on the days done."""
        return self.actual[self.done], self.predicted[self.done], self.persistence[self.done]

    @property
    def blocks(self) -> tuple[WalkBlock, ...]:
        """Every block in the order of time."""
        return tuple(map(self._block, self.folds, self.outcomes))

    def _block(self, fold: Fold, outcome: Outcome | None) -> WalkBlock:
        first, last = fold.table.dates[[fold.rows.start, fold.rows.stop - 1]]
        block = WalkBlock(str(first), str(last), len(fold.rows), refused=failure_of(outcome))
        if not isinstance(outcome, FoldForecast):
            return block
        actual = self.truth[fold.rows.start : fold.rows.stop]
        return replace(
            block,
            epochs=outcome.epochs,
            rmse=rmse(actual, np.array(outcome.predicted)),
            rmse_persistence=rmse(actual, persistence(self.truth, fold.rows)),
            seconds=outcome.seconds,
        )

    @property
    def verdict(self) -> Message:
        """Whether the network beats yesterday's price on the days done."""
        if self.skill is None:
            return Message.joined((Message("No day of the walk is done."), *self.refused))
        found = Contest(
            self.days_done,
            self.errors[NETWORK].rmse,
            self.errors["persistence"].rmse,
            self.rmse_close,
            self.skill,
        )
        return walk_verdict(found, len(self.rows), self.refits)


def new_walk(spec: ForecastSpec, split: Split, every: int = EVERY) -> Walk:
    """The walk before its first fold; raises UserError as ``walk_folds`` does."""
    folds = walk_folds(spec, split, every)
    return Walk(spec, split, every, folds, (None,) * len(folds))


def walk_folds(spec: ForecastSpec, split: Split, every: int) -> tuple[Fold, ...]:
    """A fold for each ``every`` days of the test span; the last one may be shorter.

    A fold knows all days before its own; ``spec.validation`` is a fraction of those. Raises
    UserError when ``every`` is impossible, a column is missing or of no use, or there are too few
    days before the test span.
    """
    if not 1 <= every <= split.rows_test:
        raise UserError(
            "The network is to be trained anew every {every} days, but the test span of "
            "{source} has {rows_test}; choose 1 to {rows_test}.",
            every=every,
            source=split.table.source,
            rows_test=split.rows_test,
        )
    require_usable(spec, split.table)
    rows = split.table.rows
    folds = tuple(
        make_fold(spec, split.table, start, range(start, min(start + every, rows)))
        for start in range(split.rows_known, rows, every)
    )
    training_data(
        spec, Split(folds[0].table, folds[0].known)
    )  # the shortest: the others are longer
    return folds


def walk_forward_job(
    spec: ForecastSpec, split: Split, every: int, pool: Pool, control: Control
) -> Training:
    """Walk over the test span of ``split``; ``Finished`` and each ``Checkpoint`` carry a ``Walk``.

    Raises UserError as ``walk_folds`` does, before it starts, and as ``pool`` does.
    """
    yield from run_folds_job(new_walk(spec, split, every), pool, control)
