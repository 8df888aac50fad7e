"""A pass of the cell as the frames of an animation: one for each value, in its order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from rnnstudio.ui.inspector.cell.cell_page import CellPage
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.appearance import palette
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.style_sheet import style_sheet
from rnnstudio.ui.theme.tokens import Theme, choose, colours, sizes, theme
from rnnstudio.ui.widgets.chart_picture import draw_page

_WIDTH, _HEIGHT = 1280, 720
"""Pixels of the page that is drawn, whatever the window is: the shape of a slide."""
_SHARPNESS = 1.5
"""Pixels of a frame to one of the page, each way: as many as a projector has."""


class PassFrames:
    """The pass that ``state`` looks at, on a page of its own that nobody sees, in light colours.

    ``note`` is a line below every frame.
    """

    def __init__(self, state: InspectorState, note: str = "") -> None:
        self._state, self._note = state.unasked(), note
        self.count = state.last_position + 1
        with _usual_look():
            self._page = self._made()

    def image(self, place: int) -> QImage:
        """The cell with that value of the pass as the current one."""
        size = round(_SHARPNESS * _WIDTH), round(_SHARPNESS * _HEIGHT)
        image = QImage(*size, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(_SHARPNESS)
        with _usual_look():
            self._page.show_state(self._state.at_position(place))
            self._page.view.travel.finish()  # a frame has values where they come to stand
            image.fill(QColor(colours().panel))
            with QPainter(image) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                draw_page(painter, self._page)
                painter.setFont(words())
                painter.setPen(QColor(colours().bad))
                below = QRect(0, 0, _WIDTH, _HEIGHT - sizes().gap)
                foot = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter
                painter.drawText(below, foot, self._note)
        return image

    def close(self) -> None:
        """Delete the page."""
        self._page.close()
        self._page.deleteLater()
        QCoreApplication.sendPostedEvents(self._page, QEvent.Type.DeferredDelete)

    def _made(self) -> CellPage:
        page = CellPage()
        page.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        page.setStyleSheet(style_sheet(theme()))
        page.setPalette(palette())
        page.resize(_WIDTH, _HEIGHT)
        page.show_state(self._state)
        page.transport.hide()
        page.show()
        return page


@contextmanager
def _usual_look() -> Iterator[None]:
    """Light and as large as at a desk; nothing else is painted meanwhile."""
    now = theme()
    choose(Theme())
    try:
        yield
    finally:
        choose(now)
