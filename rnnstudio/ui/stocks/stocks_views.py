"""What the stock forecaster's tab looks like: its forms and views on their pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rnnstudio.core.engine.spec import Fit
from rnnstudio.ui.stocks.analysis_pages import AnalysisPages
from rnnstudio.ui.stocks.data_form import DataForm
from rnnstudio.ui.stocks.evaluate_bar import EvaluateBar
from rnnstudio.ui.stocks.forecast_loss_view import ForecastLossView
from rnnstudio.ui.stocks.forecast_page import ForecastPage
from rnnstudio.ui.stocks.form import ForecastForm
from rnnstudio.ui.stocks.network_bar import NetworkBar
from rnnstudio.ui.stocks.pages import Pages, beside
from rnnstudio.ui.stocks.reading_view import ReadingView
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.stocks.summary_view import SummaryView
from rnnstudio.ui.stocks.timeline_view import TimelineView
from rnnstudio.ui.widgets.error_box import ErrorBox
from rnnstudio.ui.widgets.labels import plain_tip
from rnnstudio.ui.widgets.run_bar import RunBar
from rnnstudio.ui.widgets.tab_page import PageEntry, TabPage
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

    def __init__(self, fits: Mapping[str, Fit], jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.data = DataForm()
        self.form = ForecastForm(fits)
        self.forecast_page = ForecastPage()
        self.summary = SummaryView()
        self.losses = ForecastLossView()
        self.report = ReadingView()
        self.timeline = TimelineView()
        self.further = AnalysisPages(fits, jobs, self)
        self.run_bar = RunBar()
        self.evaluate_bar = EvaluateBar()
        self.network_bar = NetworkBar(self.forecast_page)
        self.problem = ErrorBox(self)
        self._lay_out()

    @property
    def home(self) -> int:
        """The place of the forecast, which the other pages lead to or come from."""
        return 2

    def page_entries(self) -> list[PageEntry]:
        """The steps of a forecast, and further analyses."""
        lines = (
            self.tr("what was understood of the file"),
            self.tr("the settings, and how the losses fall"),
            self.tr("the test days, and what the network is worth"),
            self.tr("many splits, one after the other in time"),
            self.tr("settings compared on folds"),
            self.tr("forecasts that are too good to be true"),
            self.tr("what was trained, kept and compared"),
        )
        titles = map(self.pages.bar.tabText, range(self.pages.bar.count()))
        return [PageEntry(*entry) for entry in zip(titles, lines, strict=True)]

    def page_place(self) -> int:
        """The place of the page in front."""
        return self.pages.bar.currentIndex()

    def turn_to(self, place: int) -> None:
        """Bring a page to the front."""
        self.pages.bar.setCurrentIndex(place)

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
            self.report,
            self.timeline,
            self.evaluate_bar,
            self.network_bar,
            self.further,
        ):
            view.show_state(state)
        self.evaluate_bar.show_obstacle(waits.to_evaluate)
        findings = 0 if state.file is None else len(state.file.reading.findings)
        title = self.tr("Data ({0})").format(findings) if findings else self.tr("Data")
        self.pages.set_title(self.data_page, title)

    def _lay_out(self) -> None:
        self.data_page = beside(self.data, self.report)
        self.train_page = beside(self.form, self.losses)
        above = QWidget()
        self.pages = Pages(above, self.summary)
        self.pages.add("data", self.data_page, self.tr("Data"), shares=True)
        self.pages.add("training", self.train_page, self.tr("Training"), shares=True)
        self.pages.add("forecast", self.forecast_page, self.tr("Forecast"), shares=True)
        self.further.add_to(self.pages)
        self.pages.show_page(self.forecast_page)
        bars = QHBoxLayout()  # beside the run bar they would not fit into 1,000 pixels
        bars.addWidget(self.evaluate_bar)
        bars.addStretch(1)
        bars.addWidget(self.network_bar)
        upper = QVBoxLayout(above)
        upper.setContentsMargins(0, 0, 0, 0)
        upper.addWidget(self.run_bar)
        upper.addLayout(bars)
        upper.addWidget(self.timeline)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)
