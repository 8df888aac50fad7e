"""What differs on a page by its colour also differs in grey: by hatch, width or dashes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.gates import over_time
from rnnstudio.core.cells.gradient_sums import Growth
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.ui.inspector.events import CoverChosen
from rnnstudio.ui.inspector.pages.flow_view import FlowView
from rnnstudio.ui.inspector.pages.gates_view import GatesView
from rnnstudio.ui.inspector.pages.gradient_bars import GradientBars, GradientPanel
from rnnstudio.ui.inspector.state import start
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.tokens import DARK, LIGHT, Colours, Theme, theme
from rnnstudio.ui.widgets.rich_text import RichText

SPREAD = 12
"""Shades of grey between the lines of a hatch and its ground, at least; of 255."""


def grey(widget: QWidget) -> np.ndarray:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : image.width()].astype(float)


@pytest.fixture(params=[LIGHT, DARK], ids=["light", "dark"])
def coloured(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Colours]:
    before = theme()
    appearance.apply(qapp, Theme(colours=request.param))
    yield request.param
    appearance.apply(qapp, before)


def test_that_bars_above_and_below_zero_differ_in_grey(coloured: Colours, qtbot: QtBot) -> None:
    bars = GradientBars()
    qtbot.addWidget(bars)
    bars.resize(400, 200)
    growth = Growth(np.array([1.0, -1.0]), np.array([1.0, -1.0]))
    bars.show_panels({"Wf": GradientPanel(RichText("dW", 14), growth, (True, True))}, 0, ())
    shades = grey(bars)
    ((_, rect),) = bars._places()
    middle, quarter = round(rect.center().y()), round(rect.width() / 4)
    left = round(rect.x()) + quarter
    above = shades[middle - 40 : middle - 10, left - 8 : left + 8]
    below = shades[middle + 10 : middle + 40, left + 2 * quarter - 8 : left + 2 * quarter + 8]
    assert above.std() < 1
    assert below.std() > SPREAD


def test_that_cells_above_and_below_zero_differ_in_grey(
    coloured: Colours, opened: Callable[..., object]
) -> None:
    bench = opened(GatesView, start(random_scene(CELLS["lstm"], Sizes(n_a=8, T_x=4), 1)))
    bench.dispatch(CoverChosen(covered=False))
    view = bench.page
    view.value.setCurrentIndex(view.value.findData("c_next"))
    view.map.show_place(None)
    values = over_time(bench.state.trace, "c_next", 0)
    QApplication.processEvents()
    shades = grey(view.map)
    box = view.map.getPlotItem().vb
    spread = []
    for extreme in (values.argmin(), values.argmax()):
        unit, step = np.unravel_index(extreme, values.shape)
        at = box.mapViewToScene(QPointF(step + 1, unit + 1))
        x, y = round(at.x()), round(at.y())
        spread.append(shades[y - 8 : y + 8, x - 40 : x + 40].std())
    assert spread[0] > SPREAD > 6 > spread[1]


def test_that_the_lines_of_the_cells_differ_in_width_and_dashes(
    coloured: Colours, opened: Callable[..., object]
) -> None:
    view = opened(FlowView).page
    view.cells.buttons["all"].click()
    looks = {(line.width, line.dashes) for line in view.lengths.lines}
    assert len(looks) == 3
    assert {line.role for line in view.lengths.lines} == {"ink"}
