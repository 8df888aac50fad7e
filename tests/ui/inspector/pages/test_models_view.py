"""The page about models: its lines are copied, and do what they say."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.models.open import open_model
from rnnstudio.core.models.scalers import read_scalers
from rnnstudio.core.models.writing_lines import NUMPY_LINES, SCALER_LINES, TORCH_LINES
from rnnstudio.ui.inspector.tab import InspectorTab

DOCUMENT = Path(__file__).parents[4] / "docs" / "opening-models.md"


def test_that_the_drawer_leads_to_the_lines_and_a_button_copies_them(tab: InspectorTab) -> None:
    said: list[str] = []
    tab.status.connect(said.append)
    tab.form.models_link.click()
    assert tab.pages.key == "models"
    page = tab.pages.models
    page.cards[1].copy.click()
    assert QGuiApplication.clipboard().text() == f"{TORCH_LINES}\n"
    assert said[-1] == "The lines for PyTorch are copied."
    layers = {line.name for line in page.numbers(tab.state)[1]}
    assert {"Keras Bidirectional", "PyTorch nn.GRU"} <= layers


def test_that_the_lines_write_files_that_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    scene = random_scene(CELLS["lstm"], Sizes(), 1)
    scaler = SimpleNamespace(min_=np.array([-0.5]), scale_=np.array([0.25]))
    for lines in (NUMPY_LINES, SCALER_LINES):
        exec(lines, {**scene.parameters, "scaler": scaler})  # noqa: S102
    assert open_model(tmp_path / "cell.npz").spec.n_x == Sizes().n_x
    (close,) = read_scalers(tmp_path / "model.scaler.json").inputs
    assert (close.name, close.value(0.0), close.value(1.0)) == ("Close", 2.0, 6.0)
    assert json.loads((tmp_path / "model.scaler.json").read_text())["outputs"]


@pytest.mark.parametrize("lines", [TORCH_LINES, SCALER_LINES])
def test_that_the_document_has_the_same_lines(lines: str) -> None:
    text = DOCUMENT.read_text("utf-8")
    assert set(lines.splitlines()) <= set(text.splitlines())
