"""Reads numbers that somebody computed for a scene: ``.npz``, ``.csv``, or what NumPy prints.

Arrays are float64 and have no unit; what they were saved as says how far rounding may have moved
them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rnnstudio.core.cells.diagnosis.given import MOST_GIVEN, Given, tolerance_of
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.documents.bounded_zip import Members, bounded_zip
from rnnstudio.core.documents.csv_text import csv_rows
from rnnstudio.core.documents.damage import DAMAGE
from rnnstudio.core.documents.npy import MOST_HEADER, read_array, read_header
from rnnstudio.core.documents.regular import open_regular, unreadable
from rnnstudio.core.errors import UserError
from rnnstudio.core.models.printed_arrays import printed_arrays

MOST_BYTES = 50_000_000
_COLUMNS = ("name", "value")
_PLACES = ("row", "column", "step")


def read_given(path: Path) -> tuple[Given, ...]:
    """The arrays in a file; raises UserError when it cannot be read or holds no numbers.

    ``.npz``: arrays under their names. ``.csv``: a table with the columns name, row, column, step
    (all counted from 1) and value, as ``values_file`` writes it; or one array without a header,
    which has the file's name (``dWf.csv``). Anything else is text: ``dWf = [[...]]``.
    """
    try:
        if path.suffix.lower() in (".npz", ".npy"):
            found = _packed(path)
        else:
            text = _text(path)
            found = _table(text, path) if path.suffix.lower() == ".csv" else printed_arrays(text)
    except OSError as error:
        raise unreadable(path, error) from error
    if not found:
        raise UserError(
            "{path} holds no arrays; write each as name = [[...]], save them with np.savez, or "
            "export a table.",
            path=path.name,
        )
    return tuple(found)


def given_in_text(text: str) -> tuple[Given, ...]:
    """The arrays in text that was pasted; raises UserError where it holds none."""
    if len(text) > MOST_BYTES:
        raise UserError(
            "The text has more than {most:n} letters; give only what is to be compared.",
            most=MOST_BYTES,
        )
    found = printed_arrays(text)
    if not found:
        raise UserError(
            "The text holds no arrays; write each as name = [[...]], as NumPy prints it."
        )
    return tuple(found)


def given_of(arrays: Mapping[str, npt.NDArray[Any]]) -> list[Given]:
    """Arrays of any shapes, float32 or float64, as they are given under their names."""
    return [
        Given(name, np.asarray(array, dtype=np.float64), tolerance=tolerance_of(array))
        for name, array in arrays.items()
    ]


def arrays_in(members: Members) -> dict[str, npt.NDArray[Any]]:
    """Every array in an open ``.npz``, of any shape; raises what is in ``damage.DAMAGE``."""
    arrays: dict[str, npt.NDArray[Any]] = {}
    for member in members.names:
        header = read_header(members.start(member, MOST_HEADER))
        arrays[member.removesuffix(".npy")] = read_array(members.read(member, header.size))
    return arrays


def _packed(path: Path) -> list[Given]:
    if path.suffix.lower() == ".npy":
        with open_regular(path) as stream:
            data = bytearray(stream.read(MOST_BYTES))
        try:
            return given_of({path.stem: read_array(data)})
        except DAMAGE as error:
            raise _damaged(path) from error
    try:
        with bounded_zip(path) as members:
            return given_of(arrays_in(members))
    except DAMAGE as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> UserError:
    return UserError(
        "{path} is damaged or holds something else than arrays of numbers; save it again with "
        "np.savez.",
        path=path.name,
    )


def _text(path: Path) -> str:
    with open_regular(path) as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise UserError(
            "{path} is larger than {most:n} bytes; give only what is to be compared.",
            path=path.name,
            most=MOST_BYTES,
        )
    return data.decode("utf-8-sig", errors="replace")


def _table(text: str, path: Path) -> list[Given]:
    lines = csv_rows(text)
    header = [cell.strip().lower() for cell in lines[0]] if lines else []
    if set(_COLUMNS) <= set(header):
        return list(_long_table(lines[1:], header))
    try:
        array = np.array([[float(cell) for cell in line] for line in lines if line])
    except ValueError as error:
        raise UserError(
            "{path} must be one array, a row of numbers each line, or a table with the columns "
            "name, row, column, step and value.",
            path=path.name,
        ) from error
    return given_of({path.stem: array})


def _long_table(lines: list[list[str]], header: list[str]) -> Iterator[Given]:
    """The arrays of a table with one number a line."""
    entries: dict[str, dict[tuple[int, ...], float]] = {}
    for number, line in enumerate(lines, start=2):
        if not line:
            continue
        cells = dict(zip(header, line, strict=False))
        try:
            place = tuple(int(cells.get(column) or 1) - 1 for column in _PLACES)
            value = float(cells["value"])
        except (KeyError, ValueError):
            place, value = (-1,), 0.0
        if min(place) < 0:
            raise UserError(
                "Line {line} of the table must have a name, a row, a column and a step counted "
                "from 1, and a number.",
                line=number,
            )
        if cells.get("pass") not in ("parameter", "input"):
            entries.setdefault(cells["name"], {})[place] = value
    has_steps = "step" in header
    for name, found in entries.items():
        array = _filled(name, found)
        yield from given_of({name: array if has_steps and _series(name) else array[..., 0]})


def _series(name: str) -> bool:
    """Whether a name stands for a value of every step even where there is one step."""
    return not name.endswith("0")


def _filled(name: str, found: Mapping[tuple[int, ...], float]) -> Array:
    shape = tuple(max(place[axis] for place in found) + 1 for axis in range(len(_PLACES)))
    if int(np.prod(shape, dtype=float)) > min(MOST_GIVEN, len(found)):
        raise UserError(
            "{name} has {count:n} numbers in the table, which do not fill an array of {shape}; "
            "some are missing.",
            name=name,
            count=len(found),
            shape=shape,
        )
    array = np.empty(shape)
    for place, value in found.items():
        array[place] = value
    return array
