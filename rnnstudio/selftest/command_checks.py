"""Checks of the command line: every command there is does its work, on little."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr
from functools import partial
from pathlib import Path

import numpy as np

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.keras_engine.keras_fit import is_installed
from rnnstudio.core.language import NAMES
from rnnstudio.core.lessons.reading import lesson_files
from rnnstudio.core.stocks.data.samples import FIRST_SAMPLE, SAMPLES
from rnnstudio.selftest.check import SelfCheck
from rnnstudio.selftest.engine_checks import require_explained
from rnnstudio.selftest.reading_back import read_back

Command = Callable[[Sequence[str]], int]
"""Runs a command line and gives its exit status."""
Words = tuple[str, ...]
"""What calls a command, such as ``stocks search``."""
WINDOW = ("open",)
"""The command that shows the window until somebody closes it; it is opened beside this."""


def command_checks(
    command: Command, words: Sequence[Words], session: Path, folder: Path
) -> Iterator[SelfCheck]:
    """Every command of ``words``, and the help of each; files are made in ``folder``."""
    lines = tuple(command_lines(session, folder))
    yield SelfCheck("all commands", partial(require_all, words, lines))
    for line in lines:
        name = " ".join(max((each for each in words if line[: len(each)] == each), default=line))
        yield SelfCheck(name, partial(check_command, command, line, folder), prints=True)
    if not is_installed():
        yield SelfCheck("no Keras", partial(_check_missing_keras, command, folder), prints=True)
    yield SelfCheck("help of commands", partial(_check_help, command, words), prints=True)


def require_all(words: Sequence[Words], lines: Sequence[Words]) -> None:
    """Raise LookupError where one of the commands is called by none of the ``lines``."""
    called = [each for each in words if any(line[: len(each)] == each for line in lines)]
    if missing := set(words) - set(called) - {WINDOW}:
        raise LookupError(f"never called: {', '.join(map(' '.join, sorted(missing)))}")


def command_lines(session: Path, folder: Path) -> Iterator[Words]:
    """Every command there is; the files that they need and make are in ``folder``.

    ``session`` is a session with work in every tab.
    """
    names, network = str(folder / "names.rnnstudio"), str(folder / "network.rnnstudio")
    lines = SAMPLES[FIRST_SAMPLE].read_text("utf-8").splitlines(keepends=True)
    prices, newer = folder / "prices.csv", folder / "newer.csv"
    prices.write_text("".join(lines[:250]), "utf-8")
    newer.write_text("".join(lines[:300]), "utf-8")
    share, settings = str(prices), ("--epochs", "1", "--units", "2", "--window", "5")
    folds = (share, *settings, "--processes", "1")
    yield "cells", "verify"
    yield "cells", "scene", "lstm-1", "--out", str(folder / "scene.npz")
    program = folder / "program.py"
    program.write_text("def rnn_cell_backward(da_next, cache): return {}", "utf-8")
    yield "cells", "diagnose", str(program), "--run"
    sheets = ("--pdf", str(folder / "sheets.pdf"), "--key", str(folder / "key.pdf"))
    moodle = ("--gift", str(folder / "sheets.gift"), "--language", "id")
    yield "cells", "worksheet", "--seeds", "1..2", *sheets, *moodle
    yield "lessons", "list"
    for lesson in lesson_files():
        yield "lessons", "check", str(lesson)
    weights = folder / "cell.npz"
    np.savez(weights, **random_scene(CELLS["lstm"], Sizes(), 1).parameters)  # type: ignore[arg-type]
    keras_weights = folder / "cell.weights.h5"
    _write_keras_weights(keras_weights)
    for model in (weights, keras_weights):
        yield "models", "inspect", str(model)
    samples = ("--out", str(folder / "samples.csv"))
    yield "names", "train", "--iterations", "20", "--save", names, *samples
    yield "names", "sample", "--model", names, "--count", "3", "--out", str(folder / "drawn.csv")
    yield "names", "replay", names, "--at", "10"
    yield "names", "evaluate", "--recipes", "paper", "--iterations", "20", "--seeds", "1"
    claim = ("--prices", share, "--metric", "accuracy", "--value", "98.3")
    yield "stocks", "claim", *claim
    yield "stocks", "read", share, "--csv", str(folder / "table.csv")
    made = {
        "--save": network,
        "--report": str(folder / "report.html"),
        "--script": str(folder / "script.py"),
        "--out": str(folder),
    }
    files = (part for option in made.items() for part in option)
    yield "stocks", "forecast", "--train", share, *settings, *files
    yield "stocks", "apply", "--model", network, "--prices", str(newer)
    compared = ("--out", str(folder / "compared.json"))
    yield "stocks", "compare", "--share", f"X={share}", "--epochs", "1", "--seeds", "1", *compared
    yield "stocks", "lies", "--train", share, *settings, "--lie", "scaler"
    yield "stocks", "walk", *folds, "--every", "20", "--out", str(folder / "walk")
    searched = ("--try", "units=2,3", "--folds", "2", "--out", str(folder / "search"))
    yield "stocks", "search", *folds, *searched
    yield "session", "info", str(session)
    yield "session", "replay", str(session)
    yield "translations", "check"
    yield "demo", "--quick", "--out", str(folder / "demo")
    yield "screenshots", "--state", "inspector-desk", "--out", str(folder / "screenshots")


def _write_keras_weights(path: Path) -> None:
    """The weights of an LSTM of three units over two inputs, as Keras would write them."""
    import h5py

    with h5py.File(path, "w") as file:
        for place, shape in enumerate(((2, 12), (3, 12), (12,))):
            file[f"layers/lstm/cell/vars/{place}"] = np.ones(shape, np.float32)


def check_command(command: Command, line: Words, folder: Path) -> None:
    """The command does its work, and what it writes into ``folder`` can be read."""
    before = _files(folder)
    _require_done(command, line)
    for path in sorted(_files(folder) - before):
        read_back(path)


def _files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def _check_missing_keras(command: Command, folder: Path) -> None:
    """A command says that Keras is missing."""
    line = ("stocks", "forecast", "--train", str(folder / "prices.csv"), "--engine", "keras")
    with redirect_stderr(io.StringIO()) as said:
        _run(command, line)
    require_explained(said.getvalue().splitlines()[-1].removeprefix("rnnstudio: "))


def _check_help(command: Command, words: Sequence[Words]) -> None:
    """Every command says what it is for, in every language."""
    for code in NAMES:
        for each in words:
            _require_done(command, (*each, "--help", "--language", code))


def _require_done(command: Command, line: Words) -> None:
    """Raise RuntimeError where the command fails; why stands in its output."""
    if status := _run(command, line):
        raise RuntimeError(f"{' '.join(line)}: exit status {status}")


def _run(command: Command, line: Words) -> int:
    try:
        return command(line)
    except SystemExit as left:
        return int(left.code or 0)
