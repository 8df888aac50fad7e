"""The whole tab: real files, real trainings, real threads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.numbers import percent
from rnnstudio.core.stocks.evaluation.dropout_samples import dropout_band
from rnnstudio.core.stocks.evaluation.summary import summarize
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.presets import preset_for
from rnnstudio.ui.running import Phase
from rnnstudio.ui.stocks.pages.shares_pages import PAGES
from rnnstudio.ui.stocks.tab import StocksTab
from rnnstudio.ui.widgets.number_text import tidy
from tests.ui.stocks.tabs import (
    QUICK,
    evaluate,
    forecast_of,
    open_file,
    start_long,
    train,
    wait_until_laid_out,
    wait_until_over,
    wait_until_read,
)


def test_that_the_tab_begins_with_a_shipped_sample_when_first_looked_at(
    tab: StocksTab, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(tab.status):
        tab.show()
    wait_until_read(tab, qtbot)
    assert tab.state.train is not None
    assert tab.state.train.source == "IBM.csv"
    assert tab.state.ready
    assert tab.form.spec() == preset_for("sound", tab.state.train)


def test_that_the_test_span_opens_on_evaluate_and_the_summary_has_cores_own_numbers(
    ready: StocksTab, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    assert ready.state.evaluation is None
    assert "press Evaluate" in ready.figures.sentence.text()
    assert ready.verdict.seen is not None
    assert not np.isfinite(ready.verdict.seen.truth[72:]).any()
    evaluate(ready, qtbot)
    forecast = forecast_of(ready)
    summary = summarize(forecast)
    assert forecast.split.rows_test == 8
    for column, figures in enumerate(summary.rows):
        assert ready.figures.table.item(0, column).text() == tidy(figures.errors.rmse)
        assert ready.figures.table.item(3, column).text() == tidy(figures.errors.mase)
    assert ready.figures.sentence.text() == str(summary.sentence)
    np.testing.assert_array_equal(ready.verdict.seen.network[72:], forecast.predicted)
    assert "Accesses to the test span: 1." in ready.spans.note.text()
    assert ready.run_bar.start_button.isEnabled()


def test_that_accesses_are_counted_over_trainings_and_fail_their_check(
    ready: StocksTab, qtbot: QtBot
) -> None:
    for seed in (1, 2):
        ready.form.seed.setValue(seed)
        train(ready, qtbot)
        evaluate(ready, qtbot)
    assert "Accesses to the test span: 2." in ready.spans.note.text()
    known = ready.verdict.card.known
    assert known.checks_button.text() == "7 of 8 in order"
    first = known.checks.lines[0].sentence
    assert first.text().startswith("This is evaluation 2 on the test span")


def test_that_a_second_training_gives_a_second_forecast(ready: StocksTab, qtbot: QtBot) -> None:
    train(ready, qtbot)
    evaluate(ready, qtbot)
    first = forecast_of(ready)
    ready.form.seed.setValue(2)
    train(ready, qtbot)
    evaluate(ready, qtbot)
    assert not np.array_equal(first.predicted, forecast_of(ready).predicted)
    assert len(ready.state.losses) == QUICK.epochs


def test_that_five_seeds_are_tried_on_demand_and_eight_days_decide_nothing(
    ready: StocksTab, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    evaluate(ready, qtbot)
    ready.figures.seeds_button.click()
    wait_until_over(ready, qtbot)
    assert ready.state.evaluation is not None
    spread = ready.state.evaluation.summary.seeds
    assert spread is not None
    assert len(spread.rmses) == 5
    text = ready.figures.seeds.text()
    assert text.startswith(f"5 seeds: RMSE {tidy(spread.low)} to {tidy(spread.high)}")
    assert "that of persistence is" in text
    assert "tie" not in text


def test_that_dropout_is_sampled_on_demand_and_called_no_interval(
    ready: StocksTab, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    evaluate(ready, qtbot)
    ready.network_bar.dropout_action.trigger()
    wait_until_over(ready, qtbot)
    assert ready.state.evaluation is not None
    band = dropout_band(forecast_of(ready))
    assert (
        f"no prediction interval, holds {percent(band.coverage, 1)}"
        in ready.figures.coverage.text()
    )
    low, high = (line.y for line in ready.verdict.chart.lines if line.dashes == (2.0, 3.0))
    np.testing.assert_array_equal(low[-8:], band.low)
    np.testing.assert_array_equal(high[-8:], band.high)
    assert ready.state.times_opened == 1


def test_that_changed_settings_are_reported_beside_the_verdict(
    ready: StocksTab, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    evaluate(ready, qtbot)
    ready.form.units.setValue(5)
    ready._repainter.flush()
    assert "Settings have changed" in ready.figures.sentence.text()


def test_when_stopped_the_network_so_far_is_there_the_one_before_it_in_the_runs(
    ready: StocksTab, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    evaluate(ready, qtbot)
    first = ready.state.trained
    start_long(ready, qtbot)
    assert not ready.form.isEnabled()
    with qtbot.waitSignal(ready.status) as emitted:
        ready.open_sample("IBM")
    assert "is being trained; stop that" in emitted.args[0]
    qtbot.waitUntil(lambda: len(ready.state.losses) > 1, timeout=60_000)
    ready.run_bar.stop_button.click()
    wait_until_over(ready, qtbot)
    assert ready.state.run.phase is Phase.CANCELLED
    ready._repainter.flush()
    network = ready.state.trained
    assert network is not None
    assert network is not first
    assert f"stopped after {len(network.model.losses)} of 100,000" in ready.figures.sentence.text()
    assert [run.trained for run in ready.further.runs.state.runs.kept] == [first, network]
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


def test_that_closing_while_training_leaves_no_thread(ready: StocksTab, qtbot: QtBot) -> None:
    start_long(ready, qtbot)
    ready.shutdown()
    assert not ready._network_jobs.busy


@pytest.mark.slow
@pytest.mark.keras
def test_that_keras_trains_from_the_tab(prices: Path, qtbot: QtBot) -> None:
    from rnnstudio.workers.keras_child import KerasProcess

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


def test_that_the_tab_fits_into_a_narrow_window_without_scrolling_sideways(tab: StocksTab) -> None:
    assert tab.minimumSizeHint().width() <= 1000


def test_that_an_evaluation_fits_a_small_screen_and_its_charts_can_be_read(
    ready: StocksTab, qtbot: QtBot
) -> None:
    ready.show()
    train(ready, qtbot)
    evaluate(ready, qtbot)
    ready.resize(1024, 594)  # of 1024 by 700, less the window's frame, menus, tabs and last line
    wait_until_laid_out(qtbot)
    assert ready.minimumSizeHint().height() <= 594
    assert ready.verdict.chart.getPlotItem().vb.size().height() >= 150


def test_that_every_page_is_turned_to_with_the_focus_on_one_of_its_own_widgets(
    ready: StocksTab,
) -> None:
    ready.resize(1280, 720)
    ready.show()
    for key in PAGES[1:]:
        ready.pages.turn_to(key)
        page = ready.pages.page
        assert page is not None
        focus = page.first_focus()
        assert focus is not None, key
        assert page.isAncestorOf(focus), key
        assert ready.page_entries()[ready.page_place()].title
        assert ready.close_topmost()
        assert ready.pages.page is None
