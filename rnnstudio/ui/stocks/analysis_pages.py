"""The pages beyond one split: walk-forward, search, leakage demonstrations, and runs."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.messages import Message
from rnnstudio.core.session.kept_prices import StocksWork
from rnnstudio.ui.running import unsaved_while
from rnnstudio.ui.stocks.job_thing import JobThing
from rnnstudio.ui.stocks.leakage_demos.leak_page import LeakPage
from rnnstudio.ui.stocks.runs.runs_page import RunsPage
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.stocks.validation.search_page import SearchPage
from rnnstudio.ui.stocks.validation.walk_page import WalkPage
from rnnstudio.workers.jobs import Jobs


class AnalysisPages(QObject):
    """Builds the pages, shows them one state, and passes on what they ask of the tab."""

    status = Signal(str)
    opened = Signal(object)
    """The ``AccessLog`` of the loaded file, after a page has evaluated its test set."""
    spec_wanted = Signal(object)
    """A ``ForecastSpec`` that is to become the tab's."""
    reopened = Signal(object)
    """A ``Reopened``: a network that is to become the tab's."""
    work_changed = Signal(object)
    """A ``Change`` of a page's own work."""
    scene_wanted = Signal(object)
    """A ``Scene`` to be looked at in the inspector."""

    def __init__(self, fits: Mapping[str, Fit], jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.walk, self.search = WalkPage(jobs), SearchPage(jobs)
        self.leaks, self.runs = LeakPage(fits, jobs), RunsPage()
        self._all = (self.walk, self.search, self.leaks, self.runs)
        for page in self._all:
            page.status.connect(self.status)
        for page in (self.walk, self.leaks):
            page.opened.connect(self.opened)
        self.search.spec_wanted.connect(self.spec_wanted)
        self.runs.reopened.connect(self.reopened)
        self.runs.scene_wanted.connect(self.scene_wanted)
        for page in self._all:
            page.work_changed.connect(self.work_changed)

    @property
    def things(self) -> Mapping[str, JobThing]:
        """Each page's thing by the page's key."""
        return {
            "walk": self.walk,
            "search": self.search,
            "leaks": self.leaks,
            "runs": self.runs,
        }

    @property
    def unsaved_work(self) -> tuple[Message, ...]:
        """What is lost when the window closes."""
        walk = Message("A walk is under way; closing throws its rest away.")
        search = Message("A search is under way; closing throws its rest away.")
        leaks = Message("Networks are being compared; closing throws that away.")
        return (
            unsaved_while(self.walk.state.run, walk)
            + unsaved_while(self.search.state.run, search)
            + unsaved_while(self.leaks.state.run, leaks)
        )

    def show_work(self, work: StocksWork) -> None:
        """Show a session's work."""
        self.walk.show_work(work.walk, work.view.share)
        self.search.show_work(work.search, work.view.candidate)
        self.leaks.show_work(work.leaks)
        self.runs.show_work(work)

    @property
    def obstacle(self) -> str:
        """What is under way on a page that claims nothing; empty where nothing is."""
        if self.walk.state.run.active:
            return self.tr("A walk is under way; stop that or wait for it.")
        if self.runs.state.job.active:
            return self.tr("Runs are being saved or opened; wait for that.")
        return ""

    def show_state(self, state: StocksState) -> None:
        """Show the tab's state on every page."""
        for page in self._all:
            page.show_state(state)

    def shutdown(self) -> bool:
        """Stop what is under way and wait for it; whether all of it has stopped."""
        stopped = [page.shutdown() for page in self._all]
        return all(stopped)
