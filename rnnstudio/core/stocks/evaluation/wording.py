"""The figures of an evaluation in words, for the window and the report alike: none is NaN."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import percent, tidy
from rnnstudio.core.stocks.evaluation.summary import EvaluationSummary
from rnnstudio.core.stocks.evaluation.uncertainty import (
    CONFIDENCE,
    FEWEST_DAYS,
    ConfidenceInterval,
    HitRate,
    Lag,
)

NONE = "–"
"""What stands in a table for a figure that does not exist."""


PLAIN_WORDS = {
    "RMSE": Message(
        "RMSE: by how much the forecasts are wrong on a usual day, in the unit of the price; large "
        "errors count more."
    ),
    "direction": Message(
        "Direction right: on how many days the price went up or down as was forecast. A coin comes "
        "to half of them."
    ),
    "skill": Message(
        "Skill: how much smaller the errors are than those of saying that tomorrow is as today. "
        "0 is no better, 1 would be never wrong."
    ),
    "lag": Message(
        "Lag: a line that follows the price one day late looks right on a chart and knows nothing."
    ),
    "interval": Message(
        "Interval: two prices between which the day is to end on nine days of ten, made of the "
        "errors known on the day before."
    ),
    "open loop": Message(
        "Open loop: every day is forecast from the true days before it, as one would do each "
        "evening."
    ),
    "closed loop": Message(
        "Closed loop: after the first day the network is fed with its own forecasts and never sees "
        "a true price again."
    ),
    "seed": Message(
        "Seed: the number from which the network's random start is drawn; another seed is another "
        "start, and all else is alike."
    ),
}
"""The terms of an evaluation in plain words."""


def figure(value: float, digits: int = 4) -> str:
    """The number, or a dash where there is none: no "NaN" and no "∞"."""
    return tidy(value, digits) if math.isfinite(value) else NONE


def percentage(share: float) -> str:
    """As in "1.23 %"; a dash where there is no such share."""
    return percent(share, 2) if math.isfinite(share) else NONE


def skill_cell(skill: ConfidenceInterval) -> Message:
    """As in "+0.012 (−0.003 to +0.020)", "+0.012 (no interval)" or a dash, for a table."""
    if math.isnan(skill.estimate):
        return Message("–")
    values = {"estimate": skill.estimate, "low": skill.low, "high": skill.high}
    if math.isnan(skill.low):
        return Message("{estimate:+.3f} (no interval)", values)
    return Message("{estimate:+.3f} ({low:+.3f} to {high:+.3f})", values)


def hit_rate_cell(found: HitRate) -> Message:
    """As in "52.5 % (45.1–59.8) of 122", for a table."""
    if found.share is None:
        return Message("calls none")
    share = found.share
    return Message(
        "{share:.1%} ({low:.1f}–{high:.1f}) of {days:n}",
        {
            "share": share.estimate,
            "low": 100 * share.low,
            "high": 100 * share.high,
            "days": found.days,
        },
    )


def hit_rate_share(found: HitRate) -> Message:
    """As in "53 %", or a dash."""
    if found.share is None:
        return Message("–")
    return Message("{share:.0%}", {"share": found.share.estimate})


def hit_rate_words(found: HitRate) -> Message:
    """What that share is between, beside what a coin comes to."""
    if found.share is None:
        return Message("calls no direction; a coin: {half:.0%}", {"half": 0.5})
    values = {"low": 100 * found.share.low, "high": found.share.high, "half": 0.5}
    return Message("{low:.0f} to {high:.0%}; a coin: {half:.0%}", values)


def seeds_cell(rmses: Sequence[float], tie: bool | None) -> Message:
    """As in "1.62 to 1.65, a tie", for a table; ``tie`` is with persistence, None if unknown."""
    if len(rmses) < 2:
        return Message("one seed")
    values = {"low": min(rmses), "high": max(rmses)}
    if tie:
        return Message("{low:.4g} to {high:.4g}, a tie", values)
    return Message("{low:.4g} to {high:.4g}", values)


def lag_cell(lag: Lag) -> Message:
    """The correlations with today's and with yesterday's price, for a table; or a dash."""
    if math.isnan(lag.with_today + lag.with_yesterday):
        return Message("–")
    values = {"today": lag.with_today, "yesterday": lag.with_yesterday}
    return Message("{today:.4f}, {yesterday:.4f}", values)


def coverage_cell(coverage: Sequence[float] | None) -> Message:
    """The fraction of days inside the intervals one day ahead, and the mean, for a table."""
    if coverage is None:
        return Message("–")
    values = {"first": coverage[0], "mean": sum(coverage) / len(coverage)}
    return Message("{first:.0%}, {mean:.0%}", values)


def checks_cell(failed: Sequence[str]) -> Message:
    """The names of the leakage checks that failed, for a table."""
    if failed:
        return Message("{names}", {"names": ", ".join(failed)})
    return Message("all passed")


def skill_sentence(skill: ConfidenceInterval, days: int) -> Message:
    """What the skill is over so many test days, or why there is none."""
    if days < FEWEST_DAYS:
        return Message("No skill: fewer than {fewest} test days.", {"fewest": FEWEST_DAYS})
    if math.isnan(skill.estimate):
        return Message("No skill: yesterday's price makes no error.")
    values = {"estimate": skill.estimate, "low": skill.low, "high": skill.high, "share": CONFIDENCE}
    if math.isnan(skill.low):
        return Message(
            "Skill {estimate:+.3g}, without an interval: 1 − RMSE / that of persistence.", values
        )
    return Message(
        "Skill {estimate:+.3g}, by block bootstrap {low:+.3g} to {high:+.3g} ({share:.0%}): 1 − "
        "RMSE / that of persistence.",
        values,
    )


def lag_sentence(lag: Lag, days: int) -> Message:
    """Whether the forecast is a copy of yesterday's price, or why nothing can be said."""
    if days < FEWEST_DAYS:
        return Message("Lag: fewer than {fewest} test days say nothing.", {"fewest": FEWEST_DAYS})
    if math.isnan(lag.with_today + lag.with_yesterday):
        return Message("Lag: what never moves on the test days correlates with nothing.")
    values = {"today": lag.with_today, "yesterday": lag.with_yesterday}
    if lag.copies:
        return Message(
            "Lag: correlates {today:.5f} with today's price, {yesterday:.5f} with yesterday's: a "
            "copy, one day late.",
            values,
        )
    return Message(
        "Lag: correlates {today:.5f} with today's price, {yesterday:.5f} with yesterday's: no "
        "copy.",
        values,
    )


