"""Files changed at random: bytes of the zip, and what its members say by their schemas.

A file is taken apart where it can be (a session holds whole documents), one thing in it is changed,
and it is put together again, so that the change gets as far into the application as it can.
"""

from __future__ import annotations

import copy
import io
import json
import os
import pickle
import zipfile
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.fault_injection.documents import kinds, whole

Array = npt.NDArray[Any]
JSON = "document.json"
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1, 2.5, 1e308, 5e-324, 2**53, 2**63 - 1, 10**30, 10**400, "", "nan", "\0",
    "..", "/", "\ud800", "a" * 100_000, "2019-02-30", [], {}, [[]], ["a"], [0] * 1000, {"": None},
)  # fmt: skip
"""Values that a careless reader does not think of."""
HEADERS = (
    b"{'descr'",
    b"   a\n  b",
    b"(((",
    b"'''",
    b"{'descr': '<f8', 'fortran_order': False, 'shape': (True,), }",
    b"{'descr': '<f8', 'fortran_order': False, 'shape': (-1, 2), }",
    b"{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999, 99999999999), }",
    b"{'descr': '|O', 'fortran_order': False, 'shape': (2, 2), }",
    b"{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (2,), }",
    b"{'descr': __import__('os').getcwd(), 'fortran_order': False, 'shape': (2,), }",
)
"""Of arrays: none can be read, one would be run by a careless reader."""
CHANGES: tuple[Callable[[Array], Array], ...] = (
    lambda array: array[:0],
    lambda array: array.reshape(-1),
    lambda array: array[None],
    lambda array: array.T,
    lambda array: np.concatenate([array, array]) if array.ndim else array,
    lambda array: array.astype("u1"),
    lambda array: array.astype("f4"),
    lambda array: array.astype("i8"),
    lambda array: array.astype("c16"),
    lambda array: np.full(array.shape, np.nan),
    lambda array: np.full(array.shape, 1e308),
    lambda array: np.full(array.shape, -1),
)


class _Payload:
    """Whoever unpickles it runs something: ``os.getcwd``, which does no harm."""

    def __reduce__(self) -> tuple[Callable[..., object], tuple[()]]:
        return os.getcwd, ()


def mutation(seed: int) -> tuple[str, bytes]:
    """A kind of file and the bytes of one that was changed, both drawn by ``seed``."""
    draw = Random(seed)
    kind = draw.choice(list(kinds()))
    data = whole(kind)
    return kind, _bytes_changed(data, draw) if draw.random() < 0.25 else _changed(data, draw)


def _changed(data: bytes, draw: Random) -> bytes:
    """The zip with one of its members changed, doubled, renamed, hidden or gone."""
    members = _members(data)
    name = draw.choice(sorted(members))
    if JSON in members and draw.random() < 0.4:
        name = JSON
    if draw.random() < 0.1:
        return _zipped(_disordered(members, name, draw), draw)
    return _zipped({**members, name: _member_changed(name, members[name], draw)}, draw)


def _member_changed(name: str, data: bytes, draw: Random) -> bytes:
    if draw.random() < 0.1:
        return _bytes_changed(data, draw)
    if name == JSON:
        return _json_changed(data, draw)
    if data[:6] == b"\x93NUMPY":
        return _array_changed(data, draw)
    if data[:2] == b"PK":
        return _changed(data, draw)
    return _bytes_changed(data, draw)


def _bytes_changed(data: bytes, draw: Random) -> bytes:
    """The same bytes with some flipped, gone, doubled, emptied, or put elsewhere."""
    start = draw.randrange(len(data) + 1)
    stop = min(len(data), start + draw.choice((1, 4, 30, 1000, len(data))))
    before, span, after = data[:start], data[start:stop], data[stop:]
    match draw.randrange(6):
        case 0:
            flipped = bytearray(data)
            for _ in range(draw.choice((1, 3, 20)) if data else 0):
                flipped[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
            return bytes(flipped)
        case 1:
            return before + after
        case 2:
            return before + span + span + after
        case 3:
            return before + bytes(len(span)) + after
        case 4:
            return before + draw.randbytes(len(span)) + after
        case _:
            return before


def _json_changed(data: bytes, draw: Random) -> bytes:
    """JSON with one of its values odd, near, another's, gone, or with one more."""
    header = json.loads(data)
    places = list(_places(header))
    *path, last = draw.choice(places)
    inner = _at(header, path)
    match draw.randrange(6):
        case 0:
            del inner[last]
        case 1:
            inner[last] = _near(inner[last], draw)
        case 2:
            inner[last] = copy.deepcopy(_at(header, draw.choice(places)))
        case 3 if isinstance(inner, list):
            inner.extend(inner * draw.choice((1, 1000 // (len(inner) or 1) + 1)))
        case _:
            inner[last] = draw.choice(ODD)
    return json.dumps(header).encode()


def _near(value: Any, draw: Random) -> Any:
    """Another value of the same type."""
    match value:
        case bool():
            return not value
        case int():
            return value + draw.choice((-2, -1, 1, 2, 1000, -1000, 2**31, 2**52))
        case float():
            return value * draw.choice((-1.0, 0.0, 1e-9, 1e9, 1e300))
        case str():
            at = draw.randrange(len(value) + 1)
            return value[:at] + draw.choice(("", "x", "\n", "é", "0", "\u202e")) + value[at + 1 :]
    return [value]


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something is in the value; of long lists their beginning."""
    if path:
        yield path
    if isinstance(value, dict):
        inner: Iterator[tuple[Any, Any]] = iter(value.items())
    else:
        inner = enumerate(value[:5] if isinstance(value, list) else ())
    for key, each in inner:
        yield from _places(each, (*path, key))


def _at(value: Any, path: Any) -> Any:
    for key in path:
        value = value[key]
    return value


def _array_changed(data: bytes, draw: Random) -> bytes:
    """An array of another shape, type or content, with an odd header, or of objects to be run."""
    match draw.randrange(4):
        case 0:
            header, version = draw.choice(HEADERS), draw.randrange(1, 4)
            length = len(header).to_bytes(2, "little")
            return b"\x93NUMPY%c\0" % version + length + header + data[128:]
        case 1:
            objects = np.empty(1, object)
            objects[0] = _Payload()
            return _stored(objects)
    array = np.load(io.BytesIO(data))
    with np.errstate(all="ignore"):
        return _stored(draw.choice(CHANGES)(array))


def _stored(array: Array) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=True)
    return buffer.getvalue()


def _disordered(members: Mapping[str, bytes], name: str, draw: Random) -> dict[str, bytes]:
    """The members without ``name``, or with it under another name, or with one more."""
    others = {each: data for each, data in members.items() if each != name}
    match draw.randrange(4):
        case 0:
            return others
        case 1:
            return {
                **others,
                draw.choice(("../../x", "parts/x", "arrays/x.npy", " ")): members[name],
            }
        case 2:
            return {**members, "parts/more": whole(draw.choice(list(kinds())))}
        case _:
            return {**members, "arrays/more.npy": pickle.dumps(_Payload())}


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(members: Mapping[str, bytes], draw: Random) -> bytes:
    """Mostly packed as the application does, sometimes in an unusual way."""
    usual, unusual = zipfile.ZIP_STORED, (zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
    buffer = io.BytesIO()
    packing = usual if draw.random() < 0.97 else draw.choice(unusual)
    with zipfile.ZipFile(buffer, "w", packing) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()
