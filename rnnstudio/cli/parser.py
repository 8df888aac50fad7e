"""The parser of the command line and of each command in it."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn


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

    def error(self, message: str) -> NoReturn:
        """Exit with status 2."""
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")
