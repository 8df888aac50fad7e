"""Everything that says whether a forecast is worth anything, in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.price_table import FloatArray
from rnnstudio.core.stocks.evaluation.baselines import BASELINES
from rnnstudio.core.stocks.evaluation.forecast import MOST_DAYS, Forecast, Horizons
from rnnstudio.core.stocks.evaluation.leakage_checks import ACCESSES, Check, leakage_checks
from rnnstudio.core.stocks.evaluation.metrics import Errors, errors
from rnnstudio.core.stocks.evaluation.price_history import path_caution, span_caution
from rnnstudio.core.stocks.evaluation.uncertainty import (
    FEWEST_DAYS,
    ConfidenceInterval,
    HitRate,
    Lag,
    Spread,
    hit_rate,
    lag,
    skill,
    spread,
)
from rnnstudio.core.stocks.evaluation.verdict import (
    Contest,
    Judgement,
    closed_verdict,
    judgement_of,
    short_verdict,
    verdict,
)
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster
from rnnstudio.core.stocks.model.rollout import rollout

NETWORK = "network"


@dataclass(frozen=True)
class Figures:
    """The errors of one way of forecasting, and how often it called the right direction."""

    name: str
    errors: Errors
    hit_rate: HitRate


@dataclass(frozen=True, eq=False)
class EvaluationSummary:
    """What a test span says about a network's open loop, and what it does not.

    ``days`` is how many test days that is. ``rows``: the network first, then persistence, drift and
    moving average. ``closed_loop`` and ``flat`` are the errors of the closed loop and of the price
    before its first day, held; ``closed_sentence`` says which is nearer. ``seeds`` is None while
    there is one seed only. ``cautions`` say where forecasts of more than one day go further than
    the share ever did. ``contest`` is what the verdict is decided by.
    """

    days: int
    rows: tuple[Figures, ...]
    closed_loop: Errors
    flat: Errors
    skill: ConfidenceInterval
    lag: Lag
    seeds: Spread | None
    horizons: Horizons
    nominal: float | None
    leakage_checks: tuple[Check, ...]
    sentence: Message
    closed_sentence: Message
    cautions: tuple[Message, ...]
    contest: Contest

    @property
    def network(self) -> Figures:
        """The network's own figures."""
        return self.rows[0]

    @property
    def persistence(self) -> Figures:
        """Those of 'tomorrow = today'."""
        return self.rows[1]

    @property
    def judgement(self) -> Judgement | None:
        """The verdict as one word; None over too few days."""
        return judgement_of(self.contest, self.seeds)

    @property
    def short_sentence(self) -> Message:
        """What that word rests on."""
        return short_verdict(self.contest, self.seeds)

    def with_seeds(self, seeds: Spread | None) -> EvaluationSummary:
        """The same, with the spread of several seeds and the verdict that it leads to."""
        return replace(self, seeds=seeds, sentence=verdict(self.contest, seeds))

    @property
    def ties(self) -> bool | None:
        """Whether the seeds tie with persistence; None for one seed, and over too few days."""
        if self.seeds is None or self.days < FEWEST_DAYS:
            return None
        return self.seeds.ties_with(self.persistence.errors.rmse)

    @property
    def leaks_nothing(self) -> bool:
        """Whether nothing of the test span reached the network, however often it was evaluated."""
        return all(check.ok for check in self.leakage_checks if check.name != ACCESSES)

    @property
    def clean(self) -> bool:
        """Whether every leakage check is in order."""
        return all(check.ok for check in self.leakage_checks)


def summarize(forecast: Forecast, seeds: Sequence[TrainedForecaster] = ()) -> EvaluationSummary:
    """The summary of a forecast; ``seeds`` are trainings that differ from its own in the seed only.

    The forecast's own training may be among them.
    """
    actual, before = forecast.actual, forecast.persistence
    rows = _rows(forecast)
    found = skill(actual, forecast.predicted, before)
    closed, flat = _errors(forecast, forecast.closed_loop), _errors(forecast, forecast.flat)
    contest = contest_of(forecast, found)
    summary = EvaluationSummary(
        days=len(forecast.rows),
        rows=rows,
        closed_loop=closed,
        flat=flat,
        skill=found,
        lag=lag(actual, forecast.predicted, before),
        seeds=None,
        horizons=forecast.horizons,
        nominal=None if forecast.intervals is None else forecast.intervals.nominal,
        leakage_checks=leakage_checks(forecast),
        sentence=verdict(contest),
        closed_sentence=closed_verdict(len(forecast.rows), closed, flat),
        cautions=_cautions(forecast),
        contest=contest,
    )
    return summary.with_seeds(_spread(forecast, seeds))


def _cautions(forecast: Forecast) -> tuple[Message, ...]:
    past, last = forecast.truth[: forecast.rows.start], forecast.persistence
    path = forecast.closed_loop[:MOST_DAYS]
    found = (
        span_caution(past, last, forecast.ahead),
        path_caution(past, float(last[0]), path, forecast.dates[: len(path)]),
    )
    return tuple(each for each in found if each is not None)


def _rows(forecast: Forecast) -> tuple[Figures, ...]:
    guesses = {name: guess(forecast.truth, forecast.rows) for name, guess in BASELINES.items()}
    return tuple(
        Figures(
            name,
            _errors(forecast, predicted),
            hit_rate(forecast.actual, predicted, forecast.persistence),
        )
        for name, predicted in {NETWORK: forecast.predicted, **guesses}.items()
    )


def _errors(forecast: Forecast, predicted: FloatArray) -> Errors:
    learnt = forecast.split.table.column(forecast.spec.target)[: forecast.split.rows_train]
    return errors(forecast.actual, predicted, learnt)


def _spread(forecast: Forecast, seeds: Sequence[TrainedForecaster]) -> Spread | None:
    others = {each.spec.seed: each for each in seeds if each is not forecast.trained}
    if not others:
        return None
    predicted = [rollout(each, forecast.table, forecast.rows, 1)[:, 0] for each in others.values()]
    return spread(forecast.actual, [forecast.predicted, *predicted])


def contest_of(forecast: Forecast, found: ConfidenceInterval) -> Contest:
    """The forecast's RMSE beside those that need no network; ``found`` is its skill."""
    return Contest(
        len(forecast.rows), forecast.rmse, forecast.rmse_persistence, forecast.rmse_close, found
    )
