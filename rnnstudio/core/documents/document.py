"""The one kind of file the application keeps work in: ``.rnnstudio``.

A zip with ``document.json`` (what it is, its version, everything that is no array) and one
``arrays/NAME.npy`` for each array. A stranger may have written the file, so nothing in it is ever
run: arrays are read without pickle, and names, types, shapes and sizes are checked before a byte of
them is unpacked.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
from numpy.lib import format as npy

from rnnstudio import __version__
from rnnstudio.core.documents.atomic import write_atomically
from rnnstudio.core.errors import UserError

SUFFIX = ".rnnstudio"
MOST_ARRAYS = 1_000
MOST_BYTES = 512 * 2**20
"""All arrays together, unpacked; and as much again for ``document.json``'s share below."""
MOST_JSON_BYTES = 64 * 2**20
_JSON_NAME = "document.json"
_ARRAY_NAME = re.compile(r"arrays/([A-Za-z0-9_.\-]{1,100})\.npy")
_TYPES = frozenset(np.dtype(name) for name in ("f4", "f8", "i4", "i8", "u1", "bool"))
_DAMAGE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError)
"""What reading raises when bytes of a zip, of JSON or of an array are not what they should be."""

Array = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Document:
    """What one file holds.

    ``kind`` says which part of the application it belongs to, ``version`` which of its layouts the
    content has. ``content`` is plain data, ``arrays`` of float32, float64, int32, int64, uint8 or
    bool by name.
    """

    kind: str
    version: int
    content: Mapping[str, Any]
    arrays: Mapping[str, Array] = field(default_factory=dict)


def save(path: Path, document: Document) -> None:
    """Write the document to ``path``, whole or not at all; raises UserError when it cannot."""
    write_atomically(path, _packed(document))


def load(path: Path, kind: str, newest: int) -> Document:
    """Read a document of this kind in a version up to ``newest``.

    Raises
    ------
    UserError
        When there is no such file, it is no such document, it is damaged, or it is from a newer
        version of the application.
    """
    try:
        with path.open("rb") as stream, zipfile.ZipFile(stream) as archive:
            header = _header(archive, path)
            _require_kind(header, kind, newest, path)
            arrays = _arrays(archive, path)
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror or error}.") from error
    except _DAMAGE as error:
        raise UserError(
            f"{path.name} is damaged or no file of RNN Studio; choose another file."
        ) from error
    return Document(kind, header["version"], header["content"], arrays)


def _packed(document: Document) -> bytes:
    header = {
        "application": "RNN Studio",
        "written_by": {"rnnstudio": __version__, "numpy": np.__version__},
        "kind": document.kind,
        "version": document.version,
        "content": document.content,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_JSON_NAME, json.dumps(header, allow_nan=False))
        for name, array in document.arrays.items():
            member = f"arrays/{name}.npy"
            if not _ARRAY_NAME.fullmatch(member) or array.dtype not in _TYPES:
                raise ValueError(f"no array of a document: {name!r}, {array.dtype}")
            packed = io.BytesIO()
            npy.write_array(packed, array, allow_pickle=False)
            archive.writestr(member, packed.getvalue())
    return buffer.getvalue()


def _header(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    try:
        info = archive.getinfo(_JSON_NAME)
    except KeyError as error:
        raise UserError(f"{path.name} is no file of RNN Studio; choose another file.") from error
    if info.file_size > MOST_JSON_BYTES:
        raise UserError(f"{path.name} is larger than a file of RNN Studio can be.")
    header = json.loads(archive.read(info))
    if not isinstance(header, dict) or not isinstance(header.get("content"), dict):
        raise ValueError("no document")
    return header


def _require_kind(header: Mapping[str, Any], kind: str, newest: int, path: Path) -> None:
    if header.get("application") != "RNN Studio" or header.get("kind") != kind:
        raise UserError(f"{path.name} holds {header.get('kind')!r}, not {kind!r}.")
    version = header.get("version")
    if not isinstance(version, int) or version < 1:
        raise ValueError("no version")
    if version > newest:
        raise UserError(
            f"{path.name} was written by a newer version of RNN Studio; open it with that one."
        )


def _arrays(archive: zipfile.ZipFile, path: Path) -> dict[str, Array]:
    members = [info for info in archive.infolist() if info.filename != _JSON_NAME]
    names = [_ARRAY_NAME.fullmatch(info.filename) for info in members]
    if not all(names) or len(archive.infolist()) != len(set(archive.namelist())):
        raise UserError(f"{path.name} holds something that is no array of a document.")
    if len(members) > MOST_ARRAYS or sum(info.file_size for info in members) > MOST_BYTES:
        raise UserError(f"{path.name} is larger than a file of RNN Studio can be.")
    arrays = {}
    for info, name in zip(members, names, strict=True):
        with archive.open(info) as stream:
            arrays[str(name and name[1])] = read_npy(stream, info.file_size, path)
    return arrays


def read_npy(stream: Any, size: int, path: Path) -> Array:
    """Read one ``.npy`` of ``size`` bytes, after its own header was found to fit that size.

    Raises UserError where it does not or the type is no document's, ValueError where it is no
    ``.npy``.
    """
    start: BinaryIO = io.BytesIO(stream.read(size))
    version = npy.read_magic(start)
    read = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}.get(version)
    if read is None:
        raise ValueError("no known version of an array")
    shape, _, dtype = read(start)
    # Python's own whole numbers: a product of declared sizes must not wrap round.
    entries = 1
    for length in shape:
        entries *= int(length)
    if dtype not in _TYPES or start.tell() + entries * dtype.itemsize != size:
        raise UserError(f"{path.name} holds an array whose size or type does not fit.")
    start.seek(0)
    return np.asarray(npy.read_array(start, allow_pickle=False))
