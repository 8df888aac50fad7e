"""What a screen reader finds in the drawing of the cell."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scene_spec import SceneSpec, scenes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.ui.inspector.cell.accessible_rows import RowKey
from rnnstudio.ui.inspector.cell.cell_view import CellView
from rnnstudio.ui.inspector.events import (
    DirectionChosen,
    InterventionSet,
    OperationChosen,
    SceneChosen,
    TimeChosen,
)
from rnnstudio.ui.inspector.reduce import reduce
from rnnstudio.ui.inspector.state import InspectorState, start


@pytest.fixture
def view(qtbot: QtBot) -> CellView:
    view = CellView()
    qtbot.addWidget(view)
    view.resize(1208, 514)
    view.show()
    return view


def found(widget: QWidget) -> Iterator[QAccessibleInterface]:
    """Everything that can be read below a widget, as it is asked for."""
    below = [QAccessible.queryAccessibleInterface(widget)]
    while below:
        each = below.pop()
        yield each
        below += [each.child(place) for place in range(each.childCount())]


def names(view: CellView) -> list[str]:
    view.rows.flush()
    return [each.text(QAccessible.Text.Name) for each in found(view)]


def at_gate(cell: str = "lstm") -> InspectorState:
    state = reduce(start(*scenes(SceneSpec(cells=(cell,)))), TimeChosen(2))
    return reduce(state, OperationChosen(1))


def test_that_every_row_of_every_box_is_read_with_its_number(view: CellView) -> None:
    view.show_state(at_gate())
    read = names(view)
    assert {
        "forget gate, unit 1, 0.19, nearly shut",
        "forget gate, unit 2, 0.22, nearly shut",
        "memory, unit 1, −0.77",
        "memory, unit 2, +0.86",
        "input, C, one of 7",
        "output gate, unit 2, not known yet",
        "prediction, A, not known yet",
    } <= set(read)
    rows = sum(len(box.content.rows) for box in view.drawing.boxes.values())
    assert sum("unit" in name or "prediction, " in name for name in read) == rows


def test_that_a_row_is_where_it_is_drawn_and_has_the_role_of_words(view: CellView) -> None:
    view.show_state(at_gate())
    (row,) = [each for each in found(view)
              if each.text(QAccessible.Text.Name).startswith("forget gate, unit 2")]  # fmt: skip
    assert row.role() is QAccessible.Role.StaticText
    assert not row.state().invisible
    box = view.drawing.boxes["ft"]
    drawn = view.mapFromScene(box.mapRectToScene(box.row_rect(1))).boundingRect()
    corner = view.viewport().mapToGlobal(QPoint(0, 0))
    assert row.rect().intersects(QRect(drawn.translated(corner)))


def test_that_what_is_asked_for_is_not_read_and_what_is_held_is_read_as_held(
    view: CellView,
) -> None:
    view.show_state(at_gate().asking())
    read = names(view)
    assert "forget gate, unit 1, not known yet" in read
    assert not any("0.19" in name for name in read)
    view.show_state(reduce(at_gate(), InterventionSet(Intervention("ft", 1.0, step=2))))
    assert "forget gate, unit 1, held at 1.00" in names(view)


def test_that_many_units_are_read_as_how_many_and_between_which_numbers(view: CellView) -> None:
    view.show_state(start(random_scene(CELLS["lstm"], Sizes(n_a=50), 1)))
    (memory,) = [name for name in names(view) if name.startswith("old memory")]
    assert memory.startswith("old memory, 50 numbers, ")


def test_that_gradients_and_the_tags_of_weights_are_read(view: CellView) -> None:
    state = reduce(at_gate(), DirectionChosen(PassDirection.BACKWARD))
    view.show_state(state)
    assert "gradient of Wf, not known yet" in names(view)
    view.show_state(reduce(state, OperationChosen(len(state.table) - 1)))
    read = names(view)
    assert any(name.startswith("gradient of Wf, length ") for name in read)
    assert any(name.startswith("gradient of the forget gate, unit 1, ") for name in read)


def test_that_both_of_two_cells_are_read_and_only_one_once_the_other_has_gone(
    view: CellView,
) -> None:
    one, other = (random_scene(CELLS[name], Sizes(n_a=2), 1) for name in ("rnn", "lstm"))
    view.show_state(reduce(start(one), SceneChosen(one, other)))
    assert sum(name.startswith("hidden, unit 1") for name in names(view)) == 4
    view.show_state(start(one))
    assert len({key.side for key in view.rows.labels}) == 1


def test_that_new_numbers_are_read_once_the_drawing_rests_and_at_once_by_a_screen_reader(
    view: CellView, qtbot: QtBot
) -> None:
    gate = RowKey(0, "ft", 0)
    view.show_state(at_gate())
    view.show_state(reduce(at_gate(), TimeChosen(0)))
    qtbot.waitUntil(lambda: "0.19" not in view.rows.labels[gate].accessibleName())
    QAccessible.setActive(True)
    try:
        view.show_state(at_gate())
        assert "0.19" in view.rows.labels[gate].accessibleName()
    finally:
        QAccessible.setActive(False)


def test_that_the_mouse_reaches_the_boxes_below_the_names(view: CellView) -> None:
    view.show_state(at_gate())
    box = view.drawing.boxes["ft"]
    place = view.mapFromScene(box.mapToScene(box.row_rect(0).center()))
    assert view.viewport().childAt(place) is None
