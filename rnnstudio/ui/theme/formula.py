"""Formulas as books set them: LaTeX becomes paths of STIX Two Math, which Qt draws.

ziamath lays LaTeX out as SVG (30 ms a formula, so each is kept). Accents, fractions and brackets
stand where they belong, which rich text cannot do.
"""

from __future__ import annotations

from functools import lru_cache
from xml.etree import ElementTree

from PySide6.QtCore import QByteArray, QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgRenderer

_KEPT = 2_000


class Formula:
    """A formula laid out in one colour and size, in pixels.

    ``baseline`` is how far below its top its letters stand, so that it can be put into a line.
    """

    def __init__(self, latex: str, pixels: int, colour: str) -> None:
        svg, self.baseline = _set(latex, pixels, colour)
        self._renderer = QSvgRenderer(QByteArray(svg.encode()))
        box = self._renderer.viewBoxF()
        self.width, self.height = box.width(), box.height()

    def draw(self, painter: QPainter, top_left: QPointF) -> None:
        """Draw it with its upper left corner there."""
        self._renderer.render(painter, QRectF(top_left.x(), top_left.y(), self.width, self.height))


@lru_cache(_KEPT)
def formula(latex: str, pixels: int, colour: str) -> Formula:
    """The formula that ``latex`` says, laid out once."""
    return Formula(latex, pixels, colour)


def _set(latex: str, pixels: int, colour: str) -> tuple[str, float]:
    """``latex`` as SVG, and how far below its top edge the baseline is, in pixels."""
    # 0.1 s, which the first formula may cost and not the start
    from ziamath.config import config  # noqa: PLC0415
    from ziamath.zmath import Latex  # noqa: PLC0415

    config.svg2 = False  # Qt draws nothing of SVG 2's <use>
    laid = Latex(latex, size=pixels, color=colour)
    element = laid.svgxml()
    top = float(element.get("viewBox", "0 0 0 0").split()[1])
    return ElementTree.tostring(element, encoding="unicode"), -top
