"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rnnstudio.core.documents.atomic import require_writable, write_atomically
from rnnstudio.core.errors import UserError


def test_that_text_is_written_as_utf8_into_a_folder_made_on_the_way(tmp_path: Path) -> None:
    target = tmp_path / "new" / "folder" / "harga.csv"
    write_atomically(target, "naïve €\n")
    assert target.read_bytes() == "naïve €\n".encode()


def test_that_the_new_content_replaces_the_old_and_nothing_else_is_left(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    target.write_text("a longer text than the new one")
    write_atomically(target, b"{}")
    assert target.read_bytes() == b"{}"
    assert list(tmp_path.iterdir()) == [target]


def test_when_the_disk_fills_the_old_content_stays_and_no_part_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.json"
    target.write_text("old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match=r"a\.json cannot be written: No space left"):
        write_atomically(target, "new")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_when_the_folder_is_a_file_the_sentence_names_the_path(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be written"):
        write_atomically(tmp_path / "file" / "a.json", "x")


@pytest.mark.parametrize("nameless", ["", ".", "/"])
def test_when_the_path_names_no_file_one_sentence_asks_for_one(nameless: str) -> None:
    with pytest.raises(UserError, match="give the name of a file"):
        write_atomically(Path(nameless), "x")


def test_that_asking_for_a_place_leaves_nothing_there(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("old")
    require_writable(tmp_path / "a.json")
    require_writable(tmp_path / "new" / "folder" / "b.json")
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
    assert (tmp_path / "a.json").read_text() == "old"


@pytest.mark.parametrize("place", ["file/a.json", "file/new/a.json", "a" * 250, "a" * 300, "", "."])
def test_that_a_place_is_refused_before_as_it_is_after(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("")
    for write in (require_writable, lambda path: write_atomically(path, "x")):
        with pytest.raises(UserError, match=r"cannot be written|give the name of a file"):
            write(tmp_path / place)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
