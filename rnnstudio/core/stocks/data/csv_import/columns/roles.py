"""Which column is what: the dates, the prices, the volume."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.columns.date_column import (
    find_date,
    find_parts,
    find_time,
)
from rnnstudio.core.stocks.data.csv_import.columns.outline import Column, Outline, Roles
from rnnstudio.core.stocks.data.csv_import.findings import Finding, finding
from rnnstudio.core.stocks.data.csv_import.lines.lines import short
from rnnstudio.core.stocks.data.csv_import.options import CANONICAL, UndecidedError
from rnnstudio.core.stocks.data.csv_import.table.missing_header import values_of
from rnnstudio.core.stocks.data.csv_import.vocabulary.grammar import is_money
from rnnstudio.core.stocks.data.csv_import.vocabulary.header_words import (
    counts_pieces,
    is_never_close,
    is_security,
    may_be_close,
    may_be_volume,
)
from rnnstudio.core.stocks.data.price_table import is_price


def choose_roles(outline: Outline) -> Roles:
    """What every column of a table is.

    Raises UserError when there is no column of dates or of prices, or an option names a missing
    one. Raises UndecidedError when two columns may be the same thing, or none is the close.
    """
    given = {name: outline.place_of(wanted) for name, wanted in outline.options.columns if wanted}
    _refuse_split_numbers(outline, tuple(given.values()))
    parts = () if "Date" in given else find_parts(outline)
    date = given.pop("Date") if "Date" in given else parts[0] if parts else find_date(outline)
    time = find_time(outline, date)
    numeric = [
        place
        for place in range(len(outline.names))
        if place in given.values()
        or (place not in {date, time, *parts} and _is_numeric(outline, place))
    ]
    known = {**_known(outline, numeric, given), **given}
    findings = _left_out(outline, {date, time, *parts, *numeric})
    if not known.keys() & {"Close", "Adj Close"}:
        others = [place for place in numeric if place != date]
        known, found = _with_close(outline, known, others)
        findings += found
    columns = [Column(known[name], name, True) for name in CANONICAL if name in known]
    taken = {column.place for column in columns}
    for place in numeric:
        if place not in taken and not outline.is_date_like(place):
            columns.append(Column(place, _free_name(outline, place, columns), False))
    labels = _labels(outline, {date, time, *parts, *taken}, numeric)
    return Roles(date, time, tuple(columns), labels, tuple(findings), parts[1:])


def _refuse_split_numbers(outline: Outline, given: Sequence[int]) -> None:
    """Whole numbers beside whole numbers without a name are most likely 1,5 between commas."""
    for place in range(2, len(outline.names)) if outline.named else ():
        if outline.names[place] or place in given:
            continue
        if not any(cell.strip("0") for cell in outline.sample[place]):
            continue  # 5123,0 is 5123 either way
        if all(cell.isdecimal() for p in (place - 1, place) for cell in outline.sample[p]):
            raise UserError(
                "{source}: column {number} has no name, but its cells are whole numbers like "
                "those before; numbers with a decimal comma need quotes between commas, and "
                "every column a name, or an option such as --column Volume={before}.",
                source=outline.source,
                number=place + 1,
                before=place,
            )


def _is_numeric(outline: Outline, place: int) -> bool:
    name = outline.names[place]
    if not name and any(outline.names):
        return False
    if outline.meaning(place) is not None:
        return True
    return outline.numbers(place) >= (0.5 if may_be_close(name) else 0.9)


def _known(outline: Outline, numeric: Sequence[int], given: Mapping[str, int]) -> dict[str, int]:
    """The canonical columns that are not ``given``, by their names."""
    free = [place for place in numeric if place not in given.values()]
    found = {}
    for canonical in CANONICAL:
        if canonical in given or (canonical, "") in outline.options.columns:
            continue
        places = [place for place in free if outline.meaning(place) == canonical]
        if not places and canonical == "Close" and "Adj Close" not in given:
            places = [place for place in free if may_be_close(outline.names[place])]
        if canonical == "Volume":
            places = places or [p for p in free if may_be_volume(outline.names[p])]
            # Most cells with the sign of a currency, or percentages, are no numbers of shares.
            places = [place for place in places if outline.share(place, is_money) <= 0.5]
        if len(places) > 1:
            places = [place for place in places if outline.numbers(place) > 0] or places
        if len(places) > 1 and canonical == "Volume":
            places = _pieces(outline, places)
        if len(places) > 1:
            raise _ask(outline, canonical, places)
        if places:
            found[canonical] = places[0]
    return found


def _pieces(outline: Outline, places: Sequence[int]) -> list[int]:
    """Of several volumes the one that counts shares in so many words: the other counts money.

    Where none does, the only one that is not zero all along: MetaTrader leaves VOL empty so.
    """
    counted = [
        place for place in places if any(cell.strip("0.,") for cell in outline.sample[place])
    ]
    for likely in ([p for p in places if counts_pieces(outline.names[p])], counted):
        if len(likely) == 1:
            return likely
    return list(places)


def _ask(outline: Outline, canonical: str, places: Sequence[int]) -> UndecidedError:
    names = [outline.names[place] for place in places]
    values = {"source": outline.source, "name": canonical, "columns": outline.titles(places)}
    if len(set(names)) == 1 and names[0]:
        problem = Message(
            "{source} has more than one column {name!r}.",
            {"source": outline.source, "name": names[0]},
        )
    elif outline.named:
        problem = Message("{source} has several columns that may be the {name}: {columns}.", values)
    else:
        problem = Message(
            "{source} has several columns that may be the {name}: {columns}. {row}",
            {**values, "row": outline.described()},
        )
    return outline.ask(canonical, places, problem)


def _with_close(
    outline: Outline, known: Mapping[str, int], numeric: Sequence[int]
) -> tuple[dict[str, int], list[Finding]]:
    """The columns with a close if none is named so, or a finding that there is none.

    Raises UserError or UndecidedError.
    """
    free = [
        place
        for place in numeric
        if place not in known.values()
        and is_price(outline.names[place])
        and outline.meaning(place) is None
        and not outline.is_date_like(place)
        and not _is_code(outline, place)
    ]
    likely = [place for place in free if not is_never_close(outline.names[place])]
    if not any(is_price(name) for name in known):
        return _only_price(outline, known, likely or free, numeric)
    between = {"Low", "High"} <= known.keys()
    inside = [place for place in likely if between and _is_inside(outline, known, place)]
    if len(inside) == 1:
        return {**known, "Close": inside[0]}, [_taken(outline, inside[0])]
    if "Open" in known:
        action = Message(
            "No column is the close; where nothing else is chosen, the Open is forecast."
        )
        return dict(known), [finding("no-close", (), action)]
    places = [*free, *(place for name, place in known.items() if is_price(name))]
    problem = Message(
        "{source} has no column that is the close. {columns}",
        {"source": outline.source, "columns": outline.described()},
    )
    raise outline.ask("Close", places, problem)


def _is_code(outline: Outline, place: int) -> bool:
    """Whether a column of whole numbers names securities, as stock_id does."""
    return is_security(outline.names[place]) and all(map(str.isdecimal, outline.sample[place]))


def _is_inside(outline: Outline, known: Mapping[str, int], place: int) -> bool:
    """Whether a column lies between the low and the high of every row, as a close does."""
    values = values_of(outline.sample[place])
    low, high = (values_of(outline.sample[known[name]]) for name in ("Low", "High"))
    return len(values) > 0 and not ((values < low) | (values > high)).any()


def _only_price(
    outline: Outline, known: Mapping[str, int], places: Sequence[int], numeric: Sequence[int]
) -> tuple[dict[str, int], list[Finding]]:
    """The close in a table without a known name of a price: the only column it can be."""
    if len(places) > 1:
        raise _ask(outline, "Close", places)
    if not places:
        raise _no_prices(outline, [place for place in numeric if not outline.is_date_like(place)])
    return {**known, "Close": places[0]}, [_taken(outline, places[0])]


def _no_prices(outline: Outline, numeric: Sequence[int]) -> UserError:
    values = {"source": outline.source, "columns": outline.described()}
    if not numeric:
        return UserError(
            "{source} has no column of prices such as Open or Close. {columns}", **values
        )
    return UserError(
        "{source} has no column of prices such as Open or Close. {columns} If one holds prices all "
        "the same, an option says so: {option}.",
        **values,
        option=outline.flag("Close", numeric[0]),
    )


def _taken(outline: Outline, place: int) -> Finding:
    action = Message(
        "The column {column} is read as the Close: no other can be it.",
        {"column": short(outline.title(place))},
    )
    return finding("close-taken", (), action)


def _left_out(outline: Outline, used: set[int | None]) -> list[Finding]:
    places = [p for p in range(len(outline.names)) if p not in used and any(outline.sample[p])]
    if not places:
        return []
    action = Message(
        "Columns without a name, or without numbers, were left out: {columns}.",
        {"columns": outline.titles(places)},
    )
    return [finding("column-left-out", (), action)]


def _labels(outline: Outline, used: set[int | None], numeric: Sequence[int]) -> tuple[int, ...]:
    """Columns that may say which security a row is of: text, or numbers under such a name."""
    texts = [
        place
        for place in range(len(outline.names))
        if place not in used
        and place not in numeric
        and any(outline.sample[place])
        and outline.numbers(place) < 0.2
        and not outline.is_date_like(place)
    ]
    codes = [place for place in numeric if place not in used and is_security(outline.names[place])]
    return tuple(sorted({*texts, *codes}))


def _free_name(outline: Outline, place: int, columns: Sequence[Column]) -> str:
    name = outline.title(place)
    used = {*CANONICAL, *(column.name for column in columns)}
    return f"{name} (column {place + 1})" if name in used else name
