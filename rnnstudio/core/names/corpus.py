"""A list of names, one a line, as a network reads it."""

from __future__ import annotations

import codecs
import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from rnnstudio.core.engine.single import NOTHING, Symbols
from rnnstudio.core.errors import UserError
from rnnstudio.core.names.report import LONGEST_NAME, ReadingReport, ReadOptions, read_lines
from rnnstudio.core.names.tables import refuse_table
from rnnstudio.paths import data_file

SHIPPED = data_file("names/dinosaurs.txt")
"""The dinosaur names that come with the application."""
END = "\n"
"""The symbol that ends every name."""
MOST_BYTES = 4 * 2**20
LARGEST_VOCABULARY = 500
_AS_USUAL = ReadOptions()


@dataclass(frozen=True)
class Corpus:
    """Names in the order of their file, and the symbols they are made of.

    ``vocabulary`` is the end of a name followed by the sorted characters; a symbol's index is its
    place in it. ``source`` says where the names are from, and ``report`` what became of the lines
    of a file; two corpora are equal without them.

    Raises
    ------
    UserError
        When there are fewer than two names, or too many different characters.
    """

    source: str = field(compare=False)
    names: tuple[str, ...]
    vocabulary: tuple[str, ...] = ()
    report: ReadingReport | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if len(self.names) < 2:
            found = "only one name" if self.names else "no name"
            raise UserError(
                f"{self.source} holds {found}; at least two names are needed, one a line."
            )
        characters = sorted(set().union(*self.names))
        if len(characters) >= LARGEST_VOCABULARY:
            raise UserError(
                f"{self.source} uses {len(characters)} different characters; names may use fewer "
                f"than {LARGEST_VOCABULARY}."
            )
        if not self.vocabulary:
            object.__setattr__(self, "vocabulary", (END, *characters))

    def part(self, names: Sequence[str]) -> Corpus:
        """Some of its names, under the same vocabulary."""
        return Corpus(self.source, tuple(names), self.vocabulary)

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
        """One training example: X is nothing, then the letters; Y the letters, then the end."""
        letters = [self.index[letter] for letter in name]
        return np.array([NOTHING, *letters]), np.array([*letters, self.index[END]])


def read_corpus(path: Path, options: ReadOptions = _AS_USUAL) -> Corpus:
    """Read a text file of names, one a line: UTF-8, UTF-16 with a mark, else Windows' Latin-1.

    Names are stripped; blank lines and too long ones are left out; every other line is a name.

    Raises
    ------
    UserError
        When the file cannot be read, is not text, is a table, is not a list of at least two names,
        or has capitals or accents that ``options`` refuse.
    """
    text, encoding = _text(path)
    report = ReadingReport(path.name, encoding, options)
    lines = text.splitlines()
    refuse_table(path.name, lines)
    names = read_lines(lines, report)
    if len(names) < 2 and report.too_long:
        row = report.too_long[0]
        raise UserError(
            f"{path.name}, line {row}: a name of {len(lines[row - 1].strip())} letters; names may "
            f"have up to {LONGEST_NAME}, one a line."
        )
    return Corpus(path.name, names, report=report)


def _text(path: Path) -> tuple[str, str]:
    """The file's text and the name of its encoding."""
    data = _bytes(path)
    for codec, encoding in _encodings(data):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if not any(map(_is_control, set(text))):
            return text, encoding
        break
    raise UserError(
        f"{path.name} is not a text file; a list of names is plain text (UTF-8), one name a line."
    )


def _encodings(data: bytes) -> tuple[tuple[str, str], ...]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return (("utf-16", "UTF-16"),)
    return (("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252"))


def _is_control(character: str) -> bool:
    """Whether a character has no place in a text: control characters except space and lines."""
    return unicodedata.category(character) == "Cc" and not character.isspace()


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise UserError(f"There is no file {path}; choose a list of names, one a line.") from error
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}.") from error
    if len(data) > MOST_BYTES:
        raise UserError(
            f"{path.name} is larger than {MOST_BYTES // 2**20} MB; a list of names is smaller."
        )
    return data
