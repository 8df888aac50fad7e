"""The training of ``stocks forecast``: from the beginning, or from where it was stopped."""

from __future__ import annotations

import argparse
from functools import partial
from itertools import takewhile
from pathlib import Path

from rnnstudio.cli.console import watch
from rnnstudio.cli.output_files import Reads
from rnnstudio.cli.saving import PacedSaves
from rnnstudio.cli.stocks_options import engine
from rnnstudio.cli.stopping import stopping
from rnnstudio.core import language
from rnnstudio.core.documents.document_file import kind_of
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.seeds import train_seeds
from rnnstudio.core.stocks.files.forecaster_file import KIND as FINISHED
from rnnstudio.core.stocks.files.unfinished_file import (
    can_be_kept,
    load_unfinished,
    save_unfinished,
)
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import ForecastCheckpoint, TrainedForecaster
from rnnstudio.core.training import Control, Finished, Snapshot, Training


def add_begun(group: argparse._ArgumentGroup) -> None:
    """The option of a training that goes on."""
    group.add_argument(
        "--from",
        dest="begun",
        metavar="FILE",
        type=Reads(),
        help="continue the training that --save has left in FILE when it was stopped or killed, "
        "with its prices and settings (default: begin a new one)",
    )


def reopen(args: argparse.Namespace) -> ForecastCheckpoint:
    """The training that ``args`` let go on.

    Its file decides what the options before --from say: where one of them is given the command
    exits with status 2. Raises UserError where there is no such training.
    """
    for action in takewhile(lambda action: action.dest != "begun", args.command.actions):
        if getattr(args, action.dest, action.default) != action.default:
            refusal = Message(
                "argument {option}: a continued training has its prices and settings in its file",
                {"option": "/".join(action.option_strings)},
            )
            args.command.error(language.text(refusal))
    if kind_of(args.begun) == FINISHED:
        raise UserError(
            "The training in {path} is finished; nothing is left of it to continue.",
            path=args.begun,
        )
    return load_unfinished(args.begun)


def trained_seeds(
    args: argparse.Namespace, spec: ForecastSpec, split: Split, begun: ForecastCheckpoint | None
) -> tuple[TrainedForecaster, ...]:
    """The networks of all seeds; a stop leaves the training of the first one in ``--save``.

    Raises UserError as ``train_seeds`` does, and KeyboardInterrupt when it was stopped.
    """
    control = Control()
    with engine(spec.engine) as fit, stopping(control):
        training = train_seeds(spec, split, control, fit, args.seeds, begun=begun)
        trained, _ = watch(save_on_the_way(training, args.save), "training")
    if trained is None:
        raise KeyboardInterrupt
    networks: tuple[TrainedForecaster, ...] = trained
    return networks


def save_on_the_way(training: Training, path: Path | None) -> Training:
    """The same events; what continues the training is saved on the way and when it breaks off."""
    if path is None:
        yield from training
        return
    saves, newest = PacedSaves(partial(save_unfinished, path)), None
    try:
        for event in training:
            if isinstance(event, Snapshot) and can_be_kept(event.state):
                newest = event.state
                saves.offer(newest)
            elif isinstance(event, Finished):
                newest = None
            yield event
    except UserError as error:
        if newest is None:
            raise
        save_unfinished(path, newest)
        raise UserError(
            "{error} The training up to step {step} was saved in {path}.",
            error=error.message,
            step=newest.fit.step,
            path=path,
        ) from error
    if newest is not None:
        save_unfinished(path, newest)
