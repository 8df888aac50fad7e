"""The forecaster's pages, each built when it is first looked at."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from rnnstudio.ui.stocks.job_thing import JobThing
from rnnstudio.ui.stocks.pages.claim_page import ClaimPage
from rnnstudio.ui.stocks.pages.closed_loop_page import ClosedLoopPage
from rnnstudio.ui.stocks.pages.draw_page import DrawPage
from rnnstudio.ui.stocks.pages.file_page import FilePage
from rnnstudio.ui.stocks.pages.horizons_page import HorizonsPage
from rnnstudio.ui.stocks.pages.job_page import JobPage
from rnnstudio.ui.stocks.pages.report_page import ReportPage
from rnnstudio.ui.stocks.pages.seeds_page import SeedsPage
from rnnstudio.ui.stocks.pages.shares_page import SharesPage
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.widgets.page_tabs import fit_to_shown

_Page = TypeVar("_Page", bound=SharesPage)
PAGES = (
    "verdict",
    "file",
    "draw",
    "closed loop",
    "horizons",
    "seeds",
    "walk",
    "search",
    "leaks",
    "runs",
    "report",
    "claim",
)
"""The pages by their keys, in the order of the menu; the first is the tab's home."""
_FORMER = {"data": "file", "training": "verdict", "forecast": "verdict"}
"""What sessions of former versions call a page."""


class SharesPages(QStackedWidget):
    """Shows ``home`` or one of the other pages. ``asked(event)``: what the user wants.

    ``jobs`` are the things of the pages that train networks of their own, by the pages' keys.
    ``turned(key)``: another page has come to the front.
    """

    asked = Signal(object)
    seeds_clicked = Signal()
    report_clicked = Signal()
    turned = Signal(str)
    answered = Signal(object)
    """The ``CsvOptions`` that the file in front is to be read with."""
    another_wanted = Signal()
    """Another file is to be opened."""
    train_wanted = Signal()
    """A page needs a network of the settings that are chosen."""
    picture_wanted = Signal()
    """A picture of the page in front is asked for."""

    def __init__(
        self, home: QWidget, jobs: Mapping[str, JobThing], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.key = PAGES[0]
        self._home, self._jobs = home, jobs
        self._state = StocksState()
        self._built: dict[str, SharesPage] = {}
        self.addWidget(home)
        for thing in jobs.values():
            thing.setParent(self)  # until its page takes it
            thing.hide()

    @cached_property
    def file(self) -> FilePage:
        """What was understood of the file."""
        page = self._add("file", FilePage())
        page.answered.connect(self.answered)
        page.another_wanted.connect(self.another_wanted)
        return page

    @cached_property
    def draw(self) -> DrawPage:
        """The next days, drawn before they are seen."""
        page = self._add("draw", DrawPage())
        page.train_wanted.connect(self.train_wanted)
        return page

    @cached_property
    def closed_loop(self) -> ClosedLoopPage:
        """One path, fed with its own output."""
        return self._add("closed loop", ClosedLoopPage())

    @cached_property
    def horizons(self) -> HorizonsPage:
        """Errors, residuals and intervals by day."""
        return self._add("horizons", HorizonsPage())

    @cached_property
    def seeds(self) -> SeedsPage:
        """What chance alone does."""
        page = self._add("seeds", SeedsPage())
        page.seeds_clicked.connect(self.seeds_clicked)
        return page

    @cached_property
    def report(self) -> ReportPage:
        """One file to hand in."""
        page = self._add("report", ReportPage())
        page.write_clicked.connect(self.report_clicked)
        return page

    @cached_property
    def walk(self) -> JobPage:
        """Many splits, one after the other in time."""
        says = self.tr("Trained anew every few days: does it still hold?")
        return self._add("walk", JobPage(self.tr("Walk forward"), says, self._jobs["walk"]))

    @cached_property
    def search(self) -> JobPage:
        """Settings compared on folds."""
        says = self.tr("Which settings are better, without a look at the test days?")
        return self._add("search", JobPage(self.tr("Search"), says, self._jobs["search"]))

    @cached_property
    def leaks(self) -> JobPage:
        """Forecasts that are too good to be true."""
        says = self.tr("One of these forecasts is too good to be true.")
        return self._add("leaks", JobPage(self.tr("Spot the lie"), says, self._jobs["leaks"]))

    @cached_property
    def runs(self) -> JobPage:
        """What was trained, kept and compared."""
        says = self.tr("Every network that was trained, side by side.")
        return self._add("runs", JobPage(self.tr("Runs"), says, self._jobs["runs"]))

    @cached_property
    def claim(self) -> ClaimPage:
        """A figure that somebody claims."""
        return self._add("claim", ClaimPage())

    @property
    def page(self) -> SharesPage | None:
        """The page in front; None if that is the home."""
        return self._built.get(self.key)

    @property
    def front(self) -> QWidget:
        """What is in front."""
        return self.page or self._home

    def turn_to(self, key: str) -> None:
        """Show the page ``key``; the one in front stays where there is none of that key."""
        key = _FORMER.get(key, key)
        if key == self.key or key not in PAGES:
            return
        shown: QWidget = self._home if key == PAGES[0] else getattr(self, key.replace(" ", "_"))
        self.key = key
        self.setCurrentWidget(shown)
        fit_to_shown(self)
        if isinstance(shown, SharesPage):
            shown.show_state(self._state)
            focus = shown.first_focus()
            if focus is not None:
                focus.setFocus()
        self.turned.emit(key)

    def show_state(self, state: StocksState) -> None:
        """Show the state on the page in front."""
        self._state = state
        if self.page is not None:
            self.page.show_state(state)

    def _add(self, key: str, page: _Page) -> _Page:
        self._built[key] = page
        page.asked.connect(self.asked)
        page.home_wanted.connect(lambda: self.turn_to(PAGES[0]))
        page.picture_wanted.connect(self.picture_wanted)
        self.addWidget(page)
        fit_to_shown(self)
        return page