def lag_warning(lag: Lag, days: int) -> Message:
    """What to think of a forecast that looks right on a chart; short."""
    if days < FEWEST_DAYS:
        return Message(
            "Whether it copies yesterday's price, fewer than {fewest} test days cannot say.",
            {"fewest": FEWEST_DAYS},
        )
    if math.isnan(lag.with_today + lag.with_yesterday):
        return Message("What never moves on the test days correlates with nothing.")
    values = {"today": lag.with_today, "yesterday": lag.with_yesterday}
    if lag.copies:
        return Message(
            "It is yesterday's price, one day late: correlation {yesterday:.3f} with yesterday's, "
            "{today:.3f} with the day's own.",
            values,
        )
    return Message(
        "It is no copy of yesterday's price: correlation {today:.3f} with the day's own, "
        "{yesterday:.3f} with yesterday's.",
        values,
    )


def plain_words(term: str) -> Message:
    """What ``term`` means, in words for someone who hears it for the first time."""
    return PLAIN_WORDS[term]


def seeds_sentence(summary: EvaluationSummary) -> Message:
    """What the seed alone does to the error, beside yesterday's price."""
    seeds, flat = summary.seeds, summary.persistence.errors.rmse
    if seeds is None:
        return Message("One seed says nothing of chance.")
    values = {
        "count": len(seeds.rmses),
        "low": seeds.low,
        "high": seeds.high,
        "mean": seeds.mean,
        "flat": flat,
    }
    if summary.days < FEWEST_DAYS:
        return Message(
            "{count} seeds: RMSE {low:.4g} to {high:.4g}, mean {mean:.4g}; that of persistence is "
            "{flat:.4g}.",
            values,
        )
    if seeds.ties_with(flat):
        return Message(
            "{count} seeds: RMSE {low:.4g} to {high:.4g}, mean {mean:.4g}; a tie with persistence "
            "({flat:.4g}).",
            values,
        )
    if flat < seeds.low:
        return Message(
            "{count} seeds: RMSE {low:.4g} to {high:.4g}, mean {mean:.4g}; all worse than "
            "persistence ({flat:.4g}).",
            values,
        )
    return Message(
        "{count} seeds: RMSE {low:.4g} to {high:.4g}, mean {mean:.4g}; all better than persistence "
        "({flat:.4g}).",
        values,
    )


def horizons_sentence(summary: EvaluationSummary) -> Message:
    """How the errors by days ahead compare with those of the last known price."""
    network, flat = summary.horizons.rmse, summary.horizons.rmse_persistence
    values = {
        "days": len(network),
        "first": network[0],
        "last": network[-1],
        "flat_first": flat[0],
        "flat_last": flat[-1],
    }
    if summary.days < FEWEST_DAYS:
        return Message(
            "From 1 to {days} days ahead the RMSE is {first:.4g} to {last:.4g}, that of the last "
            "known price {flat_first:.4g} to {flat_last:.4g}; so few test days show no difference.",
            values,
        )
    return Message(
        "From 1 to {days} days ahead the RMSE grows from {first:.4g} to {last:.4g}, that of the "
        "last known price from {flat_first:.4g} to {flat_last:.4g}.",
        values,
    )


def coverage_sentence(summary: EvaluationSummary) -> Message:
    """How many days lay inside the intervals."""
    measured = summary.horizons.coverage
    if measured is None:
        return Message("No intervals: they need a validation span.")
    return Message(
        "Intervals, adapted each day to the errors known by then: nominal {nominal:.0%}, measured "
        "{first:.1%} at 1 day, {last:.1%} at {days}, mean {mean:.1%}.",
        {
            "nominal": summary.nominal,
            "first": measured[0],
            "last": measured[-1],
            "days": len(measured),
            "mean": measured.mean(),
        },
    )
