"""The main window: three tabs, menus, status bar."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property, partial

from PySide6.QtCore import QSignalBlocker, QSize, QTimer, Slot
from PySide6.QtGui import QAction, QCloseEvent, QIcon, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMessageBox, QWidget

from rnnstudio import __version__
from rnnstudio.core import language
from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.engine.fit import fit
from rnnstudio.paths import resource_file
from rnnstudio.ui import theme
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from rnnstudio.ui.inspector.tab import InspectorTab
from rnnstudio.ui.running import Unsaved
from rnnstudio.ui.stocks.tab import StocksTab
from rnnstudio.ui.widgets.asking import Button, ask
from rnnstudio.ui.widgets.page_tabs import PageTabs, fit_to_shown, scrolled
from rnnstudio.workers.jobs import Jobs
from rnnstudio.workers.keras_child import KerasProcess
from rnnstudio.workers.run import Runner

DINOSAURS, STOCKS = 1, 2
"""Places of the tabs that are built later."""
_FRAME = QSize(8, 32)
"""What the frame that the system puts around a window takes, about."""
_STOP_SECONDS = 1.0
_CLOSE_AGAIN_MS = 100
_STATUS_MS = 15_000


class MainWindow(QMainWindow):
    """Builds the tabs and hands each what it needs.

    The window opens on the inspector; the other tabs are built when they are first looked at or
    asked for, so that it shows at once.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("RNN Studio")
        self.setWindowIcon(QIcon(str(resource_file("icons/rnnstudio.svg"))))
        self.resize(QSize(1280, 720).boundedTo(self.screen().availableSize() - _FRAME))
        self._keras = KerasProcess()
        self._jobs = Jobs()
        self._given_up: set[InspectorTab | DinosaursTab | StocksTab] = set()
        self.inspector = InspectorTab()
        self._built: list[InspectorTab | DinosaursTab | StocksTab] = [self.inspector]
        self.tabs = PageTabs()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.inspector, self.tr("Cell inspector"))
        self._empty = {DINOSAURS: QWidget(), STOCKS: QWidget()}
        self.tabs.addTab(self._empty[DINOSAURS], self.tr("Dinosaur generator"))
        self.tabs.addTab(self._empty[STOCKS], self.tr("Stock forecaster"))
        self.tabs.currentChanged.connect(self._build)
        self.setCentralWidget(scrolled(self.tabs))
        self._build_menus()
        self.inspector.status.connect(self._show_status)

    @cached_property
    def dinosaurs(self) -> DinosaursTab:
        """The dinosaur generator's tab."""
        tab = DinosaursTab()
        self._put(DINOSAURS, tab)
        return tab

    @cached_property
    def stocks(self) -> StocksTab:
        """The stock forecaster's tab."""
        tab = StocksTab({"numpy": fit, "keras": self._keras.fit}, self._jobs)
        self._put(STOCKS, tab)
        return tab

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close once everything has stopped and unsaved work was asked for."""
        if not self._may_lose_work():
            event.ignore()
        elif not self._stopped():
            event.ignore()
            self.statusBar().showMessage(self.tr("Closing as soon as the work has stopped …"))
            QTimer.singleShot(_CLOSE_AGAIN_MS, self.close)
        else:
            for tab in self._built:
                tab.shutdown()
            self._keras.close()
            super().closeEvent(event)

    def close_unasked(self) -> None:
        """Close the window and lose what is not saved: for a tour without a person."""
        self._given_up.update(self._built)
        self.close()

    def _stopped(self) -> bool:
        """Ask all work to stop and wait a little; whether it has stopped."""
        runners = self.findChildren(Runner)
        for runner in runners:
            runner.cancel()
        deadline = time.monotonic() + _STOP_SECONDS
        return all(
            runner.shutdown(max(0, int(1000 * (deadline - time.monotonic())))) for runner in runners
        )

    def _may_lose_work(self) -> bool:
        """Whether nothing is lost, or a person says that it may be.

        Who wants it saved is asked for a place, and the window closes by itself once it is saved.
        """
        for tab in self._built:
            work = tab.unsaved_work
            if not work or tab in self._given_up:
                continue
            pressed = self._asked(work)
            if pressed == Button.Discard:
                self._given_up.add(tab)
                continue
            self._given_up.clear()
            if pressed == Button.Save and not isinstance(tab, StocksTab):
                self.tabs.setCurrentWidget(tab)
                tab.save_work(self.close)
            return False
        return True

    def _asked(self, work: Unsaved) -> Button:
        buttons = Button.Discard | Button.Cancel
        if work.savable:
            buttons |= Button.Save
        return ask(
            self,
            self.tr("Close RNN Studio?"),
            " ".join(map(language.text, work.sentences)),
            buttons,
            Button.Save if work.savable else Button.Cancel,
        )

    @Slot(str)
    def _show_status(self, sentence: str) -> None:
        """Say what just happened, and no longer than that is true."""
        self.statusBar().showMessage(sentence, _STATUS_MS)

    def _build(self, place: int) -> None:
        """Build the tab at ``place`` if it is not there yet."""
        if place == DINOSAURS:
            _ = self.dinosaurs
        elif place == STOCKS:
            _ = self.stocks

    def _put(self, place: int, tab: DinosaursTab | StocksTab) -> None:
        """Put ``tab`` where an empty page has kept its place."""
        tab.scene_wanted.connect(self._inspect)
        tab.status.connect(self._show_status)
        self._built.append(tab)
        with QSignalBlocker(self.tabs):
            name, shown = self.tabs.tabText(place), self.tabs.currentIndex()
            self.tabs.removeTab(place)
            self.tabs.insertTab(place, tab, name)
            self.tabs.setCurrentIndex(shown)
        fit_to_shown(self.tabs)
        self._empty.pop(place).deleteLater()

    def _build_menus(self) -> None:
        file_menu = self.menuBar().addMenu(self.tr("&File"))
        file_menu.addAction(self._action(self.tr("Open &prices …"), "Ctrl+O", self._open_prices))
        file_menu.addAction(self._action(self.tr("Open &names …"), "Ctrl+N", self._open_names))
        file_menu.addSeparator()
        file_menu.addAction(self._action(self.tr("&Save …"), "Ctrl+S", self._save))
        file_menu.addSeparator()
        open_trained = self.tr("Open &trained names …")
        file_menu.addAction(self._action(open_trained, "Ctrl+T", self._open_trained))
        file_menu.addAction(self._action(self.tr("Open &runs …"), "Ctrl+R", self._open_runs))
        file_menu.addAction(self._action(self.tr("Save r&uns …"), "Ctrl+U", self._save_runs))
        file_menu.addSeparator()
        # Not Qt's standard key, which does not exist on Windows and on some desktops.
        file_menu.addAction(self._action(self.tr("&Quit"), "Ctrl+Q", self.close))
        view_menu = self.menuBar().addMenu(self.tr("&View"))
        for index in range(self.tabs.count()):
            show = partial(self.tabs.setCurrentIndex, index)
            view_menu.addAction(self._action(self.tabs.tabText(index), f"Ctrl+{index + 1}", show))
        view_menu.addSeparator()
        dark = QAction(self.tr("&Dark colours"), self)
        dark.setCheckable(True)
        dark.setChecked(theme.is_dark())
        dark.toggled.connect(self._keep_dark)
        view_menu.addAction(dark)
        help_menu = self.menuBar().addMenu(self.tr("&Help"))
        help_menu.addAction(self._action(self.tr("&About RNN Studio"), None, self._show_about))

    def _action(
        self,
        text: str,
        shortcut: str | None,
        call: Callable[[], object],
    ) -> QAction:
        action = QAction(text, self)
        if shortcut is not None:
            action.setShortcut(QKeySequence(shortcut))
        action.triggered.connect(lambda _checked: call())
        return action

    def _keep_dark(self, dark: bool) -> None:
        theme.keep_dark(dark)
        self.statusBar().showMessage(self.tr("The colours change at the next start."))

    def _open_prices(self) -> None:
        self.tabs.setCurrentWidget(self.stocks)
        self.stocks.choose_file()

    def _open_names(self) -> None:
        self.tabs.setCurrentWidget(self.dinosaurs)
        self.dinosaurs.choose_file()

    def _open_trained(self) -> None:
        self.tabs.setCurrentWidget(self.dinosaurs)
        self.dinosaurs.choose_trained()

    def _save(self) -> None:
        """Save the work of the tab in front."""
        match self.tabs.currentWidget():
            case InspectorTab() | DinosaursTab() as tab:
                tab.choose_place()
            case StocksTab() as tab:
                tab.save_runs()

    def _open_runs(self) -> None:
        self.tabs.setCurrentWidget(self.stocks)
        self.stocks.choose_runs()

    def _save_runs(self) -> None:
        self.tabs.setCurrentWidget(self.stocks)
        self.stocks.save_runs()

    def _inspect(self, scene: Scene) -> None:
        if self.inspector.show_scene(scene):
            self.tabs.setCurrentWidget(self.inspector)

    def _show_about(self) -> None:
        text = self.tr(
            "RNN Studio {0}\nRecurrent networks taught, tried and understood.\n"
            "It works with no network and sends nothing anywhere."
        )
        QMessageBox.about(self, self.tr("About RNN Studio"), text.format(__version__))
