"""The honesty panel as lines of text."""

from __future__ import annotations

import math

from rnnstudio.core.stocks.evaluation.forecast import Forecast
from rnnstudio.core.stocks.evaluation.summary import EvaluationSummary
from rnnstudio.core.stocks.evaluation.uncertainty import CONFIDENCE, FEWEST_DAYS, HitRate, Lag


def panel_table(forecast: Forecast, panel: EvaluationSummary) -> str:
    """Errors beside the forecasts that need no network, the doubts, and the ledger."""
    lines = [
        f"{forecast.spec.target} of {forecast.table.source}, {forecast.rows.start:,} days known"
    ]
    lines.append(f"{'':<15}{'RMSE':>10}{'MAE':>10}{'MAPE':>9}{'MASE':>8}  direction")
    for row in panel.rows:
        found = row.errors
        lines.append(
            f"{row.name:<15}{found.rmse:>10.4g}{found.mae:>10.4g}{_known(found.mape, '.2%'):>9}"
            f"{_known(found.mase, '.3f'):>8}  {_direction(row.hit_rate)}"
        )
    lines.append(
        f"skill ({CONFIDENCE:.0%}) {panel.skill.format('+.3f')}; closed loop RMSE "
        f"{panel.closed_loop.rmse:.4g}, the last price held {panel.flat.rmse:.4g}"
    )
    lines.append(_lag(panel.lag, panel.days))
    lines += _seeds(panel) + _coverage(panel)
    lines += [f"{'ok ' if entry.ok else 'NOT'} {entry.sentence}" for entry in panel.leakage_checks]
    return "\n".join(lines)


def _known(value: float, form: str) -> str:
    return format(value, form) if math.isfinite(value) else "none"


def _direction(found: HitRate) -> str:
    if found.share is None:
        return "calls none"
    share = found.share
    return f"{found.hits}/{found.days} = {share.estimate:.0%} ({share.low:.0%} to {share.high:.0%})"


def _lag(found: Lag, days: int) -> str:
    if days < FEWEST_DAYS:
        return f"correlation none: fewer than {FEWEST_DAYS} test days"
    if math.isnan(found.with_today + found.with_yesterday):
        return "correlation none: something never moves on the test days"
    late = ": a copy, one day late" if found.copies else ""
    return (
        f"correlation with today {found.with_today:.4f}, with yesterday "
        f"{found.with_yesterday:.4f}{late}"
    )


def _seeds(panel: EvaluationSummary) -> list[str]:
    seeds = panel.seeds
    if seeds is None:
        return []
    return [
        f"{len(seeds.rmses)} seeds: RMSE {seeds.low:.4g} to {seeds.high:.4g}, mean {seeds.mean:.4g}"
    ]


def _coverage(panel: EvaluationSummary) -> list[str]:
    covered = panel.horizons.coverage
    if covered is None or panel.nominal is None:
        return []
    near, mean = f"{covered[0]:.0%} one day ahead", f"{covered.mean():.0%} over 1 to {len(covered)}"
    return [f"intervals for {panel.nominal:.0%} of days hold {near}, {mean} days"]
