"""``rnnstudio names sample``: names by a saved network, each with what is nearest to it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rnnstudio.cli.console import Commands, positive_int, print_json, say, seed_number
from rnnstudio.cli.output_files import Reads, Writes
from rnnstudio.core.messages import Message
from rnnstudio.core.names.document import load_names
from rnnstudio.core.names.name_sampler import NameSampler
from rnnstudio.core.names.novelty import Novelty, NoveltyVerdict
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.core.names.samples_export import write_names
from rnnstudio.core.text_table import text_table

DEFAULTS = Sampling()


def add_parser(commands: Commands) -> None:
    """Add ``sample`` to the commands of ``names``."""
    parser = commands.add_parser(
        "sample",
        help="let a saved network make names",
        description="Draws names from a network saved by 'rnnstudio names train --save' and says "
        "of each whether it is in the list, one letter away from it, or new.",
    )
    parser.add_argument(
        "--model", metavar="FILE", type=Reads(), required=True, help="the saved training"
    )
    _add_sampling(parser)
    parser.add_argument(
        "--out",
        metavar="FILE",
        type=Writes(),
        help="also write the names: with their nearest neighbours when FILE ends in .csv, else one "
        "a line (default: write no file)",
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object (default: a table)"
    )
    parser.set_defaults(run=run_sample)


def run_sample(options: argparse.Namespace) -> int:
    """Draw, write and print what ``options`` ask for."""
    sampling = Sampling(
        options.temperature,
        options.top_k,
        options.begin,
        options.count,
        options.seed,
        options.longest,
    )
    verdicts = NameSampler(load_names(options.model)).names(sampling)
    if options.out is not None:
        write_names(verdicts, options.out)
    if options.json:
        print_json(_found(sampling, verdicts))
    else:
        columns = (Message("name"), Message("kind"), Message("nearest"), Message("distance"))
        rows = [(each.name, each.kind.label, each.nearest, str(each.distance)) for each in verdicts]
        say(text_table(columns, rows))
        cut = sum(verdict.cut for verdict in verdicts)
        if cut:
            message = Message.counted(
                "1 name had not ended after {most} letters; give --longest more to let it end.",
                "{n:n} names had not ended after {most} letters; give --longest more to let them "
                "end.",
                cut,
                most=sampling.most_letters,
            )
            say(message)
    return 0


def _add_sampling(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("sampling")
    group.add_argument(
        "--temperature",
        metavar="T",
        type=float,
        default=DEFAULTS.temperature,
        help="below 1 likely letters become likelier, above 1 all become more alike "
        "(default: %(default)s)",
    )
    group.add_argument(
        "--top-k",
        metavar="K",
        type=positive_int,
        help="draw among the K likeliest letters only (default: among all)",
    )
    group.add_argument(
        "--begin",
        metavar="TEXT",
        default=DEFAULTS.beginning,
        help="what every name begins with (default: nothing)",
    )
    group.add_argument(
        "--count",
        metavar="N",
        type=positive_int,
        default=DEFAULTS.count,
        help="how many names (default: %(default)s)",
    )
    group.add_argument(
        "--seed",
        metavar="N",
        type=seed_number,
        default=DEFAULTS.seed,
        help="draws the letters; the same seed draws the same names (default: %(default)s)",
    )
    group.add_argument(
        "--longest",
        metavar="N",
        type=positive_int,
        default=DEFAULTS.longest,
        help="letters after which a name that has not ended is cut off (default: %(default)s)",
    )


def _found(sampling: Sampling, verdicts: Sequence[NoveltyVerdict]) -> dict[str, Any]:
    """The names; what is empty or had not ended is not a name, and counted or listed by itself."""
    return {
        "sampling": asdict(sampling),
        "names": [_to_json(each) for each in verdicts if each.kind.whole],
        "empty": sum(each.kind is Novelty.EMPTY for each in verdicts),
        "cut": [_to_json(each) for each in verdicts if each.cut],
    }


def _to_json(verdict: NoveltyVerdict) -> dict[str, Any]:
    return {
        "name": verdict.name,
        "nearest": verdict.nearest,
        "distance": verdict.distance,
        "kind": verdict.kind.value,
    }
