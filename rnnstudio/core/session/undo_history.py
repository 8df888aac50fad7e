"""Undo and redo: the values that something had, each with what led from it to the next."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from sys import getsizeof
from typing import Any, Generic, TypeVar

import numpy as np

from rnnstudio.core.messages import Message

MOST_BYTES = 200 * 2**20

_T = TypeVar("_T")


@dataclass(frozen=True)
class Change:
    """What a person did: ``done`` names it in the menu.

    ``done`` is None for a look elsewhere, which no undo takes back. Changes of one ``key`` that
    follow each other, such as the moves of one slider, are undone at once. What came ``by_itself``,
    such as the example that a tab starts with, makes no saved work unsaved. ``precious`` is what
    took long, such as a training's end: it is kept at once.
    """

    done: Message | None = None
    key: Hashable = None
    by_itself: bool = False
    precious: bool = False


def opening_of(path: Path) -> Change:
    """The change that opening a file is."""
    return Change(Message("Opening of {file}", {"file": path.name}))


def changed_fields(one: Any, other: Any) -> tuple[str, ...]:
    """The fields in which two dataclasses of one kind differ, such as a form's settings."""
    names = (each.name for each in fields(one))
    return tuple(name for name in names if getattr(one, name) != getattr(other, name))


@dataclass(frozen=True)
class Step(Generic[_T]):
    """A value that was left, what was done to it, and the bytes that only it holds."""

    value: _T
    done: Message
    key: Hashable
    size: int


@dataclass(frozen=True)
class History(Generic[_T]):
    """A value, what it was before (newest last) and what was undone (nearest last)."""

    value: _T
    past: tuple[Step[_T], ...] = ()
    future: tuple[Step[_T], ...] = ()

    @property
    def undoes(self) -> Message | None:
        """What ``undone`` takes back; None where there is nothing."""
        return self.past[-1].done if self.past else None

    @property
    def redoes(self) -> Message | None:
        """What ``redone`` does again; None where there is nothing."""
        return self.future[-1].done if self.future else None

    def changed(self, value: _T, change: Change) -> History[_T]:
        """With another value, to which ``change`` led.

        The oldest values go where all together hold more than ``MOST_BYTES``.
        """
        if change.done is None:
            return replace(self, value=value)
        if change.key is not None and self.past and self.past[-1].key == change.key:
            return replace(self, value=value, future=())
        step = Step(self.value, change.done, change.key, new_bytes(self.value, value))
        return History(value, _bounded((*self.past, step)))

    def mapped(self, change: Callable[[_T], _T]) -> History[_T]:
        """With what ``change`` makes of every value."""

        def step(each: Step[_T]) -> Step[_T]:
            return replace(each, value=change(each.value))

        return History(
            change(self.value), tuple(map(step, self.past)), tuple(map(step, self.future))
        )

    def undone(self) -> History[_T]:
        """Before the last change; itself where there is none."""
        if not self.past:
            return self
        *past, step = self.past
        undone = replace(step, value=self.value)
        return History(step.value, tuple(past), (*self.future, undone))

    def redone(self) -> History[_T]:
        """After the change that was undone last; itself where there is none."""
        if not self.future:
            return self
        *future, step = self.future
        return History(step.value, (*self.past, replace(step, value=self.value)), tuple(future))


def _bounded(steps: tuple[Step[_T], ...]) -> tuple[Step[_T], ...]:
    size = sum(step.size for step in steps)
    first = 0
    while size > MOST_BYTES and first < len(steps) - 1:
        size -= steps[first].size
        first += 1
    return steps[first:]


def new_bytes(value: Any, other: Any) -> int:
    """Bytes of the arrays, texts and bytes within ``value`` that ``other`` does not share."""
    if value is other:
        return 0
    if isinstance(value, np.ndarray):
        return value.nbytes
    if isinstance(value, bytes | str):
        return getsizeof(value)
    if isinstance(value, Mapping):
        others = other if isinstance(other, Mapping) else {}
        return sum(new_bytes(each, others.get(key)) for key, each in value.items())
    if isinstance(value, tuple | list | frozenset):
        shared = set(map(id, other)) if isinstance(other, tuple | list | frozenset) else set()
        return getsizeof(value) + sum(
            new_bytes(each, None) for each in value if id(each) not in shared
        )
    if is_dataclass(value) and not isinstance(value, type):
        return sum(
            new_bytes(getattr(value, field.name), getattr(other, field.name, None))
            for field in fields(value)
        )
    return 0
