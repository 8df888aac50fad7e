"""PyTorch's weights: every gate and state is what torch computed.

The files in ``torch_files`` and what torch gave were written by ``torch_files/make.py``.
"""

from __future__ import annotations

import contextlib
import json
import struct
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rnnstudio.core.cells.scene import trace
from rnnstudio.core.errors import UserError
from rnnstudio.core.models.open import open_model
from rnnstudio.core.models.scene import to_scene

FILES = Path(__file__).parent / "torch_files"
NAMES = sorted(path.stem for path in FILES.glob("*.safetensors"))


@pytest.mark.parametrize("name", NAMES)
def test_that_every_gate_and_state_is_what_torch_computed(name: str) -> None:
    model = open_model(FILES / f"{name}.safetensors")
    computed = dict(np.load(FILES / f"{name}.npz"))
    x, y = computed.pop("x").T, computed.pop("y")
    compared = set()
    for key, expected in computed.items():
        place, direction, value = key.split(".")
        scene = to_scene(model, x, place=int(place), direction=direction)  # type: ignore[arg-type]
        shown = np.stack([values[value][:, 0] for values in trace(scene).forward])
        np.testing.assert_allclose(shown, expected, rtol=1e-5, atol=1e-5, err_msg=key)
        compared.add(int(place))
        if int(place) == model.recurrent[-1]:
            made = np.stack([values["yt_pred"][:, 0] for values in trace(scene).forward])
            made = made[::-1] if direction == "backward" else made
            np.testing.assert_allclose(made, y, rtol=1e-5, atol=1e-5)
    assert compared == set(model.recurrent)
    assert model.assumed is not None


def tensors(name: str) -> dict[str, tuple[str, tuple[int, ...], bytes]]:
    """The tensors of a file, read here by the format's own description."""
    data = (FILES / f"{name}.safetensors").read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    numbers = data[8 + length :]
    return {
        key: (each["dtype"], tuple(each["shape"]), numbers[slice(*each["data_offsets"])])
        for key, each in header.items()
    }


def write(
    path: Path,
    stored: Mapping[str, tuple[str, tuple[int, ...], bytes]],
    metadata: Mapping[str, str] | None = None,
) -> Path:
    header: dict[str, object] = {} if metadata is None else {"__metadata__": metadata}
    numbers = b""
    for key, (kind, shape, raw) in stored.items():
        place = [len(numbers), len(numbers) + len(raw)]
        header[key] = {"dtype": kind, "shape": shape, "data_offsets": place}
        numbers += raw
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + numbers)
    return path


def zeros(*shape: int, kind: str = "F32") -> tuple[str, tuple[int, ...], bytes]:
    width = {"F16": 2, "F32": 4, "F64": 8, "I64": 8}[kind]
    return kind, shape, bytes(int(np.prod(shape)) * width)


LSTM = tensors("lstm_bare")
NORM = {"norm.weight": zeros(4), "norm.bias": zeros(4)}


