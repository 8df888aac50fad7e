"""Which options name files, and the refusal of a command that would write over what it reads.

An option that names a file or a folder has a ``Reads`` or a ``Writes`` as its type, and nothing
else: that is how ``require_apart`` knows of it.
"""

from __future__ import annotations

import argparse
import os
import stat
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, NoReturn

from rnnstudio.cli.parser import Parser
from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.paths import shipped_files

LONGEST = 255
"""Bytes that one part of a path may have on every usual file system."""


def _path(text: str) -> Path:
    if not text or "\0" in text or any(len(os.fsencode(p)) > LONGEST for p in Path(text).parts):
        wrong = Message("{text!r} is no name of a file", {"text": text})
        raise argparse.ArgumentTypeError(language.text(wrong))
    return Path(text)


def _itself(path: Path) -> tuple[Path, ...]:
    return (path,)


@dataclass(frozen=True)
class Reads:
    """Type of an option whose file is read.

    ``parse`` makes the option's value of its text, ``files`` gives all files that are read because
    of a value.
    """

    parse: Callable[[str], Any] = _path
    files: Callable[[Any], Iterable[Path]] = _itself

    def __call__(self, text: str) -> Any:
        """The option's value; raises argparse.ArgumentTypeError where ``text`` names no file."""
        return self.parse(text)


@dataclass(frozen=True)
class Writes:
    """Type of an option whose file is written; ``files`` gives all that are, with derived names."""

    files: Callable[[Path], Iterable[Path]] = _itself

    def __call__(self, text: str) -> Path:
        """The option's value; raises argparse.ArgumentTypeError where ``text`` names no file."""
        return _path(text)


def inside(*names: str) -> Writes:
    """Type of an option that names a folder into which files of these names are written."""
    return Writes(lambda folder: tuple(folder / name for name in names))


def make_folder(folder: Path) -> None:
    """Make ``folder`` where it is missing; raises UserError when it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            "The folder {folder} cannot be made: {strerror}.",
            folder=folder,
            strerror=error.strerror,
        ) from error


@dataclass(frozen=True)
class _Named:
    """A file, by which option, and where it really is."""

    option: str
    path: Path
    folder: Path
    identity: tuple[int, int]
    rest: tuple[str, ...]

    @classmethod
    def by(cls, option: str, path: Path) -> _Named:
        """``folder`` is the file itself or what is there of the way to it, ``rest`` what is not."""
        real = Path(os.path.realpath(path))
        there = next(filter(os.path.exists, (real, *real.parents)))
        return cls(option, path, there, _identity(there.stat()), real.relative_to(there).parts)

    def is_same_as(self, other: _Named) -> bool:
        """Whether both are one file, through links and under any names."""
        if self.identity != other.identity:
            return False
        return self.rest == other.rest or _alike(self.folder, self.rest, other.rest)


def require_apart(command: Parser, options: argparse.Namespace) -> None:
    """Exit with status 2 where one file is read and written, or written twice.

    Files that came with the program count as read, and where the shell has sent standard output
    counts as written. To be called before the command does anything.

    Raises UserError when a folder that is to be read cannot be looked into.
    """
    read = [_Named.by(option, path) for option, path in _files(command, options, Reads)]
    written = [_Named.by(option, path) for option, path in _files(command, options, Writes)]
    shipped = [_Named.by("", path) for path in shipped_files()] if written else []
    for each in read:
        if each.identity in _standard_streams() and not each.rest:
            _refuse(
                command,
                Message(
                    "{path} is read by {option}, and the output goes into it",
                    {"path": each.path, "option": each.option},
                ),
            )
    for each in written:
        for other in read:
            if each.is_same_as(other):
                _refuse(
                    command,
                    Message(
                        "argument {option}: {path} is read by {other} and would be written over; "
                        "choose another file",
                        {"option": each.option, "path": each.path, "other": other.option},
                    ),
                )
        if any(map(each.is_same_as, shipped)):
            _refuse(
                command,
                Message(
                    "argument {option}: {path} came with RNN Studio and is not written over; "
                    "choose another file",
                    {"option": each.option, "path": each.path},
                ),
            )
    for one, other in combinations(written, 2):
        if one.is_same_as(other):
            _refuse(
                command,
                Message(
                    "argument {option}: {path} is written by {other}, too; choose another file",
                    {"option": other.option, "path": other.path, "other": one.option},
                ),
            )


def _refuse(command: Parser, why: Message) -> NoReturn:
    command.error(language.text(why))


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _standard_streams() -> Iterator[tuple[int, int]]:
    """The files that standard output and standard error go into, where they go into files."""
    for descriptor in (1, 2):
        try:
            status = os.fstat(descriptor)
        except OSError:  # closed
            continue
        if stat.S_ISREG(status.st_mode):
            yield _identity(status)


def _files(
    command: Parser, options: argparse.Namespace, kind: type[Reads | Writes]
) -> Iterator[tuple[str, Path]]:
    """The files of every option of that kind, with the option's name.

    Not those that are pipes or devices: nothing in them can be written over.
    """
    for action in command.actions:
        value = getattr(options, action.dest, None)
        if isinstance(action.type, kind) and value is not None:
            name = "/".join(action.option_strings) or str(action.metavar)
            for each in value if isinstance(value, list) else [value]:
                for path in action.type.files(each):
                    if not _holds_nothing(path):
                        yield name, path


def _holds_nothing(path: Path) -> bool:
    """Whether it is a pipe or a device."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _alike(folder: Path, first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether two different names are one to the file system of ``folder``: a letter's case, say.

    Where they might be, it is tried out.
    """
    if not first or _folded(first) != _folded(second):
        return False
    try:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            Path(place, *first).mkdir(parents=True)
            return Path(place, *second).exists()
    except OSError:
        return False


def _folded(parts: tuple[str, ...]) -> list[str]:
    return [unicodedata.normalize("NFKC", part).casefold().rstrip(" .") for part in parts]
