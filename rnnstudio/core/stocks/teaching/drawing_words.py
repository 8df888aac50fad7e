"""What is said of rounds of drawing, one sentence each."""

from __future__ import annotations

from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import percent
from rnnstudio.core.stocks.evaluation.uncertainty import CONFIDENCE
from rnnstudio.core.stocks.teaching.drawing_rounds import (
    DAYS,
    FEWEST_ROUNDS,
    DrawnRound,
    NearerCount,
)


def round_finding(found: DrawnRound) -> Message:
    """Who was nearest to what came."""
    errors = (found.drawn_rmse, found.network_rmse, found.known_rmse)
    best = min(errors)
    if found.drawn_rmse > best and found.network_rmse == found.known_rmse:
        return Message("The network and yesterday's price were nearest, and equally near.")
    if sum(each == best for each in errors) > 1:
        return Message("Nobody was nearest alone.")
    if found.drawn_rmse == best:
        return Message("The class was nearest.")
    if found.network_rmse == best:
        return Message("The network was nearest.")
    return Message("Yesterday's price was nearest.")


def count_sentence(count: NearerCount) -> Message:
    """How often the class was nearer than yesterday's price, and what that can say."""
    values: dict[str, object] = {"nearer": count.nearer, "rounds": count.rounds}
    if count.rounds == 0:
        return Message(
            "After {rounds} rounds an interval says how often you are nearer than yesterday's "
            "price.",
            {"rounds": FEWEST_ROUNDS},
        )
    if count.share is None:
        return Message(
            "Rounds in which you were nearer than yesterday's price: {nearer} of {rounds}. From "
            "{fewest} rounds on there is an interval.",
            {**values, "fewest": FEWEST_ROUNDS},
        )
    values |= {
        "share": percent(count.share.estimate),
        "low": percent(count.share.low),
        "high": percent(count.share.high),
        "confidence": percent(CONFIDENCE),
    }
    if count.share.low > 0.5:
        return Message(
            "Nearer than yesterday's price in {nearer} of {rounds} rounds: {share}, {confidence} "
            "interval {low} to {high} (Clopper and Pearson). That is more often than not.",
            values,
        )
    if count.share.high < 0.5:
        return Message(
            "Nearer than yesterday's price in {nearer} of {rounds} rounds: {share}, {confidence} "
            "interval {low} to {high} (Clopper and Pearson). That is less often than not.",
            values,
        )
    return Message(
        "Nearer than yesterday's price in {nearer} of {rounds} rounds: {share}, {confidence} "
        "interval {low} to {high} (Clopper and Pearson). Half lies within: nobody is better yet.",
        values,
    )


def drawn_days(drawn: int) -> Message:
    """How much of the drawing is there, as the reason why it cannot be revealed yet."""
    return Message(
        "Draw all {days} days first: {drawn} of them are drawn.", {"days": DAYS, "drawn": drawn}
    )
