"""Pages of the whole window used in any order, with real workers: none gets what is another's.

Hypothesis presses what a person could press, in sequences that nobody would think of. After each
step it is looked whether every result belongs to what is named beside it, nothing was lost that
was not asked about, and nothing broke.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import Phase as Phase_
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from rnnstudio.core.engine.spec import TrainedModel
from rnnstudio.core.names.recipes import FastSpec
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.validation.walk_forward import Walk
from rnnstudio.ui.dinosaurs.home.pace import FASTEST
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.running import Phase, Run
from rnnstudio.ui.widgets.asking import Button
from rnnstudio.workers.run import Runner
from tests.ui.stocks.tabs import QUICK, open_file, train

LISTS = {"early.txt": "abcdefg", "late.txt": "tuvwxyz"}
"""Lists of names without a common letter: what a network writes shows which it was trained on."""
LEVELS = {"low.csv": 100.0, "high.csv": 10_000.0}
"""Shares far apart: so does a forecast."""
SHORT = replace(QUICK, epochs=3)
LONG = replace(QUICK, epochs=100_000)


def write_files(folder: Path) -> None:
    generator = np.random.default_rng(1)
    for name, letters in LISTS.items():
        words = {"".join(generator.choice(list(letters), 5)) for _ in range(60)}
        (folder / name).write_text("\n".join(sorted(words)))
    days = np.datetime64("2019-01-01") + np.arange(80)
    for name, level in LEVELS.items():
        prices = level * (1 + generator.normal(0, 0.005, 80).cumsum())
        rows = [f"{day},{price:.4f}" for day, price in zip(days, prices, strict=True)]
        (folder / name).write_text("\n".join(["Date,Open", *rows]))


class Studio(RuleBasedStateMachine):
    """A window, and what it may have lost."""

    qtbot: QtBot
    folder: Path
    steps = 0
    """Of all machines of this class."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.answer = Button.Discard
        self.window = MainWindow()
        self.window.show()
        self.stocks, self.names = self.window.stocks, self.window.dinosaurs
        self.names.jobs.set_pace(FASTEST)
        self.window.tabs.setCurrentWidget(self.stocks)
        self.answering = QTimer()
        self.answering.timeout.connect(self.answer_questions)
        self.answering.start(5)
        self.seen_networks: list[object] = []
        self.last_names: TrainedNames | None = None
        self.until(lambda: self.stocks.state.ready)
        self.open_prices("low.csv")
        self.until(lambda: not self.stocks.state.reading)
        self.stocks.form.show_spec(replace(SHORT, features=("Open",)))
        self.names.form.show_spec(FastSpec(epochs=2, units=4))

    def answer_questions(self) -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            self.asked.append(box.text())
            box.button(self.answer).click()

    def until(self, done: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(done, timeout=60_000)

    def settle(self, milliseconds: int = 30) -> None:
        self.qtbot.wait(milliseconds)  # as a person who looks at the result

    # The forecaster

    @rule(name=st.sampled_from(sorted(LEVELS)))
    def open_prices(self, name: str) -> None:
        self.stocks.open_file(self.folder / name)

    @rule(long=st.booleans())
    def train_forecaster(self, long: bool) -> None:
        if self.stocks.form.isEnabled():
            spec = LONG if long else SHORT
            self.stocks.form.show_spec(replace(spec, features=("Open",)))
        self.stocks.start()

    @rule()
    def evaluate(self) -> None:
        self.stocks.evaluate()

    @rule(
        name=st.sampled_from(["run_bar", "walk", "leaks"]),
        press=st.sampled_from(["stop", "pause"]),
    )
    def steer(self, name: str, press: str) -> None:
        owner = self.stocks if name == "run_bar" else getattr(self.stocks.further, name)
        button = owner.run_bar.stop_button if press == "stop" else owner.run_bar.pause_button
        button.click()

    @rule()
    def walk(self) -> None:
        walk = self.stocks.further.walk
        walk.every.setValue(4)
        walk.start()

    @rule()
    def compare_with_a_leak(self) -> None:
        self.stocks.further.leaks.start()

    @rule()
    def save_forecaster(self) -> None:
        self.stocks.network_bar.save(self.folder / "forecaster.rnnstudio")

    @rule()
    def reopen_forecaster(self) -> None:
        if (self.folder / "forecaster.rnnstudio").exists():
            self.stocks.open_network(self.folder / "forecaster.rnnstudio")

    @rule()
    def save_runs(self) -> None:
        if self.stocks.further.runs.state.runs.kept:
            self.stocks.further.runs.save(self.folder / "runs.rnnstudio")

    @rule()
    def export(self) -> None:
        self.stocks.network_bar.export_csv(self.folder / "out.csv")
        self.stocks.network_bar.export_report(self.folder / "out.html")

    # The names

    @rule(name=st.sampled_from(sorted(LISTS)))
    def open_names(self, name: str) -> None:
        self.names.files.open_list(self.folder / name)

    @rule(long=st.booleans())
    def train_names(self, long: bool) -> None:
        if not self.names.state.run.active:
            self.names.form.show_spec(FastSpec(epochs=10_000 if long else 2, units=4))
        self.names.start()

    @rule()
    def continue_names(self) -> None:
        self.names.go_on()

    @rule(press=st.sampled_from(["stop", "pause"]))
    def steer_names(self, press: str) -> None:
        bar = self.names.home_page.bar
        if press == "stop" or self.names.state.run.active:
            (bar.stop_button if press == "stop" else bar.primary).click()

    @rule(iteration=st.integers(0, 60))
    def go_back_in_names(self, iteration: int) -> None:
        self.names.jobs.go_back(iteration)

    @rule()
    def come_back_in_names(self) -> None:
        self.names.home_page.newest_link.click()

    @rule()
    def draw_names(self) -> None:
        self.names.draw()

    @rule()
    def save_names(self) -> None:
        self.names.files.save(self.folder / "names.rnnstudio")

    @rule()
    def open_trained_names(self) -> None:
        if (self.folder / "names.rnnstudio").exists():
            self.names.files.open_training(self.folder / "names.rnnstudio")

    # The window

    @rule(place=st.integers(0, 2))
    def turn_to(self, place: int) -> None:
        self.window.tabs.setCurrentIndex(place)

    @rule()
    def close_and_think_better_of_it(self) -> None:
        tabs = (self.stocks, self.names)
        if any(tab.unsaved_work for tab in tabs):
            asked, self.answer = len(self.asked), Button.Cancel
            self.window.close()
            self.answer = Button.Discard
            assert len(self.asked) == asked + 1
            assert self.window.isVisible()

    @rule()
    def wait(self) -> None:
        self.settle(500)

    def runs(self) -> list[Run]:
        further = self.stocks.further
        running = [each.state.run for each in (further.walk, further.leaks, self.names.drawing)]
        return [
            run
            for run in (self.stocks.state.run, self.names.state.run, *running)
            if run.phase is not Phase.PAUSED
        ]

    # What must hold

    @invariant()
    def every_result_belongs_to_what_is_named_beside_it(self) -> None:
        self.settle()
        self.stocks._repainter.flush()
        Studio.steps += 1
        state, further = self.stocks.state, self.stocks.further
        if state.trained is not None and state.train is not None:
            assert state.trained.split.table.source == state.train.source
        if state.evaluation is not None:
            assert state.evaluation.forecast.trained is state.trained
            self.look_at_forecast(state.evaluation.forecast)
        comparison = further.leaks.state.comparison
        if comparison is not None:
            source = comparison.plan.split.table.source
            assert source in further.leaks.hint.text()
            for shown in comparison.shown:
                assert shown.evaluation.forecast.table.source == source
                self.look_at_forecast(shown.evaluation.forecast)
        walk = further.walk.state.work
        if isinstance(walk, Walk) and state.train is not None:
            other = walk.split.table.source != state.train.source
            assert not (other and further.walk.stale.isHidden() and not self.walking())

    def walking(self) -> bool:
        return self.stocks.further.walk.state.run.active

    def look_at_forecast(self, forecast: object) -> None:
        source, predicted = forecast.table.source, forecast.predicted  # type: ignore[attr-defined]
        level = LEVELS.get(source)
        if level is not None:
            assert 0.2 * level < np.median(predicted) < 5 * level

    @invariant()
    def names_are_of_the_network_that_is_named(self) -> None:
        page, state = self.names.drawing.state, self.names.state
        for verdict in page.verdicts:
            assert page.trained is not None
            assert set(verdict.name) <= set(page.trained.vocabulary)
        if state.trained is not None and state.corpus is not None and not state.foreign:
            assert state.trained.corpus.names == state.corpus.names
        if state.past is not None:
            assert state.past.trained.same_training(state.network)

    @invariant()
    def nothing_is_lost_unasked(self) -> None:
        trained = self.stocks.state.trained
        kept = self.stocks.further.runs.state.runs
        if trained is not None and all(trained is not each for each in self.seen_networks):
            self.seen_networks.append(trained)
        for network in self.seen_networks:
            assert any(run.trained is network for run in kept.kept)
        before, self.last_names = self.last_names, self.names.state.trained
        if before is not None and self.last_names is not before:
            works = [step.value.session.names for step in self.window.studio.history.past]
            assert any(before in (work.trained, *work.runs) for work in works if work)

    @invariant()
    def nothing_broke(self) -> None:
        states = (
            *self.runs(),
            self.stocks.further.runs.state.job,
            self.names.evaluation.state.run,
        )
        assert not [run.error for run in states if "broke" in run.error]
        assert "broke" not in self.stocks.state.read_problem + self.names.state.model_error

    def teardown(self) -> None:
        self.answering.stop()
        self.window.close_unasked()
        self.until(lambda: not self.window.isVisible())
        assert not [runner for runner in self.window.findChildren(Runner) if runner.busy]
        assert multiprocessing.active_children() == []
        self.window.deleteLater()


def run_studios(qtbot: QtBot, folder: Path, examples: int, steps: int) -> int:
    """Run machines of so many steps; how many steps were taken in all."""
    write_files(folder)
    machine = type("Machine", (Studio,), {"qtbot": qtbot, "folder": folder})
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        derandomize=True,
        database=None,
        phases=[Phase_.generate],  # a sequence of minutes is not made shorter
        print_blob=False,
    )
    Studio.steps = 0
    run_state_machine_as_test(machine, settings=chosen)
    return Studio.steps


