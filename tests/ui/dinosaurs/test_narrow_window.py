"""No page of the names scrolls sideways in the least window, in any language."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
)
from pytestqt.qtbot import QtBot

from rnnstudio.core.names.novelty import Novelty, NoveltyVerdict
from rnnstudio.core.names.recipes import FastSpec, PaperSpec
from rnnstudio.ui.dinosaurs.home.film_row import FilmLine, FilmRow
from rnnstudio.ui.dinosaurs.pages.names_pages import PAGES
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.tokens import DESK, Theme, sizes
from tests.ui.dinosaurs.tab_fixtures import SHORT, Learn, Press
from tests.ui.visible_texts import sideways

WITH_PAGES = [key for key in PAGES if key != "inspector"]


def train(tab: DinosaursTab, qtbot: QtBot, spec: PaperSpec) -> None:
    """Train, in whatever language, until the names of the network are shown."""
    before = tab.state.trained
    tab.form.show_spec(spec)
    tab.start()

    def shown() -> bool:
        trained, film = tab.state.trained, tab.state.film
        return trained is not before and film is not None and film.trained is trained

    qtbot.waitUntil(shown, timeout=60_000)


@pytest.mark.parametrize("key", WITH_PAGES)
def test_that_no_page_scrolls_sideways(
    key: str, each_language: str, tab: DinosaursTab, qtbot: QtBot
) -> None:
    tab.resize(960, 552)
    tab.pages.turn_to(key)
    QApplication.processEvents()  # everything finds its place
    qtbot.waitUntil(lambda: sideways(tab) == [])


def test_that_the_figures_of_an_evaluation_are_all_in_sight(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot, press: Press
) -> None:
    learn(FastSpec(epochs=2, units=16))
    tab.resize(960, 552)
    tab.pages.turn_to("good")
    page = tab.pages.good
    press(page.judge_button)
    qtbot.waitUntil(lambda: page.evaluation.table.rowCount() > 0, timeout=60_000)
    qtbot.waitUntil(lambda: sideways(tab) == [])


def test_that_trainings_side_by_side_are_all_in_sight(
    each_language: str, tab: DinosaursTab, qtbot: QtBot
) -> None:
    tab.resize(1024, 652)
    for seed in (1, 2):
        train(tab, qtbot, replace(SHORT, learning_rate=0.01 * seed))
    for key in ("compare", "pair"):
        tab.pages.turn_to(key)
        QApplication.processEvents()
        qtbot.waitUntil(lambda: sideways(tab) == [])
    for choice in tab.pages.pair.choices:
        room = choice.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option_of(choice),
            QStyle.SubControl.SC_ComboBoxEditField,
            choice,
        )
        assert choice.fontMetrics().horizontalAdvance(choice.currentText()) <= room.width()


def option_of(choice: QComboBox) -> QStyleOptionComboBox:
    option = QStyleOptionComboBox()
    choice.initStyleOption(option)
    return option


def names_cut(tab: DinosaursTab) -> list[str]:
    """Headings of the names that lie over the next one or are cut."""
    headings = [label for label in tab.home_page.film.headings if label.text()]
    cut = [
        label.text() for label in headings if label.heightForWidth(label.width()) > label.height()
    ]
    over = [
        one.text()
        for one, other in pairwise(headings)
        if one.geometry().right() >= other.geometry().left()
    ]
    return cut + over


@pytest.mark.parametrize("width", [730, 960, 1280])
def test_that_headings_and_what_the_loss_is_called_have_room(
    width: int, each_language: str, tab: DinosaursTab, qtbot: QtBot
) -> None:
    tab.resize(width, 552)
    train(tab, qtbot, SHORT)
    qtbot.waitUntil(lambda: len(tab.home_page.loss.overlay.labels) == 3)
    qtbot.waitUntil(lambda: names_cut(tab) == [])
    loss = tab.home_page.loss
    frame = loss.getPlotItem().vb.sceneBoundingRect()
    assert frame.width() >= 60
    assert frame.right() + loss.overlay.label_width() <= loss.width() + 1


@pytest.mark.parametrize("size", [QSize(586, 28), QSize(652, 40), QSize(928, 28)])
def test_that_a_long_name_is_written_within_its_row(size: QSize, qtbot: QtBot) -> None:
    row, long = FilmRow(light=False), "lkkguabwqenzwhddkxdmqnbwrqzvflwqd"
    qtbot.addWidget(row)
    row.resize(size)
    row.show_line(FilmLine((long[:34], long[:28]), "", NoveltyVerdict("", Novelty.EMPTY, "kol", 3)))
    image = row.grab().toImage()
    edges = [image.pixel(x, y) for x in range(size.width()) for y in (0, size.height() - 1)]
    assert len(set(edges)) == 1


def test_that_the_first_name_leaves_room_for_the_ring_of_focus(qtbot: QtBot) -> None:
    row = FilmRow(light=False)
    qtbot.addWidget(row)
    row.resize(900, 40)
    row.show_line(FilmLine(("mycyhkvkn", "hurus"), "", NoveltyVerdict("", Novelty.EMPTY, "kol", 3)))
    image = row.grab().toImage()
    beside = [image.pixel(x, y) for x in range(sizes().gap) for y in range(image.height())]
    assert len(set(beside)) == 1


def test_that_a_question_and_what_it_is_about_are_all_in_sight(
    each_language: str, tab: DinosaursTab, qtbot: QtBot
) -> None:
    tab.resize(1024, 652)
    train(tab, qtbot, SHORT)
    tab.home_page.guess.click()
    qtbot.waitUntil(tab.home_page.question.isVisible)
    areas = tab.home_page.findChildren(QScrollArea)
    area = next(each for each in areas if each.isAncestorOf(tab.home_page.film))
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)
    assert tab.home_page.bar.isHidden()


def test_that_how_new_a_name_is_can_be_read_in_large_text(
    qtbot: QtBot, fresh_look: None, qapp: QApplication
) -> None:
    appearance.apply(qapp, Theme(sizes=DESK.times(2)))
    row = FilmRow(light=False)
    qtbot.addWidget(row)
    row.resize(1170, 56)
    pictures = []
    for apart in (5, 6):
        verdict = NoveltyVerdict("infcodaurusaurus", "micropachycephalosaurus", apart)
        row.show_line(FilmLine((), "infcodaurusaurus", verdict))
        pictures.append(row.grab().toImage())
    assert pictures[0] != pictures[1]
