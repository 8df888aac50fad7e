"""Tables of prices, and how they may be written down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from hypothesis import strategies as st

MONTHS_EN = "January February March April May June July August September October November December"
MONTHS_ID = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
SHORT_EN = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
SHORT_ID = "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des"


def _named(names: str, form: str) -> Callable[[date], str]:
    months = names.split()
    return lambda day: form.format(d=day.day, b=months[day.month - 1], y=day.year)


def _epoch(scale: int) -> Callable[[date], str]:
    zone = timezone.utc  # noqa: UP017 - the name reads better beside timedelta
    return lambda day: str(
        int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()) * scale
    )


DATES: dict[str, Callable[[date], str]] = {
    "iso": lambda day: f"{day:%Y-%m-%d}",
    "slashes": lambda day: f"{day:%Y/%m/%d}",
    "compact": lambda day: f"{day:%Y%m%d}",
    "iso midnight": lambda day: f"{day:%Y-%m-%d} 00:00:00",
    "iso zone": lambda day: f"{day:%Y-%m-%d}T00:00:00+07:00",
    "dmy": lambda day: f"{day:%d/%m/%Y}",
    "dmy short": lambda day: f"{day.day}.{day.month}.{day.year}",
    "dmy two digits": lambda day: f"{day:%d-%m-%y}",
    "mdy": lambda day: f"{day:%m/%d/%Y}",
    "mdy time": lambda day: f"{day.month}/{day.day}/{day.year} 16:00:00",
    "english": _named(MONTHS_EN, "{b} {d}, {y}"),
    "english short": _named(SHORT_EN, "{d}-{b}-{y}"),
    "indonesian": _named(MONTHS_ID, "{d} {b} {y}"),
    "indonesian short": _named(SHORT_ID, "{b} {d:02}, {y}"),
    "seconds": _epoch(1),
    "milliseconds": _epoch(1000),
}
NAMES = {
    "yahoo": ("Date", "Open", "High", "Low", "Close", "Volume"),
    "lower": ("timestamp", "open", "high", "low", "close", "volume"),
    "alpha": ("date", "1. open", "2. high", "3. low", "4. close", "5. volume"),
    "investing": ("Date", "Open", "High", "Low", "Price", "Vol."),
    "indonesian": ("Tanggal", "Pembukaan", "Tertinggi", "Terendah", "Penutupan", "Volume"),
    "nse": ("Date ", "OPEN ", "HIGH ", "LOW ", "close ", "Total Trade Quantity "),
}


@dataclass(frozen=True)
class Dialect:
    """How a table is written."""

    encoding: str
    delimiter: str
    decimal: str
    thousands: str
    dates: str
    names: str
    newest_first: bool
    currency: str
    quoted: bool
    line_end: str
    above: bool
    below: bool


@dataclass(frozen=True)
class Table:
    """Days and (open, high, low, close, volume) of each, as exact decimal numbers."""

    days: tuple[date, ...]
    rows: tuple[tuple[Decimal, ...], ...]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Prices that walk from day to day by a few per cent."""
    count = draw(st.integers(2, 25))
    places = draw(st.integers(0, 6))
    day = draw(st.dates(date(1975, 1, 1), date(2030, 1, 1)))
    unit = Decimal(1).scaleb(-places)
    price = Decimal(draw(st.integers(100, 10 ** draw(st.integers(3, 8))))) * unit
    days, rows = [], []
    for _ in range(count):
        days.append(day)
        day += timedelta(days=draw(st.integers(1, 5)))
        steps = draw(st.lists(st.integers(-40, 40), min_size=2, max_size=2))
        prices = [max(unit, (price * (1000 + step) / 1000).quantize(unit)) for step in steps]
        volume = Decimal(draw(st.integers(0, 10**9)))
        rows.append((prices[0], max(prices), min(prices), prices[1], volume))
        price = prices[1]
    return Table(tuple(days), tuple(rows))


@st.composite
def dialects(draw: st.DrawFn) -> Dialect:
    """Any of the dialects."""
    decimal = draw(st.sampled_from(".,"))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]))
    marks = ["", "'", " ", "\u00a0", "," if decimal == "." else "."]
    if encoding.startswith("utf"):
        marks.append("\u202f")
    return Dialect(
        encoding=encoding,
        delimiter=draw(st.sampled_from(",;\t|")),
        decimal=decimal,
        thousands=draw(st.sampled_from(marks)),
        dates=draw(st.sampled_from(sorted(DATES))),
        names=draw(st.sampled_from(sorted(NAMES))),
        newest_first=draw(st.booleans()),
        currency=draw(st.sampled_from(["", "$", "Rp", "€ "])),
        quoted=draw(st.booleans()),
        line_end=draw(st.sampled_from(["\n", "\r\n"])),
        above=draw(st.booleans()),
        below=draw(st.booleans()),
    )


def written(table: Table, dialect: Dialect) -> bytes:
    """The table in that dialect."""
    lines = [_line(NAMES[dialect.names], dialect)]
    body = [
        _line(
            [
                DATES[dialect.dates](day),
                *(dialect.currency + _number(price, dialect) for price in row[:4]),
                _number(row[4], dialect),
            ],
            dialect,
        )
        for day, row in zip(table.days, table.rows, strict=True)
    ]
    lines += body[::-1] if dialect.newest_first else body
    if dialect.above:
        lines = ["Harga saham harian", "", *lines]
    if dialect.below:
        lines += ["", "Sumber: bursa"]
    text = dialect.line_end.join(lines) + dialect.line_end
    return text.encode(dialect.encoding)


def _number(value: Decimal, dialect: Dialect) -> str:
    marks = {",": dialect.thousands, ".": dialect.decimal}
    return "".join(marks.get(sign, sign) for sign in f"{value:,}")


def _line(cells: tuple[str, ...] | list[str], dialect: Dialect) -> str:
    return dialect.delimiter.join(
        f'"{cell}"' if dialect.quoted or dialect.delimiter in cell else cell for cell in cells
    )
