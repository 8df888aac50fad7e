"""Tables as text: the one way in which they are printed, Markdown that is plain text as well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rnnstudio.core import language
from rnnstudio.core.messages import Message


def text_table(columns: Sequence[Message | str], rows: Iterable[Sequence[Message | str]]) -> str:
    """A table with these columns; a name, such as a column's of a file, is a bare string."""
    lines: list[Sequence[Message | str]] = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(map(_worded, line))} |" for line in lines)


def _worded(cell: Message | str) -> str:
    return language.text(cell) if isinstance(cell, Message) else cell
