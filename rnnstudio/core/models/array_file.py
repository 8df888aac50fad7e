"""One array from a file, to put in the place of another one of a scene.

Arrays are float64 and have no unit.
"""

from __future__ import annotations

from pathlib import Path

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.typed import fitted, parse_array
from rnnstudio.core.documents.npy import MOST_HEADER, array_of, read_header
from rnnstudio.core.documents.regular import open_regular, unreadable
from rnnstudio.core.errors import UserError

LARGEST_FILE = 4_000_000
"""Bytes; the largest array of a scene needs about half of it as text."""


def read_array(path: Path, name: str, shape: tuple[int, int]) -> Array:
    """The array of that ``shape`` in a file: ``.npy`` as NumPy writes it, anything else as text.

    Raises UserError when the file cannot be read, is too large, or holds something else.
    """
    try:
        with open_regular(path) as stream:
            data = bytearray(stream.read(LARGEST_FILE + 1))
    except OSError as error:
        raise unreadable(path, error) from error
    if len(data) > LARGEST_FILE:
        most = LARGEST_FILE // 1_000_000
        raise UserError("{path} is larger than {most} MB.", path=path.name, most=most)
    if path.suffix.lower() == ".npy":
        return fitted(_stored(path.name, data), name, shape)
    try:
        return parse_array(data.decode("utf-8-sig"), name, shape)
    except UnicodeDecodeError as error:
        raise UserError(
            "{path} is not a text file; {name} must have {rows} rows of {columns} numbers.",
            path=path.name,
            name=name,
            rows=shape[0],
            columns=shape[1],
        ) from error


def _stored(file: str, data: bytearray) -> Array:
    """The numbers in a ``.npy`` file; never unpickled."""
    try:
        header = read_header(data[:MOST_HEADER])
        if header.dtype.kind not in "fiu":
            found = str(header.dtype)
            raise UserError("{path} holds {found}; it must hold numbers.", path=file, found=found)
        return array_of(header, data)
    except ValueError as error:
        raise UserError(
            "{path} cannot be read as an array; save it with numpy.save.", path=file
        ) from error
