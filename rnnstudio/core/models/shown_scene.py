"""Which cells of a model can be looked into, and the scene of one that is small enough."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rnnstudio.core.cells.partial import part_of
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import MOST, Scene
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.models.opened_layers import OpenedBidirectional, OpenedCell
from rnnstudio.core.models.opened_model import Model
from rnnstudio.core.models.scene import Direction, first_input, to_scene, typed_input

_RANGE = re.compile(r"(\d{1,7})(?:\s*[-–]\s*(\d{1,7}))?")


@dataclass(frozen=True)
class ChosenCell:
    """A recurrent layer of a model, or one direction of it, and how many units it has."""

    place: int
    direction: Direction
    units: int
    label: Message

    @property
    def is_large(self) -> bool:
        """Whether only a part of its units is shown."""
        return self.units > MOST["n_a"]


def cells_of(model: Model) -> tuple[ChosenCell, ...]:
    """Every cell that can be looked into, each direction of a bidirectional layer by itself."""
    found: list[ChosenCell] = []
    for place in model.recurrent:
        layer = model.spec.layers[place]
        if isinstance(layer, OpenedBidirectional):
            first, second = _words(place, layer.forward), _words(place, layer.backward)
            onwards = Message("layer {n}: {cell}, {units} units, forward", first)
            back = Message("layer {n}: {cell}, {units} units, backward", second)
            found.append(ChosenCell(place, "forward", layer.forward.units, onwards))
            found.append(ChosenCell(place, "backward", layer.backward.units, back))
        elif isinstance(layer, OpenedCell):
            label = Message("layer {n}: {cell}, {units} units", _words(place, layer))
            found.append(ChosenCell(place, "forward", layer.units, label))
    return tuple(found)


def _words(place: int, cell: OpenedCell) -> dict[str, object]:
    return {"n": place + 1, "cell": CELLS[cell.cell].label, "units": cell.units}


def shown_scene(model: Model, cell: ChosenCell, text: str, units: str = "") -> Scene:
    """The scene of ``cell`` reading what ``text`` means, in its most telling part if it is large.

    Without a text the model reads ``first_input``. ``units`` names others to be shown, such as
    ``1-20, 33``. The computation is whole in any case. Raises UserError if the text or the units do
    not suit the model.
    """
    chosen = chosen_units(units, cell.units)
    embedding = model.embedding
    vocabulary = None if embedding is None else len(embedding.table)
    x, labels = typed_input(text, model.spec.n_x, vocabulary) if text else first_input(model)
    return part_of(to_scene(model, x, labels, cell.place, cell.direction), chosen)


def chosen_units(text: str, n_a: int) -> tuple[int, ...]:
    """The units, counted from 0, that a text such as ``1-20, 33`` names, counted from 1.

    Empty for an empty text. Raises UserError if it names none, too many, or one that is not there.
    """
    units: dict[int, None] = {}
    for word in filter(None, re.split(r"[,;]\s*", text.strip())):
        found = _RANGE.fullmatch(word.strip())
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last <= n_a:
            raise UserError(
                "{word} names no units; write numbers from 1 to {n_a} such as 1-20, 33.",
                word=word[:40],
                n_a=n_a,
            )
        if last - first >= MOST["n_a"] or len(units) > MOST["n_a"]:
            raise UserError("At most {most} units are shown; name fewer.", most=MOST["n_a"])
        units |= dict.fromkeys(range(first - 1, last))
    if len(units) > MOST["n_a"]:
        raise UserError("At most {most} units are shown; name fewer.", most=MOST["n_a"])
    return tuple(units)
