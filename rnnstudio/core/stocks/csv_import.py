"""Reads a share's CSV file, and refuses what it cannot be sure of.

What it takes: UTF-8 text, commas between cells, one header row, a date column, numbers with a
decimal point. A cell that could be misread (1,234.56 or 1.234,56) is refused with its row and
column; a wrong number is never read silently. Rows are counted as a spreadsheet counts them: the
header is row 1.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.csv_dates import looks_like_a_date, parse_dates
from rnnstudio.core.stocks.series import Dates, FloatArray, PriceTable, is_change, is_price

_DATE_NAMES = ("date", "tanggal", "tgl", "day", "timestamp", "time", "datetime")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


@dataclass(frozen=True)
class _Sheet:
    """The cells of a file: a header, and per row its number in the file and its cells."""

    source: str
    header: tuple[str, ...]
    numbers: tuple[int, ...]
    rows: tuple[Sequence[str], ...]

    def cells(self, column: int) -> list[str]:
        return [row[column].strip() for row in self.rows]

    def place(self, row: int, column: int) -> str:
        return f"{self.source}, row {self.numbers[row]}, column {self.header[column]}"


def read_prices(path: Path) -> PriceTable:
    """The price table in the CSV file ``path``, oldest day first.

    Columns without a name and columns without any digit (a ticker) are left out.

    Raises
    ------
    UserError
        For everything that keeps the file from being read beyond doubt: it is missing, empty or no
        text, has no date column or no price column, its dates may be day or month first, a date
        stands there twice, or a cell is blank, not a plain number, or not a possible price.
    """
    sheet = _sheet(path.name, _text(path))
    date_column = _date_column(sheet)
    dates = parse_dates(
        sheet.cells(date_column), lambda row: sheet.place(row, date_column), sheet.source
    )
    columns = {
        name: _numbers(sheet, column)
        for column, name in enumerate(sheet.header)
        if column != date_column and name and _has_digits(sheet, column)
    }
    if not any(is_price(name) for name in columns):
        raise UserError(
            f"{sheet.source} has no column of prices such as Open or Close; its columns are "
            f"{_listed(sheet.header)}."
        )
    oldest_first = np.argsort(dates, kind="stable")
    _refuse_repeated(sheet, dates[oldest_first], oldest_first, date_column)
    ordered = {name: values[oldest_first] for name, values in columns.items()}
    return PriceTable(sheet.source, dates[oldest_first], ordered)


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise UserError(f"There is no file {path}; choose a CSV file of prices.") from None
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}.") from error
    if not content.strip():
        raise UserError(f"{path.name} is empty; choose a CSV file with a header and a row a day.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise UserError(f"{path.name} is not a text file in UTF-8; save it as CSV UTF-8.")
    return text


def _sheet(source: str, text: str) -> _Sheet:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        records = [
            (number, row) for number, row in enumerate(reader, 1) if any(map(str.strip, row))
        ]
    except csv.Error as error:
        raise UserError(
            f"{source}, line {reader.line_num} is not CSV ({error}); save the table as CSV."
        ) from error
    if not records:
        raise UserError(f"{source} is empty; choose a CSV file with a header and a row a day.")
    header = tuple(cell.strip() for cell in records[0][1])
    _check_header(source, header)
    if len(records) == 1:
        raise UserError(f"{source} has a header but no rows; it must hold a row for every day.")
    for number, row in records[1:]:
        if len(row) != len(header):
            raise UserError(
                f"{source}, row {number} has {len(row)} cells where the header has {len(header)}; "
                "every row must have a cell for every column, and numbers no thousands comma."
            )
    numbers, rows = zip(*records[1:], strict=True)
    return _Sheet(source, header, numbers, rows)


def _check_header(source: str, header: tuple[str, ...]) -> None:
    other = next((mark for mark in (";", "\t", "|") if mark in header[0]), None)
    if len(header) == 1 and other:
        raise UserError(
            f"{source} separates its columns by {other!r}; save it with commas between the columns."
        )
    repeated = [name for name, count in Counter(header).items() if name and count > 1]
    if repeated:
        raise UserError(
            f"{source} has more than one column {repeated[0]!r}; every column needs its own name."
        )


def _date_column(sheet: _Sheet) -> int:
    """The column that is named like a date, or else the first whose every cell looks like one."""
    named = [i for i, name in enumerate(sheet.header) if name.lower() in _DATE_NAMES]
    if named:
        return named[0]
    for column in range(len(sheet.header)):
        if all(map(looks_like_a_date, sheet.cells(column))):
            _refuse_missing_header(sheet, column)
            return column
    raise UserError(
        f"{sheet.source} has no column of dates; its columns are {_listed(sheet.header)}. One must "
        "hold dates such as 2019-06-14 under the name Date."
    )


def _refuse_missing_header(sheet: _Sheet, column: int) -> None:
    if looks_like_a_date(sheet.header[column]):
        raise UserError(
            f"{sheet.source} begins with {_short(sheet.header[column])} instead of a header; its "
            "first row must name the columns, such as Date, Open, High."
        )


def _has_digits(sheet: _Sheet, column: int) -> bool:
    return any(character.isdigit() for cell in sheet.cells(column) for character in cell)


def _numbers(sheet: _Sheet, column: int) -> FloatArray:
    cells = sheet.cells(column)
    for row, cell in enumerate(cells):
        if not _NUMBER.fullmatch(cell):
            raise UserError(f"{sheet.place(row, column)}: {_not_a_number(cell)}")
    values = np.array([float(cell) for cell in cells])
    _check_range(sheet, column, cells, values)
    return values


def _not_a_number(cell: str) -> str:
    if not cell:
        return "the cell is blank; every day needs a number."
    return f"{_short(cell)} is not a plain number; write numbers like 1234.56."


def _check_range(sheet: _Sheet, column: int, cells: Sequence[str], values: FloatArray) -> None:
    name = sheet.header[column]
    allowed = np.isfinite(values)
    if is_price(name):
        allowed &= values > 0
    elif not is_change(name):
        allowed &= values >= 0
    if not allowed.all():
        row = int(np.argmin(allowed))
        wanted = "a price above 0" if is_price(name) else "a number that is not negative"
        raise UserError(
            f"{sheet.place(row, column)}: {_short(cells[row])} stands where {wanted} is needed."
        )


def _refuse_repeated(
    sheet: _Sheet, dates: Dates, order: npt.NDArray[np.intp], date_column: int
) -> None:
    repeated = np.flatnonzero(dates[1:] == dates[:-1])
    if len(repeated):
        first, second = (int(order[repeated[0] + i]) for i in (0, 1))
        raise UserError(
            f"{sheet.place(second, date_column)}: {dates[repeated[0]]} already stands in row "
            f"{sheet.numbers[first]}; every day may stand there once."
        )


def _short(cell: str) -> str:
    return repr(cell if len(cell) <= 40 else cell[:37] + "...")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(_short(name) for name in names[:20]) + (", ..." if len(names) > 20 else "")
