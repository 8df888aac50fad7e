"""What ``stocks walk`` and ``stocks search`` share: one file or a folder, workers, what is kept."""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from rnnstudio.cli.console import print_json, say, watch
from rnnstudio.cli.output_files import Reads, inside
from rnnstudio.cli.stocks_options import add_border, add_columns, add_model, add_training
from rnnstudio.cli.stocks_pool import add_pool, pool
from rnnstudio.cli.stocks_read import add_decisions, decisions
from rnnstudio.cli.stopping import stopping
from rnnstudio.core import language
from rnnstudio.core.documents.atomic import write_atomically
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.batch_read import Gathered, price_files, read_folder_job
from rnnstudio.core.stocks.data.csv_import import read_prices
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.samples import FIRST_SAMPLE, SAMPLES
from rnnstudio.core.stocks.validation.fold_cache import KEPT, CachedPool
from rnnstudio.core.stocks.validation.multi_ticker import Shares, ShareWork, shares_of
from rnnstudio.core.stocks.validation.run_folds import run_folds_job
from rnnstudio.core.training import Checkpoint, Control, Training

W = TypeVar("W", bound=ShareWork)


@dataclass(frozen=True)
class Result(Generic[W]):
    """How the result of the command ``name`` is formatted: as ``text``, or as ``plain`` data."""

    name: str
    text: Callable[[Shares[W]], str]
    plain: Callable[[Shares[W]], dict[str, Any]]

    def show(self, args: argparse.Namespace, shares: Shares[W]) -> None:
        """Print it as ``args`` asks for it."""
        if args.json:
            print_json(self.plain(shares))
        else:
            say(self.text(shares))

    def write(self, folder: Path, shares: Shares[W]) -> None:
        """Write it into ``folder``; raises UserError when that cannot be."""
        write_atomically(
            folder / _result_file(self.name), json.dumps(self.plain(shares), indent=1) + "\n"
        )


def add_validation(parser: argparse.ArgumentParser, name: str) -> None:
    """Which prices, which network, who trains, and where the results are written."""
    group = parser.add_argument_group("data")
    group.add_argument(
        "prices",
        metavar="PRICES",
        nargs="?",
        type=Reads(files=_price_files),
        help=language.text(
            Message(
                "CSV file of a share's prices, or a folder of such files (default: the shipped "
                "prices of {share})",
                {"share": FIRST_SAMPLE},
            )
        ),
    )
    add_border(group.add_mutually_exclusive_group())
    add_columns(group)
    add_decisions(parser)
    add_model(parser)
    add_training(parser)
    add_pool(parser)
    output = parser.add_argument_group("output")
    output.add_argument(
        "--out",
        metavar="DIR",
        type=inside(KEPT, _result_file(name)),
        help=language.text(
            Message(
                "keep every finished training in this folder, in {trainings}, from where the same "
                "command goes on when it was stopped, and the whole result in {result} (default: "
                "write no files)",
                {"trainings": KEPT, "result": _result_file(name)},
            )
        ),
    )
    output.add_argument(
        "--json", action="store_true", help="print every figure as JSON (default: tables)"
    )


def _result_file(name: str) -> str:
    return f"{name}.json"


def _price_files(path: Path) -> tuple[Path, ...]:
    return price_files(path) if path.is_dir() else (path,)


def gathered_shares(args: argparse.Namespace, make: Callable[[PriceTable], W]) -> Shares[W]:
    """The work on each share of the file or the folder; refused files are reported at once."""
    shares = shares_of(_gathered(args), make)
    for each in shares.refused:
        sentence = language.text(Message("refused: {problem}", {"problem": each.named}))
        print(sentence, file=sys.stderr)  # noqa: T201
    return shares


def _gathered(args: argparse.Namespace) -> Gathered:
    path: Path = args.prices or SAMPLES[FIRST_SAMPLE]
    if not path.is_dir():
        return Gathered({path.name: read_prices(path, decisions(args))})
    control = Control()
    with stopping(control):
        found: Gathered | None = watch(read_folder_job(path, decisions(args), control), "reading")[
            0
        ]
    if found is None:
        raise KeyboardInterrupt
    return found


def validate(args: argparse.Namespace, shares: Shares[W], result: Result[W]) -> int:
    """Do the work, print the result, and keep it as ``args`` asks for.

    A stop, and an error midway, leave the folds that were finished in the folder, and the table so
    far is printed all the same. Raises UserError when the workers are gone, the folder cannot be
    written, or no share has a figure. Raises KeyboardInterrupt when it was stopped.
    """
    reached: list[Shares[W]] = []
    try:
        whole = _do(args, shares, result.name, reached)
    except UserError:
        if reached:
            result.show(args, reached[-1])
        raise
    try:
        result.show(args, reached[-1])
    finally:  # also where nobody reads it to its end
        if args.out is not None:
            result.write(args.out, reached[-1])
    if not whole:
        raise KeyboardInterrupt
    if all(math.isnan(part.ratio) for part in reached[-1].parts):
        raise UserError("No share came to a figure; the result above says why.")
    return 0


def _do(args: argparse.Namespace, shares: Shares[W], label: str, reached: list[Shares[W]]) -> bool:
    """Whether the folds were all done; ``reached`` holds the newest state."""
    control = Control()
    with stopping(control), pool(args) as workers:
        fold_pool = workers if args.out is None else CachedPool(workers, args.out / KEPT)
        return (
            watch(_remembered(run_folds_job(shares, fold_pool, control), reached), label)[0]
            is not None
        )


def _remembered(training: Training, reached: list[Any]) -> Training:
    """The same events; ``reached`` holds the newest state."""
    for event in training:
        if isinstance(event, Checkpoint):
            reached[:] = [event.state]
        yield event
