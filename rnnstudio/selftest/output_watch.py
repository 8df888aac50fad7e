"""Hears everything that the process and its children write: a line that nobody expects is a fault.

Descriptors are turned aside, not only Python's streams: libraries in C and processes write there.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import sys
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import BinaryIO, TextIO

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_OUTPUT, _ERRORS = 1, 2
_EXPECTED = re.compile(
    "|".join(
        (
            r"\s*",
            r".* \[\d\d:\d\d.*step.*\] *",  # a progress bar
            r"Process \d+ started\.",
            r".+ \.\.\.",  # what a command does meanwhile
            # The platform without a screen says it of every window.
            r"This plugin does not support \w+\(\)",
            # TensorFlow's first words, before it knows which level to keep to.
            r"WARNING: All log messages before absl::InitializeLog\(\) is called are written .*",
            r"I0000 .*",
        )
    )
)
"""Lines on standard error that a person expects, or that nobody sees: of a process of its own."""


class OutputWatch:
    """While entered, keeps what is written to standard output and standard error from going there.

    Messages of Qt, records of warnings, and what child processes write into their logs count as
    written to standard error.
    """

    def __init__(self) -> None:
        self._leaving = ExitStack()
        self._files: dict[int, BinaryIO] = {}

    def __enter__(self) -> OutputWatch:
        with ExitStack() as undo:
            sys.stdout = self._turn_aside(undo, _OUTPUT, sys.stdout)
            sys.stderr = self._turn_aside(undo, _ERRORS, sys.stderr)
            before = qInstallMessageHandler(_write_qt_message)
            undo.callback(qInstallMessageHandler, before)
            # Of all loggers, as long as it is a warning; of the processes whatever they wrote.
            for name, level in (
                ("", logging.WARNING),
                ("rnnstudio.workers.spawned", logging.DEBUG),
            ):
                self._listen(undo, logging.getLogger(name), level)
            self._leaving = undo.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._leaving.close()

    def unexpected_lines(self, *, prints: bool) -> tuple[str, ...]:
        """The lines written since the last call that nobody expects, without repetitions.

        Those on standard output are left out where it is a command that ``prints``.
        """
        lines = [line for line in self._taken(_ERRORS) if not _EXPECTED.fullmatch(line)]
        printed = self._taken(_OUTPUT)
        return tuple(dict.fromkeys(lines if prints else [*printed, *lines]))

    def _taken(self, descriptor: int) -> list[str]:
        """The lines in a file, which is empty afterwards."""
        file = self._files[descriptor]
        file.seek(0)
        text = file.read().decode(errors="backslashreplace")
        file.seek(0)
        file.truncate()
        return text.splitlines()

    def _turn_aside(self, undo: ExitStack, descriptor: int, stream: TextIO) -> TextIO:
        """Let the descriptor lead into a file, and give a stream to it in the place of another."""
        stream.flush()
        file = undo.enter_context(TemporaryFile(buffering=0))  # noqa: SIM115 - entered here
        before = os.dup(descriptor)
        undo.callback(os.close, before)
        os.dup2(file.fileno(), descriptor)
        undo.callback(os.dup2, before, descriptor)
        aside = os.fdopen(
            descriptor, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False
        )
        undo.callback(_put_back, descriptor, stream)
        undo.callback(aside.close)
        self._files[descriptor] = file
        return aside

    def _listen(self, undo: ExitStack, log: logging.Logger, level: int) -> None:
        handler, before = logging.StreamHandler(sys.stderr), log.level
        handler.setLevel(level)
        log.addHandler(handler)
        log.setLevel(level)
        undo.callback(log.removeHandler, handler)
        undo.callback(log.setLevel, before)


def _put_back(descriptor: int, stream: TextIO) -> None:
    if descriptor == _OUTPUT:
        sys.stdout = stream
    else:
        sys.stderr = stream


def _write_qt_message(_: QtMsgType, __: QMessageLogContext, text: str) -> None:
    with contextlib.suppress(ValueError):  # said after the end, when the stream is closed
        sys.stderr.write(f"{text}\n")
