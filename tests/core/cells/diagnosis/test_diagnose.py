"""Mistakes made in programs of plain NumPy are found from what the programs compute."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rnnstudio.core.cells.diagnosis.diagnose import ENOUGH, diagnose
from rnnstudio.core.cells.diagnosis.diagnosis_words import describe_diagnosis
from rnnstudio.core.cells.diagnosis.given import Given
from rnnstudio.core.cells.diagnosis.known_scenes import (
    RESULTS,
    known_scene,
    require_seed,
    scene_for,
)
from rnnstudio.core.cells.diagnosis.mistake import compute
from rnnstudio.core.cells.diagnosis.mistakes import mistakes_of
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import trace
from rnnstudio.core.errors import UserError
from tests.core.cells.diagnosis.programs import numbers_of, run_program

ROOT = Path(__file__).parents[4]
SUM = "np.sum(dg, axis=1, keepdims=True)"
MADE = {
    "lstm": [
        ("dc-chain", "dc", 3, "dc = dc_next + da_next", "dc = da_next"),
        ("da-prevt", "da_next", 3, "da[:, :, t] + da_prevt", "da[:, :, t]"),
        ("dconcat-slice", "da_prev", 4, "dconcat[:5]", "dconcat[3:]"),
        ("bias-gate", "dbf", 4, f'd["b" + gate] + {SUM}',
         'd["b" + gate] + np.sum(dit if gate == "f" else dg, axis=1, keepdims=True)'),
        ("tanh-argument", "dc", 4, "(1 - np.tanh(c_next) ** 2)", "(1 - np.tanh(a_next) ** 2)"),
        ("tanh-slope", "dc", 4, " * (1 - np.tanh(c_next) ** 2)", ""),
        ("sum-axis", "dbf", 4, SUM, "np.sum(dg, axis=0, keepdims=True)"),
        ("candidate-slope", "dcct", 4, "(1 - cct ** 2)", "cct * (1 - cct)"),
        ("gate-slope", "dit", 4, " * it * (1 - it)", ""),
        ("memory-now", "dft", 4, "dft = dc * c_prev", "dft = dc * c_next"),
        ("dc-prev-gate", "dc_prev", 4, "dc_prevt = dc * ft", "dc_prevt = dc"),
        ("output-gate", "dc", 4, "da_next * ot * (1 - np", "da_next * (1 - np"),
        ("gate-left-out", "dconcat", 4, ' + p["Wo"].T @ dot', ""),
        ("gate-factors", "dcct", 4, "dc * it * (1 - cct", "dc * cct * (1 - cct"),
        ("sum-over-time", "dWf_sum", 3, 'd["W" + gate] + dg', "dg"),
        ("mean", "dWf", 4, "dg @ concat.T", "dg @ concat.T / 3"),
        ("off-by-one", "dot", 4, "= caches[t]", "= caches[t - 1]"),
        ("clip-in-place", "", 0, "dc_prevt = dc * ft",
         "dc_prevt = np.clip(dc * ft, -1, 1); np.clip(da_prevt, -1, 1, out=da_prevt)"),
        ("state-not-carried", "a_prev", 2, "    prev, c_prev = a_next, c_next",
         "    c_prev = c_next"),
        ("memory-not-carried", "c_prev", 2, "    prev, c_prev = a_next, c_next",
         "    prev = a_next"),
        ("candidate-sigmoid", "cct", 1, "np.tanh(p", "sigmoid(p"),
        ("forget-input", "c_next", 1, "ft * c_prev + it * cct", "it * c_prev + ft * cct"),
        ("memory-tanh", "a_next", 1, "ot * np.tanh(c_next)\n", "ot * c_next\n"),
        ("bias-forward", "it", 1, 'p["bi"]', 'p["bf"]'),
    ],
    "rnn": [
        ("da-prevt", "da_next", 3, "da[:, :, t] + da_prevt", "da[:, :, t]"),
        ("tanh-argument", "dtanh", 4, "1 - a_next ** 2", "1 - np.tanh(a_next) ** 2"),
        ("tanh-slope", "dz", 4, "da_next * slope", "da_next"),
        ("transpose", "da_prev", 4, 'p["Waa"].T @ dz', 'p["Waa"] @ dz'),
        ("state-now", "dWaa", 4, "dz @ prev.T", "dz @ a_next.T"),
        ("sum-over-time", "dWax_sum", 3, "dWax + dz", "dz"),
        ("softmax-axis", "yt_pred", 1, "softmax(", "(lambda z: softmax(z.T).T)("),
    ],
    "gru": [
        ("direct-path", "da_prev", 4, "da_next * zt + p", "p"),
        ("update-turned", "a_next", 1, "zt * prev + (1 - zt) * cct", "(1 - zt) * prev + zt * cct"),
        ("reset-forgotten", "dmt", 4, "dmt = dcct * rt", "dmt = dcct"),
        ("candidate-slope", "dcct", 4, "(1 - cct ** 2)", "(1 - cct)"),
        ("reset-before", "mt", 1,
         'mt = p["Wca"] @ prev + p["bca"]\n    cct = np.tanh(p["Wcx"] @ xt + p["bcx"] + rt * mt)',
         'mt = p["Wca"] @ (rt * prev) + p["bca"]; cct = np.tanh(p["Wcx"] @ xt + p["bcx"] + mt)'),
    ],
}  # fmt: skip
"""By cell: the mistake, where it first shows and at which step, and the line that makes it."""
CASES = [(cell, *made) for cell, all_made in MADE.items() for made in all_made]
NOT_LISTED = [
    ("lstm", "dit", 4, "dc * cct * it", "dc * cct * ft"),
    ("lstm", "dot", 4, "* ot * (1 - ot)", "* ot * ot"),
    ("lstm", "dft", 4, "dft = dc * c_prev * ft * (1 - ft)", "dft = dc * c_prev * (1 + ft)"),
    ("rnn", "dWax", 4, "dz @ xt.T", "np.abs(dz) @ xt.T"),
    ("lstm", "dc_prev", 4, "dc_prevt = dc * ft", "dc_prevt = dc * ft * ft"),
    ("gru", "drt", 4, "drt = dcct * mt", "drt = dcct * a_next"),
    ("lstm", "ot", 1, 'ot = sigmoid(p["Wo"]', 'ot = np.exp(-p["Wo"]'),
]
"""Mistakes that are in no list."""


@pytest.mark.parametrize(("cell", "key", "name", "step", "old", "new"), CASES,
                         ids=[f"{case[0]}-{case[1]}" for case in CASES])  # fmt: skip
def test_that_a_known_mistake_is_found_from_numbers_alone(
    cell: str, key: str, name: str, step: int, old: str, new: str
) -> None:
    for seed in (1, 2, 3):
        found = diagnose(known_scene(f"{cell}-{seed}"), numbers_of(cell, seed, (old, new)))
        assert found.explanation is not None
        assert [each.mistake.key for each in found.explanations] == [key]
        assert found.explanation.explains > 0.999
        assert found.first_wrong is not None
        if name:  # where clipping first cuts something is up to the numbers
            assert (found.first_wrong.name, found.first_wrong.step + 1) == (name, step)


OTHERWISE = [
    ("lstm", "dc-prev-part", "dc_prev", "    dc_prevt = dc * ft", "    dc_prevt = 0 * dc"),
    ("lstm", "sum-axis", "dbo", "dg, axis=1,", 'dg, axis=1 if gate != "o" else 0,'),
    ("lstm", "gates-swapped", "dconcat", 'p["Wf"].T @ dft + p["Wi"].T @ dit',
     'p["Wi"].T @ dft + p["Wf"].T @ dit'),
    ("lstm", "mean", "dWf", "dg @ concat.T", "np.mean(dg[:, None] * concat[None], axis=-1)"),
    ("lstm", "stack-order", "concat", "np.vstack([prev, xt])", "np.vstack([xt, prev])"),
    ("gru", "da-outside", "da_next", "da[:, :, t] + da_prevt", "da_prevt"),
    ("gru", "bias-gate", "dbrx", "dg.sum(1, k", '(dzt if gate == "r" else dg).sum(1, k'),
    ("rnn", "off-by-one", "xt", "    xt = x[:, :, t]\n    z", "    xt = x[:, :, t - 1]\n    z"),
    ("rnn", "softmax", "yt_pred", "y.append(softmax(", "y.append(("),
]  # fmt: skip
"""The same mistakes made in other ways, on seeds that the others are not of."""


@pytest.mark.parametrize(("cell", "key", "name", "old", "new"), OTHERWISE)
def test_that_a_mistake_made_in_another_way_is_found(
    cell: str, key: str, name: str, old: str, new: str
) -> None:
    for seed in (11, 12):
        found = diagnose(known_scene(f"{cell}-{seed}"), numbers_of(cell, seed, (old, new)))
        assert [each.mistake.key for each in found.explanations] == [key]
        assert found.first_wrong is not None
        assert found.first_wrong.name == name


@pytest.mark.parametrize("cell", CELLS)
def test_that_right_numbers_are_called_right(cell: str) -> None:
    for seed in (1, 2, 3):
        found = diagnose(known_scene(f"{cell}-{seed}"), numbers_of(cell, seed))
        assert found.first_wrong is None
        assert found.wrong == ()


def test_that_right_numbers_in_single_precision_are_called_right() -> None:
    arrays = run_program("lstm", 1)
    from rnnstudio.core.models.given_file import given_of

    numbers = given_of({name: array.astype(np.float32) for name, array in arrays.items()})
    assert diagnose(known_scene("lstm-1"), numbers).first_wrong is None


@pytest.mark.parametrize(("cell", "name", "step", "old", "new"), NOT_LISTED)
def test_that_a_mistake_in_no_list_is_located_and_said_to_be_unknown(
    cell: str, name: str, step: int, old: str, new: str
) -> None:
    scene = known_scene(f"{cell}-2")
    # Of a forward pass the results alone show no more than the first of them that is wrong.
    found = diagnose(scene, numbers_of(cell, 2, (old, new), steps=name == "ot"))
    assert found.explanation is None
    assert found.best < ENOUGH
    assert found.first_wrong is not None
    assert (found.first_wrong.name, found.first_wrong.step + 1) == (name, step)
    assert "None of the" in str(describe_diagnosis(scene, found))


def test_that_from_the_gradients_of_one_step_alone_the_gate_is_named_that_goes_wrong() -> None:
    scene = known_scene("lstm_cell_backward")
    values = dict(compute(scene).backward[0])
    concat = values["concat"]
    wrong = values["dit"] * (1 + values["ft"])
    values |= {"dWi": wrong @ concat.T, "dbi": wrong.sum(axis=1, keepdims=True)}
    changed = values["dconcat"] + scene.parameters["Wi"].T @ (wrong - values["dit"])
    values |= {"da_prev": changed[:5], "dxt": changed[5:]}
    found = diagnose(scene, [Given(name, values[name]) for name in RESULTS["lstm_cell_backward"]])
    assert found.explanation is None
    assert found.first_wrong is not None
    assert found.first_wrong.name == "dit"
    assert found.wrong == ("dxt", "da_prev", "dWi", "dbi")


def test_that_without_a_mistake_all_values_are_those_of_the_scenes_trace() -> None:
    for cell in CELLS:
        scene = known_scene(f"{cell}-1")
        traced, computed = trace(scene), compute(scene)
        for name in (row.name for row in (*scene.cell.backward, *scene.cell.sums)):
            for one, other in zip(traced.backward, computed.backward, strict=True):
                assert np.array_equal(one[name], other[name])


def test_that_no_mistake_leaves_all_numbers_as_they_are() -> None:
    for cell in CELLS.values():
        scene = known_scene(f"{cell.name}-1")
        right = compute(scene)
        for mistake in mistakes_of(cell):
            changed = (compute(scene, variant, right) for variant in mistake.variants)
            assert any(
                not np.allclose(one[name], other.get(name, one[name]))
                if one[name].shape == other[name].shape
                else True
                for computed in changed
                for one, other in zip(
                    right.forward + right.backward,
                    computed.forward + computed.backward,
                    strict=True,
                )
                for name in one
            ), mistake.key


def test_that_the_document_about_it_lists_every_mistake() -> None:
    text = (ROOT / "docs" / "diagnosis.md").read_text("utf-8")
    listed = set(re.findall(r"^\| `([\w-]+)` \|", text, re.MULTILINE))
    assert listed == {mistake.key for cell in CELLS.values() for mistake in mistakes_of(cell)}


def test_that_one_gradient_is_enough_to_find_the_chain_of_the_memory_dropped() -> None:
    change = ("dc = dc_next + da_next", "dc = da_next")
    numbers = [each for each in numbers_of("lstm", 1, change) if each.name == "dWf"]
    found = diagnose(known_scene("lstm-1"), numbers)
    assert found.explanation is not None
    assert found.explanation.mistake.key == "dc-chain"


def test_that_the_shape_that_a_mistake_gives_is_explained_by_it() -> None:
    scene = known_scene("lstm_cell_backward")
    right = compute(scene).backward[0]
    wrong = Given("dbf", right["dft"].sum(axis=0, keepdims=True))
    found = diagnose(scene, [wrong, Given("dbi", right["dbi"])])
    assert found.explanation is not None
    assert found.explanation.mistake.key == "sum-axis"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (Given("dWf", np.zeros((5, 7))), r"dWf has the shape \(5, 7\); here it must be \(5, 8\)"),
        (Given("dbf", np.zeros(5)), r"\(5,\); here it must be \(5, 1\).*keepdims=True"),
        (Given("dWf", np.full((5, 8), np.nan)), r"dWf holds nan at \(0, 0\)"),
        (Given("x", np.zeros((3, 3, 4))), "another seed"),
        (Given("dWz", np.zeros((5, 8))), "The LSTM has no value dWz; it has concat, ft"),
        (Given("a", np.zeros(()), (9, 0, 0)), r"a\[9\]\[0\]\[0\] leads out of the array"),
    ],
)
def test_that_what_cannot_be_compared_is_said(given: Given, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        diagnose(known_scene("lstm-1"), [given])


def test_that_the_scenes_own_inputs_alone_are_nothing_to_compare() -> None:
    scene = known_scene("lstm-1")
    with pytest.raises(UserError, match="nothing to compare"):
        diagnose(scene, [Given("x", scene.x), Given("Wf", scene.parameters["Wf"])])


def test_that_right_numbers_of_another_seed_are_recognized() -> None:
    with pytest.raises(UserError, match="of seed 7; the scene lstm-1 has the seed 1"):
        require_seed("lstm-1", numbers_of("lstm", 7))


def test_that_the_documents_example_is_found_by_the_names_of_its_values() -> None:
    scene = known_scene("lstm_cell_backward")
    numbers = [Given("dxt", scene.x[..., 0]), Given("dc_prev", scene.initial["c"])]
    assert scene_for(numbers) == "lstm_cell_backward"
    assert scene_for([Given("dx", known_scene("rnn_backward").x)]) == "rnn_backward"
    with pytest.raises(UserError, match="could belong to several scenes"):
        scene_for([Given("a_next", np.zeros((5, 10)))])


def test_that_a_printed_figure_of_the_document_is_called_right_and_a_typing_error_is_not() -> None:
    scene = known_scene("lstm_cell_backward")
    figure = Given("dxt", np.array(3.230559115109188), (1, 2), 1e-9)
    assert diagnose(scene, [figure]).first_wrong is None
    changed = replace(figure, array=np.array(3.240559115109188))
    assert diagnose(scene, [changed]).first_wrong is not None
