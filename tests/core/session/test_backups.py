"""The versions that a save leaves beside a session's file."""

import sys
from pathlib import Path

import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.session.backups import backups_of, keep_backups
from rnnstudio.core.session.session import Session
from rnnstudio.core.session.session_file import open_session, saving_job
from rnnstudio.core.training import Control
from tests.core.session.test_recovery import SESSION
from tests.full_disk import full_after


def save(path: Path, tab: str) -> None:
    session = Session(SESSION.inspector, tab=tab)  # type: ignore[arg-type]
    for _ in saving_job(path, session, Control()):
        pass


def test_that_the_two_versions_before_a_save_stand_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "lesson.rnnstudio"
    for tab in ("inspector", "names", "stocks", "inspector"):
        save(path, tab)
    newer, older = backups_of(path)
    kept = [open_session(each).tab for each in (path, newer, older)]
    assert kept == ["inspector", "stocks", "names"]
    assert len(list(tmp_path.iterdir())) == 3


def test_that_a_link_stays_and_the_backup_stands_beside_what_it_leads_to(tmp_path: Path) -> None:
    path, link = tmp_path / "there" / "lesson.rnnstudio", tmp_path / "link.rnnstudio"
    path.parent.mkdir()
    link.symlink_to(path)
    save(link, "names")
    save(link, "stocks")
    assert link.is_symlink()
    assert open_session(path).tab == "stocks"
    assert open_session(backups_of(path)[0]).tab == "names"


def test_that_a_save_goes_on_where_no_backup_can_be_made(tmp_path: Path) -> None:
    path = tmp_path / "lesson.rnnstudio"
    save(path, "names")
    backups_of(path)[0].mkdir()
    save(path, "stocks")
    assert open_session(path).tab == "stocks"
    assert sorted(each.name for each in tmp_path.iterdir()) == [path.name, f"{path.name}1"]
    assert not list(backups_of(path)[0].iterdir())


def test_that_saves_that_a_full_disk_refuses_leave_both_backups_whole(tmp_path: Path) -> None:
    path = tmp_path / "lesson.rnnstudio"
    for tab in ("inspector", "names", "stocks"):
        save(path, tab)
    for _ in range(3):
        with full_after(1_000), pytest.raises(UserError, match="cannot be written"):
            save(path, "inspector")
    kept = [open_session(each).tab for each in (path, *backups_of(path))]
    assert kept == ["stocks", "names", "inspector"]
    assert len(list(tmp_path.iterdir())) == 3


def test_that_refused_saves_push_no_backup_out(tmp_path: Path) -> None:
    path = tmp_path / "lesson.rnnstudio"
    for tab in ("inspector", "names", "stocks"):
        save(path, tab)
    for _ in range(3):  # the backup has room, what is saved has none
        keep_backups(path)
    save(path, "inspector")
    kept = [open_session(each).tab for each in (path, *backups_of(path))]
    assert kept == ["inspector", "stocks", "names"]


def test_that_a_link_in_a_backups_place_is_not_written_through(tmp_path: Path) -> None:
    path = tmp_path / "lesson.rnnstudio"
    save(path, "names")
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    backups_of(path)[0].symlink_to(tmp_path / "mine")
    save(path, "stocks")
    assert (tmp_path / "mine").read_text(encoding="utf-8") == "mine"
    assert open_session(backups_of(path)[0]).tab == "names"


@pytest.mark.skipif(sys.platform == "win32", reason="no modes there")
def test_that_a_backup_is_as_private_as_its_session(tmp_path: Path) -> None:
    path = tmp_path / "lesson.rnnstudio"
    save(path, "names")
    path.chmod(0o600)
    save(path, "stocks")
    assert backups_of(path)[0].stat().st_mode & 0o777 == 0o600
