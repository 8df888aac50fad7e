"""The drawing of the cell follows the state, and what is clicked in it is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.parcels import state_gradient_lengths
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Mark, Sizes
from rnnstudio.core.cells.scene_spec import SceneSpec, scenes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.numbers import rounded
from rnnstudio.ui.inspector.cell.boxes import BoxItem
from rnnstudio.ui.inspector.cell.card import Card
from rnnstudio.ui.inspector.cell.cell_view import CellView
from rnnstudio.ui.inspector.cell.edges import EdgeLook
from rnnstudio.ui.inspector.events import (
    CoverChosen,
    DirectionChosen,
    EntryChosen,
    Event,
    InterventionSet,
    NumberEdited,
    OperationChosen,
    OperationStepped,
    SceneChosen,
    SidesSwapped,
    SourceAsked,
    TimeChosen,
)
from rnnstudio.ui.inspector.reduce import reduce
from rnnstudio.ui.inspector.state import InspectorState, start
from rnnstudio.ui.widgets.number_text import parse

BACKWARD = DirectionChosen(PassDirection.BACKWARD)


@pytest.fixture
def view(qtbot: QtBot) -> CellView:
    """A view as large as on a small screen."""
    view = CellView()
    qtbot.addWidget(view)
    view.resize(1208, 514)
    view.show()
    return view


def letters(cell: str = "lstm") -> InspectorState:
    """The trained cell that reads AbCa?."""
    return start(*scenes(SceneSpec(cells=(cell,))))


def at(state: InspectorState, name: str, *events: Event) -> InspectorState:
    """The state after the events, at the row ``name``."""
    for event in events:
        state = reduce(state, event)
    rows = [row.name for row in state.table]
    return reduce(state, OperationChosen(rows.index(name)))


def pixel(view: CellView, box: BoxItem, place: QPointF | None = None) -> QPoint:
    return view.mapFromScene(box.mapToScene(place or box.rect.center()))


def texts(view: CellView, name: str) -> list[str]:
    content = view.drawing.boxes[name].content
    assert content is not None
    return [row.text for row in content.rows]


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("direction", PassDirection)
def test_that_the_current_value_has_the_ring_and_thick_edges_lead_into_it(
    view: CellView, cell: str, direction: PassDirection
) -> None:
    state = reduce(start(random_scene(CELLS[cell], Sizes(), 1)), DirectionChosen(direction))
    for _ in state.table:
        view.show_state(state)
        current = state.operation
        drawn = view.drawing
        ringed = {name for name, box in drawn.boxes.items() if box.content.current}
        lit = {name for name, tag in drawn.tags.items() if tag.content.lit}
        assert len(ringed | lit) == 1
        assert ringed <= {current.name}
        sources = {edge.route.source for edge in drawn.edges if edge.look is EdgeLook.INTO} | {
            line.route.source for line in drawn.lines if current.name in line.route.into
        }
        if direction is PassDirection.FORWARD:
            assert sources >= set(current.inputs) & set(drawn.boxes)
        state = reduce(state, OperationStepped(1))


@pytest.mark.parametrize("direction", PassDirection)
def test_that_numbers_stand_in_a_box_once_they_are_computed(
    view: CellView, direction: PassDirection
) -> None:
    scene = random_scene(CELLS["rnn"], Sizes(n_a=2, n_y=1, m=2, T_x=3), 1)
    state = at(start(scene), "a_next", EntryChosen(0, 1))
    state = reduce(state, DirectionChosen(direction))
    for _ in range(state.last_position + 1):
        view.show_state(state)
        for row, operation in enumerate(state.table):
            if operation.name not in view.drawing.boxes:
                continue
            shown = texts(view, operation.name)
            if row > state.cursor.operation:
                assert not any(shown)
            elif operation.name not in ("dxt", "yt_pred"):
                values = state.values[operation.name][:, 1].tolist()
                assert shown == [rounded(value, 2, signed=True) for value in values]
        state = reduce(state, OperationStepped(1))


def test_that_a_gate_is_a_level_and_any_other_value_a_bar_with_its_sign(view: CellView) -> None:
    view.show_state(at(letters(), "a_next", TimeChosen(2)))
    gate, memory = (view.drawing.boxes[name].content for name in ("ft", "c_prev"))
    assert (gate.level, [row.text for row in gate.rows]) == (True, ["0.19", "0.22"])
    assert (memory.level, [row.text for row in memory.rows]) == (False, ["−0.77", "+0.86"])
    assert [row.share for row in memory.rows] == pytest.approx([-0.766, 0.864], abs=0.001)


def test_that_an_input_of_letters_is_its_letter_and_the_prediction_has_its_classes(
    view: CellView,
) -> None:
    view.show_state(at(letters(), "yt_pred", TimeChosen(2)))
    content = view.drawing.boxes["xt"].content
    assert (content.letter, content.note) == ("C", "1 of 7 letters")
    assert [row.label for row in view.drawing.boxes["yt_pred"].content.rows] == ["A", "B", "C"]


def test_that_what_is_asked_for_is_not_to_be_seen_anywhere(view: CellView) -> None:
    state = at(letters(), "ft", TimeChosen(2)).asking()
    view.show_state(state)
    content = view.drawing.boxes["ft"].content
    assert content.concealed
    assert not any(row.text for row in content.rows)
    assert "not computed" in view.hint("ft")
    assert "0.19" not in view.accessibleDescription()


def test_that_every_value_is_in_sight_where_the_future_is_not_covered(view: CellView) -> None:
    state = at(letters(), "concat", TimeChosen(1))
    view.show_state(state)
    assert not view.drawing.boxes["ot"].content.known
    view.show_state(reduce(state, CoverChosen(False)))
    assert all(box.content.known for box in view.drawing.boxes.values())
    assert all(edge.look is not EdgeLook.NOT_YET for edge in view.drawing.edges)


def test_that_a_held_value_has_a_lock_and_a_printed_one_a_mark(view: CellView) -> None:
    state = at(letters(), "ft", TimeChosen(2), InterventionSet(Intervention("ft", 1.0, step=2)))
    view.show_state(state)
    assert view.drawing.boxes["ft"].content.held == "held at 1"
    assert view.drawing.boxes["it"].content.held == ""
    scene = replace(letters().scene, marks=(Mark("ft", 0),))
    view.show_state(at(start(scene), "ft", TimeChosen(2)))
    assert view.drawing.boxes["ft"].content.marked


@pytest.mark.parametrize("units", [2, 8])
def test_that_an_edit_leaves_the_old_numbers_beside_the_new_until_the_next_step(
    view: CellView, units: int
) -> None:
    scene = random_scene(CELLS["lstm"], Sizes(n_a=units), 1)
    state = reduce(at(start(scene), "ft"), NumberEdited("bf", (0, 0), 5.0))
    old = float(state.old_value("ft")[0, 0])
    view.show_state(state)
    content = view.drawing.boxes["ft"].content
    if units == 2:
        assert [row.old for row in content.rows] == [rounded(old, 2), ""]
    else:
        assert content.old_heat[0, 0] == old
    assert f"was {old:.4g}" in view.hint("ft")
    assert "f⟨t⟩[1,1]" in view.accessibleDescription()
    view.show_state(reduce(state, OperationStepped(1)))
    content = view.drawing.boxes["ft"].content
    assert content.old_heat is None
    assert not any(row.old for row in content.rows)
    assert view.accessibleDescription() == ""


def test_that_many_units_are_cells_of_colour_and_those_below_zero_hatched(view: CellView) -> None:
    scene = random_scene(CELLS["lstm"], Sizes(n_a=9), 1)
    same = np.full((9, 1), -0.9)
    for value, hatched in ((-0.9, True), (0.9, False)):
        state = start(scene.with_array("c0", np.sign(value) * np.abs(same)))
        view.show_state(at(state, "ft"))
        box = view.drawing.boxes["c_prev"]
        picture = view.viewport().grab().toImage()
        inside = [pixel(view, box, QPointF(box.rect.x() + 20 + dx, box.rect.center().y() + 4))
                  for dx in range(16)]  # fmt: skip
        colours = {picture.pixelColor(place).name() for place in inside}
        assert (len(colours) > 2) is hatched


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("n_a", [1, 5, 50])
@pytest.mark.parametrize("direction", PassDirection)
def test_that_the_whole_cell_is_in_sight_on_a_small_screen(
    view: CellView, cell: str, n_a: int, direction: PassDirection
) -> None:
    view.resize(972, 501)
    state = start(random_scene(CELLS[cell], Sizes(n_a=n_a), 1))
    view.show_state(reduce(state, DirectionChosen(direction)))
    port = view.viewport().rect()
    for box in view.drawing.boxes.values():
        for corner in (box.rect.topLeft(), box.rect.bottomRight()):
            assert port.contains(pixel(view, box, corner))
    assert view.transform().m11() > 0.8


def test_that_a_zoom_looks_at_the_box_the_wheel_zooms_and_all_comes_back(view: CellView) -> None:
    view.show_state(at(letters(), "ot", TimeChosen(2)))
    fitted = view.transform().m11()
    view.zoom_to_box()
    assert view.transform().m11() == pytest.approx(3 * fitted)
    middle = pixel(view, view.drawing.boxes["ot"])
    assert view.viewport().rect().contains(middle)
    turn_wheel(view, 120)
    assert view.transform().m11() > 3 * fitted
    view.resize(1300, 560)
    assert view.transform().m11() > 3 * fitted  # a chosen zoom survives
    view.fit()
    assert view.transform().m11() == pytest.approx(fitted, rel=0.05)


def turn_wheel(view: CellView, angle: int) -> None:
    place = QPointF(view.viewport().rect().center())
    event = QWheelEvent(
        place,
        view.viewport().mapToGlobal(place),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_that_a_step_builds_no_new_items(view: CellView) -> None:
    state = letters()
    view.show_state(state)
    before = dict(view.drawing.boxes)
    for _ in range(20):
        state = reduce(state, OperationStepped(1))
        view.show_state(state)
    assert view.drawing.boxes == before


def test_that_a_cell_that_was_stepped_through_looks_as_one_that_is_drawn_anew(
    view: CellView, qtbot: QtBot
) -> None:
    state = letters()
    held = InterventionSet(Intervention("ft", 1.0))
    for event in (*[OperationStepped(3)] * 3, held, TimeChosen(4), BACKWARD, TimeChosen(2)):
        state = reduce(state, event)
        view.show_state(state)
        stepped = view.grab().toImage()
        anew = CellView()
        qtbot.addWidget(anew)
        anew.resize(view.size())
        anew.show()
        anew.show_state(state)
        assert stepped == anew.grab().toImage()


def asked(view: CellView, act: Callable[[], object]) -> list[Event]:
    found: list[Event] = []
    view.asked.connect(found.append)
    act()
    view.asked.disconnect(found.append)
    return found


def click(qtbot: QtBot, view: CellView, name: str, number: int = 0) -> list[Event]:
    box = view.drawings[number].boxes[name]
    place = pixel(view, box, box.rect.topLeft() + QPointF(40, 9))
    return asked(
        view, lambda: qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    )


def test_that_a_click_goes_to_a_value_and_on_a_row_to_its_unit(
    view: CellView, qtbot: QtBot
) -> None:
    view.show_state(at(letters(), "a_next", TimeChosen(2)))
    assert click(qtbot, view, "ot") == [OperationChosen(5)]
    box = view.drawing.boxes["ot"]
    place = pixel(view, box, box.row_rect(1).center())
    found = asked(
        view, lambda: qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    )
    assert found == [OperationChosen(5), EntryChosen(1, 0)]


def test_that_a_click_on_what_arrives_asks_where_it_comes_from(
    view: CellView, qtbot: QtBot
) -> None:
    view.show_state(at(letters(), "ft", TimeChosen(2)))
    for name in ("c_prev", "a_prev", "xt"):
        assert click(qtbot, view, name) == [SourceAsked(name)]
    view.show_state(at(letters(), "dot", BACKWARD))
    for name in ("da_next", "dc_next"):
        assert click(qtbot, view, name) == [SourceAsked(name)]


def test_that_a_click_on_a_weight_tag_opens_the_sums(view: CellView, qtbot: QtBot) -> None:
    view.show_state(at(letters(), "dc_prev", BACKWARD))
    tag = view.drawing.tags["Wf"]
    place = view.mapFromScene(tag.mapToScene(tag.rect.center()))
    with qtbot.waitSignal(view.link_chosen) as chosen:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["sums"]


def test_that_the_mouse_shows_numbers_once_they_are_computed(view: CellView) -> None:
    state = letters()
    view.show_state(state)
    assert "not computed" in view.hint("a_next")
    state = at(state, "a_next")
    view.show_state(state)
    found = [parse(text) for text in re.findall(r"<br>(−?[\d.]+)", view.hint("a_next"))]
    np.testing.assert_allclose(found, state.values["a_next"][:, 0], rtol=5e-4)


def test_that_back_the_same_places_hold_gradients_and_messages(view: CellView) -> None:
    state = at(letters(), "dc_prev", BACKWARD, TimeChosen(3))
    view.show_state(state)
    titles = {name: box.content.title for name, box in view.drawing.boxes.items()}
    assert titles["dc_prev"] == titles["da_prev"] == "to t = 3"
    assert titles["dc_next"] == titles["da_next"] == "from t = 5"
    assert titles["dft"] == "forget gate"
    assert view.drawing.boxes["dxt"].content.note == "comes last"
    assert view.drawing.boxes["dc_prev"].content.outgoing
    tag = view.drawing.tags["Wf"].content
    own = np.linalg.norm(state.trace.backward[3]["dWf"])
    assert tag.own == rounded(own, 2)
    assert tag.so_far == rounded(np.linalg.norm(state.trace.backward[3]["dWf_sum"]), 2)


def test_that_the_cursor_on_a_weight_or_a_bias_lights_the_tag_of_its_gate(view: CellView) -> None:
    for name in ("dWi", "dbi", "dWi_sum", "dbi_sum"):
        view.show_state(at(letters(), name, BACKWARD))
        assert [p for p, tag in view.drawing.tags.items() if tag.content.lit] == ["Wi"]


def test_that_the_hollow_line_is_as_wide_as_the_gradient_is_long(view: CellView) -> None:
    state = at(letters(), "dxt", BACKWARD)
    longest = state_gradient_lengths(state.trace, "c").max()
    for time in range(5):
        now = at(state, "dxt", TimeChosen(time))
        view.show_state(now)
        widths = {line.route.needs[0]: line.look.hollow for line in view.drawing.lines}
        length = np.linalg.norm(now.values["dc"])
        assert widths["dc"] == pytest.approx(max(12 * length / longest, 2), rel=0.05)
    view.show_state(at(letters(), "a_next"))
    assert all(line.look.hollow is None for line in view.drawing.lines)


def test_that_exploding_gradients_leave_a_drawing(view: CellView) -> None:
    scene = random_scene(CELLS["rnn"], Sizes(n_a=3, T_x=200), 1)
    for name, array in (("Waa", 1e5 * np.eye(3)), ("Wax", np.zeros((3, 3)))):
        scene = scene.with_array(name, array)
    state = reduce(start(scene.with_array("ba", np.zeros((3, 1)))), BACKWARD)
    shown = set()
    for time in (199, 150, 130, 50, 0):
        view.show_state(at(state, "dz", TimeChosen(time)))
        assert not view.grab().isNull()
        shown |= set(texts(view, "dz"))
    assert "NaN" in shown


def test_that_two_cells_have_one_cursor_and_a_click_turns_to_the_other(
    view: CellView, qtbot: QtBot
) -> None:
    scene, beside = (random_scene(CELLS[name], Sizes(), 1) for name in ("rnn", "lstm"))
    state = reduce(start(scene), SceneChosen(scene, beside))
    view.show_state(state)
    assert [side.layout.places.line for side in view.drawings] == ["a", "c"]
    assert (
        not view.drawings[1]
        .root.sceneBoundingRect()
        .intersects(view.drawings[0].root.sceneBoundingRect().adjusted(1, 1, -1, -1))
    )
    assert click(qtbot, view, "ft", 1) == [SidesSwapped(1)]
    assert click(qtbot, view, "yt_pred", 0) == [OperationChosen(1)]
    view.show_state(start(scene))
    assert not view.drawings[1].root.isVisible()


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("direction", PassDirection)
def test_that_the_line_from_the_card_reaches_the_box_and_goes_through_no_other(
    view: CellView, cell: str, direction: PassDirection
) -> None:
    card = Card()
    view.place_card(card)
    state = reduce(letters(cell), DirectionChosen(direction))
    for _ in state.table:
        card.show_state(state)
        view.show_state(state)
        line = view.drawing.pointer.path
        current = view.drawing.pointed_at()
        assert current.adjusted(-8, -8, 8, 8).contains(line.currentPosition())
        way = [line.pointAtPercent(part / 200) for part in range(201)]
        for name, box in view.drawing.boxes.items():
            if box.rect != current and box.box.kind != "pill":
                assert not any(box.rect.contains(point) for point in way), name
        state = reduce(state, OperationStepped(1))


@pytest.mark.parametrize("name", ["ft", "ot", "c_next", "yt_pred"])
def test_that_a_card_of_words_alone_stands_below_its_box_and_covers_none(
    view: CellView, name: str
) -> None:
    card = Card()
    view.place_card(card)
    state = at(letters(), name, TimeChosen(2)).asking()
    card.show_state(state)
    view.show_state(state)
    assert card.compact
    drawn = card.frame.toRect().translated(card.pos())
    for box in view.drawing.boxes.values():
        corners = box.mapRectToScene(box.rect)
        assert (
            not view.mapFromScene(corners).boundingRect().intersects(drawn.adjusted(2, 2, -2, -2))
        )
    assert view.viewport().rect().contains(drawn)


def test_that_the_scale_of_colours_stands_once_where_there_are_colours(view: CellView) -> None:
    scene = random_scene(CELLS["lstm"], Sizes(n_a=50), 1)
    view.show_state(start(scene))
    scale, boxes = view.drawing.scale, view.drawing.boxes
    assert scale.words() == ("−1", "+1")
    limits = {name: box.content.limit for name, box in boxes.items()}
    assert {limit for name, limit in limits.items() if name not in ("xt", "yt_pred")} == {1}
    view.show_state(reduce(start(scene), BACKWARD))
    limits = {name: box.content.limit for name, box in view.drawing.boxes.items()}
    assert {limit for name, limit in limits.items() if name != "dxt"} == {scale.limit}
    standing = scale.mapRectToScene(scale.boundingRect())
    for box in view.drawing.boxes.values():
        assert not box.mapRectToScene(box.rect).intersects(standing)
    view.show_state(letters())
    assert scale.limit is None


@pytest.mark.parametrize("name", ["c_next", "a_next", "yt_pred"])
@pytest.mark.parametrize("height", [360, 460, 560])
def test_that_the_line_from_a_card_of_words_alone_goes_through_no_other_box(
    view: CellView, name: str, height: int
) -> None:
    view.resize(1208, height)
    card = Card()
    view.place_card(card)
    state = at(letters(), name, TimeChosen(2)).asking()
    card.show_state(state)
    view.show_state(state)
    line, current = view.drawing.pointer.path, view.drawing.pointed_at()
    way = [line.pointAtPercent(part / 200) for part in range(201)]
    for box in view.drawing.boxes.values():
        if box.rect != current and box.box.kind != "pill":
            assert not any(box.rect.contains(point) for point in way), box.box.name
    assert not any(current.adjusted(4, 4, -4, -4).contains(point) for point in way)
