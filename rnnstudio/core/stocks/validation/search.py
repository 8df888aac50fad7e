"""A search over settings on the days before the test span, which never travel along.

Every candidate is trained and scored on the same folds, scikit-learn's ``TimeSeriesSplit``: the
days trained on grow, a gap follows, and the days after it are forecast one day ahead.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.baselines import close_before
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import training_data
from rnnstudio.core.stocks.model.scaling import require_usable
from rnnstudio.core.stocks.validation.conclusion import search_claim, search_grounds
from rnnstudio.core.stocks.validation.folds import Fold, FoldForecast, Outcome, Pool, make_fold
from rnnstudio.core.stocks.validation.run_folds import each_once, failures_of, run_folds_job
from rnnstudio.core.stocks.validation.search_scores import SearchRow, score_of, scored, sorted_by
from rnnstudio.core.stocks.validation.search_space import Candidate, SearchSpace, require_all
from rnnstudio.core.training import Control, Training

FOLDS = 5
Spans = tuple[tuple[int, range], ...]
"""For each fold the number of days trained on, and the rows that are scored."""


@dataclass(frozen=True)
class SearchPlan:
    """What is searched: ``space`` on ``base``, on ``folds`` folds.

    ``gap`` days between those trained on and those scored are left out; None is the longest
    lookback among the candidates, so that no input of a scored day is a target of the training.
    ``draws`` candidates are drawn at random (with the seed of ``base``); None tries all.
    """

    base: ForecastSpec
    space: SearchSpace
    folds: int = FOLDS
    gap: int | None = None
    draws: int | None = None


@dataclass(frozen=True, eq=False)
class SearchTable:
    """A search, as far as it has come.

    ``known`` are the days it may see. ``folds`` and ``outcomes`` (None: not done) are those of the
    first candidate, then those of the second, and so on. ``listed`` are the rows in the order of
    the candidates: an outcome changes one of them, however many there are.
    """

    plan: SearchPlan
    known: PriceTable
    gap: int
    candidates: tuple[Candidate, ...]
    folds: tuple[Fold, ...]
    outcomes: tuple[Outcome | None, ...]
    listed: tuple[SearchRow, ...]

    def put(self, place: int, outcome: Outcome) -> SearchTable:
        """The table with the outcome of the fold at ``place``."""
        outcomes = (*self.outcomes[:place], outcome, *self.outcomes[place + 1 :])
        number = place // self.plan.folds
        places = slice(number * self.plan.folds, (number + 1) * self.plan.folds)
        row = _row(self.candidates[number], self.folds[places], outcomes[places])
        listed = (*self.listed[:number], row, *self.listed[number + 1 :])
        return replace(self, outcomes=outcomes, listed=listed)

    def put_all(self, found: Mapping[int, Outcome]) -> SearchTable:
        """The table with these outcomes by the places of their folds."""
        outcomes = tuple(found.get(at, each) for at, each in enumerate(self.outcomes))
        count = self.plan.folds
        listed = tuple(
            _row(candidate, self.folds[at : at + count], outcomes[at : at + count])
            for candidate, at in zip(self.candidates, range(0, len(outcomes), count), strict=True)
        )
        return replace(self, outcomes=outcomes, listed=listed)

    @property
    def seed(self) -> int:
        """The seed of the settings that the search began with."""
        return self.plan.base.seed

    @property
    def spans(self) -> tuple[Fold, ...]:
        """The folds of one candidate: the days trained on and scored are the same for all."""
        return self.folds[: self.plan.folds]

    @property
    def settings(self) -> tuple[str, ...]:
        """The names of the settings that are tried."""
        return tuple(self.plan.space.values)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the table's columns, by each of which ``sorted_by`` sorts."""
        folds = (f"fold {number}" for number in range(1, self.plan.folds + 1))
        return (*self.settings, "mean", "std", "rmse", *folds, "seconds")

    @cached_property
    def rows(self) -> tuple[SearchRow, ...]:
        """A row for every candidate, the lowest mean ratio first, those without one last."""
        return sorted_by(self.listed, "mean")

    @property
    def whole(self) -> bool:
        """Whether every fold was done or failed."""
        return all(outcome is not None for outcome in self.outcomes)

    @property
    def best(self) -> SearchRow | None:
        """The row with the lowest mean ratio; None while no candidate has one."""
        first = self.rows[0]
        return None if math.isnan(first.mean) else first

    @property
    def best_spec(self) -> ForecastSpec | None:
        """The settings of ``best``."""
        return None if self.best is None else self.best.candidate.spec

    @property
    def ratio(self) -> float:
        """The mean ratio of the best; NaN while there is none."""
        return math.nan if self.best is None else self.best.mean

    @cached_property
    def ratio_close(self) -> float | None:
        """The mean ratio of ``baselines.close_before``, on the folds of every candidate.

        None if there is no such forecast.
        """
        ratios = []
        for fold in self.spans:
            close = close_before(self.known, fold.spec.target, fold.rows)
            if close is None:
                return None
            ratios.append(scored(fold, close).ratio)
        return sum(ratios) / len(ratios)

    @property
    def claim(self) -> Message:
        """What the best candidate shows."""
        best, done = self.best, sum(row.whole for row in self.rows)
        if best is None:
            return Message("No candidate has a score on every fold.")
        return search_claim(best.candidate.name, best.ratios, done, len(self.candidates))

    @property
    def grounds(self) -> tuple[Message, ...]:
        """What the claim rests on, and what it does not show; why there is none."""
        best, done = self.best, sum(row.whole for row in self.rows)
        if best is None:
            return each_once(each for row in self.rows for each in row.failures)
        return search_grounds(best.ratios, self.ratio_close, done)

    @property
    def verdict(self) -> Message:
        """The claim, and what it rests on."""
        return Message.joined((self.claim, *self.grounds))


