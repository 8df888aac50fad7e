"""``rnnstudio models inspect``: what opens, and why something does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rnnstudio.cli.main import run

FILES = Path(__file__).parents[1] / "core/models/torch_files"


def inspected(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["models", "inspect", *arguments]) == 0
    return capsys.readouterr().out


def test_that_the_layers_of_a_model_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(inspected(capsys, str(FILES / "both_ways.safetensors"), "--json"))
    assert list(found) == ["opens", "layers", "recurrent", "why"]
    assert (found["opens"], found["recurrent"], found["why"]) == (True, 3, None)
    assert [layer["class"] for layer in found["layers"][:4]] == ["LSTM", "LSTM", "GRU", "LayerNorm"]
    assert found["layers"][3] == {
        "name": "norm",
        "class": "LayerNorm",
        "units": None,
        "weights": 12,
        "recurrent": False,
    }
    text = inspected(capsys, str(FILES / "lstm.safetensors"))
    assert "lstm.safetensors opens; it has 1 recurrent layer." in text
    assert "| lstm.l0 | LSTM   |     4 |     128 |" in text


def test_when_a_file_does_not_open_the_answer_says_why(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "a.keras").write_bytes(b"no zip")
    found = json.loads(inspected(capsys, str(tmp_path / "a.keras"), "--json"))
    assert (found["opens"], found["layers"], found["recurrent"]) == (False, [], 0)
    assert found["why"] == "a.keras is damaged or no model of Keras; choose another file."
    assert found["why"] in inspected(capsys, str(tmp_path / "a.keras"))
