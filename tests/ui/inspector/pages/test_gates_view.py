"""The gates' page: lines or a map, real letters on its axis, a step and a unit in sight."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.gates import over_time, reactions
from rnnstudio.core.cells.gates_words import saturation_words, values_finding
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes, trace
from rnnstudio.core.cells.scenes import random_scene, text_scene
from rnnstudio.ui.inspector.events import (
    CoverChosen,
    DirectionChosen,
    GuessAsked,
    OperationChosen,
    SceneChosen,
    TimeChosen,
)
from rnnstudio.ui.inspector.pages.gates_view import MOST_LINES, GatesView
from rnnstudio.ui.inspector.state import start
from rnnstudio.ui.inspector.tab import InspectorTab

MANY = random_scene(CELLS["lstm"], Sizes(n_a=20, T_x=9), 1)


def written_cell(folder: Path) -> Path:
    scene = random_scene(CELLS["gru"], Sizes(n_x=27, n_a=6, n_y=27), 2)
    np.savez(folder / "cell.npz", **scene.parameters)
    return folder / "cell.npz"


def test_that_each_unit_has_a_line_and_the_finding_is_that_of_its_values(
    opened: Callable[..., object],
) -> None:
    bench = opened(GatesView)
    bench.dispatch(CoverChosen(covered=False))
    view, traced = bench.page, bench.state.trace
    for index in range(view.value.count()):
        view.value.setCurrentIndex(index)
        name = view.value.currentData()
        values = over_time(traced, name, 0)
        shown = sorted(view.lines.lines, key=lambda line: line.name)
        np.testing.assert_array_equal([line.y for line in shown], values)
        assert view.sentence.text() == str(values_finding(traced, name))
    view.value.setCurrentIndex(0)
    said = str(saturation_words(over_time(traced, "ft", 0)))
    assert view.share.text().lower() == said.lower()


def test_that_many_units_are_a_map_and_are_sorted_by_what_they_react_to(
    opened: Callable[..., object],
) -> None:
    bench = opened(GatesView, start(MANY))
    bench.dispatch(CoverChosen(covered=False))
    view, values = bench.page, over_time(bench.state.trace, "ft", 0)
    assert len(values) > MOST_LINES
    assert view.charts.currentWidget() is view.map
    np.testing.assert_array_equal(view.image.image, values)
    view.sorted.setChecked(True)
    order = reactions(values, bench.state.scene.x[:, 0]).order
    left = view.map.getPlotItem().getAxis("left")
    ((_, places),) = left.tickValues(*left.range, 300)
    named = [str(order[round(place) - 1] + 1) for place in places]
    assert left.tickStrings(places, 1, 1) == named != []
    np.testing.assert_array_equal(view.image.image, values[list(order)])
    view.shape.buttons["lines"].click()
    assert [line.name for line in view.lines.lines if line.name] == ["unit 1"]


def test_that_cells_below_zero_are_hatched_on_the_map(opened: Callable[..., object]) -> None:
    bench = opened(GatesView, start(MANY))
    bench.dispatch(CoverChosen(covered=False))
    view = bench.page
    assert view.map.overlay.hatched == []
    view.value.setCurrentIndex(view.value.findData("c_next"))
    values = over_time(bench.state.trace, "c_next", 0)
    below = values <= -0.15 * np.abs(values).max()
    assert len(view.map.overlay.hatched) == below.sum() > 0
    rows = {(cell.center().y() - 1, cell.center().x() - 1) for cell in view.map.overlay.hatched}
    assert rows == {tuple(place) for place in np.argwhere(below).astype(float).tolist()}


def test_that_the_letters_of_a_text_stand_on_the_axis_and_the_step_in_sight(
    opened: Callable[..., object], qtbot: QtBot
) -> None:
    bench = opened(GatesView)
    bench.dispatch(SceneChosen(text_scene(CELLS["gru"], "raptor", 4, 1)))
    view = bench.page
    assert "".join(name for _, name in view.lines.getPlotItem().getAxis("bottom").names) == "raptor"
    bench.dispatch(TimeChosen(3))
    assert view.lines.place == 3
    value = bench.state.trace.forward[3]["zt"][0, 0]
    assert f"unit 1: {value:.2f}" in [card.text for card in view.lines.overlay.cards]
    assert f"At 4: unit 2 {bench.state.trace.forward[3]['zt'][1, 0]:.3f}" in (
        view.lines.accessibleDescription()
    )
    qtbot.keyClick(view.lines, Qt.Key.Key_Right)
    assert bench.state.cursor.time == 4
    qtbot.keyClick(view.lines, Qt.Key.Key_Down)
    assert bench.state.cursor.entry == (1, 0)


def test_that_the_table_has_a_line_for_each_step(opened: Callable[..., object]) -> None:
    bench = opened(GatesView)
    bench.dispatch(CoverChosen(covered=False))
    bench.page.table_button.click()
    rows = bench.page.table.model()
    assert [rows.index(2, column).data() for column in range(4)] == ["3", "C", "0.19", "0.22"]


def test_that_only_the_steps_that_the_pass_has_come_to_are_drawn_told_and_listed(
    opened: Callable[..., object],
) -> None:
    bench = opened(GatesView)
    view, values = bench.page, over_time(bench.state.trace, "ft", 0)
    view.table_button.click()
    for step, covered in enumerate(
        ("Steps 2 to 5 are", "Steps 3 to 5 are", "Steps 4 and 5 are", "Step 5 is")
    ):
        bench.dispatch(TimeChosen(step), OperationChosen(1))
        assert bench.state.operation.name == "ft"
        for line in sorted(view.lines.lines, key=lambda line: line.name):
            assert len(line.x) == 5
            np.testing.assert_array_equal(np.isnan(line.y), np.arange(5) > step)
        np.testing.assert_array_equal(view.image.image, values[:, : step + 1])
        assert view.table.model().rowCount() == step + 1
        assert view.sentence.text() == str(values_finding(bench.state.trace, "ft", 0, step + 1))
        assert view.reacting.text() == f"{covered} still covered."
        assert "C" not in view.sentence.text() or step > 1
    bench.dispatch(DirectionChosen(PassDirection.BACKWARD))
    assert view.table.model().rowCount() == 5
    assert view.reacting.text().startswith("Reacts most")


def test_when_nothing_of_a_value_is_computed_the_axis_is_empty_and_goes_to_the_last_step(
    opened: Callable[..., object], qtbot: QtBot
) -> None:
    bench = opened(GatesView)
    view = bench.page
    assert view.sentence.text() == "Of the forget gate nothing is computed yet."
    assert view.reacting.text() == "Steps 1 to 5 are still covered."
    assert view.image.image is None
    assert view.share.isHidden()
    assert view.lines.overlay.cards == view.lines.overlay.labels == []
    assert view.lines.accessibleDescription() == view.sentence.text()
    qtbot.keyClick(view.lines, Qt.Key.Key_End)
    assert bench.state.cursor.time == 4
    assert view.reacting.text() == "Step 5 is still covered."
    assert view.lines.overlay.cards == []
    view.shape.buttons["map"].click()
    view.sorted.setChecked(True)
    assert view.image.image.shape[1] == 4


def test_that_a_value_that_is_asked_for_is_not_to_be_read_here(
    opened: Callable[..., object],
) -> None:
    bench = opened(GatesView)
    bench.dispatch(CoverChosen(covered=False), TimeChosen(2), OperationChosen(0), GuessAsked())
    assert bench.state.operation.name == "ft"
    assert bench.page.reacting.text() == "Steps 3 to 5 are still covered."


def test_that_a_clicker_goes_through_the_values(opened: Callable[..., object]) -> None:
    view = opened(GatesView).page
    seen = [view.value.currentData()]
    while view.go_on(1):
        seen.append(view.value.currentData())
    assert seen == ["ft", "it", "ot", "cct", "c_next", "a_next"]
    assert view.go_on(-1)


def test_when_a_model_is_opened_its_cell_reads_what_is_typed(
    tab: InspectorTab, read: Callable[[Path], None], tmp_path: Path
) -> None:
    tab.pages.turn_to("gates")
    tab.dispatch(CoverChosen(covered=False))
    read(written_cell(tmp_path))
    assert tab.state.scene.cell.name == "gru"
    tab.form.model.input.setText("rex")
    tab.form.model.input.returnPressed.emit()
    assert tab.state.scene.labels == ("r", "e", "x")
    expected = over_time(trace(tab.state.scene), "zt", 0)
    np.testing.assert_array_equal(tab.pages.gates.image.image, expected)


def test_when_a_file_is_no_model_the_scene_stays_and_one_sentence_is_shown(
    tab: InspectorTab, read: Callable[[Path], None], tmp_path: Path
) -> None:
    tab.pages.turn_to("gates")
    before = tab.state.trace
    (tmp_path / "evil.keras").write_bytes(b"PK\x03\x04 nothing")
    read(tmp_path / "evil.keras")
    assert "evil.keras is damaged" in tab.message.text()
    read(written_cell(tmp_path))
    opened = tab.state.trace
    tab.form.model.input.setText("T-Rex")
    tab.form.model.input.returnPressed.emit()
    assert "“-”" in tab.message.text()
    assert before is not opened is tab.state.trace


def test_that_the_gates_out_of_sight_are_not_drawn(tab: InspectorTab) -> None:
    tab.show_scene(text_scene(CELLS["rnn"], "hello", 4, 1))
    assert tab.pages.gates.lines.lines == ()
