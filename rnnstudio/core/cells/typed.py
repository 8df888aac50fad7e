"""Arrays that a person typed or pasted.

Arrays are float64 and have no unit.
"""

from __future__ import annotations

import re

import numpy as np

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.errors import UserError
from rnnstudio.core.numbers import read_number

_SEPARATORS = re.compile(r"[,;\s]+")
_BRACKETS = re.compile(r"\]\s*,?\s*\[")


def parse_array(text: str, name: str, shape: tuple[int, int]) -> Array:
    """The array written in ``text``, one row a line or as Python prints it.

    Numbers stand apart by blanks, tabs, commas or semicolons. A single row may be given for a
    column and the other way round. Raises UserError where something is not a finite number or the
    shape is not ``shape``; it says where.
    """
    lines = _BRACKETS.sub("\n", text.strip()).translate(str.maketrans("[]()−", "    -"))
    rows = [_row(line, name, number) for number, line in _numbered(lines)]
    if not rows:
        raise UserError(
            "There are no numbers; {name} must have {rows} rows of {columns} numbers.",
            name=name,
            rows=shape[0],
            columns=shape[1],
        )
    widths = {len(row) for row in rows}
    if len(widths) > 1:
        raise UserError(
            "The rows have {least} to {most} numbers; {name} must have {rows} rows of {columns} "
            "numbers.",
            least=min(widths),
            most=max(widths),
            name=name,
            rows=shape[0],
            columns=shape[1],
        )
    return fitted(np.array(rows), name, shape)


def fitted(array: Array, name: str, shape: tuple[int, int]) -> Array:
    """``array`` in float64 and in that shape.

    Raises UserError when its shape is another or it holds something that is not finite.
    """
    if 1 in shape and array.size == max(shape) and array.ndim <= 2:
        array = array.reshape(shape)
    if array.shape != shape:
        found = " × ".join(map(str, array.shape)) or "1"
        raise UserError(
            "The array is {found}; {name} must have {rows} rows of {columns} numbers.",
            found=found,
            name=name,
            rows=shape[0],
            columns=shape[1],
        )
    result = np.array(array, dtype=np.float64)
    if not np.isfinite(result).all():
        row, column = np.argwhere(~np.isfinite(result))[0] + 1
        raise UserError(
            "Row {row}, column {column} holds {result}; it must be a finite number.",
            row=row,
            column=column,
            result=result[row - 1, column - 1],
        )
    return result


def _numbered(text: str) -> list[tuple[int, str]]:
    lines = enumerate(text.splitlines(), start=1)
    return [(number, line) for number, line in lines if line.strip(" ,;\t")]


def _row(line: str, name: str, number: int) -> list[float]:
    words = [word for word in _SEPARATORS.split(line.strip()) if word]
    row = []
    for column, word in enumerate(words, start=1):
        try:
            row.append(read_number(word))
        except ValueError:
            raise UserError(
                "Row {number}, column {column} of {name} is “{word}”; it must be a number such "
                "as 0.25.",
                number=number,
                column=column,
                name=name,
                word=word[:20],
            ) from None
    return row
