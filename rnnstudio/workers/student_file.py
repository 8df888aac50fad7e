"""Runs a stranger's Python file with the document's functions, in a process that may only compute.

The child imports what it needs, then takes its own rights away: an empty folder, no environment,
no output, limits of memory, processor time, processes and file sizes where the system has them
(``resource``: Linux, and in parts macOS), and an audit hook that refuses files, network, processes
and native code. The parent ends it after ``SECONDS``. What comes back is read as plain arrays and
never unpickled. ``docs/diagnosis.md`` says what of this holds on which system: an audit hook stops
what a file does through Python, not somebody who sets out to break the interpreter.
"""

from __future__ import annotations

import io
import json
import multiprocessing
import sys
import tempfile
import time
import traceback
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rnnstudio.core.cells.diagnosis.bug_findings import Submission
from rnnstudio.core.cells.diagnosis.document_calls import call_functions
from rnnstudio.core.cells.diagnosis.known_scenes import FURTHER, RESULTS
from rnnstudio.core.cells.functions import sigmoid, softmax
from rnnstudio.core.documents.bounded_zip import zip_within
from rnnstudio.core.documents.damage import DAMAGE
from rnnstudio.core.errors import UserError
from rnnstudio.core.models.given_file import arrays_in, given_of
from rnnstudio.core.training import stop_point
from rnnstudio.workers.permissions import FILE_NAME, Refusals, take_rights_away
from rnnstudio.workers.spawned import end_with_the_parent

SECONDS = 10.0
"""How long the file may compute."""
START_SECONDS = 120.0
"""How long a child may take to start on a machine that does other things."""
MOST_ANSWER = 20_000_000
"""Bytes of the arrays that come back."""
MOST_SOURCE = 1_000_000
_LOOK_SECONDS = 0.05
"""How often it is looked whether a stop was asked for."""
_READY = b"ready"
_REPORT = "report"


@dataclass(frozen=True, eq=False)
class Called:
    """What the functions of a file gave: arrays by function and name, and why others gave none.

    The arrays have any shapes, float64, and no unit.
    """

    arrays: Mapping[str, Mapping[str, npt.NDArray[np.float64]]]
    failures: Mapping[str, str]


def call_file(path: Path, seconds: float = SECONDS) -> Called:
    """Run the file and call each of the document's functions that it has on the examples.

    Raises UserError when the file cannot be read or compiled, does not end in time, takes too much
    memory, dies, or does something else than compute.
    """
    source = _source(path)
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe(duplex=False)
    with tempfile.TemporaryDirectory() as folder, ours:
        with theirs:
            process = spawn.Process(
                target=serve, args=(theirs, source, folder), name="student file", daemon=True
            )
            process.start()
        try:
            answer = _answer(ours, path, seconds)
        finally:
            process.kill()
            process.join()
            process.close()
    return _read(answer, path)


def submission_from(path: Path) -> Submission:
    """What the functions of the file give, to be looked at; raises UserError as ``call_file`` does.

    And where the file has none of the document's functions, or stops before it has.
    """
    called = call_file(path)
    if "" in called.failures:
        raise UserError("{path} stopped: {reason}", path=path.name, reason=called.failures[""])
    if not called.arrays and not called.failures:
        raise UserError(
            "{path} defines none of the functions that can be checked: {names}.",
            path=path.name,
            names=", ".join((*RESULTS, *FURTHER)),
        )
    numbers = {name: tuple(given_of(arrays)) for name, arrays in called.arrays.items()}
    return Submission(path.name, numbers, called.failures, is_program=True)


