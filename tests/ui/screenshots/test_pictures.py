"""Pictures of the window: each state shows what it is called, as large and in what colours asked.

The documents' pictures are compared with the window as it is now, coarsely: both are scaled down to
one dot for 20 x 20 pixels. Another system draws letters otherwise, and the trainings here last a
moment, so curves and figures differ; what stands where, and its colours, do not.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from rnnstudio.ui.screenshots import (
    analysis_states,
    drawing_states,
    inspector_states,
    lesson_states,
    names_states,
    shares_states,
    start_states,
)
from rnnstudio.ui.screenshots.pictures import POSES, STATES, Pose, take_picture
from rnnstudio.ui.theme.tokens import DARK, LIGHT
from tools.document_pictures import FOLDER, PICTURES

DOTS = QSize(64, 36)
FARTHEST = 10.0
"""Of 255: how far the colours of a picture may be from those of the window, on average."""
LEAST_ALIKE = 0.55
"""Correlation of what stands out from the ground; an empty page has less than 0.45."""

pytestmark = pytest.mark.usefixtures("fresh_look")


def dots(picture: QImage) -> NDArray[np.float64]:
    """The picture scaled down: (rows, columns, red green blue)."""
    small = picture.scaled(
        DOTS, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    ).convertToFormat(QImage.Format.Format_RGBX8888)
    values = np.frombuffer(small.constBits(), np.uint8).reshape(DOTS.height(), DOTS.width(), 4)
    return values[..., :3].astype(float)


def distance(one: QImage, other: QImage) -> float:
    return float(np.abs(dots(one) - dots(other)).mean())


def likeness(one: QImage, other: QImage) -> float:
    """The correlation of what stands where, whatever its colour."""
    marks = []
    for picture in (one, other):
        values = dots(picture)
        ground = np.median(values, axis=(0, 1))
        marks.append(np.abs(values - ground).mean(axis=-1).ravel())
    return float(np.corrcoef(*marks)[0, 1])


@pytest.mark.slow
@pytest.mark.parametrize("name", PICTURES)
def test_that_a_picture_in_the_documents_shows_the_window_as_it_is(
    name: str, qapp: QApplication
) -> None:
    now = take_picture(qapp, PICTURES[name], Pose(), quick=True)
    kept = QImage(str(FOLDER / f"{name}.png"))
    assert (kept.width(), kept.height()) == Pose().size
    assert distance(now, kept) < FARTHEST
    assert likeness(now, kept) > LEAST_ALIKE


@pytest.mark.slow
def test_that_an_empty_page_is_no_picture_of_the_documents(qapp: QApplication) -> None:
    empty = take_picture(qapp, "shares-walk-empty", Pose())
    assert likeness(empty, QImage(str(FOLDER / "walk.png"))) < LEAST_ALIKE


def test_that_another_theme_is_no_picture_of_the_documents(qapp: QApplication) -> None:
    dark = take_picture(qapp, PICTURES["inspector"], Pose(theme="dark"))
    assert distance(dark, QImage(str(FOLDER / "inspector.png"))) > FARTHEST


@pytest.mark.parametrize(
    ("state", "theme", "ground"),
    [
        ("inspector-desk", "dark", DARK.window),
        ("names-before", "light", LIGHT.window),
        ("shares-question", "dark", DARK.window),
    ],
)
def test_that_a_state_of_each_tab_is_drawn_as_large_and_in_the_theme_asked(
    state: str, theme: str, ground: str, qapp: QApplication
) -> None:
    picture = take_picture(qapp, state, Pose((1366, 768), theme), quick=True)
    assert (picture.width(), picture.height()) == (1366, 768)
    seen = Counter(picture.pixel(x, y) for x in range(0, 1366, 4) for y in range(0, 768, 4))
    assert QColor(ground).rgb() in dict(seen.most_common(3))
    assert len(seen) > 20


def test_that_no_state_of_a_part_is_lost_to_another_of_its_name() -> None:
    parts = (
        *(start_states, inspector_states, lesson_states, names_states),
        *(shares_states, analysis_states, drawing_states),
    )
    assert sum(len(part.STATES) for part in parts) == len(STATES)


def test_that_a_class_sees_the_cell_large_and_alone(qapp: QApplication) -> None:
    picture = take_picture(qapp, "inspector-class", POSES["inspector-class"], quick=True)
    assert (picture.width(), picture.height()) == (1920, 1080)
    assert picture.pixelColor(1918, 30) == QColor(LIGHT.window)  # neither bar nor rail
