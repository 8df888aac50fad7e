"""A trained model in the window: its cells, what it reads, and which of its units are shown."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from rnnstudio.core.models.opened_layers import OpenedBidirectional
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
