"""``rnnstudio names evaluate``: is a recipe any good? Better than counting letters?"""

from __future__ import annotations

import argparse
from dataclasses import replace
from statistics import fmean
from typing import Any

from rnnstudio.cli.console import Commands, positive_int, print_json, say, watch
from rnnstudio.cli.names_data import add_data, read_data, reading_messages
from rnnstudio.core.messages import Message
from rnnstudio.core.names.evaluate import CONTENDERS, EvaluationPlan, evaluate, to_json
from rnnstudio.core.names.recipes import PaperSpec
from rnnstudio.core.numbers import NumberText, grouped, percent
from rnnstudio.core.text_table import text_table
from rnnstudio.core.training import Control

SEEDS, SAMPLES = 5, 500


def add_parser(commands: Commands) -> None:
    """Add ``evaluate`` to the commands of ``names``."""
    parser = commands.add_parser(
        "evaluate",
        help="train each recipe and compare it with counting letters",
        description="Holds out a tenth of the different names, trains each recipe on the others, "
        "and compares what the held-out names cost it with what they cost uniform guessing, "
        "unigrams, bigrams and the best interpolated n-gram; once for each seed.",
    )
    add_data(parser)
    _add_evaluation(parser)
    parser.set_defaults(run=run_evaluate)


def run_evaluate(options: argparse.Namespace) -> int:
    """Evaluate, and print what ``options`` ask for."""
    plan = EvaluationPlan(
        {name: _spec(name, options) for name in dict.fromkeys(options.recipes)},
        seeds=tuple(range(1, options.seeds + 1)),
        samples=options.samples,
    )
    corpus = read_data(options)
    evaluation, _ = watch(evaluate(plan, corpus, Control()), "evaluation")
    found, reading = to_json(evaluation), reading_messages(corpus)
    if options.json:
        print_json({**found, "reading": list(map(str, reading))})
    else:
        for message in reading:
            say(message)
        _print_table(found)
    return 0


def _add_evaluation(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("evaluation")
    group.add_argument(
        "--seeds",
        metavar="N",
        type=positive_int,
        default=SEEDS,
        help="how many seeds, from 1 on (default: %(default)s)",
    )
    group.add_argument(
        "--recipes",
        nargs="+",
        choices=tuple(CONTENDERS),
        default=["paper", "fast"],
        help="what to train; fast is a GRU (default: paper fast)",
    )
    group.add_argument(
        "--iterations",
        metavar="N",
        type=positive_int,
        default=PaperSpec().iterations,
        help="of the recipe paper (default: %(default)s)",
    )
    group.add_argument(
        "--samples",
        metavar="N",
        type=positive_int,
        default=SAMPLES,
        help="names drawn from each network for the shares (default: %(default)s)",
    )
    group.add_argument(
        "--json", action="store_true", help="print one JSON object (default: a table)"
    )


def _spec(name: str, options: argparse.Namespace) -> Any:
    spec = CONTENDERS[name]
    return replace(spec, iterations=options.iterations) if isinstance(spec, PaperSpec) else spec


def _print_table(found: dict[str, Any]) -> None:
    say(
        Message(
            "{source}: {names} names; held-out nats a character",
            {"source": found["source"], "names": found["names"]},
        )
    )
    columns: tuple[Message | str, ...] = (
        "",
        Message("mean"),
        *(Message("seed {seed}", {"seed": seed}) for seed in found["seeds"]),
        Message("seconds"),
        Message("CPU s"),
        Message("in list"),
        Message("near"),
        Message("new"),
        Message("distinct"),
        Message("lengths off by"),
        Message("parameters"),
    )
    say(text_table(columns, map(_row, found["contenders"])))


def _row(contender: dict[str, Any]) -> tuple[str, ...]:
    losses = [contender["mean"], *contender["held_out"]]
    times = [fmean(contender[kind]) for kind in ("seconds", "cpu_seconds")]
    shares = [contender["shares"][kind] for kind in ("listed", "near", "new", "distinct")]
    return (
        contender["name"],
        *(NumberText(f"{loss:.4f}") for loss in losses),
        *(NumberText(f"{seconds:.2f}") for seconds in times),
        *(percent(share, 1) for share in (*shares, contender["length_difference"])),
        "" if contender["parameters"] is None else grouped(contender["parameters"]),
    )
