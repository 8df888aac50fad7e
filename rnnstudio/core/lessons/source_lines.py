"""On which line of a TOML file a field stands, for sentences about mistakes in it."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TABLE = re.compile(r"^\s*(\[\[?)\s*([\w.\-]+)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"^\s*([\w.\-]+)\s*=")
_STEP = re.compile(r"(\w+)|\[(\d+)\]")
_LONG = re.compile(r"\"\"\"|'''")


def line_of(source: str, path: str) -> int:
    """The line, from 1, of the field ``path``, such as ``steps[2].question.text``.

    Where the field itself is missing: the line of the nearest table around it, at last 1.
    """
    wanted = tuple(int(place) if place else name for name, place in _STEP.findall(path))
    lines = dict(_lines(source))
    while wanted and wanted not in lines:
        wanted = wanted[:-1]
    return lines.get(wanted, 1)


def _lines(source: str) -> Iterable[tuple[tuple[str | int, ...], int]]:
    """Every table and key with its line; an array of tables counts its own from 0."""
    table: tuple[str | int, ...] = ()
    counts: dict[tuple[str | int, ...], int] = {}
    within = False
    for number, line in enumerate(source.splitlines(), start=1):
        begins = not within
        within ^= len(_LONG.findall(line)) % 2 == 1
        if not begins:
            continue
        if found := _TABLE.match(line):
            table = _whole(found[2].split("."), counts)
            if found[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                if not counts[table]:
                    yield table, number
                table = (*table, counts[table])
            yield table, number
        elif found := _KEY.match(line):
            yield (*table, *found[1].split(".")), number


def _whole(names: list[str], counts: dict[tuple[str | int, ...], int]) -> tuple[str | int, ...]:
    """The path of a table's name, with the places of the arrays of tables that it lies in."""
    path: tuple[str | int, ...] = ()
    for place, name in enumerate(names):
        path = (*path, name)
        if path in counts and place < len(names) - 1:
            path = (*path, counts[path])
    return path
