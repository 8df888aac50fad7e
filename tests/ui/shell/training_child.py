"""Trains a forecaster in the real window, and holds it until somebody kills the process.

``python -m tests.ui.shell.training_child PRICES``
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from rnnstudio.cli.main import run
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.ui.application import make_application
from rnnstudio.ui.main_window import MainWindow

SPEC = ForecastSpec(
    window=5, units=4, layers=2, epochs=250, batch_size=32, validation=0.2, patience=200
)


class Trainer(QObject):
    """Looks every few milliseconds whether the next step can be done."""

    def __init__(self, prices: Path, app: QApplication) -> None:
        super().__init__(app)
        self._prices = prices
        self._steps = [self._open, self._train, self._hold]
        self._timer = QTimer(self, interval=5)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        found = [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]
        if found and self._steps and self._steps[0](found[0]):
            del self._steps[0]

    def _open(self, window: MainWindow) -> bool:
        window.tabs.setCurrentWidget(window.stocks)
        if window.stocks.state.reading:
            return False
        window.stocks.open_file(self._prices)
        return True

    def _train(self, window: MainWindow) -> bool:
        tab = window.stocks
        if tab.state.reading or tab.state.train is None:
            return False
        tab.form.show_spec(SPEC)
        tab.start()
        return tab.state.run.active

    def _hold(self, window: MainWindow) -> bool:
        tab = window.stocks
        if len(tab.state.losses) < 2:
            return False
        tab.run_bar.pause_clicked.emit()
        return True


if __name__ == "__main__":
    Trainer(Path(sys.argv[1]), make_application())
    sys.exit(run([]))
