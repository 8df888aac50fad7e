"""Runs side by side: the settings that differ, and which of their errors can be ranked at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import DayText
from rnnstudio.core.stocks.evaluation.forecast import Forecast
from rnnstudio.core.stocks.evaluation.uncertainty import FEWEST_DAYS
from rnnstudio.core.stocks.files.run_descriptions import MOST_NAMED, listed
from rnnstudio.core.stocks.files.runs import RunEntry

_SETTINGS = {
    "file": Message("file"),
    "training_span": Message("training"),
    "validation_span": Message("validation"),
    "test_span": Message("test"),
    "features": Message("features"),
    "target": Message("target"),
    "quantity": Message("quantity"),
    "window": Message("window"),
    "cell": Message("cell"),
    "layers": Message("layers"),
    "units": Message("units"),
    "dropout": Message("dropout"),
    "epochs": Message("most epochs"),
    "batch_size": Message("batch size"),
    "learning_rate": Message("learning rate"),
    "validation": Message("validation share"),
    "patience": Message("patience"),
    "seed": Message("seed"),
    "engine": Message("engine"),
}
"""What a run's file, its spans and the settings of its ``ForecastSpec`` are called."""


@dataclass(frozen=True)
class Difference:
    """A setting that is not the same in all runs, and what it is in each."""

    setting: Message
    values: tuple[Message, ...]


@dataclass(frozen=True)
class Ranking:
    """The place of each run among those tested on the same days of the same prices, from 1.

    A run has no place (None) while it is not evaluated, where no other run was tested on its
    days, or where those are fewer than FEWEST_DAYS. ``sentence`` says what is ranked, what is not,
    and why.
    """

    places: tuple[int | None, ...]
    sentence: Message


def differences(runs: Sequence[RunEntry]) -> tuple[Difference, ...]:
    """The file, the spans and the settings that are not the same in all runs."""
    settings = [_settings(run) for run in runs]
    rows = (
        Difference(_SETTINGS[name], tuple(each[name] for each in settings))
        for name in (settings[0] if settings else ())
    )
    return tuple(row for row in rows if len(set(map(str, row.values))) > 1)


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


def _settings(run: RunEntry) -> dict[str, Message]:
    split, spec = run.trained.split, asdict(run.trained.spec)
    return {
        "file": _value(run.table.source),
        "training_span": _span(run, split.train_rows),
        "validation_span": _span(run, split.validation_rows),
        "test_span": _span(run, split.test_rows),
        **{name: _value(each) for name, each in spec.items()},
    }


def _span(run: RunEntry, rows: range) -> Message:
    if not rows:
        return Message("none")
    dates = run.table.dates
    return Message.counted(
        "{n:n} day, {first} to {last}",
        "{n:n} days, {first} to {last}",
        len(rows),
        first=DayText(dates[rows.start]),
        last=DayText(dates[rows.stop - 1]),
    )


def _value(value: Any) -> Message:
    if value is None:
        return Message("none")
    return Message("{value}", {"value": ", ".join(value) if isinstance(value, tuple) else value})


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
        raise AssertionError("a run that is ranked is evaluated")
    return run.evaluation.forecast


def _sentence(runs: Sequence[RunEntry], groups: Sequence[Sequence[int]]) -> Message:
    sentences = [_ranked(runs, group) for group in groups if _ranks(runs, group)]
    sentences += [
        Message(
            "{names} share {days} test days: to rank them takes {fewest} or more.",
            {
                "names": listed([runs[at].name for at in group]),
                "days": len(_forecast(runs[group[0]]).rows),
                "fewest": FEWEST_DAYS,
            },
        )
        for group in groups
        if len(group) > 1 and not _ranks(runs, group)
    ]
    if len(groups) > 1:
        sentences.append(_not_ranked(runs, groups))
    not_evaluated = [run.name for run in runs if run.evaluation is None]
    if not_evaluated:
        sentences.append(
            Message(
                "{names}: not evaluated, so there is nothing to compare yet.",
                {"names": listed(not_evaluated)},
            )
        )
    return Message.joined(sentences)


def _ranked(runs: Sequence[RunEntry], group: Sequence[int]) -> Message:
    first = _forecast(runs[group[0]])
    best = min(group, key=lambda at: _forecast(runs[at]).rmse)
    values = {
        "days": len(first.rows),
        "name": runs[best].name,
        "runs": len(group),
        "rmse": _forecast(runs[best]).rmse,
        "flat": first.rmse_persistence,
    }
    if _forecast(runs[best]).rmse < first.rmse_persistence:
        return Message(
            "On the same {days} days “{name}” has the lowest RMSE of {runs} runs, {rmse:.4g}: less "
            "than that of yesterday's price, {flat:.4g}. Whoever picks it for that has chosen on "
            "the test span.",
            values,
        )
    return Message(
        "On the same {days} days “{name}” has the lowest RMSE of {runs} runs, {rmse:.4g}: no less "
        "than that of yesterday's price, {flat:.4g}. Whoever picks it for that has chosen on the "
        "test span.",
        values,
    )


def _not_ranked(runs: Sequence[RunEntry], groups: Sequence[Sequence[int]]) -> Message:
    values = {"sets": _sets([[runs[at].name for at in group] for group in groups])}
    firsts = [_forecast(runs[group[0]]) for group in groups]
    if all(np.array_equal(each.dates, firsts[0].dates) for each in firsts):
        return Message(
            "Not ranked against each other: {sets}. Their errors are of other prices, so the lower "
            "one is not the better network.",
            values,
        )
    return Message(
        "Not ranked against each other: {sets}. Their errors are of other days or prices, so the "
        "lower one is not the better network.",
        values,
    )


def _sets(groups: Sequence[Sequence[str]]) -> Message:
    """As in "“A”, “B” / “C” and 2 more"."""
    sets = listed(groups[0])
    for group in groups[1:MOST_NAMED]:
        sets = Message("{sets} / {names}", {"sets": sets, "names": listed(group)})
    more = len(groups) - MOST_NAMED
    return Message("{sets} and {more} more", {"sets": sets, "more": more}) if more > 0 else sets
