"""What "tomorrow = today" scores on a measure that somebody claims a figure on.

Prices are float64, in the unit of the file.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import read_number
from rnnstudio.core.stocks.data.price_table import FloatArray
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.baselines import persistence
from rnnstudio.core.stocks.evaluation.metrics import mape, rmse
from rnnstudio.core.stocks.evaluation.uncertainty import FEWEST_DAYS
from rnnstudio.paths import data_file


def r2(actual: FloatArray, predicted: FloatArray) -> float:
    """1 − squared errors / squared distances from the mean of the days (days,), without unit.

    NaN if the days never move.
    """
    spread = float(np.sum((actual - actual.mean()) ** 2))
    return 1 - float(np.sum((actual - predicted) ** 2)) / spread if spread > 0 else math.nan


def accuracy(actual: FloatArray, predicted: FloatArray) -> float:
    """100 − MAPE in per cent, over the days (days,): what papers on prices call accuracy."""
    return 100 - 100 * mape(actual, predicted)


def _mape_in_percent(actual: FloatArray, predicted: FloatArray) -> float:
    return 100 * mape(actual, predicted)


@dataclass(frozen=True)
class Measure:
    """A measure as papers use it: its ``definition``, its bounds, and how a figure is written.

    ``score`` takes the true and the forecast prices (days,). Direction has none: it is not one of
    prices.
    """

    label: Message
    definition: Message
    least: float
    most: float
    rising: bool
    figure: Callable[[float], Message]
    score: Callable[[FloatArray, FloatArray], float] | None

    def beats(self, one: float, other: float) -> bool:
        """Whether the first figure is better."""
        return one > other if self.rising else one < other


def _percent(value: float) -> Message:
    return Message("{share:.2%}", {"share": value / 100})


def _plain(value: float) -> Message:
    return Message("{value:.4g}", {"value": value})


MEASURES: Mapping[str, Measure] = {
    "accuracy": Measure(
        Message("accuracy"),
        Message("100 minus the mean absolute percentage error (MAPE), in per cent"),
        -math.inf,
        100,
        True,
        _percent,
        accuracy,
    ),
    "r2": Measure(
        Message("R²"),
        Message(
            "1 minus the squared errors over the squared distances from the mean of the test days"
        ),
        -math.inf,
        1,
        True,
        _plain,
        r2,
    ),
    "mape": Measure(
        Message("MAPE"),
        Message("the mean of |error| / price over the test days, in per cent"),
        0,
        math.inf,
        False,
        _percent,
        _mape_in_percent,
    ),
    "rmse": Measure(
        Message("RMSE"),
        Message("the root of the mean squared error, in the unit of the prices"),
        0,
        math.inf,
        False,
        _plain,
        rmse,
    ),
    "direction": Measure(
        Message("direction"),
        Message(
            "the share of days on which the price went the way that was said, of those on which "
            "it moved, in per cent"
        ),
        0,
        100,
        True,
        _percent,
        None,
    ),
}
"""By the names that commands take."""


@dataclass(frozen=True)
class ClaimCheck:
    """A claimed figure beside what needs no network, on the same measure and days.

    ``persistence`` is what "tomorrow = today" scores; of directions, which a price that stays has
    not, what a coin scores or always saying the way that most days before the split went, if that
    is more. ``beats``: the claim is better.
    """

    measure: str
    claim: float
    persistence: float
    beats: bool
    days: int
    sentence: Message


def check_claim(split: Split, target: str, measure: str, claim: float) -> ClaimCheck:
    """Hold a claimed figure for the split's test days beside what needs no network.

    Raises UserError when the measure cannot have that figure, there are too few test days, or the
    measure has no value on them.
    """
    require_possible(measure, claim)
    score = needs_no_network(split, target, measure)
    dates = split.table.dates[split.test_rows.start :]
    values = {
        "label": MEASURES[measure].label,
        "definition": MEASURES[measure].definition,
        "claim": MEASURES[measure].figure(claim),
        "score": MEASURES[measure].figure(score),
        "days": len(dates),
        "first": dates[0].item(),
        "last": dates[-1].item(),
        "target": target,
    }
    beats = MEASURES[measure].beats(claim, score)
    sentence = _direction_sentence if measure == "direction" else _price_sentence
    return ClaimCheck(measure, claim, score, beats, len(dates), sentence(values, beats))


def read_claimed(text: str) -> float:
    """The figure that was typed, with a point or a comma, and with or without "%".

    Raises UserError if it is no number.
    """
    plain = text.strip().removesuffix("%").strip()
    if "." not in plain and plain.count(",") == 1:
        plain = plain.replace(",", ".")
    try:
        return read_number(plain)
    except ValueError:
        raise UserError(
            "“{text}” is no number; type the claimed figure, such as 98.28.", text=text[:40]
        ) from None


def require_possible(measure: str, claim: float) -> None:
    """Raise UserError if the measure cannot have that figure, or it is a share for per cent."""
    found = MEASURES[measure]
    values = {"label": found.label, "definition": found.definition, "claim": claim}
    if not found.least <= claim <= found.most or not math.isfinite(claim):
        raise UserError(
            "{label} cannot be {claim:g}: it is {definition}, so it lies {bounds}.",
            bounds=_bounds(found),
            **values,
        )
    if measure in ("accuracy", "direction") and 0 < claim <= 1:
        raise UserError(
            "{label} is in per cent, and {claim:g} would be less than one; say {percent:g} for a "
            "share of {claim:g}.",
            percent=100 * claim,
            **values,
        )


def needs_no_network(split: Split, target: str, measure: str) -> float:
    """What "tomorrow = today" scores on the test days; raises UserError as ``check_claim`` does."""
    rows = split.test_rows
    if len(rows) < FEWEST_DAYS:
        raise UserError(
            "{source} has {days} days from the split on; fewer than {fewest} say nothing of a "
            "claim. Choose an earlier day.",
            source=split.table.source,
            days=len(rows),
            fewest=FEWEST_DAYS,
        )
    values = split.table.column(target)
    actual, before = values[rows.start :], persistence(values, rows)
    score = MEASURES[measure].score
    found = _coin_or_usual_way(values, rows) if score is None else score(actual, before)
    if not math.isfinite(found):
        raise UserError(
            "{label} has no value on these days: a price is 0, or {target} never moves.",
            label=MEASURES[measure].label,
            target=target,
        )
    return found


def _coin_or_usual_way(values: FloatArray, rows: range) -> float:
    """Per cent of the days that went the way most days before ``rows`` went, and at least a coin's.

    NaN if none moved.
    """
    moves = np.sign(np.diff(values))
    known, later = moves[: rows.start - 1], moves[rows.start - 1 :]
    usual = 1.0 if np.sum(known) >= 0 else -1.0
    moved = later[later != 0]
    return max(50.0, 100 * float(np.mean(moved == usual))) if len(moved) else math.nan


def _bounds(measure: Measure) -> Message:
    if math.isinf(measure.most):
        return Message("at or above {least:g}", {"least": measure.least})
    if math.isinf(measure.least):
        return Message("at or below {most:g}", {"most": measure.most})
    return Message("from {least:g} to {most:g}", {"least": measure.least, "most": measure.most})


def _price_sentence(values: dict[str, object], beats: bool) -> Message:
    if beats:
        return Message(
            "On the {days} days from {first} to {last} (column {target}), “tomorrow = today” has "
            "{label} {score}: {definition}. The claimed {claim} is better, if it was measured on "
            "these days and without a look ahead.",
            values,
        )
    return Message(
        "On the {days} days from {first} to {last} (column {target}), “tomorrow = today” has "
        "{label} {score}: {definition}. The claimed {claim} is not better: no network is needed "
        "for it.",
        values,
    )


def _direction_sentence(values: dict[str, object], beats: bool) -> Message:
    if beats:
        return Message(
            "On the {days} days from {first} to {last} (column {target}), the better of a coin and "
            "of always saying the way that most days before them went is right on {score}: "
            "{definition}. (“Tomorrow = today” says no direction.) The claimed {claim} is better, "
            "if it was measured on these days and without a look ahead.",
            values,
        )
    return Message(
        "On the {days} days from {first} to {last} (column {target}), the better of a coin and of "
        "always saying the way that most days before them went is right on {score}: {definition}. "
        "(“Tomorrow = today” says no direction.) The claimed {claim} is not better: no network is "
        "needed for it.",
        values,
    )


@dataclass(frozen=True)
class PublishedClaim:
    """A figure that a paper gives for a network's forecasts, and where it stands.

    ``share`` is what was forecast. The paper's own prices do not ship.
    """

    title: str
    source: str
    url: str
    share: str
    measure: str
    value: float


def published_claims() -> tuple[PublishedClaim, ...]:
    """The examples of claims that ship."""
    text = data_file("claims/published.json").read_text(encoding="utf-8")
    return tuple(PublishedClaim(**entry) for entry in json.loads(text)["claims"])
