"""The letters of a line: what cannot be seen is taken off, each letter has one form."""

# ruff: noqa: RUF001 - letters and signs of other languages are meant here

from __future__ import annotations

import unicodedata
from functools import cache

from rnnstudio.core.names.reading.list_encoding import script

_JOINERS = "\u200c\u200d"
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\x1a")
"""What shows nothing though its category says otherwise, and what ended the files of DOS."""
_SEEN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2\U000110bd\U000110cd")
"""Signs that show though their category says otherwise: they enclose numbers."""
_INDIAN = (
    "DEVANAGARI BENGALI GURMUKHI GUJARATI ORIYA TAMIL TELUGU KANNADA MALAYALAM SINHALA KHMER "
    "MYANMAR TIBETAN"
)
_JOINED_SCRIPTS = frozenset(["ARABIC", "SYRIAC", "MONGOLIAN", "NKO", *_INDIAN.split()])
_FOLDED_SCRIPTS = frozenset(("LATIN", "GREEK", "CYRILLIC"))
_POINTS = range(10, 36)
"""Combining classes of Hebrew's points and Arabic's vowel marks."""
_KEPT = frozenset("йЙ")
"""Letters of their own whose mark is not an accent."""
_KEPT_PARTS = {unicodedata.normalize("NFD", letter) for letter in _KEPT}
_PLAIN = {
    "ß": "ss",
    "ẞ": "SS",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "þ": "th",
    "ð": "d",
    "ı": "i",
    "ȷ": "j",
    "ŋ": "n",
    "ĸ": "k",
    "ſ": "s",
    "ə": "e",
    "ǝ": "e",
    "ɛ": "e",
    "ɔ": "o",
    "ɣ": "g",
    "ɩ": "i",
    "ʋ": "v",
    "ʊ": "u",
    "ƿ": "w",
    "ȝ": "y",
    "ƨ": "s",
    "ƣ": "oi",
    "ƅ": "b",
    "ŀ": "l",
    "ʉ": "u",
    "ʼ": "'",
}
"""Letters that Unicode has as no other letter with a mark; small ones, and capital sharp s."""


def without_invisible(text: str) -> str:
    """``text`` without the characters that show nothing, such as marks of direction.

    What joins letters stays between those it changes: of Arabic, of India, and pictures.
    """
    if not any(map(is_invisible, text)):
        return text
    kept: list[str] = []
    for place, character in enumerate(text):
        if not is_invisible(character):
            kept.append(character)
        elif character in _JOINERS and kept and text[place + 1 :]:
            after = text[place + 1]
            if _is_joined(kept[-1]) and _is_joined(after):
                kept.append(character)
    return "".join(kept)


@cache
def is_invisible(character: str) -> bool:
    """Whether a character shows nothing and is neither space nor control character."""
    if character in _BLANK:
        return True
    variation = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return variation or (unicodedata.category(character) == "Cf" and character not in _SEEN)


@cache
def _is_joined(character: str) -> bool:
    """Whether a joiner beside the character changes how it looks."""
    if unicodedata.category(character) in ("So", "Sk"):
        return True
    return unicodedata.name(character, "").partition(" ")[0] in _JOINED_SCRIPTS


def one_form(text: str) -> str:
    """``text`` with one form for each letter: an e with a mark behind it is the same as an é."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def small(text: str) -> str:
    """``text`` in small letters; the Turkish İ becomes an i without a second dot."""
    return one_form(text.replace("İ", "i").lower())


def without_accents(text: str) -> str:
    """``text`` in plain letters: é becomes e, ł l, æ ae and ß ss.

    Marks that are not accents stay: those of Indian scripts, the voiced marks of kana.
    """
    if text.isascii():
        return text
    # Joined and parted letters, such as ﬁ and ŉ, are what they are made of.
    parts = unicodedata.normalize("NFD", "".join(map(_parted, text)))
    kept: list[str] = []
    folded = False
    for part in parts:
        if not unicodedata.combining(part):
            folded = script(part) in _FOLDED_SCRIPTS
            kept.append(_plain(part))
        else:
            is_letter = kept[-1:] and kept[-1] + part in _KEPT_PARTS
            if is_letter or not (folded or unicodedata.combining(part) in _POINTS):
                kept.append(part)
    return unicodedata.normalize("NFC", "".join(kept))


@cache
def is_accented(character: str) -> bool:
    """Whether a letter in its one form, or a mark alone, is changed by ``without_accents``."""
    if unicodedata.combining(character):
        return (
            unicodedata.combining(character) >= 200 or unicodedata.combining(character) in _POINTS
        )
    return character not in _KEPT and without_accents(character) != character


@cache
def _parted(letter: str) -> str:
    if letter.lower() in _PLAIN:
        return letter
    compatible = unicodedata.normalize("NFKD", letter)
    latin = unicodedata.name(letter, "").startswith("LATIN ")
    return compatible if latin and unicodedata.decomposition(letter).startswith("<") else letter


@cache
def _plain(letter: str) -> str:
    """The letter or letters of ASCII, or of its script, that a letter is written with plainly."""
    if letter in _PLAIN:
        return _PLAIN[letter]
    name = unicodedata.name(letter, "")
    if letter.isupper() and letter.lower() in _PLAIN:
        return _PLAIN[letter.lower()].capitalize()
    base, has_mark, _ = name.partition(" WITH ")
    if has_mark and name.startswith(("LATIN ", "CYRILLIC ")):
        try:
            return _plain(unicodedata.lookup(base))
        except KeyError:
            return letter
    return letter
