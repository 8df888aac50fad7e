"""The rounds of drawing in a session's document."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import msgspec
import numpy as np

from rnnstudio.core.documents.damage import DamageError
from rnnstudio.core.documents.fields import DocumentFields
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.files.serialization import MOST_ACCESSES, Moment
from rnnstudio.core.stocks.teaching.drawing_rounds import (
    DAYS,
    NOTHING_DRAWN,
    DrawingRounds,
    DrawnRound,
)

_Text = Annotated[str, msgspec.Meta(max_length=10_000)]
_Price = Annotated[float, msgspec.Meta(ge=-1e100, le=1e100)]
_Prices = Annotated[tuple[_Price, ...], msgspec.Meta(min_length=DAYS, max_length=DAYS)]
_Drawn = Annotated[tuple[_Price | None, ...], msgspec.Meta(min_length=DAYS, max_length=DAYS)]


class RoundFields(DocumentFields, frozen=True):
    """A ``DrawnRound``."""

    share: _Text
    prices: _Text
    target: _Text
    first: Moment
    last: Moment
    known: _Price
    drawn: _Prices
    predicted: _Prices
    actual: _Prices


class DrawingFields(DocumentFields, frozen=True, omit_defaults=True):
    """A ``DrawingRounds``, whichever of its days is in sight; ``first`` is None before the first.

    The drawing of a stretch that was begun is in it as well.
    """

    rounds: Annotated[tuple[RoundFields, ...], msgspec.Meta(max_length=MOST_ACCESSES)] = ()
    first: Moment | None = None
    drawn: _Drawn = NOTHING_DRAWN


def pack_drawing(drawing: DrawingRounds) -> DrawingFields:
    """The rounds and the drawing under way."""
    rounds = tuple(RoundFields(**asdict(each)) for each in drawing.rounds)
    return DrawingFields(rounds=rounds, first=drawing.first or None, drawn=drawing.drawn)


def unpack_drawing(fields: DrawingFields) -> DrawingRounds:
    """What ``pack_drawing`` packed; raises DamageError where a day is none."""
    for each in fields.rounds:
        require_day(each.first)
        require_day(each.last)
    rounds = tuple(DrawnRound(**msgspec.structs.asdict(each)) for each in fields.rounds)
    return DrawingRounds(rounds, fields.first or "", fields.drawn)


def require_day(text: str) -> None:
    """Raise DamageError unless the text, in ISO, is a day that there is."""
    try:
        np.datetime64(text)
    except ValueError as error:
        raise DamageError(Message("a day that there is not")) from error
