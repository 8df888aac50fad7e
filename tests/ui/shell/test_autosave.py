"""Unsaved work that is kept while a person works, and comes back after a crash."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from rnnstudio.core.session.recovery import ClaimedWork, LeftOver, Recovery, claim, left_over
from rnnstudio.core.session.session import Session
from rnnstudio.core.session.session_file import open_session
from rnnstudio.ui.inspector.events import NumberEdited
from rnnstudio.ui.inspector.tab import InspectorTab
from rnnstudio.ui.shell import autosave
from rnnstudio.ui.shell.autosave import Autosave, offer_left_over
from rnnstudio.ui.shell.studio import Studio
from rnnstudio.ui.widgets.asking import Button


class Desk:
    """One tab with its session, kept in a folder."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.tab = InspectorTab()
        qtbot.addWidget(self.tab)
        self.studio = Studio(
            lambda: Session(self.tab.work()),
            lambda session: self.tab.show_work(session.inspector),
            lambda _: self.tab.obstacle(),
            self.tab,
        )
        self.tab.work_changed.connect(self.studio.take)
        self.recovery = Recovery(folder)
        self.autosave = Autosave(self.studio, self.recovery, self.tab)

    def edit(self, value: float) -> None:
        self.tab.dispatch(NumberEdited("x", (0, 0, 0), value))

    def die(self) -> None:
        """End as a killed process does: the lock is let go, the file stays."""
        lock = self.recovery._lock
        assert lock is not None
        lock.close()
        self.recovery._lock = None


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(autosave, "WITHIN_MS", 20)
    desk = Desk(qtbot, tmp_path / "recovery")
    yield desk
    assert desk.autosave.shutdown()
    desk.studio.shutdown()
    desk.tab.shutdown()


def press_in_box(button: Button) -> str:
    """Press a button of the box that asks; gives its text."""
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    text = box.text()
    box.button(button).click()
    return text


def kept(desk: Desk) -> list[Path]:
    return list(desk.recovery.folder.glob("*.rnnstudio"))


