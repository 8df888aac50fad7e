"""What the card says of the current operation, and where there is more of it; knows no Qt."""

from __future__ import annotations

from rnnstudio.core import language
from rnnstudio.core.cells.box_labels import purpose, spoken
from rnnstudio.core.cells.gates import watched
from rnnstudio.core.cells.observation import observe
from rnnstudio.ui.inspector.state import InspectorState


def heading_text(state: InspectorState) -> str:
    """What the operation computes, and what for."""
    return language.capitalized(state.operation.meaning)


def short_heading_text(state: InspectorState) -> str:
    """What its value is for, or which gradient it is."""
    cell, name = state.trace.cell, state.operation.name
    return language.capitalized(spoken(cell, name) if state.backward else purpose(cell, name))


def seen_text(state: InspectorState) -> str:
    """What the numbers of this step show, of the example of the chosen entry."""
    column = state.entry[1]
    example = column if column < state.scene.sizes.m else 0  # a weight's columns are its inputs
    step = state.cursor.time
    seen = observe(state.trace, state.operation, step, example, backward=state.backward)
    return language.capitalized(seen)


def further_page(state: InspectorState) -> str:
    """The page that shows more of the current row: "gates", "sums" or "flow"; empty: none does."""
    cell, name = state.trace.cell, state.operation.name
    if not state.backward:
        return "gates" if name in watched(cell) else ""
    learned = {f"d{parameter}{end}" for parameter in cell.learned for end in ("", "_sum")}
    return "sums" if name in learned else "flow"
