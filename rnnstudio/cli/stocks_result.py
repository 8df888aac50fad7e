"""A forecast as ``stocks forecast`` and ``stocks apply`` print and write it."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rnnstudio.cli.output import positive_int, print_json, say
from rnnstudio.cli.stocks_table import panel_table
from rnnstudio.core.engine.choice import Recommendation, recommend
from rnnstudio.core.stocks.dropout_samples import dropout_band
from rnnstudio.core.stocks.export import dropout_json, future_json, to_json, write_forecast
from rnnstudio.core.stocks.forecast import HORIZON, Forecast, Question
from rnnstudio.core.stocks.future import future
from rnnstudio.core.stocks.honesty.panel import Panel
from rnnstudio.core.stocks.intervals import NOMINAL


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
        type=Path,
        help="also write forecast.csv and forecast.json into this folder (default: write no files)",
    )
    group.add_argument(
        "--json",
        action="store_true",
        help="print the whole result as JSON (default: the panel and one sentence)",
    )
    return group


def report(args: argparse.Namespace, forecast: Forecast, panel: Panel) -> dict[str, Any]:
    """The result as JSON has it: with the days after the file's end, and samples if wanted."""
    question = Question(args.ahead, args.nominal)
    ahead = future_json(future(forecast.trained, forecast.table, question))
    result = {
        **to_json(forecast, panel, args.mode),
        "recommended_engine": asdict(_recommended(forecast)),
        "ahead": ahead,
    }
    if args.dropout_samples is not None:
        band = dropout_band(forecast, args.nominal, args.dropout_samples)
        result["dropout_samples"] = dropout_json(band)
    return result


def tell(
    args: argparse.Namespace, forecast: Forecast, panel: Panel, result: dict[str, Any]
) -> None:
    """Write and print the ``result`` as ``args`` asks for it."""
    if args.out is not None:
        write_forecast(forecast, result, args.out, args.mode)
    if args.json:
        print_json(result)
        return
    say(panel_table(forecast, panel))
    say(f"trained by {forecast.spec.engine}. {_recommended(forecast).why}")
    if args.dropout_samples is not None:
        sampled = result["dropout_samples"]
        say(f"dropout samples hold {sampled['coverage']:.0%} of days: {sampled['is']}")
    say(panel.sentence if args.mode == "open" else panel.closed_sentence)


def _recommended(forecast: Forecast) -> Recommendation:
    spec, examples = forecast.spec, len(forecast.trained.lesson.train.rows)
    return recommend(spec.model, spec.fit, examples, spec.window)
