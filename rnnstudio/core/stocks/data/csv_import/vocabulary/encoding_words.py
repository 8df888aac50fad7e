"""Encodings that price files of the world are written in, besides Unicode."""

from __future__ import annotations

from rnnstudio.core.messages import Message

ENCODINGS = {
    "cp1252": Message("Western European"),
    "cp1250": Message("Central European"),
    "cp1251": Message("Cyrillic"),
    "gb18030": Message("simplified Chinese"),
    "big5": Message("traditional Chinese"),
    "cp932": Message("Japanese"),
    "cp949": Message("Korean"),
    "euc_jp": Message("Japanese, EUC"),
    "cp1254": Message("Turkish"),
    "cp1253": Message("Greek"),
    "cp1257": Message("Baltic"),
    "cp1255": Message("Hebrew"),
    "cp1256": Message("Arabic"),
    "cp874": Message("Thai"),
    "cp1258": Message("Vietnamese"),
    "koi8_r": Message("Cyrillic, KOI8"),
    "cp866": Message("Cyrillic, DOS"),
    "cp850": Message("Western European, DOS"),
    "mac_roman": Message("Western European, Macintosh"),
    "iso8859_2": Message("Central European, ISO"),
    "iso8859_5": Message("Cyrillic, ISO"),
}
"""In the order in which the first of equals is taken."""

WESTERN_SIGNS = frozenset("€£¥¢§°©®™«»„“”‘’‚…–—·•†‡½¼¾¹²³ºªµ±×÷¡¿ \u00a0\u00ad¬´¨¯¸")
"""What stands in Western texts besides letters."""
