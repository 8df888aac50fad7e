"""What is said of a class's guess at the injected fault; knows no Qt."""

from __future__ import annotations

from html import escape

from rnnstudio.core import language
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.quiz import GuessVerdict
from rnnstudio.core.cells.table import Fault
from rnnstudio.core.cells.typeset import to_html
from rnnstudio.core.messages import Message
from rnnstudio.ui.inspector.state import InspectorState


def verdict_html(state: InspectorState) -> str:
    """Whether the last guess was right and what follows from that, as rich text; empty: no guess.

    Of a right guess the row is shown as it should be.
    """
    verdict, fault = state.verdict, state.scene.fault
    if verdict is None:
        return ""
    if fault is None:
        return language.text(Message("No fault is injected: every row is right."))
    return language.text(_verdict_words(state, verdict, fault))


def _verdict_words(state: InspectorState, verdict: GuessVerdict, fault: Fault) -> Message:
    cell, notation = state.scene.cell, state.cursor.notation
    values = {"row": symbol(verdict.operation, notation).html}
    if verdict.right:
        rows = {row.name: row for row in (*cell.backward, *cell.sums)}
        values["meaning"] = escape(language.text(fault.meaning))
        values["formula"] = to_html(rows[fault.name], notation)
        return Message("Found: {meaning}. It should be {formula}.", values)
    if verdict.fault and verdict.operation == fault.name:
        return Message("Nearly: {row} is the faulty row, but its fault is another.", values)
    return Message("{row} is right. Look on.", values)
