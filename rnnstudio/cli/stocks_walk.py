"""``rnnstudio stocks walk``: walk-forward over a share, or over every share of a folder."""

from __future__ import annotations

import argparse

from rnnstudio.cli.console import Commands, positive_int
from rnnstudio.cli.stocks_options import border_of, spec_of
from rnnstudio.cli.stocks_validation import Result, add_validation, gathered_shares, validate
from rnnstudio.core.stocks.export.validation_json import walks_json
from rnnstudio.core.stocks.export.validation_tables import walk_text, walks_text
from rnnstudio.core.stocks.validation.multi_ticker import Shares
from rnnstudio.core.stocks.validation.walk_forward import EVERY, Walk, new_walk

_NAME = "walk"


def add_parser(commands: Commands) -> None:
    """Add ``walk`` to the commands of ``stocks``."""
    parser = commands.add_parser(
        _NAME,
        help="forecast a test span with a network that is trained anew every few days",
        description="Walk over the test span of a share, or of each share in a folder: before "
        "every block of days the network is trained anew on all days before it, then forecasts "
        "each day of the block one day ahead. Ctrl+C stops it and prints what is done.",
    )
    parser.add_argument_group("walk").add_argument(
        "--every",
        metavar="DAYS",
        type=positive_int,
        default=EVERY,
        help="days from one training to the next (default: %(default)s)",
    )
    add_validation(parser, _NAME)
    parser.set_defaults(run=run_walk)


def run_walk(args: argparse.Namespace) -> int:
    """Read, walk, and print and keep what ``args`` asks for."""
    shares = gathered_shares(
        args, lambda table: new_walk(spec_of(args, table), border_of(args, table), args.every)
    )
    return validate(args, shares, Result(_NAME, _text, walks_json))


def _text(shares: Shares[Walk]) -> str:
    return walk_text(shares.parts[0]) if len(shares.parts) == 1 else walks_text(shares)
