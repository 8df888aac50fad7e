"""Runs side by side: the settings that differ, and which of their errors can be ranked at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from rnnstudio.core.stocks.evaluation.forecast import Forecast
from rnnstudio.core.stocks.evaluation.uncertainty import FEWEST_DAYS
from rnnstudio.core.stocks.files.run_descriptions import MOST_NAMED, listed
from rnnstudio.core.stocks.files.runs import RunEntry

_WORDS = {"epochs": "most epochs", "validation": "validation share"}
"""Settings that are told in other words than their names in ``ForecastSpec``."""


@dataclass(frozen=True)
class Difference:
    """A setting that is not the same in all runs, and what it is in each."""

    setting: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Ranking:
    """The place of each run among those tested on the same days of the same prices, from 1.

    A run has no place (None) while its test span is shut, where no other run was tested on its
    days, or where those are fewer than FEWEST_DAYS. ``sentence`` says what is ranked, what is not,
    and why.
    """

    places: tuple[int | None, ...]
    sentence: str


def differences(runs: Sequence[RunEntry]) -> tuple[Difference, ...]:
    """The file, the spans and the settings that are not the same in all runs."""
    told = [_settings(run) for run in runs]
    rows = (
        Difference(name, tuple(each[name] for each in told)) for name in (told[0] if told else ())
    )
    return tuple(row for row in rows if len(set(row.values)) > 1)


def ranking(runs: Sequence[RunEntry]) -> Ranking:
    """Places by RMSE, each among runs whose test days and true prices are the same.

    An error of other prices is in another unit, one of other days met another market: neither says
    which network is better.
    """
    groups = _groups(runs)
    places: list[int | None] = [None] * len(runs)
    for group in groups:
        if _ranks(runs, group):
            errors = [_forecast(runs[at]).rmse for at in group]
            for at, error in zip(group, errors, strict=True):
                places[at] = 1 + sum(other < error for other in errors)
    return Ranking(tuple(places), _sentence(runs, groups))


def same_test(one: Forecast, other: Forecast) -> bool:
    """Whether both forecast the same days of the same prices."""
    return np.array_equal(one.dates, other.dates) and np.array_equal(one.actual, other.actual)


def _ranks(runs: Sequence[RunEntry], group: Sequence[int]) -> bool:
    """Whether the runs of a group can be ranked by their errors."""
    return len(group) > 1 and len(_forecast(runs[group[0]]).rows) >= FEWEST_DAYS


def _settings(run: RunEntry) -> dict[str, str]:
    split, spec = run.trained.split, asdict(run.trained.spec)
    return {
        "file": run.table.source,
        "training": _span(run, split.train_rows),
        "validation": _span(run, split.validation_rows),
        "test": _span(run, split.test_rows),
        **{_WORDS.get(name, name.replace("_", " ")): _text(each) for name, each in spec.items()},
    }


def _span(run: RunEntry, rows: range) -> str:
    if not rows:
        return "none"
    dates = run.table.dates
    return f"{len(rows):,} days, {dates[rows.start]} to {dates[rows.stop - 1]}"


def _text(value: Any) -> str:
    if value is None:
        return "none"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _groups(runs: Sequence[RunEntry]) -> list[list[int]]:
    """The places of evaluated runs, those with one test together."""
    groups: list[list[int]] = []
    for at, run in enumerate(runs):
        if run.evaluation is None:
            continue
        forecast = run.evaluation.forecast
        group = next((g for g in groups if same_test(_forecast(runs[g[0]]), forecast)), None)
        if group is None:
            groups.append([at])
        else:
            group.append(at)
    return groups


def _forecast(run: RunEntry) -> Forecast:
    if run.evaluation is None:
        raise AssertionError("the test span of a run that is compared is open")
    return run.evaluation.forecast


def _sentence(runs: Sequence[RunEntry], groups: Sequence[Sequence[int]]) -> str:
    parts = [_ranked(runs, group) for group in groups if _ranks(runs, group)]
    parts += [
        f"{listed([runs[at].name for at in group])} share {len(_forecast(runs[group[0]]).rows)} "
        f"test days: to rank them takes {FEWEST_DAYS} or more."
        for group in groups
        if len(group) > 1 and not _ranks(runs, group)
    ]
    if len(groups) > 1:
        parts.append(_not_ranked(runs, groups))
    shut = [run.name for run in runs if run.evaluation is None]
    if shut:
        parts.append(f"{listed(shut)}: not evaluated, so there is nothing to compare yet.")
    return " ".join(parts)


def _ranked(runs: Sequence[RunEntry], group: Sequence[int]) -> str:
    first = _forecast(runs[group[0]])
    best = min(group, key=lambda at: _forecast(runs[at]).rmse)
    error, flat = _forecast(runs[best]).rmse, first.rmse_persistence
    beats = "less than" if error < flat else "no less than"
    return (
        f"On the same {len(first.rows)} days “{runs[best].name}” has the lowest RMSE of "
        f"{len(group)} runs, {error:.4g}: {beats} that of yesterday's price, {flat:.4g}. Whoever "
        "picks it for that has chosen on the test span."
    )


def _not_ranked(runs: Sequence[RunEntry], groups: Sequence[Sequence[int]]) -> str:
    sets = " / ".join(listed([runs[at].name for at in group]) for group in groups[:MOST_NAMED])
    if len(groups) > MOST_NAMED:
        sets += f" and {len(groups) - MOST_NAMED} more"
    firsts = [_forecast(runs[group[0]]) for group in groups]
    days = all(np.array_equal(each.dates, firsts[0].dates) for each in firsts)
    return (
        f"Not ranked against each other: {sets}. Their errors are of other "
        f"{'prices' if days else 'days or prices'}, so the lower one is not the better network."
    )