@pytest.mark.slow
def test_that_pages_used_in_any_order_never_get_each_others_results(
    qtbot: QtBot, tmp_path: Path
) -> None:
    assert run_studios(qtbot, tmp_path, examples=8, steps=25) >= 100


@pytest.mark.slow
@pytest.mark.keras
def test_that_a_leakage_demo_waits_for_the_keras_process_that_the_tab_trains_with(
    qtbot: QtBot, tmp_path: Path
) -> None:
    write_files(tmp_path)
    window = MainWindow()
    qtbot.addWidget(window, before_close_func=MainWindow.close_unasked)
    window.show()
    tab = window.stocks
    window.tabs.setCurrentWidget(tab)
    qtbot.waitUntil(lambda: tab.state.ready)
    open_file(tab, tmp_path / "low.csv", qtbot)
    spec = ForecastSpec(features=("Open",), window=5, units=4, epochs=2, engine="keras")
    tab.form.show_spec(replace(spec, epochs=100_000))
    tab._repainter.flush()
    tab.start()
    qtbot.waitUntil(lambda: tab.state.run.step > 0, timeout=60_000)
    leaks = tab.further.leaks
    said: list[str] = []
    leaks.status.connect(said.append)
    leaks.start()
    assert not leaks.busy
    assert said == ["The network is being trained; stop that or wait for it."]
    assert not leaks.run_bar.start_button.isEnabled()
    assert leaks.run_bar.start_button.toolTip() == said[0]
    tab.run_bar.stop_button.click()
    qtbot.waitUntil(lambda: not tab.state.run.active, timeout=30_000)
    tab.form.show_spec(spec)
    tab._repainter.flush()
    leaks.start()
    tab.start()
    assert not tab.state.run.active
    assert tab.problem.text().startswith("An honest and a leaky network are compared; stop that")
    qtbot.waitUntil(lambda: not leaks.busy, timeout=60_000)
    assert leaks.state.comparison is not None
    honest, leak = (shown.evaluation.forecast.trained for shown in leaks.state.comparison.shown)
    train(tab, qtbot)
    assert tab.state.trained is not None
    own: TrainedModel = tab.state.trained.model
    np.testing.assert_array_equal(own.weights[0]["Wf"], honest.model.weights[0]["Wf"])
    assert (own.weights[0]["Wf"] != leak.model.weights[0]["Wf"]).any()
    window.close_unasked()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=30_000)
