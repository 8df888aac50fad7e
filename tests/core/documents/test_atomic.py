"""A file is written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from rnnstudio.core.documents.atomic import require_writable, write_atomically
from rnnstudio.core.errors import UserError
from tests.full_disk import full_after


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


@pytest.mark.parametrize(
    "place", ["file/a.json", "file/new/a.json", "a" * 256, "new/" + "a" * 256, "", ".", "a\0b"]
)
def test_that_a_place_is_refused_before_as_it_is_after(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("")
    for write in (require_writable, lambda path: write_atomically(path, "x")):
        with pytest.raises(UserError, match=r"cannot be written|the name of a file|no name of"):
            write(tmp_path / place)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_that_the_longest_name_a_system_takes_is_written(tmp_path: Path) -> None:
    for name in ("a" * 255, "é" * 127, ".".join("b" * 120)):
        require_writable(tmp_path / name)
        write_atomically(tmp_path / name, "x")
        assert (tmp_path / name).read_text() == "x"


POSIX = pytest.mark.skipif(os.name != "posix", reason="links and modes of POSIX")


@POSIX
@pytest.mark.parametrize("there", [True, False])
def test_that_a_link_stays_and_what_it_leads_to_is_written(tmp_path: Path, there: bool) -> None:
    (tmp_path / "folder").mkdir()
    target, link = tmp_path / "folder" / "a.json", tmp_path / "link.json"
    if there:
        target.write_text("old")
    link.symlink_to("folder/a.json")
    require_writable(link)
    write_atomically(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert list(target.parent.iterdir()) == [target]


@POSIX
def test_when_links_lead_in_a_circle_one_sentence_says_so(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    for write in (require_writable, lambda path: write_atomically(path, "x")):
        with pytest.raises(UserError, match="cannot be written: Too many"):
            write(tmp_path / "a")


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755, 0o666])
def test_that_mode_and_extended_attributes_stay(tmp_path: Path, mode: int) -> None:
    target = tmp_path / "a.json"
    target.write_text("old")
    target.chmod(mode)
    try:
        os.setxattr(target, "user.origin", b"a class")
    except (AttributeError, OSError):
        pytest.skip("no extended attributes here")
    write_atomically(target, "new")
    assert target.stat().st_mode & 0o777 == mode
    assert os.getxattr(target, "user.origin") == b"a class"


@POSIX
@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="root may write anywhere")
def test_when_a_file_or_folder_is_write_protected_nothing_changes(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    target.write_text("old")
    target.chmod(0o444)
    for write in (require_writable, lambda path: write_atomically(path, "x")):
        with pytest.raises(UserError, match="write-protected"):
            write(target)
    assert target.read_text() == "old"
    tmp_path.chmod(0o555)
    for write in (require_writable, lambda path: write_atomically(path, "x")):
        with pytest.raises(UserError, match="Permission denied"):
            write(tmp_path / "b.json")
    tmp_path.chmod(0o755)
    assert list(tmp_path.iterdir()) == [target]


@POSIX
@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root gives away")
def test_that_the_owner_stays(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    target.write_text("old")
    os.chown(target, 12345, 23456)
    write_atomically(target, "new")
    assert (target.stat().st_uid, target.stat().st_gid) == (12345, 23456)


@POSIX
@pytest.mark.parametrize("new", ["a longer text", "s"])
def test_that_a_file_keeps_its_other_names(tmp_path: Path, new: str) -> None:
    target, other = tmp_path / "a.json", tmp_path / "b.json"
    target.write_text("the old")
    other.hardlink_to(target)
    write_atomically(target, new)
    assert target.samefile(other)
    assert other.read_text() == new
    assert sorted(tmp_path.iterdir()) == [target, other]


@POSIX
def test_when_the_disk_fills_a_file_of_two_names_keeps_the_old_content(tmp_path: Path) -> None:
    target, other = tmp_path / "a.json", tmp_path / "b.json"
    target.write_text("old")
    other.hardlink_to(target)
    with full_after(5000), pytest.raises(UserError, match="cannot be written"):
        write_atomically(target, "x" * 10_000)
    assert target.samefile(other)
    assert other.read_text() == "old"
    assert sorted(tmp_path.iterdir()) == [target, other]


@POSIX
@pytest.mark.parametrize("kind", ["folder", "socket", "a pipe without a reader"])
def test_when_there_is_something_else_than_a_file_it_stays(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "a.json"
    with contextlib.ExitStack() as stack:
        if kind == "folder":
            place.mkdir()
        elif kind == "socket":
            stack.enter_context(socket.socket(socket.AF_UNIX)).bind(str(place))
        else:
            os.mkfifo(place)
        before = place.lstat()
        with pytest.raises(UserError, match=r"give the name of a file|cannot be written"):
            write_atomically(place, "x")
    assert place.lstat().st_ino == before.st_ino
    assert list(tmp_path.iterdir()) == [place]


@POSIX
def test_that_a_pipe_with_a_reader_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    require_writable(pipe)
    write_atomically(pipe, "all of it")
    assert os.read(reader, 100) == b"all of it"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@POSIX
def test_that_a_stream_gets_the_text_after_what_was_printed(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path\n"
        "from rnnstudio.core.documents.atomic import require_writable, write_atomically\n"
        "print('before')\n"
        "require_writable(Path('/dev/stdout'))\n"
        "write_atomically(Path('/dev/stdout'), 'text\\n')\n"
        "write_atomically(Path('/dev/null'), 'nothing\\n')\n"
        "print('after')\n"
    )
    command = [sys.executable, "-c", code]
    with (tmp_path / "out").open("wb") as out:
        subprocess.run(command, stdout=out, check=True, timeout=60)
    assert (tmp_path / "out").read_text() == "before\ntext\nafter\n"
    piped = subprocess.run(command, capture_output=True, check=True, timeout=60)
    assert piped.stdout == b"before\ntext\nafter\n"
    assert Path(os.devnull).is_char_device()


@POSIX
def test_that_the_next_save_removes_what_a_killed_one_left(tmp_path: Path) -> None:
    target = tmp_path / ("a" * 250)
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from rnnstudio.core.documents.atomic import write_atomically\n"
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        "write_atomically(Path(sys.argv[1]), 'torn')\n"
    )
    subprocess.run([sys.executable, "-c", code, target], check=False, timeout=60)
    (left,) = tmp_path.iterdir()
    assert left.suffix == ".part"
    (tmp_path / ".b.json.12345678.part").write_text("of another file")
    write_atomically(target, "whole")
    assert sorted(tmp_path.iterdir()) == sorted([target, tmp_path / ".b.json.12345678.part"])


@POSIX
def test_that_a_save_still_going_on_is_left_alone(tmp_path: Path) -> None:
    import fcntl

    going_on = tmp_path / ".a.json.12345678.part"
    with going_on.open("xb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        write_atomically(tmp_path / "a.json", "x")
    assert going_on.exists()


def test_that_half_letters_of_a_file_s_name_can_be_in_a_text(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a.csv", "caf\udce9\n")
    assert (tmp_path / "a.csv").read_bytes() == b"caf?\n"
