"""The numbers put in for the current operation, as a table of texts; knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from rnnstudio.core import language
from rnnstudio.core.cells.substitution import (
    MOST_ROWS,
    MOST_TERMS,
    Substitution,
    SubstitutionRow,
    substitute,
)
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import decimals, rounded, tidy
from rnnstudio.ui.inspector.state import InspectorState


@dataclass(frozen=True)
class NumberCell:
    """A number as it is written; ``strong`` if it stands out, ``hint`` says more about it."""

    text: str
    strong: bool = False
    hint: str = ""


@dataclass(frozen=True)
class NumbersColumn:
    """A column: its head, as rich text and without typography, and a cell for each row."""

    head_html: str
    head: str
    cells: tuple[NumberCell, ...]


@dataclass(frozen=True)
class NumbersTable:
    """The numbers of several entries of the result, put in.

    ``rows`` are their places in the result, ``labels`` their names without typography,
    ``labels_html`` as rich text, ``chosen`` which of them is the chosen one. ``left_out`` counts
    the rows of the result that are not among them. ``function`` is what is around the formula,
    empty if nothing is; ``inner`` what is put into it and ``value`` what it gives, of the chosen
    row.
    """

    rows: tuple[int, ...]
    labels: tuple[str, ...]
    labels_html: tuple[str, ...]
    columns: tuple[NumbersColumn, ...]
    chosen: int
    left_out: int
    function: str
    inner: float
    value: float

    @property
    def all_rows(self) -> int:
        """How many rows the result has."""
        return len(self.rows) + self.left_out

    def row_text(self, place: int) -> str:
        """A row as it is read out: its name, then each head with its number."""
        cells = [(column.head, column.cells[place]) for column in self.columns]
        parts = [f"{head}: {cell.text}" for head, cell in cells if cell.text]
        return "; ".join([self.labels[place], *parts])


def numbers_table(
    state: InspectorState, most_terms: int = MOST_TERMS, most_rows: int = MOST_ROWS
) -> NumbersTable:
    """The numbers of the rows around the chosen entry, in its column."""
    put_in = substitute(
        state.trace,
        state.operation,
        state.cursor.time,
        state.entry,
        backward=state.backward,
        notation=state.cursor.notation,
        most_terms=most_terms,
        most_rows=most_rows,
    )
    rows = tuple(row.row for row in put_in.rows)
    chosen = rows.index(state.entry[0])
    further = (_held(put_in.rows), _old(state, rows), _meant(state, rows))
    return NumbersTable(
        rows,
        tuple(language.text(row.label.text) for row in put_in.rows),
        tuple(language.text(row.label.html) for row in put_in.rows),
        (*_columns(put_in), *(column for column in further if column is not None)),
        chosen,
        put_in.left_out,
        put_in.function,
        put_in.rows[chosen].inner,
        put_in.rows[chosen].value,
    )


def _columns(put_in: Substitution) -> list[NumbersColumn]:
    """The terms and what they make; what stands in place of a held result is no number of these."""
    return [
        NumbersColumn(
            language.text(column.head.html),
            language.text(column.head.text),
            tuple(
                NumberCell(
                    language.number(row.cells[place]),
                    strong=place == row.largest or (column.kind == "result" and row.held is None),
                    hint=language.text(row.notes[place]),
                )
                for row in put_in.rows
            ),
        )
        for place, column in enumerate(put_in.columns)
    ]


def _held(rows: Sequence[SubstitutionRow]) -> NumbersColumn | None:
    """What stands in the place of a result that is held."""
    held = [row.held for row in rows]
    if all(value is None for value in held):
        return None
    places = decimals([value for value in held if value is not None])
    texts = ["" if value is None else language.number(rounded(value, places)) for value in held]
    return _further(Message("held at"), texts, strong=True)


def _old(state: InspectorState, rows: Sequence[int]) -> NumbersColumn | None:
    """What the results were before the last edit."""
    old, column = state.old_value(state.operation.name), state.entry[1]
    if old is None:
        return None
    new = state.result
    pairs = [(_tidy(old[row, column], 3), _tidy(new[row, column], 3)) for row in rows]
    changed = [was if was != now else "" for was, now in pairs]
    return _further(Message("was"), changed) if any(changed) else None


def _meant(state: InspectorState, rows: Sequence[int]) -> NumbersColumn | None:
    """What the results stand for in a unit of their own, where they are scaled."""
    meant = [state.meaning(state.operation.name, row, state.entry[1]) for row in rows]
    names = dict.fromkeys(found[0] for found in meant if found is not None)
    if not names:
        return None
    if len(names) == 1:
        texts = ["" if found is None else _tidy(found[1], 6) for found in meant]
        return _further(Message("that is {name}", {"name": next(iter(names))}), texts)
    texts = ["" if found is None else f"{found[0]} {_tidy(found[1], 6)}" for found in meant]
    return _further(Message("that is"), texts)


def _further(head: Message, texts: Sequence[str], *, strong: bool = False) -> NumbersColumn:
    text = language.text(head)
    return NumbersColumn(escape(text), text, tuple(NumberCell(each, strong) for each in texts))


def _tidy(value: float, digits: int) -> str:
    """The number with so many significant digits, in the language that is spoken."""
    return language.number(tidy(float(value), digits))
