"""What the forecaster's tab shows, as plain data, and how events change it; knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from rnnstudio.core import language
from rnnstudio.core.engine.choice import recommend
from rnnstudio.core.engine.spec import FitCheckpoint, TrainedModel
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.session.analysis_work import ClaimWork
from rnnstudio.core.session.kept_prices import OpenedPrices
from rnnstudio.core.stocks.data.csv_import import (
    CsvOptions,
    UndecidedError,
    UnreadableError,
)
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.same_share import same_share_warning
from rnnstudio.core.stocks.data.split import Split, join, split_at
from rnnstudio.core.stocks.data.windows import training_rows
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import ForecastCheckpoint, TrainedForecaster
from rnnstudio.core.stocks.model.presets import PRESETS
from rnnstudio.core.stocks.model.scaling import require_usable
from rnnstudio.core.stocks.teaching.drawing_rounds import DrawingRounds
from rnnstudio.core.training import Checkpoint, Finished, LossPoint, Progress, Snapshot, Started
from rnnstudio.ui import running
from rnnstudio.ui.running import Phase, Run, RunEvent, StartAsked, unsaved_while
from rnnstudio.ui.stocks.drawing_state import (
    DrawingEvent,
    DrawingSheet,
    RoundRevealed,
    drawn_after,
    revealed,
    sheet_of,
)
from rnnstudio.ui.stocks.home_state import HomeEvent, HomeView, home_after
from rnnstudio.ui.stocks.tab_events import (
    ClaimTyped,
    FileLeft,
    FileRead,
    JobAsked,
    JobKind,
    MismatchTaken,
    OpenedElsewhere,
    ProblemShown,
    ReadAsked,
    ReadEnded,
    ReadMoved,
    Reopened,
    Role,
    SecondFileRemoved,
    SettingsChosen,
    StocksEvent,
    UnfinishedOpened,
)

CHECKPOINT_SECONDS = 15.0
"""Of training, between two checkpoints that the session sees; each lets it be written anew."""
CHECKPOINT_RATE = 500_000
"""Bytes of them in a second at most: writing them takes a few hundredths of the time then."""
_NO_DAY = np.datetime64("NaT")


@dataclass(frozen=True, eq=False)
class StocksState:
    """Files, settings, the run, the network trained last and its evaluation.

    ``problem`` keeps a training from starting; ``read_problem`` does not, since the file that was
    there before it is still there. ``asked`` is what is being read, with ``percent`` of it done, or
    what ``question`` is about, or what is ``wrong`` with it. ``evaluation`` is None until
    ``trained`` is evaluated.
    ``opened`` are the accesses by the digest of the prices, whatever their file is called; they
    outlive networks and files, and ``seen`` are those that an undo took back: what was seen stays
    seen. ``file`` is what ``train`` was read from; None if it came with a network that was
    reopened. ``offered`` is a newer file that was read, ``newer`` the one whose days ``evaluation``
    is of. ``mismatched`` is a test file that seems to be of another share, for the reason
    ``mismatch``, until a person has said whether to take it. ``settings`` are the last that were
    possible. ``unfinished`` is the newest checkpoint of a training that is under way or was
    stopped. ``drawing`` has the rounds of all shares.
    """

    run: Run = field(default_factory=Run)
    job: JobKind = JobKind.TRAIN
    asked: ReadAsked | None = None
    percent: int | None = None
    question: UndecidedError | None = None
    wrong: UnreadableError | None = None
    file: OpenedPrices | None = None
    train: PriceTable | None = None
    test_file: OpenedPrices | None = None
    mismatched: OpenedPrices | None = None
    mismatch: Message | None = None
    offered: OpenedPrices | None = None
    newer: OpenedPrices | None = None
    settings: ForecastSpec = PRESETS["sound"]
    spec: ForecastSpec | None = None
    test_day: np.datetime64 = _NO_DAY
    split: Split | None = None
    problem: str = ""
    read_problem: str = ""
    losses: tuple[LossPoint, ...] = ()
    trained: TrainedForecaster | None = None
    unfinished: ForecastCheckpoint | None = None
    evaluation: Evaluation | None = None
    opened: Mapping[str, AccessLog] = field(default_factory=dict)
    seen: Mapping[str, AccessLog] = field(default_factory=dict)
    drawing: DrawingRounds = field(default_factory=DrawingRounds)
    claim: ClaimWork = field(default_factory=ClaimWork)
    home: HomeView = field(default_factory=HomeView)

    @property
    def test(self) -> PriceTable | None:
        """The prices of the second file."""
        return None if self.test_file is None else self.test_file.reading.table

    def asked_with(self, options: CsvOptions) -> ReadAsked | None:
        """The file that is looked at, to be read with other options; None where there is none."""
        if self.asked is not None and (self.question or self.wrong):
            return replace(self.asked, options=options)
        role, file = (Role.TEST, self.mismatched) if self.mismatched else (Role.TRAIN, self.file)
        return None if file is None else ReadAsked(role, file.data.path, options, file.data)

    @property
    def reading(self) -> bool:
        """Whether a file is being read."""
        return self.percent is not None

    @property
    def ready(self) -> bool:
        """Whether a training can start."""
        return self.split is not None and self.spec is not None and not self.reading

    @property
    def unsaved_work(self) -> tuple[Message, ...]:
        """What is lost of the tab's own job when the window closes."""
        if not self.job.trains:
            return ()
        return unsaved_while(
            self.run, Message("The forecaster is being trained; closing stops it.")
        )

    @property
    def stale(self) -> bool:
        """Whether the network was trained with other settings or days than are chosen now."""
        if self.trained is None or self.spec is None or self.split is None:
            return False
        shown, learnt = self.split, self.trained.split
        same = (shown.table.source, shown.table.rows, shown.rows_known) == (
            learnt.table.source,
            learnt.table.rows,
            learnt.rows_known,
        )
        return not same or self.spec != self.trained.spec

    @property
    def open(self) -> bool:
        """Whether the test span that is chosen now is open, for the network of these settings."""
        if self.evaluation is None or self.trained is None or self.stale:
            return False
        return self.evaluation.forecast.table is self.trained.split.table

    @property
    def fitting(self) -> TrainedForecaster | None:
        """The network, where it was trained with the settings and days that are chosen now."""
        return None if self.stale else self.trained

    @property
    def sheet(self) -> DrawingSheet | None:
        """The days that a class draws next, or looks at; None where there are none."""
        if self.split is None or self.spec is None:
            return None
        return sheet_of(self.drawing, self.split, self.spec.target)

    @property
    def advice(self) -> str:
        """Which engine suits the training, and why; empty while there is nothing to train."""
        if self.spec is None or self.split is None:
            return ""
        count = self.split.rows_train - self.spec.lookback
        found = recommend(self.spec.model, self.spec.fit, count, self.spec.window)
        return language.text(found.why)

    @property
    def accesses(self) -> AccessLog:
        """The number of accesses to test sets of the loaded file."""
        if self.train is None:
            return AccessLog()
        logs = (_accesses_of(self.opened, self.train), _accesses_of(self.seen, self.train))
        return max(logs, key=_length)

    @property
    def times_opened(self) -> int:
        """How often the test span that is chosen now was evaluated."""
        if self.split is None:
            return 0
        return self.accesses.count(self.split.table.dates[self.split.rows_known :])


