"""The gates' page: real letters on its axis, and models from files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from rnnstudio.core.cells.gates import over_time, reactions, saturation
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes, trace
from rnnstudio.core.cells.scenes import random_scene, text_scene
from rnnstudio.ui.inspector.events import TimeChosen
from rnnstudio.ui.inspector.tab import InspectorTab


def show_gates(tab: InspectorTab) -> None:
    tab.pages.turn_to("gates")


def written_cell(folder: Path) -> Path:
    scene = random_scene(CELLS["gru"], Sizes(n_x=27, n_a=6, n_y=27), 2)
    np.savez(folder / "cell.npz", **scene.parameters)
    return folder / "cell.npz"


def test_that_the_map_shows_the_gate_of_every_unit_and_the_share_that_is_saturated(
    tab: InspectorTab,
) -> None:
    show_gates(tab)
    for index in range(tab.pages.gates.value.count()):
        tab.pages.gates.value.setCurrentIndex(index)
        values = over_time(tab.state.trace, tab.pages.gates.value.currentData(), 0)
        np.testing.assert_array_equal(tab.pages.gates.image.image, values)
    tab.pages.gates.value.setCurrentIndex(0)
    share = saturation(over_time(tab.state.trace, "ft", 0))
    assert tab.pages.gates.share.text().endswith(f"{share.open:.1%}")


def test_that_sorting_puts_units_that_react_alike_together(tab: InspectorTab) -> None:
    show_gates(tab)
    tab.pages.gates.sorted.setChecked(True)
    values = over_time(tab.state.trace, "ft", 0)
    order = reactions(values, tab.state.scene.x[:, 0]).order
    np.testing.assert_array_equal(tab.pages.gates.image.image, values[list(order)])


def test_that_the_letters_of_a_text_stand_on_the_axis(tab: InspectorTab) -> None:
    show_gates(tab)
    tab.show_scene(text_scene(CELLS["gru"], "raptor", 4, 1))
    ticks = tab.pages.gates.map.getPlotItem().getAxis("bottom")._tickLevels[0]
    assert "".join(label for _, label in ticks) == "raptor"
    tab.dispatch(TimeChosen(3))
    assert [mark.value() for mark in tab.pages.gates._marks] == [4, 4]


def test_when_a_model_is_opened_its_cell_reads_what_is_typed(
    tab: InspectorTab, read: Callable[[Path], None], tmp_path: Path
) -> None:
    show_gates(tab)
    read(written_cell(tmp_path))
    assert tab.state.scene.cell.name == "gru"
    tab.model.input.setText("rex")
    tab.model.input.returnPressed.emit()
    assert tab.state.scene.labels == ("r", "e", "x")
    expected = over_time(trace(tab.state.scene), "zt", 0)
    np.testing.assert_array_equal(tab.pages.gates.image.image, expected)


def test_when_a_file_is_no_model_the_scene_stays_and_one_sentence_is_shown(
    tab: InspectorTab, read: Callable[[Path], None], tmp_path: Path
) -> None:
    show_gates(tab)
    before = tab.state.trace
    (tmp_path / "evil.keras").write_bytes(b"PK\x03\x04 nothing")
    read(tmp_path / "evil.keras")
    assert "evil.keras is damaged" in tab.message.text()
    read(written_cell(tmp_path))
    opened = tab.state.trace
    tab.model.input.setText("T-Rex")
    tab.model.input.returnPressed.emit()
    assert "“-”" in tab.message.text()
    assert before is not opened is tab.state.trace


def test_that_the_gates_out_of_sight_are_not_drawn(tab: InspectorTab) -> None:
    tab.show_scene(text_scene(CELLS["rnn"], "hello", 4, 1))
    assert tab.pages.gates.image.image is None
