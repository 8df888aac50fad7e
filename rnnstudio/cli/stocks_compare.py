"""``rnnstudio stocks compare``: shares by presets by engines, every figure of the summary."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from rnnstudio.cli.console import Commands, positive_int, print_json, say, watch
from rnnstudio.cli.output_files import Reads, Writes
from rnnstudio.cli.stocks_options import engine
from rnnstudio.core import language
from rnnstudio.core.documents.atomic import write_atomically
from rnnstudio.core.documents.bounded_json import MOST_BYTES, read_json
from rnnstudio.core.documents.regular import open_regular
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import import read_prices
from rnnstudio.core.stocks.data.samples import SAMPLES
from rnnstudio.core.stocks.data.split import Split, join, split_share
from rnnstudio.core.stocks.evaluation.seeds import SEEDS
from rnnstudio.core.stocks.export.grid_tables import Result, baseline_table, network_table
from rnnstudio.core.stocks.export.validation_json import grid_json
from rnnstudio.core.stocks.model.forecast_spec import ENGINES
from rnnstudio.core.stocks.model.presets import PRESET_NAMES
from rnnstudio.core.stocks.validation.grid import GridCase, run
from rnnstudio.core.training import Control


def add_parser(commands: Commands) -> None:
    """Add ``compare`` to the commands of ``stocks``."""
    parser = commands.add_parser(
        "compare",
        help="forecast several shares with several presets and engines, and compare",
        description="Forecast each share with each preset in each engine, with several seeds, and "
        "print tables in Markdown: every figure of the panel, and the forecasts without a network.",
    )
    _add_cases(parser.add_argument_group("cases"))
    _add_results(parser.add_argument_group("results"))
    parser.set_defaults(run=run_compare)


def _add_cases(group: argparse._ArgumentGroup) -> None:
    """Which shares, presets and engines, and how often each."""
    group.add_argument(
        "--share",
        metavar="NAME[=FILE[,TESTFILE]]",
        type=Reads(_share, lambda share: share[1]),
        action="append",
        help="a shipped share, or one in a CSV file, with the test span in a second one or in the "
        "last tenth of the rows (may be given several times; default: all that are shipped)",
    )
    group.add_argument(
        "--preset",
        choices=PRESET_NAMES,
        action="append",
        help="may be given several times (default: paper and sound)",
    )
    group.add_argument(
        "--engine",
        choices=ENGINES,
        action="append",
        help="may be given several times (default: numpy)",
    )
    group.add_argument(
        "--seeds",
        metavar="N",
        type=positive_int,
        default=SEEDS,
        help="trainings of each (default: %(default)s)",
    )
    group.add_argument(
        "--epochs", metavar="N", type=positive_int, help="fewer or more (default: the preset's)"
    )


def _add_results(group: argparse._ArgumentGroup) -> None:
    """Where results come from and go."""
    group.add_argument(
        "--results",
        metavar="FILE",
        type=Reads(),
        action="append",
        default=[],
        help="train nothing, print what an earlier --json or --out gave (may be given several "
        "times; default: train)",
    )
    group.add_argument(
        "--out",
        metavar="FILE",
        type=Writes(),
        help="keep what is done in this JSON file after each share (default: write no file)",
    )
    group.add_argument(
        "--json", action="store_true", help="print every figure as JSON (default: tables)"
    )


def run_compare(args: argparse.Namespace) -> int:
    """Train and evaluate every case, or read what was kept, and print the results."""
    results = [row for path in args.results for row in _kept(path)] or _trained(args)
    if args.json:
        print_json(results)
    else:
        say(f"{network_table(results)}\n\n{baseline_table(results)}")
    return 0


def _trained(args: argparse.Namespace) -> list[Result]:
    shares = dict(args.share or [_share(name) for name in SAMPLES])
    splits = {name: _split(files) for name, files in shares.items()}
    results: list[Result] = []
    for name in args.engine or ["numpy"]:
        with engine(name) as fit:
            for share, split in splits.items():
                for preset in args.preset or ["paper", "sound"]:
                    case = GridCase(share, split, preset, name, args.seeds, args.epochs)
                    label = f"{share} {preset} {name}"
                    results.append(grid_json(watch(run(case, Control(), fit), label)[0]))
                    if args.out is not None:
                        write_atomically(args.out, json.dumps(results, indent=1) + "\n")
    return results


def _kept(path: Path) -> list[Result]:
    try:
        with open_regular(path) as stream:
            rows: list[Result] = read_json(stream.read(MOST_BYTES + 1))
        network_table(rows), baseline_table(rows)
    except (ValueError, KeyError, TypeError) as error:
        raise UserError("{path} holds no results of this command.", path=path) from error
    return rows


def _split(files: tuple[Path, ...]) -> Split:
    tables = [read_prices(path) for path in files]
    return split_share(tables[0]) if len(tables) == 1 else join(*tables)


def _share(text: str) -> tuple[str, tuple[Path, ...]]:
    name, _, files = text.partition("=")
    if not files and name in SAMPLES:
        return name, (SAMPLES[name],)
    paths = tuple(Path(file) for file in files.split(",") if file)
    if not name or not 1 <= len(paths) <= 2:
        raise argparse.ArgumentTypeError(
            language.text(
                Message(
                    "{text!r} is neither one of {known} nor like AMD=a.csv,b.csv",
                    {"text": text, "known": ", ".join(SAMPLES)},
                )
            )
        )
    return name, paths
