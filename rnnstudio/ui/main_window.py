"""The main window: three tabs around one session."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QMessageBox, QWidget

from rnnstudio import __version__
from rnnstudio.core import language
from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.documents.document_file import is_backup, is_document, kind_of
from rnnstudio.core.engine.fit import fit
from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.session.session import InspectorWork, NamesWork, Session, StocksWork, TabName
from rnnstudio.core.session.undo_history import Change
from rnnstudio.paths import resource_file
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from rnnstudio.ui.inspector.tab import InspectorTab
from rnnstudio.ui.shell import remembered
from rnnstudio.ui.shell.menus import Menus
from rnnstudio.ui.shell.navigation import Navigation
from rnnstudio.ui.shell.pages_menu import PagesMenu
from rnnstudio.ui.shell.replay_action import ReplayAction
from rnnstudio.ui.shell.session_files import SessionFiles
from rnnstudio.ui.shell.start_page import StartPage
from rnnstudio.ui.shell.studio import Studio
from rnnstudio.ui.shell.undo_keys import UndoKeys
from rnnstudio.ui.stocks.tab import StocksTab
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.appearance import ColourChoice
from rnnstudio.ui.theme.tokens import Theme
from rnnstudio.ui.widgets.asking import Button, ask
from rnnstudio.ui.widgets.drops import FileDrops
from rnnstudio.workers.jobs import Jobs
from rnnstudio.workers.keras_child import KerasProcess
from rnnstudio.workers.run import Runner

INSPECTOR, DINOSAURS, STOCKS = range(3)
"""Places of the tabs; the last two are built later."""
TAB_NAMES: tuple[TabName, ...] = ("inspector", "names", "stocks")
"""What a session calls each tab and its part."""
_FRAME = QSize(8, 32)
"""What the frame that the system puts around a window takes, about."""
_STOP_SECONDS = 1.0
_CLOSE_AGAIN_MS = 100
_STATUS_MS = 15_000
_MODELS = (".keras", ".h5", ".npz")
_LISTS = (".txt",)

Tab = InspectorTab | DinosaursTab | StocksTab


class MainWindow(FileDrops, QMainWindow):
    """Builds the tabs and hands each what it needs.

    The window opens on the inspector; the other tabs are built when they are first looked at or
    asked for, so that it shows at once.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setWindowIcon(QIcon(str(resource_file("icons/rnnstudio.svg"))))
        self.resize(QSize(1280, 720).boundedTo(self.screen().availableSize() - _FRAME))
        self.setAcceptDrops(True)
        self._keras = KerasProcess()
        self._fits: dict[str, Fit] = {"numpy": fit, "keras": self._keras.fit}
        self._jobs = Jobs()
        self._may_close = False
        self._forgets_layout = False
        self._same_as_file = ""
        self.inspector = InspectorTab()
        self._built: list[Tab] = [self.inspector]
        self._undressed: list[Tab] = []
        menu = QMenu(self)
        self.start = StartPage()
        self.tabs = Navigation(menu, self.start)
        self.tabs.addTab(self.inspector, self.tr("Cell inspector"))
        self._empty = {DINOSAURS: QWidget(), STOCKS: QWidget()}
        self.tabs.addTab(self._empty[DINOSAURS], self.tr("Dinosaur generator"))
        self.tabs.addTab(self._empty[STOCKS], self.tr("Stock forecaster"))
        self.tabs.turned.connect(self._build)
        self.setCentralWidget(self.tabs)
        self.studio = Studio(self._collect, self._show_session, self._obstacle, self)
        self.files = SessionFiles(self.studio, self)
        names = tuple(self.tabs.tabText(place) for place in range(self.tabs.count()))
        self._again = ReplayAction(self.studio, self._fits, self._jobs, self)
        self._again.status.connect(self._show_status)
        UndoKeys(self)
        self.menus = Menus(menu, self, self, self.studio, self.files, self._again, names)
        self._connect()
        remembered.restore_window(self)
        self._show_title()

    def _connect(self) -> None:
        self._connect_tab(self.inspector)
        self.studio.changed.connect(self._show_title)
        self.studio.refused.connect(self.refuse_drop)
        self.studio.done.connect(self._keep_recent)
        self.files.chosen.connect(self.open_path)
        self.tabs.turned.connect(lambda _: self.studio.take(Change()))
        self.tabs.pages_wanted.connect(self._offer_pages)
        self._connect_start()
        # Later: a tab that has just told of its end may not be deleted within its own signal.
        self.studio.changed.connect(self._dress_idle_tabs, Qt.ConnectionType.QueuedConnection)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def _connect_start(self) -> None:
        self.start.cell_wanted.connect(partial(self.tabs.setCurrentIndex, INSPECTOR))
        self.start.dinosaur_wanted.connect(self._make_a_dinosaur)
        self.start.prices_wanted.connect(self.choose_prices)
        self.start.recent_wanted.connect(self.open_path)

    def _connect_tab(self, tab: Tab) -> None:
        remembered.restore_layout(self._name(tab), tab)
        tab.status.connect(self._show_status)
        tab.work_changed.connect(self.studio.take)
        tab.documents_elsewhere = True
        tab.document_dropped.connect(self.open_path)

    @cached_property
    def dinosaurs(self) -> DinosaursTab:
        """The dinosaur generator's tab."""
        tab = self._make_dinosaurs()
        self._put(DINOSAURS, tab)
        self.studio.take(Change(by_itself=True))
        return tab

    @cached_property
    def stocks(self) -> StocksTab:
        """The stock forecaster's tab."""
        tab = self._make_stocks()
        self._put(STOCKS, tab)
        self.studio.take(Change(by_itself=True))
        return tab

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close once everything has stopped and unsaved work was asked for."""
        if not self._may_lose_work():
            event.ignore()
        elif not self._stopped():
            event.ignore()
            self.statusBar().showMessage(self.tr("Closing as soon as the work has stopped …"))
            QTimer.singleShot(_CLOSE_AGAIN_MS, self.close)
        else:
            for tab in self._built:
                tab.shutdown()
            self.start.dinosaur.shutdown()
            self._keras.close()
            self._remember()
            super().closeEvent(event)

    def close_unasked(self) -> None:
        """Close the window and lose what is not saved: for a tour without a person."""
        self._may_close = True
        self.close()

    def take_file(self, path: Path) -> None:
        """Open a file that was dropped beside the pages."""
        self.open_path(path)

    @Slot(str)
    def refuse_drop(self, sentence: str) -> None:
        """Say why something could not be done."""
        self.statusBar().showMessage(sentence)
        box = QMessageBox(QMessageBox.Icon.Warning, self.tr("RNN Studio"), sentence, parent=self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    @Slot(object)
    def open_path(self, path: Path) -> None:
        """Open a file of any kind: a session, or in the tab that it belongs to."""
        try:
            self._open_in_tab(path, kind_of(path) if is_document(path) else "")
        except UserError as error:
            self.refuse_drop(language.text(error.message))

    def choose_prices(self) -> None:
        """Ask for a file of prices."""
        self.tabs.setCurrentWidget(self.stocks)
        self.stocks.choose_file()

    def choose_names(self) -> None:
        """Ask for a list of names."""
        self.tabs.setCurrentWidget(self.dinosaurs)
        self.dinosaurs.files.choose_list()

    def show_tab(self, place: int) -> None:
        """Bring a tab to the front."""
        self.tabs.setCurrentIndex(place)

    def forget_layout(self) -> None:
        """Be as on the first day the next time."""
        self._forgets_layout = True

    def show_about(self) -> None:
        """Say what this is."""
        text = self.tr(
            "RNN Studio {0}\nRecurrent networks taught, tried and understood.\n"
            "It works with no network and sends nothing anywhere."
        )
        QMessageBox.about(self, self.tr("About RNN Studio"), text.format(__version__))

    @Slot()
    def dress_anew(self, chosen: Theme | None = None) -> None:
        """Take on ``chosen``, or the colours and sizes that the user chose.

        Every tab is built anew from its work; one that is at work on its own waits for its end.
        """
        self._undressed = list(self._built)
        kept = self._take_out_idle_tabs()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            appearance.apply(app, chosen)
        self._build_again(kept)
        self.tabs.dress()
        self.start.dinosaur.shutdown()
        self.start = StartPage()
        self.tabs.replace_start(self.start)
        self._connect_start()

    @Slot(Qt.ColorScheme)
    def _follow_system(self, scheme: Qt.ColorScheme) -> None:
        if appearance.colour_choice() is ColourChoice.SYSTEM:
            self.dress_anew(appearance.chosen_theme(scheme))

    @Slot()
    def _dress_idle_tabs(self) -> None:
        self._build_again(self._take_out_idle_tabs())

    def _take_out_idle_tabs(self) -> dict[int, InspectorWork | NamesWork | StocksWork]:
        """Delete the tabs that may be built anew; gives their places and their work."""
        kept: dict[int, InspectorWork | NamesWork | StocksWork] = {}
        for tab in [tab for tab in self._undressed if not tab.obstacle()]:
            self._undressed.remove(tab)
            self._built.remove(tab)
            if not self._forgets_layout:
                remembered.keep_layout(self._name(tab), tab)
            place, empty = self.tabs.indexOf(tab), QWidget()
            kept[place], self._empty[place] = tab.work(), empty
            tab.shutdown()
            self._swap(tab, empty)
            QCoreApplication.sendPostedEvents(tab, QEvent.Type.DeferredDelete)
        return kept

    def _build_again(self, kept: Mapping[int, InspectorWork | NamesWork | StocksWork]) -> None:
        """Build the tabs of these places and show them their work."""
        for place, work in kept.items():
            match work:
                case InspectorWork():
                    self.inspector = InspectorTab()
                    self.inspector.show_work(work)
                    self._put(place, self.inspector)
                case NamesWork():
                    self.dinosaurs = self._make_dinosaurs()
                    self.dinosaurs.show_work(work)
                    self._put(place, self.dinosaurs)
                case StocksWork():
                    self.stocks = self._make_stocks()
                    self.stocks.show_work(work)
                    self._put(place, self.stocks)

    def _open_in_tab(self, path: Path, kind: str) -> None:
        suffix = path.suffix.lower()
        if kind == "session":
            self.files.open_file(path)
        elif kind == "scene" or suffix in _MODELS:
            self._open_with(self.inspector, path)
        elif kind == "names" or suffix in _LISTS:
            self._open_with(self.dinosaurs, path)
        elif kind in ("", "forecast", "unfinished forecast"):
            self._open_with(self.stocks, path)
        else:
            self.tabs.setCurrentWidget(self.stocks)
            self.stocks.open_runs(path)

    def _open_with(self, tab: Tab, path: Path) -> None:
        self.tabs.setCurrentWidget(tab)
        tab.take_file(path)

    def _collect(self) -> Session:
        """The session as the tabs have it; a tab that was never looked at has nothing."""
        names = next((tab for tab in self._built if isinstance(tab, DinosaursTab)), None)
        stocks = next((tab for tab in self._built if isinstance(tab, StocksTab)), None)
        return Session(
            self.inspector.work(),
            None if names is None else names.work(),
            None if stocks is None else stocks.work(),
            TAB_NAMES[self.tabs.currentIndex()],
        )

    def _show_session(self, session: Session) -> None:
        self.inspector.show_work(session.inspector)
        if session.names is not None or DINOSAURS not in self._empty:
            self.dinosaurs.show_work(session.names or NamesWork())
        if session.stocks is not None or STOCKS not in self._empty:
            self.stocks.show_work(session.stocks or StocksWork())
        self.tabs.setCurrentIndex(TAB_NAMES.index(session.tab))

    def _obstacle(self, session: Session) -> str:
        """Why ``session`` cannot be shown now: a tab whose part differs is at work on its own."""
        now = self._collect()
        for tab in self._built:
            part = self._name(tab)
            differs = getattr(now, part) != getattr(session, part)
            if differs and (obstacle := tab.obstacle()):
                return obstacle
        return ""

    @Slot(str)
    def _show_status(self, sentence: str) -> None:
        """Say what just happened, and no longer than that is true."""
        self.statusBar().showMessage(sentence, _STATUS_MS)

    @Slot()
    def _show_title(self) -> None:
        self.setWindowTitle(self.tr("{0}[*] — RNN Studio").format(self.files.name))
        self.setWindowModified(self.studio.unsaved)
        if self.studio.unsaved and self.statusBar().currentMessage() == self._same_as_file:
            self.statusBar().clearMessage()

    @Slot(object)
    def _keep_recent(self, path: Path) -> None:
        if not is_backup(path):
            remembered.keep_recent(path)
        self._same_as_file = self.tr("{0} is as it is here.").format(path.name)
        self._show_status(self._same_as_file)

    def _remember(self) -> None:
        if self._forgets_layout:
            remembered.forget_layout()
            return
        remembered.keep_window(self)
        remembered.keep_front(self.tabs.currentIndex())
        for tab in self._built:
            remembered.keep_layout(self._name(tab), tab)

    def _name(self, tab: Tab) -> TabName:
        return TAB_NAMES[self.tabs.indexOf(tab)]

    def _stopped(self) -> bool:
        """Ask all work to stop and wait a little; whether it has stopped."""
        runners = self.findChildren(Runner)
        for runner in runners:
            runner.cancel()
        deadline = time.monotonic() + _STOP_SECONDS
        return all(
            runner.shutdown(max(0, int(1000 * (deadline - time.monotonic())))) for runner in runners
        )

    def _may_lose_work(self) -> bool:
        """Whether nothing is lost, or a person says that it may be.

        Who wants it saved is asked for a place, and the window closes by itself once it is saved.
        """
        at_work = [tab for tab in self._built if not isinstance(tab, InspectorTab)]
        work = [sentence for tab in at_work for sentence in tab.unsaved_work]
        if self._may_close or not (self.studio.unsaved or work):
            return True
        pressed = ask(
            self,
            self.tr("Close RNN Studio?"),
            self._lost(work),
            Button.Save | Button.Discard | Button.Cancel,
            Button.Save,
        )
        if pressed == Button.Save:
            self._may_close = self.files.save_and(self.close)
            return False
        return pressed == Button.Discard

    def _lost(self, work: Sequence[Message]) -> str:
        """What closing would lose, a sentence each."""
        sentences = list(map(language.text, work))
        if self.studio.unsaved:
            text = self.tr("{0} has changes that are in no file.")
            sentences.append(text.format(self.files.name))
        return " ".join(sentences)

    def _build(self, place: int) -> None:
        """Build the tab at ``place`` if it is not there yet."""
        if place == DINOSAURS:
            _ = self.dinosaurs
        elif place == STOCKS:
            _ = self.stocks

    def _make_dinosaurs(self) -> DinosaursTab:
        tab = DinosaursTab()
        tab.scene_wanted.connect(self._inspect)
        return tab

    def _make_stocks(self) -> StocksTab:
        tab = StocksTab(self._fits, self._jobs)
        tab.scene_wanted.connect(self._inspect)
        return tab

    def _put(self, place: int, tab: Tab) -> None:
        """Put ``tab`` where an empty page has kept its place."""
        self._built.append(tab)
        self._swap(self._empty.pop(place), tab)
        self._connect_tab(tab)

    def _swap(self, old: QWidget, new: QWidget) -> None:
        """Show ``new`` in the place of ``old``, which goes."""
        self.tabs.replace(old, new)
        old.deleteLater()

    @Slot()
    def _make_a_dinosaur(self) -> None:
        """Go to the generator, and train where nothing is there that could be lost."""
        self.tabs.setCurrentIndex(DINOSAURS)
        self.dinosaurs.pages.setCurrentWidget(self.dinosaurs.train_page)
        if self.dinosaurs.state.network is None:
            self.dinosaurs.start()

    @Slot(object)
    def _offer_pages(self, corner: QPoint) -> None:
        """Open the menu of the front tab's pages."""
        PagesMenu(self._front, self).popup(corner)

    @property
    def _front(self) -> Tab:
        """The tab in front."""
        return next(tab for tab in self._built if tab is self.tabs.currentWidget())

    def _inspect(self, scene: Scene) -> None:
        self.inspector.show_scene(scene)
        self.tabs.setCurrentWidget(self.inspector)
