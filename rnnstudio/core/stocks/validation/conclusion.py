"""What walks and searches come to, in sentences that claim no more than was shown."""

from __future__ import annotations

from collections.abc import Sequence

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.evaluation.verdict import Contest, verdict


def walk_verdict(found: Contest, days: int, trainings: int) -> Message:
    """Whether the network beats yesterday's price on those of ``days`` test days that are done."""
    return Message.joined((_extent(found.days, days, trainings), verdict(found)))


def _extent(done: int, days: int, trainings: int) -> Message:
    if done == days:
        return Message.counted(
            "All {days} test days are done, with {n} training.",
            "All {days} test days are done, with {n} trainings.",
            trainings,
            days=days,
        )
    return Message.counted(
        "{done} of {days} test days are done, with {n} training.",
        "{done} of {days} test days are done, with {n} trainings.",
        trainings,
        done=done,
        days=days,
    )


def search_claim(name: str, ratios: Sequence[float], done: int, candidates: int) -> Message:
    """What the ratios of the best candidate ``name`` to yesterday's price show, one a fold.

    ``done`` of the ``candidates`` have a score on every fold.
    """
    mean, below = _mean_and_below(ratios)
    values = {"name": name, "done": done, "candidates": candidates}
    if mean >= 1:
        return _not_better(values)
    return _nearer(values) if 2 * below > len(ratios) else _not_shown(values)


def search_grounds(ratios: Sequence[float], close: float | None, done: int) -> tuple[Message, ...]:
    """The best candidate's ratios, and what they do not show.

    ``close`` is the mean ratio of yesterday's close where the opening price is forecast; ``done``
    candidates have a score on every fold.
    """
    mean, below = _mean_and_below(ratios)
    sentences = [_ratios(ratios, mean, below)]
    if close is not None and close <= mean < 1:
        sentences.append(
            Message("Yesterday's close, which needs no network, has {close:.4f}.", {"close": close})
        )
    if mean < 1 and done > 1:
        sentences.append(Message("The best of {done} looks better than it is.", {"done": done}))
    return (*sentences, Message("The test span was not touched."))


def _mean_and_below(ratios: Sequence[float]) -> tuple[float, int]:
    """The mean of the ratios, and how many of them are below 1."""
    return sum(ratios) / len(ratios), sum(ratio < 1 for ratio in ratios)


def _ratios(ratios: Sequence[float], mean: float, below: int) -> Message:
    return Message(
        "Over {folds} folds its RMSE is {mean:.4f} of that of yesterday's price on average "
        "({low:.4f} to {high:.4f}), below 1 on {below} of them.",
        {
            "folds": len(ratios),
            "mean": mean,
            "low": min(ratios),
            "high": max(ratios),
            "below": below,
        },
    )


def _nearer(values: dict[str, object]) -> Message:
    if values["candidates"] == 1:
        return Message("{name} is nearer than yesterday's price on these days.", values)
    if values["done"] == 1:
        return Message(
            "The only one done of {candidates} candidates ({name}) is nearer than yesterday's "
            "price on these days.",
            values,
        )
    if values["done"] == values["candidates"]:
        return Message(
            "The best of {candidates} candidates ({name}) is nearer than yesterday's price on the "
            "days it was chosen on.",
            values,
        )
    return Message(
        "The best of the {done} done of {candidates} candidates ({name}) is nearer than "
        "yesterday's price on the days it was chosen on.",
        values,
    )


def _not_shown(values: dict[str, object]) -> Message:
    if values["candidates"] == 1:
        return Message("{name} is not shown to beat yesterday's price on these days.", values)
    if values["done"] == 1:
        return Message(
            "The only one done of {candidates} candidates ({name}) is not shown to beat "
            "yesterday's price on these days.",
            values,
        )
    if values["done"] == values["candidates"]:
        return Message(
            "The best of {candidates} candidates ({name}) is not shown to beat yesterday's price "
            "on the days it was chosen on.",
            values,
        )
    return Message(
        "The best of the {done} done of {candidates} candidates ({name}) is not shown to beat "
        "yesterday's price on the days it was chosen on.",
        values,
    )


def _not_better(values: dict[str, object]) -> Message:
    if values["candidates"] == 1:
        return Message("{name} does not beat yesterday's price on these days.", values)
    if values["done"] == 1:
        return Message(
            "The only one done of {candidates} candidates ({name}) does not beat yesterday's price "
            "on these days.",
            values,
        )
    if values["done"] == values["candidates"]:
        return Message(
            "The best of {candidates} candidates ({name}) does not beat yesterday's price even on "
            "the days it was chosen on.",
            values,
        )
    return Message(
        "The best of the {done} done of {candidates} candidates ({name}) does not beat yesterday's "
        "price even on the days it was chosen on.",
        values,
    )
