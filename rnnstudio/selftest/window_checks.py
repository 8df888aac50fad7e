"""Checks of the window: its tabs do their work, and all there is to see of it is seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from rnnstudio.core.documents.document_file import packed
from rnnstudio.core.help_topics import help_topics
from rnnstudio.core.keras_engine.keras_fit import is_installed
from rnnstudio.core.lessons.reading import lesson_files
from rnnstudio.core.session.session_file import session_document
from rnnstudio.selftest.check import SelfCheck
from rnnstudio.selftest.engine_checks import require_explained
from rnnstudio.selftest.reading_back import is_plain
from rnnstudio.selftest.window_exports import export_checks, write
from rnnstudio.ui.help.help_window import HelpWindow
from rnnstudio.ui.screenshots import (
    analysis_states,
    drawing_states,
    inspector_states,
    names_states,
    shares_states,
)
from rnnstudio.ui.screenshots.screen import Screen, Show, opened
from rnnstudio.ui.theme.formula import formula
from rnnstudio.ui.theme.tokens import colours, sizes

_SIZE = QSize(1280, 720)
_WORK: tuple[tuple[str, Show], ...] = (
    ("stepping", inspector_states.step_through),
    ("runs", analysis_states.keep_runs),
    ("walk", analysis_states.walk),
    ("search", analysis_states.search),
    (
        "leakage",
        partial(analysis_states.compare_with_leaks, spec=shares_states.SOUND, leaks=("scaler",)),
    ),
    ("drawn days", drawing_states.reveal_days),
    ("claim", drawing_states.check_claim),
    ("verdict", shares_states.find_out),
    ("names compared", names_states.pair),
    ("names evaluated", names_states.evaluate),
    ("clipping", names_states.clip),
    ("names drawn", names_states.draw),
)
"""What fills the pages, each with a training of a moment."""


def window_checks(session: Path, exports: Path) -> Iterator[SelfCheck]:
    """All that the window does; its session is written to ``session``, all else to ``exports``."""
    with opened(_SIZE, quick=True) as screen:
        yield SelfCheck("Keras in the window", partial(_train_with_keras, screen, exports))
        for name, do in _WORK:
            yield SelfCheck(name, partial(do, screen))
        yield SelfCheck("formula", partial(_set_formula, screen))
        for code in ("id", "en"):
            yield SelfCheck(f"pages {code}", partial(_open_pages, screen, code))
            yield SelfCheck(f"help {code}", _open_help)
        yield SelfCheck("session saved", partial(_save_session, screen, session))
        yield from export_checks(screen, exports)
        for path in lesson_files():
            yield SelfCheck(f"lesson {path.stem}", partial(_give_lesson, screen, path))
        yield SelfCheck("start page", partial(_see_start, screen))
    with opened(_SIZE) as screen:
        yield SelfCheck("session opened", partial(_open_session, screen, session))


def _open_pages(screen: Screen, code: str) -> None:
    """Switch the window to a language, and look at every page and drawer of each tab in it."""
    window = screen.window
    window.speak(code)
    for place in range(window.tabs.count()):
        window.tabs.setCurrentIndex(place)
        tab = window.tab_set.front
        for page in range(len(tab.page_entries())):
            tab.turn_to(page)
            QApplication.processEvents()
            _require_drawn(window.tab_set.front.page_in_sight())
            window.tabs.setCurrentIndex(place)  # a page may lead to another tab
        tab.turn_to(tab.home)
        for section in tab.workbench.titles:
            tab.workbench.open_section(section)
            QApplication.processEvents()
            _require_drawn(tab.workbench.drawer)
        screen.settle()


def _require_drawn(widget: QWidget) -> None:
    """Raise RuntimeError where a widget is not in sight, or nothing is drawn in it."""
    if not widget.isVisible() or is_plain(widget.grab().toImage()):
        raise RuntimeError(f"{type(widget).__name__} shows nothing")


def _open_help() -> None:
    """Look at every text of the help."""
    with closing(HelpWindow()) as window:
        for topic in help_topics():
            window.show_topic(topic.key)
            QApplication.processEvents()
            if topic.title not in window.text.toPlainText():
                raise RuntimeError(f"the help does not show {topic.key}")


def _set_formula(screen: Screen) -> None:
    """The formula on the inspector's card is set."""
    latex = screen.window.inspector.cell.card.formula.latex
    if formula(latex, sizes().formula, colours().ink).width <= 0:
        raise RuntimeError("the operation's formula cannot be set")


def _train_with_keras(screen: Screen, folder: Path) -> None:
    """Keras trains in the window and gives its script; else a sentence says that it is missing."""
    tab = screen.window.stocks
    shares_states.choose_settings(screen, replace(shares_states.SOUND, engine="keras"))
    tab.start()
    screen.wait(lambda: not tab.state.run.active)
    screen.settle()
    if is_installed():
        screen.wait_for_end(lambda: tab.state.run)
        shares_states.evaluate(screen)
        screen.settle()  # the menu of exports takes the evaluation with the next repaint
        write(screen, folder / "keras.py", tab.network_bar.export_script)
        return
    sentence = tab.state.run.error
    require_explained(sentence)
    if not any(label.isVisible() and label.text() == sentence for label in _labels(tab)):
        raise RuntimeError(f"not in sight: {sentence}")


def _labels(widget: QWidget) -> list[QLabel]:
    return widget.findChildren(QLabel)


def _save_session(screen: Screen, path: Path) -> None:
    """Save what every tab has by now."""
    studio = screen.window.studio
    studio.save_file(path)
    screen.wait(lambda: not studio.busy)
    session = studio.session
    if studio.path != path or session.names is None or session.stocks is None:
        raise RuntimeError("the session was not saved")


def _open_session(screen: Screen, path: Path) -> None:
    """Another window has all of it back, in every tab, to the last bit."""
    window = screen.window
    window.open_path(path)
    screen.wait(lambda: not window.studio.busy and window.studio.path == path)
    screen.settle()
    if packed(session_document(window.tab_set.session(), path), path) != path.read_bytes():
        raise RuntimeError("the session that was opened is not the one that was saved")
    for place in range(window.tabs.count()):
        window.tabs.setCurrentIndex(place)
        QApplication.processEvents()
        _require_drawn(window.tab_set.front.page_in_sight())


def _give_lesson(screen: Screen, path: Path) -> None:
    """Give a lesson from its first step to its last."""
    lessons = screen.window.lessons
    lessons.begin(path)
    seen = set()
    go_on, *_ = (key for key in lessons.keys() if "Space" in key.keys)  # noqa: SIM118 - no dict
    while lessons.state is not None and not lessons.state.over:
        seen.add(lessons.state.step)
        QApplication.processEvents()
        _require_drawn(screen.window.tab_set.front)
        go_on.act()
    if lessons.state is None or len(seen) != len(lessons.state.lesson.steps):
        raise RuntimeError("the lesson was not given to its end")
    screen.wait(lambda: not screen.window.stocks.state.reading)
    lessons.leave()


def _see_start(screen: Screen) -> None:
    """The page that the window begins with."""
    screen.window.tabs.show_start()
    QApplication.processEvents()
    _require_drawn(screen.window.start)
    screen.window.tabs.leave_start()
