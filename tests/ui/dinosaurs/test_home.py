"""The home page: names, loss, next letters and training, for hands, eyes and ears."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.core.names.name_sampler import NameSampler
from rnnstudio.core.names.novelty import NoveltyVerdict
from rnnstudio.core.names.recipes import FastSpec, PaperSpec
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.ui.dinosaurs.home.film_row import FilmLine, FilmRow
from rnnstudio.ui.dinosaurs.home.pace import FASTEST, PACES
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.running import Phase
from rnnstudio.ui.theme.tokens import sizes
from tests.ui.dinosaurs.tab_fixtures import SHORT, Learn, opened

LONG = PaperSpec(iterations=1_000_000, sample_every=1_000)


def seen(tab: DinosaursTab, qtbot: QtBot) -> list[str]:
    """The names in sight, once they are those of the network that is looked at."""
    rows = tab.home_page.film.rows

    def shown() -> bool:
        film = tab.state.film
        return (
            film is not None
            and film.trained is tab.state.looked_at
            and [row.line.now for row in rows] == [verdict.name for verdict in film.now]
        )

    qtbot.waitUntil(shown, timeout=30_000)
    return [row.line.now for row in rows]


def names(tab: DinosaursTab, sampling: Sampling) -> list[str]:
    assert tab.state.looked_at is not None
    return [each.name for each in NameSampler(tab.state.looked_at).names(sampling)]


def press(widget: QWidget, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
    modifiers = Qt.KeyboardModifier.NoModifier
    for each in held:
        modifiers |= each
    QTest.keyClick(widget, key, modifiers)


def test_that_the_rows_are_what_the_network_makes_and_seven_more_follow(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot
) -> None:
    learn(SHORT)
    expected = names(tab, Sampling(temperature=0.7, count=14))
    assert seen(tab, qtbot) == expected[:7]
    assert "new" in tab.home_page.sentence.text()
    tab.turn_names(1)
    qtbot.waitUntil(lambda: seen(tab, qtbot) == expected[7:], timeout=30_000)
    tab.turn_names(-1)
    qtbot.waitUntil(lambda: seen(tab, qtbot) == expected[:7], timeout=30_000)
    tab.home_page.temperature.slider.setValue(20)
    hot = names(tab, Sampling(temperature=2, count=7))
    qtbot.waitUntil(lambda: seen(tab, qtbot) == hot, timeout=30_000)
    assert tab.drawer.drawing.form.temperature.value() == 2


def test_that_bars_move_with_every_letter_that_is_typed(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot
) -> None:
    network, letters = learn(SHORT), tab.home_page.letters
    letters.field.clear()
    for typed in ("t", "tr", "tra"):
        qtbot.keyClicks(letters.field, typed[-1])
        drawn = NameSampler(network).next_letter(typed, Sampling(temperature=0.7)).drawn_from
        assert [bar.share for bar in letters.bars.bars] == sorted(drawn.tolist())[:-6:-1]
    qtbot.keyClicks(letters.field, "7")
    assert letters.bars.bars == ()
    assert "which no name of the list has" in letters.sentence.text()


def test_that_the_main_job_is_done_by_keys_alone(tab: DinosaursTab, qtbot: QtBot) -> None:
    tab.form.show_spec(LONG)
    focus = tab.first_focus()
    assert focus is not None
    tab.activateWindow()
    focus.setFocus()
    qtbot.waitUntil(focus.hasFocus)
    press(focus, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: tab.state.snapshot is not None and tab.state.snapshot.step > 50)
    qtbot.waitUntil(lambda: "Pause" in tab.home_page.bar.primary.accessibleName())
    press(focus, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: tab.state.run.phase is Phase.PAUSED)
    seen(tab, qtbot)
    press(focus, Qt.Key.Key_Down)
    assert tab.home_page.film.rows[1].hasFocus()
    press(tab.home_page.film.rows[1], Qt.Key.Key_G)
    question = tab.home_page.question
    qtbot.waitUntil(question.isVisible)
    assert tab.home_page.letters.bars.covered
    row = tab.home_page.film.rows[1]
    press(row, Qt.Key.Key_2)
    press(row, Qt.Key.Key_Return)
    assert tab.state.question is not None
    assert tab.state.votes.score.total == 1
    assert tab.state.votes.score.right == int(tab.state.question.right == 1)
    qtbot.waitUntil(lambda: not tab.home_page.letters.bars.covered)
    press(row, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not question.isVisible())
    press(row, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: tab.state.past is not None, timeout=30_000)
    press(row, Qt.Key.Key_End)
    assert tab.state.past is None
    press(row, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: tab.state.run.phase is Phase.RUNNING)
    tab.jobs.runner.ask_stop()
    qtbot.waitUntil(lambda: tab.state.run.phase is Phase.CANCELLED, timeout=30_000)
    qtbot.waitUntil(lambda: tab.home_page.bar.primary.accessibleName() == "Twenty more names")
    press(row, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(tab.drawing.state.verdicts) == 20, timeout=30_000)
    assert tab.pages.key == "drawn"
    assert tab.close_topmost()
    assert tab.pages.key == "home"


def test_that_the_pace_holds_a_training_back_and_lets_it_go(
    tab: DinosaursTab, qtbot: QtBot
) -> None:
    tab.jobs.set_pace(0)
    tab.form.show_spec(SHORT)
    tab.start()
    qtbot.waitUntil(lambda: tab.state.curve.size == 1, timeout=30_000)
    assert "299 s left" in tab.home_page.bar.left.text() or not tab.home_page.bar.left.text()
    assert PACES[0] == 1
    tab.jobs.set_pace(FASTEST)
    qtbot.waitUntil(lambda: tab.state.run.phase is Phase.FINISHED, timeout=30_000)
    assert tab.state.curve.size == 300


def test_that_an_early_stop_and_a_small_list_are_said(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot, tmp_path: Path
) -> None:
    learn(FastSpec(units=8, epochs=40, patience=1, learning_rate=0.2))
    notice = tab.home_page.notice
    qtbot.waitUntil(lambda: notice.text().startswith("Stopped early, after "), timeout=30_000)
    (tmp_path / "few.txt").write_text("rex\nibex\nlynx\n", encoding="utf-8")
    opened(tab, qtbot, tmp_path / "few.txt")
    assert tab.drawer.names.notice.text().startswith("Only 3 different names")


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (NoveltyVerdict("", "rex", 3), "no letter: no name, it has no letter"),
        (NoveltyVerdict("rex", "rex", 0), "rex: known, in the list"),
        (NoveltyVerdict("tex", "rex", 1), "tex: nearly, rex, 1 letter"),
        (NoveltyVerdict("texas", "rex", 3), "texas: new, rex, 3 apart"),
    ],
)
def test_that_a_row_says_what_its_mark_shows(
    qtbot: QtBot, verdict: NoveltyVerdict, said: str
) -> None:
    row = FilmRow(light=True)
    qtbot.addWidget(row)
    row.show_line(FilmLine(("", "xq"), verdict.name, verdict))
    assert row.accessibleName() == f"{said}. Before: xq."


def test_that_a_class_sees_it_large_while_a_network_learns(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window, before_close_func=MainWindow.close_unasked)
    window.resize(1920, 1080)
    window.show()
    window.show_tab(1)
    tab = window.dinosaurs
    tab.form.show_spec(LONG)
    tab.start()
    qtbot.waitUntil(lambda: tab.state.snapshot is not None, timeout=30_000)
    tab.home_page.letters.field.setText("ab")
    window.class_mode.set_on(True)
    assert window.dinosaurs is tab
    assert tab.state.run.active
    labels = [each for each in tab.home_page.findChildren(QLabel) if each.isVisible()]
    assert len(labels) > 5
    assert min(label.font().pixelSize() for label in labels) >= 20
    assert tab.home_page.letters.field.text() == "ab"
    assert not tab.workbench.rail.isVisible()
    seen(tab, qtbot)
    window.class_mode.set_on(False)
    assert tab.workbench.rail.isVisible()
    tab.jobs.runner.ask_stop()
    qtbot.waitUntil(lambda: not tab.state.run.active, timeout=30_000)


def test_that_space_reveals_wherever_the_focus_was_when_a_class_was_asked(
    learn: Learn, tab: DinosaursTab, qtbot: QtBot
) -> None:
    learn(SHORT)
    seen(tab, qtbot)
    home = tab.home_page
    tab.activateWindow()
    for start in (home.bar.primary, home.guess, home.letters.field, home.film.rows[2]):
        start.setFocus()
        qtbot.waitUntil(start.hasFocus)
        tab.ask_letter()
        qtbot.waitUntil(home.question.isVisible)
        press(tab.window().focusWidget(), Qt.Key.Key_Space)
        assert tab.state.votes.revealed
        assert sum(tab.state.votes.hands) == 0
        qtbot.waitUntil(lambda: home.question.button.text() == "Next")
        press(tab.window().focusWidget(), Qt.Key.Key_Space)
        assert tab.state.question is None
        qtbot.waitUntil(home.question.isHidden)


def test_that_the_bar_keeps_focus_and_words_when_a_training_is_stopped(
    tab: DinosaursTab, qtbot: QtBot
) -> None:
    tab.resize(956, 640)
    tab.form.show_spec(LONG)
    tab.jobs.set_pace(PACES.index(30))
    bar = tab.home_page.bar
    tab.activateWindow()
    tab.start()
    qtbot.waitUntil(bar.stop_button.isVisible)
    bar.stop_button.setFocus()
    qtbot.waitUntil(bar.stop_button.hasFocus)
    press(bar.stop_button, Qt.Key.Key_Space)
    qtbot.waitUntil(bar.again_button.isVisible)
    assert bar.primary.hasFocus()
    assert bar.status.text().startswith("Stopped at")
    assert bar.status.isVisible()
    room = bar.width() - bar.layout().minimumSize().width()
    assert room < bar.pace.words.sizeHint().width() + 3 * sizes().gap
    bar.again_button.setFocus()
    press(bar.again_button, Qt.Key.Key_Return)
    qtbot.waitUntil(bar.again_button.isHidden)
    qtbot.waitUntil(bar.primary.hasFocus)


def test_that_a_long_training_says_how_many_hours_are_left(tab: DinosaursTab, qtbot: QtBot) -> None:
    tab.form.show_spec(PaperSpec(iterations=36_000))
    tab.jobs.set_pace(PACES.index(1))
    tab.start()
    qtbot.waitUntil(lambda: tab.home_page.bar.left.text() == "10 h left")
