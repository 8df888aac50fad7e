"""What became of the lines of a file of names, and what the reader was asked to do with them."""

# ruff: noqa: RUF001 - letters and signs of other languages are meant here

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.names.reading.letters import (
    is_accented,
    one_form,
    small,
    without_accents,
    without_invisible,
)
from rnnstudio.core.names.reading.list_encoding import script

LONGEST_NAME = 100
MOST_NAMED_LINES = 5
"""Line numbers that a sentence gives; more would not be read."""
_LONGEST_LINE = 4 * LONGEST_NAME
"""In characters, a letter with its marks being several of them."""
BETWEEN_LOOKS = 4_096
"""Lines between two looks at whether to stop."""
_IN_NAMES = frozenset(" '’ʼ-–.·・")
"""Signs that names are written with."""
_MOST_SIGNS = 12
_FEW = 0.1
"""The fraction of names that letters of a second script stand in, if they were not meant."""
_ORDINALS = frozenset("ªº")

Handling = Literal["keep", "fold", "refuse"]


@dataclass(frozen=True)
class ReadOptions:
    """How a list is read.

    ``capitals`` (fold: é and É are the same) and ``accents`` (fold: é becomes e) say what to do
    with those. ``column`` is the name or the number, from 1, of the column of a table that holds
    the names, "0" for whole lines as they are. ``encoding`` is the one to read the file
    in. None leaves it to the file.
    """

    capitals: Handling = "fold"
    accents: Handling = "keep"
    column: str | None = None
    encoding: str | None = None

    def as_listed(self, text: str) -> str:
        """The beginning of a name in the letters that a name of the list would have got."""
        words = without_invisible(text)
        # A space at the end is the space between two words.
        text = one_form(" ".join(words.split()) + " " * (words[-1:].isspace()))
        text = small(text) if self.capitals == "fold" else text
        return without_accents(text) if self.accents == "fold" else text


@dataclass
class ReadingReport:
    """What was found in a file; lists hold line numbers.

    ``capitals``, ``accents`` and ``invisible`` count the names that have any. Comments, titles,
    blank lines and too long ones were left out, duplicates were kept. ``signs`` counts the names
    that have a sign or a digit that names seldom have, ``scripts`` those with letters of a script
    that is not the list's own. ``notes`` say what else was done.
    """

    source: str
    encoding: str
    options: ReadOptions
    other_encoding: str = ""
    lines: int = 0
    names: int = 0
    capitals: int = 0
    accents: int = 0
    invisible: int = 0
    duplicates: list[int] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    too_long: list[int] = field(default_factory=list)
    comments: list[int] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    signs: dict[str, int] = field(default_factory=dict)
    scripts: dict[str, int] = field(default_factory=dict)

    def sentences(self) -> tuple[str, ...]:
        """The report in words, what was changed or left out first of all."""
        return tuple(map(str, self.messages()))

    def messages(self) -> Iterator[Message]:
        """The sentences of the report as templates and values."""
        values = {"source": self.source, "lines": self.lines, "encoding": self.encoding}
        yield Message(
            "{source}: {names:n} names in {lines:n} lines of {encoding}.",
            {**values, "names": self.names},
        )
        if self.other_encoding:
            yield Message(
                "The file does not say its encoding: by its letters it is {encoding}, not {other}; "
                "where letters look wrong, choose another.",
                {"encoding": self.encoding, "other": self.other_encoding},
            )
        yield from self.notes
        if self.comments:
            yield Message.counted(
                "1 line begins with # or another sign of comments and is left out (line {rows}).",
                "{n:n} lines begin with # or another sign of comments and are left out (line "
                "{rows}).",
                **_lines(self.comments),
            )
        if self.titles:
            yield Message.counted(
                "1 line is a header and left out (line {rows}).",
                "{n:n} lines are a header and left out (line {rows}).",
                **_lines(self.titles),
            )
        if self.too_long:
            yield Message.counted(
                "1 line is longer than {most} letters and left out (line {rows}).",
                "{n:n} lines are longer than {most} letters and left out (line {rows}).",
                most=LONGEST_NAME,
                **_lines(self.too_long),
            )
        yield from self._of_letters()
        if self.duplicates:
            yield Message.counted(
                "1 line is a name that came before, and kept (line {rows}).",
                "{n:n} lines are a name that came before, and kept (line {rows}).",
                **_lines(self.duplicates),
            )
        if self.blank:
            yield Message.counted(
                "1 line is blank and left out (line {rows}).",
                "{n:n} lines are blank and left out (line {rows}).",
                **_lines(self.blank),
            )

    def _of_letters(self) -> Iterator[Message]:
        if self.invisible:
            yield Message.counted(
                "1 line has invisible characters: taken off.",
                "{n:n} lines have invisible characters: taken off.",
                self.invisible,
            )
        if self.signs:
            yield Message.counted(
                "1 name has signs or digits that names seldom have: {found}.",
                "{n:n} names have signs or digits that names seldom have: {found}.",
                self.signs[""],
                found=_characters(self.signs),
            )
        if self.scripts:
            yield Message.counted(
                "1 name has letters of another script than most: {found}.",
                "{n:n} names have letters of another script than most: {found}.",
                self.scripts[""],
                found=_characters(self.scripts),
            )
        yield from self._of_handling()

    def _of_handling(self) -> Iterator[Message]:
        kept = Message("kept")
        if self.capitals:
            yield Message.counted(
                "1 name has capitals: {done}.",
                "{n:n} names have capitals: {done}.",
                self.capitals,
                done=kept if self.options.capitals == "keep" else Message("made small"),
            )
        if self.accents:
            yield Message.counted(
                "1 name has accents: {done}.",
                "{n:n} names have accents: {done}.",
                self.accents,
                done=kept if self.options.accents == "keep" else Message("taken off"),
            )


