"""``rnnstudio stocks``: forecasts of a share's price from CSV files."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from rnnstudio.cli import stocks_apply, stocks_compare, stocks_read
from rnnstudio.cli.output import Commands, positive_int, print_json, say, watch
from rnnstudio.cli.stocks_options import (
    add_data,
    add_model,
    add_training,
    engine,
    spec_of,
    split_of,
)
from rnnstudio.cli.stocks_table import panel_table
from rnnstudio.core.documents.document import SUFFIX
from rnnstudio.core.stocks.document import save_forecaster
from rnnstudio.core.stocks.dropout_samples import dropout_band
from rnnstudio.core.stocks.export import dropout_json, future_json, to_json, write_forecast
from rnnstudio.core.stocks.forecast import HORIZON, Forecast, Question, evaluate
from rnnstudio.core.stocks.forecaster import TrainedForecaster
from rnnstudio.core.stocks.future import future
from rnnstudio.core.stocks.honesty.panel import Panel, panel
from rnnstudio.core.stocks.honesty.seeds import train_seeds
from rnnstudio.core.stocks.intervals import NOMINAL
from rnnstudio.core.stocks.openings import Openings
from rnnstudio.core.training import Control


def add_parser(commands: Commands) -> None:
    """Add ``stocks`` and its own commands to the command line."""
    stocks = commands.add_parser("stocks", help="forecast a share's price")
    inner = stocks.add_subparsers(title="commands", metavar="COMMAND", required=True)
    forecast = inner.add_parser(
        "forecast",
        help="train a network on a share's past and forecast the days after",
        description="Train a network on a share's past, forecast each day of the test span, and "
        "compare with 'tomorrow = today' and with other forecasts that need no network.",
    )
    add_data(forecast)
    stocks_read.add_decisions(forecast)
    add_model(forecast)
    add_training(forecast)
    _add_forecast(forecast)
    _add_output(forecast)
    forecast.set_defaults(run=run_forecast, usage_error=forecast.error)
    stocks_apply.add_parser(inner)
    stocks_compare.add_parser(inner)
    stocks_read.add_parser(inner)


def _add_forecast(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("forecast")
    group.add_argument(
        "--mode",
        choices=("open", "closed"),
        default="open",
        help="open: each test day from the true days before it; closed: one path from the first "
        "test day on, fed with its own output (default: %(default)s)",
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
    group.add_argument(
        "--seeds",
        metavar="N",
        type=positive_int,
        default=1,
        help="trainings from this many seeds on, to see what chance alone does "
        "(default: %(default)s)",
    )


def _add_output(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("output")
    group.add_argument(
        "--out",
        metavar="DIR",
        type=Path,
        help="also write forecast.csv and forecast.json into this folder (default: write no files)",
    )
    group.add_argument(
        "--save",
        metavar="FILE",
        type=Path,
        help="also keep the network in this file, for stocks apply and for the window "
        f"(default: do not; the usual ending is {SUFFIX})",
    )
    group.add_argument(
        "--json",
        action="store_true",
        help="print the whole result as JSON (default: the panel and one sentence)",
    )


def run_forecast(args: argparse.Namespace) -> int:
    """Read, train, evaluate, and print what ``args`` asks for."""
    question = Question(args.ahead, args.nominal)
    split = split_of(args)
    spec = spec_of(args, split.table)
    with engine(spec.engine) as fit:
        trained: tuple[TrainedForecaster, ...] = watch(
            train_seeds(spec, split, Control(), fit, args.seeds), "training"
        )[0]
    forecast = evaluate(trained[0], Openings(), question)
    found = panel(forecast, trained)
    if args.out is not None:
        write_forecast(forecast, found, args.out, args.mode)
    if args.save is not None:
        save_forecaster(args.save, trained[0], forecast.openings)
    if args.json:
        print_json(_json(args, forecast, found))
    else:
        say(panel_table(forecast, found))
        say(found.sentence if args.mode == "open" else found.closed_sentence)
    return 0


def _json(args: argparse.Namespace, forecast: Forecast, found: Panel) -> dict[str, Any]:
    """The forecast, the days after the file's end, and the dropout samples where wanted."""
    question = Question(args.ahead, args.nominal)
    ahead = future_json(future(forecast.trained, forecast.table, question))
    result = {**to_json(forecast, found, args.mode), "ahead": ahead}
    if args.dropout_samples is not None:
        band = dropout_band(forecast, args.nominal, args.dropout_samples)
        result["dropout_samples"] = dropout_json(band)
    return result
