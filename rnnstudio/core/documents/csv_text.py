"""CSV text for a spreadsheet: the one way in which every export writes it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Literal

from rnnstudio.core.training import stop_point

DecimalMark = Literal["point", "comma"]
_FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
"""A cell that begins so is a formula to a spreadsheet; the wide ones are in East Asian editions."""


_chosen: list[DecimalMark] = ["point"]


def choose_decimal_mark(mark: DecimalMark) -> None:
    """Write with this decimal mark from now on in this process, where nothing else is said."""
    _chosen[0] = mark


def chosen_decimal_mark() -> DecimalMark:
    """The mark that is written with now."""
    return _chosen[0]


def csv_text(rows: Iterable[Iterable[object]], mark: DecimalMark | None = None) -> str:
    """``rows`` as CSV, one line each; with ``mark``, or else the one that was chosen.

    With a decimal point commas stand between the cells, with a decimal comma semicolons.

    A text that a spreadsheet would run as a formula, such as a stranger's name ``=1+1``, gets an
    apostrophe before it; a number stays a number, also where it is given as text (``-0.5``). Every
    row is a stop point.
    """
    text = io.StringIO()
    mark = mark or _chosen[0]
    delimiter, written = (";", _with_comma) if mark == "comma" else (",", _harmless)
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerows(map(written, row) for row in _stoppable(rows))
    return text.getvalue()


def csv_rows(text: str) -> list[list[str]]:
    """The cells of what ``csv_text`` has written with either mark, numbers with points."""
    lines = text.splitlines()
    if not lines or ";" not in lines[0]:
        return list(csv.reader(lines))
    return [
        [cell.replace(",", ".") if _is_number(cell.replace(",", ".")) else cell for cell in row]
        for row in csv.reader(lines, delimiter=";")
    ]


def _stoppable(rows: Iterable[Iterable[object]]) -> Iterator[Iterable[object]]:
    for row in rows:
        stop_point()
        yield row


def _with_comma(cell: object) -> object:
    return str(cell).replace(".", ",") if isinstance(cell, float) else _harmless(cell)


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
