"""The decimal mark of a file: what its columns show, or a question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.numbers.decimal_evidence import (
    Evidence,
    NumberColumn,
    both_readings,
    by_continuity,
    decimal_mark,
    decisive,
)
from rnnstudio.core.stocks.data.csv_import.options import (
    Choice,
    CsvOptions,
    Decimal,
    Fact,
    UndecidedError,
)
from rnnstudio.core.stocks.data.price_table import FloatArray

Named = Mapping[str, NumberColumn]
"""Columns by their names in the table."""

_PLAIN = {
    ".": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?"),
    ",": re.compile(r"[+-]?(?:[0-9]+(?:,[0-9]*)?|,[0-9]+)(?:[eE][+-]?[0-9]{1,3})?"),
}
_POINT: Decimal = "."


def is_plain(cells: Sequence[str], decimal: Decimal) -> bool:
    """Whether all cells are numbers with nothing but digits and that mark."""
    return all(map(_PLAIN[decimal].fullmatch, cells))


def sample_decimal(main: Named, others: Named) -> Decimal | None:
    """The decimal mark that a sample of the columns shows; None if it shows none, or two."""
    try:
        shown = _shown(main, others)
    except UserError:
        return None
    return None if isinstance(shown, Evidence) else shown


def choose_decimal(main: Named, others: Named, source: str, options: CsvOptions) -> Decimal:
    """The decimal mark of a file. ``others`` count only where the columns ``main`` show nothing.

    Where every mark may be either, prices that go on from row to row, and lie between low and high,
    show which it is. Raises UserError when two cells contradict each other. Raises UndecidedError
    when every cell with a mark can be read both ways.
    """
    shown = _shown(main, others)
    if shown is None:
        return _POINT
    if not isinstance(shown, Evidence):
        return shown
    sensible = _sensible(main, shown.mark)
    if sensible is not None:
        return sensible
    raise UndecidedError(
        Message(
            "{source} does not say whether the mark in {cell!r} ({place}) is a decimal mark or "
            "stands between thousands: every number with a mark can be read either way.",
            {"source": source, "cell": shown.cell, "place": shown.place},
        ),
        [_choice(decimal, shown, options) for decimal in (shown.mark, _other(shown.mark))],
        [shown.column.cell(shown.row)],
    )


def decimal_fact(
    main: Iterable[NumberColumn], decimal: Decimal, options: CsvOptions
) -> Fact | None:
    """What shows that ``decimal`` is the decimal mark; None where no number has a mark."""
    shown = decisive(main, decimal)
    if shown is None:
        return None
    statement = Message("Decimal comma") if decimal == "," else Message("Decimal point")
    cells, values = (shown.column.cell(shown.row),), {"cell": shown.cell}
    if shown.decided:
        return Fact("decimal", statement, Message("{cell} proves it", values), cells)
    other = _choice(_other(decimal), shown, options)
    proof = Message(
        "{reading}, as the other prices or the program that wrote them show",
        {"reading": _choice(decimal, shown, options).meaning},
    )
    return Fact("decimal", statement, proof, cells, others=(other,))


def _shown(main: Named, others: Named) -> Decimal | Evidence | None:
    shown = decimal_mark(list(main.values()))
    if shown is None or isinstance(shown, Evidence):
        more = decimal_mark(list(others.values()))
        return more if more is not None and not isinstance(more, Evidence) else shown or more
    return shown


def _sensible(main: Named, mark: Decimal) -> Decimal | None:
    """The decimal mark that makes sense of prices as prices, where only one does."""
    readings = {}
    for name, column in main.items():
        both = both_readings(column, mark)
        if name != "Volume" and both is None:
            return None
        if name != "Volume" and both is not None:
            readings[name] = both
    found = {by_continuity(list(readings.values()), mark), _by_limits(readings, mark)} - {None}
    return found.pop() if len(found) == 1 else None


def _by_limits(
    readings: Mapping[str, tuple[FloatArray, FloatArray]], mark: Decimal
) -> Decimal | None:
    """The mark by which low and high enclose open and close, where the other way they do not."""
    fits = [
        _enclosed({name: pair[reading] for name, pair in readings.items()}) for reading in (0, 1)
    ]
    if fits[0] == fits[1]:
        return None
    return _other(mark) if fits[0] else mark


def _enclosed(prices: Mapping[str, FloatArray]) -> bool:
    lows, highs = prices.get("Low"), prices.get("High")
    inner = [prices[name] for name in ("Open", "Close", "Low", "High") if name in prices]
    # Comparing with an empty cell, which is NaN, is False: it contradicts nothing.
    above = highs is not None and any((values > highs).any() for values in inner)
    below = lows is not None and any((values < lows).any() for values in inner)
    return not above and not below


def _other(mark: Decimal) -> Decimal:
    return "," if mark == "." else "."


def _choice(decimal: Decimal, shown: Evidence, options: CsvOptions) -> Choice:
    cells = [cell for cell in shown.column.shapes.cells[:50] if shown.mark in cell][:5]
    read = [_reading(cell, shown.mark, decimal == shown.mark) for cell in cells or [shown.cell]]
    return Choice(read[0], f"--decimal {decimal}", replace(options, decimal=decimal), tuple(read))


def _reading(cell: str, mark: str, is_decimal: bool) -> Message:
    number = cell.replace(mark, "." if is_decimal else "")
    return Message("{cell} is {number}", {"cell": cell, "number": number})
