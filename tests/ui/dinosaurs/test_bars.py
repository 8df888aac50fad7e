"""Charts of bars: what they stand for is written beside them, and said of the one in sight."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QPointF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.core.names.corpus import END
from rnnstudio.ui.dinosaurs.pages.bars import ProbabilityBars

SAID = np.array([0.1, 0.5, 0.25, 0.15])
ASKED = np.array([0.05, 0.7, 0.2, 0.05])


@pytest.fixture
def bars(qtbot: QtBot) -> Iterator[ProbabilityBars]:
    page = QWidget()  # pyqtgraph's own close() takes a chart apart that is a window
    qtbot.addWidget(page)
    made = ProbabilityBars(page)
    page.resize(420, 220)
    made.resize(420, 220)
    made.show_probabilities(SAID, ASKED, 2, (END, "a", "b", "c"))
    page.show()
    made.grab()
    yield made
    page.close()


def test_that_labels_point_at_the_tallest_bars_and_at_the_letter_that_was_drawn(
    bars: ProbabilityBars,
) -> None:
    ends = {label.name: label.end for label in bars.overlay.labels}
    assert ends == {"the network": (1, 0.5), "drawn from": (1, 0.7), "drawn: b": (2, 0.2)}
    boxes = bars.overlay.label_boxes()
    assert all(box.right() <= bars.width() for box in boxes)


def test_that_the_bar_under_the_mouse_is_said_with_both_probabilities(
    bars: ProbabilityBars, qtbot: QtBot
) -> None:
    view = bars.getPlotItem().vb
    at = bars.mapFromScene(view.mapViewToScene(QPointF(3.2, 0.1)))
    qtbot.mouseMove(bars.viewport(), at)
    said = "c: the network 0.150, drawn from 0.050"
    qtbot.waitUntil(lambda: [card.text for card in bars.overlay.cards] == [said])
    qtbot.keyClick(bars, Qt.Key.Key_Left)
    assert bars.overlay.cards[0].text == "b: the network 0.250, drawn from 0.200"


def test_that_the_likeliest_letters_are_said_to_a_screen_reader(bars: ProbabilityBars) -> None:
    said = bars.accessibleDescription()
    assert said.startswith("The highest: a: the network 0.500, drawn from 0.700; b: ")


def test_that_the_end_of_a_name_is_painted_below_its_bar_and_said_in_words(
    bars: ProbabilityBars,
) -> None:
    buffer, drawing = QBuffer(), QSvgGenerator()
    drawing.setOutputDevice(buffer)
    drawing.setSize(bars.size())
    with QPainter(drawing) as painter:
        bars.render(painter)
    written = bytes(buffer.data().data()).decode()
    assert ">a</text>" in written
    assert "⏎" not in written
    bars.show_probabilities(SAID, ASKED, 0, (END, "a", "b", "c"))
    assert "drawn: end" in {label.name for label in bars.overlay.labels}
