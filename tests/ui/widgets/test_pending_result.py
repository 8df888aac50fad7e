"""What stands where a result will: dashed, with what it costs, and nothing like a result."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from rnnstudio.ui.theme.tokens import colour, sizes
from rnnstudio.ui.widgets.pending_result import (
    PendingResult,
    Shape,
    dot_chart,
    line_chart,
    not_yet,
    table_rows,
)


@pytest.mark.parametrize(
    ("trainings", "seconds", "says"),
    [
        (1, None, "Not computed yet: 1 training."),
        (17, None, "Not computed yet: 17 trainings."),
        (17, 1.2, "Not computed yet: 17 trainings, about 20 s."),
        (2, 0.01, "Not computed yet: 2 trainings, about 1 s."),
    ],
)
def test_that_it_says_what_a_result_costs(trainings: int, seconds: float | None, says: str) -> None:
    assert str(not_yet(trainings, seconds)) == says
    assert not_yet(0, seconds) is None


@pytest.mark.parametrize("shape", [line_chart, dot_chart, table_rows])
def test_that_it_is_drawn_in_dashes_of_the_colour_of_all_that_is_not_yet(
    shape: Shape, qtbot: QtBot
) -> None:
    outline = PendingResult(shape, "What it is for.")
    qtbot.addWidget(outline)
    outline.resize(600, 400)
    outline.show()
    outline.show_words(not_yet(3))
    assert outline.about.isVisible()
    image = outline.drawing.grab().toImage()
    edge = [image.pixelColor(sizes().gap, y) for y in range(40, image.height() - 40)]
    drawn = [each for each in edge if each == QColor(colour("outline"))]
    assert 0.3 < len(drawn) / len(edge) < 0.7


def test_that_without_words_no_empty_line_stands_below_it(qtbot: QtBot) -> None:
    outline = PendingResult(table_rows)
    qtbot.addWidget(outline)
    outline.show()
    assert not outline.cost.isVisible()
    assert not outline.about.isVisible()
