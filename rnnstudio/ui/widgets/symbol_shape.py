"""Symbols as paths in the font of formulas: f with its time above it, c with its tilde.

A path costs no more than its letters and takes any colour, so a drawing may have many. Accents
stand over the middle of their letter, marks where a formula has them.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath

from rnnstudio.core.cells.symbols import Symbol
from rnnstudio.ui.theme.fonts import formula_font

_MARKS = 0.66
"""How large sub- and superscripts are."""
_RAISED, _LOWERED = 0.38, 0.2
_ACCENTS = {
    "\N{COMBINING TILDE}": "\N{SMALL TILDE}",
    "\N{COMBINING CIRCUMFLEX ACCENT}": "\N{MODIFIER LETTER CIRCUMFLEX ACCENT}",
}
_COMPOSED = {"ŷ": "y\N{COMBINING CIRCUMFLEX ACCENT}"}
_ITALIC_CAPITALS, _ITALIC_SMALL = 0x1D434, 0x1D44E
_SLANT, _ABOVE = 0.04, 0.08
_KEPT = 500


class SymbolShape:
    """A symbol's outline; its base line begins at (0, 0). Lengths are pixels."""

    def __init__(self, symbol: Symbol, pixels: float) -> None:
        self.path = QPainterPath()
        self.width = 0.0
        self._write(symbol.before, pixels, 0)
        self._write_base(symbol, pixels)
        start = self.width
        self._write(symbol.sub, pixels * _MARKS, pixels * _LOWERED)
        below, self.width = self.width, start
        self._write(symbol.sup, pixels * _MARKS, -pixels * _RAISED)
        self.width = max(self.width, below)
        box = self.path.boundingRect()
        self.top, self.bottom = box.top(), box.bottom()

    def draw(self, painter: QPainter, place: QPointF, colour: QColor) -> None:
        """Fill the outline with its base line beginning at ``place``."""
        painter.translate(place)
        painter.fillPath(self.path, colour)
        painter.translate(-place)

    def draw_in_middle(self, painter: QPainter, middle: QPointF, colour: QColor) -> None:
        """Fill the outline with its middle at ``middle``."""
        self.draw(painter, middle - self.path.boundingRect().center(), colour)

    def _write_base(self, symbol: Symbol, pixels: float) -> None:
        base = _COMPOSED.get(symbol.base, symbol.base)
        accent = _ACCENTS.get(base[1:2])
        letters = base[:1] + base[2:] if accent else base
        start = self.width
        self._write(letters if symbol.upright else _italic(letters), pixels, 0)
        if accent is None:
            return
        mark, letter = QPainterPath(), QPainterPath()
        mark.addText(0, 0, formula_font(pixels), accent)
        letter.addText(0, 0, formula_font(pixels), _italic(letters))
        box, below = mark.boundingRect(), letter.boundingRect()
        middle = start + below.center().x() + pixels * _SLANT
        mark.translate(middle - box.center().x(), below.top() - pixels * _ABOVE - box.bottom())
        self.path.addPath(mark)

    def _write(self, text: str, pixels: float, down: float) -> None:
        if not text:
            return
        font = formula_font(pixels)
        self.path.addText(self.width, down, font, text)
        self.width += QFontMetricsF(font).horizontalAdvance(text)


@lru_cache(_KEPT)
def symbol_shape(symbol: Symbol, pixels: float) -> SymbolShape:
    """The outline of ``symbol`` with letters of so many pixels, made once."""
    return SymbolShape(symbol, pixels)


def word_shape(word: str, pixels: float) -> SymbolShape:
    """The outline of an upright word such as tanh."""
    return symbol_shape(Symbol(word, upright=True), pixels)


def _italic(letters: str) -> str:
    """The letters as mathematical italics, which are letters of their own in this font."""
    return "".join(map(_italic_letter, letters))


def _italic_letter(letter: str) -> str:
    if letter == "h":
        return "\N{PLANCK CONSTANT}"
    if "a" <= letter <= "z":
        return chr(_ITALIC_SMALL + ord(letter) - ord("a"))
    if "A" <= letter <= "Z":
        return chr(_ITALIC_CAPITALS + ord(letter) - ord("A"))
    return letter
