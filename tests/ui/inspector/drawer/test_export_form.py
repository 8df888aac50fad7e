from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QApplication

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.ui.inspector.tab import InspectorTab


def test_that_a_saved_scene_reopens_with_the_same_numbers(
    tab: InspectorTab, read: Callable[[Path], None], tmp_path: Path
) -> None:
    before = tab.state.trace
    tab.take_away.save_scene(tmp_path / "a.rnnstudio")
    tab.show_scene(random_scene(CELLS["rnn"], Sizes(), 7))
    read(tmp_path / "a.rnnstudio")
    assert tab.state.scene.cell == before.scene.cell
    for name, gradient in before.gradients.items():
        np.testing.assert_array_equal(tab.state.trace.gradients[name], gradient)


def test_that_values_and_formulas_are_those_in_sight(tab: InspectorTab, tmp_path: Path) -> None:
    tab.take_away.save_values(tmp_path / "a.npz")
    with np.load(tmp_path / "a.npz") as arrays:
        np.testing.assert_array_equal(
            arrays["forward.ft"][..., 0], tab.state.trace.forward[0]["ft"]
        )
    tab.take_away.copy_formulas()
    assert QApplication.clipboard().text().count("&=") == len(tab.state.table)


def test_when_a_file_cannot_be_written_or_read_the_tab_says_so(
    tab: InspectorTab, read: Callable[[Path], None], tmp_path: Path
) -> None:
    before = tab.state.trace
    (tmp_path / "folder.csv").mkdir()
    tab.take_away.save_values(tmp_path / "folder.csv")
    assert "is a folder; give the name of a file" in tab.message.text()
    (tmp_path / "a.rnnstudio").write_bytes(b"nothing")
    read(tmp_path / "a.rnnstudio")
    assert "a.rnnstudio is damaged" in tab.message.text()
    assert tab.state.trace is before
