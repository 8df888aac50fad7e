from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes, trace
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.errors import UserError
from rnnstudio.core.models.open import open_model
from rnnstudio.core.models.scene import to_scene


@pytest.mark.parametrize("cell", CELLS)
def test_that_a_written_cell_comes_back_and_predicts_the_same(cell: str, tmp_path: Path) -> None:
    scene = random_scene(CELLS[cell], Sizes(n_x=2, n_a=4, n_y=3, T_x=6), 1)
    np.savez(tmp_path / "cell.npz", **scene.parameters, note=np.array([1.0]))
    opened = to_scene(open_model(tmp_path / "cell.npz"), scene.x[:, 0])
    for ours, theirs in zip(trace(opened).forward, trace(scene).forward, strict=True):
        np.testing.assert_allclose(ours["yt_pred"], theirs["yt_pred"], rtol=1e-12)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"Waa": np.zeros((3, 4))}, "Waa"),
        ({"ba": np.zeros(4)}, "must be a matrix"),
        ({"Wax": np.full((4, 2), np.inf)}, "finite"),
        ({"Wax": np.array([[None]], dtype=object)}, "Wax as object; save it as float32"),
        ({name: np.zeros((1100, 1100)) for name in ("Wax", "Waa", "Wya")}, "too large"),
    ],
)
def test_when_an_array_does_not_fit_one_sentence_says_so(
    changes: dict[str, np.ndarray], sentence: str, tmp_path: Path
) -> None:
    parameters = random_scene(CELLS["rnn"], Sizes(n_x=2, n_a=4, n_y=3), 1).parameters
    np.savez(tmp_path / "cell.npz", **{**parameters, **changes})
    with pytest.raises(UserError, match=sentence):
        open_model(tmp_path / "cell.npz")


def test_when_no_cell_is_in_the_file_an_example_says_what_would_be_right(tmp_path: Path) -> None:
    np.savez(tmp_path / "cell.npz", W=np.zeros((2, 2)))
    with pytest.raises(UserError, match="Wax, Waa, ba"):
        open_model(tmp_path / "cell.npz")
