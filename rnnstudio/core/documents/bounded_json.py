"""Reads JSON that a stranger may have written: a few bytes of it can take a hundred in memory."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np

MOST_BYTES = 64 * 2**20
MOST_VALUES = 2_000_000
"""Numbers, texts, lists and keys; each takes up to some 70 bytes."""
_MOST_NESTED = 100
_PIECE = 2**20
_BEGINS_VALUE = np.isin(np.arange(256), list(b",:[{"))
_CHANGE_OF_DEPTH = np.isin(np.arange(256), list(b"[{")).astype(np.int8) - np.isin(
    np.arange(256), list(b"]}")
).astype(np.int8)


def read_json(data: bytes | bytearray) -> Any:
    """The value that ``data`` (UTF-8) holds: its numbers are finite, whole ones have 64 bits.

    Raises ValueError if it is not JSON, or has more values or nesting than is allowed.
    """
    require_few_values(data)
    try:
        return json.loads(
            data.decode("utf-8"), parse_int=_whole, parse_float=_finite, parse_constant=_refuse
        )
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def require_few_values(data: bytes | bytearray) -> None:
    """Raise ValueError if JSON has more bytes, values or nesting than is read."""
    if len(data) > MOST_BYTES:
        raise ValueError("too many bytes")
    # Without escapes every quotation mark begins or ends a text.
    plain = memoryview(data.replace(rb"\\", b"").replace(rb"\"", b""))
    values, depth, inside = 0, 0, False
    for start in range(0, len(plain), _PIECE):
        piece = np.frombuffer(plain[start : start + _PIECE], np.uint8)
        quotes = np.cumsum(piece == ord('"'), dtype=np.int32) + inside
        inside = bool(quotes[-1] % 2)
        structure = piece[quotes % 2 == 0]
        changes = _CHANGE_OF_DEPTH[structure]
        depths = depth + np.cumsum(changes, dtype=np.int32)
        values += int(np.count_nonzero(_BEGINS_VALUE[structure]))
        if values > MOST_VALUES:
            raise ValueError("too many values")
        if depths.max(initial=0) > _MOST_NESTED:
            raise ValueError("nested too deeply")
        depth += int(changes.sum(dtype=np.int32))


def _whole(digits: str) -> int:
    number = int(digits)
    if not -(2**63) <= number < 2**63:
        _refuse(digits)
    return number


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        _refuse(digits)
    return number


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no number")
