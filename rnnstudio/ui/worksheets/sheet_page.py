"""One worksheet drawn on a page: formulas, what is given, and a table to fill in or filled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextDocument

from rnnstudio.core import language
from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.typeset import to_latex
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import rounded
from rnnstudio.core.worksheets.worksheet import ARRIVES, DECIMALS, Worksheet
from rnnstudio.ui.theme.fonts import with_symbols, words
from rnnstudio.ui.theme.formula import formula
from rnnstudio.ui.theme.tokens import LIGHT

PAGE = QRectF(0, 0, 595, 842)
"""A4 in points."""
_MARGIN, _GAP = 42.0, 8.0
_INK, _RULE = LIGHT.ink, LIGHT.outline
"""Paper is light, whatever the window is."""
_TITLE, _HEAD, _TEXT, _SMALL = 18, 13, 11, 10
_FORMULA = 12
_ROW, _BLANK = 26.0, 92.0
"""The height of a row to fill in, and the width of its blanks."""


class SheetPage:
    """Draws sheets one after the other with ``painter``, whose unit is a point.

    ``key``: with the answers.
    """

    def __init__(self, painter: QPainter, *, key: bool) -> None:
        self._painter, self._key = painter, key
        self._top = 0.0

    def draw(self, sheet: Worksheet) -> None:
        """Draw one sheet from the top of the page."""
        self._top = _MARGIN
        self._draw_head(sheet)
        self._draw_formulas(sheet)
        self._draw_given(sheet)
        self._draw_tables(sheet)

    def _draw_head(self, sheet: Worksheet) -> None:
        steps, cell = sheet.steps, sheet.scene.cell.label
        values = {"cell": cell}
        title = (
            Message("{cell} by hand: key", values)
            if self._key
            else Message("{cell} by hand", values)
        )
        self._write(language.text(title), _MARGIN, _TITLE, bold=True)
        number = Message("Sheet {seed}", {"seed": sheet.seed})
        self._write(language.text(number), PAGE.right() - _MARGIN - 90, _TITLE, bold=True)
        self._top += 26
        if not self._key:
            fields = ((Message("Name"), _MARGIN, 260.0), (Message("Class"), 330.0, 220.0))
            for name, left, width in fields:
                text = language.text(name)
                self._write(text, left, _TEXT)
                start = left + self._width(text, _TEXT) + _GAP
                self._line(start, left + width, self._top + 13)
            self._top += 22
        what = Message(
            "One unit, {steps} steps. Work through the forward pass from step 1 on, then through "
            "the backward pass from step {steps} on. Round to {decimals} decimals. "
            "σ(z) = 1 / (1 + e^−z); ⊙ is a product here.",
            {"steps": steps, "decimals": DECIMALS},
        )
        self._paragraph(language.text(what))

    def _draw_formulas(self, sheet: Worksheet) -> None:
        width = (PAGE.width() - 2 * _MARGIN) / 2
        top, lowest = self._top, self._top
        for column, direction in enumerate(PassDirection):
            self._top, left = top, _MARGIN + column * width
            self._heading(_pass_name(direction), left)
            for latex in _formulas(sheet, direction):
                laid = formula(latex, _FORMULA, _INK)
                factor = min(1.0, (width - _GAP) / laid.width)
                laid.draw(self._painter, QPointF(left, self._top), factor)
                self._top += max(laid.height * factor, 16) + 3
            lowest = max(lowest, self._top)
        self._top = lowest + _GAP

    def _draw_given(self, sheet: Worksheet) -> None:
        self._heading(language.text(Message("Given")), _MARGIN)
        places, width = 4, (PAGE.width() - 2 * _MARGIN) / 4
        lines = list(sheet.given_lines())
        for place, (name, numbers) in enumerate(lines):
            left = _MARGIN + place % places * width
            self._rich(f"{name.html} = {language.number(numbers)}", left)
            if place % places == places - 1 or place == len(lines) - 1:
                self._top += 18
        self._top += _GAP

    def _draw_tables(self, sheet: Worksheet) -> None:
        steps = range(sheet.steps)
        top, lowest = self._top, self._top
        width = (PAGE.width() - 2 * _MARGIN) / 2
        for column, direction in enumerate(PassDirection):
            self._top, left = top, _MARGIN + column * width
            backward = direction is PassDirection.BACKWARD
            order = list(reversed(steps) if backward else steps)
            self._heading(_pass_name(direction), left)
            self._draw_table(sheet, direction, order, left, width - 2 * _GAP)
            lowest = max(lowest, self._top)
        self._top = lowest

    def _draw_table(
        self,
        sheet: Worksheet,
        direction: PassDirection,
        order: Sequence[int],
        left: float,
        width: float,
    ) -> None:
        answers = {
            (each.name, each.step): each.value
            for each in sheet.asked
            if each.direction is direction
        }
        names = list(dict.fromkeys(name for name, _ in answers))
        room = min(_BLANK, (width - 62) / len(order))
        first = left + width - room * len(order)
        for place, step in enumerate(order):
            self._write(f"t = {step + 1}", first + place * room + 4, _SMALL)
        self._top += 13
        for name in names:
            self._rich(symbol(name).html, left, down=5)
            for place, step in enumerate(order):
                box = QRectF(first + place * room, self._top, room, _ROW)
                self._frame(box)
                if self._key:
                    text = language.number(rounded(answers[name, step], DECIMALS))
                    self._write(text, box.left() + 8, _TEXT, down=7)
            self._top += _ROW

    def _heading(self, text: str, left: float) -> None:
        self._write(text, left, _HEAD, bold=True)
        self._top += 18

    def _paragraph(self, text: str) -> None:
        box = QRectF(_MARGIN, self._top, PAGE.width() - 2 * _MARGIN, 80)
        self._painter.setFont(_font(_TEXT))
        self._painter.setPen(QColor(_INK))
        used = self._painter.drawText(box, Qt.TextFlag.TextWordWrap, text)
        self._top = used.bottom() + _GAP

    def _write(
        self, text: str, left: float, size: int, *, bold: bool = False, down: float = 0
    ) -> None:
        font = _font(size, bold=bold)
        self._painter.setFont(font)
        self._painter.setPen(QColor(_INK))
        base = self._top + down + QFontMetricsF(font).ascent()
        self._painter.drawText(QPointF(left, base), text)

    def _rich(self, html: str, left: float, *, down: float = 0) -> None:
        text = QTextDocument()
        text.setDocumentMargin(0)
        text.setDefaultFont(_font(_TEXT))
        text.setHtml(with_symbols(html))
        self._painter.save()
        self._painter.translate(left, self._top + down)
        text.drawContents(self._painter)
        self._painter.restore()

    def _width(self, text: str, size: int) -> float:
        return QFontMetricsF(_font(size)).horizontalAdvance(text)

    def _line(self, left: float, right: float, top: float) -> None:
        self._painter.setPen(QPen(QColor(_RULE), 0.6))
        self._painter.drawLine(QPointF(left, top), QPointF(right, top))

    def _frame(self, box: QRectF) -> None:
        self._painter.setPen(QPen(QColor(_RULE), 0.6))
        self._painter.drawRect(box)


def _formulas(sheet: Worksheet, direction: PassDirection) -> Iterable[str]:
    if direction is PassDirection.BACKWARD:
        arrives = symbol(ARRIVES).latex
        yield rf"{arrives} = {arrives}_{{\mathrm{{loss}}}} + {arrives}_{{t+1}}"
    for each in sheet.table(direction):
        yield to_latex(each)


def _pass_name(direction: PassDirection) -> str:
    forward = direction is PassDirection.FORWARD
    return language.text(Message("Forward pass") if forward else Message("Backward pass"))


def _font(size: int, *, bold: bool = False) -> QFont:
    font = words(size, bold=bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.clearFeatures()  # figures of another width would be no text in a PDF
    return font
