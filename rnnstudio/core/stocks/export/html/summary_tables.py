"""The evaluation on the test span: every figure, the leakage checks, and the days ahead."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import DayText, percent, tidy
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.core.stocks.evaluation.metrics import Errors
from rnnstudio.core.stocks.evaluation.summary import EvaluationSummary
from rnnstudio.core.stocks.evaluation.uncertainty import CONFIDENCE
from rnnstudio.core.stocks.evaluation.wording import (
    coverage_sentence,
    figure,
    hit_rate_cell,
    lag_sentence,
    percentage,
    seeds_sentence,
    skill_sentence,
)
from rnnstudio.core.stocks.export.html.page import Block, Cell, Marked, Paragraph, TableBlock

ERRORS = ("RMSE", "MAE", "MAPE", "MASE")
MASE = Message(
    "RMSE and MAE are in prices. MASE is the mean absolute error over that of yesterday's price in "
    "the training span. Direction: days called right, of those on which the forecast and the price "
    "moved, with a {share:.0%} interval.",
    {"share": CONFIDENCE},
)


def summary_table(evaluation: Evaluation) -> list[Block]:
    """The errors of the network beside those of forecasts that need no network."""
    rows: list[tuple[Cell, ...]] = [
        (each.name.capitalize(), *_errors(each.errors), hit_rate_cell(each.hit_rate))
        for each in evaluation.summary.rows
    ]
    caption = Message(
        "Each of {days:n} test days from the days before it",
        {"days": len(evaluation.forecast.rows)},
    )
    header = (Message("Forecast"), *ERRORS, Message("Direction"))
    return [TableBlock(caption, header, rows), Paragraph(MASE, "note")]


def uncertainty_table(evaluation: Evaluation) -> list[Block]:
    """Skill, lag, seeds and coverage, a sentence each."""
    found = evaluation.summary
    sentences = [
        skill_sentence(found.skill, found.days),
        lag_sentence(found.lag, found.days),
        seeds_sentence(found),
        *_every_seed(found),
        coverage_sentence(found),
    ]
    close = evaluation.forecast.rmse_close
    if close is not None:
        sentences.append(
            Message(
                "Yesterday's close, known by then too, has an RMSE of {rmse}.",
                {"rmse": tidy(close)},
            )
        )
    if evaluation.dropout is not None:
        sentences.append(
            Message(
                "Sampling with dropout, no prediction interval, holds {share:.1%} of the days.",
                {"share": evaluation.dropout.coverage},
            )
        )
    return list(map(Paragraph, sentences))


def _every_seed(summary: EvaluationSummary) -> list[Message]:
    if summary.seeds is None:
        return []
    every = [Message("{value}", {"value": tidy(rmse)}) for rmse in summary.seeds.rmses]
    return [Message("The RMSE of each seed: {every}.", {"every": every})]


def closed_table(evaluation: Evaluation) -> list[Block]:
    """The errors of the closed loop beside those of the last known price, held."""
    found = evaluation.summary
    caption = Message("One path over {days:n} test days", {"days": len(evaluation.forecast.rows)})
    rows: list[tuple[Cell, ...]] = [
        (Message("Closed loop"), *_errors(found.closed_loop)),
        (Message("Last known price, held"), *_errors(found.flat)),
    ]
    table = TableBlock(caption, (Message("Forecast"), *ERRORS), rows)
    return [Paragraph(found.closed_sentence), table]


def horizons_table(evaluation: Evaluation) -> TableBlock:
    """Errors and coverage by days ahead."""
    found = evaluation.summary
    columns: list[Iterable[str]] = [
        map(tidy, found.horizons.rmse),
        map(tidy, found.horizons.rmse_persistence),
    ]
    header = [
        Message("Days ahead"),
        Message("RMSE, network"),
        Message("RMSE, last known price"),
    ]
    if found.horizons.coverage is not None:
        header.append(Message("Inside the {share:.0%} interval", {"share": found.nominal}))
        columns.append(percent(share, 1) for share in found.horizons.coverage)
    numbers = map(str, range(1, len(found.horizons.rmse) + 1))
    rows = list(zip(numbers, *columns, strict=True))
    return TableBlock(Message("By days ahead"), header, rows)


def ahead_table(evaluation: Evaluation) -> list[Block]:
    """The days that nobody knows yet."""
    ahead = evaluation.future
    columns: list[Iterable[str]] = [
        map(DayText, ahead.dates.astype(str)),
        map(_price, ahead.predicted),
        (_move(price, ahead.last) for price in ahead.predicted.tolist()),
    ]
    header = [Message("Day"), Message("Forecast"), Message("Against the last price")]
    if ahead.band is not None and ahead.intervals is not None:
        share = {"share": ahead.intervals.nominal}
        header += [Message("{share:.0%} interval from", share), Message("to")]
        ends = np.isfinite(ahead.intervals.widths)
        columns += [
            (_price(price) if known else "–" for price, known in zip(end, ends, strict=True))
            for end in ahead.band
        ]
    said = Message(
        "The last price, of {day}, is {price}. The days are the share's usual weekdays; holidays "
        "are not known. Each day is forecast from the ones before it.",
        {"day": evaluation.forecast.table.dates[-1], "price": _price(ahead.last)},
    )
    table = TableBlock(Message("Days ahead"), header, list(zip(*columns, strict=True)))
    return [*map(Paragraph, (said, *ahead.notes)), table]


def leakage_table(summary: EvaluationSummary) -> TableBlock:
    """Every leakage check, those that failed first."""
    rows = [
        (entry.name, _mark(entry.ok), entry.sentence)
        for entry in sorted(summary.leakage_checks, key=lambda entry: entry.ok)
    ]
    wrong = sum(not entry.ok for entry in summary.leakage_checks)
    caption = Message(
        "Of {checks} things looked up, {wrong} out of order",
        {"checks": len(rows), "wrong": wrong or Message("none")},
    )
    header = (Message("Looked up"), Message("In order"), Message("What was found"))
    return TableBlock(caption, header, rows, "words checks")


def _price(price: float) -> str:
    """A price to the digits that a share is traded in."""
    return tidy(price, 6)


def _move(price: float, last: float) -> str:
    return percent(price / last - 1, 2, signed=True) if last else "–"


def _mark(ok: bool) -> Marked:
    return Marked(Message("✓ yes"), "good") if ok else Marked(Message("✗ no"), "bad")


def _errors(errors: Errors) -> tuple[str, ...]:
    return figure(errors.rmse), figure(errors.mae), percentage(errors.mape), figure(errors.mase)
