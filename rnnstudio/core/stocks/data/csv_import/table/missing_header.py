"""Names for the columns of a table without a header, where their order leaves no doubt.

Numbers are float64, in the unit of the file.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from rnnstudio.core.stocks.data.csv_import.vocabulary.cell_patterns import shape_of
from rnnstudio.core.stocks.data.csv_import.vocabulary.grammar import is_missing, number_form
from rnnstudio.core.stocks.data.csv_import.vocabulary.number_words import UNITS
from rnnstudio.core.stocks.data.price_table import FloatArray

BINANCE = (
    "Open time",
    "Open",
    "High",
    "Low",
    "Close",
    "Volume",
    "Close time",
    "Quote asset volume",
    "Number of trades",
    "Taker buy base volume",
    "Taker buy quote volume",
    "",
)
"""The columns of Binance's files of candles, which have no header."""


def name_columns(sample: Sequence[Sequence[str]], date: int, time: int | None) -> tuple[str, ...]:
    """A name for every column, "" for those that nothing is known of.

    ``sample`` holds cells column by column; ``date`` is the column of the dates, ``time`` that of
    their times of day if there is one. Four prices are named where the second is the highest and
    the third the lowest of each row, which is the order open, high, low, close of every source; a
    fifth and sixth column are the volume and the adjusted close, or the volume of a coin and the
    whole number of trades. A single column of numbers is the close.
    """
    if is_binance(sample):
        return BINANCE
    names = [""] * len(sample)
    places = [p for p in range(len(sample)) if p not in {date, time} and _is_numeric(sample[p])]
    places = places[:4] + [p for p in places[4:] if len(set(sample[p])) > 1 or len(sample[p]) == 1]
    if places:
        table = np.stack([values_of(sample[place]) for place in places])
        whole = table[:, np.isfinite(table).all(axis=0)]
        found = [] if _are_fragments(sample, places, whole) else _names(list(whole))
        for place, name in zip(places, found, strict=False):
            names[place] = name
    if any(names):
        names[date] = "Date"
    if any(names) and time is not None:
        names[time] = "Time"
    return tuple(names)


def _are_fragments(
    sample: Sequence[Sequence[str]], places: Sequence[int], whole: npt.NDArray[np.float64]
) -> bool:
    """Whether the columns may be pieces of decimals, 1,60 and 1,50 between commas.

    They would pass for a candle from 1 to 60: whole numbers only, the high far above the low.
    """
    if len(places) < 4:
        return len(places) == 2
    digits = all(cell.isdecimal() for place in places[:4] for cell in sample[place])
    return digits and bool((whole[1] >= 2 * whole[2]).any())


def _is_numeric(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if not is_missing(cell)]
    return bool(filled) and bool(np.isfinite(values_of(filled)).all())


def is_binance(sample: Sequence[Sequence[str]]) -> bool:
    """Whether each row spans the time from its first to its seventh column, up to the next."""
    if len(sample) != len(BINANCE):
        return False
    if not all(cell.isdecimal() and len(cell) in {13, 16} for cell in (*sample[0], *sample[6])):
        return False
    if any(len(a) != len(b) for a, b in zip(sample[0], sample[6], strict=True)):
        return False
    ends = [[int(cell) // 10 ** (len(cell) - 13) for cell in sample[place]] for place in (0, 6)]
    spans = {end - start for start, end in zip(*ends, strict=True)}
    return all(span > 0 for span in spans) and (len(spans) == 1 or min(spans) > 24 * 3600 * 1000)


def _names(values: Sequence[FloatArray]) -> Sequence[str]:
    if len(values) == 1:
        return ["Close"]
    if len(values) not in {4, 5, 6} or not _is_candle(values[:4]):
        return []
    names = ["Open", "High", "Low", "Close"]
    if len(values) == 4:
        return names
    adjusted = [_is_like(column, values[3]) for column in values[4:]]
    if len(values) == 5:
        return names if adjusted[0] else [*names, "Volume"]
    if sum(adjusted) != 1:
        whole = [bool((column == np.rint(column)).all()) for column in values[4:]]
        if sum(whole) != 1:
            return names
        return [*names, "", "Volume"] if whole[0] else [*names, "Volume"]  # beside the trades
    return [*names, *(["Adj Close", "Volume"] if adjusted[0] else ["Volume", "Adj Close"])]


def _is_candle(values: Sequence[FloatArray]) -> bool:
    opens, highs, lows, closes = values
    inside = (lows <= opens) & (lows <= closes) & (opens <= highs) & (closes <= highs)
    return bool(len(opens) and inside.all() and (lows < highs).any())


def _is_like(column: FloatArray, closes: FloatArray) -> bool:
    """Whether a column may be the adjusted close: never above the close, and moving with it."""
    if not ((column > 0).all() and (closes > 0).all() and (column <= 1.05 * closes).all()):
        return False
    steps = np.abs(np.diff(np.log(column) - np.log(closes)))
    return bool(np.median(steps) < 0.005 if len(steps) else column[0] > closes[0] / 2)


def values_of(cells: Sequence[str]) -> FloatArray:
    """The numbers in ``cells``, (cells,), to compare cells of one file; NaN if there is none."""
    return np.array([_value(cell) for cell in cells], dtype=np.float64)


def _value(cell: str) -> float:
    """The number in ``cell``, for comparing cells of one file with each other; NaN if none.

    A single mark counts as decimal: where it is not, prices with and without it will not look
    like candles, and a person is asked.
    """
    form = number_form(shape_of(cell))
    if form is None or form.power:
        return float("nan")
    core = cell[form.start : form.start + len(form.core)].replace(" ", "").replace("'", "")
    place = max(core.rfind("."), core.rfind(","))
    digits = core.replace(".", "").replace(",", "")
    if place >= 0 and core.count(core[place]) == 1:
        digits = f"{digits[: len(digits) - (len(core) - 1 - place)]}.{core[place + 1 :]}"
    value = float(digits) * 10.0 ** UNITS.get(form.unit, 0)
    return -value if form.negative else value
