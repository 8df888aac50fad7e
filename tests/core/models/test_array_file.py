"""Arrays from files."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.models.array_file import read_array

MATRIX = np.array([[1.0, -0.5, 2e-3], [4.0, 0.0, -6.25]])


@pytest.mark.parametrize("dtype", ["<f8", ">f8", "<f4", "<i2", "u1"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_that_whatever_numpy_saves_as_numbers_is_read(
    tmp_path: Path, dtype: str, order: str
) -> None:
    array = np.array([[1, 2, 3], [4, 5, 6]], dtype, order=order)
    np.save(tmp_path / "w.npy", array)
    np.testing.assert_array_equal(read_array(tmp_path / "w.npy", "Wf", (2, 3)), array)


def test_that_files_of_text_and_of_numpy_are_read(tmp_path: Path) -> None:
    np.save(tmp_path / "w.npy", MATRIX.astype(np.float32))
    (tmp_path / "w.csv").write_text("﻿1,-0.5,0.002\n4,0,-6.25\n", encoding="utf-8")
    np.testing.assert_allclose(read_array(tmp_path / "w.npy", "Wf", (2, 3)), MATRIX, rtol=1e-7)
    np.testing.assert_array_equal(read_array(tmp_path / "w.csv", "Wf", (2, 3)), MATRIX)


def test_that_a_file_which_is_no_array_is_reported_in_a_sentence(tmp_path: Path) -> None:
    np.save(tmp_path / "objects.npy", np.array([{}, "x"], dtype=object), allow_pickle=True)
    (tmp_path / "cut.npy").write_bytes(b"\x93NUMPY\x01\x00")
    (tmp_path / "empty.npy").write_bytes(b"")
    (tmp_path / "binary.csv").write_bytes(bytes(range(128, 256)))
    (tmp_path / "huge.txt").write_text("0 " * 2_100_000)
    header = "{'descr': '<f8', 'fortran_order': False, 'shape': (99999, 99999999), }"
    (tmp_path / "liar.npy").write_bytes(
        b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode()
    )
    for place, header in enumerate(
        ("{'descr'", "   x\n  y", "{'shape': (True,), 'descr': '<f8'}", "")
    ):
        (tmp_path / f"damaged{place}.npy").write_bytes(
            b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode()
        )
    (tmp_path / "folder.npy").mkdir()
    (tmp_path / "zero.npy").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.csv")
    np.save(tmp_path / "words.npy", np.array(["a"]))
    for name in (*(path.name for path in tmp_path.iterdir()), "missing.txt"):
        with pytest.raises(UserError) as error:
            read_array(tmp_path / name, "Wf", (2, 3))
        assert "\n" not in str(error.value)
