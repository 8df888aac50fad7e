"""Reads one array in NumPy's format without evaluating anything in it.

Its dtype is one of ``TYPES``: float32, float64, int32, int64, uint8 or bool; a file says no unit.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

TYPES = frozenset(np.dtype(name) for name in ("f4", "f8", "i4", "i8", "u1", "bool"))
MOST_HEADER = 10_000
"""Bytes within which the header ends."""
_DESCRIPTION = re.compile(
    rb"\{\s*'descr':\s*'([<>|=]?[a-zA-Z][0-9]{0,3})',\s*'fortran_order':\s*(True|False),"
    rb"\s*'shape':\s*\(((?:[0-9]{1,18}L?,\s?){0,32}(?:[0-9]{1,18}L?)?)\),?\s*\}\s*"
)


@dataclass(frozen=True)
class Header:
    """What an array is: ``start`` is the place of its first byte, behind the header."""

    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    fortran_order: bool
    start: int

    @property
    def size(self) -> int:
        """Bytes of the whole, header included."""
        return self.start + math.prod(self.shape) * self.dtype.itemsize


def read_header(data: bytes | bytearray) -> Header:
    """The header that ``data`` begins with; raises ValueError if there is none."""
    if data[:6] != b"\x93NUMPY" or data[6:8] not in (b"\x01\x00", b"\x02\x00"):
        raise ValueError("no array of a known version")
    length = 2 if data[6] == 1 else 4
    first = 8 + length
    start = first + int.from_bytes(data[8:first], "little")
    found = _DESCRIPTION.fullmatch(bytes(data[first:start])) if start <= MOST_HEADER else None
    if found is None or len(data) < start:
        raise ValueError("no description of an array")
    shape = tuple(int(part.rstrip(b"L ")) for part in found[3].split(b",") if part.strip())
    try:
        dtype = np.dtype(found[1].decode("ascii"))
    except TypeError as error:
        raise ValueError("no type of numbers") from error
    return Header(shape, dtype, found[2] == b"True", start)


def read_array(data: bytearray) -> npt.NDArray[Any]:
    """The array in ``data``, whose memory it shares, in the shape that its header says.

    Raises ValueError if it is not an array, its type is not in ``TYPES``, or as ``array_of``.
    """
    header = read_header(data[:MOST_HEADER])
    if header.dtype not in TYPES:
        raise ValueError("an array of another type")
    return array_of(header, data)


def array_of(header: Header, data: bytearray) -> npt.NDArray[Any]:
    """The array of numbers that ``header`` describes, in its shape and in the memory of ``data``.

    Raises ValueError if ``data`` has another size than it says.
    """
    if header.size != len(data):
        raise ValueError("an array of another size")
    flat = np.frombuffer(data, header.dtype, offset=header.start)
    if header.dtype == np.bool_ and flat.view(np.uint8).max(initial=0) > 1:
        raise ValueError("truth values that are none")
    flat = np.require(flat, requirements=["ALIGNED", "WRITEABLE"])
    if header.fortran_order:
        return flat.reshape(header.shape[::-1]).T
    return flat.reshape(header.shape)
