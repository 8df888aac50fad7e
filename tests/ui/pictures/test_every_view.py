"""Pictures of every view that has no closer test, read back and held against its own numbers.

The window is brought into its named states; what its picture shows is compared with the lines, the
bars and the cells of the page that it is of.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QApplication

from rnnstudio.ui.pictures.picture_file import PictureKind, write_picture
from rnnstudio.ui.screenshots.pictures import STATES
from rnnstudio.ui.screenshots.screen import opened
from rnnstudio.ui.widgets.labelled_chart import LabelledChart
from rnnstudio.ui.widgets.view_picture import ViewPicture
from tests.ui.pictures.drawn_pdf import read_pdf
from tests.ui.pictures.drawn_picture import FRAME, SHAPES, SVG, boxes, elements, place, words
from tests.ui.widgets.drawn_svg import Drawing, read_drawing

pytestmark = pytest.mark.usefixtures("fresh_look")
CHARTS = (
    "inspector-clipping",
    "names-list",
    "names-drawn",
    "names-compared",
    "names-evaluated",
    "names-clipped",
    "shares-ahead",
    "shares-closed-loop",
    "shares-horizons",
    "shares-residuals",
    "shares-intervals",
    "shares-seeds",
    "shares-draw-over",
)
WORDS = {
    "find-my-bug": ("yours, it seems", "1 - tanh(c_next)", "Show it in the cell"),
    "names-pair": ("Both would go on with", "After", "in the inspector"),
    "shares-claim": ("98.28", "99.24", "held beside the days of this file"),
    "shares-data": ("Decimal comma", "the prices stayed as traded", "Divide the prices"),
    "gradient-flow-settings": ("Forget bias", "left", "Weight scale"),
}
"""Of each state two texts that its picture has, and one of a control that it has not."""


@contextmanager
def view_of(state: str) -> Iterator[ViewPicture]:
    with opened(QSize(1280, 720), quick=True) as screen:
        STATES[state](screen)
        screen.settle()
        yield screen.window.tab_set.front.picture()


def require_drawing(view: ViewPicture, folder: Path) -> Path:
    """A picture without pixels, in both kinds."""
    for kind in (PictureKind.SVG, PictureKind.PDF):
        write_picture(folder / f"view{kind.suffix}", view, kind, ())
    path = folder / "view.svg"
    assert {each.tag.removeprefix(SVG) for each in elements(path)} <= FRAME | SHAPES
    assert read_pdf((folder / "view.pdf").read_bytes()).images == 0
    return path


@pytest.mark.parametrize("state", CHARTS)
def test_that_lines_and_bars_are_where_the_ticks_beside_them_say(
    state: str, qapp: QApplication, tmp_path: Path
) -> None:
    with view_of(state) as view:
        path = require_drawing(view, tmp_path)
        drawing, checked = read_drawing(path), 0
        for chart in view.page.findChildren(pg.PlotWidget):
            if chart.isVisibleTo(view.page) and chart.getPlotItem().getAxis("left").isVisible():
                checked += require_numbers(drawing, path, chart, place(chart, view))
        assert checked


def require_numbers(drawing: Drawing, path: Path, chart: pg.PlotWidget, frame: QRect) -> int:
    """How many lines and bars of the chart were found at their heights."""
    powers = isinstance(chart, LabelledChart) and chart.getPlotItem().getAxis("left").logMode
    heights = drawing.axis(frame, 1, {}, np.log10 if powers else float, grid_below=1.01)
    (first, last), (low, high) = chart.getPlotItem().vb.viewRange()
    found = drawing.lines_in(frame)
    checked = 0
    for line in getattr(chart, "lines", ()):
        y = np.log10(line.y) if powers else line.y
        seen = (line.x >= first) & (line.x <= last)
        if line.width and seen.sum() > 2 and (y[seen] >= low).all() and (y[seen] <= high).all():
            wanted = heights(y[seen])
            same = [each[:, 1] for each in found if len(each) == len(wanted)]
            assert any(np.abs(each - wanted).max() < 0.1 for each in same), line.name
            checked += 1
    marks = getattr(chart, "marks", None)
    if marks is not None:
        middles = [(each[:, 1].min() + each[:, 1].max()) / 2 for each in found]
        for wanted in heights(marks.y):
            assert any(abs(each - wanted) < 0.1 for each in middles)
        checked += len(marks.y)
    for bars in chart.getPlotItem().items:
        if isinstance(bars, pg.BarGraphItem):
            tall = np.asarray(bars.opts["height"], float)
            tops = heights(tall[tall > 0])
            drawn = [each for each in boxes(path) if frame.contains(each.toRect())]
            for top in tops:
                assert any(abs(each.top() - top) < 0.1 for each in drawn), (top, drawn)
            checked += len(tops)
    return checked


@pytest.mark.parametrize("state", WORDS)
def test_that_a_view_of_words_is_pictured_without_its_controls(
    state: str, qapp: QApplication, tmp_path: Path
) -> None:
    with view_of(state) as view:
        require_drawing(view, tmp_path)
        write_picture(tmp_path / "view.svg", view, PictureKind.SVG, view.usual)
        said = words(tmp_path / "view.svg")
    *there, control = WORDS[state]
    assert all(text in said for text in there)
    assert control not in said
