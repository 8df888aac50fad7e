"""Messages, numbers and dates in the language of the person in front of the screen.

Templates are looked up in a gettext catalogue, ``resources/locale/CODE/LC_MESSAGES/``; numbers and
dates are written as the language does, by Babel, when they are shown and not when they are made.
One catalogue serves core, command line and window.
"""

from __future__ import annotations

import datetime as dt
import gettext
from typing import Any

import numpy as np

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message, Wording
from rnnstudio.core.numbers import DayText, NumberText
from rnnstudio.paths import resource_file

DOMAIN = "rnnstudio"
NAMES = {"en": "English", "id": "Bahasa Indonesia"}
"""The languages that there are, by their codes, each in its own words."""


class Language(Wording):
    """Fills templates in the language ``code``."""

    def __init__(self, code: str) -> None:
        """Read the catalogue of ``code``.

        Raises UserError if there is no such language.
        """
        if code not in NAMES:
            raise UserError(
                "There is no language {code!r}; choose one of {codes}.",
                code=code,
                codes=", ".join(NAMES),
            )
        self.code = code
        self._catalogue = (
            gettext.NullTranslations()
            if code == "en"
            else gettext.translation(DOMAIN, resource_file("locale"), [code])
        )

    def template(self, message: Message) -> str:
        """The translated template of ``message``; its own where there is no translation."""
        if message.plural:
            number = message.values["n"]
            return self._catalogue.ngettext(message.template, message.plural, number)
        return self._catalogue.gettext(message.template) if message.template else ""

    def format_field(self, value: Any, format_spec: str) -> Any:
        """The text of one value, with the language's marks and months."""
        if self.code == "en":
            return super().format_field(value, format_spec)
        if isinstance(value, np.datetime64):
            value = value.item()
        if isinstance(value, DayText):
            value = dt.date.fromisoformat(value)
        if isinstance(value, dt.datetime) and not format_spec:
            return self.moment(value)
        if isinstance(value, dt.date) and not format_spec:
            return self.date(value)
        text = super().format_field(value, format_spec)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if number or isinstance(value, NumberText):
            return self._with_marks(text)
        return text

    def date(self, day: dt.date) -> str:
        """A day in words and figures, such as "17 Okt 2011"."""
        from babel.dates import format_date

        return format_date(day, locale=self.code)

    def moment(self, when: dt.datetime, *, seconds: bool = False) -> str:
        """A day and the time of it, such as "17 Okt 2011 09.30"."""
        from babel.dates import format_time

        time = format_time(when.time(), "medium" if seconds else "short", locale=self.code)
        return f"{self.date(when)} {time}"

    def month(self, day: dt.date, *, year: bool) -> str:
        """The month of a day in short, such as "Okt 2011", or "Okt" without its ``year``."""
        from babel.dates import format_date

        return format_date(day, "MMM yyyy" if year else "MMM", locale=self.code)

    def _with_marks(self, number: str) -> str:
        """An English number with this language's marks for decimals and thousands."""
        from babel.numbers import (
            get_decimal_symbol,
            get_group_symbol,
        )

        decimal, group = get_decimal_symbol(self.code), get_group_symbol(self.code)
        return number.translate({ord("."): decimal, ord(","): group})


_spoken = [Language("en")]


def choose(code: str) -> None:
    """Speak the language ``code`` from now on in this process.

    Raises UserError if there is no such language.
    """
    _spoken[0] = Language(code)


def choose_or_english(code: str) -> Message | None:
    """Speak the language ``code``, such as "id" or "id-ID"; English where there is no such one.

    Gives the sentence that says so then, else None.
    """
    plain = code.replace("_", "-").split("-")[0].lower()
    if plain in NAMES:
        choose(plain)
        return None
    choose("en")
    values = {"code": code, "codes": ", ".join(NAMES)}
    return Message("There is no language {code!r}, so this is English; there are {codes}.", values)


def code() -> str:
    """The code of the language that is spoken now."""
    return _spoken[0].code


def text(message: Message | str) -> str:
    """The sentence of ``message`` in the language that is spoken now."""
    return _spoken[0].text(message)


def filled(template: str, *values: Any, **named: Any) -> str:
    """A translated template, such as Qt gives, with its values as ``text`` writes them."""
    return _spoken[0].vformat(template, values, named)


def moment(when: dt.datetime, *, seconds: bool = False) -> str:
    """A day and the time of it: "2011-10-17 09:30", or "17 Okt 2011 09.30"."""
    spoken = _spoken[0]
    if spoken.code == "en":
        return when.strftime("%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M")
    return spoken.moment(when, seconds=seconds)


def number(text: NumberText) -> str:
    """Numbers with the marks of the language that is spoken now."""
    return str(_spoken[0].format_field(text, ""))


def shown(cell: Message | str) -> str:
    """What stands in a cell of a table: a sentence, a number, a day, or a name as it is."""
    if isinstance(cell, Message):
        return text(cell)
    return str(_spoken[0].format_field(cell, ""))


def date(day: dt.date) -> str:
    """A day as it is written in the language that is spoken now."""
    return _spoken[0].date(day)


def month(day: dt.date, *, year: bool) -> str:
    """The month of a day in short, with or without its year."""
    return _spoken[0].month(day, year=year)


def capitalized(message: Message | str) -> str:
    """The sentence of ``message`` as ``text`` gives it, its first letter a capital."""
    sentence = text(message)
    return sentence[:1].upper() + sentence[1:]


def translation(template: str) -> str | None:
    """What the language that is spoken now has for a bare template; None if it has nothing."""
    found = _spoken[0].template(Message(template))
    return found if found != template else None
