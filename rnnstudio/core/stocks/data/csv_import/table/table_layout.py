"""Where the table stands in a file: header, rows, and what is neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.findings import Finding, finding
from rnnstudio.core.stocks.data.csv_import.lines.line_kinds import (
    date_places,
    is_comment,
    is_event,
    is_no_row,
    is_note,
    is_number,
    may_hold_events,
)
from rnnstudio.core.stocks.data.csv_import.lines.lines import (
    cells_of,
    count_cells,
    in_blocks,
    is_blank,
    is_rule,
    short,
    usual_width,
)
from rnnstudio.core.stocks.data.csv_import.vocabulary.date_patterns import (
    looks_like_a_date,
    may_be_a_date,
)
from rnnstudio.core.stocks.data.csv_import.vocabulary.grammar import is_missing
from rnnstudio.core.stocks.data.csv_import.vocabulary.header_words import (
    date_rank,
    is_recognized,
)

_SEARCH = 1000
"""The first row of prices is looked for in so many lines."""
_MOST_NOTES = 20
_MOST_COLUMNS = 1000


@dataclass(frozen=True, eq=False)
class TableLayout:
    """The rows of a table are the lines at ``rows`` (from 0), each of ``width`` cells.

    ``header`` is the line of the names, counted from 1, or 0 where there is none; then ``names``
    is empty.
    """

    delimiter: str
    width: int
    header: int
    names: tuple[str, ...]
    rows: Sequence[int]
    findings: tuple[Finding, ...]


def find_layout(
    lines: Sequence[str], delimiter: str, source: str, header: int | None = None
) -> TableLayout:
    """The layout of a file; ``header`` says which line has the names (0: none does).

    Raises UserError when there are no rows, or a row has another number of cells than the others.
    """
    counts = [count_cells(line, delimiter) for block in in_blocks(lines) for line in block]
    width = _width(lines, counts, delimiter, source)
    first = _first_row(lines, counts, width, delimiter)
    if header is None:
        header = _find_header(lines, counts, width, delimiter, first)
    elif header > len(lines):
        raise UserError(
            "{source} has no row {header} that could be its header.", source=source, header=header
        )
    names = _names(lines[header - 1], delimiter, width, source, header) if header else ()
    start = header or _first_of_block(lines, counts, width, delimiter, first)
    end = _before_notes(lines, counts, width, delimiter, start, first)
    rows, findings = _rows(lines, counts, width, delimiter, source, header, start, end)
    findings += _around(lines, delimiter, source, header, start, end)
    if not rows:
        raise _no_rows(source, names)
    if header and len(names) < width:
        # Rows may end in a delimiter where the header does not, but not in one more cell.
        for row in rows:
            if not lines[row].rstrip(' "').endswith(delimiter.strip(" ")):
                cells = count_cells(lines[row], delimiter)
                raise _about_damaged(source, row, cells, cells - 1, by_header=True)
        names = (*names, "")
    return TableLayout(delimiter, width, header, names, rows, tuple(findings))


def _no_rows(source: str, names: Sequence[str]) -> UserError:
    if any(map(is_recognized, names)):
        return UserError(
            "{source} has a header but no rows; it must hold a row for every day.", source=source
        )
    return UserError(
        "{source} has no line with a date and a price; choose a CSV file with a row for every day.",
        source=source,
    )


def _width(lines: Sequence[str], counts: Sequence[int], delimiter: str, source: str) -> int:
    if all(is_blank(line, delimiter) for line in lines):
        raise UserError("{source} is empty; choose a CSV file with a row a day.", source=source)
    width = usual_width(counts)
    if not width:
        raise UserError(
            "{source} has no columns that {delimiter!r} separates.",
            source=source,
            delimiter=delimiter,
        )
    if width > _MOST_COLUMNS:
        raise UserError(
            "{source} has {width:n} columns; at most {most:n} can be read.",
            source=source,
            width=width,
            most=_MOST_COLUMNS,
        )
    return width


def _first_row(lines: Sequence[str], counts: Sequence[int], width: int, delimiter: str) -> int:
    """The first line with a date and a number, and a date or a repeated line below that one.

    Text above a table may have both as well. Else it is the first line with a date and a number;
    else the second of that width, or the first.
    """
    wide = [
        row
        for row, count in enumerate(counts[:_SEARCH])
        if count == width and not is_blank(lines[row], delimiter)
    ]
    found, above = [], set()
    for row, below in zip_longest(wide, wide[1:]):
        above.add(lines[row])
        places = _dates_of_row(cells_of(lines[row], delimiter))
        if not places:
            continue
        found.append(row)
        if below is None:
            break
        under = cells_of(lines[below], delimiter)
        dated = any(may_be_a_date(cell) for at in places for cell in under[at : at + 1])
        if dated or lines[below] in above:
            return row
    return found[0] if found else ([*wide, len(lines)])[:2][-1]


def _dates_of_row(cells: Sequence[str]) -> list[int]:
    """Where the dates stand in cells with a number beside them; none where there is no number."""
    dates = [place for place, cell in enumerate(cells) if may_be_a_date(cell)]
    others = [cell for place, cell in enumerate(cells) if place not in dates[:1]]
    return dates if any(is_number(cell) and not looks_like_a_date(cell) for cell in others) else []


def _first_of_block(
    lines: Sequence[str], counts: Sequence[int], width: int, delimiter: str, first: int
) -> int:
    """The first of the lines right above ``first`` that are rows, if only by their numbers."""
    while first > 0 and counts[first - 1] == width:
        if not any(map(is_number, cells_of(lines[first - 1], delimiter))):
            break
        first -= 1
    return first


def _find_header(
    lines: Sequence[str], counts: Sequence[int], width: int, delimiter: str, first: int
) -> int:
    """The line above the first row with the most names that are known; 0 where there is none.

    Names that are numbers, as many tickers are, stand beside one for the dates.
    """
    best, most = 0, -1
    dates = date_places(cells_of(lines[first], delimiter)) if first < len(lines) else ()
    for row in range(first - 1, -1, -1):
        if is_blank(lines[row], delimiter) or is_rule(lines[row]):
            continue
        cells = cells_of(lines[row], delimiter)
        known = sum(map(is_recognized, cells))
        fits = counts[row] == width or known > 1
        if not fits and not is_comment(lines[row], delimiter) and not is_event(cells):
            break
        dated = any(date_rank(cells[at]) is not None for at in dates if at < len(cells))
        if fits and (dated or not any(map(is_number, cells))) and known > most:
            best, most = row + 1, known
    return best


def _names(line: str, delimiter: str, width: int, source: str, header: int) -> tuple[str, ...]:
    names = [cell.lstrip("#").strip().strip("<>").strip() for cell in cells_of(line, delimiter)]
    while len(names) > width and not names[-1]:
        names.pop()
    if len(names) not in {width, width - 1}:
        raise UserError(
            "{source}, row {row} names {columns} columns where the rows have {cells} cells; every "
            "row must have a cell for every column, and numbers no thousands comma.",
            source=source,
            row=header,
            columns=len(names),
            cells=width,
        )
    return tuple(names)


def _before_notes(
    lines: Sequence[str], counts: Sequence[int], width: int, delimiter: str, start: int, first: int
) -> int:
    """The line after the last row: below it are notes and blank lines only."""
    end, notes = len(lines), 0
    top = cells_of(lines[first], delimiter) if first < len(lines) else [""]
    dates = date_places(top)
    while end > start and notes <= _MOST_NOTES:
        line = lines[end - 1]
        if is_blank(line, delimiter) or is_rule(line):
            end -= 1
            continue
        cells = cells_of(line, delimiter)
        if not is_note(cells, counts[end - 1] == width and len(cells) == width, dates, top[0]):
            break
        end, notes = end - 1, notes + 1
    return end


def _rows(
    lines: Sequence[str],
    counts: Sequence[int],
    width: int,
    delimiter: str,
    source: str,
    header: int,
    start: int,
    end: int,
) -> tuple[list[int], list[Finding]]:
    """The lines that are rows, and findings about lines between them that are not rows."""
    rows, odd = [], []
    empty = 2 * width + 2
    for row in (row for block in in_blocks(range(start, end)) for row in block):
        line = lines[row]
        whole = counts[row] == width and not (line[0] in "#|+-=" and is_no_row(line, delimiter))
        if whole and (len(line) > empty or not is_blank(line, delimiter)):
            rows.append(row)
        elif not is_blank(line, delimiter) and not is_rule(line):
            odd.append(row)
    findings = []
    if may_hold_events(lines[start:end]):
        events = {row for row in (*rows, *odd) if is_event(cells_of(lines[row], delimiter))}
        if events:
            findings.append(finding("event", [row + 1 for row in events], _EVENTS))
        rows, odd = ([row for row in each if row not in events] for each in (rows, odd))
    damaged = [row for row in odd if not is_comment(lines[row], delimiter)]
    if damaged:
        row = damaged[0]
        by_header = header > 0 and counts[header - 1] == width
        raise _about_damaged(source, row, counts[row], width, by_header=by_header)
    if odd:
        lost = [row + 1 for row in odd]
        findings.append(finding("comment", lost, _COMMENTS))
    titles = _titles(lines, rows, header, delimiter)
    if titles:
        lost = [row + 1 for row in titles]
        findings.append(finding("repeated-header", lost, _TITLES))
    return [row for row in rows if row not in titles] if titles else rows, findings


_COMMENTS = Message("Lines that begin with # or // were left out.")
_EVENTS = Message("Rows about dividends or splits, which hold no prices, were left out.")
_TITLES = Message("Lines below the header that name the columns and hold no numbers were left out.")


def _about_damaged(source: str, row: int, cells: int, width: int, *, by_header: bool) -> UserError:
    values = {
        "source": source,
        "row": row + 1,
        "cells": Message.counted("{n} cell", "{n} cells", cells),
        "usual": width,
    }
    if by_header:
        return UserError(
            "{source}, row {row} has {cells} where the header has {usual}; every row must have a "
            "cell for every column, and numbers no thousands comma.",
            **values,
        )
    return UserError(
        "{source}, row {row} has {cells} where the other rows have {usual}; every row must have a "
        "cell for every column, and numbers no thousands comma.",
        **values,
    )


def _titles(lines: Sequence[str], rows: Sequence[int], header: int, delimiter: str) -> set[int]:
    """Lines that repeat the header, and those right below it that hold no number."""
    if not header:
        return set()
    title = lines[header - 1]
    titles = {row for row in rows if lines[row] == title}
    for row in rows:
        cells = cells_of(lines[row], delimiter)
        if any(is_number(cell) or may_be_a_date(cell) for cell in cells) or len(titles) > 5:
            break
        units = not cells[0] and not all(map(is_missing, cells))
        if (
            units
            or sum(map(is_recognized, cells))
            or cells[0].lower() in {"ticker", "symbol", "symbols"}
        ):
            titles.add(row)
        else:
            break
    return titles


def _refuse_rows_above(
    lines: Sequence[str], above: Sequence[int], delimiter: str, source: str
) -> None:
    """No row of prices may be taken for text above the table."""
    for row in above:
        cells = cells_of(lines[row], delimiter)
        if may_be_a_date(cells[0] if cells else "") and any(map(is_number, cells[1:])):
            raise UserError(
                "{source}, row {row} has {cells} cells where most rows have another number; every "
                "row must have a cell for every column, and numbers no thousands comma.",
                source=source,
                row=row + 1,
                cells=len(cells),
            )


def _around(
    lines: Sequence[str], delimiter: str, source: str, header: int, start: int, end: int
) -> list[Finding]:
    above = range(header - 1) if header else range(start)
    _refuse_rows_above(lines, above, delimiter, source)
    below = range(end, len(lines))
    found = []
    for kind, rows in (("preamble", above), ("footer", below)):
        filled = [row for row in rows if not is_blank(lines[row], delimiter)]
        if filled:
            text = {"text": short(lines[filled[0]].strip())}
            action = (
                Message("Text above the table was left out, beginning with {text}.", text)
                if rows is above
                else Message("Text below the table was left out, beginning with {text}.", text)
            )
            found.append(finding(kind, [row + 1 for row in filled], action))
    return found
