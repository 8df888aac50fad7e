"""Reads a picture that is a drawing back: its words, its shapes, and where a chart is in it."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QWidget

from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.chart_picture import page_frame
from rnnstudio.ui.widgets.view_picture import ViewPicture

FRAME = {"svg", "title", "desc", "defs", "g", "linearGradient", "stop"}
SHAPES = {"path", "rect", "polyline", "polygon", "circle", "ellipse", "line"}
SVG = "{http://www.w3.org/2000/svg}"


def elements(path: Path) -> list[ElementTree.Element]:
    return list(ElementTree.parse(path).iter())  # noqa: S314 - our own file


def words(path: Path) -> str:
    return " ".join(
        str(each.get("aria-label")) for each in elements(path) if each.get("aria-label")
    )


def rectangles(path: Path) -> list[str]:
    """The fill of each rectangle, in the order in which they are drawn."""
    return [
        str(group.get("fill"))
        for group in elements(path)
        if group.tag == f"{SVG}g"
        for part in group
        if part.tag == f"{SVG}rect"
    ]


def boxes(path: Path, fill: str = "") -> list[QRectF]:
    """The rectangles of that colour, or of any, in the order in which they are drawn."""
    found = []
    for group in elements(path):
        if group.tag == f"{SVG}g" and fill in ("", group.get("fill")):
            matrix = re.findall(r"[-\d.]+", group.get("transform", ""))
            place = QTransform(*map(float, matrix)) if matrix else QTransform()
            found += [place.mapRect(_rectangle(part)) for part in group if part.tag == f"{SVG}rect"]
    return found


def _rectangle(part: ElementTree.Element) -> QRectF:
    return QRectF(*(float(part.get(key, "0")) for key in ("x", "y", "width", "height")))


def painted(element: ElementTree.Element) -> dict[str, str]:
    """How an element is painted; of letters only where and what, for outlines are rounded."""
    letters = element.get("aria-label") is not None
    return {key: value for key, value in element.items() if key != "d" or not letters}


def place(chart: QWidget, view: ViewPicture) -> QRect:
    """Where a chart is in a drawing with none of the parts that can be chosen."""
    left_out = [each for widgets in view.on_page.values() for each in widgets]
    corner = page_frame(view.page, left_out).topLeft()
    edge = QPoint(sizes().gap, sizes().gap)
    return QRect(chart.mapTo(view.page, QPoint(0, 0)) - corner + edge, chart.size())
