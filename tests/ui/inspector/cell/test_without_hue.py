"""Plus and minus, the four gates and the kinds of lines stay apart without their hues."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scene_spec import SceneSpec, scenes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.ui.inspector.cell.box_numbers import PADDING
from rnnstudio.ui.inspector.cell.boxes import BoxItem
from rnnstudio.ui.inspector.cell.cell_view import CellView
from rnnstudio.ui.inspector.events import OperationChosen, TimeChosen
from rnnstudio.ui.inspector.reduce import reduce
from rnnstudio.ui.inspector.state import InspectorState, start
from tests.ui.renderings import Picture, contrast, cut, dressed, luminance, renderings

SEEN = pytest.mark.parametrize("rendering", ["grey", "deuteranopia"])
APART = 3.0
"""The least contrast of what carries meaning."""


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def view(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[CellView]:
    with dressed(dark=request.param):
        view = CellView()
        qtbot.addWidget(view)
        view.resize(1208, 514)
        view.show()
        yield view


def at(name: str) -> InspectorState:
    state = reduce(start(*scenes(SceneSpec())), TimeChosen(2))
    rows = [row.name for row in state.table]
    return reduce(state, OperationChosen(rows.index(name)))


def on_view(view: CellView, box: BoxItem, rect: QRectF) -> QRect:
    return view.mapFromScene(box.mapRectToScene(rect)).boundingRect()


def bar(view: CellView, seen: Picture, name: str, row: int, *, right: bool) -> Picture:
    """The half of a row's track at the left or at the right of its middle, without its frame."""
    box = view.drawing.boxes[name]
    line = box.row_rect(row)
    left = line.left() + PADDING + 18
    width = line.width() - 2 * PADDING - 18 - 46 - 8
    half = width / 2
    place = QRectF(left + (half if right else 0) + 3, line.center().y() - 4, half - 6, 8)
    return cut(seen, on_view(view, box, place))


@SEEN
def test_that_plus_is_whole_and_to_the_right_and_minus_hatched_and_to_the_left(
    view: CellView, rendering: str
) -> None:
    view.show_state(at("ft"))
    seen = renderings(view)[rendering]
    empty = luminance(bar(view, seen, "c_prev", 0, right=True))
    ground = float(np.median(empty))
    whole = contrast(bar(view, seen, "c_prev", 1, right=True), ground)
    hatched = contrast(bar(view, seen, "c_prev", 0, right=False), ground)
    assert np.ptp(empty) < 0.02
    assert np.mean(whole > APART) > 0.6
    lines = hatched[1:-1] > 2
    assert 0.2 < np.mean(lines) < 0.8
    assert np.abs(np.diff(lines.astype(int), axis=1)).sum(axis=1).min() >= 4
    assert np.abs(np.diff((whole > 2).astype(int), axis=1)).sum(axis=1).max() <= 1


@SEEN
def test_that_heat_below_zero_is_hatched_and_above_it_not(view: CellView, rendering: str) -> None:
    for sign in (-1, 1):
        scene = random_scene(CELLS["lstm"], Sizes(n_a=9), 1)
        scene = scene.with_array("c0", sign * np.full((9, 1), 0.9))
        view.show_state(start(scene))
        seen = renderings(view)[rendering]
        box = view.drawing.boxes["c_prev"]
        cell = QRectF(box.rect.x() + 16, box.rect.y() + 34, 12, 12)
        spread = float(np.ptp(luminance(cut(seen, on_view(view, box, cell)))))
        assert (spread > 0.05) is (sign < 0)


@SEEN
def test_that_every_gate_has_another_letter_that_is_easily_read(
    view: CellView, rendering: str
) -> None:
    view.show_state(at("yt_pred"))
    seen = renderings(view)[rendering]
    letters = {}
    for name in ("ft", "it", "cct", "ot"):
        box = view.drawing.boxes[name]
        corner = box.rect.topLeft() + QPointF(PADDING, 9)
        badge = cut(seen, on_view(view, box, QRectF(corner, corner + QPointF(26, 26))))
        ground = float(luminance(badge)[3, 13])
        letters[name] = contrast(badge, ground)[4:22, 4:22] > APART
        assert contrast(badge, ground)[4:22, 4:22].max() > 4.5
    for one, other in combinations(letters, 2):
        assert np.mean(letters[one] != letters[other]) > 0.05, (one, other)


def thickness(seen: Picture, place: QPoint, ground: float) -> int:
    """How many pixels of a level line stand above each other at a place."""
    column = contrast(seen[place.y() - 14 : place.y() + 15, [place.x()]], ground)[:, 0] > APART
    return int(column.sum())


@SEEN
def test_that_lines_differ_by_width_and_dashes(view: CellView, rendering: str) -> None:
    view.show_state(at("ft"))
    seen = renderings(view)[rendering]
    ground = float(luminance(seen[2:4, 2:4]).mean())
    made = view.drawing.layout
    pill, gates = made.pills["concat"].frame, made.boxes
    first = made.boxes["c_prev"].frame
    memory = view.mapFromScene(first.right + 40, made.line)
    assert thickness(seen, memory, ground) >= 11
    y = pill.middle[1]
    into = view.mapFromScene((pill.right + gates["ft"].frame.middle[0]) / 2 - 6, y)
    assert 3 <= thickness(seen, into, ground) <= 5
    starts = view.mapFromScene(gates["ft"].frame.right - 20, y).x()
    ends = view.mapFromScene(gates["it"].frame.middle[0] - 20, y).x()
    row = contrast(seen[into.y() - 1 : into.y() + 2, starts:ends], ground).max(axis=0) > 2
    assert 0.25 < row.mean() < 0.85
    assert np.abs(np.diff(row.astype(int))).sum() > 20
    ahead = view.mapFromScene(gates["it"].frame.x, made.line)
    window = contrast(seen[ahead.y() - 14 : ahead.y() + 15, ahead.x() : ahead.x() + 20], ground)
    levels = (window.max(axis=1) > 2).astype(int)
    assert np.abs(np.diff(levels)).sum() == 4  # two lines with a gap between them
    edge = view.mapFromScene(gates["ft"].frame.middle[0], made.line + 40)
    across = contrast(seen[[edge.y()], edge.x() - 8 : edge.x() + 9], ground)[0] > APART
    assert across.sum() in (2, 3)
