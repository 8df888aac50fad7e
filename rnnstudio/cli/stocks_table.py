"""The honesty panel as lines of text."""

from __future__ import annotations

import math

from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.evaluation.forecast import Forecast
from rnnstudio.core.stocks.evaluation.summary import EvaluationSummary
from rnnstudio.core.stocks.evaluation.uncertainty import CONFIDENCE, FEWEST_DAYS, HitRate, Lag


def panel_table(forecast: Forecast, panel: EvaluationSummary) -> str:
    """Errors beside the forecasts that need no network, the doubts, and the ledger."""
    about = Message(
        "{target} of {source}, {days:n} days known",
        {
            "target": forecast.spec.target,
            "source": forecast.table.source,
            "days": forecast.rows.start,
        },
    )
    skill = Message(
        "skill ({share:.0%}) {skill}; closed loop RMSE {closed:.4g}, the last price held "
        "{flat:.4g}",
        {
            "share": CONFIDENCE,
            "skill": panel.skill.format("+.3f"),
            "closed": panel.closed_loop.rmse,
            "flat": panel.flat.rmse,
        },
    )
    sentences = [skill, _lag(panel.lag, panel.days), *_seeds(panel), *_coverage(panel)]
    return "\n".join(
        [
            language.text(about),
            *_errors(panel),
            *map(language.text, sentences),
            *(
                f"{'ok ' if entry.ok else 'NOT'} {language.text(entry.sentence)}"
                for entry in panel.leakage_checks
            ),
        ]
    )


def _errors(panel: EvaluationSummary) -> list[str]:
    """The errors of the network and of the forecasts without one, in columns."""
    direction = language.text(Message("direction"))
    lines = [f"{'':<15}{'RMSE':>10}{'MAE':>10}{'MAPE':>9}{'MASE':>8}  {direction}"]
    for row in panel.rows:
        found = row.errors
        lines.append(
            f"{row.name:<15}{found.rmse:>10.4g}{found.mae:>10.4g}{_known(found.mape, '.2%'):>9}"
            f"{_known(found.mase, '.3f'):>8}  {language.text(_direction(row.hit_rate))}"
        )
    return lines


def _known(value: float, form: str) -> str:
    return format(value, form) if math.isfinite(value) else language.text(Message("none"))


def _direction(found: HitRate) -> Message:
    if found.share is None:
        return Message("calls none")
    share = found.share
    return Message(
        "{hits}/{days} = {share:.0%} ({low:.0%} to {high:.0%})",
        {
            "hits": found.hits,
            "days": found.days,
            "share": share.estimate,
            "low": share.low,
            "high": share.high,
        },
    )


def _lag(found: Lag, days: int) -> Message:
    if days < FEWEST_DAYS:
        return Message("correlation none: fewer than {fewest} test days", {"fewest": FEWEST_DAYS})
    if math.isnan(found.with_today + found.with_yesterday):
        return Message("correlation none: something never moves on the test days")
    values = {"today": found.with_today, "yesterday": found.with_yesterday}
    if found.copies:
        return Message(
            "correlation with today {today:.4f}, with yesterday {yesterday:.4f}: a copy, one day "
            "late",
            values,
        )
    return Message("correlation with today {today:.4f}, with yesterday {yesterday:.4f}", values)


def _seeds(panel: EvaluationSummary) -> list[Message]:
    seeds = panel.seeds
    if seeds is None:
        return []
    return [
        Message(
            "{count} seeds: RMSE {low:.4g} to {high:.4g}, mean {mean:.4g}",
            {
                "count": len(seeds.rmses),
                "low": seeds.low,
                "high": seeds.high,
                "mean": seeds.mean,
            },
        )
    ]


def _coverage(panel: EvaluationSummary) -> list[Message]:
    covered = panel.horizons.coverage
    if covered is None or panel.nominal is None:
        return []
    return [
        Message(
            "intervals for {nominal:.0%} of days hold {first:.0%} one day ahead, {mean:.0%} over 1 "
            "to {days} days",
            {
                "nominal": panel.nominal,
                "first": covered[0],
                "mean": covered.mean(),
                "days": len(covered),
            },
        )
    ]
