"""A value that is held, in a line: what, at which step and in which units."""

from __future__ import annotations

import re
from dataclasses import replace

from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.cells.symbols import Notation, Symbol
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import tidy

_TIME = re.compile(r"\bt\b")


def held_symbol(held: Intervention, notation: Notation = Notation.PAPER) -> Symbol:
    """The held value with its step in the place of t, where it is held at one step only."""
    written = symbol(held.name, notation)
    if held.step is None:
        return written
    step = str(held.step + 1)
    return replace(written, sup=_TIME.sub(step, written.sup), sub=_TIME.sub(step, written.sub))


def describe_hold(
    scene: Scene, held: Intervention, notation: Notation = Notation.PAPER, *, html: bool = False
) -> Message:
    """``f⟨3⟩ = 1, both units``; with ``html`` its symbol as rich text."""
    written = held_symbol(held, notation)
    values = {
        "value": written.html if html else written.text,
        "number": tidy(held.value),
        "units": _units(scene, held),
        "example": None if held.example is None else held.example + 1,
    }
    match held.step is None, held.example is None:
        case True, True:
            return Message("{value} = {number} at every step, {units}", values)
        case True, False:
            return Message("{value} = {number} at every step, {units}, example {example}", values)
        case False, True:
            return Message("{value} = {number}, {units}", values)
    return Message("{value} = {number}, {units}, example {example}", values)


def _units(scene: Scene, held: Intervention) -> Message:
    """Which rows of the value are held."""
    prediction = held.name == scene.cell.predicted.name
    if held.row is not None:
        names = scene.row_names(held.name)
        if names:
            return Message("{name}", {"name": names[held.row]})
        return Message("unit {unit}", {"unit": held.row + 1})
    n = scene.sizes.n_y if prediction else scene.sizes.n_a
    match n:
        case 1:
            return Message("its unit")
        case 2:
            return Message("both units")
    return Message("all units")
