"""Reads a lesson's file; a mistake in it is told by its line."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from rnnstudio.core.documents.regular import open_regular
from rnnstudio.core.errors import UserError
from rnnstudio.core.lessons.lesson import Lesson
from rnnstudio.core.lessons.source_lines import line_of
from rnnstudio.core.messages import Message
from rnnstudio.paths import resource_file

MOST_BYTES = 1_000_000
"""No lesson is longer."""
_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_FIELD_PLACE = re.compile(r" - at `\$\.?(.*)`$")


@dataclass(frozen=True)
class LessonSource:
    """A lesson and the text that it was read from, which knows the lines."""

    path: Path
    text: str
    lesson: Lesson

    def mistake(self, place: str, what: Message) -> Message:
        """The sentence for a mistake at the field ``place``."""
        return _mistake(self.path, line_of(self.text, place), what)


def lesson_files() -> tuple[Path, ...]:
    """The shipped lessons, in their order."""
    return tuple(sorted(resource_file("lessons").glob("*.toml")))


def read_lesson(path: Path) -> LessonSource:
    """The lesson at ``path``.

    Raises UserError with file, line and what would be right where it is none.
    """
    with open_regular(path) as stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise UserError(
            "{path} is longer than a lesson can be: at most {most:n} bytes.",
            path=path,
            most=MOST_BYTES,
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _error(_mistake(path, line, Message("a lesson must be UTF-8 text"))) from error
    try:
        return LessonSource(path, text, msgspec.convert(tomllib.loads(text), Lesson, strict=True))
    except tomllib.TOMLDecodeError as error:
        found = _TOML_PLACE.search(str(error))
        line = int(found[1]) if found and found[1] else len(text.splitlines()) or 1
        what = Message("this is no TOML: {reason}", {"reason": _TOML_PLACE.sub("", str(error))})
        raise _error(_mistake(path, line, what)) from error
    except msgspec.ValidationError as error:
        found = _FIELD_PLACE.search(str(error))
        place = found[1] if found else ""
        what = Message("{reason}", {"reason": _FIELD_PLACE.sub("", str(error))})
        raise _error(_mistake(path, line_of(text, place), what)) from error
    except RecursionError as error:
        raise _error(_mistake(path, 1, Message("this is too deep for a lesson"))) from error


def _mistake(path: Path, line: int, what: Message) -> Message:
    return Message(
        "{path}, line {line}: {what}.", {"path": path.name, "line": str(line), "what": what}
    )


def _error(sentence: Message) -> UserError:
    return UserError("{sentence}", sentence=sentence)
