"""What a view offers for a picture of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

TextTable = tuple[Sequence[str], Sequence[Sequence[str]]]
"""The titles of a table, and its rows: a text for each title."""
MOST_ROWS = 60
"""A longer table is none for a slide."""
MOST_ROWS_IN_SIGHT = 1000
"""A table that stands in the chart's place is the picture, unless it is longer than that."""


class PicturePart(StrEnum):
    """What a picture may have besides the thing itself, in the order in which it is offered."""

    TITLE = "title"
    SENTENCE = "sentence"
    SHARE = "share"
    DAYS = "days"
    VERDICT = "verdict"
    FORMULA = "formula"
    NUMBERS = "numbers"
    TABLE = "table"


USUAL_PARTS = frozenset(PicturePart) - {PicturePart.TABLE}
"""What a picture has unless somebody chooses."""


class Frames(Protocol):
    """The pictures of an animation, all of one size."""

    count: int

    def image(self, place: int) -> QImage:
        """The picture at that place, from 0."""

    def close(self) -> None:
        """Let go of what makes them."""


@dataclass(frozen=True)
class Animation:
    """An animation that a view offers, by the text of its button and the name of its file."""

    text: str
    name: str
    make: Callable[[], Frames]


@dataclass(frozen=True)
class ViewPicture:
    """A page as it is in sight, and what its picture may have besides.

    ``words`` stand above the thing. ``on_page`` are the widgets that stand on the page and are left
    out where their part is not wanted; ``switches`` turn parts on and off that a view draws itself.
    ``table`` gives the numbers in rows, ``most_rows`` at most. ``note`` stands below in any case:
    a caution. ``usual`` are the parts that a picture has unless somebody chooses. ``left_out`` are
    widgets on the page that no picture has.
    """

    page: QWidget
    name: str
    words: Mapping[PicturePart, str] = field(default_factory=dict)
    on_page: Mapping[PicturePart, Sequence[QWidget]] = field(default_factory=dict)
    switches: Mapping[PicturePart, Callable[[bool], None]] = field(default_factory=dict)
    table: Callable[[], TextTable] | None = None
    most_rows: int = MOST_ROWS
    note: str = ""
    usual: frozenset[PicturePart] = USUAL_PARTS
    animation: Animation | None = None
    left_out: Sequence[QWidget] = ()

    @property
    def offered(self) -> tuple[PicturePart, ...]:
        """The parts that there are to choose from."""
        there = {part for part, words in self.words.items() if words}
        there |= {
            part
            for part, widgets in self.on_page.items()
            if any(each.isVisibleTo(self.page) for each in widgets)
        }
        there |= self.switches.keys()
        if self.table is not None and 0 < len(self.table()[1]) <= self.most_rows:
            there.add(PicturePart.TABLE)
        return tuple(part for part in PicturePart if part in there)
