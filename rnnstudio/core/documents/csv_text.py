"""CSV text for a spreadsheet: the one way in which every export writes it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from rnnstudio.core.training import stop_point

_FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
"""A cell that begins so is a formula to a spreadsheet; the wide ones are in East Asian editions."""


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """``rows`` as CSV, one line each.

    A text that a spreadsheet would run as a formula, such as a stranger's name ``=1+1``, gets an
    apostrophe before it; a number stays a number, also where it is given as text (``-0.5``). Every
    row is a stop point.
    """
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(_stoppable(rows))
    return text.getvalue()


def _stoppable(rows: Iterable[Iterable[object]]) -> Iterator[Iterable[object]]:
    for row in rows:
        stop_point()
        yield map(_harmless, row)


def _harmless(cell: object) -> object:
    if isinstance(cell, str) and cell.lstrip().startswith(_FORMULA) and not _is_number(cell):
        return f"'{cell}"
    return cell


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