def new_search(plan: SearchPlan, split: Split) -> SearchTable:
    """The table before its first fold.

    Raises UserError when a value is impossible, alone, with the others, or on these days (the
    sentence names it), or the folds do not fit into the days before the test span.
    """
    candidates = plan.space.candidates(plan.base, plan.draws, plan.base.seed)
    gap, spans = _gap_and_spans(plan, split.known, candidates)
    first = Split(split.known.part(slice(0, spans[0][1].stop)), spans[0][0])
    require_all(candidates, plan.base, lambda spec: _require_fit(spec, split.known, first))
    folds = tuple(
        make_fold(candidate.spec, split.known, known, rows)
        for candidate in candidates
        for known, rows in spans
    )
    listed = tuple(SearchRow(candidate, (None,) * plan.folds, 0.0) for candidate in candidates)
    return SearchTable(plan, split.known, gap, candidates, folds, (None,) * len(folds), listed)


def _row(
    candidate: Candidate, folds: Sequence[Fold], outcomes: Sequence[Outcome | None]
) -> SearchRow:
    """The row of one candidate from the results of its folds."""
    return SearchRow(
        candidate,
        tuple(map(score_of, folds, outcomes)),
        sum(each.seconds for each in outcomes if isinstance(each, FoldForecast)),
        failures_of(outcomes),
    )


def _gap_and_spans(
    plan: SearchPlan, known: PriceTable, candidates: tuple[Candidate, ...]
) -> tuple[int, Spans]:
    """A gap that nobody chose is the longest lookback, whose settings are then to blame for it."""
    if plan.gap is not None:
        return plan.gap, search_spans(known, plan.folds, plan.gap)
    longest = max(candidates, key=lambda each: each.spec.lookback)

    def spans(spec: ForecastSpec) -> Spans:
        return search_spans(known, plan.folds, spec.lookback)

    require_all([longest], plan.base, spans)
    return longest.spec.lookback, spans(longest.spec)


def search_spans(known: PriceTable, folds: int, gap: int) -> Spans:
    """The spans of scikit-learn's ``TimeSeriesSplit``.

    Raises UserError when the ``known`` days are too few for so many folds and such a gap.
    """
    from sklearn.model_selection import TimeSeriesSplit

    if folds < 2:
        raise UserError("At least 2 folds are needed (got {folds}).", folds=folds)
    if gap < 0:
        raise UserError("A gap of 0 or more days is needed (got {gap}).", gap=gap)
    try:
        parts = list(TimeSeriesSplit(folds, gap=gap).split(known.dates))
    except ValueError:
        raise UserError(
            "{folds} folds with a gap of {gap} days do not fit into the {rows} days of "
            "{source} before the test span; choose fewer folds or a shorter gap.",
            folds=folds,
            gap=gap,
            rows=known.rows,
            source=known.source,
        ) from None
    return tuple((len(learnt), range(scored[0], scored[-1] + 1)) for learnt, scored in parts)


def search_job(plan: SearchPlan, split: Split, pool: Pool, control: Control) -> Training:
    """Try every candidate; ``Finished`` and each ``Checkpoint`` carry a ``SearchTable``.

    Raises UserError as ``new_search`` does, before it starts, and as ``pool`` does.
    """
    yield from run_folds_job(new_search(plan, split), pool, control)


def _require_fit(spec: ForecastSpec, known: PriceTable, first: Split) -> None:
    """Raise UserError if ``spec`` cannot be trained on ``first`` or a column is of no use."""
    require_usable(spec, known)
    training_data(spec, first)
