"""A list of names, one a line, as a network reads it."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from rnnstudio.core.engine.single import NOTHING, Symbols
from rnnstudio.core.errors import UserError
from rnnstudio.paths import data_file

SHIPPED = data_file("names/dinosaurs.txt")
"""The dinosaur names that come with the application."""
END = "\n"
"""The symbol that ends every name."""
MOST_BYTES = 4 * 2**20
LONGEST_NAME = 100
LARGEST_VOCABULARY = 500


@dataclass(frozen=True)
class Corpus:
    """Names in the order of their file, lower-cased, and the symbols they are made of.

    ``vocabulary`` is the end of a name followed by the sorted characters; a symbol's index is its
    place in it. ``source`` says where the names are from.

    Raises
    ------
    UserError
        When there are fewer than two names, or too many different characters.
    """

    source: str
    names: tuple[str, ...]
    vocabulary: tuple[str, ...] = field(init=False)

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
        object.__setattr__(self, "vocabulary", (END, *characters))

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


def read_corpus(path: Path) -> Corpus:
    """Read a text file of names, one a line: UTF-8 with or without a mark, else Windows' Latin-1.

    Names are stripped and lower-cased; blank lines are left out; every other line is a name.

    Raises
    ------
    UserError
        When the file cannot be read, is not text, or is not a list of at least two names.
    """
    return Corpus(path.name, _names(_text(path), path.name))


def _names(text: str, source: str) -> tuple[str, ...]:
    names = []
    for row, line in enumerate(text.splitlines(), start=1):
        name = line.strip().lower()
        if len(name) > LONGEST_NAME:
            raise UserError(
                f"{source}, line {row}: a name of {len(name)} letters; names may have up to "
                f"{LONGEST_NAME}, one a line."
            )
        if name:
            names.append(name)
    return tuple(names)


def _text(path: Path) -> str:
    data = _bytes(path)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(map(_is_control, set(text))):
            return text
        break
    raise UserError(
        f"{path.name} is not a text file; a list of names is plain text (UTF-8), one name a line."
    )


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
