"""What the tiles of the strip say of a state; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from rnnstudio.core import language
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import decimals, rounded
from rnnstudio.ui.inspector.gate_hues import gate_hue
from rnnstudio.ui.inspector.state import InspectorState

MOST_BARS = 6
"""Units that have a bar each; more of them are cells of colour."""
_MOST_LINES = 3
"""Numbers of an input that a tile has room for."""


@dataclass(frozen=True, eq=False)
class TileContent:
    """What a tile shows: the step, and in ``lines`` what is read at it.

    ``values`` are what the step hands on, as shares of the scale; None before they may be seen.
    ``held`` is the colour of what is held at that step, empty if nothing is.
    """

    time: str
    lines: tuple[str, ...]
    values: Array | None
    current: bool = False
    covered: bool = False
    held: str = ""


def tile_content(state: InspectorState, time: int) -> TileContent:
    """The tile of a step, from 0 on; its values are those of the cell's memory."""
    name, values = memory(state), None
    if state.known(name, time):
        array = state.trace.values(time, backward=state.backward)[name][:, state.example]
        values = array / state.scales.bar_limit(backward=state.backward)
    current = time == state.cursor.time
    step = Message("t = {step}", {"step": time + 1})
    return TileContent(
        time=language.text(step),
        lines=_read_at(state, time),
        values=values,
        current=current,
        covered=not current and not is_reached(state, time),
        held=_held_hue(state, time),
    )


def memory(state: InspectorState) -> str:
    """The value that a step hands on as the cell's memory; backward the gradient of it."""
    return state.handed[-1]


def is_reached(state: InspectorState, time: int) -> bool:
    """Whether the pass has come to a step, or its future is not covered."""
    return time == state.cursor.time or state.known(state.table[0].name, time)


def scale_words(state: InspectorState) -> Message:
    """How far the bars of the pass reach: "bars from −4 to +4"."""
    limit = state.scales.bar_limit(backward=state.backward)
    places = decimals([limit], least=0) if limit < 1 else 0
    ends = {"least": rounded(-limit, places), "most": rounded(limit, places, signed=True)}
    return Message("bars from {least} to {most}", ends)


def _read_at(state: InspectorState, time: int) -> tuple[str, ...]:
    """The label of the step, or the numbers of its input."""
    scene = state.scene
    if scene.labels:
        return (scene.labels[time],)
    numbers = scene.x[:, state.example, time].tolist()
    if len(numbers) > _MOST_LINES:
        counted = Message.counted("{n} number", "{n} numbers", len(numbers))
        return (language.text(counted),)
    return tuple(language.number(rounded(number, 2, signed=True)) for number in numbers)


def _held_hue(state: InspectorState, time: int) -> str:
    held = [force for force in state.scene.interventions if force.step in (None, time)]
    return gate_hue(state.scene.cell, held[0].name) if held else ""
