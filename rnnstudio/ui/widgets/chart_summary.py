"""What a chart shows, in sentences for a screen reader; knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from rnnstudio.core import language
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import NumberText, plain


class DescribedLine(Protocol):
    """A line of a chart: its name, and where it goes."""

    @property
    def name(self) -> str:
        """What it is called; empty where it has no name of its own."""

    @property
    def x(self) -> Array:
        """(points,) in order."""

    @property
    def y(self) -> Array:
        """(points,) beside ``x``."""


def described_chart(lines: Sequence[DescribedLine], place: int | None = None) -> str:
    """From where to where each line with a name goes and how far it reaches.

    Where a ``place`` is looked at, by its number from 0, also what each line is there.
    """
    named = [line for line in lines if line.name and np.isfinite(line.y).any()]
    said = [_line(line) for line in named]
    if place is not None:
        there = [line for line in named if place < len(line.x)]
        if there:
            at = plain_number(float(there[0].x[place]))
            said.append(Message("At {x}: {values}.", {"x": at, "values": _values(there, place)}))
    return language.text(Message.joined(said))


def plain_number(value: float) -> NumberText:
    """A place on an axis: whole numbers as such."""
    return NumberText(f"{value:.0f}") if value == round(value) else plain(value)


def _line(line: DescribedLine) -> Message:
    seen = line.y[np.isfinite(line.y)]
    return Message(
        "{name}: from {first} to {last}, at least {least}, at most {most}.",
        {
            "name": line.name,
            "first": plain(float(seen[0]), 3),
            "last": plain(float(seen[-1]), 3),
            "least": plain(float(seen.min()), 3),
            "most": plain(float(seen.max()), 3),
        },
    )


def _values(lines: Sequence[DescribedLine], place: int) -> list[Message]:
    return [
        Message("{name} {value}", {"name": line.name, "value": plain(float(line.y[place]), 3)})
        for line in lines
    ]
