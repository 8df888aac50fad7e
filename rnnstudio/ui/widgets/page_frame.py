"""The frame of a page that is not a tab's home: way back, title, sentence, thing, one bar."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.ui.theme.icons import icon
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.chart_picture import CAPTION
from rnnstudio.ui.widgets.labels import PlainLabel, WrappedLabel
from rnnstudio.ui.widgets.page_tabs import scrolled
from rnnstudio.ui.widgets.view_picture import PicturePart, ViewPicture


class PageFrame(QWidget):
    """``[< home] title``, a sentence, the thing, and at most one bar of controls below it.

    The thing scrolls in a window that is too low for it; the bar stays. ``home_wanted``: the button
    at the top left was pressed.
    """

    home_wanted = Signal()

    def __init__(self, home: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.home_button = QPushButton(icon("chevron-left"), home)
        self.home_button.setIconSize(QSize(sizes().mark, sizes().mark))
        self.home_button.setMinimumHeight(sizes().target + sizes().gap // 2)
        self.home_button.setToolTip(self.tr("Back (Esc)"))
        self.home_button.clicked.connect(self.home_wanted)
        self.title = PlainLabel(title, role="heading")
        self.sentence = WrappedLabel(role="sentence")
        self.sentence.setProperty(CAPTION, True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAccessibleName(title)
        self._head = QHBoxLayout()
        self._head.setSpacing(2 * sizes().gap)
        self._head.addWidget(self.home_button)
        self._head.addWidget(self.title)
        self._head.addStretch(1)
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(sizes().gap)
        self._body.addWidget(self.sentence)
        self._page = QVBoxLayout(self)
        self._page.setContentsMargins(0, 0, 0, 0)
        self._page.setSpacing(0)
        self._page.addWidget(scrolled(self._above()), stretch=1)

    def add_corner(self, widget: QWidget) -> None:
        """Put a control at the top right."""
        self._head.addWidget(widget)

    def set_thing(self, *parts: QWidget) -> None:
        """Put what the page is about below its sentence; the first part takes all room left."""
        for place, part in enumerate(parts):
            self._body.addWidget(part, stretch=0 if place else 1)

    def set_bar(self, bar: QWidget) -> None:
        """Put the page's controls at the bottom, where they scroll if they are too wide."""
        self._bar, self._hairline = PageBar(bar), QFrame()
        self._hairline.setProperty("role", "line")
        self._hairline.setFixedHeight(sizes().half_gap // 4)
        self._page.addWidget(self._hairline)
        self._page.addWidget(self._bar)

    def set_bar_visible(self, visible: bool) -> None:
        """Show the bar, or leave its place to what ``add_below`` put there."""
        self._bar.setVisible(visible)
        self._hairline.setVisible(visible)

    def add_below(self, widget: QWidget) -> None:
        """Put something below the bar or in its place."""
        self._page.addWidget(widget)

    def picture(self, name: str) -> ViewPicture:
        """What a picture of the page may have, in a file of that name."""
        return ViewPicture(
            self,
            name,
            words={PicturePart.TITLE: self.title.text()},
            on_page={PicturePart.SENTENCE: (self.sentence,)},
        )

    def say(self, sentence: str) -> None:
        """Show the page's sentence; it wraps and is never cut."""
        self.sentence.setText(sentence)

    def _above(self) -> QWidget:
        """All that is above the bar."""
        above = QWidget()
        gap = sizes().gap
        layout = QVBoxLayout(above)
        layout.setContentsMargins(sizes().margin, 2 * gap - 2, sizes().margin, gap)
        layout.setSpacing(gap)
        layout.addLayout(self._head)
        layout.addLayout(self._body, stretch=1)
        return above


class PageBar(QScrollArea):
    """The bar of a page's controls, as high as they are; it scrolls sideways."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        content.setProperty("role", "bar")
        content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(content)
        self._content = content
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the controls, and the scroll bar where they are wider than the page."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        least = self._content.minimumSizeHint()
        scrolls = least.width() > self.width()
        below = self.horizontalScrollBar().sizeHint().height() if scrolls else 0
        control = sizes().control + 3 * sizes().gap
        self.setFixedHeight(max(least.height(), control) + below)


def bar_of(*groups: QWidget | None) -> QWidget:
    """A bar with widgets in a row, the first one wider where there is room.

    None takes the room that is left.
    """
    bar = QWidget()
    row = QHBoxLayout(bar)
    row.setContentsMargins(sizes().margin, 0, sizes().margin, 0)
    row.setSpacing(2 * sizes().gap)
    for place, widget in enumerate(groups):
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget, stretch=0 if place else 1)
    return bar
