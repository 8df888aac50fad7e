"""``rnnstudio stocks apply``: a saved network on a newer file of the same share."""

from __future__ import annotations

import argparse

from rnnstudio.cli.console import Commands
from rnnstudio.cli.output_files import Reads
from rnnstudio.cli.stocks_read import add_decisions, decisions
from rnnstudio.cli.stocks_result import (
    add_forecast,
    add_output,
    evaluation_of,
    require_places,
    write_and_print,
)
from rnnstudio.core.stocks.data.csv_import import read_csv
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest
from rnnstudio.core.stocks.evaluation.predict_newer import predict_newer
from rnnstudio.core.stocks.files.forecaster_file import load_forecaster


def add_parser(commands: Commands) -> None:
    """Add ``predict_newer`` to the commands of ``stocks``."""
    parser = commands.add_parser(
        "apply",
        help="forecast the newer days of a share with a network that was kept",
        description="Forecast the days of a newer file of the same share with a network that "
        "stocks forecast --save has kept. Nothing is trained.",
    )
    parser.add_argument(
        "--model", metavar="FILE", type=Reads(), required=True, help="file of the kept network"
    )
    parser.add_argument(
        "--prices",
        metavar="FILE",
        type=Reads(),
        required=True,
        help="CSV file with days after the last one that the network's file has",
    )
    add_decisions(parser)
    add_forecast(parser)
    add_output(parser)
    parser.set_defaults(run=run_apply)


def run_apply(args: argparse.Namespace) -> int:
    """Read both files, forecast, and print what ``args`` asks for."""
    question = EvaluationRequest(args.ahead, args.nominal)
    require_places(args)
    trained, accesses = load_forecaster(args.model)
    newer = read_csv(args.prices, decisions(args))
    forecast = predict_newer(trained, newer.table, accesses, question)
    write_and_print(args, evaluation_of(args, forecast), (newer,))
    return 0
