"""What the commands share: results on standard output, progress on standard error."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from tqdm import tqdm

from rnnstudio.cli.streams import give_up
from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.limits import LAST_SEED
from rnnstudio.core.messages import Message
from rnnstudio.core.training import (
    Checkpoint,
    Event,
    Finished,
    Progress,
    Snapshot,
    Started,
    Training,
)

MOST = 10**9
"""The largest count that an option takes: more would not be done in a lifetime."""


class Commands(Protocol):
    """What ``add_subparsers`` gives: a place to add commands to."""

    def add_parser(self, name: str, **settings: Any) -> argparse.ArgumentParser:
        """A new command's parser."""
        ...


def print_json(value: Any) -> None:
    """One object on standard output."""
    say(json.dumps(value, indent=2, allow_nan=False))


def say(text: Message | str) -> None:
    """A line of the result on standard output: a sentence in the language spoken, or plain text.

    Raises SystemExit with status 1 if the reader has gone, as ``head`` does: nobody reads the rest.
    Raises UserError when it cannot be written, such as to a full disk.
    """
    with _printing():
        print(language.text(text) if isinstance(text, Message) else text, flush=True)  # noqa: T201


def finish_output() -> None:
    """Print what is still buffered; raises as ``say`` does."""
    with _printing():
        sys.stdout.flush()


def say_meanwhile(message: Message) -> None:
    """A line on standard error, above the progress bar if there is one."""
    tqdm.write(language.text(message), file=sys.stderr)


@contextmanager
def _printing() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        give_up(sys.stdout)
        raise SystemExit(1) from None
    except OSError as error:
        give_up(sys.stdout)
        raise UserError("The result cannot be printed: {reason}.", reason=error.strerror) from error


def plain(text: str) -> str:
    """The text on one line, without a terminal's control characters."""
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text)


def positive_int(text: str) -> int:
    """An option's value: a whole number from 1 to ``MOST``."""
    return _whole(text, least=1, most=MOST)


def natural_number(text: str) -> int:
    """An option's value: a whole number from 0 to ``MOST``."""
    return _whole(text, least=0, most=MOST)


def seed_number(text: str) -> int:
    """An option's value: a whole number from 0 up to below 2 ** 32."""
    return _whole(text, least=0, most=LAST_SEED)


def _whole(text: str, least: int, most: int) -> int:
    try:
        value = int(text)
    except ValueError:
        value = least - 1
    if value < least:
        values = {"text": text, "least": least}
        wrong = Message("{text!r} is not a whole number of at least {least}", values)
        raise argparse.ArgumentTypeError(language.text(wrong))
    if value > most:
        wrong = Message(
            "{text} is too large; the largest is {most:n}", {"text": text, "most": most}
        )
        raise argparse.ArgumentTypeError(language.text(wrong))
    return value


def watch(training: Training, label: str) -> tuple[Any, list[Event]]:
    """Run a training to its end with a progress bar on standard error.

    Returns
    -------
    tuple
        The result of ``Finished``, and every event but ``Progress``, ``Snapshot`` and
        ``Checkpoint``.
    """
    kept: list[Event] = []
    result = None
    with tqdm(desc=label, file=sys.stderr, unit="step", dynamic_ncols=True) as bar:
        for event in training:
            match event:
                case Started(total=total):
                    bar.reset(total=total)
                case Progress(step=step):
                    if event.points:
                        bar.set_postfix(loss=f"{event.points[-1].loss:.4g}", refresh=False)
                    bar.update(step - bar.n)
                case Finished(step=step):
                    bar.update(step - bar.n)
                    result = event.result
            if not isinstance(event, Progress | Snapshot | Checkpoint):
                kept.append(event)
    return result, kept
