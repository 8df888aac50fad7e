"""The generator's part of the session: what its state has, and a state that has it; knows no Qt."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

from rnnstudio.core.messages import Message
from rnnstudio.core.names.recipes import Spec
from rnnstudio.core.names.replay import PastNetwork
from rnnstudio.core.names.sampling_job import Drawn
from rnnstudio.core.names.statistics import statistics_of
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.session.kept_names import NamesWork, OpenedList
from rnnstudio.core.session.undo_history import Change, changed_fields, opening_of
from rnnstudio.core.training import Checkpoint, Ended, Finished, Snapshot
from rnnstudio.ui.dinosaurs.events import (
    ContinueAsked,
    CorpusRead,
    DinosaursEvent,
    TrainAsked,
    TrainingOpened,
)
from rnnstudio.ui.dinosaurs.state import MOST_RUNS, NamesState, with_curves

_OLDER = {
    "train": "home",
    "names": "list",
    "sample": "drawn",
    "evaluate": "good",
}
"""Pages as earlier versions called them in a session."""
_Moment = TypeVar("_Moment", PastNetwork, Drawn)


def networks_of(state: NamesState) -> tuple[TrainedNames | None, tuple[TrainedNames, ...]]:
    """The newest network and all that are kept; one that is learning as if it had just stopped."""
    learning = state.snapshot if state.run.active else None
    if learning is None or not learning.step:
        return state.trained, state.runs
    others = tuple(run for run in state.runs if run is not state.begun and run is not learning)
    return learning, (*others, learning)[-MOST_RUNS:]


def page_of(kept: Sequence[str], pages: Sequence[str]) -> str:
    """The page that was in front in a session; the first of ``pages`` where it is none of them.

    A session's first word is its page, a second one the section of the drawer.
    """
    page = kept[0] if kept else ""
    page = page if len(kept) > 1 else _OLDER.get(page, page)
    return page if page in pages else pages[0]


def of_training(moment: _Moment | None, trained: TrainedNames | None) -> _Moment | None:
    """``moment`` where it is one of the training that the work has: a page may be behind."""
    return moment if moment is not None and moment.trained.same_training(trained) else None


def state_of(work: NamesWork, now: NamesState, first: OpenedList) -> NamesState:
    """The state that shows ``work``; where it has no names those of the ``first`` list."""
    trained, names = work.trained, work.opened or work.trained or first
    corpus = names.corpus
    state = NamesState(
        corpus,
        now.statistics if corpus is now.corpus else statistics_of(corpus),
        opened=names if isinstance(names, OpenedList) else None,
        trained=trained,
        runs=work.runs,
        past=work.past,
        references=now.references if corpus is now.corpus else None,
    )
    return state if trained is None else with_curves(state, trained)


def change_of(before: NamesState, event: DinosaursEvent, after: NamesState) -> Change | None:
    """What ``event``, which led from ``before`` to ``after``, did to the work; None: nothing."""
    match event:
        case TrainAsked():
            return Change(Message("Training on names"))
        case ContinueAsked():
            return Change(Message("Continued training on names"))
        case CorpusRead(opened=opened):
            return opening_of(opened.data.path)
        case TrainingOpened(path=path):
            return opening_of(path)
        case Checkpoint() | Finished() | Ended():
            return Change(precious=isinstance(event, Ended))
        case Snapshot():
            newest, earlier = networks_of(after)[0], networks_of(before)[0]
            comes = newest is not None and not newest.same_training(earlier)
            return Change() if comes else None
    return None if after.past is before.past else Change()


def changed_settings(before: Spec, after: Spec) -> Hashable:
    """A key for changes of the same settings, which are undone at once."""
    if type(before) is not type(after):
        return ("recipe", type(after).__name__)
    return changed_fields(before, after)
