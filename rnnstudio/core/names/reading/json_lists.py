"""Names in JSON: a list, a list of objects, an object of lists or of counts, an object a line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.names.reading.tables import Row, Table

MOST_CHARACTERS = 4_000_000
"""Small values of JSON take twenty times their letters in memory."""
_MARK = Message("brackets and quotation marks (JSON)")
_MOST_COLUMNS = 50


def find_json(text: str, source: str) -> Table | None:
    """The values of ``text`` as a table; None if it is not JSON.

    Raises UserError when it is JSON without names, or more of it than can be read.
    """
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if not start or start not in '[{"':
        return None
    if len(text) > MOST_CHARACTERS:
        if start == '"':
            return None
        raise UserError(
            "{source} looks like JSON and is larger than {most} million letters; save the names "
            "as plain text, one a line.",
            source=source,
            most=MOST_CHARACTERS // 10**6,
        )
    values = _values(text)
    if values is None:
        return None
    table = _table(values)
    if table is None:
        raise UserError(
            "{source} is JSON without a list of names; save the names as plain text, one a line.",
            source=source,
        )
    return table


def _values(text: str) -> Any:
    """The whole text as one value, or the values of its lines; None if they are not JSON."""
    try:
        return json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        pass
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines[0].lstrip("\ufeff").startswith(("{", "[")):
        return None
    try:
        return [json.loads(line.lstrip("\ufeff")) for line in lines]
    except (ValueError, RecursionError):
        return None


def _table(value: Any) -> Table | None:
    if isinstance(value, dict):
        return _of_object(value)
    if not isinstance(value, list) or not value:
        return None
    if all(isinstance(each, dict) for each in value):
        titles = tuple(dict.fromkeys(key for each in value for key in each))[:_MOST_COLUMNS]
        return _rows([tuple(_cell(each.get(key)) for key in titles) for each in value], titles)
    if all(isinstance(each, list) for each in value):
        return _rows([tuple(map(_cell, each[:_MOST_COLUMNS])) for each in value])
    return _rows([(_cell(each),) for each in value])


def _of_object(value: dict[str, Any]) -> Table | None:
    """Lists under their names, the only list that holds anything, or keys and values."""
    lists = {key: part for key, part in value.items() if isinstance(part, list) and part}
    if len(lists) == 1:
        (title, part), *_ = lists.items()
        inner = _table(part)
        if inner is None or inner.titles or inner.width > 1:
            return inner
        return Table(inner.rows, inner.mark, inner.every, (title,))
    if lists:
        titles = tuple(lists)[:_MOST_COLUMNS]
        length = max(len(lists[title]) for title in titles)
        rows = [
            tuple(_cell(lists[key][n]) if n < len(lists[key]) else "" for key in titles)
            for n in range(length)
        ]
        return _rows(rows, titles)
    if len(value) == 1 and isinstance(inner_value := next(iter(value.values())), dict):
        return _of_object(inner_value)
    return _rows([(key, _cell(part)) for key, part in value.items()], ("key", "value"))


def _rows(rows: Sequence[Row], titles: Row = ()) -> Table | None:
    if not any(map(any, rows)):
        return None
    return Table(rows, _MARK, enumerate(rows, start=1), titles)


def _cell(value: Any) -> str:
    """A value as the text of a cell; what has parts of its own holds no name."""
    if isinstance(value, str):
        # Half of a surrogate pair, which JSON can hold, is not a letter.
        return " ".join(value.encode("utf-8", "ignore").decode().split())
    return "" if value is None or isinstance(value, dict | list) else str(value)[:30]
