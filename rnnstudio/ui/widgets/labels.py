"""Labels that show text as it stands, and labels that are meant to show markup.

Qt guesses whether a text is HTML; the name of a file, column or letter must not decide that.
"""

from __future__ import annotations

from html import escape

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QLabel, QWidget


class PlainLabel(QLabel):
    """Shows every text letter by letter, ``<b>`` too; its ``role`` is one of the theme's."""

    def __init__(
        self, text: str = "", parent: QWidget | None = None, *, role: str = "", wrap: bool = False
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setProperty("role", role or None)
        self.setWordWrap(wrap)


class RichLabel(QLabel):
    """Shows HTML; the caller escapes what is not the program's own."""

    def __init__(
        self, html: str = "", parent: QWidget | None = None, *, wrap: bool = False
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setText(html)
        self.setWordWrap(wrap)


def plain_tip(text: str) -> str:
    """``text`` for a tool tip, which shows it as it stands."""
    if not Qt.mightBeRichText(text):
        return text
    lines = "<br>".join(map(escape, text.splitlines()))
    return f"<span>{lines}</span>"
