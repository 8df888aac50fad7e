"""What a trained cell was trained for: the words in which its scene is spoken of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rnnstudio.core.messages import Message

_MOST_READ = 12
"""Inputs that a sentence spells out; of more it says how many there are."""


@dataclass(frozen=True)
class InputKind:
    """A kind of input: what is said when one comes, and once it has come."""

    comes: Message
    has_come: Message


@dataclass(frozen=True, eq=False)
class Task:
    """What a cell was trained to do with its input, in words.

    ``key`` names it in files. ``asks`` is the label of the input at which the answer is due,
    ``kinds`` says of each label what it is. ``description`` is a template for ``cell`` (its label),
    ``read`` (what is read before) and ``asks``.
    """

    key: str
    title: Message
    description: Message
    asks: str
    kinds: Mapping[str, InputKind]

    def describe(self, cell: str, labels: Sequence[str]) -> Message:
        """What the cell of that label does over steps of those labels."""
        before = [label for label in labels if label != self.asks]
        read: Message | str = " ".join(before)
        if len(before) > _MOST_READ:
            read = Message.counted("{n} letter", "{n} letters", len(before))
        values = {"cell": cell, "read": read, "asks": self.asks}
        return replace(self.description, values=values)


_CAPITAL = InputKind(Message("A capital comes"), Message("A capital has come"))
_SMALL = InputKind(Message("A small letter comes"), Message("A small letter has come"))
_QUESTION = InputKind(Message("The question comes"), Message("The question has come"))

LAST_CAPITAL = Task(
    "last capital",
    Message("Remember the last capital"),
    Message("The {cell} reads {read} and says at the “{asks}” which capital came last."),
    "?",
    {**dict.fromkeys("ABC", _CAPITAL), **dict.fromkeys("abc", _SMALL), "?": _QUESTION},
)
"""To say, when asked, the last of the capitals A, B and C that was read among small letters."""
TASKS: Mapping[str, Task] = {task.key: task for task in (LAST_CAPITAL,)}
"""Every task by its key."""
