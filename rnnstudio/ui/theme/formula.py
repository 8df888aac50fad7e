"""Formulas as books set them: LaTeX becomes paths of STIX Two Math, which Qt draws.

ziamath lays LaTeX out as SVG (30 ms a formula, so each is kept). Accents, fractions and brackets
stand where they belong, which rich text cannot do.
"""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from math import ceil
from xml.etree import ElementTree

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QTransform

_KEPT, _DRAWN = 2_000, 200
"""How many formulas are kept laid out, and how many drawn."""
_COMMAND = re.compile(r"([A-Za-z])([^A-Za-z]*)")
"""A step of an outline, as SVG writes it: a letter and its numbers."""
_TRANSPARENT = QImage.Format.Format_ARGB32_Premultiplied


class Formula:
    """A formula laid out in one colour and size, in pixels.

    Its letters are filled, not handed to Qt's SVG, which gives them an outline in a PDF.
    """

    def __init__(self, latex: str, pixels: int, colour: str) -> None:
        drawing = _set(latex, pixels, colour)
        left, top, self.width, self.height = map(float, drawing.attrib["viewBox"].split())
        self._colour, self._path = QColor(colour), QPainterPath()
        for shape in drawing:
            self._path.addPath(_outline(shape))
        self._path.translate(-left, -top)

    def factor_within(self, room: tuple[int, int]) -> float:
        """How large it is at most within ``room`` (width, height): 1, or less."""
        return min(1.0, room[0] / self.width, room[1] / self.height)

    def draw(self, painter: QPainter, top_left: QPointF, factor: float) -> None:
        """Draw it as paths, ``factor`` times as large."""
        placed = QTransform.fromTranslate(top_left.x(), top_left.y()).scale(factor, factor)
        painter.fillPath(placed.map(self._path), self._colour)

    def picture(self, factor: float, sharpness: float) -> QImage:
        """It drawn ``factor`` times as large, with ``sharpness`` dots a pixel."""
        size = QSizeF(self.width, self.height) * (factor * sharpness)
        picture = QImage(ceil(size.width()), ceil(size.height()), _TRANSPARENT)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, QPointF(0, 0), factor * sharpness)
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


def _outline(shape: ElementTree.Element) -> QPainterPath:
    """The outline of a shape of ziamath's: a path of lines and curves, or a bar.

    Raises ValueError for any other.
    """
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    if shape.tag.endswith("rect"):
        path.addRect(*(float(shape.attrib[name]) for name in ("x", "y", "width", "height")))
        return path
    for command, text in _COMMAND.findall(shape.attrib["d"]):
        numbers = [float(number) for number in text.split()]
        if command == "M":
            path.moveTo(*numbers)
        elif command == "L":
            path.lineTo(*numbers)
        elif command == "Q":
            path.quadTo(*numbers)
        elif command == "C":
            path.cubicTo(*numbers)
        elif command == "Z":
            path.closeSubpath()
        else:
            raise ValueError(f"a formula's outline has the command {command!r}")
    return path


def _set(latex: str, pixels: int, colour: str) -> ElementTree.Element:
    """``latex`` as SVG."""
    # 0.1 s, which the first formula may cost and not the start
    from ziamath.config import config  # noqa: PLC0415
    from ziamath.zmath import Latex  # noqa: PLC0415

    config.svg2 = False  # paths where they stand, not SVG 2's <use>
    drawing: ElementTree.Element = Latex(latex, size=pixels, color=colour).svgxml()
    return drawing
