"""The runs of the session: connects them with their views, and keeps them in files.

``python -m rnnstudio.ui.stocks.runs.runs_page`` opens it alone.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from rnnstudio.core import language
from rnnstudio.core.documents.document_file import SUFFIX
from rnnstudio.core.errors import UserError
from rnnstudio.core.session.kept_prices import StocksWork
from rnnstudio.core.stocks.export.inspector_scene import to_scene
from rnnstudio.core.stocks.files.runs_file import Opened, Saved, open_job, save_job
from rnnstudio.core.training import Finished
from rnnstudio.ui.running import StartAsked
from rnnstudio.ui.stocks.days_chart import DaysChart
from rnnstudio.ui.stocks.job_thing import JobThing
from rnnstudio.ui.stocks.runs.bar import RunsBar
from rnnstudio.ui.stocks.runs.compare_view import RunsCompareView
from rnnstudio.ui.stocks.runs.runs_table import RunsTable
from rnnstudio.ui.stocks.runs.state import (
    NetworkSeen,
    RunRenamed,
    RunsChosen,
    RunsDeleted,
    RunsEvent,
    RunsRefused,
    RunsState,
    change_of,
    reduce,
)
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.stocks.tab_events import Reopened
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.bar_runner import BarRunner
from rnnstudio.ui.widgets.chart_picture import for_pictures
from rnnstudio.ui.widgets.error_box import ErrorBox
from rnnstudio.ui.widgets.file_dialogs import ask_open, ask_save
from rnnstudio.ui.widgets.pending_result import PendingResult, table_rows
from rnnstudio.ui.widgets.repaint import Repainter
from rnnstudio.ui.widgets.run_bar import RunBar
from rnnstudio.workers.run import MakeTraining


class RunsPage(JobThing):
    """Keeps every network that the tab shows it, whichever file the tab opens next."""

    status = Signal(str)
    scene_wanted = Signal(object)
    """A ``Scene`` to be looked at in the inspector."""
    reopened = Signal(object)
    """A ``Reopened``: the tab is to take that network as its own again."""
    work_changed = Signal(object)
    """A ``Change`` of the runs, or of those that are chosen, once the state has it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = RunsState()
        self._idle = True
        self.bar, self.run_bar = RunsBar(), RunBar()
        self.run_bar.start_button.hide()
        self.problem = ErrorBox(self)
        self.outline = PendingResult(
            table_rows,
            self.tr(
                "No runs yet. Every network that is trained is kept here with its settings and, "
                "once its test span is evaluated, its figures: to be named, compared, looked at in "
                "the inspector, and saved together."
            ),
        )
        self.table, self.compare = RunsTable(), RunsCompareView()
        self.table.setAccessibleName(self.tr("Runs"))
        for_pictures(self.table)
        self._runner = BarRunner(self.run_bar, self._take, self)
        self._repainter = Repainter[RunsState](self._show, self)
        self._lay_out()
        self._connect()
        self._show(self.state)

    @property
    def count(self) -> int:
        """How many runs are kept."""
        return len(self.state.runs.kept)

    def show_state(self, state: StocksState) -> None:
        """Keep the present network, once, and its evaluation."""
        idle = not state.run.active and not state.reading
        if idle is not self._idle:
            self._idle = idle
            self._repainter.put(self.state)
        if state.trained is not None:
            when = datetime.now(UTC).astimezone()
            self._take(NetworkSeen(state.trained, state.evaluation, state.accesses, when))

    def show_work(self, work: StocksWork) -> None:
        """Show the runs of a session, and which of them are chosen."""
        front = work.front
        self.state = RunsState(
            work.runs,
            work.view.runs,
            None if front is None else front.trained,
            None if front in work.runs.kept else front,
        )
        self._repainter.put(self.state)

    def save(self, path: Path) -> None:
        """Write all runs to ``path``."""
        self._start(partial(save_job, path, self.state.runs.kept))

    def open(self, path: Path) -> None:
        """Add the runs in ``path``."""
        self._start(partial(open_job, path))

    @Slot()
    def choose_place(self) -> None:
        """Ask where to save the runs, if there are any, and save them."""
        if not self.state.runs.kept:
            self.status.emit(self.tr("There are no runs to save yet."))
            return
        kinds = language.filled(self.tr("RNN Studio (*{0})"), SUFFIX)
        path = ask_save(self, self.tr("Save all runs"), f"runs{SUFFIX}", kinds)
        if path is not None:
            self.save(path)

    @Slot()
    def choose_file(self) -> None:
        """Ask for a file of runs and open it."""
        kinds = language.filled(self.tr("RNN Studio (*{0});;All files (*)"), SUFFIX)
        path = ask_open(self, self.tr("Open runs"), kinds)
        if path is not None:
            self.open(path)

    @Slot()
    def rename(self) -> None:
        """Let the name of the chosen run be changed in its cell."""
        if self.state.only is not None:
            self.table.edit_name(self.state.only.name)

    @Slot()
    def delete(self) -> None:
        """Delete the chosen runs."""
        self._do(RunsDeleted(self.state.chosen))

    @Slot()
    def reuse(self) -> None:
        """Make the chosen run's network the tab's own."""
        run = self.state.only
        if run is not None and self._idle:
            accesses = self.state.runs.known(run.table.source)
            self.reopened.emit(Reopened(run.trained, accesses, run.evaluation))

    @Slot(int)
    def inspect(self, row: int) -> None:
        """Ask for the inspector on the window before the day ``row`` of the chosen run."""
        run = self.state.only
        if run is None:
            return
        try:
            scene = to_scene(run.trained, run.table, row)
        except UserError as error:
            self._do(RunsRefused(language.text(error.message)))
        else:
            self.scene_wanted.emit(scene)

    def shutdown(self) -> bool:
        """Stop saving or opening and wait for the thread; whether it has stopped."""
        return self._runner.shutdown()

    def _start(self, make: MakeTraining) -> None:
        if not self._runner.busy:
            self._do(StartAsked())
            self._runner.start(make)

    def _do(self, event: RunsEvent) -> None:
        """What a person did is shown at once."""
        self._take(event)
        self._repainter.flush()

    def _take(self, event: RunsEvent) -> None:
        before, self.state = self.state, reduce(self.state, event)
        if self.state is before:
            return
        self._repainter.put(self.state)
        if (change := change_of(before, event, self.state)) is not None:
            self.work_changed.emit(change)
        match event:
            case Finished(result=Saved(path=path, runs=runs)):
                self.status.emit(language.filled(self._saved_sentence(), len(runs), path))
            case Finished(result=Opened(path=path, runs=runs)):
                self.status.emit(
                    language.filled(self.tr("Opened {0:,} runs: {1}"), len(runs), path)
                )

    def _saved_sentence(self) -> str:
        if self._idle:
            return self.tr("Saved {0:,} runs: {1}")
        return self.tr("Saved {0:,} runs, without what is under way: {1}")

    @Slot(object)
    def _choose(self, names: tuple[str, ...]) -> None:
        self._do(RunsChosen(names))

    @Slot(str, str)
    def _rename_to(self, old: str, new: str) -> None:
        self._do(RunRenamed(old, new))

    def _show(self, state: RunsState) -> None:
        self.bar.show_state(state, idle=self._idle)
        self.run_bar.show_run(state.job)
        self.run_bar.setVisible(state.job.active or bool(state.job.error))
        self.problem.show_text(state.problem)
        self.pages.setCurrentWidget(self.split if state.runs.kept else self.outline)
        self.table.show_runs(state.runs.kept, state.chosen)
        self.compare.show_state(state.compared)
        self.show_finding(self.compare.sentence if state.runs.kept else "")

    def chart(self) -> DaysChart | None:
        """That of the chosen runs, if there are runs."""
        return self.compare.chart.plot if self.state.runs.kept else None

    def _connect(self) -> None:
        self.bar.rename_clicked.connect(self.rename)
        self.bar.delete_clicked.connect(self.delete)
        self.bar.reuse_clicked.connect(self.reuse)
        self.bar.inspect_clicked.connect(self.inspect)
        self.bar.save_clicked.connect(self.choose_place)
        self.bar.open_clicked.connect(self.choose_file)
        self.table.chosen.connect(self._choose)
        self.table.renamed.connect(self._rename_to)
        for key, do in (
            (QKeySequence(Qt.Key.Key_F2), self.rename),
            (QKeySequence(QKeySequence.StandardKey.Delete), self.delete),
        ):
            shortcut = QShortcut(key, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    def _lay_out(self) -> None:
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.addWidget(self.table)
        self.split.addWidget(self.compare)
        self.split.setSizes([20 * sizes().gap, 40 * sizes().gap])
        self.split.setChildrenCollapsible(False)
        # The pages are as high as the highest: this one must not push the others' shared parts out.
        self.split.setMinimumHeight(25 * sizes().gap)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.outline)
        self.pages.addWidget(self.split)
        self.build(self.run_bar, self.pages, controls=(self.bar,))


if __name__ == "__main__":
    from rnnstudio.ui.stocks.example import finished_state
    from rnnstudio.ui.widgets.preview import preview

    preview(RunsPage, finished_state())
