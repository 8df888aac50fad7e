"""Tables as many programs print them: with nothing but blanks between the cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.csv_import.lines.line_kinds import holds_price
from rnnstudio.core.stocks.data.csv_import.lines.lines import is_blank, is_rule, usual_width

BLANKS = " "
"""The delimiter of a file whose cells are divided by blanks."""
_WIDE, _ANY = re.compile(" {2,}"), re.compile(" +")
_Table = list[list[str]]


def has_blanks(lines: Sequence[str]) -> bool:
    """Whether some line has a date and a number with blanks between them, and no sign."""
    return any(holds_price(line.split()) for line in lines)


def tabs_for_blanks(lines: Sequence[str]) -> list[str] | None:
    """Each line with a tab between its cells; None where it is not certain where those end.

    All rows must be divided alike at two blanks and more, or else at each blank. Those above them
    have to name as many columns; nothing but such names makes one blank certain, because dates and
    numbers can hold one as well.
    """
    table = _table(lines, _WIDE) or _table(lines, _ANY)
    return None if table is None else ["\t".join(cells) for cells in table]


def divided(lines: Sequence[str], source: str) -> list[str]:
    """``tabs_for_blanks``.

    Raises UserError when it is not certain where the cells end.
    """
    tabbed = tabs_for_blanks(lines)
    if tabbed is None:
        raise _unclear(lines, source)
    return tabbed


def _unclear(lines: Sequence[str], source: str) -> UserError:
    """Why the lines, which ``has_blanks``, cannot be divided."""
    rows = [row for row, line in enumerate(lines) if holds_price(line.split())]
    counts = [len(line.split()) for line in lines]
    width = usual_width([counts[row] for row in rows])
    differ = (row for row in range(rows[-1]) if counts[row] != width and _is_filled(lines[row]))
    return UserError(
        "{source} has nothing but blanks between its cells, and line {line} does not show for "
        "certain where each of them ends; save it with commas, semicolons or tabs between them.",
        source=source,
        line=next(differ, rows[0]) + 1,
    )


def _table(lines: Sequence[str], blanks: re.Pattern[str]) -> _Table | None:
    """The cells of each line divided at ``blanks``; lines around the table are one cell each."""
    table = [blanks.split(line.strip(" ")) for line in lines]
    rows = [row for row, cells in enumerate(table) if holds_price(cells)]
    if not rows:
        return None
    first, end, width = rows[0], rows[-1] + 1, len(table[rows[0]])
    for row in range(first, end):
        if _is_filled(lines[row]) and len(table[row]) != width:
            return None
    above = [row for row in range(first) if _is_filled(lines[row])]
    names = _names(lines, above, width)
    if names is None or (blanks is _ANY and not names):
        return None
    for row in (*range(first), *range(end, len(lines))):
        table[row] = names.get(row, [lines[row].strip(" ")])
    return table


def _names(lines: Sequence[str], above: Sequence[int], width: int) -> dict[int, list[str]] | None:
    """The names of all columns by their line; none without lines above; None if they do not fit."""
    if not above:
        return {}
    row = above[-1]
    for blanks in (_WIDE, _ANY):
        names = blanks.split(lines[row].strip(" "))
        if len(names) == width:
            return {row: names}
        if len(names) == width - 1 and lines[row].startswith(" "):
            return {row: ["", *names]}
    if len(lines[row].split()) == 1 and len(above) > 1:  # the name of the dates, one line lower
        upper = _names(lines, above[:-1], width)
        if upper and (names := upper[above[-2]])[0] == "":
            return {above[-2]: [lines[row].strip(), *names[1:]], row: [""]}
    return None


def _is_filled(line: str) -> bool:
    return not is_blank(line) and not is_rule(line)
