"""The command line: which commands there are, and what their exit status means.

0: done; 1: the job failed, with one sentence on standard error, or nobody read the result to its
end (``| head``), without one; 2: wrong usage; 130: stopped with Ctrl+C, a polite kill or a closed
terminal.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from rnnstudio import __version__
from rnnstudio.cli import cells, demo, names, stocks, stopping, translations
from rnnstudio.cli import output_files as files
from rnnstudio.cli.console import finish_output, plain
from rnnstudio.cli.parser import Parser
from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message

FAILED = 1


def run(arguments: Sequence[str]) -> int:
    """Run one command, or show the window when there is none; gives the exit status."""
    try:
        with stopping.interrupting():
            return _run(arguments)
    except UserError as error:
        return _failed(language.text(error.message))
    except MemoryError:
        sentence = Message("There is not enough memory for this; choose smaller numbers or files.")
        return _failed(language.text(sentence))
    except KeyboardInterrupt:
        print(stopping.SENTENCE, file=sys.stderr)  # noqa: T201
        return stopping.STOPPED


def _failed(sentence: str) -> int:
    print(f"rnnstudio: {plain(sentence)}", file=sys.stderr)  # noqa: T201
    return FAILED


def _run(arguments: Sequence[str]) -> int:
    try:
        options = make_parser().parse_args(arguments)
        language.choose(options.language)
        files.require_apart(options.command, options)
        status: int = options.run(options)
    finally:
        finish_output()  # also after a help text, which is not printed by us
    return status


def make_parser() -> argparse.ArgumentParser:
    """The whole tree of commands and options."""
    parser = Parser(
        prog="rnnstudio",
        description="Recurrent networks taught, tried and understood. "
        "Without a command the window opens.",
        epilog="Exit status: 0 when done; 1 when it failed, or nobody read the result to its end; "
        "2 for wrong usage; 130 when stopped.",
    )
    name = "RNN Studio"
    parser.add_argument("--version", action="version", version=f"{name} {__version__}")
    parser.add_argument(
        "--self-test",
        dest="run",
        action="store_const",
        const=_self_test,
        help="check this installation (each tab, both engines, every command) and print what was "
        "found as JSON",
    )
    parser.add_argument(
        "--language",
        choices=language.NAMES,
        default="en",
        help="the language of sentences and numbers (default: %(default)s)",
    )
    parser.set_defaults(run=_window)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for module in (cells, names, stocks, demo, translations):
        module.add_parser(commands)
    return parser


def _window(_: argparse.Namespace) -> int:
    stopping.end_at_once()
    from rnnstudio.ui.application import main  # noqa: PLC0415 - no Qt for headless commands

    return main()


def _self_test(_: argparse.Namespace) -> int:
    stopping.end_at_once()
    from rnnstudio.selftest import run as self_test  # noqa: PLC0415 - no Qt for headless commands

    return self_test(run)
