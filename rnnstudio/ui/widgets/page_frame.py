"""The frame of a page that is not a tab's home: way back, title, sentence, thing, one bar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
    QWidgetItem,
)

from rnnstudio.ui.theme.icons import icon
from rnnstudio.ui.theme.tokens import scaled, sizes, theme
from rnnstudio.ui.widgets.chart_picture import CAPTION
from rnnstudio.ui.widgets.labels import PlainLabel, WrappedLabel
from rnnstudio.ui.widgets.page_tabs import scrolled
from rnnstudio.ui.widgets.view_picture import PicturePart, ViewPicture
from rnnstudio.ui.widgets.workbench import FOLDS_RAIL, OVERLAYS


class PageFrame(QWidget):
    """``[< home] title``, a sentence, the thing, and at most one bar of controls below it.

    The thing scrolls in a window that is too low for it; the bar stays. ``home_wanted``: the button
    at the top left was pressed; ``picture_wanted``: the one at the top right.
    """

    home_wanted = Signal()
    picture_wanted = Signal()

    def __init__(self, home: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.home_button = QPushButton(icon("chevron-left"), home)
        self.home_button.setIconSize(QSize(sizes().mark, sizes().mark))
        self.home_button.setMinimumHeight(sizes().target + sizes().gap // 2)
        self.home_button.setToolTip(self.tr("Back (Esc)"))
        self.home_button.clicked.connect(self.home_wanted)
        self.title = PlainLabel(title, role="heading")
        self.picture_button = self._make_picture_button()
        self.sentence = WrappedLabel(role="sentence")
        self.sentence.setProperty(CAPTION, True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAccessibleName(title)
        self._head = QHBoxLayout()
        self._head.setSpacing(2 * sizes().gap)
        self._head.addWidget(self.home_button)
        self._head.addWidget(self.title)
        self._head.addStretch(1)
        self._head.addWidget(self.picture_button)
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(sizes().gap)
        self._body.addWidget(self.sentence)
        self._page = QVBoxLayout(self)
        self._page.setContentsMargins(0, 0, 0, 0)
        self._page.setSpacing(0)
        self._page.addWidget(scrolled(self._above()), stretch=1)

    def add_corner(self, widget: QWidget) -> None:
        """Put a control at the top right, before the way to a picture."""
        self._head.insertWidget(self._head.count() - 1, widget)

    def set_thing(self, *parts: QWidget) -> None:
        """Put what the page is about below its sentence; the first part takes all room left."""
        for place, part in enumerate(parts):
            self._body.addWidget(part, stretch=0 if place else 1)

    def set_bar(self, bar: PageBar) -> None:
        """Put the page's controls at the bottom."""
        self._bar, self._hairline = bar, QFrame()
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the way to a picture its word only where there is room, as on the home's rail."""
        super().resizeEvent(event)
        room = self.width() / scaled(1)
        self.picture_button.setText(self.tr("Export") if room >= OVERLAYS else "")
        self.picture_button.setVisible(room >= FOLDS_RAIL and not theme().in_class)

    def say(self, sentence: str) -> None:
        """Show the page's sentence; it wraps and is never cut."""
        self.sentence.setText(sentence)

    def _make_picture_button(self) -> QPushButton:
        button = QPushButton(icon("export"), "")
        button.setIconSize(self.home_button.iconSize())
        button.setMinimumHeight(self.home_button.minimumHeight())
        button.setToolTip(self.tr("Picture of this page"))
        button.setAccessibleName(self.tr("Picture of this page"))
        button.clicked.connect(self.picture_wanted)
        return button

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


class PageBar(QWidget):
    """The bar of a page's controls, in as many rows as its width asks for.

    Within a row the first of ``groups`` takes the room that is left, or where None stands.
    """

    def __init__(self, groups: Sequence[QWidget | None]) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._groups = tuple(groups)
        self._rows: list[list[QWidget | None]] = []
        self._column = QVBoxLayout(self)
        self._column.setSpacing(sizes().gap)
        self._arrange([list(groups)])

    def minimumSizeHint(self) -> QSize:
        """No wider than its widest group: the others may stand below each other."""
        least = super().minimumSizeHint()
        widest = max((_least_width(each) for each in self._groups), default=0)
        return QSize(widest + 2 * sizes().margin, least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many rows as the width asks for."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Take as many rows as controls of another size ask for."""
        taken = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return taken

    def _fit(self) -> None:
        rows = self._rows_within(self.width() - 2 * sizes().margin)
        if rows != self._rows:
            self._arrange(rows)

    def _rows_within(self, width: int) -> list[list[QWidget | None]]:
        """The groups in rows of at most that width, each as full as it can be."""
        rows: list[list[QWidget | None]] = [[]]
        taken = 0
        for group in self._groups:
            least = _least_width(group)
            if least and rows[-1] and taken + least > width:
                rows.append([])
                taken = 0
            rows[-1].append(group)
            taken += least + 2 * sizes().gap if least else 0
        return rows

    def _arrange(self, rows: list[list[QWidget | None]]) -> None:
        while (old := self._column.takeAt(0)) is not None:
            row = old.layout()
            while row is not None and row.takeAt(0) is not None:
                pass
        self._rows = rows
        for groups in rows:
            row = QHBoxLayout()
            row.setSpacing(2 * sizes().gap)
            for group in groups:
                if group is None:
                    row.addStretch(1)
                else:
                    row.addWidget(group, stretch=1 if group is self._groups[0] else 0)
            if None not in groups and self._groups[0] not in groups:
                row.addStretch(1)
            self._column.addLayout(row)
        around = sizes().gap if len(rows) > 1 else 0
        self._column.setContentsMargins(sizes().margin, around, sizes().margin, around)
        self.setMinimumHeight(sizes().control + 3 * sizes().gap)
        self.updateGeometry()


def bar_of(*groups: QWidget | None) -> PageBar:
    """A bar with widgets in a row, the first one wider where there is room.

    None takes the room that is left.
    """
    return PageBar(groups)


def side_by_side(*widgets: QWidget) -> QWidget:
    """Widgets that stay together wherever a bar breaks: a field right of its label."""
    together = QWidget()
    row = QHBoxLayout(together)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(sizes().gap)
    for widget in widgets:
        row.addWidget(widget)
    return together


def _least_width(group: QWidget | None) -> int:
    """The room that a group needs; none for one that is hidden."""
    return 0 if group is None else QWidgetItem(group).minimumSize().width()
