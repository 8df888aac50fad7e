"""Reads JSON that a stranger may have written: a few bytes of it can take a hundred in memory."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np

MOST_BYTES = 64 * 2**20
MOST_VALUES = 2_500_000
"""Numbers, texts, lists and keys; each takes up to some 70 bytes."""
_MOST_NESTED = 100
# Possessive, so that matching keeps no way back and needs no memory.
_TEXT = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_BRACKETS = b"[]{}"
_OTHERS = bytes(set(range(256)) - set(_BRACKETS))


def read_json(data: bytes | bytearray) -> Any:
    """The value that ``data`` (UTF-8) holds; NaN and infinity are no numbers of JSON.

    Raises ValueError where it is no JSON, or has more values or nesting than is allowed.
    """
    require_few_values(data)
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def require_few_values(data: bytes | bytearray) -> None:
    """Raise ValueError where JSON has more bytes, values or nesting than is read."""
    if len(data) > MOST_BYTES:
        raise ValueError("too many bytes")
    structure = _TEXT.sub(b"", data)
    if sum(structure.count(mark) for mark in (b",", b":", b"[", b"{")) > MOST_VALUES:
        raise ValueError("too many values")
    brackets = np.frombuffer(structure.translate(None, _OTHERS), np.uint8)
    opening = (brackets == ord("[")) | (brackets == ord("{"))
    depth = np.cumsum(np.where(opening, 1, -1).astype(np.int8), dtype=np.int32)
    if depth.max(initial=0) > _MOST_NESTED:
        raise ValueError("nested too deeply")


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no number")
