"""In which encoding a text is that is not Unicode: by the words that it holds, or a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.lines.line_kinds import is_number
from rnnstudio.core.stocks.data.csv_import.lines.lines import short
from rnnstudio.core.stocks.data.csv_import.options import Choice, CsvOptions, UndecidedError
from rnnstudio.core.stocks.data.csv_import.vocabulary.date_patterns import (
    looks_like_a_date,
    may_be_a_date,
)
from rnnstudio.core.stocks.data.csv_import.vocabulary.encoding_words import ENCODINGS, WESTERN_SIGNS
from rnnstudio.core.stocks.data.csv_import.vocabulary.header_words import is_known

_SAMPLE = 400
"""Lines with letters beyond ASCII that are looked at."""
_LONGEST = 2000
_START = 1 << 20
_HIGH = re.compile(rb"[\x80-\xff]")
_CELL = re.compile(r"[^,;|\t\"\r\n]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")
_MOST_CHOICES = 5


class ChosenEncoding(NamedTuple):
    """An encoding, whether the file proves it, and all that the file can be read in."""

    name: str
    proved: bool = True
    fitting: tuple[str, ...] = ()


def choose_encoding(content: bytes, source: str, options: CsvOptions) -> ChosenEncoding:
    """The encoding of ``content``, and whether words or Western letters prove it.

    It is proved by names of columns or months that it has in one encoding alone. Where it is not
    and the letters are in no name of a column, they change no number, and the first encoding that
    fits is taken. Raises UserError when the bytes are UTF-8 but for a few. Raises UndecidedError
    when names of columns depend on it.
    """
    _refuse_damaged_utf8(content, source)
    lines = _sample(content)
    readings = {name: text for name in ENCODINGS if (text := _decoded(lines, name)) is not None}
    words = {name: _known_words(text) for name, text in readings.items()}
    most = max((len(found) for found in words.values()), default=0)
    best = [name for name, found in words.items() if len(found) == most > 0]
    all_fitting = tuple(readings)
    if best and all(words[name] == words[best[0]] for name in best):
        return ChosenEncoding(best[0], True, all_fitting)
    if "cp1252" in readings and _is_western(readings["cp1252"]):
        return ChosenEncoding("cp1252", True, all_fitting)
    fitting = best or list(readings)
    if not fitting:
        return ChosenEncoding("latin-1")
    if _name_columns(content):
        raise _question(source, readings, fitting, options)
    return ChosenEncoding(fitting[0], False, all_fitting)


def encoding_choices(
    content: bytes, chosen: ChosenEncoding, options: CsvOptions
) -> tuple[Choice, ...]:
    """The other encodings that the file can be read in and in which it is another text."""
    lines = _sample(content) if chosen.fitting else []
    different: dict[str, str] = {}
    for name in (chosen.name, *chosen.fitting):
        text = _decoded(lines, name)
        if text is not None:
            different.setdefault(text, name)
    others = [(text, name) for text, name in different.items() if name != chosen.name]
    return tuple(_choice(text, name, options) for text, name in others if text)[:_MOST_CHOICES]


def _sample(content: bytes) -> list[bytes]:
    """The first lines with letters beyond ASCII, as long as they are rows and not too many."""
    lines = (line for line in content.splitlines() if _HIGH.search(line))
    return list(islice((line for line in lines if len(line) < _LONGEST), _SAMPLE))


def _refuse_damaged_utf8(content: bytes, source: str) -> None:
    text = content[:_START].decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    whole = sum(sign > "\x7f" for sign in text) - damaged
    if damaged and whole >= 4 * damaged:
        raise UserError(
            "{source}, row {row} holds bytes that are no letter in UTF-8, as the others are; save "
            "the file as CSV UTF-8, or name its encoding: --encoding cp1252.",
            source=source,
            row=text.count("\n", 0, text.find("\ufffd")) + 1,
        )


def _decoded(lines: Sequence[bytes], name: str) -> str | None:
    try:
        text = b"\n".join(lines).decode(name)
    except UnicodeDecodeError:
        return None
    return None if _CONTROLS.search(text) else text


def _known_words(text: str) -> list[str]:
    """The cells beyond ASCII that are names of columns, or dates."""
    cells = (cell.strip(" '") for cell in _CELL.findall(text))
    return [
        cell
        for cell in cells
        if cell and not cell.isascii() and (is_known(cell) or looks_like_a_date(cell))
    ]


def _is_western(text: str) -> bool:
    """Whether letters with accents stand singly among others, as in Western languages.

    In another alphabet, read as Western, they stand side by side or are signs within words.
    """
    for run in re.findall(r"[^\x00-\x7f]+", text):
        letters = sum(sign.isalpha() for sign in run)
        if letters > 2 or (letters and letters < len(run)):
            return False
        if any(not sign.isalpha() and sign not in WESTERN_SIGNS for sign in run):
            return False
    return re.search(r"[a-zA-Z][¡-¿×÷][a-zA-Z]", text) is None


def _name_columns(content: bytes) -> bool:
    """Whether such letters stand in cells above the first row, where the header is."""
    for line in content.splitlines()[:_SAMPLE]:
        cells = [cell.strip(" '") for cell in _CELL.findall(line.decode("latin-1"))]
        if any(map(may_be_a_date, cells)) and any(map(is_number, cells)):
            return False
        if _HIGH.search(line) and len(cells) > 1:
            return True
    return False


def _question(
    source: str, readings: dict[str, str], fitting: Sequence[str], options: CsvOptions
) -> UndecidedError:
    return UndecidedError(
        Message(
            "{source} is not UTF-8, and does not show in which encoding the names of its columns "
            "are written; others than these can be named too.",
            {"source": source},
        ),
        [_choice(readings[name], name, options) for name in fitting[:_MOST_CHOICES]],
    )


def _choice(text: str, name: str, options: CsvOptions) -> Choice:
    return Choice(
        Message("{script}: {cell}", {"script": ENCODINGS[name], "cell": short(_shown(text))}),
        f"--encoding {name}",
        replace(options, encoding=name),
        tuple(text.split("\n")[:3]),
    )


def _shown(text: str) -> str:
    cells: list[str] = _CELL.findall(text)
    return next(cell.strip()[:20] for cell in cells if not cell.isascii())
