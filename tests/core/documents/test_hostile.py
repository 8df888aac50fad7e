"""Files made to take time or memory: each is refused, or read, within little of both."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rnnstudio.core.documents.bounded_json import MOST_VALUES, read_json
from rnnstudio.core.documents.document_file import Document, load, save
from rnnstudio.core.errors import UserError
from tests.core.documents.test_document_file import header, npy

MB = 2**20
ROOM = 200
"""Megabytes that a file may take beyond what the application takes by itself."""
CODE = """
import resource, sys
from pathlib import Path
from rnnstudio.core.documents.document_file import load
from rnnstudio.core.errors import UserError
room = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
before = room()
try:
    load(Path(sys.argv[1]), "test", newest=1)
    print("opened")
except UserError as error:
    print(error)
print(room() - before)
"""


def zipped(path: Path, members: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", kind) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def lying(path: Path, size: int) -> Path:
    """The same file, whose headers say of its only member that it has ``size`` bytes."""
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.rindex(mark)
        data[at + place : at + place + 4] = struct.pack("<I", size)
    path.write_bytes(data)
    return path


def content(text: bytes) -> dict[str, bytes]:
    plain = header(content={"a": 0})
    return {"document.json": plain.replace(b'"a": 0', b'"a": ' + text)}


def directory(path: Path) -> Path:
    """Nothing but a list of a million members."""
    entry = b"PK\x01\x02" + bytes(24) + struct.pack("<H", 1) + bytes(16) + b"a"
    entries = entry * 1_000_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, len(entries), 0, 0)
    path.write_bytes(entries + end)
    return path


def spare(count: int, size: int) -> dict[str, bytes]:
    return {f"arrays/s{at}.npy": npy(np.zeros(size)) for at in range(count)}


BOMBS: dict[str, Callable[[Path], Path]] = {
    "zeros": lambda path: zipped(path, {"document.json": bytes(300 * MB)}),
    "a lie": lambda path: lying(zipped(path, {"document.json": bytes(300 * MB)}), 1000),
    "a lie in bzip2": lambda path: lying(
        zipped(path, {"document.json": bytes(250 * MB)}, zipfile.ZIP_BZIP2), 1000
    ),
    "a lie in lzma": lambda path: lying(
        zipped(path, {"document.json": bytes(250 * MB)}, zipfile.ZIP_LZMA), 1000
    ),
    "a directory": directory,
    "nesting": lambda path: zipped(path, content(b"[" * 7 * MB + b"]" * 7 * MB)),
    "tiny lists": lambda path: zipped(path, content(b"[" + b"[]," * 5 * MB + b"1]")),
    "one text": lambda path: zipped(path, content(b'"' + b"\\n" * 7 * MB + b'"')),
    "arrays": lambda path: zipped(path, {**content(b"0"), **spare(900, 60_000)}),
}


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="room is measured as POSIX does")
@pytest.mark.parametrize("bomb", BOMBS)
def test_that_a_bomb_takes_no_room(tmp_path: Path, bomb: str) -> None:
    path = BOMBS[bomb](tmp_path / "bomb.rnnstudio")
    command = [sys.executable, "-c", CODE, path]
    found = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    sentence, room = found.stdout.strip().splitlines()
    assert sentence == "opened" or "bomb.rnnstudio" in sentence
    assert int(room) < ROOM


@pytest.mark.parametrize("kind", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_that_an_unusual_packing_is_named_as_such(tmp_path: Path, kind: int) -> None:
    path = zipped(tmp_path / "a.rnnstudio", {"document.json": header()}, kind)
    with pytest.raises(UserError, match=r"packs document\.json in an unusual way; save it again"):
        load(path, "test", newest=1)


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices of POSIX")
@pytest.mark.parametrize("kind", ["zero", "null", "pipe", "folder", "circle", "missing"])
def test_that_only_plain_files_are_opened(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.rnnstudio"
    if kind in ("zero", "null"):
        path.symlink_to(f"/dev/{kind}")
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "circle":
        path.symlink_to(path)
    with pytest.raises(UserError, match=r"a\.rnnstudio(; choose another| is a| cannot be read)"):
        load(path, "test", newest=1)


def test_that_a_link_to_a_plain_file_is_opened(tmp_path: Path) -> None:
    save(tmp_path / "a.rnnstudio", Document("test", 1, {"a": 1}))
    (tmp_path / "b.rnnstudio").symlink_to("a.rnnstudio")
    assert load(tmp_path / "b.rnnstudio", "test", newest=1).content == {"a": 1}


def test_that_numbers_which_pack_well_come_back(tmp_path: Path) -> None:
    """Packed, they would look like a bomb."""
    arrays = {"w": np.zeros(4 * MB)}
    save(tmp_path / "a.rnnstudio", Document("test", 1, {}, arrays))
    assert load(tmp_path / "a.rnnstudio", "test", newest=1).arrays["w"].sum() == 0


def test_that_more_than_can_be_read_is_not_written(tmp_path: Path) -> None:
    for document in (
        Document("test", 1, {"a": [0] * (MOST_VALUES + 1)}),
        Document("test", 1, {}, {f"w{at}": np.zeros(1) for at in range(1_001)}),
    ):
        with pytest.raises(UserError, match="more to save than one file can hold"):
            save(tmp_path / "a.rnnstudio", document)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", ['"a, [{:"', '"\\\\"', '"\\\\\\" ]]"', '["\\"", "}}}", "é"]'])
def test_that_brackets_and_marks_in_a_text_do_not_count(text: str) -> None:
    many = ", ".join([text] * 500)
    assert read_json(f"[{many}]".encode()) == json.loads(f"[{many}]")
    with pytest.raises(ValueError, match="nested"):
        read_json(f"[{many}, {'[' * 200}{']' * 200}]".encode())


@pytest.mark.parametrize(
    "text", ["NaN", "[Infinity]", "-Infinity", "-1e999", str(2**63), "9" * 5000, '"\\ud800', "{"]
)
def test_that_no_json_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of any kind
        read_json(text.encode())
