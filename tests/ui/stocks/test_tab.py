"""The whole tab: real files, real trainings, real threads."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.stocks.dropout_samples import dropout_band
from rnnstudio.core.stocks.forecast import Forecast
from rnnstudio.core.stocks.honesty.panel import panel
from rnnstudio.core.stocks.spec import ForecastSpec
from rnnstudio.ui.running import Phase
from rnnstudio.ui.stocks.state import Role
from rnnstudio.ui.stocks.tab import StocksTab
from rnnstudio.ui.theme import THEME
from rnnstudio.ui.widgets.numbers import tidy
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


def evaluate(tab: StocksTab, qtbot: QtBot) -> None:
    tab._repainter.flush()
    tab.evaluate_bar.button.click()
    wait_until_over(tab, qtbot)


def forecast_of(tab: StocksTab) -> Forecast:
    assert tab.state.examined is not None
    return tab.state.examined.forecast


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


def test_that_the_test_span_opens_on_evaluate_and_the_panel_has_cores_own_numbers(
    ready: StocksTab, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    assert ready.state.examined is None
    assert "press Evaluate" in ready.honesty.sentence.text()
    assert ready.chart.truth.getOriginalDataset()[0] is None
    evaluate(ready, qtbot)
    forecast = forecast_of(ready)
    told = panel(forecast)
    assert forecast.split.rows_test == 8
    for row, figures in enumerate(told.rows):
        assert ready.honesty.table.item(row, 0).text() == tidy(figures.errors.rmse)
        assert ready.honesty.table.item(row, 3).text() == tidy(figures.errors.mase)
    assert ready.honesty.sentence.text() == told.sentence
    np.testing.assert_array_equal(ready.chart.forecast.getOriginalDataset()[1], forecast.predicted)
    assert "opened: 1 ×" in ready.timeline.note.text()
    assert ready.run_bar.start_button.isEnabled()


def test_that_openings_are_counted_over_trainings_and_turn_the_ledger_red(
    ready: StocksTab, qtbot: QtBot
) -> None:
    for seed in (1, 2):
        ready.form.seed.setValue(seed)
        train(ready, qtbot)
        evaluate(ready, qtbot)
    assert "opened: 2 ×" in ready.timeline.note.text()
    first = ready.honesty.ledger.item(0)
    assert first.text().startswith("✗ The test span was opened 2 times")
    assert first.foreground().color().name() == THEME.error


def test_that_a_second_training_gives_a_second_forecast(ready: StocksTab, qtbot: QtBot) -> None:
    train(ready, qtbot)
    evaluate(ready, qtbot)
    first = forecast_of(ready)
    ready.form.seed.setValue(2)
    train(ready, qtbot)
    evaluate(ready, qtbot)
    assert not np.array_equal(first.predicted, forecast_of(ready).predicted)
    assert len(ready.state.losses) == QUICK.epochs


def test_that_five_seeds_are_tried_on_demand_and_a_tie_is_called_one(
    ready: StocksTab, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    evaluate(ready, qtbot)
    ready.honesty.seeds_button.click()
    wait_until_over(ready, qtbot)
    assert ready.state.examined is not None
    spread = ready.state.examined.panel.seeds
    assert spread is not None
    assert len(spread.rmses) == 5
    text = ready.honesty.seeds.text()
    assert text.startswith(f"5 seeds: RMSE {tidy(spread.low)} to {tidy(spread.high)}")
    tie = spread.ties_with(ready.state.examined.forecast.rmse_persistence)
    assert ("a tie with persistence" in text) == tie


def test_that_dropout_is_sampled_on_demand_and_called_no_interval(
    ready: StocksTab, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    evaluate(ready, qtbot)
    ready.network_bar.dropout_action.trigger()
    wait_until_over(ready, qtbot)
    assert ready.state.examined is not None
    band = dropout_band(forecast_of(ready))
    assert f"no prediction interval, holds {band.coverage:.1%}" in ready.honesty.coverage.text()
    drawn = ready.chart.dropout.getData()[1]
    np.testing.assert_array_equal(drawn[:8], band.low)
    np.testing.assert_array_equal(drawn[9:], band.high)
    assert ready.state.times_opened == 1


def test_that_changed_settings_are_told_beside_the_verdict(ready: StocksTab, qtbot: QtBot) -> None:
    train(ready, qtbot)
    evaluate(ready, qtbot)
    ready.form.units.setValue(5)
    ready._repainter.flush()
    assert "Settings have changed" in ready.honesty.sentence.text()


def test_that_a_question_is_asked_in_the_tab_and_its_answer_reads_the_file(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "open.csv"
    rows = "".join(f"{day:02}/02/2019,{100 + day}\n" for day in range(1, 10))
    path.write_text("Date,Close\n" + rows)
    open_file(ready, path, qtbot)
    asked = ready.report.question
    assert "day/month/year or month/day/year" in asked.sentence.text()
    assert ready.problem.isHidden()
    day_first = next(each for each in asked.buttons if each.text().startswith("day/month"))
    day_first.click()
    wait_until_read(ready, qtbot)
    assert asked.isHidden()
    assert ready.state.train is not None
    assert str(ready.state.train.dates[-1]) == "2019-02-09"


def test_when_a_question_is_left_open_the_old_file_can_still_be_trained_on(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "open.csv"
    path.write_text("Date,Close\n01/02/2019,1.5\n02/02/2019,1.6\n03/02/2019,1.7\n")
    open_file(ready, path, qtbot)
    assert not ready.report.question.isHidden()
    assert ready.pages.currentWidget() is ready.data_page
    train(ready, qtbot)
    assert ready.state.trained is not None
    assert ready.state.trained.split.table.source == "made.csv"


def test_that_a_finding_is_undone_by_its_switch_and_settings_stay(
    tab: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "split.csv"
    days = np.datetime64("2019-01-01", "D") + np.arange(80)
    prices = np.where(np.arange(80) < 40, 700.0, 100.0) + np.arange(80) % 3
    path.write_text(
        "Date,Close\n" + "".join(f"{d},{p}\n" for d, p in zip(days, prices, strict=True))
    )
    open_file(tab, path, qtbot)
    tab.form.show_spec(replace(QUICK, features=("Close",), target="Close"))
    kinds = [tab.report.table.item(row, 0) for row in range(tab.report.table.rowCount())]
    switch = next(item for item in kinds if item.text() == "split")
    assert tab.report.table.item(switch.row(), 1).text() == "42"
    switch.setCheckState(Qt.CheckState.Checked)
    wait_until_read(tab, qtbot)
    assert tab.state.train is not None
    assert tab.state.train.column("Close")[0] == pytest.approx(100)
    assert tab.form.spec().window == QUICK.window
    kinds = [tab.report.table.item(row, 0) for row in range(tab.report.table.rowCount())]
    switch = next(item for item in kinds if item.text() == "split")
    switch.setCheckState(Qt.CheckState.Unchecked)
    wait_until_read(tab, qtbot)
    assert tab.state.train.column("Close")[0] == pytest.approx(700)


def test_when_stopped_the_earlier_forecast_stays_and_the_tab_is_usable(
    ready: StocksTab, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    evaluate(ready, qtbot)
    first = ready.state.examined
    start_long(ready, qtbot)
    assert not ready.form.isEnabled()
    with qtbot.waitSignal(ready.status) as told:
        ready.open_sample("IBM")
    assert "Stop the training" in told.args[0]
    ready.run_bar.stop_button.click()
    wait_until_over(ready, qtbot)
    assert ready.state.run.phase is Phase.CANCELLED
    assert ready.state.examined is first
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
    assert ready.state.trained is not None
    assert ready.problem.isHidden()


def test_when_the_file_is_shorter_than_the_window_it_cannot_be_trained_on(
    tab: StocksTab, prices: Path, qtbot: QtBot
) -> None:
    open_file(tab, prices, qtbot)
    tab.form.window_length.setValue(75)
    tab._repainter.flush()
    assert "a window that takes 75 days needs at least 76" in tab.problem.text()
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
    evaluate(ready, qtbot)
    split = forecast_of(ready).split
    assert (split.rows_train, split.rows_test) == (80, 20)
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


def test_that_a_saved_network_is_reopened_and_applied_to_a_newer_file(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    evaluate(ready, qtbot)
    first = forecast_of(ready)
    ready.network_bar.save(tmp_path / "made.rnnstudio")
    again = StocksTab({"numpy": fit})
    qtbot.addWidget(again)
    again.network_bar.reopen(tmp_path / "made.rnnstudio")
    again._repainter.flush()
    assert again.form.spec() == QUICK
    assert again.state.times_opened == 1
    evaluate(again, qtbot)
    np.testing.assert_array_equal(forecast_of(again).predicted, first.predicted)
    newer = write(tmp_path / "newer.csv", slice(0, 100))
    open_file(again, newer, qtbot, Role.NEWER)
    wait_until_over(again, qtbot)
    assert len(forecast_of(again).rows) == 20
    x, y = again.chart.forecast.getOriginalDataset()
    assert list(x) == list(range(80, 100))
    np.testing.assert_array_equal(y, forecast_of(again).predicted)
    again.shutdown()


def test_when_a_damaged_network_is_reopened_one_sentence_says_so_and_nothing_changes(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    bad = tmp_path / "bad.rnnstudio"
    bad.write_bytes(b"PK no")
    before = ready.state.train
    ready.network_bar.reopen(bad)
    ready._repainter.flush()
    assert "bad.rnnstudio is damaged" in ready.problem.text()
    assert ready.state.train is before


def test_that_every_number_is_exported_and_can_be_read_back(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    evaluate(ready, qtbot)
    ready.network_bar.export_csv(tmp_path / "out.csv")
    days = list(csv.DictReader((tmp_path / "out.csv").read_text().splitlines()))
    assert ready.state.examined is not None
    forecast, ahead = forecast_of(ready), ready.state.examined.future
    assert [float(day["open loop"]) for day in days[:8]] == forecast.predicted.tolist()
    assert [float(day["closed loop"]) for day in days[8:]] == ahead.predicted.tolist()
    assert days[8]["truth"] == ""
    figures = dict(csv.reader((tmp_path / "out-panel.csv").read_text().splitlines()))
    assert float(figures["forecasts network rmse"]) == forecast.rmse


def test_that_the_chart_is_exported_as_picture_and_drawing(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    evaluate(ready, qtbot)
    ready.network_bar.export_png(tmp_path / "out.png")
    ready.network_bar.export_svg(tmp_path / "out.svg")
    assert not QImage(str(tmp_path / "out.png")).isNull()
    assert QSvgRenderer(str(tmp_path / "out.svg")).isValid()


def test_when_an_export_cannot_be_written_the_tab_says_so(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("")
    ready.network_bar.export_png(tmp_path / "file" / "out.png")
    ready._repainter.flush()
    assert "cannot be written" in ready.problem.text()


def test_that_the_inspector_is_given_the_networks_own_weights(
    ready: StocksTab, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    with qtbot.waitSignal(ready.scene_wanted) as wanted:
        ready.network_bar.inspect_action.trigger()
    trained = ready.state.trained
    assert trained is not None
    scene = wanted.args[0]
    np.testing.assert_array_equal(scene.parameters["Wf"], trained.model.weights[0]["Wf"])
    assert scene.labels[-1] == str(trained.split.known.dates[-2])


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
    evaluate(tab, qtbot)
    tab.shutdown()
    keras.close()
    assert forecast_of(tab).spec.engine == "keras"
    assert np.isfinite(forecast_of(tab).predicted).all()
