"""``rnnstudio stocks search``: which settings do best on the days before the test span."""

from __future__ import annotations

import argparse
from functools import partial

from rnnstudio.cli.console import Commands, positive_int
from rnnstudio.cli.stocks_options import border_of, spec_of
from rnnstudio.cli.stocks_validation import Result, add_validation, gathered_shares, validate
from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.export.validation_json import searches_json
from rnnstudio.core.stocks.export.validation_tables import search_text, searches_text
from rnnstudio.core.stocks.validation.multi_ticker import Shares
from rnnstudio.core.stocks.validation.search import FOLDS, SearchPlan, SearchTable, new_search
from rnnstudio.core.stocks.validation.search_space import SETTINGS, SearchSpace, parse_space

_NAME = "search"


def add_parser(commands: Commands) -> None:
    """Add ``search`` to the commands of ``stocks``."""
    parser = commands.add_parser(
        _NAME,
        help="try settings on the days before the test span, which is not evaluated",
        description="Try values of settings on a share, or on each share in a folder: every "
        "candidate is trained and scored on the same folds (scikit-learn's TimeSeriesSplit) of "
        "the days before the test span. Ctrl+C stops it and prints the table so far.",
    )
    _add_space(parser.add_argument_group("search"))
    _add_folds(parser.add_argument_group("folds"))
    add_validation(parser, _NAME)
    parser.set_defaults(run=run_search)


def _add_space(group: argparse._ArgumentGroup) -> None:
    """What is tried, and how the table is ordered."""
    group.add_argument(
        "--try",
        dest="space",
        metavar="NAME=V1,V2",
        action="append",
        required=True,
        help=language.text(
            Message(
                "values of a setting to try, such as units=8,16,32 or features=Close,Close+Volume "
                "(may be given several times): {settings}",
                {"settings": ", ".join(SETTINGS)},
            )
        ),
    )
    group.add_argument(
        "--random",
        metavar="N",
        type=positive_int,
        help="try N combinations drawn at random with the seed (default: try all)",
    )
    group.add_argument(
        "--sort",
        metavar="COLUMN",
        default="mean",
        help="column that orders one share's table (default: %(default)s)",
    )


def _add_folds(group: argparse._ArgumentGroup) -> None:
    """The days that are trained on and scored."""
    group.add_argument(
        "--folds", metavar="N", type=int, default=FOLDS, help="folds (default: %(default)s)"
    )
    group.add_argument(
        "--gap",
        metavar="DAYS",
        type=int,
        help="days left out between those learnt from and those scored (default: as many as the "
        "longest window takes)",
    )


def run_search(args: argparse.Namespace) -> int:
    """Read, search, and print and keep what ``args`` asks for."""
    space = parse_space(args.space)
    shares = gathered_shares(args, partial(_search, args, space))
    _require_column(shares.parts[0], args.sort)
    return validate(args, shares, Result(_NAME, partial(_text, args.sort), searches_json))


def _search(args: argparse.Namespace, space: SearchSpace, table: PriceTable) -> SearchTable:
    plan = SearchPlan(spec_of(args, table), space, args.folds, args.gap, args.random)
    return new_search(plan, border_of(args, table))


def _require_column(table: SearchTable, name: str) -> None:
    if name not in table.columns:
        raise UserError(
            "The table has no column {name!r} to sort by; it has {columns}.",
            name=name,
            columns=", ".join(table.columns),
        )


def _text(column: str, shares: Shares[SearchTable]) -> str:
    if len(shares.parts) == 1:
        return search_text(shares.parts[0], column)
    return searches_text(shares)