class LineReader:
    """Makes names of lines and counts in ``report`` what becomes of them."""

    def __init__(self, report: ReadingReport) -> None:
        self.report = report
        self.names: list[str] = []
        self._seen: set[str] = set()
        self._tabs = 0

    def read(self, lines: Sequence[tuple[int, str]]) -> None:
        """Read some lines, with their numbers.

        Raises UserError when a name has what the options refuse.
        """
        report, seen = self.report, self._seen
        for row, line in lines:
            name = " ".join(line.split())
            self._tabs += "\t" in line.strip()
            # Marks in disorder take long to be put in order: not those of a line without end.
            if len(name) <= _LONGEST_LINE:
                name = self._handled(name, row)
            if not name:
                report.blank.append(row)
            elif len(name) > LONGEST_NAME:
                report.too_long.append(row)
            else:
                if name in seen:
                    report.duplicates.append(row)
                seen.add(name)
                self.names.append(name)

    def _handled(self, name: str, row: int) -> str:
        report, options = self.report, self.report.options
        if not name.isascii():
            name = one_form(name)
        if name != name.lower():
            report.capitals += 1
            if options.capitals == "refuse":
                raise _refused(Message("capitals"), name, row, report.source)
            if options.capitals == "fold":
                name = small(name)
        if not name.isascii() and any(map(is_accented, name)):
            report.accents += 1
            if options.accents == "refuse":
                raise _refused(Message("accents"), name, row, report.source)
            if options.accents == "fold":
                name = without_accents(name)
        return name

    def finish(self) -> None:
        """Put into the report what only all names together show."""
        report = self.report
        report.names = len(self.names)
        report.blank.sort()
        letters = Counter(letter for name in self.names for letter in set(name))
        report.signs = self._having(filter(_is_odd, letters), letters)
        if self._tabs:
            report.signs = {"": report.signs.get("", 0) + self._tabs, "\t": self._tabs} | {
                sign: count for sign, count in report.signs.items() if sign
            }
        report.scripts = self._having(_foreign(letters, len(self.names)), letters)

    def _having(self, wanted: Iterator[str] | list[str], letters: Counter[str]) -> dict[str, int]:
        """How many names have each of the ``wanted`` characters; under "" how many have any."""
        counts = {each: letters[each] for each in sorted(wanted, key=lambda each: -letters[each])}
        if not counts:
            return {}
        odd = set(counts)
        return {"": sum(not odd.isdisjoint(name) for name in self.names), **counts}


def _is_odd(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] not in "LM" and category != "Cf" and character not in _IN_NAMES


def _seen(sign: str) -> str:
    """A sign for a sentence: what cannot be printed by its number."""
    return sign if sign.isprintable() else f"U+{ord(sign):04X}"


def _foreign(letters: Counter[str], names: int) -> list[str]:
    """Letters of scripts that few names are written in."""
    scripts: dict[str, list[str]] = {}
    for letter in letters:
        if unicodedata.category(letter) in ("Lu", "Ll", "Lo") and letter not in _ORDINALS:
            scripts.setdefault(script(letter), []).append(letter)
    most = {name: max(letters[each] for each in group) for name, group in scripts.items()}
    if len(scripts) < 2:
        return []
    main = max(most.values())
    few = [
        group for name, group in scripts.items() if most[name] <= _FEW * names and most[name] < main
    ]
    return [letter for group in few for letter in group]


def _refused(what: Message, name: str, row: int, source: str) -> UserError:
    return UserError(
        "{source}, line {row}: {name!r} has {what}; write it without, or have {what} kept or "
        "folded.",
        source=source,
        row=row,
        name=name[:40],
        what=what,
    )


def _lines(rows: Sequence[int]) -> dict[str, Any]:
    """How many lines a sentence is about, and the first of them."""
    return {"n": len(rows), "rows": first_rows(rows)}


def first_rows(rows: Sequence[int]) -> str:
    """The first few line numbers."""
    more = ", ..." if len(rows) > MOST_NAMED_LINES else ""
    return ", ".join(map(str, rows[:MOST_NAMED_LINES])) + more


def _characters(counts: Mapping[str, int]) -> str:
    """The commonest of the counted characters."""
    signs = [_seen(each) for each in counts if each]
    return " ".join(signs[:_MOST_SIGNS]) + (" …" if signs[_MOST_SIGNS:] else "")
