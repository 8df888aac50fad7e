"""What the test span said: every figure of the panel, the ledger, and the days ahead."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import MINUS, tidy
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.core.stocks.evaluation.metrics import Errors
from rnnstudio.core.stocks.evaluation.summary import EvaluationSummary
from rnnstudio.core.stocks.evaluation.uncertainty import CONFIDENCE, HitRate
from rnnstudio.core.stocks.evaluation.wording import (
    coverage_sentence,
    figure,
    lag_sentence,
    percentage,
    seeds_sentence,
    skill_sentence,
)
from rnnstudio.core.stocks.export.html.markup import Html, element, join, paragraphs, table

ERRORS = ("RMSE", "MAE", "MAPE", "MASE")
MASE = (
    "RMSE and MAE are in prices. MASE is the mean absolute error over that of yesterday's price in "
    "the training span. Direction: days called right, of those on which the forecast and the price "
    f"moved, with a {CONFIDENCE:.0%} interval."
)


def summary_table(examined: Evaluation) -> Html:
    """The errors of the network beside those of forecasts that need no network."""
    rows = [
        (each.name.capitalize(), *_errors(each.errors), _direction(each.hit_rate))
        for each in examined.summary.rows
    ]
    days = len(examined.forecast.rows)
    return join(
        [
            table(
                f"Each of {days:,} test days from the days before it",
                ("Forecast", *ERRORS, "Direction"),
                rows,
            ),
            element("p", MASE, class_="note"),
        ]
    )


def uncertainty_table(examined: Evaluation) -> Html:
    """Skill, lag, seeds and coverage, a sentence each."""
    found = examined.summary
    sentences = [
        skill_sentence(found.skill, found.days),
        lag_sentence(found.lag, found.days),
        seeds_sentence(found),
        *_every_seed(found),
        coverage_sentence(found),
    ]
    close = examined.forecast.rmse_close
    if close is not None:
        says = "Yesterday's close, known by then too, has an RMSE of {rmse}."
        sentences.append(Message(says, {"rmse": tidy(close)}))
    if examined.dropout is not None:
        says = "Sampling with dropout, no prediction interval, holds {share:.1%} of the days."
        sentences.append(Message(says, {"share": examined.dropout.coverage}))
    return paragraphs(map(str, sentences))


def _every_seed(panel: EvaluationSummary) -> list[Message]:
    if panel.seeds is None:
        return []
    every = ", ".join(map(tidy, panel.seeds.rmses))
    return [Message("The RMSE of each seed: {every}.", {"every": every})]


def closed_table(examined: Evaluation) -> Html:
    """The errors of the closed loop beside those of the last known price, held."""
    found = examined.summary
    return join(
        [
            element("p", found.closed_sentence),
            table(
                f"One path over {len(examined.forecast.rows):,} test days",
                ("Forecast", *ERRORS),
                [
                    ("Closed loop", *_errors(found.closed_loop)),
                    ("Last known price, held", *_errors(found.flat)),
                ],
            ),
        ]
    )


def horizons_table(examined: Evaluation) -> Html:
    """Errors and coverage by days ahead."""
    found = examined.summary
    columns: list[Iterable[str]] = [
        map(tidy, found.horizons.rmse),
        map(tidy, found.horizons.rmse_persistence),
    ]
    header = ["Days ahead", "RMSE, network", "RMSE, last known price"]
    if found.horizons.coverage is not None:
        header.append(f"Inside the {found.nominal:.0%} interval")
        columns.append(f"{share:.1%}" for share in found.horizons.coverage)
    numbers = map(str, range(1, len(found.horizons.rmse) + 1))
    return table("By days ahead", header, zip(numbers, *columns, strict=True))


def ahead_table(examined: Evaluation) -> Html:
    """The days that nobody knows yet."""
    ahead = examined.future
    columns: list[Iterable[str]] = [
        map(str, ahead.dates),
        map(_price, ahead.predicted),
        (_move(price, ahead.last) for price in ahead.predicted.tolist()),
    ]
    header = ["Day", "Forecast", "Against the last price"]
    if ahead.band is not None and ahead.intervals is not None:
        header += [f"{ahead.intervals.nominal:.0%} interval from", "to"]
        ends = np.isfinite(ahead.intervals.widths)
        columns += [
            (_price(price) if known else "–" for price, known in zip(end, ends, strict=True))
            for end in ahead.band
        ]
    last = examined.forecast.table.dates[-1]
    said = (
        f"The last price, of {last}, is {_price(ahead.last)}. The days are the share's usual "
        "weekdays; holidays are not known. Each day is forecast from the ones before it."
    )
    return join(
        [
            paragraphs([said, *map(str, ahead.notes)]),
            table("Days ahead", header, zip(*columns, strict=True)),
        ]
    )


def leakage_table(panel: EvaluationSummary) -> Html:
    """Every entry of the leakage ledger, what is out of order first."""
    rows = [
        (entry.name, _mark(entry.ok), entry.sentence)
        for entry in sorted(panel.leakage_checks, key=lambda entry: entry.ok)
    ]
    wrong = sum(not entry.ok for entry in panel.leakage_checks)
    caption = f"Of {len(rows)} things looked up, {wrong or 'none'} out of order"
    return table(caption, ("Looked up", "In order", "What was found"), rows, kind="words ledger")


def _price(price: float) -> str:
    """A price to the digits that a share is traded in."""
    return tidy(price, 6)


def _move(price: float, last: float) -> str:
    return f"{price / last - 1:+.2%}".replace("-", MINUS) if last else "–"


def _mark(ok: bool) -> Html:
    return element("span", "✓ yes" if ok else "✗ no", class_="good" if ok else "bad")


def _errors(errors: Errors) -> tuple[str, ...]:
    return figure(errors.rmse), figure(errors.mae), percentage(errors.mape), figure(errors.mase)


def _direction(found: HitRate) -> str:
    if found.share is None:
        return "calls none"
    share = found.share
    return f"{share.estimate:.1%} ({100 * share.low:.1f}–{100 * share.high:.1f}) of {found.days:,}"
