"""The forecaster's part of the session: what it has, and what each event did to it; knows no Qt."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rnnstudio.core.messages import Message
from rnnstudio.core.session.kept_prices import ForecasterView, OpenedPrices, StocksWork
from rnnstudio.core.session.undo_history import Change, changed_fields, opening_of
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster
from rnnstudio.core.training import Checkpoint, Finished, Snapshot
from rnnstudio.ui.running import Phase
from rnnstudio.ui.stocks.drawing_state import DrawingEvent, NextRoundAsked, RoundRevealed
from rnnstudio.ui.stocks.home_state import HomeView
from rnnstudio.ui.stocks.runs.state import RunsState
from rnnstudio.ui.stocks.state import StocksState, with_network, with_unfinished
from rnnstudio.ui.stocks.tab_events import (
    ClaimTyped,
    FileRead,
    JobAsked,
    JobKind,
    MismatchTaken,
    OpenedElsewhere,
    ReadAsked,
    Reopened,
    Role,
    SecondFileRemoved,
    SettingsChosen,
    StocksEvent,
    UnfinishedOpened,
)

_SETTINGS = {
    "features": Message("Features"),
    "target": Message("Target"),
    "quantity": Message("Quantity"),
    "window": Message("Window"),
    "cell": Message("Cell"),
    "layers": Message("Layers"),
    "units": Message("Units"),
    "dropout": Message("Dropout"),
    "epochs": Message("Epochs"),
    "batch_size": Message("Batch size"),
    "learning_rate": Message("Learning rate"),
    "validation": Message("Validation share"),
    "patience": Message("Patience"),
    "seed": Message("Seed"),
    "engine": Message("Engine"),
}
_TRAINED = {
    JobKind.TRAIN: Message("Training"),
    JobKind.CONTINUE: Message("Continued training"),
    JobKind.FIND_OUT: Message("Verdict"),
}
_EVALUATED = {
    JobKind.EVALUATE: Message("Evaluation"),
    JobKind.APPLY: Message("Forecast of newer days"),
    JobKind.SEEDS: Message("Further seeds"),
    JobKind.DROPOUT: Message("Samples with dropout"),
}


def work_of(
    state: StocksState, runs: RunsState, question: EvaluationRequest, view: ForecasterView
) -> StocksWork:
    """What a session keeps of the tab, without the pages beyond one split."""
    newer = state.newer
    return StocksWork(
        prices=state.file,
        table=state.train if state.file is None else None,
        test=state.test_file,
        newer=newer,
        applied=None if newer is None else state.evaluation,
        spec=state.settings,
        test_day=None if np.isnat(state.test_day) else state.test_day,
        question=question,
        front=None if state.trained is None else runs.front,
        runs=runs.runs,
        accesses=state.opened,
        view=view,
        unfinished=state.unfinished,
        drawing=state.drawing,
        claim=state.claim,
    )


def state_of(work: StocksWork, now: StocksState) -> StocksState:
    """The state that shows ``work``, before its settings are read.

    What ``now`` knows to be evaluated stays known, for it was seen.
    """
    seen = dict(now.seen)
    for digest, log in now.opened.items():
        seen[digest] = max(seen.get(digest, log), log, key=lambda each: len(each.spans))
    state = StocksState(
        file=work.prices,
        train=work.table if work.prices is None else work.prices.reading.table,
        test_file=work.test,
        newer=work.newer,
        settings=work.spec,
        opened=work.accesses,
        seen=seen,
        drawing=work.drawing,
        claim=work.claim,
    )
    days = work.view.days[:2]
    no, tie, yes, *_ = (*work.view.hands, 0, 0, 0)
    home = HomeView(
        (days[0], days[1]) if len(days) == 2 else None,
        stage=work.view.stage,
        hands=(no, tie, yes),
    )
    state = replace(state, home=home)
    if work.test_day is not None:
        state = replace(state, test_day=work.test_day)
    if work.front is not None:
        evaluation = work.front.evaluation if work.applied is None else work.applied
        state = replace(with_network(state, work.front.trained), evaluation=evaluation)
    return state if work.unfinished is None else with_unfinished(state, work.unfinished)


def change_of(before: StocksState, event: StocksEvent, after: StocksState) -> Change | None:
    """What ``event`` did, as the menu calls it; None where it did nothing that is kept."""
    match event:
        case SettingsChosen():
            return _settings_changed(before, after)
        case FileRead(opened=opened) if before.asked is not None:
            return None if after.mismatched is opened else _file_read(before.asked, opened)
        case SecondFileRemoved() | MismatchTaken():
            return _second_file_changed(before, event)
        case Reopened() | UnfinishedOpened():
            return Change(Message("Choice of a network"))
        case OpenedElsewhere() | DrawingEvent() | ClaimTyped():
            return _page_changed(before, event, after)
        case JobAsked(kind=kind) if kind.trains:
            return Change(_TRAINED[kind])
        case Snapshot() if after.unfinished is not before.unfinished:
            return Change(precious=after.run.phase is not Phase.RUNNING)
        case Finished(result=TrainedForecaster()) | Checkpoint(state=TrainedForecaster()):
            return Change(precious=True)
        case Checkpoint(state=Evaluation()) | Finished(result=Evaluation()):
            return _evaluated(after.job)
    return None


def _page_changed(
    before: StocksState, event: OpenedElsewhere | DrawingEvent | ClaimTyped, after: StocksState
) -> Change | None:
    """All that is drawn of the same days is one change; what was seen cannot be undone."""
    match event:
        case ClaimTyped():
            return Change(Message("Claim"), "claim")
        case RoundRevealed() if after.drawing is not before.drawing:
            return Change(precious=True)
        case OpenedElsewhere() | NextRoundAsked():
            return Change()
    if after.drawing.drawn == before.drawing.drawn:
        return None
    return Change(Message("Drawing of the next days"), ("drawing", after.drawing.first))


def _evaluated(job: JobKind) -> Change:
    """A verdict belongs to its training, an answer to the question that was changed."""
    return Change(_EVALUATED[job], precious=True) if job in _EVALUATED else Change(precious=True)


def _second_file_changed(
    before: StocksState, event: SecondFileRemoved | MismatchTaken
) -> Change | None:
    """A file that was mismatched counts once it is tested on."""
    if isinstance(event, SecondFileRemoved):
        return Change(Message("Removal of the test file"))
    return opening_of(before.mismatched.data.path) if before.mismatched else None


def _file_read(asked: ReadAsked, opened: OpenedPrices) -> Change | None:
    """A newer file counts only once a network was applied to it."""
    if asked.role is Role.NEWER:
        return None
    if asked.by_itself:
        return Change(by_itself=True)
    if asked.known is not None:
        return Change(Message("Reading of {file}", {"file": opened.data.path.name}))
    return opening_of(opened.data.path)


def _settings_changed(before: StocksState, after: StocksState) -> Change | None:
    """One setting typed in several steps is one change; impossible ones are none yet."""
    names = changed_fields(before.settings, after.settings)
    if len(names) == 1:
        return Change(_SETTINGS[names[0]], ("setting", *names))
    if names:
        return Change(Message("Settings of the forecast"), ("settings", *names))
    if str(before.test_day) != str(after.test_day):
        return Change(Message("First test day"), "test day")
    return None
