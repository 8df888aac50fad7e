"""Charts in the application's colours."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import pyqtgraph as pg
from PySide6.QtCore import Qt

from rnnstudio.ui.theme import THEME


def make_plot(x_label: str, y_label: str, bottom: pg.AxisItem | None = None) -> pg.PlotWidget:
    """An empty chart with labelled axes, a light grid and a legend.

    ``bottom`` takes the place of the plain axis of numbers.
    """
    axes = {} if bottom is None else {"bottom": bottom}
    plot = pg.PlotWidget(background=THEME.panel, axisItems=axes)
    item = plot.getPlotItem()
    item.showGrid(x=True, y=True, alpha=THEME.grid_alpha)
    item.setMenuEnabled(False)
    item.hideButtons()
    for side, label in (("bottom", x_label), ("left", y_label)):
        axis = item.getAxis(side)
        axis.setLabel(label, color=THEME.text)
        axis.setTextPen(THEME.text)
        axis.setPen(THEME.muted)
    legend = item.addLegend(offset=(-10, 10), labelTextColor=THEME.text)
    legend.setBrush(pg.mkBrush(THEME.panel))
    return plot


def name_axis(plot: pg.PlotWidget, side: str, name: str) -> None:
    """Write ``name``, such as that of a column, along an axis; pyqtgraph takes HTML there."""
    plot.setLabel(side, escape(name), color=THEME.text)


def make_curve(
    plot: pg.PlotWidget,
    name: str,
    colour: str,
    *,
    width: int = THEME.live_pen,
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
    item.layout.setRowFixedHeight(0, 3 * THEME.spacing)


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