def reduce(state: StocksState, event: StocksEvent) -> StocksState:
    """The state after ``event``."""
    match event:
        case ReadAsked() | ReadMoved() | ReadEnded():
            return _after_read_event(state, event)
        case FileRead(opened=opened):
            return _with_file(state, opened)
        case Reopened() | UnfinishedOpened():
            return _reopened(state, event)
        case OpenedElsewhere(accesses=accesses):
            return _opened_once_more(state, accesses)
        case HomeEvent() | DrawingEvent() | ClaimTyped():
            return _after_page_event(state, event)
        case ProblemShown(problem=problem):
            return replace(state, read_problem=problem)
        case SecondFileRemoved() | MismatchTaken() | FileLeft():
            return _after_file_chosen(state, event)
        case SettingsChosen():
            chosen = replace(state, spec=event.spec, problem=event.problem, test_day=event.test_day)
            return _with_split(replace(chosen, settings=event.spec or state.settings))
        case JobAsked(kind=job):
            begun = None if job in (JobKind.TRAIN, JobKind.FIND_OUT) else state.unfinished
            home = HomeView() if job.trains else state.home
            state = replace(state, read_problem="", unfinished=begun, home=home)
            return _after_run_event(replace(state, job=job), StartAsked())
    return _after_run_event(state, event)


