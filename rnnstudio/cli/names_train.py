"""``rnnstudio names train``: by either recipe, from the beginning or from a saved training."""

from __future__ import annotations

import argparse
import functools
from pathlib import Path

from rnnstudio.cli.console import Commands, positive_int, print_json, say, watch
from rnnstudio.cli.names_data import add_data, read_data, reading_messages
from rnnstudio.cli.names_settings import add_settings, control_of, spec_of
from rnnstudio.cli.output_files import Reads, Writes
from rnnstudio.cli.saving import PacedSaves
from rnnstudio.cli.stopping import stopping
from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.document import load_names, save_names
from rnnstudio.core.names.recipes import RECIPES, Spec, recipe_of
from rnnstudio.core.names.samples_export import to_json, write_samples
from rnnstudio.core.names.train import train
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.numbers import NumberText
from rnnstudio.core.text_table import text_table
from rnnstudio.core.training import Checkpoint, Snapshot, Training


def add_parser(commands: Commands) -> None:
    """Add ``train`` to the commands of ``names``."""
    parser = commands.add_parser(
        "train",
        help="train a network on a list of names and let it make new ones",
        description="Trains a network on a list of names, letter by letter, and prints its "
        "smoothed loss and names that it makes on the way. Ctrl+C stops it.",
    )
    add_data(parser)
    _add_training(parser)
    _add_output(parser)
    parser.set_defaults(run=functools.partial(run_train, parser))


def run_train(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    """Read the names, train, and print and write what ``options`` ask for."""
    begun = None if options.begun is None else _reopen(parser, options)
    spec = spec_of(parser, options, begun)
    corpus = read_data(options) if begun is None else begun.corpus
    trained = _train(spec, corpus, begun, options)
    if options.save is not None:
        save_names(options.save, trained)
    if options.out is not None:
        write_samples(trained, options.out)
    report_every = options.report_every or type(spec)().sample_every
    if options.json:
        print_json(
            {**to_json(trained, report_every), "reading": list(map(str, reading_messages(corpus)))}
        )
    else:
        _print_table(trained, report_every)
    return 0


def _reopen(parser: argparse.ArgumentParser, options: argparse.Namespace) -> TrainedNames:
    if options.names is not None:
        refusal = Message("argument --names: a continued training has its names in its file")
        parser.error(language.text(refusal))
    begun = load_names(options.begun)
    if options.recipe not in (None, recipe_of(begun.spec)):
        refusal = Message(
            "argument --recipe: {file} is of {recipe}",
            {"file": options.begun, "recipe": recipe_of(begun.spec)},
        )
        parser.error(language.text(refusal))
    return begun


def _train(
    spec: Spec, corpus: Corpus, begun: TrainedNames | None, options: argparse.Namespace
) -> TrainedNames:
    """The end of the training; a stop or an explosion leaves what there is in ``--save``."""
    control = control_of(options, begun)
    training = train(spec, corpus, control, begun)
    with stopping(control):
        trained, _ = watch(save_checkpoints(training, options.save), "names")
    if trained is None:
        raise KeyboardInterrupt
    result: TrainedNames = trained
    return result


def save_checkpoints(training: Training, path: Path | None) -> Training:
    """The same events; the training is saved on the way, so that little is lost if it is killed.

    It is saved from time to time, at a stop and when it runs away; then the error says where.
    """
    if path is None:
        yield from training
        return
    saves, saved = PacedSaves(functools.partial(save_names, path)), None
    try:
        for event in training:
            if isinstance(event, Checkpoint):
                save_names(path, event.state)
                saved = event.step
            elif isinstance(event, Snapshot) and saves.offer(event.state):
                saved = event.step
            yield event
    except UserError as error:
        if saved is None:
            raise
        raise UserError(
            "{error} The network of iteration {iteration} was saved in {path}.",
            error=error.message,
            iteration=saved,
            path=path,
        ) from error


def _add_training(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("training")
    group.add_argument(
        "--recipe",
        choices=tuple(RECIPES),
        help="paper: a vanilla RNN, one name at a time, plain gradient descent; fast: batches, "
        "Adam, a held-out share of the names, an early stop (default: paper)",
    )
    group.add_argument(
        "--from",
        dest="begun",
        metavar="FILE",
        type=Reads(),
        help="continue the training saved in FILE, with its names and settings "
        "(default: begin a new one)",
    )
    add_settings(group)


def _add_output(parser: argparse.ArgumentParser) -> None:
    every = ", ".join(f"{spec().sample_every} for {name}" for name, spec in RECIPES.items())
    group = parser.add_argument_group("output")
    group.add_argument(
        "--report-every",
        metavar="N",
        type=positive_int,
        help=language.text(
            Message(
                "iterations between two reported losses; the last one is always reported "
                "(default: {every})",
                {"every": every},
            )
        ),
    )
    group.add_argument(
        "--out",
        metavar="FILE",
        type=Writes(),
        help="also write the sampled names: all of them with their iteration when FILE ends in "
        ".csv, else the last seven, one a line (default: write no file)",
    )
    group.add_argument(
        "--save",
        metavar="FILE",
        type=Writes(),
        help="also save the training, to be sampled from, inspected, continued and gone back in; "
        "what there is is saved every 30 seconds, when it is stopped and when it runs away, too "
        "(default: save nothing)",
    )
    group.add_argument(
        "--json", action="store_true", help="print one JSON object (default: a table)"
    )


def _print_table(trained: TrainedNames, report_every: int) -> None:
    result = to_json(trained, report_every)
    corpus = trained.corpus
    for message in reading_messages(corpus):
        say(message)
    say(
        Message(
            "{source}: {names} names, {symbols} symbols",
            {
                "source": corpus.source,
                "names": len(corpus.names),
                "symbols": len(corpus.vocabulary),
            },
        )
    )
    losses, samples = dict(result["losses"]), dict(result["samples"])
    rows = [
        (
            str(step),
            NumberText(f"{losses[step]:.6f}") if step in losses else "",
            ", ".join(samples.get(step, [])),
        )
        for step in sorted(losses.keys() | samples.keys())
    ]
    say(text_table((Message("iteration"), Message("smoothed loss"), Message("names")), rows))
    if trained.best_held_out is not None:
        say(
            Message(
                "held-out loss after {epochs} epochs: {loss:.4f} nats a character at its lowest",
                {"epochs": len(trained.held_out), "loss": trained.best_held_out},
            )
        )
    say(
        Message(
            "{iterations} iterations in {seconds:.1f} s",
            {"iterations": len(trained.losses), "seconds": trained.seconds},
        )
    )
