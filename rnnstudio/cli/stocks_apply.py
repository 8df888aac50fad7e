"""``rnnstudio stocks apply``: a kept network on a newer file of the same share."""

from __future__ import annotations

import argparse
from pathlib import Path

from rnnstudio.cli.output import Commands, positive_int, print_json, say
from rnnstudio.cli.stocks_table import panel_table
from rnnstudio.core.stocks.apply import apply
from rnnstudio.core.stocks.csv_import import read_prices
from rnnstudio.core.stocks.document import load_forecaster
from rnnstudio.core.stocks.export import future_json, to_json, write_forecast
from rnnstudio.core.stocks.forecast import HORIZON, Question
from rnnstudio.core.stocks.future import future
from rnnstudio.core.stocks.honesty.panel import panel
from rnnstudio.core.stocks.intervals import NOMINAL


def add_parser(commands: Commands) -> None:
    """Add ``apply`` to the commands of ``stocks``."""
    parser = commands.add_parser(
        "apply",
        help="forecast the newer days of a share with a network that was kept",
        description="Forecast the days of a newer file of the same share with a network that "
        "stocks forecast --save has kept. Nothing is trained.",
    )
    parser.add_argument(
        "--model", metavar="FILE", type=Path, required=True, help="file of the kept network"
    )
    parser.add_argument(
        "--prices",
        metavar="FILE",
        type=Path,
        required=True,
        help="CSV file with days after the last one that the network's file has",
    )
    parser.add_argument(
        "--mode",
        choices=("open", "closed"),
        default="open",
        help="open: each new day from the true days before it; closed: one path from the first "
        "new day on, fed with its own output (default: %(default)s)",
    )
    parser.add_argument(
        "--ahead",
        metavar="DAYS",
        type=positive_int,
        default=HORIZON,
        help="days ahead for the errors by horizon and for the days after the file's end "
        "(default: %(default)s)",
    )
    parser.add_argument(
        "--nominal",
        metavar="SHARE",
        type=float,
        default=NOMINAL,
        help="share of days that an interval is to hold (default: %(default)s)",
    )
    parser.add_argument(
        "--out",
        metavar="DIR",
        type=Path,
        help="also write forecast.csv and forecast.json into this folder (default: write no files)",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="print the whole result as JSON (default: the panel and one sentence)",
    )
    parser.set_defaults(run=run_apply)


def run_apply(args: argparse.Namespace) -> int:
    """Read both files, forecast, and print what ``args`` asks for."""
    question = Question(args.ahead, args.nominal)
    trained, openings = load_forecaster(args.model)
    forecast = apply(trained, read_prices(args.prices), openings, question)
    found = panel(forecast)
    if args.out is not None:
        write_forecast(forecast, found, args.out, args.mode)
    if args.json:
        ahead = future_json(future(trained, forecast.table, question))
        print_json({**to_json(forecast, found, args.mode), "ahead": ahead})
    else:
        say(panel_table(forecast, found))
        say(found.sentence if args.mode == "open" else found.closed_sentence)
    return 0
