"""The whole tab: real files, real trainings, real threads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.stocks.spec import ForecastSpec
from rnnstudio.ui.running import Phase
from rnnstudio.ui.stocks.state import Role
from rnnstudio.ui.stocks.tab import StocksTab
from tests.core.stocks import made

QUICK = ForecastSpec(window=5, units=4, epochs=2)


def write(path: Path, rows: slice) -> Path:
    table = made.walk(100, 50).table.part(rows)
    days = zip(table.dates, table.column("Open"), table.column("High"), strict=True)
    lines = [f"{day},{price},{high}" for day, price, high in days]
    path.write_text("\n".join(["Date,Open,High", *lines]))
    return path


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    return write(tmp_path / "made.csv", slice(0, 80))


@pytest.fixture
def tab(qtbot: QtBot) -> Iterator[StocksTab]:
    tab = StocksTab({"numpy": fit})
    qtbot.addWidget(tab)
    yield tab
    tab.shutdown()


@pytest.fixture
def ready(tab: StocksTab, prices: Path, qtbot: QtBot) -> StocksTab:
    """The tab with a small file and quick settings."""
    open_file(tab, prices, qtbot)
    tab.form.show_spec(QUICK)
    return tab


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


def wait_until_over(tab: StocksTab, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not tab.state.run.active, timeout=60_000)
    tab._repainter.flush()


def start_long(tab: StocksTab, qtbot: QtBot) -> None:
    """Start a training that would take hours, and wait for its first progress."""
    tab.form.epochs.setValue(100_000)
    tab._repainter.flush()
    tab.run_bar.start_button.click()
    qtbot.waitUntil(lambda: tab.state.run.step > 0, timeout=60_000)
    tab._repainter.flush()


def test_that_the_tab_begins_with_a_shipped_sample_when_first_looked_at(
    tab: StocksTab, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(tab.status):
        tab.show()
    wait_until_read(tab, qtbot)
    assert tab.state.train is not None
    assert tab.state.train.source == "IBM.csv"
    assert tab.state.ready
    assert tab.form.spec() == ForecastSpec()


def test_that_a_training_ends_in_a_forecast_on_the_chart_with_both_errors(
    ready: StocksTab, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    forecast = ready.state.forecast
    assert forecast is not None
    assert forecast.split.rows_test == 8
    assert ready.figures.network.text() == f"{forecast.rmse:.4g}"
    np.testing.assert_array_equal(ready.chart.forecast.getOriginalDataset()[1], forecast.predicted)
    assert ready.run_bar.start_button.isEnabled()


def test_that_a_second_training_gives_a_second_forecast(ready: StocksTab, qtbot: QtBot) -> None:
    train(ready, qtbot)
    first = ready.state.forecast
    ready.form.seed.setValue(2)
    train(ready, qtbot)
    assert first is not None
    assert ready.state.forecast is not None
    assert not np.array_equal(first.predicted, ready.state.forecast.predicted)
    assert len(ready.state.losses) == QUICK.epochs


def test_when_stopped_the_earlier_forecast_stays_and_the_tab_is_usable(
    ready: StocksTab, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    first = ready.state.forecast
    start_long(ready, qtbot)
    assert not ready.form.isEnabled()
    with qtbot.waitSignal(ready.status) as told:
        ready.open_sample("IBM")
    assert "Stop the training" in told.args[0]
    ready.run_bar.stop_button.click()
    wait_until_over(ready, qtbot)
    assert ready.state.run.phase is Phase.CANCELLED
    assert ready.state.forecast is first
    assert ready.form.isEnabled()
    ready.form.epochs.setValue(2)
    train(ready, qtbot)
    assert ready.state.run.phase is Phase.FINISHED


def test_that_a_paused_training_goes_on(ready: StocksTab, qtbot: QtBot) -> None:
    start_long(ready, qtbot)
    ready.run_bar.pause_button.click()
    assert ready.state.run.phase is Phase.PAUSED
    ready._repainter.flush()
    ready.run_bar.pause_button.click()
    step = ready.state.run.step
    qtbot.waitUntil(lambda: ready.state.run.step > step, timeout=60_000)
    ready._repainter.flush()
    ready.run_bar.stop_button.click()
    wait_until_over(ready, qtbot)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "bad.csv is empty"),
        (b"\x00\x01\x02", "bad.csv"),
        (b"Name,Town\nAda,London\nAlan,Wilmslow\n", "bad.csv"),
        (b"Date,Volume\n2019-01-02,5\n2019-01-03,6\n", "bad.csv"),
        (b"Date,Open\n2019-01-02,1.5\n2019-01-03,two\n", "column Open"),
    ],
)
def test_when_a_bad_file_is_opened_one_sentence_says_why_and_the_old_one_stays(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot, content: bytes, sentence: str
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_bytes(content)
    open_file(ready, bad, qtbot)
    assert sentence in ready.problem.text()
    assert not ready.problem.isHidden()
    assert ready.state.train is not None
    assert ready.state.train.source == "made.csv"
    train(ready, qtbot)
    assert ready.state.forecast is not None
    assert ready.problem.isHidden()


def test_when_the_file_is_shorter_than_the_window_it_cannot_be_trained_on(
    tab: StocksTab, prices: Path, qtbot: QtBot
) -> None:
    open_file(tab, prices, qtbot)
    tab.form.window_length.setValue(75)
    tab._repainter.flush()
    assert "a window of 75 days needs at least 76" in tab.problem.text()
    assert not tab.run_bar.start_button.isEnabled()
    tab.form.window_length.setValue(5)
    tab._repainter.flush()
    assert tab.problem.isHidden()
    assert tab.run_bar.start_button.isEnabled()


def test_that_a_second_file_becomes_the_test_span(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    later = write(tmp_path / "later.csv", slice(80, 100))
    open_file(ready, later, qtbot, Role.TEST)
    train(ready, qtbot)
    assert ready.state.forecast is not None
    assert (ready.state.forecast.split.rows_train, ready.state.forecast.split.rows_test) == (80, 20)
    ready.data.remove_button.click()
    assert ready.state.split is not None
    assert ready.state.split.rows_test == 8


def test_that_a_dropped_file_is_read(tab: StocksTab, prices: Path, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(prices))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    tab.dropEvent(drop)
    wait_until_read(tab, qtbot)
    assert tab.state.train is not None
    assert tab.state.train.source == "made.csv"


def test_that_closing_while_training_leaves_no_thread(ready: StocksTab, qtbot: QtBot) -> None:
    start_long(ready, qtbot)
    ready.shutdown()
    assert not ready._trainer.busy


@pytest.mark.slow
@pytest.mark.keras
def test_that_keras_trains_from_the_tab(prices: Path, qtbot: QtBot) -> None:
    from rnnstudio.workers.child import KerasProcess

    keras = KerasProcess()
    tab = StocksTab({"numpy": fit, "keras": keras.fit})
    qtbot.addWidget(tab)
    open_file(tab, prices, qtbot)
    tab.form.show_spec(ForecastSpec(window=5, units=4, epochs=2, engine="keras"))
    train(tab, qtbot)
    tab.shutdown()
    keras.close()
    assert tab.state.forecast is not None
    assert tab.state.forecast.spec.engine == "keras"
    assert np.isfinite(tab.state.forecast.predicted).all()
    assert "Keras engine" in tab.figures.fitted.text()
