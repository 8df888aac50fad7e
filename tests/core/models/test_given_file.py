"""Numbers for a scene from files of any kind."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rnnstudio.core.cells.diagnosis.diagnose import diagnose
from rnnstudio.core.cells.diagnosis.known_scenes import known_scene, scene_for
from rnnstudio.core.cells.published import Example, examples
from rnnstudio.core.cells.scene import trace
from rnnstudio.core.errors import UserError
from rnnstudio.core.models.given_file import read_given
from rnnstudio.core.models.printed_arrays import printed_arrays
from rnnstudio.core.models.values_file import save_values

GRADIENTS = {name: trace(known_scene("lstm-1")).gradients[name] for name in ("dx", "dWf", "dbf")}


def read(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    read_given(folder / name)


@pytest.mark.parametrize("suffix", [".csv", ".npz"])
def test_that_the_values_that_the_inspector_saves_are_right(tmp_path: Path, suffix: str) -> None:
    for name in ("lstm-1", "rnn_cell_backward"):
        scene = known_scene(name)
        path = tmp_path / f"values{suffix}"
        save_values(path, trace(scene))
        found = diagnose(scene, read_given(path))
        assert found.first_wrong is None
        assert len(found.right) >= 9


def test_that_printed_arrays_are_read_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        f"gradients = {GRADIENTS}\n"
        f'gradients["dx"].shape = {GRADIENTS["dx"].shape}\nlen(caches) = 2\n'
        f'gradients[\\"dbf\\"][4] = {GRADIENTS["dbf"][4]}\n'
        f"dWf:\n{GRADIENTS['dWf'].astype(np.float32)!r}\n"
    )
    found = read_given(tmp_path / "a.txt")
    assert [each.label for each in found] == ["dx", "dWf", "dbf", "dbf[4]", "dWf"]
    for each in found:
        right = GRADIENTS[each.name][each.index]
        assert np.abs(each.array - right).max() < each.tolerance < 1e-6
    assert diagnose(known_scene("lstm-1"), found).first_wrong is None


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.function)
def test_that_what_the_document_prints_is_right_and_its_scene_is_found(example: Example) -> None:
    lines = [f"{name} =  {np.array(value)}" for name, value in example.printed.items()]
    numbers = printed_arrays("\n".join(lines))
    assert len(numbers) >= 2
    assert scene_for(numbers) == example.function
    found = diagnose(known_scene(example.function), numbers)
    assert found.first_wrong is None


def test_that_few_printed_decimals_are_no_mistake() -> None:
    with np.printoptions(precision=3):
        found = printed_arrays(f"dWf = {GRADIENTS['dWf']}")
    assert found[0].tolerance == pytest.approx(6e-4)
    assert diagnose(known_scene("lstm-1"), found).first_wrong is None


def test_that_a_file_of_one_array_has_its_name_from_the_file(tmp_path: Path) -> None:
    np.savetxt(tmp_path / "dWf.csv", GRADIENTS["dWf"], delimiter=",")
    np.save(tmp_path / "dx.npy", GRADIENTS["dx"])
    for file in ("dWf.csv", "dx.npy"):
        [only] = read_given(tmp_path / file)
        assert only.name == file.split(".")[0]
        assert diagnose(known_scene("lstm-1"), [only]).first_wrong is None


def test_that_an_array_cut_by_dots_says_how_to_print_it_whole(tmp_path: Path) -> None:
    with np.printoptions(threshold=10):
        text = f"dWf = {GRADIENTS['dWf']}"
    with pytest.raises(UserError, match=r"set_printoptions\(threshold=sys.maxsize\)"):
        read(tmp_path, "a.txt", text)


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("a.txt", "nothing here", "holds no arrays"),
        ("a.txt", "dWf = [[1. 2.] [3.]]", "rows of dWf have different lengths"),
        ("a.txt", "dWf = [[1. 2.", "brackets of dWf are not closed"),
        ("a.txt", "dWf = [1. two 3.]", "something else than numbers stands in them near “two"),
        ("a.txt", "dWf = [[[[1.]]]]", "dWf has 4 axes"),
        ("a.csv", "1,2\n3\n", "must be one array"),
        ("a.csv", "name,row,column,step,value\ndWf,0,1,1,2\n", "Line 2 of the table must have"),
        ("a.csv", "name,row,column,step,value\ndWf,3,1,1,2\n", "some are missing"),
        ("a.csv", "name,row,column,step,value\ndWf,x,1,1,2\n", "Line 2 of the table must have"),
        ("a.npz", "no zip", "is damaged or holds something else than arrays"),
        ("a.npy", "no array", "is damaged or holds something else than arrays"),
    ],
)
def test_that_what_cannot_be_read_is_said(
    tmp_path: Path, name: str, text: str, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        read(tmp_path, name, text)


@given(arrays(np.float64, (2, 3), elements=st.floats(-1e6, 1e6)))
@settings(max_examples=30)
def test_that_whatever_numpy_prints_is_read_back(array: np.ndarray) -> None:
    [found] = printed_arrays(f"dxt = {array}")
    assert found.array.shape == array.shape
    assert np.abs(found.array - array).max() <= found.tolerance


@given(st.text(alphabet="ab[]= 1.,-e\n'\"", max_size=40))
@settings(max_examples=60)
def test_that_no_text_breaks_the_reader(text: str) -> None:
    with suppress(UserError):
        assert isinstance(printed_arrays(text), list)
