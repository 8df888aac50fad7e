"""``rnnstudio names``: networks that learn to make names."""

from __future__ import annotations

import argparse
import functools
from pathlib import Path

from rnnstudio.cli.output import Commands, positive_int, print_json, say, seed_number, watch
from rnnstudio.core.names.corpus import SHIPPED, read_corpus
from rnnstudio.core.names.export import to_json, write_samples
from rnnstudio.core.names.spec import PaperSpec
from rnnstudio.core.names.train import train
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import Control

DEFAULTS = PaperSpec()


def add_parser(commands: Commands) -> None:
    """Add ``names`` and its commands."""
    parser = commands.add_parser("names", help="networks that learn to make names")
    actions = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    action = actions.add_parser(
        "train",
        help="train a network on a list of names and let it make new ones",
        description="Trains a network on a list of names, letter by letter, and prints its "
        "smoothed loss and names that it makes on the way. Ctrl+C stops it.",
    )
    _add_data(action)
    _add_training(action)
    _add_output(action)
    action.set_defaults(run=run_train)


def run_train(options: argparse.Namespace) -> int:
    """Read the names, train, and print what ``options`` ask for."""
    spec = PaperSpec(
        iterations=options.iterations,
        learning_rate=options.learning_rate,
        clip=options.clip,
        units=options.units,
        sample_every=options.sample_every,
        seed=options.seed,
    )
    corpus = read_corpus(options.names)
    trained, _ = watch(train(spec, corpus, Control()), "names")
    if options.out is not None:
        write_samples(trained, options.out)
    if options.json:
        print_json(to_json(trained, options.report_every))
    else:
        _print_table(trained, options.report_every)
    return 0


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--names",
        metavar="FILE",
        type=Path,
        default=SHIPPED,
        help="text file of names, one a line (default: the shipped dinosaurs)",
    )


def _add_training(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("training")
    add = functools.partial(group.add_argument, metavar="N")
    group.add_argument(
        "--recipe",
        choices=("paper",),
        default="paper",
        help="paper: a vanilla RNN, one name at a time, plain gradient descent "
        "(default: %(default)s)",
    )
    add(
        "--iterations",
        type=positive_int,
        default=DEFAULTS.iterations,
        help="how many names are shown to the network (default: %(default)s)",
    )
    add(
        "--learning-rate",
        type=float,
        default=DEFAULTS.learning_rate,
        help="size of the descent's steps (default: %(default)s)",
    )
    add(
        "--clip",
        type=float,
        default=DEFAULTS.clip,
        help="every gradient entry is held within -N and +N (default: %(default)s, the "
        "exercise's; the source document takes 10)",
    )
    add(
        "--units",
        type=positive_int,
        default=DEFAULTS.units,
        help="hidden units (default: %(default)s)",
    )
    add(
        "--seed",
        type=seed_number,
        default=DEFAULTS.seed,
        help="draws the first weights and the samples; the same seed and settings give the same "
        "result (default: %(default)s)",
    )


def _add_output(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("output")
    group.add_argument(
        "--report-every",
        metavar="N",
        type=positive_int,
        default=DEFAULTS.sample_every,
        help="iterations between two reported losses; the last one is always reported "
        "(default: %(default)s)",
    )
    group.add_argument(
        "--sample-every",
        metavar="N",
        type=positive_int,
        default=DEFAULTS.sample_every,
        help="iterations between two samples of seven names (default: %(default)s)",
    )
    group.add_argument(
        "--out",
        metavar="FILE",
        type=Path,
        help="also write the sampled names: all of them with their iteration when FILE ends in "
        ".csv, else the last seven, one a line (default: write no file)",
    )
    group.add_argument(
        "--json", action="store_true", help="print one JSON object (default: a table)"
    )


def _print_table(trained: TrainedNames, report_every: int) -> None:
    result = to_json(trained, report_every)
    corpus = trained.corpus
    say(f"{corpus.source}: {len(corpus.names)} names, {len(corpus.vocabulary)} symbols")
    losses, samples = dict(result["losses"]), dict(result["samples"])
    say(f"{'iteration':>9}  {'smoothed loss':>13}  names")
    for step in sorted(losses.keys() | samples.keys()):
        loss = f"{losses[step]:.6f}" if step in losses else ""
        say(f"{step:>9}  {loss:>13}  {', '.join(samples.get(step, []))}".rstrip())
    say(f"{len(trained.losses)} iterations in {trained.seconds:.1f} s")
