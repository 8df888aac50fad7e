"""Scalers as JSON: a model's numbers are shown in their own units, as scikit-learn has them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rnnstudio.core.cells.partial import part_of
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.errors import UserError
from rnnstudio.core.models.open import open_model
from rnnstudio.core.models.scalers import read_scalers
from rnnstudio.core.models.scene import to_scene, wave

TABLE = np.random.default_rng(1).normal([100, 5e6, -3], [20, 1e6, 0.1], (30, 3))
PARAMETERS = {
    "StandardScaler": ("mean_", "scale_"),
    "MinMaxScaler": ("min_", "scale_"),
    "RobustScaler": ("center_", "scale_"),
    "MaxAbsScaler": ("max_abs_",),
}


@pytest.mark.parametrize("name", PARAMETERS)
def test_that_a_scaled_number_is_what_scikit_learn_s_inverse_gives(
    name: str, tmp_path: Path
) -> None:
    from sklearn import preprocessing

    scaler = getattr(preprocessing, name)().fit(TABLE)
    said = {each: getattr(scaler, each).tolist() for each in PARAMETERS[name]}
    found = read(tmp_path, {"inputs": {**said, "names": ["Close", "Volume", "z"]}}).inputs
    assert [each.name for each in found] == ["Close", "Volume", "z"]
    numbers = np.random.default_rng(2).standard_normal((4, 3))
    expected = scaler.inverse_transform(numbers)
    made = [[each.value(z) for each, z in zip(found, row, strict=True)] for row in numbers]
    np.testing.assert_allclose(made, expected, rtol=1e-12)


def test_that_a_range_other_than_0_to_1_is_turned_back(tmp_path: Path) -> None:
    from sklearn.preprocessing import MinMaxScaler

    scaler = MinMaxScaler((-1, 3)).fit(TABLE)
    names = ("data_min_", "data_max_")
    said: dict[str, Any] = {each: getattr(scaler, each).tolist() for each in names}
    found = read(tmp_path, {"outputs": {**said, "feature_range": [-1, 3]}}).outputs
    scaled = scaler.transform(TABLE)
    made = [each.value(z) for each, z in zip(found, scaled[7], strict=True)]
    np.testing.assert_allclose(made, TABLE[7])


def read(folder: Path, content: Any) -> Any:
    (folder / "a.scaler.json").write_text(json.dumps(content), "utf-8")
    return read_scalers(folder / "a.scaler.json")


def network(folder: Path, n_y: int = 2) -> Path:
    scene = random_scene(CELLS["lstm"], Sizes(n_x=3, n_a=4, n_y=n_y), 1)
    np.savez(folder / "a.npz", **scene.parameters)  # type: ignore[arg-type]
    return folder / "a.npz"


def test_that_inputs_and_outputs_are_read_in_their_units(tmp_path: Path) -> None:
    prices = {"names": ["Close"], "offset": [100], "factor": [20]}
    three = {"offset": [1, 2, 3], "factor": [1, 1, 1]}
    (tmp_path / "a.scaler.json").write_text(json.dumps({"inputs": three, "outputs": prices}))
    scene = to_scene(open_model(network(tmp_path, 1)), wave(3))
    assert scene.inputs == ("x[1]", "x[2]", "x[3]")
    reading, predicted = scene.reading("xt", 1, 0), scene.reading("yt_pred", 0, 3)
    assert reading is not None
    assert reading.value(0.5) == 2.5
    assert predicted is not None
    assert predicted.value(0.5) == 110
    part = part_of(scene, (0, 2)).reading("yt_pred", 0, 3)
    assert part == predicted


@pytest.mark.parametrize(
    "content",
    [
        [],
        {"inputs": {}},
        {"inputs": {"mean_": [1, 2]}},
        {"inputs": {"mean_": [1, 2], "scale_": [1]}},
        {"inputs": {"mean_": ["1"], "scale_": [1]}},
        {"inputs": {"mean_": [1], "scale_": [True]}},
        {"inputs": {"min_": [1], "scale_": []}},
        {"inputs": {"mean_": [1], "scale_": [1], "names": [1]}},
        {"inputs": {"mean_": [1], "scale_": [1], "names": ["a", "b"]}},
        {"inputs": "mean_"},
    ],
)
def test_when_it_holds_no_scaler_one_sentence_says_what_is_needed(
    content: Any, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match=r"a\.scaler\.json does not hold the parameters"):
        read(tmp_path, content)


def test_when_a_scaler_has_other_sizes_one_sentence_says_so(tmp_path: Path) -> None:
    one = {"offset": [1], "factor": [1]}
    (tmp_path / "a.scaler.json").write_text(json.dumps({"inputs": one}))
    with pytest.raises(UserError, match=r"scaler of 1 inputs beside it; the model reads 3"):
        open_model(network(tmp_path))
    (tmp_path / "a.scaler.json").write_text(json.dumps({"outputs": one}))
    with pytest.raises(UserError, match=r"scaler of 1 outputs beside it; the model gives 2"):
        to_scene(open_model(network(tmp_path)), wave(3))
