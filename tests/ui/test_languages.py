"""Every page and every section of a drawer in each language: nothing is cut, glued or left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from operator import attrgetter
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.core import language
from rnnstudio.core.language import Language
from rnnstudio.core.lessons.reading import lesson_files, read_lesson
from rnnstudio.paths import data_file
from rnnstudio.ui.lessons.lesson_panel import LessonPanel
from rnnstudio.ui.lessons.lesson_state import LessonState
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.translator import CatalogueTranslator
from rnnstudio.ui.widgets.drawer import Drawer
from rnnstudio.ui.widgets.formula_label import FormulaLabel
from tests.ui.visible_texts import (
    Marked,
    cut_off,
    is_glued,
    never_translated,
    readable,
)

CODE = re.compile(r"^(import|from) |^\w+ = |https?://|\.\w+\(")
"""A line of Python, a formula or an address, which is the same in every language."""
NAMES = {
    *("RNN", "LSTM", "GRU", "NumPy", "Keras", "PyTorch", "RMSE", "MAE", "MASE", "MAPE", "CSV"),
    *("paper", "fast", "lstm", "rnn", "English", "Bahasa", "Indonesia"),
    *("IBM", "AAPL", "AMD", "GOOG", "MSFT"),
    *("Date", "Open", "High", "Low", "Close", "Adj", "Volume"),
}
"""Names of things, of recipes, of shares and of their columns."""


@pytest.fixture
def speak(qapp: QCoreApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Speak a language from now on, and English after the test."""
    translator = CatalogueTranslator(qapp)

    def spoken(chosen: Language) -> None:
        monkeypatch.setattr(language, "_spoken", [chosen])
        qapp.installTranslator(translator)

    yield spoken
    qapp.removeTranslator(translator)
    translator.deleteLater()


def pages(qtbot: QtBot, width: int, height: int) -> Iterator[tuple[str, MainWindow]]:
    """The window with every page in front, one after the other, and how it is called."""
    window = MainWindow()
    qtbot.addWidget(window, before_close_func=MainWindow.close_unasked)
    window.resize(width, height)
    window.show()
    window.tabs.show_start()
    QApplication.processEvents()
    yield "start", window
    for tab in range(window.tabs.count()):
        window.show_tab(tab)
        front = window.tab_set.front
        if front is window.stocks:
            state = window.stocks.state
            qtbot.waitUntil(lambda s=state: s.ready and not s.reading, timeout=30_000)
        for place, entry in enumerate(front.page_entries()):
            front.turn_to(place)
            QApplication.processEvents()
            yield entry.title, window
            for key in front.workbench.titles if place == 0 and front.workbench else ():
                front.workbench.open_section(key)
                QApplication.processEvents()
                yield f"{entry.title}, {key}", window
    window.close_unasked()
    qtbot.waitUntil(lambda: not window.isVisible())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "size"), [("en", (1280, 720)), ("en", (1024, 700)), ("id", (1024, 700))]
)
def test_that_no_text_is_cut_on_any_page(
    code: str, size: tuple[int, int], qtbot: QtBot, speak: Callable[..., None]
) -> None:
    speak(Language(code))
    found = set()
    for name, window in pages(qtbot, *size):
        found |= {(name, text) for text in cut_off(window)}
        if window.tab_set.front.workbench is not None:
            qtbot.waitUntil(partial(assert_fits, window.tab_set.front.workbench.drawer, name))
    assert found == set()


def assert_fits(drawer: Drawer, name: str) -> None:
    assert drawer.horizontalScrollBar().maximum() == 0, f"the drawer scrolls sideways: {name}"


@pytest.mark.parametrize("code", ["en", "id"])
@pytest.mark.parametrize("file", lesson_files(), ids=attrgetter("stem"))
def test_that_both_ways_on_from_a_lessons_end_are_readable(
    file: Path, code: str, qtbot: QtBot, speak: Callable[..., None]
) -> None:
    speak(Language(code))
    lesson = read_lesson(file).lesson
    panel = LessonPanel()
    qtbot.addWidget(panel)
    panel.show_state(LessonState(file, lesson, len(lesson.steps)), "", lambda words, _: words[code])
    panel.fit(QSize(960, 600))
    panel.show()
    QApplication.processEvents()
    assert not list(cut_off(panel))
    for button in (panel.on_button, panel.next_button):
        assert button.isVisible()
        assert button.width() >= button.sizeHint().width()


@pytest.mark.slow
def test_that_every_sentence_on_every_page_is_looked_up_as_a_whole(
    qtbot: QtBot, speak: Callable[..., None]
) -> None:
    speak(Marked())
    claims = set(re.findall("[A-Za-z]+", data_file("claims/published.json").read_text("utf-8")))
    english, glued = set(), set()
    for name, window in pages(qtbot, 1280, 720):
        made_up = window.start.dinosaur.names
        for widget, text in readable(window):
            if not (isinstance(widget, FormulaLabel) or widget in made_up or CODE.search(text)):
                left = never_translated(text, NAMES)
                english |= {(name, text)} if set(left) - claims else set()
            glued |= {(name, text)} if is_glued(text) else set()
    assert (english, glued) == (set(), set())


@pytest.fixture
def page(qtbot: QtBot, speak: Callable[..., None]) -> QWidget:
    speak(Marked())
    page = QWidget()
    page.setLayout(QHBoxLayout())
    page.resize(400, 60)
    qtbot.addWidget(page)
    page.show()
    return page


def planted(page: QWidget, widget: QWidget) -> QWidget:
    layout = page.layout()
    assert layout is not None
    layout.addWidget(widget)
    QApplication.processEvents()
    return page


def test_when_a_sentence_is_never_looked_up_it_is_found(page: QWidget) -> None:
    good = QLabel(language.filled(page.tr("{0} left"), 3))
    planted(page, good)
    assert [never_translated(text, NAMES) for _, text in readable(page)] == [[]]
    planted(page, QLabel("Save the LSTM"))
    found = [never_translated(text, NAMES) for _, text in readable(page)]
    assert found == [[], ["Save", "the"]]


def test_when_a_sentence_is_glued_from_pieces_it_is_found(page: QWidget) -> None:
    pieces = page.tr("Done in {0}").format(page.tr("Save")), page.tr("Open")
    whole, glued = QLabel(f"{pieces[0]}. {pieces[1]}"), QLabel(f"{pieces[0]} {pieces[1]}")
    planted(planted(page, whole), glued)
    assert [is_glued(text) for _, text in readable(page)] == [False, True]


@pytest.mark.parametrize("kind", [QLabel, QPushButton])
def test_when_a_text_has_not_enough_room_it_is_found(
    kind: type[QLabel | QPushButton], page: QWidget
) -> None:
    widget = kind("A word that is cut off")
    planted(page, widget)
    assert cut_off(page) == []
    widget.setFixedWidth(40)
    QApplication.processEvents()
    assert cut_off(page) == [f"{kind.__name__}: A word that is cut off"]
