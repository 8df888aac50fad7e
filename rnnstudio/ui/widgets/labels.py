"""Labels that show text as it stands, and labels that are meant to show markup.

Qt guesses whether a text is HTML; the name of a file, column or letter must not decide that.
"""

from __future__ import annotations

import re
from html import escape

from PySide6.QtGui import QResizeEvent, Qt
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


class WrappedLabel(PlainLabel):
    """Wraps its text and is never lower than all lines of it, which a splitter does not respect."""

    def __init__(self, parent: QWidget | None = None, *, role: str = "") -> None:
        super().__init__(parent=parent, role=role, wrap=True)

    def setText(self, text: str) -> None:
        """Show ``text`` and be as high as it is."""
        super().setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the text is in the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(0)  # the height for a width is never below it
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))


class RichLabel(QLabel):
    """Shows HTML; the caller escapes what is not the program's own."""

    def __init__(
        self, html: str = "", parent: QWidget | None = None, *, wrap: bool = False
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setText(html)
        self.setWordWrap(wrap)


def breakable(row: str) -> str:
    """A row of a table as text, which a label may break behind each of its marks."""
    return re.sub(r"(?<=[,;|\t])", "\u200b", row)


def plain_tip(text: str) -> str:
    """``text`` for a tool tip, which shows it as it stands."""
    if not Qt.mightBeRichText(text):
        return text
    lines = "<br>".join(map(escape, text.splitlines()))
    return f"<span>{lines}</span>"
