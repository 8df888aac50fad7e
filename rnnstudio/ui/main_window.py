"""The main window: three tabs around one session."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QIcon, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QMessageBox

from rnnstudio.core import language
from rnnstudio.core.documents.document_file import is_backup
from rnnstudio.core.engine.fit import fit
from rnnstudio.core.session.undo_history import Change
from rnnstudio.paths import resource_file
from rnnstudio.ui.lessons.lesson_player import LessonPlayer
from rnnstudio.ui.lessons.lessons_menu import LessonsMenu
from rnnstudio.ui.opening import FileOpener
from rnnstudio.ui.shell import remembered
from rnnstudio.ui.shell.blank import Blank
from rnnstudio.ui.shell.class_mode import ClassMode
from rnnstudio.ui.shell.closing import WindowClosing
from rnnstudio.ui.shell.menus import Menus
from rnnstudio.ui.shell.navigation import Navigation
from rnnstudio.ui.shell.pages_menu import PagesMenu
from rnnstudio.ui.shell.replay_action import ReplayAction
from rnnstudio.ui.shell.session_files import SessionFiles
from rnnstudio.ui.shell.start_page import StartPage
from rnnstudio.ui.shell.status_line import StatusLine
from rnnstudio.ui.shell.studio import Studio
from rnnstudio.ui.shell.undo_keys import UndoKeys
from rnnstudio.ui.shell.window_keys import WindowKeys
from rnnstudio.ui.tab_set import DINOSAURS, INSPECTOR, TabSet
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.appearance import ColourChoice
from rnnstudio.ui.theme.tokens import Theme, theme
from rnnstudio.ui.translator import speak
from rnnstudio.ui.widgets.drops import FileDrops
from rnnstudio.ui.widgets.focus_ring import focus_quietly
from rnnstudio.ui.widgets.page_keys import KeysBefore
from rnnstudio.ui.widgets.workbench import Workbench
from rnnstudio.ui.window_tools import WindowTools
from rnnstudio.workers.jobs import Jobs
from rnnstudio.workers.keras_child import KerasProcess

if TYPE_CHECKING:
    from rnnstudio.ui.dinosaurs.tab import DinosaursTab
    from rnnstudio.ui.inspector.tab import InspectorTab
    from rnnstudio.ui.stocks.tab import StocksTab

_FRAME = QSize(8, 32)
"""What the frame that the system puts around a window takes, about."""
_CLOSE_AGAIN_MS = 100
_STATUS_MS = 15_000


class MainWindow(FileDrops, QMainWindow):
    """Builds the tabs and hands each what it needs.

    They are built when they are first looked at or asked for, so that the window shows at once.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setWindowIcon(QIcon(str(resource_file("icons/rnnstudio.svg"))))
        self.resize(QSize(1280, 720).boundedTo(self.screen().availableSize() - _FRAME))
        self.setAcceptDrops(True)
        self._keras = KerasProcess()
        fits, jobs = {"numpy": fit, "keras": self._keras.fit}, Jobs()
        self._same_as_file = ""
        self._menu = menu = QMenu(self)
        self.start = StartPage()
        self.tabs = Navigation(menu, self.start)
        self.tab_set = TabSet(self.tabs, fits, jobs, self)
        self.setCentralWidget(self.tabs)
        self.statusBar().setSizeGripEnabled(False)  # there from the start, so that nothing jumps
        tab_set = self.tab_set
        self.studio = Studio(tab_set.session, tab_set.show_session, tab_set.obstacle, self)
        self.files = SessionFiles(self.studio, self)
        self._closing = WindowClosing(self, self.studio, self.files, lambda: tab_set.unsaved_work)
        self._opener = FileOpener(self.tabs, tab_set, self.files, self)
        bounds = (self.tabs.bar, self.tabs.lessons_button)
        self.status_line = StatusLine(self, self.tabs, self.tabs.free_room, bounds)
        self.class_mode = ClassMode(self, self.tabs, self.status_line, self)
        self.lessons = LessonPlayer(self, self.tabs, tab_set)
        self.tools = WindowTools(self, self.tabs, tab_set)
        self.blank = Blank(self)
        self._keys = WindowKeys(self, self.tabs, self.tab_set, self.blank.cover)
        self._again = ReplayAction(self.studio, fits, jobs, self)
        UndoKeys(self)
        KeysBefore(self, tuple)  # so that Return presses buttons beside the tabs, too
        self.menus = self._make_menus()
        self._connect()
        remembered.restore_window(self)
        self._show_title()

    def _make_menus(self) -> Menus:
        names = self.tab_set.names
        return Menus(
            self._menu, self, self, self.tools, self.studio, self.files, self._again, names
        )

    def _connect(self) -> None:
        self.tab_set.status.connect(self._show_status)
        self.tab_set.work_changed.connect(self.studio.take)
        self.tab_set.work_changed.connect(self._expect_keras)
        self.tab_set.document_dropped.connect(self.open_path)
        self.tab_set.picture_wanted.connect(self.tools.make_picture)
        self._opener.refused.connect(self.refuse_drop)
        self._again.status.connect(self._show_status)
        self.studio.changed.connect(self._show_title)
        self.studio.refused.connect(self.refuse_drop)
        self.studio.done.connect(self._keep_recent)
        self.files.chosen.connect(self.open_path)
        self.tabs.turned.connect(lambda _: self.studio.take(Change()))
        self.tabs.turned.connect(self._focus_page)
        self.tabs.pages_wanted.connect(self._offer_pages)
        self.tabs.class_wanted.connect(self.class_mode.toggle)
        self.tabs.lessons_wanted.connect(self.offer_lessons)
        self.lessons.changed.connect(self._show_lesson)
        self.tools.written.connect(self._show_written)
        self.lessons.refused.connect(self.refuse_drop)
        self._connect_start()
        # Later: a tab that has just told of its end may not be deleted within its own signal.
        self.studio.changed.connect(self.tab_set.dress_idle, Qt.ConnectionType.QueuedConnection)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    @Slot()
    def _expect_keras(self) -> None:
        """Have Keras imported while a person still looks at the settings that ask for it."""
        # Once: a child that has gone, as where there is no TensorFlow, waits for the next training.
        if self._keras.pid is None and self.tab_set.wants_keras:
            self._keras.warm_up()

    @Slot()
    def offer_lessons(self) -> None:
        """Offer the lessons, or leave the one that is given."""
        if self.lessons.on:
            self.lessons.leave()
            self._find_focus()
        else:
            LessonsMenu(self.lessons.begin, self).popup(self.tabs.corner_of_lessons())

    @Slot()
    def _show_lesson(self) -> None:
        self.tabs.show_lesson(on=self.lessons.on)

    def _connect_start(self) -> None:
        self.start.cell_wanted.connect(partial(self.tabs.setCurrentIndex, INSPECTOR))
        self.start.lesson_wanted.connect(self.lessons.begin_unfinished)
        self.start.dinosaur_wanted.connect(self._make_a_dinosaur)
        self.start.prices_wanted.connect(self.choose_prices)
        self.start.recent_wanted.connect(self.open_path)

    @property
    def inspector(self) -> InspectorTab:
        """The cell inspector's tab."""
        return self.tab_set.inspector

    @property
    def dinosaurs(self) -> DinosaursTab:
        """The dinosaur generator's tab, built when it is first asked for."""
        return self.tab_set.dinosaurs

    @property
    def stocks(self) -> StocksTab:
        """The stock forecaster's tab, built when it is first asked for."""
        return self.tab_set.stocks

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close once everything has stopped and unsaved work was asked for."""
        self.lessons.leave()
        if not self._closing.may_lose_work():
            event.ignore()
        elif not self._closing.stop_work():
            event.ignore()
            self.statusBar().showMessage(self.tr("Closing as soon as the work has stopped …"))
            QTimer.singleShot(_CLOSE_AGAIN_MS, self.close)
        else:
            self.tab_set.shutdown()
            self.class_mode.shutdown()
            self.start.dinosaur.shutdown()
            self._keras.close()
            self._remember()
            super().closeEvent(event)

    def close_unasked(self) -> None:
        """Close the window and lose what is not saved: for a tour without a person."""
        self._closing.unasked = True
        self.close()

    def take_file(self, path: Path) -> None:
        """Open a file that was dropped beside the pages."""
        self.open_path(path)

    @Slot(str)
    def refuse_drop(self, sentence: str) -> None:
        """Say why something could not be done."""
        box = QMessageBox(QMessageBox.Icon.Warning, self.tr("RNN Studio"), sentence, parent=self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    @Slot(object)
    def open_path(self, path: Path) -> None:
        """Open a file of any kind: a session, or in the tab that it belongs to."""
        self._opener.open_path(path)

    def choose_prices(self) -> None:
        """Ask for a file of prices."""
        self._opener.choose_prices()

    def choose_names(self) -> None:
        """Ask for a list of names."""
        self._opener.choose_names()

    def show_tab(self, place: int) -> None:
        """Bring a tab to the front."""
        self.tabs.setCurrentIndex(place)

    def show_class(self, on: bool) -> None:
        """Show nothing but what a class is to see, or everything again."""
        self.tab_set.show_class(on)

    def toggle_class(self) -> None:
        """Turn the look for a class on or off."""
        self.class_mode.toggle()

    def workbench(self) -> Workbench | None:
        """The frame with the drawer of the tab in front, where it has one."""
        return self.tab_set.front.workbench

    def toggle_full_screen(self) -> None:
        """Fill the screen, or be a window among others again."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nothing in focus took, wherever in the window that is."""
        if event.key() == Qt.Key.Key_Escape:
            self._close_topmost()
        elif not (
            self.lessons.press(event)
            or (not self.tabs.at_start and self.tab_set.front.press(event))
            or self._keys.press(event)
        ):
            super().keyPressEvent(event)

    def _close_topmost(self) -> None:
        """Esc: a start page over the tab, a lesson, what lies over a page, the page, the class."""
        if self.tabs.at_start:
            self.tabs.leave_start()
        elif self.lessons.on:
            self.lessons.leave()
            self._find_focus()
        elif not self.tab_set.front.close_topmost():
            self.class_mode.set_on(False)

    def forget_layout(self) -> None:
        """Be as on the first day the next time."""
        self.tab_set.keeps_layout = False

    @Slot()
    def dress_anew(self, chosen: Theme | None = None) -> None:
        """Take on ``chosen``, or the colours and sizes that the user chose.

        Every tab is built anew from its work; one that is at work on its own waits for its end.
        """
        focus = self.focusWidget()
        in_bar = focus is not None and self.tabs.top.isAncestorOf(focus)
        kept = self.tab_set.undress()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            appearance.apply(app, chosen)
        self.tab_set.dress(kept)
        self.tabs.dress()
        self.lessons.dress()
        self.tools.help.dress()
        self.start.dinosaur.shutdown()
        self.start = StartPage()
        self.tabs.replace_start(self.start)
        self._connect_start()
        if not in_bar:
            self._find_focus()

    def speak(self, code: str) -> None:
        """Go on in the language ``code``, with everything built anew as for other colours."""
        language.choose(code)
        app = QApplication.instance()
        if app is not None:
            speak(app)
        self.statusBar().clearMessage()  # it was said in the other one
        self.menus.dispose()
        self.menus = self._make_menus()
        self.tabs.name_parts()
        self._show_lesson()
        for place, name in enumerate(self.tab_set.names):
            self.tabs.name_tab(place, name)
        self.dress_anew(theme())
        self._show_title()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the studio its room beside a lesson."""
        super().resizeEvent(event)
        self.lessons.fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin on the page in front, which is built by now, and not in the bar."""
        if not self.tabs.at_start:
            _ = self.tab_set.front
        super().showEvent(event)
        self._find_focus()

    def _find_focus(self) -> None:
        """Give the focus to the page in front where nothing in sight on it has it."""
        if self.tabs.at_start:
            return
        focus, front = self.focusWidget(), self.tab_set.front
        if focus is None or not focus.isVisible() or not front.isAncestorOf(focus):
            stop = front.first_focus()
            # Where nothing on the page can have it yet, its keys are to act all the same.
            focus_quietly(front if stop is None or not stop.isEnabled() else stop)

    @Slot()
    def _focus_page(self) -> None:
        """Give the focus to the page that has come, but not while arrows go through the tabs."""
        if not self.tabs.bar.hasFocus():
            self._find_focus()

    @Slot(Qt.ColorScheme)
    def _follow_system(self, scheme: Qt.ColorScheme) -> None:
        if appearance.colour_choice() is ColourChoice.SYSTEM:
            now = theme()
            self.dress_anew(
                appearance.chosen_theme(
                    scheme, in_class=now.in_class, class_factor=now.class_factor
                )
            )

    def toggle_keys(self) -> None:
        """Show the keys of the page in front, or take them away."""
        self.tools.toggle_keys(self._keys, self.menus)

    @Slot(object)
    def _show_written(self, path: Path) -> None:
        self._show_status(language.filled(self.tr("Done: {0}"), path))

    @Slot(str)
    def _show_status(self, sentence: str) -> None:
        """Say what just happened, and no longer than that is true."""
        self.statusBar().showMessage(sentence, _STATUS_MS)

    @Slot()
    def _show_title(self) -> None:
        self.setWindowTitle(language.filled(self.tr("{0}[*] — RNN Studio"), self.files.name))
        self.setWindowModified(self.studio.unsaved)
        if self.studio.unsaved and self.statusBar().currentMessage() == self._same_as_file:
            self.statusBar().clearMessage()

    @Slot(object)
    def _keep_recent(self, path: Path) -> None:
        if not is_backup(path):
            remembered.keep_recent(path)
        self._same_as_file = language.filled(self.tr("{0} is as it is here."), path.name)
        self._show_status(self._same_as_file)

    def _remember(self) -> None:
        if not self.tab_set.keeps_layout:
            remembered.forget_layout()
            return
        remembered.keep_window(self)
        remembered.keep_front(self.tabs.currentIndex())
        self.tab_set.keep_layout()

    @Slot()
    def _make_a_dinosaur(self) -> None:
        """Go to the generator, and train where nothing is there that could be lost."""
        self.tabs.setCurrentIndex(DINOSAURS)
        self.dinosaurs.turn_to(self.dinosaurs.home)
        if self.dinosaurs.state.network is None:
            self.dinosaurs.start()

    @Slot(object)
    def _offer_pages(self, corner: QPoint) -> None:
        """Open the menu of the front tab's pages over that tab."""
        self.tabs.leave_start()
        PagesMenu(self.tab_set.front, self).popup(corner)