@pytest.mark.parametrize(
    ("changes", "metadata", "sentence"),
    [
        ({"lstm.weight_hh_l0": zeros(10, 4)}, None, "lstm.weight_hh_l0 of the shape"),
        ({"lstm.weight_ih_l0": zeros(15, 3)}, None, "does not fit its layer"),
        ({"lstm.bias_ih_l0": zeros(4)}, None, "does not fit its layer"),
        ({"lstm.weight_hr_l0": zeros(2, 4)}, None, "proj_size"),
        ({"fc.weight": zeros(2, 5)}, None, "over 5 inputs where the one before it gives 4"),
        (NORM, None, r"where among its layers norm\.bias stands.*layers=str\(model\)"),
        ({"other.weight_hh_l0": zeros(16, 4)}, None, "where among its layers"),
        ({"lstm.weight_hh_l0": zeros(4 * 1025, 1025)}, None, "4,\\d{3},\\d{3} weights"),
        (
            {"lstm.weight_hh_l0": zeros(1025, 1025), "lstm.weight_ih_l0": zeros(1025, 3)},
            None,
            "1,025 units",
        ),
        ({}, {"layers": "(lstm): LSTM(3, 4)\n(pool): MaxPool1d(2)"}, "MaxPool1d .“pool”"),
        ({}, {"layers": "(lstm): GRU(3, 4)"}, "does not fit its layer"),
        (NORM, {"layers": "(lstm): LSTM(3, 4)\n(norm): LayerNorm((4,))"}, "without the number eps"),
        ({}, {"layers": "(lstm): LSTM(3, 4)\n(gone): Linear(4, 1)"}, "lacks the weights gone"),
        ({}, {"layers": "nothing", "nonlinearity": "sin"}, "nonlinearity sin"),
    ],
)
def test_when_the_layers_cannot_be_read_one_sentence_says_which_and_why(
    changes: dict[str, tuple[str, tuple[int, ...], bytes]],
    metadata: Mapping[str, str] | None,
    sentence: str,
    tmp_path: Path,
) -> None:
    path = write(tmp_path / "a.safetensors", {**LSTM, **changes}, metadata)
    with pytest.raises(UserError, match=sentence):
        open_model(path)


def test_when_there_is_no_recurrent_layer_or_no_number_a_sentence_says_so(tmp_path: Path) -> None:
    head = {"fc.weight": zeros(2, 4), "steps": zeros(1, kind="I64")}
    with pytest.raises(UserError, match="no recurrent layer"):
        open_model(write(tmp_path / "a.safetensors", head))
    infinite = {**LSTM, "fc.bias": ("F16", (2,), np.array([np.inf, 0], "<f2").tobytes())}
    with pytest.raises(UserError, match="not a finite number"):
        open_model(write(tmp_path / "b.safetensors", infinite))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x02" + bytes(7) + b"[]",
        b"\xff" * 8 + b"{}",
        struct.pack("<Q", 2) + b"{}"[:1],
        struct.pack("<Q", 40) + b'{"a": {"dtype": "F32", "shape": [2]}}   ',
        struct.pack("<Q", 66)
        + b'{"a": {"dtype": "F32", "shape": [-2, 1], "data_offsets": [0, 8]}} ',
    ],
)
def test_when_the_header_is_none_one_sentence_says_so(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.safetensors").write_bytes(data)
    with pytest.raises(UserError, match="damaged or no"):
        open_model(tmp_path / "a.safetensors")


def test_when_tensors_lie_over_each_other_or_outside_one_sentence_says_so(tmp_path: Path) -> None:
    for offsets in ([4, 12], [8, 24]):
        header = {
            "a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},
            "b": {"dtype": "F32", "shape": [2], "data_offsets": offsets},
        }
        text = json.dumps(header).encode()
        (tmp_path / "a.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + bytes(16))
        with pytest.raises(UserError, match="damaged or no"):
            open_model(tmp_path / "a.safetensors")


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(NAMES),
    flips=st.lists(st.tuples(st.integers(0, 2**31), st.integers(1, 255)), max_size=6),
    cut=st.integers(0, 1500),
)
def test_when_the_file_is_damaged_a_sentence_says_so(
    name: str, flips: list[tuple[int, int]], cut: int, tmp_path: Path
) -> None:
    data = bytearray((FILES / f"{name}.safetensors").read_bytes())
    for place, bits in flips:
        data[place % len(data)] ^= bits
    (tmp_path / "a.safetensors").write_bytes(data[: len(data) - cut])
    with contextlib.suppress(UserError):
        model = open_model(tmp_path / "a.safetensors")
        assert all(np.isfinite(a).all() for layer in model.spec.layers for _, a in layer.arrays())


def test_when_weights_are_pickled_the_two_lines_that_write_them_anew_are_shown(
    tmp_path: Path,
) -> None:
    with pytest.raises(UserError, match=r"may hold code.*save_file\(model\.state_dict\(\)"):
        open_model(tmp_path / "a.pt")
