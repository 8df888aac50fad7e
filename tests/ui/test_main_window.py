"""The frame around the tabs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import psutil
import pytest
from PySide6.QtCore import QPoint, QRect, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.core.names.recipes import FastSpec
from rnnstudio.core.session.session_file import open_session
from rnnstudio.ui.dinosaurs.drawer.past_bar import PastBar
from rnnstudio.ui.dinosaurs.home.film_view import Filmstrip
from rnnstudio.ui.dinosaurs.home.loss_chart import LossChart
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from rnnstudio.ui.inspector.cell.cell_view import CellView
from rnnstudio.ui.inspector.events import NumberEdited
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.running import Phase
from rnnstudio.ui.stocks.tab import StocksTab
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.asking import Button
from rnnstudio.ui.widgets.error_box import ErrorBox
from tests.ui.stocks.tabs import QUICK, open_file, start_long, train, write

ROOT = Path(__file__).resolve().parents[2]


def test_that_ctrl_q_closes_the_window_on_every_system(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    actions = window.findChildren(QAction)
    shortcuts = {action.text(): action.shortcut().toString() for action in actions}
    assert shortcuts["&Quit"] == "Ctrl+Q"
    window.close()


def test_that_a_tab_is_built_when_it_is_first_looked_at_and_keeps_its_place(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    names = [window.tabs.tabText(index) for index in range(3)]
    assert not window.findChildren(DinosaursTab)
    window.tabs.setCurrentIndex(1)
    assert window.tabs.currentWidget() is window.dinosaurs
    assert window.findChildren(DinosaursTab) == [window.dinosaurs]
    assert not window.findChildren(StocksTab)
    assert window.tabs.indexOf(window.stocks) == 2
    assert window.tabs.currentIndex() == 1
    assert [window.tabs.tabText(index) for index in range(3)] == names
    window.close()


def test_that_a_trained_network_is_opened_in_the_inspector_on_a_name(
    window: MainWindow, qtbot: QtBot
) -> None:
    tab = window.dinosaurs
    window.tabs.setCurrentWidget(tab)
    tab.form.show_spec(FastSpec(cell="lstm", epochs=1, units=8))
    tab.start()
    qtbot.waitUntil(lambda: tab.state.run.phase is Phase.FINISHED, timeout=60_000)
    tab.inspect("rex")
    assert window.tabs.currentWidget() is window.inspector
    scene, trained = window.inspector.state.scene, tab.state.trained
    assert trained is not None
    assert scene.labels == ("∅", "r", "e", "x")
    assert scene.cell.name == "lstm"
    assert (scene.parameters["Wy"] == trained.parameters["Wy"]).all()


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = MainWindow()
    qtbot.addWidget(window, before_close_func=MainWindow.close_unasked)
    window.show()
    return window


@pytest.mark.parametrize(("place", "kinds"), [(0, (CellView,)), (1, (Filmstrip, LossChart))])
def test_that_the_cell_and_the_names_own_three_fifths_of_the_window(
    window: MainWindow, place: int, kinds: tuple[type[QWidget], ...]
) -> None:
    window.resize(1280, 720)
    window.show_tab(place)
    QApplication.processEvents()
    thing = QRect()
    for kind in kinds:
        part = next(each for each in window.findChildren(kind) if each.isVisible())
        thing = thing.united(QRect(part.mapTo(window, QPoint(0, 0)), part.size()))
    assert thing.width() * thing.height() >= 0.6 * window.width() * window.height()


@pytest.fixture
def with_run(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """A window whose forecaster has trained a network that is in no file."""
    tab = window.stocks
    window.tabs.setCurrentWidget(tab)
    qtbot.waitUntil(lambda: tab.state.ready)
    open_file(tab, write(tmp_path / "made.csv", slice(0, 80)), qtbot)
    tab.form.show_spec(QUICK)
    train(tab, qtbot)
    return window


def test_that_a_changed_scene_is_asked_about_and_a_kept_one_stays(window: MainWindow) -> None:
    inspector = window.inspector
    inspector.dispatch(NumberEdited("x", (0, 0, 0), 7.0))
    asked = Answers(Button.Cancel)
    window.close()
    assert asked.texts == ["Untitled session has changes that are in no file."]
    assert window.isVisible()
    assert inspector.state.scene.x[0, 0, 0] == 7.0


def test_that_a_training_under_way_is_asked_about_before_it_is_thrown_away(
    with_run: MainWindow, qtbot: QtBot
) -> None:
    start_long(with_run.stocks, qtbot)
    asked = Answers(Button.Discard)
    with_run.close()
    (text,) = asked.texts
    assert text == (
        "The forecaster is being trained; closing stops it. Untitled session has changes "
        "that are in no file."
    )
    qtbot.waitUntil(lambda: not with_run.isVisible(), timeout=30_000)


@pytest.mark.parametrize("place", range(3))
def test_that_who_saves_on_the_way_out_finds_everything_again(
    with_run: MainWindow, tmp_path: Path, qtbot: QtBot, place: int
) -> None:
    with_run.tabs.setCurrentIndex(place)
    saved = tmp_path / "work.rnnstudio"
    answers = Answers(Button.Save, saved)
    with_run.close()
    qtbot.waitUntil(lambda: not with_run.isVisible(), timeout=30_000)
    assert not answers.left
    session = open_session(saved)
    assert session.tab == ("inspector", "names", "stocks")[place]
    assert session.stocks is not None
    assert len(session.stocks.runs.kept) == 1


def test_that_who_has_nothing_to_lose_is_not_asked(window: MainWindow) -> None:
    quit_action(window).trigger()
    assert not window.isVisible()


CLOSING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.ui.application import make_application
from rnnstudio.ui.error_reporting import collected_here
from rnnstudio.ui.main_window import MainWindow
if __name__ == "__main__":
    app = make_application()
    with collected_here():
        window = MainWindow()
        window.show()
        tab = window.stocks
        window.tabs.setCurrentWidget(tab)
        steps = iter(("open", "train", "evaluate", "close"))

        def go_on():
            tab._repainter.flush()
            if not tab.state.ready or tab.state.run.active:
                return
            match next(steps):
                case "open":
                    tab.open_file(Path(sys.argv[1]))
                case "train":
                    tab.form.show_spec(ForecastSpec(window=60, units=50, epochs=1))
                    tab.start()
                case "evaluate":
                    tab.spans.days.setValue(250)
                    tab.evaluate()
                    timer.stop()
                    QTimer.singleShot(300, close)

        def close():
            assert tab.state.run.active
            window.close_unasked()

        timer = QTimer()
        timer.timeout.connect(go_on)
        timer.start(20)
        status = app.exec()
    assert tab.state.evaluation is None
    sys.exit(status)
"""


