"""The one kind of file the application keeps work in: ``.rnnstudio``.

A zip with ``document.json`` (what it is, its version, everything that is not an array) and one
``arrays/NAME.npy`` for each array and one ``parts/NAME`` for each whole file that it holds. The
file may be forged, so nothing in it is ever run: arrays are read without pickle, and names, types,
shapes and sizes are checked before a byte of them is unpacked. The same document gives the same
bytes.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.lib import format as npy

from rnnstudio import __version__
from rnnstudio.core.documents import bounded_json
from rnnstudio.core.documents.atomic import write_atomically
from rnnstudio.core.documents.bounded_json import read_json, require_few_values
from rnnstudio.core.documents.bounded_zip import (
    Members,
    bounded_zip,
    unpacked_allowed,
    zip_within,
)
from rnnstudio.core.documents.damage import DAMAGE
from rnnstudio.core.documents.npy import TYPES, read_array
from rnnstudio.core.documents.regular import unreadable
from rnnstudio.core.errors import UserError
from rnnstudio.core.training import stop_point

SUFFIX = ".rnnstudio"
BACKUP_SUFFIXES = (f"{SUFFIX}1", f"{SUFFIX}2")
"""Of the version before the one that was saved last, and of the one before that."""
MOST_ARRAYS = 1_000
MOST_PARTS = 1_000
MOST_BYTES = 512 * 2**20
"""All arrays and parts together, unpacked."""
_JSON_NAME = "document.json"
_ARRAY_NAME = re.compile(r"arrays/([A-Za-z0-9_.\-]{1,100})\.npy")
_PART_NAME = re.compile(r"parts/([A-Za-z0-9_.\-]{1,100})")
_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""When every member was written, as the zip says: a clock would make every save another file."""

Array = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Document:
    """What one file holds.

    ``kind`` says which part of the application it belongs to, ``version`` which of its layouts the
    content has. ``content`` is plain data, ``arrays`` of float32, float64, int32, int64, uint8 or
    bool by name. ``parts`` are whole files by name: other documents, or data as it came.
    """

    kind: str
    version: int
    content: Mapping[str, Any]
    arrays: Mapping[str, Array] = field(default_factory=dict)
    parts: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class DocumentHeader:
    """What a file says of itself: its kind, its layout's version, the versions that wrote it.

    The version is 0 where it is no whole number.
    """

    kind: str
    version: int
    written_by: Mapping[str, str]


def is_document(path: Path) -> bool:
    """Whether the file's name is that of a document, or of an earlier version of one."""
    return path.suffix.lower() == SUFFIX or is_backup(path)


def is_backup(path: Path) -> bool:
    """Whether the file's name is that of an earlier version, which nothing is saved to."""
    return path.suffix.lower() in BACKUP_SUFFIXES


def save(path: Path, document: Document) -> None:
    """Write the document to ``path``, whole or not at all; raises UserError when it cannot."""
    write_atomically(path, packed(document, path))


def load(path: Path, kind: str, newest: int, *, with_parts: bool = False) -> Document:
    """Read a document of this kind, which has parts or none, in a version up to ``newest``.

    Raises UserError when there is no such file, it is no such document, it is damaged, or it is
    from a newer version of the application.
    """
    with _read_errors(path), bounded_zip(path) as members:
        return _document(members, path, kind, newest, with_parts=with_parts)


def load_part(data: bytes, path: Path, kind: str, newest: int) -> Document:
    """Read a document that is a part of the file at ``path``; raises what ``load`` raises."""
    with _read_errors(path), zip_within(data, path) as members:
        return _document(members, path, kind, newest, with_parts=False)


def kind_of(path: Path) -> str:
    """What kind of document the file is; raises UserError if it is not one."""
    return header_of(path).kind


def header_of(path: Path) -> DocumentHeader:
    """What the file says of itself; raises UserError if it is no document."""
    with _read_errors(path), bounded_zip(path) as members:
        header = _header(members, path)
    writers, version = header.get("written_by"), header.get("version")
    return DocumentHeader(
        str(header.get("kind")),
        version if type(version) is int else 0,
        {str(name): str(each) for name, each in writers.items()}
        if isinstance(writers, dict)
        else {},
    )


@contextmanager
def _read_errors(path: Path) -> Iterator[None]:
    """Turn what reading raises into a sentence that names the file."""
    try:
        yield
    except OSError as error:
        raise unreadable(path, error) from error
    except DAMAGE as error:
        raise UserError(
            "{path} is damaged or no file of RNN Studio; choose another file.", path=path.name
        ) from error


