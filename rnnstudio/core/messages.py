"""A sentence for the person in front of the screen, as one whole template and its values."""

from __future__ import annotations

import string
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from rnnstudio.core.numbers import MINUS, PERCENT


@dataclass(frozen=True)
class Message:
    """One whole sentence, or a few: an English template and the values it is filled with.

    The template is what a translation is looked up by, so it is never glued together from parts;
    placeholders are named as in ``str.format``, and ``{days:n}`` groups a whole number by
    thousands. A value may be a ``Message`` itself, such as the name of a setting, or a list of
    them, which come with commas between them. Without values the template is shown as it stands.
    With ``plural``, ``template`` is for one and ``plural`` for every other number, which is the
    value ``n``.
    """

    template: str
    values: dict[str, Any] = field(default_factory=dict)
    plural: str = ""

    @classmethod
    def counted(cls, one: str, many: str, /, n: int, **values: Any) -> Message:
        """The sentence for ``n`` things, as ``{n}`` in both templates."""
        return cls(one, {"n": n, **values}, many)

    @classmethod
    def joined(cls, sentences: Iterable[Message]) -> Message:
        """Whole sentences, one after the other; the empty one where there is none."""
        whole: Message | None = None
        for each in sentences:
            whole = each if whole is None else cls("{one} {other}", {"one": whole, "other": each})
        return cls("") if whole is None else whole

    def __str__(self) -> str:
        """The sentence in English."""
        return ENGLISH.text(self)


class Wording(string.Formatter):
    """Fills templates in English; ``language.Language`` does it in another language."""

    def text(self, message: Message | str) -> str:
        """The sentence of ``message``; a bare string is a template without values."""
        if isinstance(message, str):
            return self.template(Message(message))
        template = self.template(message)
        return self.vformat(template, (), message.values) if message.values else template

    def template(self, message: Message) -> str:
        """The template to fill in: ``message``'s own, by its number where it has one."""
        return message.plural if message.plural and message.values["n"] != 1 else message.template

    def format_field(self, value: Any, format_spec: str) -> Any:
        """The text of one value; a number in some form has a true minus and a thin space at %."""
        if isinstance(value, Message):
            return self.text(value)
        if isinstance(value, list):
            return ", ".join(map(self.text, value))
        text = format(value, "," if format_spec == "n" else format_spec)
        rounded = bool(format_spec) and isinstance(value, int | float)
        return text.replace("-", MINUS).replace("%", PERCENT) if rounded else text


ENGLISH = Wording()


def listed(messages: Iterable[Message]) -> Message:
    """Several messages, at least one, all of which hold: ``a, b and c``."""
    *others, last = messages
    if not others:
        return last
    return Message("{some} and {last}", {"some": list(others), "last": last})


def either(messages: Iterable[Message]) -> Message:
    """Several messages, at least one, of which one holds."""
    return reduce(
        lambda one, other: Message("{one} or {other}", {"one": one, "other": other}), messages
    )