@pytest.mark.slow
def test_that_closing_during_an_evaluation_far_ahead_ends_in_peace(tmp_path: Path) -> None:
    script, prices = tmp_path / "closing.py", tmp_path / "prices.csv"
    script.write_text(CLOSING)
    steps = np.random.default_rng(1).normal(0, 1, 6_000)
    days = np.datetime64("2000-01-01") + np.arange(6_000)
    rows = [f"{day},{price:.2f}" for day, price in zip(days, 500 + steps.cumsum(), strict=True)]
    prices.write_text("\n".join(["Date,Open", *rows]))
    run = subprocess.run(
        [sys.executable, "-X", "faulthandler", str(script), str(prices)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr


class Answers:
    """Answers the dialogs that come, in order: a button presses it, a path is chosen.

    ``texts`` are what was asked, ``saves`` whether a save was offered.
    """

    def __init__(self, *answers: Button | Path) -> None:
        self.texts: list[str] = []
        self.saves: list[bool] = []
        self.left = list(answers)
        self._wait()

    def _wait(self) -> None:
        if self.left:
            QTimer.singleShot(10, self._answer)

    def _answer(self) -> None:
        box = QApplication.activeModalWidget()
        match box, self.left[0]:
            case QMessageBox(), Button() as button:
                self.texts.append(box.text())
                self.saves.append(box.button(Button.Save) is not None)
                self.left.pop(0)
                self._wait()
                box.button(button).click()
            case QFileDialog(), Path() as path:
                self.left.pop(0)
                self._wait()
                name = box.findChild(QLineEdit, "fileNameEdit")
                assert name is not None
                name.setText(str(path))
                box.accept()
            case _:
                self._wait()


def quit_action(window: MainWindow) -> QAction:
    return action(window, "&Quit")


def action(window: MainWindow, text: str) -> QAction:
    return next(each for each in window.findChildren(QAction) if each.text() == text)


def test_that_the_window_opens_no_larger_than_the_screen(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    screen = window.screen().availableSize()
    assert screen.width() < 1280, "the test needs a screen that is too small"
    assert (window.width(), window.height()) < (screen.width(), screen.height())
    assert window.height() < screen.height()
    window.close()


def test_that_each_tab_fits_a_small_screen_when_it_is_first_looked_at(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.resize(1024, 676)  # 1024 by 700 less the bar with its title
    area = window.tabs.area
    sliders = (area.verticalScrollBar(), area.horizontalScrollBar())
    for place in (1, 2, 0, 1):
        window.tabs.setCurrentIndex(place)
        for bar in window.findChildren(PastBar):
            bar.newest_button.show()  # as after a training, gone back in
            bar.text.setText("Iteration 1,200, smoothed loss 28.455. Names then: " * 3)
            assert bar.minimumSizeHint().width() < 320, "a third of the window"
        QApplication.processEvents()
        qtbot.waitUntil(lambda: all(slider.maximum() == 0 for slider in sliders))
        shown = window.tabs.currentWidget()
        assert window.tabs.minimumSizeHint().height() < shown.minimumSizeHint().height() + 60
    window.close()


@pytest.mark.keras
def test_that_keras_is_made_ready_once_the_settings_ask_for_it(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    tab = window.stocks
    window.tabs.setCurrentWidget(tab)
    qtbot.waitUntil(lambda: tab.state.ready)
    open_file(tab, write(tmp_path / "made.csv", slice(0, 80)), qtbot)
    assert window._keras.pid is None
    tab.form.engine.setCurrentIndex(tab.form.engine.findData("keras"))
    qtbot.waitUntil(lambda: window._keras.pid is not None)
    first = window._keras.pid
    child = window._keras._child
    psutil.Process(first).kill()
    qtbot.waitUntil(lambda: child is not None and child.gone)
    tab.form.window_length.setValue(7)
    qtbot.waitUntil(lambda: tab.state.spec is not None and tab.state.spec.window == 7)
    assert window._keras.pid == first, "another one is started with every setting"
    window.close_unasked()
    assert window._keras.pid is None


def test_that_a_drawer_opens_at_the_section_that_is_wanted(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.show_tab(2)
    bench = window.stocks.workbench
    bench.open_section("network")
    section = bench.drawer.sections["network"]
    qtbot.waitUntil(lambda: section.y() > 0)
    qtbot.waitUntil(
        lambda: bench.drawer.verticalScrollBar().value() == section.y() - 2 * sizes().gap
    )


@pytest.mark.parametrize("place", range(3))
def test_that_what_a_page_says_is_wrong_is_said_once(
    place: int, window: MainWindow, qtbot: QtBot
) -> None:
    window.show_tab(place)
    tab = window.tabs.currentWidget()
    window.statusBar().clearMessage()
    sentence = "Drop one file, not 2."
    tab.refuse_drop(sentence)

    def said() -> list[str]:
        boxes = tab.findChildren(ErrorBox)
        return [box.text() for box in boxes if box.isVisible() and box.text()]

    qtbot.waitUntil(lambda: said() == [sentence])
    assert not window.statusBar().currentMessage()


def test_that_a_list_that_cannot_be_read_is_said_once(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.show_tab(1)
    names = window.dinosaurs
    names.files.open_list(tmp_path / "none.txt")
    qtbot.waitUntil(lambda: bool(names.state.file_error))
    assert names.state.file_error not in window.statusBar().currentMessage()
