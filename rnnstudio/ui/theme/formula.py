"""Formulas as books set them: LaTeX becomes paths of STIX Two Math, which Qt draws.

ziamath lays LaTeX out as SVG (30 ms a formula, so each is kept). Accents, fractions and brackets
stand where they belong, which rich text cannot do.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from math import ceil
from xml.etree import ElementTree

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

_KEPT, _DRAWN = 2_000, 200
"""How many formulas are kept laid out, and how many drawn."""
_TRANSPARENT = QImage.Format.Format_ARGB32_Premultiplied


class Formula:
    """A formula laid out in one colour and size, in pixels."""

    def __init__(self, latex: str, pixels: int, colour: str) -> None:
        svg = _set(latex, pixels, colour)
        self._renderer = QSvgRenderer(QByteArray(svg.encode()))
        box = self._renderer.viewBoxF()
        self.width, self.height = box.width(), box.height()

    def factor_within(self, room: tuple[int, int]) -> float:
        """How large it is at most within ``room`` (width, height): 1, or less."""
        return min(1.0, room[0] / self.width, room[1] / self.height)

    def draw(self, painter: QPainter, top_left: QPointF, factor: float) -> None:
        """Draw it as paths, ``factor`` times as large."""
        size = QSizeF(self.width, self.height) * factor
        self._renderer.render(painter, QRectF(top_left, size))

    def picture(self, factor: float, sharpness: float) -> QImage:
        """It drawn ``factor`` times as large, with ``sharpness`` dots a pixel."""
        size = QSizeF(self.width, self.height) * (factor * sharpness)
        picture = QImage(ceil(size.width()), ceil(size.height()), _TRANSPARENT)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self._renderer.render(painter, QRectF(QPointF(0, 0), size))
        painter.end()
        picture.setDevicePixelRatio(sharpness)
        return picture


@lru_cache(_KEPT)
def formula(latex: str, pixels: int, colour: str) -> Formula:
    """The formula that ``latex`` says, laid out once."""
    return Formula(latex, pixels, colour)


def is_loaded() -> bool:
    """Whether a formula costs no more than its own setting: the first one loads what sets them."""
    return "ziamath" in sys.modules


@lru_cache(_DRAWN)
def formula_picture(
    latex: str, pixels: int, colour: str, room: tuple[int, int], sharpness: float
) -> QImage:
    """The formula drawn once, smaller where it does not fit into ``room`` (width, height)."""
    laid = formula(latex, pixels, colour)
    return laid.picture(laid.factor_within(room), sharpness)


def _set(latex: str, pixels: int, colour: str) -> str:
    """``latex`` as SVG."""
    # 0.1 s, which the first formula may cost and not the start
    from ziamath.config import config  # noqa: PLC0415
    from ziamath.zmath import Latex  # noqa: PLC0415

    config.svg2 = False  # Qt draws nothing of SVG 2's <use>
    drawing = Latex(latex, size=pixels, color=colour).svgxml()
    drawing.set("stroke", colour)
    drawing.set("stroke-opacity", "0")  # with "none" Qt writes a black line around each letter
    return ElementTree.tostring(drawing, encoding="unicode")
