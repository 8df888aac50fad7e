"""A forecast as ``stocks forecast`` and ``stocks apply`` print and write it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rnnstudio.cli.console import positive_int, print_json, say
from rnnstudio.cli.output_files import Writes, inside
from rnnstudio.core import language
from rnnstudio.core.documents.atomic import require_writable
from rnnstudio.core.engine.choice import Recommendation, recommend
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import import Reading
from rnnstudio.core.stocks.evaluation.dropout_samples import dropout_band
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.core.stocks.evaluation.forecast import HORIZON, EvaluationRequest, Forecast
from rnnstudio.core.stocks.evaluation.future import future
from rnnstudio.core.stocks.evaluation.summary import EvaluationSummary, summarize
from rnnstudio.core.stocks.evaluation.wording import (
    coverage_sentence,
    lag_sentence,
    seeds_sentence,
    skill_sentence,
)
from rnnstudio.core.stocks.export.forecast_json import (
    FORECAST_FILES,
    dropout_json,
    future_json,
    to_json,
    write_forecast,
)
from rnnstudio.core.stocks.export.html.html_report import write_report
from rnnstudio.core.stocks.export.validation_tables import errors_table
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster
from rnnstudio.core.stocks.model.intervals import NOMINAL

Writer = Callable[[], object]
"""Writes a file, or raises the UserError that says why it cannot."""


def add_forecast(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    """What is to be forecast; gives the group, for more of it."""
    group = parser.add_argument_group("forecast")
    group.add_argument(
        "--mode",
        choices=("open", "closed"),
        default="open",
        help="open: each day from the true days before it; closed: one path from the first day on, "
        "fed with its own output (default: %(default)s)",
    )
    group.add_argument(
        "--ahead",
        metavar="DAYS",
        type=positive_int,
        default=HORIZON,
        help="days ahead for the errors by horizon and for the days after the file's end "
        "(default: %(default)s)",
    )
    group.add_argument(
        "--nominal",
        metavar="SHARE",
        type=float,
        default=NOMINAL,
        help="share of days that an interval is to hold; there are intervals where there is a "
        "validation span (default: %(default)s)",
    )
    group.add_argument(
        "--dropout-samples",
        metavar="N",
        type=positive_int,
        help="also forecast N times with dropout on: what the network is unsure of, which is no "
        "prediction interval (default: do not)",
    )
    return group


def add_output(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    """Where the result goes; gives the group, for more of it."""
    group = parser.add_argument_group("output")
    group.add_argument(
        "--out",
        metavar="DIR",
        type=inside(*FORECAST_FILES),
        help="also write forecast.csv and forecast.json into this folder (default: write no files)",
    )
    group.add_argument(
        "--report",
        metavar="FILE",
        type=Writes(),
        help="also write everything that is known of the forecast into this file, as one HTML page "
        "that needs nothing else (default: do not)",
    )
    group.add_argument(
        "--json",
        action="store_true",
        help="print the whole result as JSON (default: the panel and one sentence)",
    )
    return group


def require_places(args: argparse.Namespace, *others: Path | None) -> None:
    """Raise UserError if a file that is asked for, or one of ``others``, cannot be written.

    To be called before the work: a wrong place is refused at once and not after a training.
    """
    out = [] if args.out is None else [args.out / name for name in FORECAST_FILES]
    for path in (*out, args.report, *others):
        if path is not None:
            require_writable(path)


def evaluation_of(
    args: argparse.Namespace, forecast: Forecast, seeds: Sequence[TrainedForecaster] = ()
) -> Evaluation:
    """The forecast with its summary, the days after the file's end, and samples if wanted."""
    question = EvaluationRequest(args.ahead, args.nominal)
    sampled = None
    if args.dropout_samples is not None:
        sampled = dropout_band(forecast, args.nominal, args.dropout_samples)
    ahead = future(forecast, question)
    return Evaluation(forecast, summarize(forecast, seeds), ahead, sampled)


def write_and_print(
    args: argparse.Namespace, evaluation: Evaluation, readings: Sequence[Reading], *writers: Writer
) -> None:
    """Write and print the result as ``args`` asks for it; each of ``writers`` writes a file more.

    ``readings`` are those of the files that the prices came from, as far as they are known.

    Raises UserError when something cannot be written, after all else is written and printed:
    nothing that is finished is lost.
    """
    result = _as_json(args, evaluation)
    problems = _written([*writers, *_writers(args, evaluation, readings, result)])
    if args.json:
        print_json(result)
    else:
        _print(args, evaluation)
    if problems:
        raise UserError("{problems}", problems=Message.joined(problems))


def _writers(
    args: argparse.Namespace,
    evaluation: Evaluation,
    readings: Sequence[Reading],
    result: dict[str, Any],
) -> list[Writer]:
    """The writers of what the options of ``add_output`` ask for."""
    writers: list[Writer] = []
    if args.out is not None:
        writers.append(lambda: write_forecast(evaluation.forecast, result, args.out, args.mode))
    if args.report is not None:
        now = datetime.now(UTC)
        writers.append(lambda: write_report(args.report, evaluation, now, readings))
    return writers


def _written(writers: Iterable[Writer]) -> list[Message]:
    """Run every writer; what went wrong, one sentence each."""
    problems = []
    for write in writers:
        try:
            write()
        except UserError as error:
            problems.append(error.message)
    return problems


def _as_json(args: argparse.Namespace, evaluation: Evaluation) -> dict[str, Any]:
    forecast = evaluation.forecast
    advised = _recommended(forecast)
    result = {
        **to_json(forecast, evaluation.summary, args.mode),
        "recommended_engine": {"engine": advised.engine, "why": str(advised.why)},
        "ahead": future_json(evaluation.future),
        "ahead_notes": list(map(str, evaluation.future.notes)),
    }
    if evaluation.dropout is not None:
        result["dropout_samples"] = dropout_json(evaluation.dropout)
    return result


def _print(args: argparse.Namespace, evaluation: Evaluation) -> None:
    forecast, found = evaluation.forecast, evaluation.summary
    say(summary_text(forecast, found))
    sentences = [
        Message(
            "trained by {engine}. {why}",
            {"engine": forecast.spec.engine, "why": _recommended(forecast).why},
        )
    ]
    if evaluation.dropout is not None:
        sentences.append(
            Message(
                "dropout samples hold {share:.0%} of days: the spread of the network under "
                "dropout, not a prediction interval",
                {"share": evaluation.dropout.coverage},
            )
        )
    for sentence in (*sentences, *evaluation.future.notes, *found.cautions):
        say(language.text(sentence))
    say(language.text(found.sentence if args.mode == "open" else found.closed_sentence))


def _recommended(forecast: Forecast) -> Recommendation:
    spec, examples = forecast.spec, len(forecast.trained.data.train.rows)
    return recommend(spec.model, spec.fit, examples, spec.window)


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
