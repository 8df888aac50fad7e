"""How many inputs lead from a fresh start to what people come for.

A hand presses keys and clicks in the real window, and every one of them is counted; a file that is
dropped is one, too. Each journey begins in a window of its own that knows nothing of a user, and
ends when what was wanted is on the screen.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QMimeData, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.report import Goal, Report, Row
from benchmarks.timing import say
from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.names.novelty import Novelty
from rnnstudio.core.stocks.evaluation.seeds import SEEDS
from rnnstudio.ui.application import make_application
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.screenshots.screen import Screen, opened

SIZE = QSize(1366, 768)
GUESS, DINOSAUR, VERDICT, CLASS = "guess", "dinosaur", "verdict", "class"
GOALS = (
    Goal(f"{GUESS}.inputs", 3),
    Goal(f"{DINOSAUR}.inputs", 1),
    Goal(f"{VERDICT}.inputs", 2),
    Goal(f"{CLASS}.inputs", 1),
)


@dataclass(frozen=True)
class Plan:
    """Which journeys are made; the defaults are the benchmark.

    ``rows`` are the days of the person's own file of prices.
    """

    journeys: tuple[str, ...] = (GUESS, DINOSAUR, VERDICT, CLASS)
    rows: int = 1_000


class Hand:
    """Presses keys and clicks in a window, and counts what it does."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._window = screen.window
        self.inputs: list[str] = []

    @property
    def window(self) -> MainWindow:
        """The window."""
        return self._window

    def press(self, key: Qt.Key) -> None:
        """Press a key; whatever has the focus gets it."""
        self.inputs.append(key.name.removeprefix("Key_"))
        QTest.keyClick(self._window.windowHandle(), key)
        self._screen.settle()

    def click(self, widget: QWidget) -> None:
        """Click at a widget once it is where it stays and nothing lies over it."""
        self._screen.wait(lambda: self._reaches(widget))
        self.inputs.append("click")
        button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        middle = widget.mapTo(self._window, widget.rect().center())
        QTest.mouseClick(self._window.windowHandle(), button, none, middle)
        self._screen.settle()

    def drop(self, path: Path) -> None:
        """Drop a file on the middle of the window."""
        self.inputs.append("drop")
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        middle = self._window.rect().center()
        target = self._taker(self._window.childAt(middle))
        place = target.mapFrom(self._window, middle)
        copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(target, QDragEnterEvent(place, copy, data, left, none))
        QApplication.sendEvent(target, QDropEvent(place.toPointF(), copy, data, left, none))
        self._screen.settle()

    def wait(self, done: Callable[[], bool]) -> None:
        """Look on until it is done."""
        self._screen.wait(done)
        self._screen.settle()

    def wait_until_read(self, path: Path) -> None:
        """Look on until that file of prices is there, and the violet button can be pressed."""
        tab = self._window.stocks

        def is_read() -> bool:
            table = tab.state.train
            there = table is not None and table.source == path.name and tab.state.trained is None
            return there and tab.state.ready and tab.verdict.button.isEnabled()

        self._screen.wait(is_read)

    def _reaches(self, widget: QWidget) -> bool:
        """Whether a click at the widget's middle is one at it."""
        hit = self._window.childAt(widget.mapTo(self._window, widget.rect().center()))
        return hit is not None and (hit is widget or widget.isAncestorOf(hit))

    def _taker(self, widget: QWidget | None) -> QWidget:
        """The widget that takes what is dropped there, as Qt finds it."""
        while widget is not None and not widget.acceptDrops():
            widget = widget.parentWidget()
        return widget or self._window


def measure(plan: Plan = Plan()) -> Report:
    """Make every journey once: the number of inputs is the same whenever it is made."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = make_application()
    made = {}
    for name in plan.journeys:
        say(f"journeys: {name}")
        with opened(SIZE) as screen:
            hand = Hand(screen)
            screen.window.tabs.show_start()  # as on the first day
            screen.settle()
            _JOURNEYS[name](hand, screen.folder / "prices.csv", plan)
            made[name] = hand.inputs
    app.processEvents()
    return _report(made)


def guess_a_gate(hand: Hand, _: Path, _plan: Plan) -> None:
    """A step of an LSTM, asked for before it is seen, and its answer."""
    hand.press(Qt.Key.Key_Return)
    hand.press(Qt.Key.Key_G)
    state = hand.window.inspector.state
    _require(state.concealed and state.cursor.direction is PassDirection.FORWARD)
    _require(state.scene.cell.name == "lstm")
    hand.press(Qt.Key.Key_Return)
    _require(hand.window.inspector.state.votes.revealed)


def make_a_dinosaur(hand: Hand, _: Path, _plan: Plan) -> None:
    """A name that is in no list, made by a network that has seen every name that is in it."""
    hand.click(hand.window.start.doors[1])
    tab = hand.window.dinosaurs

    def is_there() -> bool:
        film, corpus = tab.state.film, tab.state.corpus
        if film is None or corpus is None or film.trained.step < len(corpus.names):
            return False
        return any(name.kind is Novelty.NEW for name in film.now)

    hand.wait(is_there)


def judge_own_prices(hand: Hand, path: Path, plan: Plan) -> None:
    """The verdict of five seeds on somebody's own file."""
    write_prices(path, plan.rows)
    hand.drop(path)
    tab = hand.window.stocks
    hand.wait_until_read(path)
    hand.press(Qt.Key.Key_Return)
    hand.wait(lambda: not tab.state.run.active)
    found = tab.state.evaluation
    seeds = None if found is None else found.summary.seeds
    is_whole = seeds is not None and len(seeds.rmses) == SEEDS
    _require(is_whole and found is not None and found.forecast.table.source == path.name)


def show_a_class(hand: Hand, _: Path, _plan: Plan) -> None:
    """Everything large, and nothing but what a class is to see."""
    hand.press(Qt.Key.Key_F5)
    _require(hand.window.class_mode.on)


def write_prices(path: Path, rows: int) -> None:
    """A share's daily prices as anybody may have them: a random walk of that many rows."""
    steps = np.random.default_rng(1).normal(0, 0.01, rows)
    days = np.busday_offset(np.datetime64("2010-01-04"), np.arange(rows))
    prices = 100 * np.exp(np.cumsum(steps))
    lines = [f"{day},{price:.2f}" for day, price in zip(days, prices, strict=True)]
    path.write_text("\n".join(["Date,Close", *lines]) + "\n", "utf-8")


def _require(there: bool) -> None:
    """Raise AssertionError where a journey is not at its end."""
    if not there:
        raise AssertionError("the journey did not lead where it should")


def _report(made: Mapping[str, list[str]]) -> Report:
    words = {
        GUESS: "an LSTM's gate, guessed and revealed",
        DINOSAUR: "a new dinosaur",
        VERDICT: "an honest verdict on one's own CSV file",
        CLASS: "everything large for a class",
    }
    rows: list[Row] = [
        {"journey": words[name], "inputs": len(inputs), "which": ", ".join(inputs)}
        for name, inputs in made.items()
    ]
    figures = {name: {"inputs": len(inputs), "which": inputs} for name, inputs in made.items()}
    return Report(
        figures=figures,
        rows=rows,
        notes=[
            "from a fresh start in the real window; a key, a click and a dropped file are one each"
        ],
        goals=[goal for goal in GOALS if goal.figure.split(".")[0] in made],
    )


_JOURNEYS: Mapping[str, Callable[[Hand, Path, Plan], None]] = {
    GUESS: guess_a_gate,
    DINOSAUR: make_a_dinosaur,
    VERDICT: judge_own_prices,
    CLASS: show_a_class,
}
