"""The figures of an evaluation in words, for the window and the report alike: none is NaN."""

from __future__ import annotations

import math

from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import tidy
from rnnstudio.core.stocks.evaluation.summary import EvaluationSummary
from rnnstudio.core.stocks.evaluation.uncertainty import (
    CONFIDENCE,
    FEWEST_DAYS,
    ConfidenceInterval,
    Lag,
)

NONE = "–"
"""What stands in a table for a figure that does not exist."""


def figure(value: float, digits: int = 4) -> str:
    """The number, or a dash where there is none: no "NaN" and no "∞"."""
    return tidy(value, digits) if math.isfinite(value) else NONE


def percentage(share: float) -> str:
    """As in "1.23%"; a dash where there is no such share."""
    return f"{share:.2%}" if math.isfinite(share) else NONE


def interval_in_short(interval: ConfidenceInterval, digits: int) -> str:
    """As in "0.012 (−0.003 to 0.02)", "0.012 (no interval)" or a dash, for a cell of a table."""
    if math.isnan(interval.estimate):
        return NONE
    ends = "no interval"
    if math.isfinite(interval.low) and math.isfinite(interval.high):
        ends = f"{tidy(interval.low, digits)} to {tidy(interval.high, digits)}"
    return f"{tidy(interval.estimate, digits)} ({ends})"


def skill_sentence(skill: ConfidenceInterval, days: int) -> Message:
    """What the skill is over so many test days, or why there is none."""
    if days < FEWEST_DAYS:
        return Message("No skill: fewer than {fewest} test days.", {"fewest": FEWEST_DAYS})
    if math.isnan(skill.estimate):
        return Message("No skill: yesterday's price makes no error.")
    values = {"estimate": tidy(skill.estimate, 3), "share": CONFIDENCE}
    if math.isnan(skill.low):
        return Message(
            "Skill {estimate}, without an interval: 1 − RMSE / that of persistence.", values
        )
    ends = {"low": tidy(skill.low, 3), "high": tidy(skill.high, 3)}
    return Message(
        "Skill {estimate}, by block bootstrap {low} to {high} ({share:.0%}): 1 − RMSE / that of "
        "persistence.",
        values | ends,
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


def seeds_sentence(panel: EvaluationSummary) -> Message:
    """What the seed alone does to the error, beside yesterday's price."""
    seeds, flat = panel.seeds, panel.persistence.errors.rmse
    if seeds is None:
        return Message("One seed says nothing of chance.")
    values = {
        "count": len(seeds.rmses),
        "low": tidy(seeds.low),
        "high": tidy(seeds.high),
        "mean": tidy(seeds.mean),
        "flat": tidy(flat),
    }
    if panel.days < FEWEST_DAYS:
        return Message(
            "{count} seeds: RMSE {low} to {high}, mean {mean}; that of persistence is {flat}.",
            values,
        )
    if seeds.ties_with(flat):
        return Message(
            "{count} seeds: RMSE {low} to {high}, mean {mean}; a tie with persistence ({flat}).",
            values,
        )
    if flat < seeds.low:
        return Message(
            "{count} seeds: RMSE {low} to {high}, mean {mean}; all worse than persistence "
            "({flat}).",
            values,
        )
    return Message(
        "{count} seeds: RMSE {low} to {high}, mean {mean}; all better than persistence ({flat}).",
        values,
    )


def coverage_sentence(panel: EvaluationSummary) -> Message:
    """How many days lay inside the intervals."""
    measured = panel.horizons.coverage
    if measured is None:
        return Message("No intervals: they need a validation span.")
    return Message(
        "Intervals: nominal {nominal:.0%}, measured {first:.1%} at 1 day, {last:.1%} at {days}, "
        "mean {mean:.1%}.",
        {
            "nominal": panel.nominal,
            "first": measured[0],
            "last": measured[-1],
            "days": len(measured),
            "mean": measured.mean(),
        },
    )
