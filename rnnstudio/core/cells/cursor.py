"""Where in a scene somebody is looking."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from rnnstudio.core.cells.symbols import Notation


class PassDirection(Enum):
    """Which pass is looked at."""

    FORWARD = "forward"
    BACKWARD = "backward"


@dataclass(frozen=True)
class Cursor:
    """Where the class is looking.

    ``time`` counts the steps of the sequence from 0, ``operation`` the rows of the pass's table.
    ``entry`` is the (row, column) that was last asked for; a smaller result shows its nearest one.
    ``covered``: what the pass has not come to yet is not shown.
    """

    direction: PassDirection = PassDirection.FORWARD
    time: int = 0
    operation: int = 0
    entry: tuple[int, int] = (0, 0)
    notation: Notation = Notation.PAPER
    playing: bool = False
    covered: bool = True

    @property
    def place(self) -> tuple[PassDirection, int, int]:
        """Which operation of which time step of which pass."""
        return self.direction, self.time, self.operation
