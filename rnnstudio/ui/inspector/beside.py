"""How far a cell beside another has come within a step; knows no Qt."""

from __future__ import annotations

from rnnstudio.core.cells.table import Table


def row_beside(table: Table, row: int, other: Table) -> int | None:
    """The place in ``other`` of the row that has come as far as row number ``row`` of ``table``.

    The rows that both have are passed together. Between two of them the other cell goes through as
    many of its own rows as this one, and waits when it has no more. None: it has come to none yet.
    """
    names = [operation.name for operation in table]
    others = [operation.name for operation in other]
    passed = [place for place in range(row + 1) if names[place] in others]
    start = others.index(names[passed[-1]]) if passed else -1
    own = row - passed[-1] if passed else row + 1
    place = start
    while place < start + own and place + 1 < len(others) and others[place + 1] not in names:
        place += 1
    return place if place >= 0 else None
