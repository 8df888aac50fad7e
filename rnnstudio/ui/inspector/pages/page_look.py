"""How a page of the inspector is looked at; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class PageLook:
    """What of a page no session keeps, and a page that is built in its place takes on.

    ``place`` is that of its chart, ``choices`` are the page's own, ``table`` whether its numbers
    are shown. ``asked`` and ``revealed``: its question was.
    """

    place: int | None = None
    choices: tuple[Any, ...] = ()
    table: bool = False
    asked: bool = False
    revealed: bool = False
