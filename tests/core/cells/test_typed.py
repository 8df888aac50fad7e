"""Arrays that were typed, pasted or loaded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rnnstudio.core.cells.typed import parse_array, read_array
from rnnstudio.core.errors import UserError

MATRIX = np.array([[1.0, -0.5, 2e-3], [4.0, 0.0, -6.25]])
FINITE = arrays(np.float64, st.tuples(st.integers(1, 5), st.integers(1, 5)),
                elements=st.floats(allow_nan=False, allow_infinity=False))  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "1 -0.5 2e-3\n4 0 -6.25",
        "1\t-0.5\t0.002\n4\t0\t-6.25\n",
        "1, −0.5, 0.002;\n4, 0, −6.25",
        "[[1, -0.5, 0.002], [4, 0, -6.25]]",
        "[[ 1.   -0.5   0.002]\n [ 4.    0.   -6.25 ]]",
        "\n\n1;-0.5;0.002\n\n4;0;-6.25\n\n",
    ],
)
def test_that_the_usual_ways_of_writing_a_matrix_are_read(text: str) -> None:
    np.testing.assert_array_equal(parse_array(text, "Wax", (2, 3)), MATRIX)


@settings(deadline=None)
@given(FINITE)
def test_that_what_numpy_prints_in_full_is_read_back_to_the_last_bit(array: np.ndarray) -> None:
    for text in (repr(array.tolist()), "\n".join("\t".join(map(repr, r)) for r in array.tolist())):
        np.testing.assert_array_equal(parse_array(text, "Wf", array.shape), array)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_that_any_text_is_an_array_or_one_sentence(text: str) -> None:
    try:
        array = parse_array(text, "bf", (2, 2))
    except UserError:
        return
    assert array.shape == (2, 2)
    assert np.isfinite(array).all()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no numbers; Wf must have 2 rows of 3 numbers"),
        ("1 2 3\n4 x 6", "Row 2, column 2 of Wf is “x”"),
        ("1 2\n3 4", "The array is 2 × 2; Wf must have 2 rows of 3 numbers"),
        ("1 2 3\n4 5", "The rows have 2 to 3 numbers"),
        ("1 2 3\n4 nan 6", "Row 2, column 2 holds nan"),
        ("1 2 3\n4 5 1e999", "Row 2, column 3 holds inf"),
    ],
)
def test_that_a_wrong_array_is_told_with_its_place_and_what_is_wanted(text: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        parse_array(text, "Wf", (2, 3))


def test_that_a_bias_may_be_written_as_a_row() -> None:
    np.testing.assert_array_equal(parse_array("1 2 3", "bf", (3, 1)), [[1], [2], [3]])


def test_that_files_of_text_and_of_numpy_are_read(tmp_path: Path) -> None:
    np.save(tmp_path / "w.npy", MATRIX.astype(np.float32))
    (tmp_path / "w.csv").write_text("﻿1,-0.5,0.002\n4,0,-6.25\n", encoding="utf-8")
    np.testing.assert_allclose(read_array(tmp_path / "w.npy", "Wf", (2, 3)), MATRIX, rtol=1e-7)
    np.testing.assert_array_equal(read_array(tmp_path / "w.csv", "Wf", (2, 3)), MATRIX)


def test_that_a_file_which_is_no_array_is_told_in_a_sentence(tmp_path: Path) -> None:
    np.save(tmp_path / "objects.npy", np.array([{}, "x"], dtype=object), allow_pickle=True)
    (tmp_path / "cut.npy").write_bytes(b"\x93NUMPY\x01\x00")
    (tmp_path / "empty.npy").write_bytes(b"")
    (tmp_path / "binary.csv").write_bytes(bytes(range(128, 256)))
    (tmp_path / "huge.txt").write_text("0 " * 2_100_000)
    header = "{'descr': '<f8', 'fortran_order': False, 'shape': (99999, 99999999), }"
    (tmp_path / "liar.npy").write_bytes(
        b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode()
    )
    np.save(tmp_path / "words.npy", np.array(["a"]))
    for name in (*(path.name for path in tmp_path.iterdir()), "missing.txt"):
        with pytest.raises(UserError) as error:
            read_array(tmp_path / name, "Wf", (2, 3))
        assert "\n" not in str(error.value)
