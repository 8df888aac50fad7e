"""Keeps the outcomes of finished folds in a file, so that an interrupted run goes on from there."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from io import FileIO
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from rnnstudio import __version__
from rnnstudio.core.documents.bounded_json import read_json
from rnnstudio.core.documents.damage import DAMAGE
from rnnstudio.core.documents.fields import AtLeastZero, DocumentFields, read_fields
from rnnstudio.core.documents.regular import open_regular
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.validation.folds import Fold, FoldForecast, Outcome, Pool
from rnnstudio.core.training import Control

KEPT = "folds.jsonl"
"""The file's name in the folder that a run is given."""


class _FoldFields(DocumentFields, frozen=True, forbid_unknown_fields=True):
    """A line: the version that wrote it, the fold's key, and what its training came to."""

    by: str
    key: str
    predicted: tuple[float, ...]
    epochs: Annotated[int, Meta(ge=1)]
    shrinkage: Annotated[float, Meta(ge=0, le=1)]
    seconds: AtLeastZero


class CachedPool:
    """A pool that takes what is kept from a file, lets ``pool`` do the rest, and keeps that too.

    The file has one line of JSON a fold, which is on the disk before the outcome is given out; a
    line that a power cut tore, or that holds no such forecast, is passed over, and its fold done
    again. A fold that came to nothing is not kept: the next run tries it anew. What another version
    of the application kept does not count, for its figures may differ in their last digits.
    """

    def __init__(self, pool: Pool, path: Path) -> None:
        self._pool, self._path = pool, path

    def outcomes(self, folds: Sequence[Fold], control: Control) -> Iterator[tuple[int, Outcome]]:
        """As ``Pool.outcomes``; what is kept comes first.

        Raises UserError when the file cannot be read or written, before any fold is done; or when
        the disk is full later on, after everything that was finished was given out.
        """
        with _opened(self._path) as file:
            keys = [fold.key for fold in folds]
            kept = _usable(_read(self._path), folds, keys)
            yield from kept.items()
            left = [place for place in range(len(folds)) if place not in kept]
            for number, outcome in self._pool.outcomes([folds[place] for place in left], control):
                place = left[number]
                try:
                    _keep(file, keys[place], outcome)
                except OSError as error:
                    yield place, outcome
                    raise UserError(
                        "{path} cannot be written: {strerror}. What it holds is kept; the same "
                        "command goes on from there.",
                        path=self._path,
                        strerror=error.strerror,
                    ) from error
                yield place, outcome


def _opened(path: Path) -> FileIO:
    """The file, open to add to. A line's end ends a torn line and shows that the disk takes it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            open_regular(path).close()  # a pipe would wait for its other end
        file = path.open("ab", buffering=0)
        try:
            _write(file, b"\n")
        except OSError:
            file.close()
            raise
    except OSError as error:
        raise UserError(
            "{path} cannot be written: {strerror}.", path=path, strerror=error.strerror
        ) from error
    return file


def _keep(file: FileIO, key: str, outcome: Outcome) -> None:
    if isinstance(outcome, FoldForecast):
        line = {"by": __version__, "key": key, **asdict(outcome)}
        _write(file, json.dumps(line).encode() + b"\n")


def _write(file: FileIO, data: bytes) -> None:
    """All of ``data``, to the disk itself."""
    while data:
        data = data[file.write(data) :]
    os.fsync(file.fileno())


def _read(path: Path) -> dict[str, FoldForecast]:
    """What the file holds by the keys of the folds."""
    with open_regular(path) as file:
        lines = file.read().splitlines()
    found = (_outcome(line) for line in lines)
    return dict(each for each in found if each is not None)


def _usable(
    kept: Mapping[str, FoldForecast], folds: Sequence[Fold], keys: Sequence[str]
) -> dict[int, FoldForecast]:
    """What is kept of the folds by their places, where it has a forecast for each of their rows."""
    found = {place: kept[key] for place, key in enumerate(keys) if key in kept}
    return {
        place: each
        for place, each in found.items()
        if len(each.predicted) == len(folds[place].rows)
    }


def _outcome(line: bytes) -> tuple[str, FoldForecast] | None:
    """A line's key and outcome; None if it is torn, or another version's."""
    try:
        found = read_fields(read_json(line), _FoldFields)
    except DAMAGE:
        return None
    if found.by != __version__:
        return None
    return found.key, FoldForecast(found.predicted, found.epochs, found.shrinkage, found.seconds)
