"""``rnnstudio stocks``: forecasts of a share's price from CSV files."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import numpy as np

from rnnstudio.cli import stocks_read
from rnnstudio.cli.output import Commands, positive_int, print_json, say, seed_number, watch
from rnnstudio.core.engine.fit import fit
from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.stocks.csv_import import read_prices
from rnnstudio.core.stocks.export import to_json, verdict, write_forecast
from rnnstudio.core.stocks.forecaster import Forecast, train
from rnnstudio.core.stocks.samples import FIRST_SAMPLE, SAMPLES
from rnnstudio.core.stocks.series import PriceTable
from rnnstudio.core.stocks.spec import ENGINES, ForecastSpec, default_columns
from rnnstudio.core.stocks.split import Split, join, split_at, suggested_test_day
from rnnstudio.core.training import Control
from rnnstudio.workers.child import KerasProcess

DEFAULTS = ForecastSpec()


def add_parser(commands: Commands) -> None:
    """Add ``stocks`` and its own commands to the command line."""
    stocks = commands.add_parser("stocks", help="forecast a share's price")
    inner = stocks.add_subparsers(title="commands", metavar="COMMAND", required=True)
    forecast = inner.add_parser(
        "forecast",
        help="train a network on a share's past and forecast the days after",
        description="Train a network on a share's past, forecast each day of the test span from "
        "the true days before it, and compare with 'tomorrow = today'.",
    )
    _add_data(forecast)
    _add_model(forecast)
    _add_training(forecast)
    _add_output(forecast)
    forecast.set_defaults(run=run_forecast, usage_error=forecast.error)
    stocks_read.add_parser(inner)


def _add_data(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("data")
    group.add_argument(
        "--train",
        metavar="FILE",
        type=Path,
        help=f"CSV file of prices to train on (default: the shipped prices of {FIRST_SAMPLE})",
    )
    test = group.add_mutually_exclusive_group()
    test.add_argument("--test", metavar="FILE", type=Path, help="CSV file of the days to forecast")
    test.add_argument(
        "--split",
        metavar="DATE",
        type=_date,
        help="first day to forecast, as YYYY-MM-DD, where one file holds it all (default without "
        "--test: the first of the last tenth of the rows)",
    )
    group.add_argument(
        "--features",
        metavar="COLUMNS",
        type=_names,
        help="columns the network sees, with commas between them (default: "
        f"{','.join(DEFAULTS.features)} where the file has them, else its first column of prices)",
    )
    group.add_argument(
        "--target",
        metavar="COLUMN",
        help=f"column it forecasts (default: {DEFAULTS.target} where the file has it and the "
        "other default columns, else its first column of prices)",
    )


def _add_model(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("network")
    group.add_argument(
        "--window",
        metavar="DAYS",
        type=positive_int,
        default=DEFAULTS.window,
        help="days the network sees before the day it forecasts (default: %(default)s)",
    )
    group.add_argument(
        "--layers",
        metavar="N",
        type=positive_int,
        default=DEFAULTS.layers,
        help="LSTM layers (default: %(default)s)",
    )
    group.add_argument(
        "--units",
        metavar="N",
        type=positive_int,
        default=DEFAULTS.units,
        help="units in each layer (default: %(default)s)",
    )
    group.add_argument(
        "--dropout",
        metavar="SHARE",
        type=float,
        default=DEFAULTS.dropout,
        help="share of each layer's outputs dropped while training (default: %(default)s)",
    )


def _add_training(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("training")
    group.add_argument(
        "--epochs",
        metavar="N",
        type=positive_int,
        default=DEFAULTS.epochs,
        help="times through the training data (default: %(default)s)",
    )
    group.add_argument(
        "--batch",
        metavar="N",
        type=positive_int,
        default=DEFAULTS.batch_size,
        help="examples in each step (default: %(default)s)",
    )
    group.add_argument(
        "--learning-rate",
        metavar="RATE",
        type=float,
        default=DEFAULTS.learning_rate,
        help="size of Adam's steps (default: %(default)s)",
    )
    group.add_argument(
        "--seed",
        metavar="S",
        type=seed_number,
        default=DEFAULTS.seed,
        help="the same seed and settings give the same forecast (default: %(default)s)",
    )
    group.add_argument(
        "--engine",
        choices=ENGINES,
        default=DEFAULTS.engine,
        help="what trains the network: NumPy here, or Keras in a process of its own "
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
        "--json", action="store_true", help="print the whole result as JSON (default: one sentence)"
    )


def run_forecast(args: argparse.Namespace) -> int:
    """Read, train, forecast, and print what ``args`` asks for."""
    split = _split(args)
    spec = _spec(args, split.table)
    with _engine(spec.engine) as engine:
        result, _ = watch(train(spec, split, Control(), engine), "training")
    forecast: Forecast = result
    if args.out is not None:
        write_forecast(forecast, args.out)
    if args.json:
        print_json(to_json(forecast))
    else:
        say(verdict(forecast))
    return 0


def _split(args: argparse.Namespace) -> Split:
    if args.test is not None and args.train is None:
        args.usage_error("argument --test: not allowed without argument --train")
    table = read_prices(args.train or SAMPLES[FIRST_SAMPLE])
    if args.test is not None:
        return join(table, read_prices(args.test))
    return split_at(table, suggested_test_day(table) if args.split is None else args.split)


def _spec(args: argparse.Namespace, table: PriceTable) -> ForecastSpec:
    features, target = default_columns(table)
    return ForecastSpec(
        features=features if args.features is None else args.features,
        target=target if args.target is None else args.target,
        window=args.window,
        layers=args.layers,
        units=args.units,
        dropout=args.dropout,
        epochs=args.epochs,
        batch_size=args.batch,
        learning_rate=args.learning_rate,
        seed=args.seed,
        engine=args.engine,
    )


@contextmanager
def _engine(name: str) -> Iterator[Fit]:
    if name == "numpy":
        yield fit
    else:
        with closing(KerasProcess()) as keras:
            yield keras.fit


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _date(text: str) -> np.datetime64:
    try:
        return np.datetime64(date.fromisoformat(text), "D")
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date like 2019-06-14") from None
