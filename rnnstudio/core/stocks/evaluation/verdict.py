"""Whether a network beats yesterday's price: the one place that words it, with its uncertainty."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.evaluation.metrics import Errors
from rnnstudio.core.stocks.evaluation.uncertainty import FEWEST_DAYS, ConfidenceInterval, Spread


@dataclass(frozen=True)
class Contest:
    """A network's RMSE over so many test ``days``, beside those of forecasts that need none.

    ``persistence`` is that of yesterday's price, ``close`` that of yesterday's close where the
    opening price is forecast. ``skill`` is the network's over persistence.
    """

    days: int
    network: float
    persistence: float
    close: float | None
    skill: ConfidenceInterval


class Judgement(Enum):
    """Whether the network knows tomorrow better than "tomorrow = today"."""

    NO = auto()
    TIE = auto()
    """A difference that the seeds, or chance alone, can make."""
    YES = auto()
    """On these days."""


def judgement_of(found: Contest, seeds: Spread | None = None) -> Judgement | None:
    """The verdict as one word; None on fewer days than FEWEST_DAYS, which can carry none."""
    if found.days < FEWEST_DAYS:
        return None
    if seeds is not None and seeds.ties_with(found.persistence):
        return Judgement.TIE
    if found.network >= found.persistence:
        return Judgement.NO
    if found.close is not None and found.close <= found.network:
        return Judgement.NO
    return Judgement.YES if found.skill.low > 0 else Judgement.TIE


def short_verdict(found: Contest, seeds: Spread | None = None) -> Message:
    """What the one word rests on, in a sentence without the figures that stand below it."""
    match judgement_of(found, seeds):
        case None:
            return Message(
                "{days} test days can carry no verdict; it takes {fewest} or more.",
                {"days": found.days, "fewest": FEWEST_DAYS},
            )
        case Judgement.TIE if seeds is not None and seeds.ties_with(found.persistence):
            return Message(
                "Seeds alone move it from {low:.4g} to {high:.4g}; yesterday's price, {flat:.4g}, "
                "lies between.",
                {"low": seeds.low, "high": seeds.high, "flat": found.persistence},
            )
        case Judgement.TIE:
            return Message(
                "On these {days} test days the network is a little nearer than yesterday's price, "
                "a difference that chance alone can make.",
                {"days": found.days},
            )
        case Judgement.NO if found.network >= found.persistence:
            return Message(
                "On these {days} test days the network does not beat yesterday's price.",
                {"days": found.days},
            )
        case Judgement.NO:
            return Message(
                "On these {days} test days the network does not beat yesterday's close.",
                {"days": found.days},
            )
        case Judgement.YES:
            return Message(
                "On these {days} test days the network beats yesterday's price. One span does not "
                "prove that it will on others: walk forward before you believe it.",
                {"days": found.days},
            )


def verdict(found: Contest, seeds: Spread | None = None) -> Message:
    """Whether the network beats yesterday's price on these days; ``seeds`` where it has several.

    Fewer days than FEWEST_DAYS show nothing, either way.
    """
    values = {"days": found.days, "network": found.network, "flat": found.persistence}
    if found.days < FEWEST_DAYS:
        return _too_few_days(found)
    if seeds is not None and seeds.ties_with(found.persistence):
        return Message(
            "On these {days} test days the network and yesterday's price tie: its RMSE is "
            "{network:.4g}, that of yesterday's price {flat:.4g}, and seeds alone move it from "
            "{low:.4g} to {high:.4g}.",
            {**values, "low": seeds.low, "high": seeds.high},
        )
    if found.network >= found.persistence:
        return Message(
            "On these {days} test days the network does not beat yesterday's price: its RMSE is "
            "{network:.4g}, that of yesterday's price {flat:.4g}.",
            values,
        )
    if found.close is not None and found.close <= found.network:
        return Message(
            "On these {days} test days the network is better than yesterday's opening price (its "
            "RMSE is {network:.4g}, that of yesterday's price {flat:.4g}), but not than "
            "yesterday's close, which has {close:.4g}.",
            {**values, "close": found.close},
        )
    if not found.skill.low > 0:
        return Message(
            "On these {days} test days the network is not shown to beat yesterday's price: its "
            "RMSE is {network:.4g}, that of yesterday's price {flat:.4g}, a difference that chance "
            "alone can make.",
            values,
        )
    return Message(
        "On these {days} test days the network beats yesterday's price: its RMSE is {network:.4g}, "
        "that of yesterday's price {flat:.4g}; one span of one share does not prove that it will "
        "on others.",
        values,
    )


def _too_few_days(found: Contest) -> Message:
    return Message.counted(
        "On this one test day nothing is shown, for or against the network: its RMSE is "
        "{network:.4g}, that of yesterday's price {flat:.4g}; it takes {fewest} days or more.",
        "On these {n} test days nothing is shown, for or against the network: its RMSE is "
        "{network:.4g}, that of yesterday's price {flat:.4g}; it takes {fewest} days or more.",
        found.days,
        network=found.network,
        flat=found.persistence,
        fewest=FEWEST_DAYS,
    )


def closed_verdict(days: int, closed: Errors, flat: Errors) -> Message:
    """Whether the closed loop beats the last known price, held, over so many test ``days``."""
    values = {"days": days, "closed": closed.rmse, "flat": flat.rmse}
    if days < FEWEST_DAYS:
        return Message.counted(
            "Fed with its own output over {n} day the network has an RMSE of {closed:.4g}, the "
            "last known price, held, {flat:.4g}; to compare them takes {fewest} days or more.",
            "Fed with its own output over {n} days the network has an RMSE of {closed:.4g}, the "
            "last known price, held, {flat:.4g}; to compare them takes {fewest} days or more.",
            days,
            closed=closed.rmse,
            flat=flat.rmse,
            fewest=FEWEST_DAYS,
        )
    if closed.rmse < flat.rmse:
        return Message(
            "Fed with its own output over {days} days the network is nearer than the last known "
            "price, held: its RMSE is {closed:.4g}, that of the price {flat:.4g}; one path is one "
            "case.",
            values,
        )
    return Message(
        "Fed with its own output over {days} days the network does not beat the last known price, "
        "held: its RMSE is {closed:.4g}, that of the price {flat:.4g}; one path is one case.",
        values,
    )