def _after_read_event(state: StocksState, event: ReadAsked | ReadMoved | ReadEnded) -> StocksState:
    match event:
        case ReadAsked():
            return replace(_settled(state), asked=event, percent=0, read_problem="")
        case ReadMoved(percent=percent):
            return replace(state, percent=percent)
        case ReadEnded(problem=problem, question=question, wrong=wrong):
            ended = replace(state, percent=None, read_problem=problem)
            return replace(ended, question=question, wrong=wrong)


def _with_file(state: StocksState, file: OpenedPrices) -> StocksState:
    """The state with a new test file, or with a new training file whose settings are to come."""
    if state.asked is None:
        raise AssertionError("a file was read that was not asked for")
    match state.asked.role:
        case Role.TRAIN:
            table = file.reading.table
            known = _accesses_of(state.opened, table)
            if state.file is not None and state.file.data.path == file.data.path:
                known = max(known, state.accesses, key=_length)  # the same days, read another way
            opened = {**state.opened, table.digest: known} if known.spans else state.opened
            return replace(_fresh(state), file=file, train=table, opened=opened)
        case Role.TEST:
            mismatch = _mismatch(state, file)
            if mismatch is not None:
                return replace(state, mismatched=file, mismatch=mismatch)
            return _with_split(replace(state, test_file=file))
        case Role.NEWER:
            return replace(state, offered=file)


def _after_file_chosen(
    state: StocksState, event: SecondFileRemoved | MismatchTaken | FileLeft
) -> StocksState:
    """The state without a test file, with the mismatched one, or with the files there were."""
    if isinstance(event, FileLeft):
        return _settled(replace(state, read_problem=""))
    test = state.mismatched if isinstance(event, MismatchTaken) else None
    return _with_split(replace(_settled(state), test_file=test))


def _settled(state: StocksState) -> StocksState:
    """The state in which nothing about a file is asked or wrong."""
    return replace(state, question=None, wrong=None, mismatched=None, mismatch=None)


def _mismatch(state: StocksState, test: OpenedPrices) -> Message | None:
    """What speaks against a test file's being of the share that is trained on."""
    if state.train is None:
        return None
    names = "" if state.file is None else state.file.reading.security, test.reading.security
    return same_share_warning(state.train, test.reading.table, names)


def _fresh(state: StocksState) -> StocksState:
    """A state without files or networks; the file being read and the accesses stay."""
    return StocksState(
        asked=state.asked,
        percent=state.percent,
        settings=state.settings,
        opened=state.opened,
        seen=state.seen,
        drawing=replace(state.drawing, revealed=False),
        claim=replace(state.claim, day=""),
    )


def _reopened(state: StocksState, event: Reopened | UnfinishedOpened) -> StocksState:
    """The state with that network and the prices it came with; its settings are to come."""
    if isinstance(event, UnfinishedOpened):
        unfinished = event.unfinished
        fresh = replace(_fresh(state), train=unfinished.data.split.table)
        return with_unfinished(fresh, unfinished)
    trained = event.trained
    table = trained.split.table
    # Accesses that both logs have count once: the longer log continues the other.
    known = max(_accesses_of(state.opened, table), event.accesses, key=_length)
    fresh = replace(_fresh(state), opened={**state.opened, table.digest: known})
    return replace(with_network(fresh, trained), train=table, evaluation=event.evaluation)


def with_network(state: StocksState, trained: TrainedForecaster) -> StocksState:
    """The state after a training that came to this network."""
    losses = _points(trained.model)
    run = Run(Phase.FINISHED, step=len(losses), total=len(losses), seconds=trained.seconds)
    return replace(state, run=run, losses=losses, trained=trained)


def with_unfinished(state: StocksState, unfinished: ForecastCheckpoint) -> StocksState:
    """The state after a training that was stopped there; the network in front stays."""
    fit = unfinished.fit
    run = Run(Phase.CANCELLED, step=fit.step, total=unfinished.total, seconds=fit.seconds)
    return replace(state, run=run, losses=_points(fit), unfinished=unfinished)


def _points(learnt: TrainedModel | FitCheckpoint) -> tuple[LossPoint, ...]:
    """The curves that the network was trained along."""
    losses, watched = learnt.losses.tolist(), learnt.held_out_losses
    held_out: list[float | None] = [None] * len(losses) if watched is None else watched.tolist()
    return tuple(
        LossPoint(step, loss, held_out=other)
        for step, (loss, other) in enumerate(zip(losses, held_out, strict=True))
    )


