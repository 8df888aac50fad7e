"""The parser of the command line and of each command in it."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NoReturn

from rnnstudio.cli.console import plain
from rnnstudio.core import language
from rnnstudio.core.messages import Message

_OPTION = r"argument (?P<option>.+?)"
_MISTAKES = {
    _OPTION + r": expected one argument": Message("argument {option}: expected one argument"),
    _OPTION + r": expected at least one argument": Message(
        "argument {option}: expected at least one argument"
    ),
    _OPTION + r": invalid choice: (?P<value>.+) \(choose from (?P<known>.+)\)": Message(
        "argument {option}: invalid choice: {value} (choose from {known})"
    ),
    _OPTION + r": invalid (?P<kind>\w+) value: (?P<value>.+)": Message(
        "argument {option}: invalid {kind} value: {value}"
    ),
    _OPTION + r": not allowed with argument (?P<other>.+)": Message(
        "argument {option}: not allowed with argument {other}"
    ),
    r"the following arguments are required: (?P<names>.+)": Message(
        "the following arguments are required: {names}"
    ),
    r"one of the arguments (?P<names>.+) is required": Message(
        "one of the arguments {names} is required"
    ),
    r"unrecognized arguments: (?P<names>.+)": Message("unrecognized arguments: {names}"),
    _OPTION + r": (?P<mistake>.+)": Message("argument {option}: {mistake}"),
}
"""What argparse says of a mistake, and the sentence for it."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence instead of printing the whole usage.

    What it parses has the parser of the command itself as ``command``. Its help is in the language
    that is spoken.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.set_defaults(command=self)

    @property
    def actions(self) -> tuple[argparse.Action, ...]:
        """Its options and commands."""
        return tuple(self._actions)

    def leaves(self, *path: str) -> Iterator[tuple[tuple[str, ...], Parser]]:
        """Every command there is, with the words that call it; ``path`` are those before."""
        inner = [each for each in self.actions if each.nargs == argparse.PARSER]
        if not inner:
            yield path, self
        for action in inner:
            commands: Mapping[str, Parser] = getattr(action, "choices", {})
            for name, command in commands.items():
                yield from command.leaves(*path, name)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As in argparse, which before Python 3.13 takes ``--option=--`` for an empty list."""
        for each in args or ():
            if each.startswith("--") and each.endswith("=--"):
                expected = Message(
                    "argument {option}: expected one argument", {"option": each[:-3]}
                )
                self.error(str(expected))
        return super().parse_known_args(args, namespace)

    def format_help(self) -> str:
        """The usage, and what each option and command is for."""
        self.description, self.epilog = _worded(self.description), _worded(self.epilog)
        for group in self._action_groups:
            group.title = _worded(group.title)
        for action in self._actions:
            commands: Sequence[argparse.Action] = getattr(action, "_choices_actions", ())
            for each in (action, *commands):
                each.help = _worded(each.help)
        return super().format_help().replace("usage:", language.text(Message("usage:")), 1)

    def error(self, message: str) -> NoReturn:
        """Exit with status 2."""
        values = {"program": self.prog, "mistake": plain(_mistake(message))}
        said = Message("{program}: {mistake} (see {program} --help)", values)
        self.exit(2, f"{language.text(said)}\n")


def choose_language(arguments: Sequence[str]) -> Message | None:
    """Speak the language that is asked for anywhere in ``arguments``, before they are understood.

    Else English; gives a sentence where there is no such language.
    """
    early = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    early.add_argument("--language", default="en")
    try:
        code: str = early.parse_known_args(arguments)[0].language or "en"
    except argparse.ArgumentError:  # the real parser says so
        code = "en"
    return language.choose_or_english(code)


OWN_WORDS = (
    Message("options"),
    Message("positional arguments"),
    Message("show this help message and exit"),
    Message("show program's version number and exit"),
)
"""What argparse itself writes into a help text."""


def _worded(text: str | None) -> str | None:
    return None if text is None else language.translation(text) or text


def _mistake(message: str) -> str:
    """The sentence of argparse in the language that is spoken; one of our own as it is."""
    for pattern, sentence in _MISTAKES.items():
        found = re.fullmatch(pattern, message)
        if found is not None:
            return language.text(replace(sentence, values=found.groupdict()))
    return message
