"""Text from bytes: which encoding a list of names is written in.

A byte order mark, zeros between the letters, escapes and UTF-8 say so by themselves. Everything
else is a guess: each encoding is tried, and the text that looks most like names in some language
is taken. A guess is never silent: ``Decoded.other`` names another one.
"""

# ruff: noqa: RUF001 - letters and signs of other languages are meant here

from __future__ import annotations

import codecs
import math
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from rnnstudio.core.errors import UserError
from rnnstudio.core.names.reading.languages import ALPHABETS, CHARACTERS, LABELS, Characters

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WITH_ZEROS = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_WITH_ESCAPES = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$", "iso2022_jp"), (b"~{", "hz"))
_SAMPLE_BYTES = 8_000
_LONGEST_LINE = 1_000
_LEAST_FIT = math.log(1 / 2_000)
"""Nats a character; text that is worse than this in every encoding is of none that is known."""
_NEAR = 12.0
"""Nats; a second encoding that is worse by less is named."""
_ODD = math.log(0.02)
"""A capital inside a word, or two scripts in one."""
_UNUSUAL = math.log(1e-6)
_SIGNS = frozenset("’‘–—·“”\u00a0«»")
_RANK = 1.5
"""Nats by which an older encoding of the same language is less likely than the one before it."""


@dataclass(frozen=True)
class Decoded:
    """A file's text; where the encoding was guessed, ``other`` is what it might be taken for."""

    text: str
    encoding: str
    other: str = ""


def decode(data: bytes, source: str, wanted: str | None = None) -> Decoded:
    """The text in ``data``, in the encoding ``wanted`` or in the one it seems to be in.

    Raises UserError when there is no such encoding, ``data`` is not text in it, or no encoding
    makes it text.
    """
    if wanted is not None:
        return _as_wanted(data, source, wanted)
    codec = _said_by_itself(data, source)
    decoded = Decoded(data.decode(codec), label(codec)) if codec else _guessed(data, source)
    if not is_text(decoded.text):
        raise _no_text(source)
    return decoded


def label(codec: str) -> str:
    """The name of a codec as a person knows it."""
    return LABELS.get(codec, codec.upper())


def is_text(text: str) -> bool:
    """Whether no character of it is a control character, except space, line and file ends."""
    controls = (c for c in set(text) if unicodedata.category(c) == "Cc")
    return all(c.isspace() or c == "\x1a" for c in controls)


def _no_text(source: str) -> UserError:
    return UserError(
        "{source} is not a text file; a list of names is plain text (UTF-8), one name a line.",
        source=source,
    )


def _as_wanted(data: bytes, source: str, wanted: str) -> Decoded:
    known = {name.casefold(): codec for codec, name in LABELS.items()}
    try:
        codec = known.get(wanted.casefold(), wanted)
        text = data.decode(codec)
    except (LookupError, ValueError) as error:
        if isinstance(error, UnicodeError):
            raise UserError(
                "{source} is not text in {encoding}; choose another encoding.",
                source=source,
                encoding=wanted[:40],
            ) from error
        raise UserError(
            "There is no encoding {encoding!r}; choose one such as UTF-8, Windows-1251 or GBK.",
            encoding=wanted[:40],
        ) from error
    if not is_text(text):
        raise _no_text(source)
    # A name such as "utf8" is said as the codec's own.
    name = codecs.lookup(codec).name
    return Decoded(text.removeprefix("\ufeff"), label(name if codec == wanted else codec))


def _said_by_itself(data: bytes, source: str) -> str | None:
    """The encoding that the bytes leave no doubt of."""
    marked = [codec for mark, codec in _MARKS if data.startswith(mark)]
    if marked:
        codec = next((each for each in marked if _decodes(data, each)), None)
        if codec is None:
            raise _no_text(source)
        return codec
    if b"\0" in data:
        return next((codec for codec in _WITH_ZEROS if _is_wide(data, codec)), None)
    for escape, codec in _WITH_ESCAPES:
        if escape in data and _decodes(data, codec):
            return codec
    return "utf-8" if _decodes(data, "utf-8") else None


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeError:
        return False
    return True


def _is_wide(data: bytes, codec: str) -> bool:
    """Whether two or four bytes a character make text with lines, in this order of bytes."""
    if not _decodes(data, codec):
        return False
    characters = set(data.decode(codec))
    odd = any(unicodedata.category(c) in ("Cn", "Co", "Cs") or c == "\0" for c in characters)
    return not odd and not characters.isdisjoint("\n\r\u2028")


def _guessed(data: bytes, source: str) -> Decoded:
    if b"\0" in data:
        raise _no_text(source)
    _refuse_two_encodings(data, source)
    sample = _sample(data)
    texts = {codec: text for codec in _candidates() if (text := _tried(sample, codec)) is not None}
    fits = sorted(((_fit(codec, text), codec) for codec, text in texts.items()), reverse=True)
    fits = [(fit, codec) for fit, codec in fits if _decodes(data, codec)][:8]
    if not fits or fits[0][0] < _LEAST_FIT * _beyond_ascii(texts[fits[0][1]]):
        raise UserError(
            "{source} is not UTF-8, and its encoding was not recognised; save it as UTF-8, or say "
            "which encoding it is in.",
            source=source,
        )
    best, codec = fits[0]
    near = [other for fit, other in fits if texts[other] != texts[codec] and best - fit < _NEAR]
    usual = (label(each) for each in (*near[:1], "cp1252", "utf-8") if each != codec)
    return Decoded(data.decode(codec), label(codec), next(usual))


def _refuse_two_encodings(data: bytes, source: str) -> None:
    """Raise UserError if lines in UTF-8 and others stand together: two files were joined."""
    lines = [(row, line) for row, line in enumerate(data.splitlines(), 1) if not line.isascii()]
    bad = [row for row, line in lines if not _decodes(line, "utf-8")]
    if len(bad) < len(lines) / 2:
        raise UserError(
            "{source}, line {row}: this is not UTF-8, while other lines are; save the whole list "
            "as UTF-8.",
            source=source,
            row=bad[0],
        )


def _sample(data: bytes) -> bytes:
    """Lines that are not ASCII: by them an encoding is known. Those too long are not names."""
    lines, size = [], 0
    for line in data.splitlines():
        if not line.isascii() and len(line) <= _LONGEST_LINE:
            lines.append(line)
            size += len(line)
            if size > _SAMPLE_BYTES:
                break
    return b"\n".join(lines)


@cache
def _candidates() -> tuple[str, ...]:
    every = (codec for each in (*ALPHABETS, *CHARACTERS) for codec in each.encodings)
    return tuple(dict.fromkeys(every))


def _tried(data: bytes, codec: str) -> str | None:
    try:
        text = data.decode(codec)
    except UnicodeError:
        return None
    return unicodedata.normalize("NFC", text)


def _beyond_ascii(text: str) -> int:
    return sum(not c.isascii() for c in text)


def _fit(codec: str, text: str) -> float:
    """The logarithm of how likely ``text`` is in the best fitting language of ``codec``."""
    counts = Counter(c for c in text if not c.isascii())
    fits = []
    for alphabet in ALPHABETS:
        if codec in alphabet.encodings:
            fit = sum(n * _letter(alphabet.letters, c.lower()) for c, n in counts.items())
            fits.append(fit - _RANK * alphabet.encodings.index(codec))
    for characters in CHARACTERS:
        if codec in characters.encodings:
            fits.append(sum(n * _character(characters, c) for c, n in counts.items()))
    odd = sum(_is_odd(*pair) for pair in pairwise(text))
    # Where a letter or two leave it open, the commonest encoding is taken.
    return max(fits) + _ODD * odd - _RANK * (codec != "cp1252")


def _is_odd(one: str, other: str) -> bool:
    """Whether two letters do not stand together in a name: aB, or letters of two scripts."""
    if (one.isascii() and other.isascii()) or not (one.isalpha() and other.isalpha()):
        return False
    return (one.islower() and other.isupper()) or script(one) != script(other)


@cache
def script(character: str) -> str:
    """The script a letter belongs to: the first word of its name, such as LATIN."""
    first = unicodedata.name(character, "").partition(" ")[0]
    # The Japanese write one name in three scripts.
    return "CJK" if first in ("HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA") else first


@cache
def _letter(letters: str, letter: str) -> float:
    """The logarithm of how likely a letter is; the rank in ``letters`` counts, as Zipf's law has
    it.
    """
    place = letters.find(letter)
    if place >= 0 and len(letter) == 1:
        total = sum(1 / (rank + 4) for rank in range(len(letters)))
        return math.log(0.94 / (place + 4) / total)
    if len(letter) == 1 and letter.isalpha() and script(letter) == script(letters[0]):
        return math.log(0.05 / 300)
    return math.log(0.002) if letter in _SIGNS else _UNUSUAL


@cache
def _character(characters: Characters, character: str) -> float:
    if character in characters.common:
        return math.log(0.75 / len(characters.common))
    try:
        character.encode(characters.known)
    except UnicodeEncodeError:
        return math.log(0.002 / 20_000)
    letter = character.isalpha()
    return math.log(0.23 / characters.most) if letter else math.log(0.01 / characters.most)
