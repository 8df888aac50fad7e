"""Work that a killed studio leaves, and that of a living one."""

import subprocess
import sys
from pathlib import Path

import pytest

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.errors import UserError
from rnnstudio.core.session.recovery import Recovery, left_over
from rnnstudio.core.session.session import InspectorWork, SceneInWork, Session
from rnnstudio.core.session.session_file import open_session

_SCENE = random_scene(CELLS["lstm"], Sizes(), 1)
SESSION = Session(InspectorWork(SceneInWork(_SCENE, _SCENE)))
_KEEP = """
import sys
from pathlib import Path
from tests.core.session.test_recovery import SESSION, Recovery
recovery = Recovery(Path(sys.argv[1]))
recovery.keep(SESSION, Path("/lessons/lesson.rnnstudio"))
print("kept", flush=True)
sys.stdin.read()
"""


def test_that_a_killed_studio_leaves_its_work_and_a_living_one_does_not(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", _KEEP, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"kept\n"
    assert left_over(tmp_path) == ()
    child.kill()
    child.communicate()
    (found,) = left_over(tmp_path)
    assert found.file == Path("/lessons/lesson.rnnstudio")
    scene = open_session(found.path).inspector.side.scene
    assert scene.same_numbers(_SCENE)
    found.remove()
    assert left_over(tmp_path) == ()
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
