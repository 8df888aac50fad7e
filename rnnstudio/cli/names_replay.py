"""``rnnstudio names replay``: a saved training as it was after one of its iterations."""

from __future__ import annotations

import argparse
from typing import Any

from rnnstudio.cli.console import Commands, natural_number, print_json, say, watch
from rnnstudio.cli.output_files import Reads
from rnnstudio.cli.stopping import stopping
from rnnstudio.core.messages import Message
from rnnstudio.core.names.document import load_names
from rnnstudio.core.names.replay import PastNetwork, replay
from rnnstudio.core.training import Control


def add_parser(commands: Commands) -> None:
    """Add ``replay`` to the commands of ``names``."""
    parser = commands.add_parser(
        "replay",
        help="go back to an iteration of a saved training",
        description="Does the iterations of a training saved by 'rnnstudio names train --save' "
        "again, from the nearest checkpoint to the one asked for, and prints the loss, the names "
        "and the weights' SHA-256 of then. Whether they are the same to the last bit is said.",
    )
    parser.add_argument("model", metavar="FILE", type=Reads(), help="the saved training")
    parser.add_argument(
        "--at",
        metavar="K",
        type=natural_number,
        required=True,
        help="the iteration, counted from 0 as 'names train' prints them",
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object (default: a table)"
    )
    parser.set_defaults(run=run_replay)


def run_replay(options: argparse.Namespace) -> int:
    """Go back, and print what ``options`` ask for."""
    control = Control()
    trained = load_names(options.model)
    with stopping(control):
        past, _ = watch(replay(trained, options.at, control), "replay")
    if past is None:
        raise KeyboardInterrupt
    figures = _to_json(past, trained.step)
    if options.json:
        print_json(figures)
    else:
        _print(past, figures)
    return 0


def _to_json(past: PastNetwork, iterations: int) -> dict[str, Any]:
    then, tuning = past.trained, past.trained.tuning
    return {
        "iteration": past.iteration,
        "iterations": iterations,
        "unit": f"nats {then.unit}",
        "loss": float(then.losses[past.iteration]),
        "smoothed": float(then.smoothed[past.iteration]),
        "held_out": then.held_out[-1][1] if then.held_out else None,
        "learning_rate": tuning.learning_rate,
        "clip": tuning.clip,
        "names": list(past.names),
        "sha256": past.digest,
        "redone": past.redone,
        "same": past.same,
    }


def _print(past: PastNetwork, figures: dict[str, Any]) -> None:
    say(
        Message(
            "iteration {iteration} of 0 to {last}: loss {loss:.6f}, smoothed {smoothed:.6f} {unit}",
            {**figures, "last": figures["iterations"] - 1},
        )
    )
    if figures["held_out"] is not None:
        say(Message("held-out loss {held_out:.4f} nats a character, at the last epoch", figures))
    for name in past.names:
        say(f"  {name}")
    say(f"sha256 {past.digest}")
    if past.same:
        say(Message("{redone} iterations done again, the same to the last bit", figures))
    else:
        say(
            Message(
                "{redone} iterations done again; their losses are not those of the training, which "
                "was done on another machine or with another NumPy",
                figures,
            )
        )
