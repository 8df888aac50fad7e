"""A bar's sign can be told without its colour."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from rnnstudio.ui.widgets.value_bar import bar_rect, paint_value_bar

TRACK = QRectF(4, 4, 50, 15)


def drawn(share: float) -> QImage:
    """The bar in shades of grey."""
    image = QImage(58, 24, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_value_bar(painter, TRACK, share)
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def shades(image: QImage, share: float) -> set[int]:
    """The greys within the bar, its frame left out."""
    bar = bar_rect(TRACK, share).adjusted(2, 2, -2, -2).toRect()
    return {
        image.pixelColor(x, y).lightness()
        for x in range(bar.left(), bar.right())
        for y in range(bar.top(), bar.bottom())
    }


def test_that_plus_and_minus_differ_in_grey(qtbot: QtBot) -> None:
    plus, minus = shades(drawn(0.8), 0.8), shades(drawn(-0.8), -0.8)
    assert len(plus) == 1
    assert max(minus) - min(minus) > 80  # lines and the ground between them


@pytest.mark.parametrize("share", [0.0, math.nan, math.inf, -math.inf])
def test_that_what_has_no_length_has_no_bar(qtbot: QtBot, share: float) -> None:
    assert drawn(share) == drawn(0.0)


def test_that_a_bar_stays_on_its_track(qtbot: QtBot) -> None:
    assert bar_rect(TRACK, 3.0) == bar_rect(TRACK, 1.0)
    assert TRACK.contains(bar_rect(TRACK, -1.0))
