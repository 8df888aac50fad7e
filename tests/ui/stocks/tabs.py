"""What tests of the whole tab do with it: open a file, train, evaluate, wait."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rnnstudio.core.stocks.evaluation.forecast import Forecast
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.ui.stocks.tab import StocksTab
from rnnstudio.ui.stocks.tab_events import Role
from rnnstudio.ui.widgets.sort_table import SortTable
from tests.core.stocks import made

QUICK = ForecastSpec(window=5, units=4, epochs=2)


def write(path: Path, rows: slice) -> Path:
    return made.write(path, made.walk(100, 50).table.part(rows))


def texts(table: SortTable) -> list[list[str]]:
    """What stands in the table, row by row."""
    rows = table.model()
    return [
        [rows.index(row, column).data() for column in range(rows.columnCount())]
        for row in range(rows.rowCount())
    ]


def children() -> set[int]:
    """The processes that this one has started."""
    return {child.pid for child in multiprocessing.active_children() if child.pid is not None}


def open_file(tab: StocksTab, path: Path, qtbot: QtBot, role: Role = Role.TRAIN) -> None:
    tab.open_file(path, role)
    wait_until_read(tab, qtbot)


def wait_until_read(tab: StocksTab, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not tab.state.reading)
    tab._repainter.flush()


def train(tab: StocksTab, qtbot: QtBot) -> None:
    tab._repainter.flush()
    tab.run_bar.start_button.click()
    assert tab.state.run.active
    wait_until_over(tab, qtbot)


def evaluate(tab: StocksTab, qtbot: QtBot) -> None:
    tab._repainter.flush()
    tab.evaluate_button.click()
    wait_until_over(tab, qtbot)


def save(tab: StocksTab, path: Path, qtbot: QtBot) -> None:
    tab.network_bar.save(path)
    wait_until_over(tab, qtbot)


def reopen(tab: StocksTab, path: Path, qtbot: QtBot) -> None:
    tab.open_network(path)
    qtbot.waitUntil(lambda: not tab._reader.busy)
    tab._repainter.flush()


def forecast_of(tab: StocksTab) -> Forecast:
    assert tab.state.evaluation is not None
    return tab.state.evaluation.forecast


def wait_until_over(tab: StocksTab, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not tab.state.run.active, timeout=60_000)
    tab._repainter.flush()


class LayoutRequests(QObject):
    """Counts the layouts that are still to be done over, of any widget."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return super().eventFilter(watched, event)


def wait_until_laid_out(qtbot: QtBot) -> None:
    """Wait until no layout asks for another: each passes its new size on to its parent's."""
    application, requests = QApplication.instance(), LayoutRequests()
    assert application is not None

    def quiet() -> bool:
        before = requests.count
        QApplication.processEvents()
        return requests.count == before

    application.installEventFilter(requests)
    try:
        qtbot.waitUntil(quiet)
    finally:
        application.removeEventFilter(requests)


def start_long(tab: StocksTab, qtbot: QtBot) -> None:
    """Start a training that would take hours, and wait for its first progress."""
    tab.form.epochs.setValue(100_000)
    tab._repainter.flush()
    tab.run_bar.start_button.click()
    qtbot.waitUntil(lambda: tab.state.run.step > 0, timeout=60_000)
    tab._repainter.flush()
