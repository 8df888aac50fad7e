"""The parser of the command line and of each command in it."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn

from rnnstudio.cli.console import plain
from rnnstudio.core.messages import Message


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence instead of printing the whole usage.

    What it parses has the parser of the command itself as ``command``.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.set_defaults(command=self)

    @property
    def actions(self) -> tuple[argparse.Action, ...]:
        """Its options and commands."""
        return tuple(self._actions)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As in argparse, which before Python 3.13 takes ``--option=--`` for an empty list."""
        for each in args or ():
            if each.startswith("--") and each.endswith("=--"):
                expected = Message(
                    "argument {option}: expected one argument", {"option": each[:-3]}
                )
                self.error(str(expected))
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        """Exit with status 2."""
        self.exit(2, f"{self.prog}: {plain(message)} (see {self.prog} --help)\n")
