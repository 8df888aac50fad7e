"""Charts in the application's colours."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html import escape, unescape
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from rnnstudio.core import language
from rnnstudio.core.numbers import grouped, tidy
from rnnstudio.ui.theme.tokens import GRID_ALPHA, LIVE_PEN, colours, scaled, sizes
from rnnstudio.ui.widgets.labels import plain_tip

LEAST_HEIGHT = 90
"""A lower chart shows nothing between its axis and its legend; beside text of its usual size."""


class ZoomBox(pg.ViewBox):  # type: ignore[misc]
    """What is zoomed or moved by hand is whole again after a double click."""

    def __init__(self) -> None:
        super().__init__()
        self._by_hand = False
        self._whole: tuple[list[list[float]], list[Any]] | None = None

    def setRange(self, *args: Any, **options: Any) -> None:
        """Take a range; one that the program chooses is the whole from now on."""
        if not self._by_hand:
            self._whole = None
        super().setRange(*args, **options)

    def wheelEvent(self, event: Any, axis: int | None = None) -> None:
        """Zoom about the mouse."""
        with self._moved_by_hand():
            super().wheelEvent(event, axis)

    def mouseDragEvent(self, event: Any, axis: int | None = None) -> None:
        """Move, or zoom with the right button."""
        with self._moved_by_hand():
            super().mouseDragEvent(event, axis)

    def mouseClickEvent(self, event: Any) -> None:
        """A double click shows the whole chart."""
        super().mouseClickEvent(event)
        if event.double():
            self.show_whole()

    def show_whole(self) -> None:
        """The range from before it was changed by hand."""
        if self._whole is None:
            return
        (x, y), automatic = self._whole
        self.setRange(xRange=x, yRange=y, padding=0)
        self.enableAutoRange(x=automatic[0], y=automatic[1])

    @contextmanager
    def _moved_by_hand(self) -> Iterator[None]:
        if self._whole is None:
            self._whole = self.viewRange(), list(self.autoRangeEnabled())
        self._by_hand = True
        try:
            yield
        finally:
            self._by_hand = False


def make_plot(
    x_label: str,
    y_label: str,
    bottom: pg.AxisItem | None = None,
    left: pg.AxisItem | None = None,
) -> pg.PlotWidget:
    """An empty chart with labelled axes, a light grid and a legend.

    ``bottom`` and ``left`` take the place of the plain axes of numbers. What is zoomed by hand is
    whole again after a double click.
    """
    axes = {"bottom": bottom or ReadableAxis("bottom"), "left": left or ReadableAxis("left")}
    plot = pg.PlotWidget(background=colours().panel, axisItems=axes, viewBox=ZoomBox())
    plot.viewport().setFocusProxy(plot)
    plot.setMinimumHeight(round(scaled(LEAST_HEIGHT)))
    plot.setAccessibleName(f"{y_label}: {x_label}" if x_label else y_label)
    item = plot.getPlotItem()
    item.showGrid(x=True, y=True, alpha=GRID_ALPHA)
    item.setMenuEnabled(False)
    item.hideButtons()
    item.layout.setContentsMargins(0, sizes().gap, sizes().gap, 0)  # for the outer labels
    for side, label in (("bottom", x_label), ("left", y_label)):
        axis = item.getAxis(side)
        axis.setLabel(label, color=colours().ink)
        axis.setTextPen(colours().ink)
        axis.setPen(colours().muted)
    legend = item.addLegend(
        offset=(-10, 10), labelTextColor=colours().ink, labelTextSize=f"{sizes().label}px"
    )
    legend.setBrush(pg.mkBrush(colours().panel))
    return plot


class ReadableAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis whose title is never cut off, and whose numbers never lie on each other.

    The numbers are those of what is drawn, not multiples of a power of ten beside the title.
    """

    def __init__(self, side: str) -> None:
        super().__init__(side)
        self.enableAutoSIPrefix(False)

    def setLabel(self, *text: Any, **style: Any) -> None:
        """Take a title and fit it to the axis."""
        super().setLabel(*text, **style)
        self.resizeEvent()

    def labelString(self) -> str:
        """The title as HTML, with an ellipsis where the axis has no room for all of it."""
        whole: str = super().labelString()
        title = unescape(self.labelText)
        room = self.size().height() if self.orientation == "left" else self.size().width()
        if self.label is None or room == 0:  # it is not laid out yet
            return whole
        document = self.label.document()
        letters = QFontMetricsF(document.defaultFont())
        fitting = letters.elidedText(
            title, Qt.TextElideMode.ElideRight, room - 2 * document.documentMargin()
        )
        self.setToolTip("" if fitting == title else plain_tip(title))
        return whole.replace(self.labelText, escape(fitting)) if fitting != title else whole

    def resizeEvent(self, event: Any = None) -> None:
        """Fit the title to the axis."""
        if self.label is not None:
            self.label.setHtml(self.labelString())
        super().resizeEvent(event)

    def generateDrawSpecs(self, painter: QPainter) -> tuple[Any, Any, list[Any]] | None:
        """What is drawn, without a number that would lie on one of a greater step."""
        specs = super().generateDrawSpecs(painter)
        if specs is None:
            return None
        line, ticks, texts = specs
        kept: list[Any] = []
        for text in texts:
            if text[2] and not any(text[0].intersects(other[0]) for other in kept):
                kept.append(text)
        return line, ticks, kept