def _accesses_of(opened: Mapping[str, AccessLog], table: PriceTable) -> AccessLog:
    return opened.get(table.digest, AccessLog())


def _length(accesses: AccessLog) -> int:
    return len(accesses.spans)


def _after_run_event(state: StocksState, event: RunEvent) -> StocksState:
    state = replace(state, run=running.reduce(state.run, event))
    match event:
        case Started() if state.job.trains:
            return replace(state, losses=())
        case Progress(points=points) if points and state.job.trains:
            return replace(state, losses=state.losses + points)
        case Snapshot(state=ForecastCheckpoint() as unfinished) if state.job.trains:
            return replace(state, unfinished=unfinished) if _is_due(state, unfinished) else state
        case Finished(result=TrainedForecaster() as trained):
            finished = replace(state, unfinished=None)
            return replace(finished, trained=trained, evaluation=None, newer=None)
        case Checkpoint(state=TrainedForecaster() as trained):
            return replace(state, trained=trained, evaluation=None, newer=None)
        case Checkpoint(state=Evaluation() as evaluation):
            first = state.evaluation is None
            state = replace(state, evaluation=evaluation, newer=None)
            return _opened_once_more(state, evaluation.forecast.accesses) if first else state
        case Finished(result=Evaluation() as evaluation):
            newer = {JobKind.EVALUATE: None, JobKind.APPLY: state.offered}
            newest = newer.get(state.job, state.newer)
            state = replace(state, evaluation=evaluation, newer=newest)
            # The other jobs look at what is evaluated already.
            counted = state.job in (JobKind.EVALUATE, JobKind.APPLY)
            return _opened_once_more(state, evaluation.forecast.accesses) if counted else state
    return state


def _is_due(state: StocksState, newest: ForecastCheckpoint) -> bool:
    """Whether it takes the place of the checkpoint there is: the last one, and some before it."""
    if state.unfinished is None or state.run.phase is not Phase.RUNNING:
        return True
    wait = max(CHECKPOINT_SECONDS, newest.fit.size / CHECKPOINT_RATE)
    return newest.fit.seconds - state.unfinished.fit.seconds >= wait


def _opened_once_more(state: StocksState, accesses: AccessLog) -> StocksState:
    """The state that counts the last one of ``accesses`` besides any others meanwhile."""
    if state.train is None:
        return state
    counted = AccessLog((*state.accesses.spans, accesses.spans[-1]))
    return replace(state, opened={**state.opened, state.train.digest: counted})


def _after_page_event(
    state: StocksState, event: HomeEvent | DrawingEvent | ClaimTyped
) -> StocksState:
    """The state after a drawing or a claim; days that are revealed are an access of the test."""
    if isinstance(event, HomeEvent):
        return replace(state, home=home_after(state.home, event))
    sheet = state.sheet
    if isinstance(event, ClaimTyped):
        return replace(state, claim=event.claim)
    if sheet is None:
        return state
    if not isinstance(event, RoundRevealed):
        return replace(state, drawing=drawn_after(sheet, event))
    try:
        drawing = revealed(sheet, state.fitting)
    except UserError as error:
        return replace(state, read_problem=language.text(error.message))
    if drawing is sheet.drawing:
        return state
    return _opened_once_more(replace(state, drawing=drawing), state.accesses.opened(sheet.dates))


def _with_split(state: StocksState) -> StocksState:
    """The state with the split its files and settings give, or with the sentence why none."""
    if state.train is None or state.spec is None:
        return replace(state, split=None)
    try:
        split = (
            split_at(state.train, state.test_day)
            if state.test is None
            else join(state.train, state.test)
        )
        split = _usable(state.spec, split)
    except UserError as error:
        return replace(state, split=None, problem=language.text(error.message))
    return replace(state, split=split, problem="")


def _usable(spec: ForecastSpec, split: Split) -> Split:
    """The split with its validation span; raises UserError if a training would.

    A million rows have to be checked at every change of a setting, so no windows are made.
    """
    require_usable(spec, split.table)
    spans = split.with_validation(spec.validation)
    training_rows(spans, spec.lookback)
    return spans
