"""Which line of a file names its columns, and which others could."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.excerpt import CellPlace
from rnnstudio.core.stocks.data.csv_import.lines.lines import cells_of, count_cells, is_blank
from rnnstudio.core.stocks.data.csv_import.options import Choice, CsvOptions, Fact
from rnnstudio.core.stocks.data.csv_import.table.table_layout import TableLayout

_SEARCH, _MOST_CHOICES, _MOST_NAMES = 50, 5, 8


def header_fact(lines: Sequence[str], layout: TableLayout, options: CsvOptions) -> Fact:
    """Which line names the columns, and the other lines that could."""
    others = tuple(_choice(lines, layout, line, options) for line in _others(lines, layout))
    if not layout.header:
        first = layout.rows[0] + 1
        statement = Message("No line names the columns")
        proof = Message("row {row} is one of prices already", {"row": first})
        return Fact("header", statement, proof, (CellPlace(first),), others=others)
    statement = Message("Row {row} names the columns", {"row": layout.header})
    proof = Message("{names}", {"names": _listed(layout.names)})
    return Fact("header", statement, proof, (CellPlace(layout.header),), others=others)


def _others(lines: Sequence[str], layout: TableLayout) -> list[int]:
    """The lines, counted from 1, with a cell for each column; 0 for none of them."""
    first = layout.rows[0]
    near = range(1, min(_SEARCH, first if layout.header else first + 1) + 1)
    fitting = [
        line
        for line in near
        if count_cells(lines[line - 1], layout.delimiter) == layout.width
        and not is_blank(lines[line - 1], layout.delimiter)
    ]
    found = [line for line in (*fitting, 0) if line != layout.header]
    return found[-_MOST_CHOICES:]


def _choice(lines: Sequence[str], layout: TableLayout, line: int, options: CsvOptions) -> Choice:
    chosen = replace(options, header=line)
    if not line:
        return Choice(Message("no row names them"), "--no-header", chosen)
    names = tuple(cells_of(lines[line - 1], layout.delimiter))
    meaning = Message("row {row}: {names}", {"row": line, "names": _listed(names)})
    return Choice(meaning, f"--header {line}", chosen, names)


def _listed(names: Sequence[str]) -> str:
    shown = [name for name in names if name]
    return ", ".join(shown[:_MOST_NAMES]) + (", ..." if len(shown) > _MOST_NAMES else "")
