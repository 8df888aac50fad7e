"""The menu of a tab's pages: each with a line that says what is there, and its key."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget, QWidgetAction

from rnnstudio.core import language
from rnnstudio.ui.theme.icons import icon
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.tab_page import PageEntry, TabPage

_KEYS = "1234567890ABCDEF"
"""Digits as far as there are some."""


class _Entry(QWidget):
    """Looks like an entry of a menu and leaves mouse and keys to it."""

    def __init__(self, entry: PageEntry, key: str, *, ticked: bool) -> None:
        super().__init__()
        self.setProperty("role", "entry")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        tick = PlainLabel()
        tick.setFixedWidth(sizes().target)
        if ticked:
            tick.setPixmap(icon("tick").pixmap(sizes().mark, sizes().mark))
        words = QVBoxLayout()
        words.setSpacing(0)
        title = PlainLabel(entry.title, role="entry")
        words.addWidget(title)
        if entry.line:
            words.addWidget(PlainLabel(entry.line, role="muted"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*4 * (sizes().gap,))
        layout.setSpacing(sizes().gap)
        layout.addWidget(tick)
        layout.addLayout(words, stretch=1)
        layout.addSpacing(sizes().margin)
        if key:
            layout.addWidget(PlainLabel(key, role="key"), alignment=Qt.AlignmentFlag.AlignVCenter)

    def set_lit(self, lit: bool) -> None:
        """Mark the entry that Enter would choose."""
        self.setProperty("lit", lit)
        self.style().unpolish(self)
        self.style().polish(self)


class PagesMenu(QMenu):
    """Offers the pages of ``tab``, the one in front ticked; each has a key, the home has Home."""

    def __init__(self, tab: TabPage, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(self.tr("Pages"))
        self._tab = tab
        self._entries: dict[QAction, _Entry] = {}
        keys = iter(_KEYS)
        for place, entry in enumerate(tab.page_entries()):
            at_home = place == tab.home
            self._add(entry, place, self.tr("Home") if at_home else next(keys))
            if at_home and place == 0:
                self.addSeparator()
        self.hovered.connect(self._light)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home goes to the page that the others come back to."""
        if event.key() == Qt.Key.Key_Home:
            self.close()
            self._tab.turn_to(self._tab.home)
        else:
            super().keyPressEvent(event)

    def _add(self, entry: PageEntry, place: int, key: str) -> None:
        action = QWidgetAction(self)
        title = entry.title.replace("&", "&&")
        text = self.tr("&{0} {1}, {2}") if key in _KEYS else self.tr("{1}, {2} ({0})")
        action.setText(language.filled(text, key, title, entry.line))
        action.setCheckable(True)
        action.setChecked(place == self._tab.page_place())
        shown = _Entry(entry, key, ticked=action.isChecked())
        action.setDefaultWidget(shown)
        action.triggered.connect(partial(self._tab.turn_to, place))
        self._entries[action] = shown
        self.addAction(action)

    def _light(self, lit: QAction) -> None:
        for action, entry in self._entries.items():
            entry.set_lit(action is lit)
