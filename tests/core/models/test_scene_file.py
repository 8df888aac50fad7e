from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.last_capital import last_capital_scene
from rnnstudio.core.cells.output import linear
from rnnstudio.core.cells.partial import part_of
from rnnstudio.core.cells.published import examples
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Scene, Sizes, Unscaled, trace
from rnnstudio.core.cells.scenes import paper_scene, random_scene, text_scene
from rnnstudio.core.cells.table import Variant
from rnnstudio.core.engine.initial import initial_weights
from rnnstudio.core.engine.spec import Dense, ModelSpec, Recurrent
from rnnstudio.core.errors import UserError
from rnnstudio.core.models.npz_file import read_npz
from rnnstudio.core.models.opened_layers import (
    OpenedActivation,
    OpenedBidirectional,
    OpenedMasking,
    OpenedNormalisation,
    OpenedPooling,
)
from rnnstudio.core.models.opened_model import Model
from rnnstudio.core.models.scene import to_scene, wave
from rnnstudio.core.models.scene_file import load_scene, save_scene
from rnnstudio.core.models.trained_stack import trained_stack
from rnnstudio.core.models.values_file import formulas, save_values
from tests.core.models.opened import cell, dense, model


def deep() -> Scene:
    layers = (Recurrent("rnn", 4), Dense(3, "relu"), Dense(5, "softmax"), Dense(2, "sigmoid"))
    spec = ModelSpec(2, layers)
    return to_scene(Model("deep", trained_stack(spec, initial_weights(spec, 1))), wave(2))


def opened() -> Iterator[Scene]:
    """Of what is opened: other cells, masked steps, both directions, a part of many units."""
    relu = Variant("hard_sigmoid_2", "relu")
    both = OpenedBidirectional(
        "both",
        "Bidirectional",
        cell("lstm", every_step=True, zero_masked=True, variant=relu),
        cell("gru", every_step=True, zero_masked=True, backwards=True),
        "concat",
    )
    normal = OpenedNormalisation("n", "LayerNormalization", np.ones(8), np.zeros(8), 1e-3)
    leaky = OpenedActivation("a", "LeakyReLU", "leaky_relu", 0.3)
    pooled = OpenedPooling("p", "GlobalAveragePooling1D", "mean")
    stack = (OpenedMasking("m", "Masking", 0.0), both, normal, leaky, pooled, dense(2, 8))
    x = wave(3, 6)
    x[:, 2] = 0
    for direction in ("forward", "backward"):
        yield to_scene(model(*stack), x, direction=direction)  # type: ignore[arg-type]
    large = model(cell("gru", 60, variant=Variant(reset_before=True)), dense(60, 60, "softmax"))
    yield part_of(to_scene(large, wave(3, 5)))


def scenes() -> list[Scene]:
    lstm = random_scene(CELLS["lstm"], Sizes(m=2), 1).with_intervention(
        Intervention("ft", 0.5, 1, 0, 1)
    )
    gru = text_scene(CELLS["gru"], "hello", 4, 1)
    return [
        lstm.with_fault(lstm.cell.faults[0]),
        replace(gru, cell=linear(gru.cell)),
        replace(
            random_scene(CELLS["rnn"], Sizes(n_x=2, n_y=1), 1),
            inputs=("Close", "Volume"),
            outputs=("Close",),
            readings=(Unscaled("Close", 100.0, 2.5), Unscaled("Volume", 0.0, 1e6)),
            forecast=Unscaled("Close", 0.1, 0.01, last=104.5),
        ),
        deep(),
        *opened(),
        last_capital_scene(CELLS["lstm"], "AbCa?"),
        *map(paper_scene, examples()),
    ]


@pytest.mark.parametrize("number", range(len(scenes())))
def test_that_a_scene_reopens_exactly(number: int, tmp_path: Path) -> None:
    scene = scenes()[number]
    save_scene(tmp_path / "a.rnnstudio", scene)
    back = load_scene(tmp_path / "a.rnnstudio")
    for name in (
        "cell",
        "interventions",
        "fault",
        "marks",
        "labels",
        "inputs",
        "outputs",
        "readings",
        "forecast",
        "task",
    ):
        assert getattr(back, name) == getattr(scene, name)
    assert str(back.origin) == "File: a.rnnstudio"
    before, after = trace(scene), trace(back)
    for step, (one, other) in enumerate(zip(before.backward, after.backward, strict=True)):
        assert one.keys() == other.keys()
        for name, value in one.items():
            np.testing.assert_array_equal(value, other[name], err_msg=f"{name} of step {step}")


