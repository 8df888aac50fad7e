"""``cells scene`` and ``cells diagnose`` as a student types them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rnnstudio.cli import main
from tests.core.cells.diagnosis.programs import run_program


def diagnosed(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main.run(["cells", "diagnose", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_that_numbers_of_a_scene_that_was_handed_out_are_diagnosed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scene, mine = tmp_path / "scene.npz", tmp_path / "mine.npz"
    assert main.run(["cells", "scene", "lstm-3", "--out", str(scene)]) == 0
    with np.load(scene) as arrays:
        assert arrays["x"].shape == (3, 3, 4)
        assert arrays["Wf"].shape == (5, 8)
    capsys.readouterr()
    gradients = run_program("lstm", 3, ("dc = dc_next + da_next", "dc = da_next"))
    np.savez(mine, **gradients)
    found = diagnosed(capsys, str(mine), "--scene", "lstm-3")
    assert found["first_wrong"] == "dc"
    assert found["step"] == 3
    assert {**found, "pass": "backward"} == found
    assert found["mistake"] == "dc-chain"
    assert found["explains"] > 0.999
    assert "dc_next" in found["sentence"]
    assert found["right"] == ["a", "y", "c"]


def test_that_the_documents_printed_figures_are_right_without_a_scene_being_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = tmp_path / "out.txt"
    printed.write_text(
        'gradients["dxt"][1][2] = 3.230559115109188\n'
        'gradients["dc_prev"][2][3] = 0.7975220387970015\n'
        'gradients["dbf"][4] = [0.18864637]\n'
    )
    found = diagnosed(capsys, str(printed))
    assert found["scene"] == "lstm_cell_backward"
    assert found["first_wrong"] is None
    assert main.run(["cells", "diagnose", str(printed)]) == 0
    assert "All 3 that were given are right: dxt[1][2], " in capsys.readouterr().out


def test_that_numbers_of_another_seed_are_said_to_be_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    np.savez(tmp_path / "mine.npz", **run_program("gru", 5))
    assert main.run(["cells", "diagnose", str(tmp_path / "mine.npz"), "--scene", "gru-4"]) == 1
    assert "are right, but of seed 5" in capsys.readouterr().err


def test_that_a_program_runs_only_where_it_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = tmp_path / "mine.py"
    program.write_text(
        "def rnn_cell_backward(da_next, cache):\n"
        "    a_next, a_prev, xt, p = cache\n"
        "    dz = da_next * (1 - a_next ** 2)\n"
        "    return dict(dxt=p['Wax'].T @ dz, da_prev=p['Waa'] @ dz, dWax=dz @ xt.T,\n"
        "                dWaa=dz @ a_prev.T, dba=dz.sum(1, keepdims=True))\n"
    )
    assert main.run(["cells", "diagnose", str(program)]) == 1
    assert "say --run" in capsys.readouterr().err
    found = diagnosed(capsys, str(program), "--run")
    assert found["function"] == "rnn_cell_backward"
    assert found["first_wrong"] == "da_prev"
    assert found["mistake"] == "transpose"
    assert len(found["functions"]) == 1


def test_that_a_function_that_leaves_gradients_out_is_said_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = tmp_path / "mine.py"
    program.write_text("def rnn_cell_backward(da_next, cache): return dict(dxt=1)\n")
    found = diagnosed(capsys, str(program), "--run")
    assert found["failed"] == "LookupError: the result has no da_prev, dWax, dWaa, dba"
    assert found["first_wrong"] is None


def test_that_an_unknown_scene_is_refused_with_those_that_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.run(["cells", "scene", "elman-3", "--out", str(tmp_path / "a.npz")]) == 1
    assert "say a cell and a seed such as lstm-3" in capsys.readouterr().err
