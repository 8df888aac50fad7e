"""Work that a killed studio leaves, and that of a living one."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.errors import UserError
from rnnstudio.core.session.kept_scene import InspectorWork, SceneInWork
from rnnstudio.core.session.recovery import LeftOver, Recovery, claim, left_over
from rnnstudio.core.session.session import Session
from rnnstudio.core.session.session_file import open_session, save_session
from tests.full_disk import full_after

_SCENE = random_scene(CELLS["lstm"], Sizes(), 1)
SESSION = Session(InspectorWork(SceneInWork(_SCENE, _SCENE)))
_CLAIM = """
import sys
from pathlib import Path
from rnnstudio.core.session.recovery import claim, left_over
print("ready", flush=True)
sys.stdin.readline()
held = [work for each in left_over(Path(sys.argv[1])) if (work := claim(each)) is not None]
print(*(work.found.path.name for work in held), flush=True)
sys.stdin.read()
"""
_KEEP = """
import sys
from pathlib import Path
from tests.core.session.test_recovery import SESSION, Recovery
recovery = Recovery(Path(sys.argv[1]))
recovery.keep(SESSION, Path("/lessons/lesson.rnnstudio"))
print("ready", flush=True)
sys.stdin.read()
"""


@contextmanager
def studio(program: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that has said that it is ready, and is killed in the end."""
    child = subprocess.Popen(
        [sys.executable, "-c", program, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
    )
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        yield child
    finally:
        child.kill()
        child.communicate()


def test_that_a_killed_studio_leaves_its_work_and_a_living_one_does_not(tmp_path: Path) -> None:
    with studio(_KEEP, tmp_path):
        assert left_over(tmp_path) == ()
    (found,) = left_over(tmp_path)
    assert found.file == Path("/lessons/lesson.rnnstudio")
    scene = open_session(found.path).inspector.side.scene
    assert scene.same_numbers(_SCENE)
    found.remove()
    assert left_over(tmp_path) == ()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_that_of_two_studios_started_together_one_claims_each_work(tmp_path: Path) -> None:
    names = [f"{number:02}.rnnstudio" for number in range(40)]
    for name in names:
        save_session(tmp_path / name, SESSION)
    with studio(_CLAIM, tmp_path) as one, studio(_CLAIM, tmp_path) as other:
        for each in (one, other):
            assert each.stdin is not None
            each.stdin.write(b"go\n")
            each.stdin.flush()
        claimed = [each.stdout.readline().decode() for each in (one, other) if each.stdout]
        assert sorted(" ".join(claimed).split()) == names
        assert left_over(tmp_path) == ()
    assert len(left_over(tmp_path)) == len(names), "nobody has them who lives"


def test_that_work_which_another_studio_dealt_with_cannot_be_claimed(tmp_path: Path) -> None:
    save_session(tmp_path / "aa.rnnstudio", SESSION)
    (found,) = left_over(tmp_path)
    first = claim(found)
    assert first is not None
    assert claim(found) is None
    first.remove()
    assert claim(found) is None
    assert list(tmp_path.iterdir()) == []


def test_that_nothing_is_left_once_the_work_is_saved(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path / "recovery")
    recovery.forget()
    recovery.keep(SESSION, None)
    recovery.keep(SESSION, None)
    assert left_over(recovery.folder) == ()
    recovery.forget()
    assert list(recovery.folder.iterdir()) == []


def test_that_a_folder_that_cannot_be_made_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(UserError, match="cannot be kept"):
        Recovery(tmp_path / "file" / "recovery").keep(SESSION, None)


def test_that_damaged_work_is_not_offered_and_not_deleted_and_hides_no_other(
    tmp_path: Path,
) -> None:
    save_session(tmp_path / "aa.rnnstudio", SESSION)
    whole = (tmp_path / "aa.rnnstudio").read_bytes()
    (tmp_path / "bb.rnnstudio").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "cc.rnnstudio").mkdir()
    (found,) = left_over(tmp_path)
    assert found.path.name == "aa.rnnstudio"
    assert (tmp_path / "bb.rnnstudio").stat().st_size == len(whole) // 2


@pytest.mark.skipif(sys.platform == "win32", reason="names are text there")
def test_that_work_of_a_file_whose_name_is_no_text_is_kept_with_it(tmp_path: Path) -> None:
    file = Path(os.fsdecode(b"/lessons/\xff.rnnstudio"))
    recovery = Recovery(tmp_path)
    recovery.keep(SESSION, file)
    assert recovery._lock is not None
    recovery._lock.close()  # as when its process ends
    (found,) = left_over(tmp_path)
    assert found.file == file


def test_that_a_full_disk_is_said_and_the_work_kept_before_stays(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path)
    recovery.keep(SESSION, None)
    (path,) = tmp_path.glob("*.rnnstudio")
    before = path.read_bytes()
    with full_after(1_000), pytest.raises(UserError, match=r"not kept.*cannot be written"):
        recovery.keep(SESSION, None)
    assert path.read_bytes() == before
    recovery.keep(SESSION, None)
    recovery.forget()
    assert list(tmp_path.iterdir()) == []


def test_that_what_a_studio_had_half_written_goes_with_its_work(tmp_path: Path) -> None:
    path = tmp_path / "aa.rnnstudio"
    for name in ("aa.rnnstudio", ".aa.rnnstudio.0123abcd.part", ".bb.rnnstudio.0123abcd.part"):
        (tmp_path / name).write_bytes(b"half")
    LeftOver(path, datetime.now(UTC), None).remove()
    assert [each.name for each in tmp_path.iterdir()] == [".bb.rnnstudio.0123abcd.part"]


def test_that_work_is_kept_again_and_held_once_its_folder_was_removed(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path / "recovery")
    recovery.keep(SESSION, None)
    shutil.rmtree(recovery.folder)
    recovery.keep(SESSION, None)
    assert left_over(recovery.folder) == (), "it belongs to a studio that lives"
    assert len(list(recovery.folder.glob("*.rnnstudio"))) == 1
    recovery.forget()


def test_that_what_a_studio_left_that_died_before_it_kept_anything_goes(tmp_path: Path) -> None:
    def put(name: str, minutes: int) -> None:
        (tmp_path / name).write_bytes(b"")
        made = time.time() - 60 * minutes
        os.utime(tmp_path / name, (made, made))

    for name in ("aa.lock", "aa.place", ".aa.rnnstudio.0123abcd.part"):
        put(name, minutes=2)
    put("bb.lock", minutes=0)  # it may be about to be held
    assert left_over(tmp_path) == ()
    assert [each.name for each in tmp_path.iterdir()] == ["bb.lock"]
