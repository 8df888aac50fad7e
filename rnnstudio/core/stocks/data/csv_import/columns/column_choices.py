"""What each column of a file was read as, and what else it could be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.columns.outline import Outline, Roles
from rnnstudio.core.stocks.data.csv_import.excerpt import CellPlace
from rnnstudio.core.stocks.data.csv_import.findings import FileColumn
from rnnstudio.core.stocks.data.csv_import.options import CANONICAL, Fact
from rnnstudio.core.stocks.data.csv_import.vocabulary.date_patterns import may_be_a_date

_MOSTLY = 0.5


def file_columns(outline: Outline, roles: Roles) -> tuple[FileColumn, ...]:
    """Every column of the file."""
    known = {each.place: each.name for each in roles.columns if each.canonical}
    known[roles.date] = "Date"
    return tuple(
        FileColumn(place, outline.title(place), known.get(place, ""), _roles(outline, place))
        for place in range(len(outline.names))
    )


def columns_fact(titled: Mapping[str, str], cells: Sequence[CellPlace]) -> Fact:
    """What the canonical columns of the table are called in the file."""
    main = next(name for name in ("Adj Close", "Close", *CANONICAL) if name in titled)
    statement = (
        Message("{role} is named so", {"role": main})
        if titled[main].casefold() == main.casefold()
        else Message("{title} is the {role}", {"title": titled[main], "role": main})
    )
    pairs = [
        Message("{title} {role}", {"title": title, "role": role})
        if title.casefold() != role.casefold()
        else Message("{role}", {"role": role})
        for role, title in titled.items()
        if role != main
    ]
    proof = Message("{columns}", {"columns": pairs}) if pairs else Message("the only price")
    return Fact("columns", statement, proof, tuple(cells))


def _roles(outline: Outline, place: int) -> tuple[str, ...]:
    """What the cells of a column could be."""
    date = ("Date",) if outline.share(place, may_be_a_date) > _MOSTLY else ()
    return (*date, *(CANONICAL if outline.numbers(place) > _MOSTLY else ()))
