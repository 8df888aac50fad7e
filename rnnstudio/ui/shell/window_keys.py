"""The keys that hold everywhere in the window and stand in no menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from rnnstudio.ui.shell.navigation import Navigation
from rnnstudio.ui.widgets.focus_order import turn_to_region
from rnnstudio.ui.widgets.page_keys import PageKey, is_typed_in, press
from rnnstudio.ui.widgets.tab_page import TabPage


class Shown(Protocol):
    """The parts of the window that keys act on."""

    @property
    def front(self) -> TabPage:
        """The tab in front."""


class WindowKeys(QObject):
    """Binds the keys, and lists them with what they do; ``cover`` shows nothing until a key."""

    def __init__(
        self,
        window: QMainWindow,
        frame: Navigation,
        shown: Shown,
        cover: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._frame, self._shown, self._cover = frame, shown, cover
        for each in self._bound():
            for key in each.keys:
                QShortcut(QKeySequence(key), window, each.act)

    def listed(self) -> list[PageKey]:
        """All of them, in the order in which they are listed."""
        escape = self.tr("Close what lies over the page; go back from a page; end the class.")
        return [*self._bound(), self._blank, PageKey(("Esc",), escape, lambda: None)]

    def press(self, event: QKeyEvent) -> bool:
        """Do what a letter does that nothing in focus took; whether it does anything."""
        return not is_typed_in(QApplication.focusWidget()) and press([self._blank], event)

    def regions(self) -> Sequence[QWidget]:
        """The parts of the window that F6 goes through."""
        below = (self._frame.start_area,) if self._frame.at_start else self._shown.front.regions()
        return (self._frame.top, *below)

    @property
    def _blank(self) -> PageKey:
        """In front of a class: an empty screen."""
        return PageKey(("B", "."), self.tr("Show nothing, until any key."), self._cover)

    def _bound(self) -> list[PageKey]:
        frame = self._frame
        return [
            PageKey(("Alt+Down",), self.tr("Offer the pages of this tab."), frame.ask_for_pages),
            PageKey(("Alt+Left",), self.tr("Go to the first page of this tab."), self._go_home),
            PageKey(("Alt+Home",), self.tr("Go to the start page."), frame.show_start),
            PageKey(("F6",), self.tr("Go to the next part of the window."), self._turn_on),
            PageKey(("Shift+F6",), self.tr("Go to the part before."), self._turn_back),
            PageKey(("F9",), self.tr("Open or fold the drawer."), self._toggle_drawer),
            PageKey(("F10",), self.tr("Open the menu."), frame.open_menu),
        ]

    @Slot()
    def _go_home(self) -> None:
        tab = self._shown.front
        self._frame.leave_start()
        tab.turn_to(tab.home)

    @Slot()
    def _turn_on(self) -> None:
        turn_to_region(self.regions(), 1)

    @Slot()
    def _turn_back(self) -> None:
        turn_to_region(self.regions(), -1)

    @Slot()
    def _toggle_drawer(self) -> None:
        workbench = None if self._frame.at_start else self._shown.front.workbench
        if workbench is not None:
            workbench.toggle()
