"""Encodings that price files of the world are written in, besides Unicode."""

from __future__ import annotations

ENCODINGS = {
    "cp1252": "Western European",
    "cp1250": "Central European",
    "cp1251": "Cyrillic",
    "gb18030": "simplified Chinese",
    "big5": "traditional Chinese",
    "cp932": "Japanese",
    "cp949": "Korean",
    "euc_jp": "Japanese, EUC",
    "cp1254": "Turkish",
    "cp1253": "Greek",
    "cp1257": "Baltic",
    "cp1255": "Hebrew",
    "cp1256": "Arabic",
    "cp874": "Thai",
    "cp1258": "Vietnamese",
    "koi8_r": "Cyrillic, KOI8",
    "cp866": "Cyrillic, DOS",
    "cp850": "Western European, DOS",
    "mac_roman": "Western European, Macintosh",
    "iso8859_2": "Central European, ISO",
    "iso8859_5": "Cyrillic, ISO",
}
"""In the order in which the first of equals is taken."""

WESTERN_SIGNS = frozenset("€£¥¢§°©®™«»„“”‘’‚…–—·•†‡½¼¾¹²³ºªµ±×÷¡¿ \u00a0\u00ad¬´¨¯¸")
"""What stands in Western texts besides letters."""
