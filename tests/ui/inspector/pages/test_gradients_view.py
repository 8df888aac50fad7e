"""The page of sums: what every step adds, as far as the backward pass has come."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from rnnstudio.core import language
from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.gradient_sums import Sums
from rnnstudio.core.cells.sums_words import sums_finding
from rnnstudio.core.numbers import plain
from rnnstudio.ui.inspector.events import DirectionChosen
from rnnstudio.ui.inspector.pages.gradients_view import GradientsView
from rnnstudio.ui.theme.tokens import colours


def test_that_a_clicker_adds_up_a_step_more_until_all_are(opened: Callable[..., object]) -> None:
    bench = opened(GradientsView)
    view, sums = bench.page, Sums(bench.state.trace)
    assert view.go_on(1)  # asks
    assert view.go_on(1)  # reveals
    assert view.sentence.text() == str(sums_finding(sums, 0))
    for added in range(1, bench.state.steps + 1):
        assert view.go_on(1)
        assert view.sentence.text() == str(sums_finding(sums, added))
        assert all(sum(panel.known) == added for panel in view.bars.panels.values())
        assert view.bars.accessibleDescription() == view.sentence.text()
    assert not view.go_on(1)


def test_that_the_bars_are_covered_until_the_class_has_guessed(
    opened: Callable[..., object], qtbot: QtBot
) -> None:
    bench = opened(GradientsView)
    view = bench.page
    view.whole_pass.click()
    assert all(all(panel.known) for panel in view.bars.panels.values())
    qtbot.keyClick(view, Qt.Key.Key_G)
    assert not any(any(panel.known) for panel in view.bars.panels.values())
    assert view.numbers(bench.state)[1] == []
    assert "gives most" not in view.sentence.text()
    qtbot.keyClick(view, Qt.Key.Key_3)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert all(all(panel.known) for panel in view.bars.panels.values())
    finding = str(sums_finding(Sums(bench.state.trace), bench.state.steps))
    assert view.predict.sentence.text() == f"From all of them, added up. {finding}"
    assert bench.state.votes.score.right == 1


def test_that_one_button_adds_up_all_and_the_table_has_every_part(
    opened: Callable[..., object],
) -> None:
    bench = opened(GradientsView)
    view = bench.page
    view.whole_pass.click()
    assert bench.state.position == bench.state.last_position
    assert not view.whole_pass.isEnabled()
    view.table_button.click()
    rows, learned = view.table.model(), bench.state.trace.cell.learned
    assert rows.rowCount() == len(learned) * bench.state.steps
    own = np.linalg.norm(bench.state.trace.backward[0]["dWf"])
    assert rows.index(0, 2).data() == str(plain(float(own)))


def test_that_arrows_go_to_steps_and_units(opened: Callable[..., object], qtbot: QtBot) -> None:
    bench = opened(GradientsView)
    bench.dispatch(DirectionChosen(PassDirection.BACKWARD))
    last = bench.state.cursor.time
    qtbot.keyClick(bench.page.bars, Qt.Key.Key_Left)
    assert bench.state.cursor.time == last - 1
    qtbot.keyClick(bench.page.bars, Qt.Key.Key_Down)
    assert bench.state.cursor.entry == (1, 0)


def test_that_each_step_says_its_numbers_where_the_mouse_is_and_above_its_bars(
    opened: Callable[..., object], qtbot: QtBot
) -> None:
    bench = opened(GradientsView)
    view, bars = bench.page, bench.page.bars
    panel, rect = bars._places()[1]
    middle = QPointF(rect.x() + rect.width() * 2.5 / bench.state.steps, rect.center().y())
    covered = bars.grab().toImage().pixelColor((middle - QPointF(12, 20)).toPoint())
    assert covered == QColor(colours().cover)
    assert bars.said(panel, 2) == ""
    view.whole_pass.click()
    own, so_far = (
        language.number(plain(float(numbers[2])))
        for numbers in (panel.growth.own, panel.growth.so_far)
    )
    shown = next(panel for panel, _ in bars._places()[1:])
    said = f"own part {own}, sum so far {so_far}"
    assert said in bars.said(shown, 2)
    help_event = QHelpEvent(QEvent.Type.ToolTip, middle.toPoint(), bars.mapToGlobal(QPoint()))
    QApplication.sendEvent(bars, help_event)
    assert said in QToolTip.text()
    QToolTip.hideText()
