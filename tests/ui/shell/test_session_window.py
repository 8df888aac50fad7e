"""The window around one session: saved, opened, undone, remembered."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QObject, QPoint, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QAction, QDesktopServices, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.documents.document_file import BACKUP_SUFFIXES, SUFFIX, packed
from rnnstudio.core.models.scene_file import save_scene
from rnnstudio.core.names.corpus import SHIPPED, read_corpus
from rnnstudio.core.names.recipes import PaperSpec
from rnnstudio.core.session.session import Session
from rnnstudio.core.session.session_file import open_session, session_document
from rnnstudio.ui.error_reporting import log_folder
from rnnstudio.ui.inspector.events import FaultInjected, InterventionSet
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.shell import remembered
from rnnstudio.ui.theme.appearance import ColourChoice, colour_choice, keep_colours
from rnnstudio.ui.user_settings import settings
from rnnstudio.ui.widgets.asking import Button
from rnnstudio.ui.widgets.file_dialogs import keep_folder, last_folder
from tests.ui.shell.windows import edit, opened, press, save

_PATH = Path("session.rnnstudio")


def saved(session: Session) -> bytes:
    return packed(session_document(session, _PATH), _PATH)


def edits(window: MainWindow, pick: random.Random) -> list[Callable[[], object]]:
    """What a person may set in every tab."""
    inspector, names, stocks = window.inspector, window.dinosaurs, window.stocks
    cell = inspector.state.scene.cell
    row = pick.choice(cell.forward).name
    return [
        lambda: edit(window, pick.random()),
        lambda: inspector.dispatch(InterventionSet(Intervention(row, pick.random()))),
        lambda: inspector.dispatch(FaultInjected(pick.choice(cell.faults))),
        lambda: inspector.form.seed.setValue(pick.randrange(1, 99)),
        lambda: inspector.pages.flow.units.slider.setValue(pick.randrange(6)),
        lambda: names.form.fields["seed"].setValue(pick.randrange(1, 99)),
        lambda: names.form.recipe.setCurrentIndex(pick.randrange(2)),
        lambda: names.drawer.drawing.form.count.setValue(pick.randrange(1, 99)),
        lambda: stocks.form.epochs.setValue(pick.randrange(1, 99)),
        lambda: stocks.form.window_length.setValue(pick.randrange(2, 90)),
        lambda: window.tabs.setCurrentIndex(pick.randrange(3)),
    ]


@pytest.mark.slow
def test_that_200_edits_and_200_undos_give_the_same_bytes(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.dinosaurs.work().opened is not None)
    window.tabs.setCurrentWidget(window.stocks)
    qtbot.waitUntil(lambda: window.stocks.work().prices is not None, timeout=30_000)
    qtbot.waitUntil(lambda: not window.stocks.obstacle(), timeout=30_000)
    before, pick = saved(window.studio.session), random.Random(7)
    first = len(window.studio.history.past)
    while len(window.studio.history.past) < first + 200:
        pick.choice(edits(window, pick))()
    after = saved(window.studio.session)
    assert after != before
    for _ in range(200):
        window.menus.undo.trigger()
    now = window.studio.session
    assert len(window.studio.history.past) == first
    assert saved(now) == before
    for _ in range(200):
        window.menus.redo.trigger()
    assert saved(window.studio.session) == after


def test_that_a_saved_session_is_opened_with_everything_in_its_place(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    edit(window)
    assert window.isWindowModified()
    save(window, qtbot, tmp_path / "lesson.rnnstudio")
    assert not window.isWindowModified()
    assert "lesson" in window.windowTitle()
    edit(window, 8.0)
    assert window.isWindowModified()
    opened_later = press(Button.Discard)
    opened(window, qtbot, tmp_path / "lesson.rnnstudio")
    assert "in no file" in opened_later[0]
    assert window.inspector.state.scene.x[0, 0, 0] == 7.0
    window.menus.undo.trigger()
    assert window.inspector.state.scene.x[0, 0, 0] == 8.0, "opening can be undone"


def test_that_what_is_said_of_a_save_is_said_until_the_next_change(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    seed, said = window.dinosaurs.form.fields["seed"], window.statusBar().currentMessage
    save(window, qtbot, tmp_path / "lesson.rnnstudio")
    assert said() == "lesson.rnnstudio is as it is here."
    seed.setValue(57)
    assert said() == ""


def test_that_the_menu_names_what_is_undone_and_done_again(window: MainWindow) -> None:
    undo, redo = window.menus.undo, window.menus.redo
    assert (undo.isEnabled(), redo.isEnabled()) == (False, False)
    edit(window)
    assert undo.text() == "&Undo: Numbers of x"
    undo.trigger()
    assert window.inspector.state.scene.x[0, 0, 0] != 7.0
    assert redo.text() == "&Redo: Numbers of x"
    assert not window.isWindowModified()
    redo.trigger()
    assert window.inspector.state.scene.x[0, 0, 0] == 7.0


def test_that_a_tab_that_is_first_looked_at_leaves_the_session_saved(window: MainWindow) -> None:
    window.tabs.setCurrentIndex(1)
    assert not window.studio.unsaved
    assert window.studio.undoes is None


def test_that_undoing_to_before_the_names_were_looked_at_leaves_a_list_with_its_file(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    edit(window)
    assert window.studio.session.names is None
    cities = tmp_path / "cities.txt"
    cities.write_text("bandung\nmedan\nsolo\n", encoding="utf-8")
    window.tabs.setCurrentIndex(1)
    window.dinosaurs.take_file(cities)
    qtbot.waitUntil(lambda: window.studio.undoes is not None and not window.dinosaurs.obstacle())
    assert window.menus.undo.text() == "&Undo: Opening of cities.txt"
    while window.studio.undoes is not None:
        window.menus.undo.trigger()
    tab = window.dinosaurs
    assert tab.state.opened is not None
    assert tab.state.opened.data.path == SHIPPED
    assert tab.state.corpus is tab.state.opened.corpus
    assert tab.state.corpus == read_corpus(SHIPPED)


def test_that_an_older_kind_of_file_is_opened_in_the_session(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    scene = window.inspector.state.scene.with_entry("x", (0, 0, 0), 3.0)
    save_scene(tmp_path / "scene.rnnstudio", scene)
    window.open_path(tmp_path / "scene.rnnstudio")
    qtbot.waitUntil(lambda: window.inspector.state.scene.x[0, 0, 0] == 3.0)
    assert window.studio.unsaved
    assert window.studio.path is None


def test_that_a_damaged_session_is_refused_and_nothing_changes(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "damaged.rnnstudio"
    save(window, qtbot, path)
    path.write_bytes(path.read_bytes()[:-60])
    before = window.studio.session
    with qtbot.waitSignal(window.studio.refused) as refused:
        window.studio.open_file(path)
    assert "damaged.rnnstudio is damaged" in refused.args[0]
    assert window.studio.session == before
    box = window.findChild(QMessageBox)
    assert box is not None
    box.close()


def test_that_ctrl_s_in_any_tab_saves_the_session_where_a_person_says(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.tabs.setCurrentIndex(1)
    edit(window)

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            name = dialog.findChild(QLineEdit, "fileNameEdit")
            assert name is not None
            name.setText(str(tmp_path / "kept.rnnstudio"))
            dialog.accept()
        else:
            QTimer.singleShot(5, answer)

    QTimer.singleShot(5, answer)
    actions = {action.text(): action for action in window.findChildren(QAction)}
    assert actions["&Save"].shortcut().toString() == "Ctrl+S"
    with qtbot.waitSignal(window.studio.done):
        actions["&Save"].trigger()
    session = open_session(tmp_path / "kept.rnnstudio")
    assert session.tab == "names"
    assert session.inspector.side.scene.x[0, 0, 0] == 7.0
    assert remembered.recent_files() == [tmp_path / "kept.rnnstudio"]


def test_that_a_new_session_is_as_at_the_start_and_undo_brings_the_old_one_back(
    window: MainWindow,
) -> None:
    before = window.inspector.state.scene.x.copy()
    edit(window)
    press(Button.Discard)
    window.files.begin_anew()
    np.testing.assert_array_equal(window.inspector.state.scene.x, before)
    assert not window.studio.unsaved
    window.menus.undo.trigger()
    assert window.inspector.state.scene.x[0, 0, 0] == 7.0


def test_that_the_window_and_its_splitters_come_back_as_they_were(qtbot: QtBot) -> None:
    sizes = []
    for _ in range(2):
        window = MainWindow()
        qtbot.addWidget(window, before_close_func=MainWindow.close_unasked)
        window.show()
        splitter = next(iter(window.inspector.findChildren(remembered.QSplitter)))
        sizes.append((window.size(), splitter.sizes()))
        splitter.setSizes([300, 500, 300])
        window.resize(780, 560)
        sizes.append((window.size(), splitter.sizes()))
        window.close_unasked()
    (size, parts), (size_again, parts_again) = sizes[1:3]
    assert size_again == size
    np.testing.assert_allclose(parts_again, parts, atol=24)


def restarted(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """The window of the next start, once this one is closed."""
    window.close_unasked()
    again = MainWindow()
    qtbot.addWidget(again, before_close_func=MainWindow.close_unasked)
    again.show()
    again.show_tab(remembered.front())
    return again


def layout(window: MainWindow) -> tuple[object, ...]:
    """What is remembered of a window."""
    work = window.stocks.work().view.page, window.dinosaurs.work().pages
    return window.tabs.currentIndex(), window.inspector.work().pages, *work, window.size()


def test_that_what_is_remembered_is_there_the_next_time_until_it_is_forgotten(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    first = layout(window)
    save(window, qtbot, tmp_path / "lesson.rnnstudio")
    keep_folder(tmp_path / "any")
    keep_colours(ColourChoice.DARK)
    remembered.keep_language("id")
    window.inspector.pages.turn_to("gates")
    window.dinosaurs.pages.turn_to("compare")
    window.stocks.pages.turn_to("runs")
    window.show_tab(2)
    window.resize(780, 560)
    changed = layout(window)
    again = restarted(qtbot, window)
    assert layout(again) == changed
    assert not again.studio.unsaved
    assert colour_choice() is ColourChoice.DARK
    assert remembered.language_code() == "id"
    assert (last_folder(), remembered.recent_files()) == (tmp_path, [tmp_path / "lesson.rnnstudio"])
    actions = {action.text(): action for action in again.findChildren(QAction)}
    actions["Forget &what is remembered"].trigger()
    assert layout(restarted(qtbot, again)) == first
    assert colour_choice() is ColourChoice.SYSTEM
    assert (remembered.language_code(), remembered.recent_files()) == ("en", [])
    assert last_folder() != tmp_path


class FileManager(QObject):
    """Takes the folders that the system would show."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Path] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.shown.append(Path(url.toLocalFile()))


