"""No page of the names scrolls sideways in the least window, in any language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication
from pytestqt.qtbot import QtBot

from rnnstudio.core import language
from rnnstudio.core.names.recipes import FastSpec
from rnnstudio.ui.dinosaurs.pages.names_pages import PAGES
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from rnnstudio.ui.translator import speak
from tests.ui.dinosaurs.tab_fixtures import Learn, Press

WITH_PAGES = [key for key in PAGES if key != "inspector"]


@pytest.fixture(params=["en", "id"])
def spoken(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    """All that is built meanwhile speaks this language."""
    language.choose(request.param)
    speak(qapp)
    yield
    language.choose("en")
    speak(qapp)


def scrolling(tab: DinosaursTab) -> list[str]:
    """What is in sight and scrolls sideways."""
    areas = tab.findChildren(QAbstractScrollArea)
    return [
        area.accessibleName() or type(area).__name__
        for area in areas
        if area.isVisible() and area.horizontalScrollBar().maximum() > 0
    ]


@pytest.mark.parametrize("key", WITH_PAGES)
def test_that_no_page_scrolls_sideways(
    key: str, spoken: None, tab: DinosaursTab, qtbot: QtBot
) -> None:
    tab.resize(960, 552)
    tab.pages.turn_to(key)
    qtbot.waitUntil(lambda: scrolling(tab) == [])


def test_that_the_figures_of_an_evaluation_are_all_in_sight(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot, press: Press
) -> None:
    learn(FastSpec(epochs=2, units=16))
    tab.resize(960, 552)
    tab.pages.turn_to("good")
    page = tab.pages.good
    press(page.judge_button)
    qtbot.waitUntil(lambda: page.evaluation.table.rowCount() > 0, timeout=60_000)
    qtbot.waitUntil(lambda: scrolling(tab) == [])
