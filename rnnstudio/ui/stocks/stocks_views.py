"""What the stock forecaster's tab looks like: its forms and views on their pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from rnnstudio.core.engine.spec import Fit
from rnnstudio.ui.pictures.picture_form import PictureForm
from rnnstudio.ui.stocks.analysis_pages import AnalysisPages
from rnnstudio.ui.stocks.data_form import DataForm
from rnnstudio.ui.stocks.drawer.figures_view import FiguresView
from rnnstudio.ui.stocks.drawer.spans_form import SpansForm
from rnnstudio.ui.stocks.forecast_loss_view import ForecastLossView
from rnnstudio.ui.stocks.form import ForecastForm
from rnnstudio.ui.stocks.home.verdict_page import VerdictPage
from rnnstudio.ui.stocks.network_bar import NetworkBar
from rnnstudio.ui.stocks.pages.shares_pages import PAGES, SharesPages
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.widgets.error_box import ErrorBox
from rnnstudio.ui.widgets.labels import plain_tip
from rnnstudio.ui.widgets.page_keys import PageKey
from rnnstudio.ui.widgets.run_bar import RunBar
from rnnstudio.ui.widgets.tab_page import PageEntry, TabPage
from rnnstudio.ui.widgets.view_picture import ViewPicture
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
        self.data, self.spans = DataForm(), SpansForm()
        self.form = ForecastForm(fits)
        self.figures = FiguresView()
        self.losses = ForecastLossView()
        self.further = AnalysisPages(fits, jobs, self)
        self.run_bar = RunBar(narrow=True)
        self.evaluate_button = QPushButton(self.tr("Evaluate"))
        self.verdict = VerdictPage()
        self.network_bar = NetworkBar()
        self.pictures = PictureForm(self.picture)
        self.problem = ErrorBox(self)
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
            "closed loop": PageEntry(
                self.tr("Closed loop"), self.tr("fed with its own output, on a scale of its own")
            ),
            "horizons": PageEntry(
                self.tr("By day ahead"), self.tr("errors, residuals, and how wide intervals were")
            ),
            "seeds": PageEntry(self.tr("Five seeds"), self.tr("what chance alone does")),
            "report": PageEntry(self.tr("Report"), self.tr("one file to hand in")),
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
        return tuple((self.pages.page or self.verdict).keys())

    def regions(self) -> tuple[QWidget, ...]:
        """The parts of the home page, or another page."""
        if self.pages.page is not None:
            return (self.pages.page,)
        return (*self.verdict.regions(), self.workbench.drawer, self.workbench.rail)

    def first_focus(self) -> QWidget | None:
        """What the page in front is about."""
        page = self.pages.page
        return self.verdict.button if page is None else page.first_focus()

    def picture(self) -> ViewPicture:
        """What a picture of the page in front may have."""
        page = self.pages.page
        return self.verdict.picture() if page is None else page.picture(self.pages.key)

    def show_picture(self) -> None:
        """Offer a picture of what is in sight by now."""
        if self.workbench.shows("export"):
            self.pictures.refresh()

    def page_in_sight(self) -> QWidget:
        """The page in front."""
        return self.pages.page or self.verdict

    def close_topmost(self) -> bool:
        """Close what lies over a page before the page."""
        page = self.pages.page
        return (page is not None and page.close_topmost()) or super().close_topmost()

    def show_views(self, state: StocksState, waits: Obstacles) -> None:
        """Show a state in every view, and what each button has to wait for."""
        read_problem = "" if state.wrong is not None else state.read_problem  # its page says it
        self.problem.show_text(read_problem or state.problem)
        self.data.setToolTip(plain_tip(waits.to_read))
        ready = state.ready and not waits.to_train
        self.run_bar.set_valid(ready, waits.to_train or state.problem)
        self.run_bar.set_stopped(state.unfinished is not None, waits.to_go_on)
        self.run_bar.show_run(state.run)
        for view in (
            self.verdict,
            self.spans,
            self.figures,
            self.losses,
            self.network_bar,
            self.further,
            self.pages,
        ):
            view.show_state(state)
        self.verdict.show_further(self.further.walk.state.walk, self.further.runs.count)
        self.verdict.show_obstacle(waits.to_train or waits.to_evaluate)
        self._show_evaluate(state, waits.to_evaluate)
        self.show_picture()

    def _show_evaluate(self, state: StocksState, obstacle: str) -> None:
        """Say what pressing the button does, or why it cannot be pressed: what it waits for."""
        idle = not state.run.active and not state.reading
        trained = state.trained is not None
        self.evaluate_button.setEnabled(idle and trained and not obstacle)
        if not trained:
            obstacle = self.tr("There is no network to evaluate yet; train one.")
        opens = self.tr(
            "Evaluates on the test span; every access is counted, for each makes it less of a test"
        )
        self.evaluate_button.setToolTip(plain_tip(obstacle or opens))

    def _lay_out(self) -> None:
        network = QWidget()
        column = QVBoxLayout(network)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.form, self.run_bar, self.evaluate_button, self.losses):
            column.addWidget(part)
        export = QWidget()
        rows = QVBoxLayout(export)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.pictures)
        rows.addWidget(self.network_bar)
        add = self.workbench.add_section
        add("file", self.tr("File"), "file", self.data)
        add("network", self.tr("Network"), "network", network)
        add("spans", self.tr("Spans"), "calendar", self.spans)
        add("figures", self.tr("Figures"), "list", self.figures)
        add("export", self.tr("Export"), "export", export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.pages, stretch=1)