def _document(
    members: Members, path: Path, kind: str, newest: int, *, with_parts: bool
) -> Document:
    header = _header(members, path)
    _require_kind(header, kind, newest, path)
    names = [name for name in members.names if name != _JSON_NAME]
    arrays = {name: found[1] for name in names if (found := _ARRAY_NAME.fullmatch(name))}
    parts = {name: found[1] for name in names if (found := _PART_NAME.fullmatch(name))}
    if len(arrays) + len(parts) != len(names) or (parts and not with_parts):
        raise UserError("{path} holds something that is no array of a document.", path=path.name)
    size = sum(map(members.size, names))
    if len(arrays) > MOST_ARRAYS or len(parts) > MOST_PARTS or size > MOST_BYTES:
        raise UserError("{path} is larger than a file of RNN Studio can be.", path=path.name)
    return Document(
        header["kind"],
        header["version"],
        header["content"],
        {name: read_array(members.read(member, MOST_BYTES)) for member, name in arrays.items()},
        {name: bytes(members.read(member, MOST_BYTES)) for member, name in parts.items()},
    )


def packed(document: Document, path: Path) -> bytes:
    """The bytes of the file; raises UserError if they could not be read again."""
    members = {_JSON_NAME: _json(document, path)}
    for name, array in document.arrays.items():
        stop_point()
        member = f"arrays/{name}.npy"
        if not _ARRAY_NAME.fullmatch(member) or array.dtype not in TYPES:
            raise ValueError(f"no array of a document: {name!r}, {array.dtype}")
        stream = io.BytesIO()
        npy.write_array(stream, array, allow_pickle=False)
        members[member] = stream.getvalue()
    for name, part in document.parts.items():
        member = f"parts/{name}"
        if not _PART_NAME.fullmatch(member):
            raise ValueError(f"no part of a document: {name!r}")
        members[member] = part
    size = sum(map(len, members.values()))
    if (
        len(document.arrays) > MOST_ARRAYS
        or len(document.parts) > MOST_PARTS
        or size - len(members[_JSON_NAME]) > MOST_BYTES
    ):
        _refuse(path)
    content = _zipped(members, zipfile.ZIP_DEFLATED)
    if size > unpacked_allowed(len(content)):  # it would be taken for a bomb
        content = _zipped(members, zipfile.ZIP_STORED)
    return content


def _json(document: Document, path: Path) -> bytes:
    header = {
        "application": "RNN Studio",
        "written_by": {"rnnstudio": __version__, "numpy": np.__version__},
        "kind": document.kind,
        "version": document.version,
        "content": document.content,
    }
    text = io.StringIO()  # piece by piece: all at once keeps the interpreter from the window
    json.dump(header, text, allow_nan=False)
    data = text.getvalue().encode("ascii")
    try:
        require_few_values(data)
    except ValueError:
        _refuse(path)
    return data


def _zipped(members: Mapping[str, bytes], compression: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in members.items():
            stop_point()
            member = zipfile.ZipInfo(name, _NO_TIME)
            member.compress_type = compression
            archive.writestr(member, data)
    return buffer.getvalue()


def _refuse(path: Path) -> None:
    raise UserError(
        "{path} is not written: there is more to save than one file can hold.", path=path.name
    )


def _header(members: Members, path: Path) -> dict[str, Any]:
    if _JSON_NAME not in members.names:
        raise UserError("{path} is no file of RNN Studio; choose another file.", path=path.name)
    header = read_json(members.read(_JSON_NAME, bounded_json.MOST_BYTES))
    if not isinstance(header, dict) or not isinstance(header.get("content"), dict):
        raise ValueError("no document")
    return header


def _require_kind(header: Mapping[str, Any], kind: str, newest: int, path: Path) -> None:
    if header.get("application") != "RNN Studio" or header.get("kind") != kind:
        found = str(header.get("kind"))[:40]
        raise UserError(
            "{path} holds {found!r}, not {kind!r}.", path=path.name, found=found, kind=kind
        )
    version = header.get("version")
    if type(version) is not int or version < 1:
        raise ValueError("no version")
    if version > newest:
        raise UserError(
            "{path} was written by a newer version of RNN Studio; open it with that one.",
            path=path.name,
        )
