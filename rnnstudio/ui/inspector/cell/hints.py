"""What is said of a box beside it: its numbers under the mouse, and what an edit has changed."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import islice

from rnnstudio.core import language
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.messages import Message
from rnnstudio.ui.inspector.cell.box_content import seen
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.widgets.number_text import old_numbers, shape_text, tidy, written

MOST_NUMBERS = 12
"""So many numbers are said."""


def hint(state: InspectorState, name: str) -> str:
    """The numbers of the value ``name`` as rich text, and what they were before an edit."""
    if not seen(state, name):
        return language.text(Message("not computed yet"))
    array = state.values[name]
    example = min(state.example, array.shape[1] - 1)
    olds = dict(old_numbers(state.old_value(name), array))
    lines = []
    for row, number in enumerate(array[:MOST_NUMBERS, example].tolist()):
        old = olds.get((row, example))
        lines.append(_written(number) if old is None else _with_old(number, old))
    if len(array) > MOST_NUMBERS:
        lines.append("…")
    meanings = [state.meaning(name, row, example) for row in range(len(array))]
    lines += [f"{escape(m[0])} {written(m[1], 6)}" for m in meanings[:MOST_NUMBERS] if m]
    written, shape = symbol(name, state.cursor.notation).html, f"({shape_text(array.shape)})"
    if array.shape[1] > 1:
        column = language.text(Message("column {n}", {"n": example + 1}))
        shape = f"{shape}, {column}"
    return f"<p>{written} {shape}<br>{'<br>'.join(lines)}</p>"


def changes(state: InspectorState, names: Iterable[str]) -> str:
    """A line for each number of the values ``names`` that the last edit has changed."""
    found = (
        (name, entry, old)
        for name in names
        if seen(state, name)
        for entry, old in old_numbers(state.old_value(name), state.values[name])
    )
    lines = []
    for name, entry, old in islice(found, MOST_NUMBERS):
        value = symbol(name, state.cursor.notation).text
        values = {
            "value": value,
            "place": state.place_name(name, *entry),
            "numbers": _with_old(float(state.values[name][entry]), old),
        }
        lines.append(language.text(Message("{value}{place}: {numbers}", values)))
    return "\n".join(lines)


def _written(number: float) -> str:
    return written(number)


def _with_old(number: float, old: float) -> str:
    values = {"number": tidy(number), "old": tidy(old)}
    return language.text(Message("{number}, was {old}", values))
