"""Arrays that were typed, pasted or loaded."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rnnstudio.core.cells.typed import parse_array
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


@given(FINITE)
def test_that_what_numpy_prints_in_full_is_read_back_to_the_last_bit(array: np.ndarray) -> None:
    for text in (repr(array.tolist()), "\n".join("\t".join(map(repr, r)) for r in array.tolist())):
        np.testing.assert_array_equal(parse_array(text, "Wf", array.shape), array)


@given(st.text(max_size=200))
def test_that_any_text_is_an_array_or_one_sentence(text: str) -> None:
    try:
        array = parse_array(text, "bf", (2, 2))
    except UserError:
        return
    assert array.shape == (2, 2)
    assert np.isfinite(array).all()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "no numbers; Wf must have 2 rows of 3 numbers"),
        ("1 2 3\n4 1_0 6", "Row 2, column 2 of Wf is “1_0”"),
        ("1 2 3\n4 x 6", "Row 2, column 2 of Wf is “x”"),
        ("1 2\n3 4", "The array is 2 × 2; Wf must have 2 rows of 3 numbers"),
        ("1 2 3\n4 5", "The rows have 2 to 3 numbers"),
        ("1 2 3\n4 nan 6", "Row 2, column 2 of Wf is “nan”"),
        ("1 2 3\n4 5 1e999", "Row 2, column 3 holds inf"),
    ],
)
def test_that_a_wrong_array_is_reported_with_its_place_and_what_is_wanted(
    text: str, expected: str
) -> None:
    with pytest.raises(UserError, match=expected):
        parse_array(text, "Wf", (2, 3))


def test_that_a_bias_may_be_written_as_a_row() -> None:
    np.testing.assert_array_equal(parse_array("1 2 3", "bf", (3, 1)), [[1], [2], [3]])
