"""The versions that a save leaves beside a session's file."""

from pathlib import Path

from rnnstudio.core.session.backups import backups_of
from rnnstudio.core.session.session import Session
from rnnstudio.core.session.session_file import open_session, saving_job
from rnnstudio.core.training import Control
from tests.core.session.test_recovery import SESSION


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
