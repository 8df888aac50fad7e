"""Tables as text: the one way in which they are printed, Markdown that is plain text as well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rnnstudio.core import language
from rnnstudio.core.messages import Message

_FIGURE = tuple("0123456789+-−–")
"""A cell that begins so is a figure, or the dash of one that does not exist."""


def text_table(columns: Sequence[Message | str], rows: Iterable[Sequence[Message | str]]) -> str:
    """A table with these columns; a name, such as a column's of a file, is a bare string.

    Every column is as wide as its widest cell; one with nothing but figures is set to the right.
    """
    cells = [[_worded(cell) for cell in line] for line in (columns, *rows)]
    turned = [_column(*column) for column in zip(*cells, strict=True)]
    return "\n".join(f"| {' | '.join(line)} |" for line in zip(*turned, strict=True))


def _column(title: str, *cells: str) -> list[str]:
    width = max(3, *map(len, (title, *cells)))
    if all(cell.startswith(_FIGURE) or not cell for cell in cells):
        return [title.rjust(width), f"{'-' * (width - 1)}:", *(cell.rjust(width) for cell in cells)]
    return [title.ljust(width), "-" * width, *(cell.ljust(width) for cell in cells)]


def _worded(cell: Message | str) -> str:
    return language.shown(cell).replace("|", "\\|")
