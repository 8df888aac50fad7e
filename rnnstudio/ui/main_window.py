"""The main window: three tabs, menus, status bar."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction, QCloseEvent, QIcon, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMessageBox, QTabWidget

from rnnstudio import __version__
from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.engine.fit import fit
from rnnstudio.paths import resource_file
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from rnnstudio.ui.inspector.tab import InspectorTab
from rnnstudio.ui.stocks.tab import StocksTab
from rnnstudio.workers.child import KerasProcess


class MainWindow(QMainWindow):
    """Builds the tabs and hands each what it needs."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("RNN Studio")
        self.setWindowIcon(QIcon(str(resource_file("icons/rnnstudio.svg"))))
        self.resize(1280, 720)
        self._keras = KerasProcess()
        self.inspector = InspectorTab()
        self.dinosaurs = DinosaursTab()
        self.stocks = StocksTab({"numpy": fit, "keras": self._keras.fit})
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.inspector, self.tr("Cell inspector"))
        self.tabs.addTab(self.dinosaurs, self.tr("Dinosaur generator"))
        self.tabs.addTab(self.stocks, self.tr("Stock forecaster"))
        self.setCentralWidget(self.tabs)
        self._build_menus()
        self._connect_status()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what is running, then close."""
        self.dinosaurs.shutdown()
        self.stocks.shutdown()
        self.inspector.shutdown()
        self._keras.close()
        super().closeEvent(event)

    def _build_menus(self) -> None:
        file_menu = self.menuBar().addMenu(self.tr("&File"))
        file_menu.addAction(self._action(self.tr("Open &prices …"), "Ctrl+O", self._open_prices))
        file_menu.addAction(self._action(self.tr("Open &names …"), "Ctrl+N", self._open_names))
        file_menu.addSeparator()
        open_trained, save_trained = self.tr("Open &trained names …"), self.tr("&Save names …")
        file_menu.addAction(self._action(open_trained, "Ctrl+T", self._open_trained))
        file_menu.addAction(self._action(save_trained, "Ctrl+S", self._save_trained))
        file_menu.addSeparator()
        file_menu.addAction(
            self._action(self.tr("&Quit"), QKeySequence.StandardKey.Quit, self.close)
        )
        view_menu = self.menuBar().addMenu(self.tr("&View"))
        for index in range(self.tabs.count()):
            show = partial(self.tabs.setCurrentIndex, index)
            view_menu.addAction(self._action(self.tabs.tabText(index), f"Ctrl+{index + 1}", show))
        help_menu = self.menuBar().addMenu(self.tr("&Help"))
        help_menu.addAction(self._action(self.tr("&About RNN Studio"), None, self._show_about))

    def _action(
        self,
        text: str,
        shortcut: str | QKeySequence.StandardKey | None,
        call: Callable[[], object],
    ) -> QAction:
        action = QAction(text, self)
        if shortcut is not None:
            action.setShortcut(QKeySequence(shortcut))
        action.triggered.connect(lambda _checked: call())
        return action

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

    def _inspect(self, scene: Scene) -> None:
        self.inspector.show_scene(scene)
        self.tabs.setCurrentWidget(self.inspector)

    def _connect_status(self) -> None:
        self.dinosaurs.scene_wanted.connect(self._inspect)
        self.stocks.scene_wanted.connect(self._inspect)
        self.statusBar()
        for tab in (self.inspector, self.dinosaurs, self.stocks):
            tab.status.connect(self.statusBar().showMessage)

    def _show_about(self) -> None:
        text = self.tr(
            "RNN Studio {0}\nRecurrent networks taught, tried and understood.\n"
            "It works with no network and sends nothing anywhere."
        )
        QMessageBox.about(self, self.tr("About RNN Studio"), text.format(__version__))
