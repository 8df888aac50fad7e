"""The main window: three tabs, menus, status bar."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QAction, QCloseEvent, QIcon, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMessageBox, QTabWidget, QWidget

from rnnstudio import __version__
from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.engine.fit import fit
from rnnstudio.paths import resource_file
from rnnstudio.ui import theme
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from rnnstudio.ui.inspector.tab import InspectorTab
from rnnstudio.ui.stocks.tab import StocksTab
from rnnstudio.workers.child import KerasProcess
from rnnstudio.workers.jobs import Jobs

DINOSAURS, STOCKS = 1, 2
"""Places of the tabs that are built later."""


class MainWindow(QMainWindow):
    """Builds the tabs and hands each what it needs.

    The window opens on the inspector; the other tabs are built when they are first looked at or
    asked for, so that it shows at once.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("RNN Studio")
        self.setWindowIcon(QIcon(str(resource_file("icons/rnnstudio.svg"))))
        self.resize(1280, 720)
        self._keras = KerasProcess()
        self._jobs = Jobs()
        self.inspector = InspectorTab()
        self._built: list[InspectorTab | DinosaursTab | StocksTab] = [self.inspector]
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.inspector, self.tr("Cell inspector"))
        self._empty = {DINOSAURS: QWidget(), STOCKS: QWidget()}
        self.tabs.addTab(self._empty[DINOSAURS], self.tr("Dinosaur generator"))
        self.tabs.addTab(self._empty[STOCKS], self.tr("Stock forecaster"))
        self.tabs.currentChanged.connect(self._build)
        self.setCentralWidget(self.tabs)
        self._build_menus()
        self.inspector.status.connect(self.statusBar().showMessage)

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
        """Stop what is running, then close; a person who would lose runs by it is asked first."""
        if event.spontaneous() and not self._may_lose_runs():
            event.ignore()
            return
        for tab in self._built:
            tab.shutdown()
        self._keras.close()
        super().closeEvent(event)

    def _build(self, place: int) -> None:
        """Build the tab at ``place`` if it is not there yet."""
        if place == DINOSAURS:
            _ = self.dinosaurs
        elif place == STOCKS:
            _ = self.stocks

    def _put(self, place: int, tab: DinosaursTab | StocksTab) -> None:
        """Put ``tab`` where an empty page has kept its place."""
        tab.scene_wanted.connect(self._inspect)
        tab.status.connect(self.statusBar().showMessage)
        self._built.append(tab)
        with QSignalBlocker(self.tabs):
            name, shown = self.tabs.tabText(place), self.tabs.currentIndex()
            self.tabs.removeTab(place)
            self.tabs.insertTab(place, tab, name)
            self.tabs.setCurrentIndex(shown)
        self._empty.pop(place).deleteLater()

    def _build_menus(self) -> None:
        file_menu = self.menuBar().addMenu(self.tr("&File"))
        file_menu.addAction(self._action(self.tr("Open &prices …"), "Ctrl+O", self._open_prices))
        file_menu.addAction(self._action(self.tr("Open &names …"), "Ctrl+N", self._open_names))
        file_menu.addSeparator()
        open_trained, save_trained = self.tr("Open &trained names …"), self.tr("&Save names …")
        file_menu.addAction(self._action(open_trained, "Ctrl+T", self._open_trained))
        file_menu.addAction(self._action(save_trained, "Ctrl+S", self._save_trained))
        file_menu.addSeparator()
        file_menu.addAction(self._action(self.tr("Open &runs …"), "Ctrl+R", self._open_runs))
        file_menu.addAction(self._action(self.tr("Save r&uns …"), "Ctrl+U", self._save_runs))
        file_menu.addSeparator()
        # Not Qt's standard key, which is none on Windows and on some desktops.
        file_menu.addAction(self._action(self.tr("&Quit"), "Ctrl+Q", self._quit))
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

    def _save_trained(self) -> None:
        self.tabs.setCurrentWidget(self.dinosaurs)
        self.dinosaurs.choose_place()

    def _open_runs(self) -> None:
        self.tabs.setCurrentWidget(self.stocks)
        self.stocks.choose_runs()

    def _save_runs(self) -> None:
        self.tabs.setCurrentWidget(self.stocks)
        self.stocks.save_runs()

    def _quit(self) -> None:
        if self._may_lose_runs():
            self.close()

    def _may_lose_runs(self) -> bool:
        """Whether there is nothing to lose, or a person says that it may be lost."""
        if not any(isinstance(tab, StocksTab) and tab.further.runs.unsaved for tab in self._built):
            return True
        answer = QMessageBox.question(
            self,
            self.tr("Runs that are not saved"),
            self.tr("The forecaster's runs of this session are not saved. Close all the same?"),
            QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Cancel,
        )
        return answer == QMessageBox.StandardButton.Discard

    def _inspect(self, scene: Scene) -> None:
        if self.inspector.show_scene(scene):
            self.tabs.setCurrentWidget(self.inspector)

    def _show_about(self) -> None:
        text = self.tr(
            "RNN Studio {0}\nRecurrent networks taught, tried and understood.\n"
            "It works with no network and sends nothing anywhere."
        )
        QMessageBox.about(self, self.tr("About RNN Studio"), text.format(__version__))
