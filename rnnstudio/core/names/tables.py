"""Tells a table, such as one of prices, from a list of names."""

from __future__ import annotations

from collections.abc import Sequence

from rnnstudio.core.errors import UserError

DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars", ",": "commas"}
"""Commas last: they also stand inside numbers."""
MOST = 0.9
"""The share of lines that must be rows: a name such as 2,4-D among others makes no table."""


def refuse_table(source: str, lines: Sequence[str]) -> None:
    """Raise UserError when nearly all ``lines`` but the first, a header, are rows of numbers."""
    filled = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    for delimiter, word in DELIMITERS.items():
        rows = [number for number, line in filled[1:] if _is_row(line, delimiter)]
        if rows and len(rows) >= MOST * len(filled[1:]):
            cells = lines[rows[0] - 1].count(delimiter) + 1
            raise UserError(
                f"{source} is a table: line {rows[0]} has {cells} cells divided by {word}, and "
                "most are numbers; a list of names has one name a line and nothing else."
            )


def _is_row(line: str, delimiter: str) -> bool:
    """Whether two cells or more, and half of all, are numbers or dates: digits and no letter."""
    cells = line.split(delimiter)
    numbers = [cell for cell in cells if any(map(str.isdigit, cell)) and not _has_letter(cell)]
    return len(numbers) >= 2 and 2 * len(numbers) >= len(cells)


def _has_letter(cell: str) -> bool:
    return any(map(str.isalpha, cell))
