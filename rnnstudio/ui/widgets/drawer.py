"""The drawer beside the rail: what changes the thing, in sections below each other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.wheel_guard import WheelGuard


class DrawerSection(QWidget):
    """A heading, what may stand beside it, and a widget; ``alone``: no other is seen with it."""

    def __init__(
        self, heading: str, content: QWidget, beside: QWidget | None, *, alone: bool
    ) -> None:
        super().__init__()
        self.alone, self.content = alone, content
        self._line = QFrame()
        self._line.setProperty("role", "line")
        self._line.setFixedHeight(sizes().half_gap // 4)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(heading, role="heading", wrap=True), stretch=1)
        if beside is not None:
            head.addWidget(beside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().gap)
        layout.addWidget(self._line)
        layout.addLayout(head)
        layout.addWidget(content)

    def set_first(self, first: bool) -> None:
        """Draw a line above only where another section stands there."""
        self._line.setVisible(not first)


class Drawer(QScrollArea):
    """Shows the section that is open and those that belong beside it, the open one in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sections: dict[str, DrawerSection] = {}
        self._open = ""
        self._arriving = False
        bar = self.verticalScrollBar()
        bar.actionTriggered.connect(self._arrive)  # the wheel, before it scrolls
        bar.valueChanged.connect(self._arrive)  # a field that comes into sight with the focus
        self.setProperty("role", "drawer")
        self.setAccessibleName(self.tr("Drawer"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        column = QWidget()
        column.setProperty("role", "sections")
        self._column = QVBoxLayout(column)
        self._column.setContentsMargins(*4 * (2 * sizes().gap,))
        self._column.setSpacing(2 * sizes().gap)
        self._column.addStretch(1)
        self.setWidget(column)

    def add(self, key: str, section: DrawerSection) -> None:
        """Put a section below the others."""
        self.sections[key] = section
        section.installEventFilter(self)
        WheelGuard(section)
        self._column.insertWidget(self._column.count() - 1, section)
        section.hide()

    def show_section(self, key: str) -> None:
        """Show the section ``key``: alone, or with all others that are not shown alone."""
        self._open = key
        alone = self.sections[key].alone
        first = True
        for name, section in self.sections.items():
            seen = name == key if alone else not section.alone
            section.setVisible(seen)
            if seen:
                section.set_first(first)
                first = False
        self._arriving = True
        self._bring_into_sight()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the open section in sight."""
        super().resizeEvent(event)
        self._bring_into_sight()

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        """Follow the open section to its place, until somebody scrolls."""
        if event.type() == QEvent.Type.Move and self._arriving:
            self._bring_into_sight()
        return False

    @Slot()
    def _arrive(self) -> None:
        self._arriving = False

    @Slot()
    def _bring_into_sight(self) -> None:
        """Scroll no further than it takes to see all of the open section, or its upper part."""
        section = self.sections.get(self._open)
        if section is None:
            return
        bar, sight, margin = self.verticalScrollBar(), self.viewport().height(), 2 * sizes().gap
        top, bottom = section.y() - margin, section.y() + section.height() + margin
        arriving = self._arriving
        if top < bar.value() or bottom - top > sight:
            bar.setValue(top)
        elif bottom > bar.value() + sight:
            bar.setValue(bottom - sight)
        self._arriving = arriving  # the bar tells of this move, too
