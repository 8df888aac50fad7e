"""``rnnstudio stocks``: forecasts of a share's price from CSV files."""

from __future__ import annotations

import argparse
from pathlib import Path

from rnnstudio.cli import (
    stocks_apply,
    stocks_claim,
    stocks_compare,
    stocks_lies,
    stocks_read,
    stocks_search,
    stocks_walk,
)
from rnnstudio.cli.console import Commands, positive_int
from rnnstudio.cli.output_files import Writes
from rnnstudio.cli.stocks_options import (
    add_data,
    add_model,
    add_training,
    divided,
    readings_of,
    spec_of,
)
from rnnstudio.cli.stocks_result import (
    Writer,
    add_forecast,
    add_output,
    evaluation_of,
    require_places,
    write_and_print,
)
from rnnstudio.cli.stocks_training import add_begun, reopen, trained_seeds
from rnnstudio.core import language
from rnnstudio.core.documents.document_file import SUFFIX
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import import Reading
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest, evaluate
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.export.script.script import prices_beside, require_place, write_script
from rnnstudio.core.stocks.files.forecaster_file import save_forecaster


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
    training = add_training(forecast)
    add_begun(training)
    add_forecast(forecast).add_argument(
        "--seeds",
        metavar="N",
        type=positive_int,
        default=1,
        help="trainings from this many seeds on, to see what chance alone does "
        "(default: %(default)s)",
    )
    _add_files(add_output(forecast))
    forecast.set_defaults(run=run_forecast)
    for command in (
        stocks_apply,
        stocks_compare,
        stocks_lies,
        stocks_walk,
        stocks_search,
        stocks_read,
        stocks_claim,
    ):
        command.add_parser(inner)


def _add_files(output: argparse._ArgumentGroup) -> None:
    """The files that only a training leads to."""
    output.add_argument(
        "--save",
        metavar="FILE",
        type=Writes(),
        help=language.text(
            Message(
                "also keep the network in this file, for stocks apply and for the window; its "
                "usual ending is {suffix}; what continues the training is saved there every 30 "
                "seconds and when it is stopped, for --from (default: do not)",
                {"suffix": SUFFIX},
            )
        ),
    )
    output.add_argument(
        "--script",
        metavar="FILE",
        type=Writes(_script_files),
        help="also write the run into this file, which ends in .py, as a plain Python script that "
        "comes to the same numbers, with its prices beside it (default: do not)",
    )


def _script_files(path: Path) -> tuple[Path, ...]:
    return (path, prices_beside(path)) if path.name else (path,)


def run_forecast(args: argparse.Namespace) -> int:
    """Read, train, evaluate, and print what ``args`` asks for."""
    question = EvaluationRequest(args.ahead, args.nominal)
    require_places(args, args.save)
    if args.script is not None:
        require_place(args.script)
    readings: tuple[Reading, ...] = ()
    begun = None if args.begun is None else reopen(args)
    if begun is None:
        readings = readings_of(args)
        split = divided(args, readings)
        spec = spec_of(args, split.table)
    else:
        spec, split = begun.data.spec, begun.data.split
    trained = trained_seeds(args, spec, split, begun)
    forecast = evaluate(trained[0], AccessLog(), question)
    writers: list[Writer] = []
    if args.save is not None:
        writers.append(lambda: save_forecaster(args.save, trained[0], forecast.accesses))
    if args.script is not None:
        writers.append(lambda: write_script(args.script, forecast))
    write_and_print(args, evaluation_of(args, forecast, trained), readings, *writers)
    return 0
