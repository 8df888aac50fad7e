"""A line of rich text for painters: laid out once, drawn often, in any colour."""

from __future__ import annotations

import re
from html import escape

from PySide6.QtCore import QPointF
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QPainter,
    QPalette,
    QTextDocument,
)

from rnnstudio.ui.theme.fonts import symbol_font
from rnnstudio.ui.theme.tokens import colour_now

_COLOUR = re.compile("#[0-9a-f]{6}")
_COLOURED = '<span style="color:{colour}">{text}</span>'


def coloured(text: str, colour: str) -> str:
    """The text as HTML in a colour."""
    return _COLOURED.format(colour=colour, text=escape(text))


def coloured_now(html: str) -> str:
    """HTML that was coloured in any theme, in the colours that their roles have now."""
    return _COLOUR.sub(lambda found: colour_now(found[0]), html)


class RichText:
    """One line in the font of formulas of so many pixels.

    With ``font`` it is in that font, with ``width`` its lines are wrapped.
    """

    def __init__(
        self, html: str, pixels: int, font: QFont | None = None, width: float | None = None
    ) -> None:
        self.html = html
        self._document = QTextDocument()
        self._document.setDocumentMargin(0)
        self._document.setDefaultFont(font or symbol_font(pixels))
        self._document.setHtml(html)
        if width is not None:
            self._document.setTextWidth(width)
        size = self._document.size()
        self.width, self.height = size.width(), size.height()
        self.baseline = self._document.firstBlock().layout().lineAt(0).ascent()
        """From the top to the line on which the letters of the first line stand."""

    @property
    def text(self) -> str:
        """What is written, without typography."""
        return self._document.toPlainText()

    def draw(self, painter: QPainter, top_left: QPointF, colour: QColor) -> None:
        """Draw the line with its upper left corner there."""
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, colour)
        painter.save()
        painter.translate(top_left)
        self._document.documentLayout().draw(painter, context)
        painter.restore()
