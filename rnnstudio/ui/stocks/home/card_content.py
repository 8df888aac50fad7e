"""What the cards of further pages say and draw: their findings, or what they cost.

Values to be drawn are float64 of any one unit. Knows no Qt.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.price_table import FloatArray
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.core.stocks.evaluation.summary import EvaluationSummary
from rnnstudio.core.stocks.evaluation.uncertainty import FEWEST_DAYS
from rnnstudio.core.stocks.validation.walk_forward import EVERY, Walk
from rnnstudio.ui.stocks.state import StocksState

_ALIKE = 0.02
"""Errors that differ by less than this fraction are called the same."""
_LATER = Message("known once it is found out")


@dataclass(frozen=True, eq=False)
class Sketch:
    """A line (points,) of a small picture, or dots, or bars from nothing; in the role's colour."""

    values: FloatArray
    role: str
    shape: str = "line"
    dashed: bool = False


@dataclass(frozen=True, eq=False)
class CardContent:
    """A page by its key, its finding in one line, and a small picture of it; none: not known."""

    key: str
    line: Message
    sketches: tuple[Sketch, ...] = ()


def card_contents(state: StocksState, walk: Walk | None, runs: int) -> Iterator[CardContent]:
    """The cards in the order of their pages; ``walk`` and ``runs`` are those of other pages."""
    evaluation = state.evaluation
    if evaluation is None:
        for key in ("closed loop", "horizons", "seeds"):
            yield CardContent(key, _LATER)
    else:
        yield _closed_loop(evaluation)
        yield _horizons(evaluation.summary)
        yield _seeds(evaluation.summary)
    yield _walk(state, walk)
    yield CardContent("leaks", Message("four lies that make it look good"))
    yield CardContent("runs", _runs(runs))
    yield CardContent("report", Message("one file to hand in"))


def _closed_loop(evaluation: Evaluation) -> CardContent:
    forecast, summary = evaluation.forecast, evaluation.summary
    closed, flat = summary.closed_loop.rmse, summary.flat.rmse
    values = {"closed": closed, "flat": flat}
    if summary.days < FEWEST_DAYS:
        line = Message("{closed:.4g} and {flat:.4g}: too few days", values)
    elif closed < flat:
        line = Message("nearer: {closed:.4g} against {flat:.4g} for the price held", values)
    else:
        line = Message("runs off: {closed:.4g} against {flat:.4g} for the price held", values)
    return CardContent(
        "closed loop",
        line,
        (
            Sketch(forecast.actual, "ink"),
            Sketch(forecast.closed_loop, "network"),
            Sketch(forecast.flat, "yesterday", dashed=True),
        ),
    )


def _horizons(summary: EvaluationSummary) -> CardContent:
    network, flat = summary.horizons.rmse, summary.horizons.rmse_persistence
    values = {"days": len(network)}
    ratio = float(np.mean(network) / np.mean(flat)) if np.mean(flat) else 1.0
    if summary.days < FEWEST_DAYS:
        line = Message("1 to {days} days: too few test days", values)
    elif abs(ratio - 1) < _ALIKE:
        line = Message("1 to {days} days: the same as yesterday's price", values)
    elif ratio < 1:
        line = Message("1 to {days} days: nearer than yesterday's price", values)
    else:
        line = Message("1 to {days} days: further off than yesterday's price", values)
    return CardContent(
        "horizons", line, (Sketch(network, "network"), Sketch(flat, "yesterday", dashed=True))
    )


def _seeds(summary: EvaluationSummary) -> CardContent:
    seeds, flat = summary.seeds, summary.persistence.errors.rmse
    if seeds is None:
        return CardContent("seeds", Message("one seed says nothing of chance"))
    values = {"low": seeds.low, "high": seeds.high}
    if summary.days < FEWEST_DAYS:
        line = Message("{low:.4g} to {high:.4g}: too few test days", values)
    elif seeds.ties_with(flat):
        line = Message("{low:.4g} to {high:.4g}: chance decides", values)
    else:
        line = Message("{low:.4g} to {high:.4g}: not chance", values)
    return CardContent(
        "seeds",
        line,
        (
            Sketch(np.array(seeds.rmses), "network", "dots"),
            Sketch(np.full(2, flat), "yesterday", dashed=True),
        ),
    )


def _walk(state: StocksState, walk: Walk | None) -> CardContent:
    if walk is not None and walk.days_done:
        ratios = np.array([block.ratio - 1 for block in walk.blocks])
        figures = walk.figures
        values = {
            "count": walk.refits,
            "network": figures[0].errors.rmse,
            "flat": figures[1].errors.rmse,
        }
        line = Message("{count} trainings: {network:.4g} against {flat:.4g}", values)
        return CardContent("walk", line, (Sketch(ratios[np.isfinite(ratios)], "network", "bars"),))
    if state.split is None:
        return CardContent("walk", Message("many trainings, one after the other in time"))
    count = -(-len(state.split.test_rows) // EVERY)
    if state.trained is None:
        return CardContent("walk", Message.counted("{n} training", "{n} trainings", count))
    seconds = max(count * state.trained.seconds, 1.0)
    return CardContent(
        "walk",
        Message.counted(
            "{n} training, about {seconds:.0f} s",
            "{n} trainings, about {seconds:.0f} s",
            count,
            seconds=seconds,
        ),
    )


def _runs(count: int) -> Message:
    if not count:
        return Message("every network is kept")
    return Message.counted("{n} network is kept", "{n} networks are kept", count)
