"""The generator's pages, each built when it is first looked at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from rnnstudio.ui.dinosaurs.drawing_jobs import DrawingJobs
from rnnstudio.ui.dinosaurs.evaluation_jobs import EvaluationJobs
from rnnstudio.ui.dinosaurs.explaining_jobs import ExplainingJobs
from rnnstudio.ui.dinosaurs.pages.clipping_page import ClippingPage
from rnnstudio.ui.dinosaurs.pages.compare_page import ComparePage
from rnnstudio.ui.dinosaurs.pages.drawn_page import DrawnPage
from rnnstudio.ui.dinosaurs.pages.explain_page import ExplainPage
from rnnstudio.ui.dinosaurs.pages.good_page import GoodPage
from rnnstudio.ui.dinosaurs.pages.list_page import ListPage
from rnnstudio.ui.dinosaurs.pages.names_page import NamesPage
from rnnstudio.ui.dinosaurs.pages.pair_page import PairPage
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.widgets.focus_ring import focus_quietly
from rnnstudio.ui.widgets.page_tabs import fit_to_shown

_Page = TypeVar("_Page", bound=NamesPage)
PAGES = ("home", "good", "compare", "explain", "inspector", "drawn", "list", "clipping", "pair")
"""The pages by their keys, in the order of the menu; the first is the tab's home.

"inspector" is not a page of this tab: it leads to the other one.
"""


@dataclass(frozen=True)
class PageJobs:
    """What the pages ask for work."""

    drawing: DrawingJobs
    evaluation: EvaluationJobs
    explaining: ExplainingJobs


class NamesPages(QStackedWidget):
    """Shows ``home`` or one of the other pages.

    ``turned(key)``: another page has come to the front. ``draw_clicked``: more names are wanted.
    ``inspect_asked`` gives a network and a name, ``pair_asked`` two networks and a name.
    """

    turned = Signal(str)
    draw_clicked = Signal()
    inspect_asked = Signal(object, str)
    pair_asked = Signal(object, object, str)
    picture_wanted = Signal()
    """A picture of the page in front is asked for."""

    def __init__(self, home: QWidget, jobs: PageJobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = PAGES[0]
        self._home, self._jobs = home, jobs
        self._state = NamesState()
        self._built: dict[str, NamesPage] = {}
        self.addWidget(home)

    @cached_property
    def good(self) -> GoodPage:
        """The recipes beside counting letters."""
        return self._add("good", GoodPage(self._jobs.evaluation))

    @cached_property
    def compare(self) -> ComparePage:
        """The trainings of this session."""
        page = self._add("compare", ComparePage())
        page.pair_wanted.connect(self._turn_to_pair)
        return page

    @cached_property
    def explain(self) -> ExplainPage:
        """A step in pieces."""
        return self._add("explain", ExplainPage(self._jobs.explaining))

    @cached_property
    def drawn(self) -> DrawnPage:
        """Many names at once."""
        page = self._add("drawn", DrawnPage(self._jobs.drawing))
        page.draw_clicked.connect(self.draw_clicked)
        page.inspect_asked.connect(self.inspect_asked)
        return page

    @cached_property
    def list(self) -> ListPage:
        """The list's letters and lengths."""
        return self._add("list", ListPage())

    @cached_property
    def clipping(self) -> ClippingPage:
        """With clipping and without."""
        return self._add("clipping", ClippingPage(self._jobs.explaining))

    @cached_property
    def pair(self) -> PairPage:
        """Two networks side by side."""
        page = self._add("pair", PairPage())
        page.inspect_asked.connect(self.pair_asked)
        return page

    @property
    def page(self) -> NamesPage | None:
        """The page in front; None if that is the home."""
        return self._built.get(self.key)

    @property
    def front(self) -> QWidget:
        """What is in front."""
        return self.page or self._home

    def turn_to(self, key: str) -> None:
        """Show the page ``key``; where one has the focus, the page takes it, so that its keys act.

        Qt would give it to the way back, which Space and Return press.
        """
        if key == self.key:
            return
        shown: QWidget = self._home if key == PAGES[0] else getattr(self, key)
        moves = self.isAncestorOf(self.window().focusWidget() or self)
        self.key = key
        if self.page is not None:
            self.page.show_state(self._state)
        self.setCurrentWidget(shown)
        if moves and self.page is not None:
            focus_quietly(self.page)
        fit_to_shown(self)
        self.turned.emit(key)

    def show_state(self, state: NamesState) -> None:
        """Show the state on the page in front."""
        self._state = state
        if self.page is not None:
            self.page.show_state(state)

    @Slot(int)
    def _turn_to_pair(self, number: int) -> None:
        """The training of that number and the newest side by side; 0: any two."""
        self.turn_to("pair")
        if number:
            self.pair.choose(number)

    def _add(self, key: str, page: _Page) -> _Page:
        self._built[key] = page
        page.home_wanted.connect(lambda: self.turn_to(PAGES[0]))
        page.picture_wanted.connect(self.picture_wanted)
        self.addWidget(page)
        fit_to_shown(self)
        return page
