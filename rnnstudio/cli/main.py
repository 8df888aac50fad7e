"""The command line: which commands there are, and what their exit status means.

0: done; 1: the job failed, with one sentence on standard error, or nobody read the result to its
end (``| head``), without one; 2: wrong usage; 130: stopped with Ctrl+C, a polite kill or a closed
terminal.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from rnnstudio import __version__
from rnnstudio.cli import output_files as files
from rnnstudio.cli import stopping
from rnnstudio.cli.console import finish_output, plain, say_meanwhile
from rnnstudio.cli.output_files import Reads
from rnnstudio.cli.parser import Parser, choose_language
from rnnstudio.core import language
from rnnstudio.core.documents.csv_text import DecimalMark, choose_decimal_mark
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message

FAILED = 1
_OPEN = "open"


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
    if not arguments:  # the window does not wait for the commands
        return _window(argparse.Namespace(language=None))
    try:
        missing = choose_language(arguments)
        if missing is not None:
            say_meanwhile(missing)
        options = make_parser().parse_args(_with_command(arguments))
        choose_decimal_mark(options.csv_decimal)
        files.require_apart(options.command, options)
        status: int = options.run(options)
    finally:
        finish_output()  # also after a help text, which is not printed by us
    return status


def make_parser() -> Parser:
    """The whole tree of commands and options."""
    from rnnstudio.cli import (  # noqa: PLC0415 - the window does not wait for them
        cells,
        demo,
        lessons,
        models,
        names,
        screenshots,
        session_commands,
        stocks,
        translations,
    )

    parser = Parser(
        prog="rnnstudio",
        description="Recurrent networks taught, tried and understood. "
        "Without a command the window opens, with a file it opens with that.",
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
        help="check this installation (each page and lesson, both engines, every command, every "
        "kind of file) and print what was found as JSON",
    )
    parser.add_argument(
        "--report",
        dest="self_test_report",
        metavar="FILE",
        type=files.Writes(),
        help="write what the self-test found into this file (default: print it)",
    )
    parser.add_argument(
        "--language",
        metavar="CODE",
        help="the language of sentences and numbers, en or id (default: en; of the window the one "
        "chosen in its menu, at first that of the system)",
    )
    parser.add_argument(
        "--csv-decimal",
        choices=get_args(DecimalMark),
        default="point",
        help="the decimal mark of CSV files that are written; with a comma semicolons stand "
        "between the cells (default: %(default)s)",
    )
    parser.set_defaults(run=_window)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for module in (
        cells,
        models,
        names,
        stocks,
        session_commands,
        lessons,
        demo,
        screenshots,
        translations,
    ):
        module.add_parser(commands)
    opened = commands.add_parser(
        _OPEN,
        help="open a file in the window (the same as the file alone)",
        description="Opens the window with a file: a session or anything else that RNN Studio "
        "writes, a trained model, a list of names or a table of prices.",
    )
    opened.add_argument("file", metavar="FILE", type=Reads(), help="the file to open")
    opened.set_defaults(run=_window)
    return parser


def _with_command(arguments: Sequence[str]) -> Sequence[str]:
    """A file alone, as a double-click gives it, is to be opened.

    Raises UserError where what is alone can only be a file, by its suffix or folder, and is none.
    """
    if len(arguments) != 1 or arguments[0].startswith("-"):
        return arguments
    path = Path(arguments[0])
    if path.is_file():
        return [_OPEN, *arguments]
    if path.suffix or len(path.parts) > 1:
        raise UserError("There is no file {path}; choose another file.", path=path)
    return arguments


def _window(options: argparse.Namespace) -> int:
    stopping.end_at_once()
    from rnnstudio.ui.application import main  # noqa: PLC0415 - no Qt for the other commands

    return main(options.language, getattr(options, "file", None))


def _self_test(options: argparse.Namespace) -> int:
    stopping.end_at_once()
    from rnnstudio.selftest import self_test  # noqa: PLC0415 - no Qt for the other commands

    words = [words for words, _ in make_parser().leaves()]
    return self_test.run(run, words, options.self_test_report)
