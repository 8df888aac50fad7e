"""What walks and searches come to, in one sentence that claims no more than was shown."""

from __future__ import annotations

from collections.abc import Sequence

from rnnstudio.core.stocks.evaluation.uncertainty import ConfidenceInterval
from rnnstudio.core.stocks.evaluation.verdict import comparison_sentence


def walk_verdict(
    done: int,
    days: int,
    trainings: int,
    network: float,
    flat: float,
    close: float | None,
    skill: ConfidenceInterval,
) -> str:
    """Whether the network beats yesterday's price on ``done`` of ``days`` test days.

    ``network``, ``flat`` and ``close`` are the RMSE of the network, of yesterday's price, and of
    yesterday's close where the opening price is forecast.
    """
    span = f"these {days} test days" if done == days else f"the {done} of {days} test days done"
    start = f"On {span}, with {trainings} training{'' if trainings == 1 else 's'},"
    proof = "one span of one share does not prove that it will on others"
    return comparison_sentence(start, done, network, flat, close, skill, proof)


def search_verdict(
    name: str, ratios: Sequence[float], close: float | None, done: int, candidates: int
) -> str:
    """What the best candidate's ``ratios`` to yesterday's price show, one a fold.

    ``close`` is the mean ratio of yesterday's close where the opening price is forecast. ``done``
    of the ``candidates`` have a score on every fold.
    """
    mean, below = sum(ratios) / len(ratios), sum(ratio < 1 for ratio in ratios)
    which = f"{candidates}" if done == candidates else f"the {done} done of {candidates}"
    who = f"The best of {which} candidates ({name})" if candidates > 1 else f"{name}"
    often = 2 * below > len(ratios)
    beats = "is nearer than" if often else "is not shown to beat"
    beats = beats if mean < 1 else "does not beat"
    where = "on the days it was chosen on" if done > 1 else "on these days"
    if mean >= 1 and done > 1:
        where = f"even {where}"
    nearer = "; yesterday's close, which needs no network, has "
    nearer = f"{nearer}{close:.4f}" if close is not None and close <= mean < 1 else ""
    flattery = f"; the best of {done} looks better than it is" if mean < 1 and done > 1 else ""
    return (
        f"{who} {beats} yesterday's price {where}: over {len(ratios)} folds its RMSE is "
        f"{mean:.4f} of that of yesterday's price on average ({min(ratios):.4f} to "
        f"{max(ratios):.4f}), below 1 on {below} of them{nearer}{flattery}. The test "
        "span was not touched."
    )