def test_that_the_log_s_folder_is_shown_and_named(window: MainWindow) -> None:
    manager = FileManager()
    QDesktopServices.setUrlHandler("file", manager, "show")
    actions = {action.text(): action for action in window.findChildren(QAction)}
    actions["Open the &log folder"].trigger()
    QDesktopServices.unsetUrlHandler("file")
    assert manager.shown == [log_folder()]
    assert str(log_folder()) in window.statusBar().currentMessage()


def test_that_settings_that_were_tampered_with_are_the_first_days(qtbot: QtBot) -> None:
    for key in ("front", "pages/inspector/0", "pages/inspector/1", "splitters/inspector/0"):
        settings().setValue(key, "none-such")
    settings().setValue("pages/inspector/2", 99)
    window = MainWindow()
    qtbot.addWidget(window, before_close_func=MainWindow.close_unasked)
    window.show_tab(remembered.front())
    assert window.inspector.work().pages == ("cell", "")


def test_that_every_network_is_trained_again_and_comes_out_the_same(
    window: MainWindow, qtbot: QtBot
) -> None:
    tab = window.dinosaurs
    tab.form.show_spec(PaperSpec(iterations=60))
    tab.start()
    qtbot.waitUntil(lambda: tab.state.trained is not None, timeout=30_000)
    qtbot.waitUntil(lambda: not tab.state.run.active, timeout=30_000)
    window.menus.again.trigger()
    assert window.menus.again.text() == "Stop training &again"
    boxes = window.findChildren
    qtbot.waitUntil(lambda: bool(boxes(QMessageBox)), timeout=30_000)
    (box,) = boxes(QMessageBox)
    assert box.text() == "1 network was trained again and is the same to the last bit."
    box.close()
    qtbot.waitUntil(lambda: window.menus.again.text() == "&Train every network again")


@pytest.mark.parametrize(
    ("place", "suffix"),
    [(None, SUFFIX), (0, SUFFIX), (1, SUFFIX), (2, SUFFIX), (1, BACKUP_SUFFIXES[0])],
)
def test_that_a_session_dropped_anywhere_is_opened(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, place: int | None, suffix: str
) -> None:
    if place is not None:
        window.tabs.setCurrentIndex(place)
    edit(window)
    save(window, qtbot, tmp_path / "lesson.rnnstudio")
    file = (tmp_path / "lesson.rnnstudio").rename(tmp_path / f"another{suffix}")
    window.menus.undo.trigger()
    press(Button.Discard)
    target = window if place is None else window.tabs.currentWidget()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    pressed = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    with qtbot.waitSignal(window.studio.done, timeout=10_000):
        for kind in (QDragEnterEvent, QDragMoveEvent, QDropEvent):
            event = kind(QPoint(9, 9), Qt.DropAction.CopyAction, *pressed)
            QApplication.sendEvent(target, event)
    assert window.inspector.state.scene.x[0, 0, 0] == 7.0
