"""A walk or a search that was stopped goes on: only the folds that are missing are done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rnnstudio.core.stocks.validation.folds import Fold, FoldForecast, Outcome, Pool
from rnnstudio.core.stocks.validation.run_folds import Work
from rnnstudio.core.training import Control


class ContinuedPool:
    """A pool that takes the forecasts that ``earlier`` has, and lets ``pool`` do the rest.

    Folds are known by their keys. One that came to nothing is tried anew.
    """

    def __init__(self, pool: Pool, earlier: Work | None) -> None:
        self._pool, self._earlier = pool, earlier

    def outcomes(self, folds: Sequence[Fold], control: Control) -> Iterator[tuple[int, Outcome]]:
        """As ``Pool.outcomes``; what is known comes first."""
        known = {} if self._earlier is None else _forecasts(self._earlier)
        keys = [fold.key if known else "" for fold in folds]
        left = [place for place, key in enumerate(keys) if key not in known]
        for place, key in enumerate(keys):
            if key in known:
                yield place, known[key]
        if left:
            for number, outcome in self._pool.outcomes([folds[place] for place in left], control):
                yield left[number], outcome


def _forecasts(work: Work) -> dict[str, FoldForecast]:
    found = {}
    for fold, outcome in zip(work.folds, work.outcomes, strict=True):
        if isinstance(outcome, FoldForecast):
            found[fold.key] = outcome
    return found
