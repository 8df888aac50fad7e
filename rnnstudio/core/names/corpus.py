"""A list of names, one a line, as a network reads it.

Symbols are intp, places in the vocabulary: no unit.
"""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from rnnstudio.core.documents.regular import open_regular, unreadable
from rnnstudio.core.engine.online_rnn import NOTHING, Symbols
from rnnstudio.core.errors import UserError
from rnnstudio.core.names.listing import list_cells
from rnnstudio.core.names.reading.list_encoding import decode
from rnnstudio.core.names.reading.list_kinds import refuse_other_kinds
from rnnstudio.core.names.report import (
    BETWEEN_LOOKS,
    LONGEST_NAME,
    LineReader,
    ReadingReport,
    ReadOptions,
)
from rnnstudio.core.training import Control, Finished, Pace, Progress, Started, Training
from rnnstudio.paths import data_file

SHIPPED = data_file("names/dinosaurs.txt")
"""The dinosaur names that come with the application."""
END = "\n"
"""The symbol that ends every name."""
MOST_BYTES = 16 * 2**20
MOST_NAMES = 1_000_000
LARGEST_VOCABULARY = 500
_LONGEST_SHOWN = 60
_AS_USUAL = ReadOptions()


@dataclass(frozen=True)
class Corpus:
    """Names in the order of their file, and the symbols they are made of.

    ``vocabulary`` is the end of a name followed by the sorted characters; a symbol's index is its
    place in it. ``source`` says where the names are from, and ``report`` what became of the lines
    of a file; ``options`` how it was read. Two corpora are equal without these. Raises UserError
    when there is no name, or there are too many different characters.
    """

    source: str = field(compare=False)
    names: tuple[str, ...]
    vocabulary: tuple[str, ...] = ()
    report: ReadingReport | None = field(default=None, compare=False, repr=False)
    options: ReadOptions = field(default=_AS_USUAL, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.names:
            require_list(self.source, self.names)
        characters = sorted(set().union(*self.names))
        if len(characters) >= LARGEST_VOCABULARY:
            raise UserError(
                "{source} uses {count:n} different characters; names may use fewer than {most}.",
                source=self.source,
                count=len(characters),
                most=LARGEST_VOCABULARY,
            )
        if not self.vocabulary:
            object.__setattr__(self, "vocabulary", (END, *characters))

    def part(self, names: Sequence[str]) -> Corpus:
        """Some of its names, under the same vocabulary."""
        return Corpus(self.source, tuple(names), self.vocabulary, options=self.options)

    @cached_property
    def index(self) -> dict[str, int]:
        """The index of each symbol."""
        return {symbol: i for i, symbol in enumerate(self.vocabulary)}

    @property
    def blind_loss(self) -> float:
        """The mean loss of a name, in nats, when every symbol is held to be equally likely."""
        symbols = sum(len(name) + 1 for name in self.names) / len(self.names)
        return symbols * math.log(len(self.vocabulary))

    def example(self, name: str) -> tuple[Symbols, Symbols]:
        """One training example: X is nothing, then the letters; Y the letters, then the end.

        Both are (letters + 1,).
        """
        letters = [self.index[letter] for letter in name]
        return np.array([NOTHING, *letters]), np.array([*letters, self.index[END]])


def read_corpus(path: Path, options: ReadOptions = _AS_USUAL) -> Corpus:
    """Read a text file of names, one a line, in any encoding.

    Names are stripped of what is invisible; blank lines, comments and too long ones are left out;
    every other line is a name. Of a table the column is read that ``options`` name, or the only one
    that is filled. Raises UserError when the file cannot be read, is not text, is markup, is a
    table whose column has not been chosen, is not a list of at least two names, or has capitals or
    accents that ``options`` refuse.
    """
    *_, last = reading_job(path, options, Control())
    if not isinstance(last, Finished):
        raise TypeError("a reading that is not stopped ends with Finished")
    corpus: Corpus = last.result
    return corpus


def reading_job(path: Path, options: ReadOptions, control: Control) -> Training:
    """What ``read_corpus`` does, line by line so that it can be stopped; its result is a Corpus."""
    source = shown_name(path)
    yield from content_job(_bytes(path, source), source, options, control)


def content_job(data: bytes, source: str, options: ReadOptions, control: Control) -> Training:
    """What ``reading_job`` does with the bytes of a file that is shown as ``source``."""
    pace = Pace(control)
    yield Started(1, 0)
    if options.encoding is None:
        refuse_other_kinds(data, source)
    decoded = decode(data, source, options.encoding)
    if control.stop_requested():
        return
    report = ReadingReport(source, decoded.encoding, options, decoded.other)
    lines = list_cells(decoded.text, report)
    reader = LineReader(report)
    for first in range(0, len(lines), BETWEEN_LOOKS):
        if control.stop_requested():
            return
        reader.read(lines[first : first + BETWEEN_LOOKS])
        if len(reader.names) > MOST_NAMES:
            break
        if pace.due():
            yield Progress(first, len(lines), pace.seconds)
    reader.finish()
    _require_names(reader, lines)
    corpus = Corpus(source, tuple(reader.names), report=report, options=options)
    yield Finished(len(lines), pace.seconds, corpus)


def _require_names(reader: LineReader, lines: Sequence[tuple[int, str]]) -> None:
    report = reader.report
    if len(reader.names) < 2 and report.too_long:
        row = report.too_long[0]
        line = next(line for place, line in lines if place == row)
        raise UserError(
            "{source}, line {row}: a name of {length:n} letters; names may have up to {most}, one "
            "a line.",
            source=report.source,
            row=row,
            length=len(line.strip()),
            most=LONGEST_NAME,
        )
    require_list(report.source, reader.names)


def require_list(source: str, names: Sequence[str]) -> None:
    """Raise UserError if ``names`` are too few, or too many, to learn from."""
    if not names:
        raise UserError(
            "{source} holds no name; at least two names are needed, one a line.", source=source
        )
    if len(names) < 2:
        raise UserError(
            "{source} holds only one name; at least two names are needed, one a line.",
            source=source,
        )
    if len(names) > MOST_NAMES:
        raise UserError(
            "{source} holds more than {most:n} names, which is the most that can be learned from.",
            source=source,
            most=MOST_NAMES,
        )


def shown_name(path: Path) -> str:
    """The name of a file as it can be shown and saved: short, of characters that can be seen."""
    name = os.fsencode(path.name).decode("utf-8", "replace")
    name = "".join(c if c.isprintable() else "�" for c in name)
    return name if len(name) <= _LONGEST_SHOWN else f"{name[:40]}…{name[-19:]}"


def _bytes(path: Path, source: str) -> bytes:
    try:
        with open_regular(path) as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise unreadable(path, error) from error
    if len(data) > MOST_BYTES:
        raise UserError(
            "{source} is larger than {most} MB; a list of names is smaller.",
            source=source,
            most=MOST_BYTES // 2**20,
        )
    return data
