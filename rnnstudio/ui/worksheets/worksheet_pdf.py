"""Worksheets and their key as PDF, an A4 page each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from rnnstudio.core.worksheets.worksheet import Worksheet
from rnnstudio.ui.worksheets.sheet_page import SheetPage

_FINE = 4
"""Steps of a point that places are rounded to."""
_POINTS_PER_INCH = 72


def worksheet_pdf(sheets: Sequence[Worksheet], *, key: bool) -> bytes:
    """The pages of ``sheets`` (``key``: with the answers) in the language that is spoken."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    writer.setResolution(_FINE * _POINTS_PER_INCH)
    writer.setCreator("RNN Studio")
    with QPainter(writer) as painter:
        painter.scale(_FINE, _FINE)
        page = SheetPage(painter, key=key)
        for place, sheet in enumerate(sheets):
            if place:
                writer.newPage()
            page.draw(sheet)
    buffer.close()
    return bytes(content.data())
