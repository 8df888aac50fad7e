"""Says what one is looking at, and opens the help there."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Slot
from PySide6.QtWidgets import QApplication, QWidget

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.help_topics import HelpTopic, help_topic
from rnnstudio.ui.help.help_window import HelpWindow
from rnnstudio.ui.help.whereabouts import topic_of
from rnnstudio.ui.shell.navigation import Navigation
from rnnstudio.ui.tab_set import INSPECTOR, TAB_NAMES, TabSet


class HelpGuide(QObject):
    """Knows the text about the page, or the drawer, that has the focus in ``window``."""

    def __init__(self, window: QWidget, frame: Navigation, tabs: TabSet) -> None:
        super().__init__(window)
        self._window, self._frame, self._tabs = window, frame, tabs
        self.shown: HelpWindow | None = None

    @property
    def topic(self) -> HelpTopic:
        """The text about what has the focus."""
        if self._frame.at_start:
            return help_topic("start")
        place, tab = self._frame.currentIndex(), self._tabs.front
        focus, drawer = QApplication.focusWidget(), tab.workbench.drawer
        backward = (
            place == INSPECTOR
            and self._tabs.inspector.state.cursor.direction is PassDirection.BACKWARD
        )
        in_drawer = focus is not None and drawer.isAncestorOf(focus)
        key = topic_of(TAB_NAMES[place], tab.pages.key, in_drawer=in_drawer, backward=backward)
        return help_topic(key)

    @Slot()
    def open(self) -> None:
        """Open the help at what has the focus."""
        key = self.topic.key
        if self.shown is None:
            self.shown = HelpWindow(self._window)
        self.shown.show_topic(key)

    def dress(self) -> None:
        """Take on another look or language: the help is built anew when it is opened next."""
        if self.shown is not None:
            self.shown.close()
            self.shown.deleteLater()
            QCoreApplication.sendPostedEvents(self.shown, QEvent.Type.DeferredDelete)
            self.shown = None
