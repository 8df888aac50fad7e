"""The chart as a picture or a drawing in a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsView, QWidget

from rnnstudio.core.documents.atomic import write_atomically


def write_png(path: Path, page: QWidget) -> None:
    """Write ``page`` as it is seen; raises UserError when it cannot be written."""
    buffer = _buffer()
    if not page.grab().save(buffer, "PNG"):
        raise AssertionError("Qt always writes PNG")
    write_atomically(path, bytes(buffer.data().data()))


def write_svg(path: Path, chart: QGraphicsView) -> None:
    """Write the chart as lines and letters; raises UserError when it cannot be written."""
    buffer, generator = _buffer(), QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(chart.viewport().size())
    generator.setViewBox(chart.viewport().rect())
    painter = QPainter(generator)
    chart.render(painter)
    painter.end()
    write_atomically(path, bytes(buffer.data().data()))


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
