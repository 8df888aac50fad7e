"""The three tabs: each built when it is first looked at, and anew when the look changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from rnnstudio.core.cells.cursor import Cursor
from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.cells.scene_spec import opening_scene
from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.messages import Message
from rnnstudio.core.session.kept_scene import InspectorWork, SceneInWork
from rnnstudio.core.session.session import Session, TabName
from rnnstudio.core.session.undo_history import Change
from rnnstudio.ui.shell import remembered
from rnnstudio.ui.shell.navigation import Navigation
from rnnstudio.ui.theme.tokens import theme
from rnnstudio.workers.jobs import Jobs

if TYPE_CHECKING:
    from rnnstudio.ui.dinosaurs.tab import DinosaursTab
    from rnnstudio.ui.inspector.tab import InspectorTab
    from rnnstudio.ui.stocks.tab import StocksTab

    Tab = InspectorTab | DinosaursTab | StocksTab

INSPECTOR, DINOSAURS, STOCKS = range(3)
"""Places of the tabs."""
_OPENING = Cursor(time=2, operation=1)
"""The third letter, a capital, shuts the forget gate: the first thing that is seen of a cell."""
TAB_NAMES: tuple[TabName, ...] = ("inspector", "names", "stocks")
"""What a session calls each tab and its part."""


class TabSet(QObject):
    """Builds the tabs within ``frame`` and gives and takes their work as a session.

    ``fits`` has the trainings of the engines by their names, ``jobs`` says what has to wait.
    """

    status = Signal(str)
    work_changed = Signal(object)
    """A ``Change``, once a tab's work has it."""
    document_dropped = Signal(object)
    """The ``Path`` of a document that may belong to another tab."""
    picture_wanted = Signal()
    """A picture of the page in front is asked for."""

    def __init__(
        self, frame: Navigation, fits: Mapping[str, Fit], jobs: Jobs, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._frame, self._fits, self._jobs = frame, fits, jobs
        self.keeps_layout = True
        """Whether a tab's layout is remembered when it goes."""
        self.set_aside: InspectorWork | None = None
        """What the session has of the inspector while a lesson shows something else in it."""
        self._tabs: dict[int, Tab] = {}
        self._makers: Mapping[int, Callable[[], Tab]] = {
            INSPECTOR: self._make_inspector,
            DINOSAURS: self._make_dinosaurs,
            STOCKS: self._make_stocks,
        }
        self._undressed: list[Tab] = []
        self._empty = {place: QWidget() for place in (INSPECTOR, DINOSAURS, STOCKS)}
        for place, name in enumerate(self.names):
            frame.addTab(self._empty[place], name)
        frame.turned.connect(self._build)

    @property
    def names(self) -> tuple[str, str, str]:
        """What the tabs are called, in the language that is spoken now."""
        return self.tr("Cell inspector"), self.tr("Dinosaur generator"), self.tr("Stock forecaster")

    @property
    def inspector(self) -> InspectorTab:
        """The cell inspector's tab."""
        return cast("InspectorTab", self._at(INSPECTOR))

    @property
    def dinosaurs(self) -> DinosaursTab:
        """The dinosaur generator's tab."""
        return cast("DinosaursTab", self._at(DINOSAURS))

    @property
    def stocks(self) -> StocksTab:
        """The stock forecaster's tab."""
        return cast("StocksTab", self._at(STOCKS))

    @property
    def built(self) -> list[Tab]:
        """The tabs that were looked at."""
        return list(self._tabs.values())

    def named(self, name: TabName) -> Tab:
        """The tab that a session or a lesson calls so, built now if nobody has looked at it."""
        return self._at(TAB_NAMES.index(name))

    @property
    def front(self) -> Tab:
        """The tab in front, built now if it has not been looked at yet."""
        return self._at(self._frame.currentIndex())

    @property
    def wants_keras(self) -> bool:
        """Whether the forecaster's next training is to be Keras'."""
        spec = self.stocks.state.spec if STOCKS in self._tabs else None
        return spec is not None and spec.engine == "keras"

    @property
    def unsaved_work(self) -> list[Message]:
        """What is lost when the window closes, besides what the session has."""
        return [sentence for tab in self.built for sentence in tab.unsaved_work]

    def session(self) -> Session:
        """The session as the tabs have it; a tab that was never looked at has nothing."""
        shown = self._opening if INSPECTOR in self._empty else self.inspector.work()
        return Session(
            self.set_aside or shown,
            None if DINOSAURS in self._empty else self.dinosaurs.work(),
            None if STOCKS in self._empty else self.stocks.work(),
            TAB_NAMES[self._frame.currentIndex()],
        )

    def show_session(self, session: Session) -> None:
        """Show each tab its part, and the tab that was in front.

        One that is at work on its own has its part already, as ``obstacle`` has seen, and goes on.
        """
        from rnnstudio.core.session.kept_names import NamesWork  # noqa: PLC0415 - with its tab
        from rnnstudio.core.session.kept_prices import StocksWork  # noqa: PLC0415 - with its tab

        if self.set_aside is None:
            self.inspector.show_work(session.inspector)
        else:
            self.set_aside = session.inspector
        names = session.names is not None or DINOSAURS not in self._empty
        if names and not self.dinosaurs.obstacle():
            self.dinosaurs.show_work(session.names or NamesWork())
        stocks = session.stocks is not None or STOCKS not in self._empty
        if stocks and not self.stocks.obstacle():
            self.stocks.show_work(session.stocks or StocksWork())
        self._frame.setCurrentIndex(TAB_NAMES.index(session.tab))

    def obstacle(self, session: Session) -> str:
        """Why ``session`` cannot be shown now: a tab whose part differs is at work on its own."""
        now = self.session()
        for tab in self.built:
            part = self._name(tab)
            differs = getattr(now, part) != getattr(session, part)
            if differs and (obstacle := tab.obstacle()):
                return obstacle
        return ""

    def undress(self) -> dict[int, Any]:
        """Delete the tabs that may be built anew; gives their places, their work and looks.

        One that is at work on its own is left as it is, until ``dress_idle`` finds it idle; one
        that is dressed in its place stays.
        """
        self._undressed = [tab for tab in self.built if not tab.dressed_in_place]
        return self._take_out_idle()

    def dress(self, kept: Mapping[int, Any]) -> None:
        """Build the tabs of these places as they were looked at; dress all others in place."""
        for tab in self.built:
            if tab.dressed_in_place:
                tab.dress_anew()
        self._build_again(kept)

    def _build_again(self, kept: Mapping[int, Any]) -> None:
        for place, (work, looks) in sorted(kept.items()):
            tab = self._tabs[place] = self._makers[place]()
            tab.show_looks(looks)
            tab.show_work(work)
            self._put(place, tab)

    @Slot()
    def dress_idle(self) -> None:
        """Build those anew that were at work when the others were."""
        self._build_again(self._take_out_idle())

    def show_class(self, on: bool) -> None:
        """Show nothing but what a class is to see, or everything again, in every tab."""
        for tab in self.built:
            tab.show_class(on)

    def keep_layout(self) -> None:
        """Remember the layout of every tab."""
        for tab in self.built:
            remembered.keep_layout(self._name(tab), tab)

    def shutdown(self) -> None:
        """Stop what the tabs do."""
        for tab in self.built:
            tab.shutdown()

    def _take_out_idle(self) -> dict[int, Any]:
        kept: dict[int, Any] = {}
        for tab in [tab for tab in self._undressed if not tab.obstacle()]:
            self._undressed.remove(tab)
            if self.keeps_layout:
                remembered.keep_layout(self._name(tab), tab)
            place, empty = self._frame.indexOf(tab), QWidget()
            kept[place], self._empty[place] = (tab.work(), tab.looks()), empty
            tab.shutdown()
            self._swap(tab, empty)
            del self._tabs[place]
            QCoreApplication.sendPostedEvents(tab, QEvent.Type.DeferredDelete)
        return kept

    def _name(self, tab: Tab) -> TabName:
        return TAB_NAMES[self._frame.indexOf(tab)]

    def _at(self, place: int) -> Tab:
        """The tab at ``place``, built now if it has not been looked at yet."""
        if place not in self._tabs:
            tab = self._tabs[place] = self._makers[place]()  # asked for while it is put in place
            if place == INSPECTOR:
                self.inspector.show_work(self._opening)
            self._put(place, tab)
            self.work_changed.emit(Change(by_itself=True))
        return self._tabs[place]

    @Slot(int)
    def _build(self, place: int) -> None:
        """Build the tab at ``place``, which is looked at, if it is not there yet."""
        if place in self._makers:
            self._at(place)

    @cached_property
    def _opening(self) -> InspectorWork:
        """What the inspector opens with."""
        scene = opening_scene()
        kept = SceneInWork(scene, scene)
        return InspectorWork(kept, cursor=_OPENING, pages=("cell", ""))

    def _make_inspector(self) -> InspectorTab:
        from rnnstudio.ui.inspector.tab import InspectorTab  # noqa: PLC0415 - the window is first

        return InspectorTab()

    def _make_dinosaurs(self) -> DinosaursTab:
        from rnnstudio.ui.dinosaurs.tab import DinosaursTab  # noqa: PLC0415 - the window is first

        tab = DinosaursTab()
        tab.scene_wanted.connect(self._inspect)
        tab.scenes_wanted.connect(self._inspect)
        return tab

    def _make_stocks(self) -> StocksTab:
        from rnnstudio.ui.stocks.tab import StocksTab  # noqa: PLC0415 - the window is first

        tab = StocksTab(self._fits, self._jobs)
        tab.scene_wanted.connect(self._inspect)
        return tab

    @Slot(object)
    @Slot(object, object)
    def _inspect(self, scene: Scene, beside: Scene | None = None) -> None:
        self.inspector.show_scene(scene, beside)
        self._frame.setCurrentWidget(self.inspector)

    def _put(self, place: int, tab: Tab) -> None:
        """Put ``tab`` where an empty page has kept its place."""
        self._swap(self._empty.pop(place), tab)
        self._connect_tab(tab)

    def _connect_tab(self, tab: Tab) -> None:
        remembered.restore_layout(self._name(tab), tab)
        tab.show_class(theme().in_class)
        tab.status.connect(self.status)
        tab.work_changed.connect(self.work_changed)
        tab.picture_wanted.connect(self.picture_wanted)
        tab.documents_elsewhere = True
        tab.document_dropped.connect(self.document_dropped)

    def _swap(self, old: QWidget, new: QWidget) -> None:
        """Show ``new`` in the place of ``old``, which goes."""
        self._frame.replace(old, new)
        old.deleteLater()
