"""Draw tomorrow in the tab: with mouse and keys, and nothing is seen too early."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from rnnstudio.core.stocks.teaching.drawing_rounds import DAYS
from rnnstudio.ui.stocks.drawing_state import DrawingSheet, StrokeDrawn, sheet_of
from rnnstudio.ui.stocks.pages.draw_page import DrawPage
from rnnstudio.ui.stocks.pages.drawing_chart import DrawingChart
from rnnstudio.ui.stocks.tab import StocksTab
from tests.core.stocks import made
from tests.ui.stocks.tabs import QUICK, open_file, texts, wait_until_over

WHOLE = StrokeDrawn(tuple((day, 100.0 + day) for day in range(DAYS)))


@pytest.fixture
def drawn_prices(tmp_path: Path) -> Path:
    """350 days, of which the last 35 are for the test: three stretches."""
    return made.write(tmp_path / "made.csv", made.walk(350, 300).table)


@pytest.fixture
def page(tab: StocksTab, drawn_prices: Path, qtbot: QtBot) -> DrawPage:
    """The page in sight, with quick settings and no network yet."""
    open_file(tab, drawn_prices, qtbot)
    tab.resize(1000, 700)
    tab.show()
    qtbot.waitExposed(tab)
    tab.form.show_spec(QUICK)
    tab.pages.turn_to("draw")
    tab._repainter.flush()
    return tab.pages.draw


def sheet(tab: StocksTab) -> DrawingSheet:
    found = tab.state.sheet
    assert found is not None
    return found


def keys(tab: StocksTab, qtbot: QtBot, *pressed: Qt.Key) -> None:
    for key in pressed:
        qtbot.keyClick(tab.pages.draw.drawing, key)
    tab._repainter.flush()


def train(tab: StocksTab, qtbot: QtBot) -> None:
    assert tab._network_jobs.train()
    wait_until_over(tab, qtbot)


def test_that_yesterdays_price_has_its_name_at_once_and_the_days_stay_where_they_are(
    tab: StocksTab, page: DrawPage, qtbot: QtBot
) -> None:
    chart = page.drawing
    assert [label.name for label in chart.overlay.labels] == ["yesterday's price"]
    before = chart.getPlotItem().vb.sceneBoundingRect()
    keys(tab, qtbot, Qt.Key.Key_Up)
    assert {label.name for label in chart.overlay.labels} == {"yesterday's price", "you"}
    assert chart.getPlotItem().vb.sceneBoundingRect().right() == pytest.approx(
        before.right(), abs=1
    )


def test_that_a_round_is_drawn_revealed_and_followed_by_the_next_with_keys_alone(
    tab: StocksTab, page: DrawPage, qtbot: QtBot
) -> None:
    key = Qt.Key
    known, step = sheet(tab).known, sheet(tab).step
    keys(tab, qtbot, key.Key_Up, key.Key_Up, key.Key_Right, key.Key_Down)
    assert tab.state.drawing.drawn[:3] == pytest.approx((known + 2 * step, known + step, None))
    keys(tab, qtbot, *[key.Key_Right] * DAYS, key.Key_Return)
    assert tab.state.run.active, "the violet button trains the network that is to be beside it"
    wait_until_over(tab, qtbot)
    assert tab.pages.key == "draw"
    keys(tab, qtbot, key.Key_Return)
    assert sheet(tab).over
    assert page.scores.you.value.text() not in ("", "?")
    assert "1" in page.count.text()
    keys(tab, qtbot, key.Key_PageDown)
    assert not sheet(tab).over
    assert page.scores.you.value.text() == "?"
    assert tab.state.times_opened == 1


def test_that_the_mouse_draws_every_day_that_it_passes(
    tab: StocksTab, page: DrawPage, qtbot: QtBot
) -> None:
    chart = page.drawing
    known = sheet(tab).known
    first, last = place(chart, 1, known), place(chart, DAYS, known + 4.5)
    qtbot.mousePress(chart.viewport(), Qt.MouseButton.LeftButton, pos=first)
    qtbot.mouseMove(chart.viewport(), last)
    qtbot.mouseRelease(chart.viewport(), Qt.MouseButton.LeftButton, pos=last)
    tab._repainter.flush()
    drawn = tab.state.drawing.whole
    assert drawn is not None
    np.testing.assert_allclose(np.diff(drawn), 0.5, atol=0.1)
    before = tab.state.drawing
    qtbot.mouseMove(chart.viewport(), first)
    assert tab.state.drawing == before, "a mouse that passes by draws nothing"


def test_that_a_press_on_days_that_are_known_draws_nothing(
    tab: StocksTab, page: DrawPage, qtbot: QtBot
) -> None:
    chart = page.drawing
    qtbot.mouseClick(
        chart.viewport(), Qt.MouseButton.LeftButton, pos=place(chart, -5, sheet(tab).known)
    )
    assert tab.state.drawing.drawn == (None,) * DAYS


def place(chart: DrawingChart, day: float, price: float) -> QPoint:
    """Where a day and a price stand in the chart, in pixels of its viewport."""
    view = chart.getPlotItem().vb
    low, high = view.viewRange()[1]
    assert low < price < high
    return chart.mapFromScene(view.mapViewToScene(QPointF(day, price)))


def test_that_nothing_of_the_drawn_days_can_be_seen_before_they_are_revealed(
    tab: StocksTab, page: DrawPage
) -> None:
    before = sheet(tab)
    known = page.drawing.lines[1]
    assert known.x.max() == 0
    shown = [(line.x.tolist(), line.y.tolist()) for line in page.drawing.lines]
    scale, said = page.drawing.viewRange(), page.drawing.accessibleDescription()
    split = made.changed(before.split, before.stretch.start)
    other = sheet_of(tab.state.drawing, split, before.target)
    assert other is not None
    page.drawing.show_sheet(other)
    assert [(line.x.tolist(), line.y.tolist()) for line in page.drawing.lines] == shown
    assert page.drawing.viewRange() == scale
    assert page.drawing.accessibleDescription() == said


def test_that_what_is_missing_is_said_where_it_cannot_be_revealed(
    tab: StocksTab, page: DrawPage, qtbot: QtBot
) -> None:
    train(tab, qtbot)
    assert not page.button.isEnabled()
    assert page.button.toolTip() == "Draw all 10 days first: 0 of them are drawn."
    page.asked.emit(WHOLE)
    tab._repainter.flush()
    assert page.button.isEnabled()
    page.button.click()
    tab._repainter.flush()
    assert sheet(tab).over


def test_that_the_table_has_a_line_for_each_round_and_the_end_is_said(
    tab: StocksTab, page: DrawPage, qtbot: QtBot
) -> None:
    train(tab, qtbot)
    for _ in range(3):
        page.asked.emit(WHOLE)
        for _ in ("revealed", "the next days"):
            tab._repainter.flush()
            page.button.click()
    tab._repainter.flush()
    page.table_button.setChecked(True)
    lines = texts(page.table)
    assert [line[0] for line in lines] == ["1", "2", "3"]
    assert lines[1][1:4] == ["made.csv", "Open", "2019-11-22"]
    assert page.sentence.text() == "All test days were drawn. Open another share to go on."
    assert page.count.alignment() & Qt.AlignmentFlag.AlignTop
    assert not page.button.isVisible()


def test_that_everything_on_the_page_has_a_name(page: DrawPage) -> None:
    for part in (page.drawing, page.button, page.clear_button, page.table_button, page.table):
        assert part.accessibleName()
    assert page.drawing.accessibleDescription().startswith("day 1: not drawn yet")
    assert page.scores.network.accessibleName() == "network: not revealed yet"
