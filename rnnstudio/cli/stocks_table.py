"""The figures of an evaluation as lines of text."""

from __future__ import annotations

from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.evaluation.forecast import Forecast
from rnnstudio.core.stocks.evaluation.summary import EvaluationSummary
from rnnstudio.core.stocks.evaluation.wording import (
    coverage_sentence,
    lag_sentence,
    seeds_sentence,
    skill_sentence,
)
from rnnstudio.core.stocks.export.validation_tables import errors_table


def summary_text(forecast: Forecast, summary: EvaluationSummary) -> str:
    """Errors beside the forecasts that need no network, what they show, and the leakage checks."""
    about = Message(
        "{target} of {source}, {days:n} days known",
        {
            "target": forecast.spec.target,
            "source": forecast.table.source,
            "days": forecast.rows.start,
        },
    )
    closed = Message(
        "Closed loop: RMSE {closed:.4g}, the last known price, held: {flat:.4g}.",
        {"closed": summary.closed_loop.rmse, "flat": summary.flat.rmse},
    )
    sentences = [
        skill_sentence(summary.skill, summary.days),
        closed,
        lag_sentence(summary.lag, summary.days),
        seeds_sentence(summary),
        coverage_sentence(summary),
    ]
    checks = [
        f"{'ok ' if entry.ok else 'NOT'} {language.text(entry.sentence)}"
        for entry in summary.leakage_checks
    ]
    below = "\n".join([*map(language.text, sentences), *checks])
    return "\n\n".join((language.text(about), errors_table(summary.rows), below))
