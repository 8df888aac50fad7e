"""The numbers in a box are drawn alike at any size, for the view scales the drawing as a whole."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.symbols import Symbol
from rnnstudio.ui.inspector.cell.box_content import BoxContent, RowContent
from rnnstudio.ui.inspector.cell.box_numbers import paint_numbers
from rnnstudio.ui.theme.tokens import CLASS, LIGHT, Theme, choose, theme


def test_that_a_bar_below_zero_has_as_many_lines_at_a_desk_as_in_front_of_a_class(
    qtbot: QtBot,
) -> None:
    content = BoxContent("memory", Symbol("c"), rows=(RowContent("1", -1.0, "-1.00"),))
    line, kept, counted = QRectF(0, 0, 200, 24), theme(), []
    for look in (
        Theme(LIGHT),
        Theme(LIGHT, CLASS, in_class=True),
        Theme(LIGHT, CLASS.times(2), in_class=True, class_factor=2.0),
    ):
        choose(look)
        image = QImage(1600, 192, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        with QPainter(image) as painter:
            painter.scale(8, 8)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_numbers(painter, line, [line], content)
        row = [
            image.pixelColor(x, 96).blue() - image.pixelColor(x, 96).red() > 60 for x in range(1600)
        ]
        counted.append(sum(now and not before for before, now in pairwise(row)))
    choose(kept)
    assert counted[0] > 5
    assert counted == [counted[0]] * 3
