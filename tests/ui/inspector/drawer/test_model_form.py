"""A trained model in the window: its cells, what it reads, and which of its units are shown."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.models.opened_layers import OpenedBidirectional
from rnnstudio.ui.inspector.cell.side_names import caption
from rnnstudio.ui.inspector.events import TimeChosen
from rnnstudio.ui.inspector.tab import InspectorTab
from tests.core.models.opened import cell, dense, model


def test_that_each_direction_is_a_choice_and_a_large_cell_asks_for_units(
    tab: InspectorTab, qtbot: QtBot
) -> None:
    def there() -> bool:
        return not form.loader.busy

    first, second = cell("lstm", 4, 60), cell("gru", 4, 60, backwards=True)
    both = OpenedBidirectional("both", "Bidirectional", first, second, "concat")
    opened = model(cell("lstm", 60, every_step=True), both, dense(1, 8))
    form = tab.form.model
    form.show_model(opened)
    qtbot.waitUntil(there)
    assert [form.layer.itemText(at) for at in range(form.layer.count())] == [
        "layer 1: LSTM, 60 units",
        "layer 2: LSTM, 4 units, forward",
        "layer 2: GRU, 4 units, backward",
    ]
    assert form.units.isVisibleTo(form)
    assert tab.state.scene.sizes.n_a == 50
    form.units.setText("60, 1-2")
    form.units.returnPressed.emit()
    qtbot.waitUntil(there)
    assert tab.state.scene.sizes.n_a == 3
    form.units.setText("61")
    form.units.returnPressed.emit()
    qtbot.waitUntil(there)
    assert "61 names no units" in tab.state.refusal
    form.layer.setCurrentIndex(2)
    assert not form.units.isVisibleTo(form)
    assert tab.state.scene.cell.name == "gru"


def test_that_the_other_direction_stands_beside_and_one_cursor_goes_through_both(
    tab: InspectorTab,
) -> None:
    both = OpenedBidirectional(
        "both", "Bidirectional", cell("lstm", 4), cell("gru", 4, backwards=True), "concat"
    )
    form = tab.form.model
    form.show_model(model(both, dense(1, 8)))
    assert tab.state.beside is None
    assert [form.beside.itemText(at) for at in range(form.beside.count())] == [
        "nothing",
        "layer 1: GRU, 4 units, backward",
    ]
    form.beside.setCurrentIndex(1)
    assert tab.state.beside is not None
    assert tab.state.beside.scene.cell.name == "gru"
    tab.dispatch(TimeChosen(3))
    assert tab.state.compared.cursor.time == 3
    captions = [caption(state) for state in (tab.state, tab.state.compared)]
    assert captions == [
        "Model: model, layer 1: LSTM, 4 units, forward",
        "Model: model, layer 1: GRU, 4 units, backward",
    ]
    form.beside.setCurrentIndex(0)
    assert tab.state.beside is None


def test_that_a_model_from_another_file_reads_the_same_beside_it(
    tab: InspectorTab, qtbot: QtBot, tmp_path: Path
) -> None:
    before, after = random_scene(CELLS["lstm"], Sizes(), 1), random_scene(CELLS["rnn"], Sizes(), 2)
    for name, scene in (("before", before), ("after", after)):
        np.savez(tmp_path / f"{name}.npz", **scene.parameters)
    form = tab.form.model
    tab.take_file(tmp_path / "before.npz")
    qtbot.waitUntil(lambda: not tab.form.loader.busy)
    form.open_beside(tmp_path / "after.npz")
    qtbot.waitUntil(lambda: not form.loader.busy)
    assert [side.scene.cell.name for side in tab.state.sides] == ["lstm", "rnn"]
    form.input.setText(" ".join("0.5" for _ in range(2 * Sizes().n_x)))
    form.input.returnPressed.emit()
    first, second = (side.scene for side in tab.state.sides)
    np.testing.assert_array_equal(first.x, second.x)
    assert first.x.shape[-1] == 2
    assert "after.npz" in caption(tab.state.compared)


def test_that_a_scaler_s_file_shows_the_numbers_in_their_units(
    tab: InspectorTab, qtbot: QtBot, tmp_path: Path
) -> None:
    def read(name: str, count: int) -> None:
        meant = {"names": ["Close", "Open", "High"][:count], "offset": [100.0] * count}
        said = {"inputs": {**meant, "factor": [10.0] * count}}
        (tmp_path / name).write_text(json.dumps(said))
        form.read_scalers(tmp_path / name)
        qtbot.waitUntil(lambda: not form.loader.busy)

    form = tab.form.model
    form.show_model(model(cell("lstm"), dense(1, 4)))
    read("units.json", 3)
    assert tab.state.scene.inputs == ("Close", "Open", "High")
    quantity, value = tab.state.meaning("xt", 0, 0)
    assert (quantity, value) == ("Close", 100 + 10 * tab.state.scene.x[0, 0, 0])
    read("two.json", 2)
    assert "scaler of 2 inputs" in tab.state.refusal
    assert tab.state.scene.inputs == ("Close", "Open", "High")
