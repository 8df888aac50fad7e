"""The fields of documents: plain data that a stranger may have written, read by a schema.

A schema is a ``DocumentFields`` or a dataclass: what each field is, and between what bounds it
lies. What several fields must have in common is checked where they are put together.
"""

from __future__ import annotations

import re
import reprlib
from collections.abc import Mapping
from dataclasses import fields
from typing import Annotated, Any, TypeVar

import msgspec
import numpy as np

from rnnstudio.core.documents.damage import DamageError, require
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message

Count = Annotated[int, msgspec.Meta(ge=0, lt=2**53)]
"""A number of things, or the place of one."""
AtLeastZero = Annotated[float, msgspec.Meta(ge=0)]

_Read = TypeVar("_Read")
_PLACE = re.compile(r" - at `\$\.?(.*)`$")
_MISSING = re.compile(r"Object missing required field `(.*?)`")
_STEP = re.compile(r"(\w+)|\[(\d+)\]")
_MOST_SHOWN = 60
_MOST_LETTERS = 300
"""Of a sentence of ours that quotes what a stranger wrote."""


class DocumentFields(msgspec.Struct, frozen=True):
    """The fields of a document by their names; those of later versions are not looked at."""


def read_fields(content: Any, schema: type[_Read], within: str = "") -> _Read:
    """What ``content``, plain data of a document, says by ``schema``.

    Raises DamageError that names the field which is missing, of another type or out of bounds;
    ``within`` is the place of ``content`` in the document. A dataclass may raise its UserError,
    unless that quotes more than a person can read.
    """
    try:
        return msgspec.convert(content, schema, strict=True)
    except msgspec.ValidationError as error:
        raise DamageError(_what(str(error), content, within)) from error
    except UserError as error:
        require(len(str(error)) <= _MOST_LETTERS, Message("impossible settings"))
        raise
    except UnicodeEncodeError as error:  # JSON can hold them, also in names of fields
        raise DamageError(Message("half a letter where a word must be")) from error


def read_settings(content: Any, schema: type[_Read], within: str) -> _Read:
    """A dataclass as ``read_fields`` reads it, of which every field is given and no other."""
    names = {each.name for each in fields(schema)}  # type: ignore[arg-type]
    known = isinstance(content, Mapping) and set(content) == names
    require(known, Message("other settings than known"))
    return read_fields(content, schema, within)


def plain(value: Any) -> Any:
    """Fields as the plain data that ``read_fields`` reads."""
    return msgspec.to_builtins(value, enc_hook=_of_numpy)


def readable(text: str) -> str:
    """The text with a sign in the place of each half letter, which no screen and no file takes.

    Names of files that are no UTF-8 have them.
    """
    return text.encode("utf-8", "replace").decode("utf-8")


def shortened(value: Any) -> str:
    """The beginning of the value as Python writes it, on one line."""
    return reprlib.repr(value)[:_MOST_SHOWN]


def _what(sentence: str, content: Any, within: str) -> Message:
    """The sentence of msgspec in words of ours, with the field's place in the document."""
    found = _PLACE.search(sentence)
    place = found[1] if found else ""
    missing = _MISSING.match(sentence)
    if missing:
        names = filter(None, (within, place, missing[1]))
        return Message("{field} is missing", {"field": ".".join(names)})
    value = content
    for name, at in _STEP.findall(place):
        value = value[name or int(at)]
    return Message(
        "{field} is {value}",
        {
            "field": ".".join(filter(None, (within, place))),
            "value": shortened(value),
        },
    )


def _of_numpy(value: Any) -> Any:
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"no field of a document: {type(value)}")
