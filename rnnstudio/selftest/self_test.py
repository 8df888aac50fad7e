"""The self-test: the window and the command line do everything there is to do, on little.

``rnnstudio --self-test`` fills and opens every page in every language, gives every lesson, writes
each kind of file and reads it back, trains both engines, runs every command, and prints one JSON
object: what was checked, with which versions, from where. A line that nothing should have written
is a fault.
"""

from __future__ import annotations

import gc
import json
import os
import platform
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory

from rnnstudio import __version__
from rnnstudio.core.documents.atomic import write_atomically
from rnnstudio.core.documents.document_file import SUFFIX
from rnnstudio.core.engine.environment import TENSORFLOW
from rnnstudio.core.keras_engine.keras_fit import is_installed
from rnnstudio.paths import data_file, resource_file
from rnnstudio.selftest.check import SelfCheck, SelfCheckOutcome, failing, outcome
from rnnstudio.selftest.command_checks import Command, Words, command_checks
from rnnstudio.selftest.engine_checks import engine_checks
from rnnstudio.selftest.output_watch import OutputWatch
from rnnstudio.selftest.window_checks import window_checks
from rnnstudio.ui.application import make_application

LIBRARIES = ("PySide6_Essentials", "pyqtgraph", "numpy", "pandas", "scikit-learn")
ENGINE_LIBRARIES = ("keras", TENSORFLOW)
"""Those without which NumPy does all."""
_SHIPPED = (
    data_file("names/dinosaurs.txt"),
    data_file("prices/AAPL.csv"),
    resource_file("icons/rnnstudio.svg"),
)
_FOLDER = "Übung für 数 1"
"""What the folder of all files is called: as people call theirs."""


def run(command: Command, words: Sequence[Words], report: Path | None) -> int:
    """SelfCheck everything and print the report, or write it to a file; 0 when all is well, else 1.

    ``command`` runs a command line and gives its exit status, ``words`` call each command there is.
    Raises UserError when the report cannot be written.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with OutputWatch() as watch:
        outcomes = list(_outcomes(command, words, watch))
    passed = all(each.ok for each in outcomes)
    found = {"ok": passed, "checks": [asdict(each) for each in outcomes], **_surroundings()}
    text = json.dumps(found, indent=2)
    if report is None:
        print(text, flush=True)  # noqa: T201 - the report is the output
    else:
        write_atomically(report, f"{text}\n")
    return 0 if passed else 1


def _outcomes(
    command: Command, words: Sequence[Words], watch: OutputWatch
) -> Iterator[SelfCheckOutcome]:
    """Every check's, one after the other; the last one is of what was written at the end."""
    with TemporaryDirectory() as place:
        folder = Path(place) / _FOLDER
        session, exports, files = folder / f"session{SUFFIX}", folder / "exports", folder / "files"
        for each in (exports, files):
            each.mkdir(parents=True)
        make_application()
        yield outcome(SelfCheck("files", _check_files), watch)
        for name, checks in (
            ("engines", engine_checks),
            ("window", partial(window_checks, session, exports)),
            ("commands", partial(command_checks, command, words, session, files)),
        ):
            yield from (outcome(each, watch) for each in _begun(name, checks))
    yield outcome(SelfCheck("end", gc.collect), watch)


def _begun(name: str, checks: Callable[[], Iterable[SelfCheck]]) -> Iterator[SelfCheck]:
    """The checks; where what they need cannot be made, one that says so."""
    try:
        yield from checks()
    except Exception as error:  # a broken installation may fail in any way; all are reported
        yield failing(name, error)


def _check_files() -> None:
    """Data and resources have travelled with the program."""
    for path in _SHIPPED:
        if not path.is_file():
            raise FileNotFoundError(path)


def _surroundings() -> dict[str, object]:
    return {
        "versions": {
            "rnnstudio": __version__,
            "python": platform.python_version(),
            **{name: _version(name) for name in (*LIBRARIES, *ENGINE_LIBRARIES)},
        },
        "engines": ["numpy", *(["keras"] if is_installed() else [])],
        "system": platform.platform(),
        "frozen": bool(getattr(sys, "frozen", False)),
        "program": sys.executable,
        "package": str(Path(__file__).parent.parent),
    }


def _version(distribution: str) -> str | None:
    """The version that is there; None where there is none."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None
