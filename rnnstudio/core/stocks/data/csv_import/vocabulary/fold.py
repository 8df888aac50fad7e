"""One spelling for words that differ by case, accents and width of letters only."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i"})


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """``text`` in lower case, without the accents of Latin, Greek and Cyrillic letters.

    Marks that distinguish words, as in Thai, stay.
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text).lower().translate(_LETTERS)
    bare = "".join(sign for sign in apart if not "\u0300" <= sign <= "\u036f")
    return unicodedata.normalize("NFC", bare)
