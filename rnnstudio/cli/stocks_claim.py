"""``rnnstudio stocks claim``: a claimed figure beside what "tomorrow = today" scores."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from rnnstudio.cli.console import Commands, print_json, say
from rnnstudio.cli.output_files import Reads
from rnnstudio.cli.stocks_options import add_border, border_of
from rnnstudio.cli.stocks_read import add_decisions, decisions
from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import import read_csv
from rnnstudio.core.stocks.data.samples import SAMPLES
from rnnstudio.core.stocks.data.split import split_share
from rnnstudio.core.stocks.evaluation.claims import (
    MEASURES,
    check_claim,
    needs_no_network,
    published_claims,
    require_possible,
)
from rnnstudio.core.stocks.model.presets import columns_for
from rnnstudio.core.text_table import text_table


def _defined(name: str) -> str:
    return f"{name}: {language.text(MEASURES[name].definition)}."


def add_parser(commands: Commands) -> None:
    """Add ``claim`` to the commands of ``stocks``."""
    parser = commands.add_parser(
        "claim",
        help="compare a claimed figure with 'tomorrow = today' on the same days",
        description=language.text(
            Message(
                "Says what 'tomorrow = today' scores on a measure, as papers use it, on the days "
                "that a claim is about, and whether the claim beats it. {measures}",
                {"measures": " ".join(_defined(name) for name in MEASURES)},
            )
        ),
    )
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--prices", metavar="FILE", type=Reads(), help="CSV file of prices with the claimed days"
    )
    which.add_argument(
        "--examples",
        action="store_true",
        help="list published claims beside 'tomorrow = today' on the last tenth of each shipped "
        "share, which are other days (default: off)",
    )
    add_border(parser.add_mutually_exclusive_group())
    parser.add_argument("--metric", choices=tuple(MEASURES), help="what was measured")
    parser.add_argument(
        "--value",
        metavar="V",
        type=float,
        help="the claimed figure; accuracy, mape and direction in per cent",
    )
    parser.add_argument(
        "--target",
        metavar="COLUMN",
        help="column that was forecast (default: Adj Close, else Close, else the first of prices)",
    )
    add_decisions(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object (default: off)")
    parser.set_defaults(run=run_claim)


def run_claim(args: argparse.Namespace) -> int:
    """Print what the claim comes to, or the examples."""
    if args.examples:
        return _examples(args.json)
    if args.metric is None or args.value is None:
        args.command.error("the following arguments are required: --metric, --value")
    require_possible(args.metric, args.value)
    table = read_csv(args.prices, decisions(args)).table
    target = args.target or columns_for("sound", table)[1]
    checked = check_claim(border_of(args, table), target, args.metric, args.value)
    if args.json:
        print_json(
            {
                "metric": checked.measure,
                "target": target,
                "days": checked.days,
                "persistence": checked.persistence,
                "claim": checked.claim,
                "beats": checked.beats,
                "sentence": language.text(checked.sentence),
            }
        )
    else:
        say(checked.sentence)
    return 0


def _examples(as_json: bool) -> int:
    shares = {}
    for share, path in SAMPLES.items():
        table = read_csv(path).table
        target, split = columns_for("sound", table)[1], split_share(table)
        shares[share] = {name: needs_no_network(split, target, name) for name in MEASURES}
    if as_json:
        claims = [vars(claim) for claim in published_claims()]
        print_json({"claims": claims, "persistence": shares})
    else:
        say(_table(shares))
    return 0


def _table(shares: Mapping[str, Mapping[str, float]]) -> str:
    columns: list[Message | str]
    columns = [Message("paper"), Message("share"), Message("measure"), Message("claim"), *shares]
    rows: list[list[Message | str]] = []
    for claim in published_claims():
        found = MEASURES[claim.measure]
        figures = [claim.value, *(scores[claim.measure] for scores in shares.values())]
        rows.append([claim.title, claim.share, found.label, *map(found.figure, figures)])
    return text_table(columns, rows)
