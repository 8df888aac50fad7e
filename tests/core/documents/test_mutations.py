"""Every kind of file with its entries, arrays and headers changed: opened, or one sentence."""

from __future__ import annotations

import copy
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.errors import UserError
from rnnstudio.core.models.npz_file import read_npz
from rnnstudio.core.models.scene_file import load_scene, save_scene
from rnnstudio.core.names.document import load_names, save_names
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.files.forecaster_file import load_forecaster, save_forecaster
from rnnstudio.core.stocks.files.runs import new_run
from rnnstudio.core.stocks.files.runs_file import open_job, save_runs
from rnnstudio.core.training import Control
from tests.core.names.runs import FAST, with_checkpoints
from tests.core.stocks import made

JSON = "document.json"
LOADERS: dict[str, Callable[[Path], Any]] = {
    "names": load_names,
    "forecast": load_forecaster,
    "work": lambda path: list(open_job(path, Control())),
    "scene": load_scene,
    "npz": read_npz,
}


@cache
def members(kind: str) -> dict[str, bytes]:
    """The members of a whole file of the kind."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "whole"
        if kind == "names":
            save_names(path, with_checkpoints(FAST, [9, 20]))
        elif kind == "forecast":
            save_forecaster(path, made.trained(made.walk(120, 90)), AccessLog())
        elif kind == "work":
            run = new_run(made.trained(made.walk(120, 90)), datetime(2024, 1, 2, tzinfo=UTC))
            save_runs(path, [run])
        else:
            scene = random_scene(CELLS["gru"], Sizes(), 1)
            if kind == "scene":
                save_scene(path, scene)
            else:
                with path.open("wb") as stream:
                    np.savez(stream, **scene.parameters)  # type: ignore[arg-type]
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


ODD = st.sampled_from(
    [None, True, 0, -1, 2.5, 1e308, 10**30, 10**400, "", "nan", "\ud800", [], {}, [[]], ["a"]]
)
HEADERS = st.sampled_from(
    [
        b"{'descr'",
        b"   a\n  b",
        b"(((",
        b"'''",
        b"{'descr': '<f8', 'fortran_order': False, 'shape': (True,), }",
        b"{'descr': '<f8', 'fortran_order': False, 'shape': (-1, 2), }",
        b"{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999, 99999999999), }",
        b"{'descr': '|O', 'fortran_order': False, 'shape': (2, 2), }",
        b"{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (2,), }",
    ]
)
ARRAYS: list[Callable[[np.ndarray], np.ndarray]] = [
    lambda array: array[:0],
    lambda array: array.reshape(-1),
    lambda array: array[None],
    lambda array: array.T,
    lambda array: array.astype("u1"),
    lambda array: array.astype("f4"),
    lambda array: np.full(array.shape, np.nan),
    lambda array: np.full(array.shape, 1e308),
]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value[:3]) if isinstance(
        value, list
    ) else ()  # fmt: skip
    for key, each in inner:
        yield from places(each, (*path, key))


def changed(draw: st.DrawFn, data: bytes) -> bytes:
    """JSON with an odd value at one of its places, or without it."""
    header = copy.deepcopy(json.loads(data))
    *path, last = draw(st.sampled_from(list(places(header["content"]))))
    inner = header["content"]
    for key in path:
        inner = inner[key]
    if draw(st.booleans()):
        inner[last] = draw(ODD)
    else:
        del inner[last]
    return json.dumps(header).encode()


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, dict[str, bytes]]:
    kind = draw(st.sampled_from(list(LOADERS)))
    found = dict(members(kind))
    name = draw(st.sampled_from(sorted(found)))
    if name == JSON or (JSON in found and draw(st.booleans())):
        return kind, {**found, JSON: changed(draw, found[JSON])}
    if draw(st.booleans()):
        header = draw(HEADERS)
        version = draw(st.integers(1, 3))
        found[name] = b"\x93NUMPY%c\0" % version + len(header).to_bytes(2, "little") + header
    else:
        array = np.load(io.BytesIO(found[name]))
        buffer = io.BytesIO()
        with np.errstate(all="ignore"):
            np.save(buffer, draw(st.sampled_from(ARRAYS))(array))
        found[name] = buffer.getvalue()
    return kind, found


@pytest.mark.slow
@settings(deadline=None, max_examples=250, suppress_health_check=list(HealthCheck))
@given(file=mutated())
def test_that_a_changed_file_is_opened_or_refused_in_one_sentence(
    file: tuple[str, dict[str, bytes]], tmp_path: Path
) -> None:
    kind, found = file
    path = tmp_path / "a.rnnstudio"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in found.items():
            archive.writestr(name, data)
    sentence = ""
    try:
        LOADERS[kind](path)
    except UserError as error:
        sentence = str(error)
    assert "\n" not in sentence
    assert len(sentence) < 450