def _source(path: Path) -> str:
    try:
        data = path.read_bytes() if path.stat().st_size <= MOST_SOURCE else None
    except OSError as error:
        raise UserError(
            "{path} cannot be read: {reason}.", path=path, reason=error.strerror
        ) from error
    if data is None:
        raise UserError("{path} is too large for a Python file.", path=path.name)
    try:
        source = data.decode("utf-8-sig")
        compile(source, path.name, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        raise UserError(
            "{path} is no Python: {reason}.", path=path.name, reason=str(error)
        ) from error
    return source


def _answer(ours: Connection, path: Path, seconds: float) -> bytes:
    """The child's answer; raises UserError if there is none."""
    try:
        if not _arrives(ours, START_SECONDS) or ours.recv_bytes(len(_READY)) != _READY:
            raise UserError("The process for {path} does not start.", path=path.name)
        if not _arrives(ours, seconds):
            raise UserError(
                "{path} was stopped after {seconds:g} seconds: a loop in it does not end, or it "
                "waits for something.",
                path=path.name,
                seconds=seconds,
            )
        return ours.recv_bytes(MOST_ANSWER)
    except (EOFError, OSError) as error:
        raise UserError(
            "{path} ended its process before the functions were done, or gave more than can be "
            "read.",
            path=path.name,
        ) from error


def _arrives(ours: Connection, seconds: float) -> bool:
    """Whether something comes within so many seconds; a stop that is asked for ends the wait."""
    until = time.monotonic() + seconds
    while not ours.poll(min(_LOOK_SECONDS, max(0.0, until - time.monotonic()))):
        stop_point()
        if time.monotonic() >= until:
            return False
    return True


def _read(answer: bytes, path: Path) -> Called:
    try:
        with zip_within(answer, path) as members:
            arrays = arrays_in(members)
        report = json.loads(arrays.pop(_REPORT).tobytes())
        failures = {str(name): str(why) for name, why in report["failures"].items()}
        refused = report["refused"]
    except DAMAGE as error:
        raise UserError("What {path} gave cannot be read as arrays.", path=path.name) from error
    if refused:
        raise UserError(
            "{path} tried to do something else than compute ({what}, line {line}); it was "
            "refused. Take that out of the file.",
            path=path.name,
            what=str(refused[0])[:60],
            line=int(refused[1]),
        )
    found: dict[str, dict[str, npt.NDArray[np.float64]]] = {}
    for key, array in arrays.items():
        function, _, name = key.partition(" ")
        found.setdefault(function, {})[name] = array.astype(np.float64)
    return Called(found, failures)


def serve(connection: Connection, source: str, folder: str) -> None:
    """The child: run ``source`` without rights and send what its functions give."""
    end_with_the_parent()
    utilities = types.ModuleType("rnn_utils")
    utilities.__dict__.update(sigmoid=sigmoid, softmax=softmax, np=np)
    sys.modules["rnn_utils"] = utilities
    namespace: dict[str, Any] = {**utilities.__dict__, "__name__": "student_file"}
    call_functions({})  # what it reads and imports is read and imported before the rights go
    code = compile(source, FILE_NAME, "exec", dont_inherit=True)
    refusals = take_rights_away(folder, SECONDS)
    connection.send_bytes(_READY)
    connection.send_bytes(_packed(*_call(lambda: exec(code, namespace), namespace), refusals))  # noqa: S102 - in a process without rights
    time.sleep(SECONDS)  # until the parent has read it and ends this


def _call(
    define: Callable[[], None], namespace: dict[str, Any]
) -> tuple[dict[str, dict[str, npt.NDArray[Any]]], dict[str, str]]:
    try:
        define()
    except BaseException as error:
        return {}, {"": _described(error)}
    return call_functions(namespace, _described)


def _described(error: BaseException) -> str:
    """The exception with the line of the file that it comes from."""
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == FILE_NAME
    ]
    said = traceback.format_exception_only(error)[-1].strip()[:300]
    return f"{said} (line {lines[-1]})" if lines else said


def _packed(
    arrays: dict[str, dict[str, npt.NDArray[Any]]], failures: dict[str, str], refusals: Refusals
) -> bytes:
    report = json.dumps({"failures": failures, "refused": refusals.first}).encode()
    flat = {
        f"{function} {name}": array
        for function, found in arrays.items()
        for name, array in found.items()
    }
    buffer = io.BytesIO()
    np.savez(buffer, **flat, **{_REPORT: np.frombuffer(report, np.uint8)})  # type: ignore[arg-type]
    return buffer.getvalue()
