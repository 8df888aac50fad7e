"""A page's bar of controls: in one row where it fits, in more where it does not."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.ui.widgets.page_frame import PageBar, bar_of


def below(bar: PageBar, qtbot: QtBot, width: int) -> QWidget:
    """A page so wide with the bar at its foot."""
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addStretch(1)
    column.addWidget(bar)
    page.resize(width, 500)
    page.show()
    return page


@pytest.mark.parametrize(("width", "rows"), [(1200, 1), (700, 2), (320, 4)])
def test_that_all_controls_lie_within_a_bar_of_any_width(
    qtbot: QtBot, width: int, rows: int
) -> None:
    buttons = [QPushButton(text) for text in ("Evaluate the recipes", "Stop", "Judge", "Export")]
    for button in buttons:
        button.setMinimumWidth(200)
    bar = bar_of(*buttons[:2], None, *buttons[2:])
    page = below(bar, qtbot, width)
    qtbot.waitUntil(lambda: len({button.y() for button in buttons}) == rows)
    assert page.width() == width
    places = [button.geometry() for button in buttons]
    assert all(bar.rect().contains(place) for place in places)
    assert not any(one.intersects(other) for one, other in combinations(places, 2))


def test_that_a_control_that_comes_into_sight_gets_a_row_of_its_own(qtbot: QtBot) -> None:
    first, later = QPushButton("Run"), QPushButton("Go on")
    for button in (first, later):
        button.setMinimumWidth(200)
    later.hide()
    page = below(bar_of(first, later), qtbot, 300)
    later.show()
    qtbot.waitUntil(lambda: later.y() > first.geometry().bottom())
    assert page.width() == 300
