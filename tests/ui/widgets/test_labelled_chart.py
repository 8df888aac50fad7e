"""A chart without a legend: labels at ends, a place in sight, what is said of it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.ui.theme.tokens import colours
from rnnstudio.ui.widgets.chart_summary import described_chart
from rnnstudio.ui.widgets.labelled_chart import LabelledChart, LabelledLine

STEPS = np.arange(11.0)


def line(name: str, y: np.ndarray) -> LabelledLine:
    return LabelledLine(name, STEPS[: len(y)], y, "its end", lambda at: f"{name} at {at}")


def click(chart: LabelledChart, at: QPointF) -> None:
    """Press and release, which pyqtgraph makes a click of without accepting the press."""
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        event = QMouseEvent(
            kind,
            at,
            chart.viewport().mapToGlobal(at),
            Qt.MouseButton.LeftButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(chart.viewport(), event)


@pytest.fixture
def chart(qtbot: QtBot) -> Iterator[LabelledChart]:
    page = QWidget()  # pyqtgraph's own close() takes a chart apart that is a window
    qtbot.addWidget(page)
    chart = LabelledChart("step", "value")
    chart.setParent(page)
    page.resize(2000, 1000)
    chart.resize(600, 400)
    page.show()
    chart.show_lines([line("one", STEPS), line("two", STEPS**2 / 10)], (0, 11))
    chart.grab()
    yield chart
    page.close()


def test_that_labels_stand_right_of_the_frame_and_none_over_another(chart: LabelledChart) -> None:
    assert chart.getPlotItem().legend is None
    first, second = chart.overlay.label_boxes()
    assert first.bottom() <= second.top() + 0.01
    frame = chart.getPlotItem().vb.sceneBoundingRect()
    for box in (first, second):
        assert frame.right() <= box.left() < box.right() <= chart.width() + 1
        assert box.width() >= chart.overlay.label_width() / 2


def test_that_cards_stand_within_the_frame_beside_their_place(chart: LabelledChart) -> None:
    for place in range(11):
        chart.show_place(place)
        assert [card.text for card in chart.overlay.cards] == [f"one at {place}", f"two at {place}"]
        first, second = chart.overlay.card_boxes()
        assert not first.intersects(second)
        frame = chart.getPlotItem().vb.sceneBoundingRect()
        assert frame.left() <= first.left()
        assert first.right() <= frame.right()


def test_that_mouse_and_keys_move_the_place(chart: LabelledChart, qtbot: QtBot) -> None:
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert chart.place == 10
    with qtbot.waitSignal(chart.key_moved) as moved:
        qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert moved.args == [9]
    frame = chart.getPlotItem().vb.sceneBoundingRect()
    with qtbot.waitSignal(chart.place_chosen) as chosen:
        click(chart, QPointF(frame.left() + 0.3 * frame.width(), frame.center().y()))
    assert chosen.args == [3]
    with qtbot.waitSignal(chart.line_stepped):
        qtbot.keyClick(chart, Qt.Key.Key_Down)


def test_that_a_line_that_leaves_the_chart_is_labelled_where_it_does(chart: LabelledChart) -> None:
    chart.show_lines([line("steep", STEPS**3)], (0, 100))
    (label,) = chart.overlay.labels
    assert label.end == (4.0, 64.0)


def test_that_what_is_drawn_is_said_in_words() -> None:
    lines = [line("one", np.array([1.0, 0.25, np.nan, 2.0])), line("", STEPS)]
    assert described_chart(lines) == "one: from 1.000 to 2.000, at least 0.250, at most 2.000."
    assert described_chart(lines, 1).endswith(" At 1: one 0.250.")
    assert described_chart([]) == ""


@pytest.mark.parametrize("size", [(160, 120), (2000, 900)])
def test_that_any_size_can_be_drawn(chart: LabelledChart, size: tuple[int, int]) -> None:
    chart.show_place(5)
    chart.resize(*size)
    assert not chart.grab().isNull()


def test_that_what_leads_from_an_early_end_to_its_name_is_no_line_of_the_chart(
    chart: LabelledChart,
) -> None:
    chart.show_lines([line("short", np.full(4, 5.0)), line("long", STEPS)], (0, 11))
    frame = chart.getPlotItem().vb.sceneBoundingRect()
    box = chart.overlay.label_boxes()[0]
    picture = chart.grab().toImage()
    ends, row = round(frame.x() + 0.5 * frame.width()), round(box.center().y())
    ground = picture.pixelColor(ends, row + 6)
    drawn = [picture.pixelColor(x, row) != ground for x in range(ends, ends + 60)]
    assert 0 < sum(drawn) < 40


def test_that_a_covered_chart_shows_nothing_but_its_cover(chart: LabelledChart) -> None:
    frame = chart.getPlotItem().vb.sceneBoundingRect()
    place = (frame.topLeft() + QPointF(frame.width() / 4, frame.height() / 3)).toPoint()
    chart.show_lines([], (0, 11))
    chart.overlay.show_cover(True)
    assert chart.grab().toImage().pixelColor(place) == QColor(colours().cover)
    chart.overlay.show_cover(False)
    assert chart.grab().toImage().pixelColor(place) != QColor(colours().cover)