def test_that_a_change_is_kept_and_forgotten_once_it_is_saved(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(desk.autosave.kept):
        desk.edit(7.0)
    (path,) = kept(desk)
    assert open_session(path).inspector.side.scene.x[0, 0, 0] == 7.0
    with qtbot.waitSignal(desk.studio.done):
        desk.studio.save_file(tmp_path / "lesson.rnnstudio")
    qtbot.waitUntil(lambda: not kept(desk))


def test_that_the_work_of_a_studio_that_died_is_offered_with_its_time_and_opened(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    dead = Desk(qtbot, desk.recovery.folder)
    with qtbot.waitSignal(dead.autosave.kept):
        dead.edit(5.0)
    dead.die()
    (found,) = left_over(desk.recovery.folder)
    asked: list[str] = []

    QTimer.singleShot(50, lambda: asked.append(press_in_box(Button.Open)))
    with qtbot.waitSignal(desk.autosave.kept, timeout=10_000):
        offer_left_over(desk.autosave, desk.recovery, desk.tab)
    assert time.strftime("%Y-%m-%d", time.localtime(found.when.timestamp())) in asked[0]
    assert desk.tab.state.scene.x[0, 0, 0] == 5.0
    assert desk.studio.unsaved
    assert not found.path.exists()
    assert len(kept(desk)) == 1
    assert dead.autosave.shutdown()
    dead.tab.shutdown()


def test_that_a_folder_that_cannot_be_written_is_said_and_work_is_kept_once_it_can_be(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.recovery.folder.parent.mkdir(exist_ok=True)
    desk.recovery.folder.write_text("no folder", encoding="utf-8")
    with qtbot.waitSignal(desk.autosave.refused) as refused:
        desk.edit(1.0)
    assert "cannot be kept" in refused.args[0]
    with qtbot.waitSignal(desk.autosave.kept):
        desk.recovery.folder.unlink()


def test_that_work_is_kept_at_once_whatever_is_being_kept(desk: Desk, qtbot: QtBot) -> None:
    assert desk.autosave.keep_at_once(), "there is nothing to keep"
    assert kept(desk) == []
    desk.edit(1.0)
    desk.autosave.keep_now()
    desk.edit(2.0)
    assert desk.autosave.keep_at_once()
    (path,) = kept(desk)
    assert open_session(path).inspector.side.scene.x[0, 0, 0] == 2.0


def test_that_work_that_cannot_be_kept_at_once_is_said(desk: Desk, qtbot: QtBot) -> None:
    desk.recovery.folder.write_text("no folder", encoding="utf-8")
    desk.edit(1.0)
    with qtbot.waitSignal(desk.autosave.refused):
        assert not desk.autosave.keep_at_once()


def claimed(found: LeftOver) -> ClaimedWork:
    work = claim(found)
    assert work is not None
    return work


def left_by(qtbot: QtBot, folder: Path, value: float) -> LeftOver:
    """The work of a studio that died after an edit."""
    dead = Desk(qtbot, folder)
    with qtbot.waitSignal(dead.autosave.kept):
        dead.edit(value)
    dead.die()
    assert dead.autosave.shutdown()
    dead.tab.shutdown()
    (found,) = left_over(folder)
    return found


def test_that_work_that_another_studio_offers_is_not_asked_for(desk: Desk, qtbot: QtBot) -> None:
    found = left_by(qtbot, desk.recovery.folder, 5.0)
    others = claimed(found)
    offer_left_over(desk.autosave, desk.recovery, desk.tab)  # a question would never return
    others.release()
    QTimer.singleShot(50, lambda: press_in_box(Button.Cancel))
    offer_left_over(desk.autosave, desk.recovery, desk.tab)
    assert claimed(found).remove() is None, "put off, it is left to the next"
    assert kept(desk) == []


def test_that_work_that_could_not_be_opened_stays_for_the_next_start(
    desk: Desk, qtbot: QtBot
) -> None:
    found = left_by(qtbot, desk.recovery.folder, 5.0)
    torn = found.path.read_bytes()[:-1]
    found.path.write_bytes(torn)
    with qtbot.waitSignal(desk.studio.refused):
        desk.autosave.adopt(claimed(found))
    with qtbot.waitSignal(desk.autosave.kept):
        desk.edit(1.0)
    assert found.path.read_bytes() == torn


def test_that_work_asked_for_while_a_file_is_being_saved_stays(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    found = left_by(qtbot, desk.recovery.folder, 5.0)
    with qtbot.waitSignals([desk.studio.refused, desk.studio.done]):
        desk.studio.save_file(tmp_path / "lesson.rnnstudio")
        desk.autosave.adopt(claimed(found))
    with qtbot.waitSignal(desk.autosave.kept):
        desk.edit(1.0)
    assert found.path.is_file()


def test_that_opened_work_goes_only_once_it_is_kept_anew(desk: Desk, qtbot: QtBot) -> None:
    found = left_by(qtbot, desk.recovery.folder, 5.0)
    desk.edit(1.0)
    desk.autosave.keep_now()  # what is being kept now is the work before
    with qtbot.waitSignal(desk.studio.changed):
        desk.autosave.adopt(claimed(found))
    qtbot.waitUntil(lambda: not found.path.exists())
    (path,) = kept(desk)
    assert open_session(path).inspector.side.scene.x[0, 0, 0] == 5.0


def test_that_opened_work_goes_once_it_is_saved(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    found = left_by(qtbot, desk.recovery.folder, 5.0)
    desk.autosave._timer.setInterval(60_000)
    with qtbot.waitSignal(desk.studio.changed):
        desk.autosave.adopt(claimed(found))
    qtbot.waitUntil(lambda: not desk.studio.busy)
    assert found.path.is_file()
    with qtbot.waitSignal(desk.studio.done):
        desk.studio.save_file(tmp_path / "lesson.rnnstudio")
    qtbot.waitUntil(lambda: not found.path.exists())
    assert open_session(tmp_path / "lesson.rnnstudio").inspector.side.scene.x[0, 0, 0] == 5.0
