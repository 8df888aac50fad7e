"""Two networks in the generator: names of both, one cursor, and both in the inspector."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rnnstudio.core.names.recipes import FastSpec, PaperSpec
from rnnstudio.ui.dinosaurs.pages.pair_page import SAMPLING, PairPage
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from rnnstudio.ui.inspector.cell.side_names import caption
from rnnstudio.ui.inspector.events import TimeChosen
from rnnstudio.ui.inspector.tab import InspectorTab
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.tokens import CLASS, LIGHT, Theme
from tests.ui.dinosaurs.tab_fixtures import Learn


@pytest.fixture
def pair(tab: DinosaursTab, learn: Learn) -> PairPage:
    """The page after an RNN and an LSTM have been trained, reached from the comparison."""
    learn(PaperSpec(iterations=100, sample_every=100))
    learn(FastSpec(cell="lstm", units=5, epochs=1))
    tab._repainter.flush()
    tab.pages.turn_to("compare")
    tab.pages.compare.flush()
    tab.pages.compare.pair_button.click()
    assert tab.pages.key == "pair"
    return tab.pages.pair


def test_that_both_draw_with_the_same_numbers_and_one_cursor_asks_both(pair: PairPage) -> None:
    first, second = pair.pair()
    assert (first.training.cell.name, second.training.cell.name) == ("rnn", "lstm")
    for column, each in enumerate((first, second)):
        for row, name in enumerate(each.names(SAMPLING)):
            assert pair.names.item(row, column).text() == (name.capitalize() or "no letter")
    pair.name.setText("rex")
    pair.name.textEdited.emit("rex")
    pair.letter.setValue(2)
    assert pair.place.text() == "After “re”, before “x”"
    for each, bars in zip((first, second), pair.bars, strict=True):
        expected = each.likeliest("re", SAMPLING)
        assert [bar.share for bar in bars.bars] == [share for _, share in expected[:5]]
    pair.name.textEdited.emit(pair.name.setText("r3x") or "r3x")
    assert "may use" in pair.error.text()
    assert not pair.inspect.isEnabled()


def test_that_the_training_that_is_chosen_stands_beside_the_newest(
    tab: DinosaursTab, pair: PairPage, learn: Learn
) -> None:
    learn(PaperSpec(iterations=50, sample_every=50))
    tab._repainter.flush()
    tab.pages.turn_to("compare")
    compare = tab.pages.compare
    compare.flush()
    compare.runs.table.chosen.emit("1")
    compare.pair_button.click()
    assert [each.number for each in pair.pair()] == [1, 3]
    assert all(each.learnt for each in pair.pair())


def test_that_both_stand_in_the_inspector_with_one_cursor(
    tab: DinosaursTab, pair: PairPage, qtbot: QtBot
) -> None:
    inspector = InspectorTab()
    qtbot.addWidget(inspector)
    tab.scenes_wanted.connect(inspector.show_scene)
    pair.choices[0].setCurrentIndex(2)  # the LSTM before its training
    pair.name.setText("rex")
    pair.name.textEdited.emit("rex")
    pair.inspect.click()
    inspector.dispatch(TimeChosen(2))
    one, other = inspector.state, inspector.state.compared
    assert one.scene.labels == other.scene.labels == ("∅", "r", "e", "x")
    assert one.cursor.time == other.cursor.time == 2
    assert caption(one) == "rex, 2: LSTM, seed 1, before its training"
    assert caption(other).startswith("rex, 2: LSTM, seed 1, after")
    assert inspector.form.cell.currentText() == "LSTM | LSTM"
    inspector.shutdown()


@pytest.fixture
def in_class(qapp: QApplication, fresh_look: None) -> Iterator[None]:
    appearance.apply(qapp, Theme(LIGHT, CLASS, in_class=True))
    return


def test_that_a_class_guesses_before_the_bars_are_shown(
    tab: DinosaursTab, pair: PairPage, in_class: None
) -> None:
    pair.letter.setValue(0)
    assert all(bars.covered for bars in pair.bars)
    assert pair.sentence.text() == "Which letter comes next, and do both agree?"
    pair.go_on()
    assert not any(bars.covered for bars in pair.bars)
    pair.go_on()
    assert pair.letter.value() == 1
    assert all(bars.covered for bars in pair.bars)
