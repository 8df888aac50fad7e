"""The figures of an evaluation as lines of text."""

from __future__ import annotations

from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.evaluation.forecast import Forecast
from rnnstudio.core.stocks.evaluation.summary import EvaluationSummary
from rnnstudio.core.stocks.evaluation.wording import (
    coverage_sentence,
    figure,
    hit_rate_cell,
    lag_sentence,
    percentage,
    seeds_sentence,
    skill_sentence,
)


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
    return "\n".join(
        [
            language.text(about),
            *_errors(summary),
            *map(language.text, sentences),
            *(
                f"{'ok ' if entry.ok else 'NOT'} {language.text(entry.sentence)}"
                for entry in summary.leakage_checks
            ),
        ]
    )


def _errors(summary: EvaluationSummary) -> list[str]:
    """The errors of the network and of the forecasts without one, in columns."""
    direction = language.text(Message("direction"))
    lines = [f"{'':<15}{'RMSE':>10}{'MAE':>10}{'MAPE':>9}{'MASE':>8}  {direction}"]
    for row in summary.rows:
        found, hits = row.errors, language.text(hit_rate_cell(row.hit_rate))
        lines.append(
            f"{row.name:<15}{figure(found.rmse):>10}{figure(found.mae):>10}"
            f"{percentage(found.mape):>9}{figure(found.mase):>8}  {hits}"
        )
    return lines