@pytest.mark.parametrize(
    "changes",
    [
        {"cell": "transformer"},
        {"labels": ["a"]},
        {"labels": "hello"},
        {"forces": [{"name": "evil", "value": 1.0}]},
        {"forces": [{"name": "ft", "value": "1"}]},
        {"forces": [{"name": "ft", "value": 1.0, "step": 10**9}]},
        {"forces": [{"name": "ft", "value": 1.0, "row": -1}]},
        {"forces": [{"name": "ft", "value": True}]},
        {"bug": "mine"},
        {"variant": {"gate": "softmax"}},
        {"variant": {"squash": "__import__('os').abort()"}},
        {"variant": {"reset_before": True}},
        {"variant": {"masked": True}},
        {"variant": {"partial": True}},
        {"dense": [{"units": 2, "activation": "softmax", "kind": "evil"}]},
        {"dense": [{"units": 2, "activation": "evil"}]},
        {"dense": [{"units": 5, "activation": "linear", "kind": "sum"}] * 2},
        {"task": "last capital"},
        {"task": "mine"},
        {"marks": [3]},
        {"inputs": ["a"]},
        {"outputs": [1, 2]},
        {"readings": [{"name": "Close", "offset": 0.0, "factor": 1.0}]},
        {"readings": [{"name": "Close", "offset": "0", "factor": 1.0}] * 3},
        {"forecast": {"name": "Close", "offset": 0.0}},
        {"forecast": [1.0]},
        {"forces": [{"name": "ft", "value": 1.0, "step": 4}]},
        {"forces": [{"name": "ft", "value": 1.0, "row": 5}]},
        {"forces": [{"name": "ft", "value": 1.0, "example": 1}]},
        {"marks": [{"name": "a_next", "row": 5}]},
        {"marks": [{"name": "a_next", "row": 0, "column": 1}]},
        {"marks": [{"name": "a_next", "row": 0, "step": 4}]},
        {"marks": [{"name": "nothing", "row": 0}]},
        {"dense": []},
        {"dense": [{"units": 2, "activation": "swish"}]},
        {"dense": [{"units": 10**9, "activation": "relu"}, {"units": 2, "activation": "relu"}]},
    ],
)
def test_when_the_content_is_not_a_scene_s_one_sentence_says_so(
    changes: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "a.rnnstudio"
    save_scene(path, random_scene(CELLS["lstm"], Sizes(), 1))
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    header = json.loads(members["document.json"])
    header["content"] |= changes
    members["document.json"] = json.dumps(header).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    with pytest.raises(UserError, match="damaged"):
        load_scene(path)


def test_that_every_value_stands_in_the_table_with_all_its_digits(tmp_path: Path) -> None:
    traced = trace(random_scene(CELLS["lstm"], Sizes(m=2, T_x=3), 1))
    save_values(tmp_path / "a.csv", traced)
    with (tmp_path / "a.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    found = {
        (r["pass"], r["name"], r["step"], r["row"], r["column"]): float(r["value"]) for r in rows
    }
    assert len(found) == len(rows)
    assert found["backward", "dWf_sum", "1", "2", "3"] == traced.gradients["dWf"][1, 2]
    assert found["forward", "ft", "3", "5", "2"] == traced.forward[2]["ft"][4, 1]
    assert found["parameter", "Wf", "", "1", "1"] == traced.scene.parameters["Wf"][0, 0]


@pytest.mark.parametrize("cell", CELLS)
def test_that_the_arrays_of_a_scene_open_as_a_model(cell: str, tmp_path: Path) -> None:
    scene = random_scene(CELLS[cell], Sizes(T_x=5), 1)
    traced = trace(scene)
    save_values(tmp_path / "a.npz", traced)
    opened = trace(to_scene(read_npz(tmp_path / "a.npz"), scene.x[:, 0]))
    with np.load(tmp_path / "a.npz") as arrays:
        assert arrays["forward.a_next"].shape == (5, 1, 5)
        for t, values in enumerate(opened.forward):
            np.testing.assert_array_equal(arrays["forward.a_next"][..., t], values["a_next"])


@pytest.mark.parametrize("number", range(3))
def test_that_another_cell_s_arrays_are_not_taken_for_the_plain_one(
    number: int, tmp_path: Path
) -> None:
    scene = list(opened())[number]
    save_values(tmp_path / "a.npz", trace(scene))
    with np.load(tmp_path / "a.npz") as saved:
        np.testing.assert_array_equal(saved["parameters.Wy"], scene.parameters["Wy"])
    with pytest.raises(UserError, match="arrays of no cell"):
        read_npz(tmp_path / "a.npz")


def test_when_arrays_of_dense_layers_are_exported_their_activations_are_asked_for(
    tmp_path: Path,
) -> None:
    save_values(tmp_path / "a.npz", trace(deep()))
    with pytest.raises(UserError, match="does not say what their activations are"):
        read_npz(tmp_path / "a.npz")


def test_that_the_formulas_are_aligned_at_their_equal_signs() -> None:
    text = formulas(CELLS["lstm"].forward)
    assert text.count("&=") == len(CELLS["lstm"].forward)
    assert text.startswith("\\begin{align*}")


def test_when_the_name_ends_otherwise_the_kinds_are_listed(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"\.csv or \.npz"):
        save_values(tmp_path / "a.xlsx", trace(random_scene(CELLS["rnn"], Sizes(), 1)))
