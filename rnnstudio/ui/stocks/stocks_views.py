"""What the stock forecaster's tab looks like: its forms and views on their pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnnstudio.core.engine.spec import Fit
from rnnstudio.ui.stocks.analysis_pages import AnalysisPages
from rnnstudio.ui.stocks.data_form import DataForm
from rnnstudio.ui.stocks.evaluate_bar import EvaluateBar
from rnnstudio.ui.stocks.forecast_loss_view import ForecastLossView
from rnnstudio.ui.stocks.forecast_page import ForecastPage
from rnnstudio.ui.stocks.form import ForecastForm
from rnnstudio.ui.stocks.network_bar import NetworkBar
from rnnstudio.ui.stocks.pages.shares_pages import PAGES, SharesPages
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.stocks.summary_view import SummaryView
from rnnstudio.ui.stocks.timeline_view import TimelineView
from rnnstudio.ui.widgets.error_box import ErrorBox
from rnnstudio.ui.widgets.focus_order import first_stop
from rnnstudio.ui.widgets.labels import plain_tip
from rnnstudio.ui.widgets.page_keys import PageKey
from rnnstudio.ui.widgets.page_tabs import scrolled
from rnnstudio.ui.widgets.run_bar import RunBar
from rnnstudio.ui.widgets.tab_page import PageEntry, TabPage
from rnnstudio.ui.widgets.workbench import Workbench
from rnnstudio.workers.jobs import Jobs


@dataclass(frozen=True)
class Obstacles:
    """What each job of the tab has to wait for, in a sentence; empty where it need not."""

    to_read: str
    to_train: str
    to_go_on: str
    to_evaluate: str


class StocksViews(TabPage):
    """Constructs the forms and views, lays them out on pages, and shows a state in them.

    ``fits`` has the trainings of the engines by their names, ``jobs`` says what a job has to wait
    for.
    """

    workbench: Workbench

    def __init__(self, fits: Mapping[str, Fit], jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.data = DataForm()
        self.form = ForecastForm(fits)
        self.forecast_page = ForecastPage()
        self.summary = SummaryView()
        self.losses = ForecastLossView()
        self.timeline = TimelineView()
        self.further = AnalysisPages(fits, jobs, self)
        self.run_bar = RunBar()
        self.evaluate_bar = EvaluateBar()
        self.network_bar = NetworkBar(self.forecast_page)
        self.problem = ErrorBox(self)
        self.verdict = self._home()
        self.workbench = Workbench(self.verdict)
        self.pages = SharesPages(self.workbench, self.further.things)
        self._lay_out()

    def page_entries(self) -> tuple[PageEntry, ...]:
        """The verdict, and what else there is to see of it."""
        entries = {
            "verdict": PageEntry(
                self.tr("The verdict"), self.tr("the test days, and what the network is worth")
            ),
            "file": PageEntry(self.tr("File"), self.tr("what was understood of it")),
            "draw": PageEntry(
                self.tr("Draw tomorrow"), self.tr("ten days drawn before they are seen")
            ),
            "walk": PageEntry(
                self.tr("Walk forward"), self.tr("many splits, one after the other in time")
            ),
            "search": PageEntry(self.tr("Search"), self.tr("settings compared on folds")),
            "leaks": PageEntry(
                self.tr("Spot the lie"), self.tr("forecasts that are too good to be true")
            ),
            "runs": PageEntry(self.tr("Runs"), self.tr("what was trained, kept and compared")),
            "claim": PageEntry(
                self.tr("Check a claim"), self.tr("a published figure beside “tomorrow = today”")
            ),
        }
        return tuple(entries[key] for key in PAGES)

    def page_place(self) -> int:
        """The place of the page in front."""
        return PAGES.index(self.pages.key)

    def turn_to(self, place: int) -> None:
        """Bring a page to the front."""
        self.pages.turn_to(PAGES[place])

    def keys(self) -> tuple[PageKey, ...]:
        """The keys of the page in front."""
        page = self.pages.page
        return () if page is None else tuple(page.keys())

    def regions(self) -> tuple[QWidget, ...]:
        """The parts of the home page, or another page."""
        if self.pages.page is not None:
            return (self.pages.page,)
        return (self.verdict, self.workbench.drawer, self.workbench.rail)

    def first_focus(self) -> QWidget | None:
        """What the page in front is about."""
        page = self.pages.page
        return first_stop(self.verdict) if page is None else page.focusProxy()

    def page_in_sight(self) -> QWidget:
        """The page in front."""
        return self.verdict if self.pages.page is None else self.pages.page

    def close_topmost(self) -> bool:
        """Close what lies over a page before the page."""
        page = self.pages.page
        return (page is not None and page.close_topmost()) or super().close_topmost()

    def show_views(self, state: StocksState, waits: Obstacles) -> None:
        """Show a state in every view, and what each button has to wait for."""
        self.problem.show_text(state.read_problem or state.problem)
        self.data.setToolTip(plain_tip(waits.to_read))
        ready = state.ready and not waits.to_train
        self.run_bar.set_valid(ready, waits.to_train or state.problem)
        self.run_bar.set_stopped(state.unfinished is not None, waits.to_go_on)
        self.run_bar.show_run(state.run)
        for view in (
            self.forecast_page,
            self.summary,
            self.losses,
            self.timeline,
            self.evaluate_bar,
            self.network_bar,
            self.further,
            self.pages,
        ):
            view.show_state(state)
        self.evaluate_bar.show_obstacle(waits.to_evaluate)

    def _lay_out(self) -> None:
        network = QWidget()
        column = QVBoxLayout(network)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addWidget(self.losses)
        add = self.workbench.add_section
        add("file", self.tr("File"), "grid", self.data)
        add("network", self.tr("Network"), "sliders", network)
        add("export", self.tr("Export"), "export", self.network_bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.pages, stretch=1)

    def _home(self) -> QWidget:
        """The charts, what steers them, and what they come to."""
        page = QWidget()
        column = QVBoxLayout(page)
        bars = QHBoxLayout()
        bars.addWidget(self.run_bar, stretch=1)
        bars.addWidget(self.evaluate_bar)
        column.addLayout(bars)
        column.addWidget(self.timeline)
        column.addWidget(self.forecast_page, stretch=1)
        column.addWidget(self.summary)
        return scrolled(page)