class PowersAxis(ReadableAxis):
    """An axis of powers of ten.

    pyqtgraph also writes 2 to 9 between two powers, crowded where the powers come next.
    """

    def logTickStrings(self, values: list[float], _scale: float, _step: float | None) -> list[str]:
        """The powers in full; where fewer than two are in sight, 2 and 5 between them as well."""
        low, high = self.range
        shown = {1} if high - low >= 2 else {1, 2, 5}
        return [_power_text(value, shown) for value in values]


def _power_text(exponent: float, shown: set[int]) -> str:
    number = 10.0**exponent * (1 + 1e-12)
    digit = int(number / 10.0 ** math.floor(math.log10(number)))
    if digit not in shown:
        return ""
    if 1 <= number < 1e7:
        return language.number(grouped(round(number)))
    return language.number(tidy(10.0**exponent, 1))


def name_axis(plot: pg.PlotWidget, side: str, name: str) -> None:
    """Write ``name``, such as that of a column, along an axis; pyqtgraph takes HTML there."""
    plot.setLabel(side, escape(name), color=colours().ink)


def make_curve(
    plot: pg.PlotWidget,
    name: str,
    colour: str,
    *,
    width: int = LIVE_PEN,
    dashed: bool = False,
) -> pg.PlotDataItem:
    """A standing curve to call ``setData`` on: thinned to what the screen can show."""
    style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
    return plot.plot(
        [],
        [],
        name=name,
        pen=pg.mkPen(colour, width=width, style=style),
        autoDownsample=True,
        downsampleMethod="peak",
        clipToView=True,
    )


def legend_above(plot: pg.PlotWidget, columns: int) -> None:
    """Put the legend in a line of its own, where it hides no curve.

    A click on a sample hides its curve or shows it again.
    """
    item, legend = plot.getPlotItem(), plot.getPlotItem().legend
    legend.setColumnCount(columns)
    legend.setBrush(None)
    legend.layout.setContentsMargins(0, 0, 0, 0)
    legend.setParentItem(item)
    legend.anchor(itemPos=(1, 0), parentPos=(1, 0), offset=(0, 0))
    item.layout.setRowFixedHeight(0, 3 * sizes().gap)


def name_drawn(plot: pg.PlotWidget, curves: Iterable[pg.PlotDataItem]) -> None:
    """Let the legend list those of the ``curves`` that are drawn, by their names, in this order.

    A curve that a click has hidden is still listed, so that another click shows it again.
    """
    legend = plot.getPlotItem().legend
    drawn = [each for each in curves if each.xData is not None and len(each.xData)]
    if [each.name() for each in drawn] != [label.text for _, label in legend.items]:
        legend.clear()
        for each in drawn:
            legend.addItem(each, each.name())
