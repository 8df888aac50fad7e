"""The whole studio as one value: everything that a person would miss."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from rnnstudio.core.cells.clip_lab import ClipSpec
from rnnstudio.core.cells.cursor import Cursor
from rnnstudio.core.cells.flow import REMEMBERING, FlowSpec
from rnnstudio.core.cells.quiz import GuessVerdict, Votes
from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.cells.scene_spec import SceneSpec
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.evaluate import RecipeEvaluation
from rnnstudio.core.names.recipes import PaperSpec, Spec
from rnnstudio.core.names.replay import PastNetwork
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.core.names.sampling_job import Drawn
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.session.analysis_work import LeaksWork, SearchWork, WalkWork
from rnnstudio.core.session.data_file import DataFile
from rnnstudio.core.stocks.data.csv_import import CsvOptions, Reading
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.core.stocks.evaluation.forecast import USUAL, EvaluationRequest
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.files.runs import RunEntry, Runs
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import ForecastCheckpoint

TabName = Literal["inspector", "names", "stocks"]


@dataclass(frozen=True)
class SceneInWork:
    """A scene as it is now, and as it was when it came."""

    scene: Scene
    chosen: Scene


@dataclass(frozen=True)
class InspectorWork:
    """What the inspector shows: one scene or two, where in them, the settings, the class's votes.

    ``pages`` are the names of the pages in front, outermost first.
    """

    side: SceneInWork
    beside: SceneInWork | None = None
    swapped: bool = False
    cursor: Cursor = field(default_factory=Cursor)
    spec: SceneSpec = field(default_factory=SceneSpec)
    flow: FlowSpec = REMEMBERING
    clip: ClipSpec = field(default_factory=ClipSpec)
    verdict: GuessVerdict | None = None
    votes: Votes = field(default_factory=Votes)
    pages: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class OpenedList:
    """A list of names that is open, and the file it was read from."""

    data: DataFile
    corpus: Corpus


@dataclass(frozen=True)
class NamesWork:
    """What the generator has: the list, the settings and the networks.

    ``trained`` is the newest network, ``runs`` all that are kept for comparison; one that is still
    learning is among them as far as it has come. ``recipes`` and ``seeds`` are those that are to be
    evaluated, ``clipping`` the learning rate and the limit of the demonstration as they were typed.
    ``past`` is the iteration of ``trained`` that is looked at in its place, ``drawn`` what was
    drawn last from ``trained`` or an earlier moment of it. ``example`` is the name that was typed
    to see its steps; None for the first of the list. ``evaluation`` is the last one.
    """

    opened: OpenedList | None = None
    spec: Spec = field(default_factory=PaperSpec)
    trained: TrainedNames | None = None
    runs: tuple[TrainedNames, ...] = ()
    sampling: Sampling = field(default_factory=lambda: Sampling(count=20))
    recipes: tuple[str, ...] = ("paper", "fast")
    seeds: int = 5
    clipping: tuple[str, str] = ("0.15", "0.1")
    pages: tuple[str, ...] = ()
    past: PastNetwork | None = None
    drawn: Drawn | None = None
    example: str | None = None
    evaluation: RecipeEvaluation | None = None


@dataclass(frozen=True, eq=False)
class OpenedPrices:
    """A file of prices that is open, how it was to be read, and what was read."""

    data: DataFile
    options: CsvOptions
    reading: Reading


@dataclass(frozen=True)
class ForecasterView:
    """What of the forecaster is looked at.

    The page in front, the chosen runs, whether there are candles, the share of a folder's walk and
    the candidate of a search.
    """

    page: str = "forecast"
    runs: tuple[str, ...] = ()
    candles: bool = False
    share: str = ""
    candidate: str = ""


@dataclass(frozen=True)
class StocksWork:
    """What the forecaster has: the files, the settings, the networks, and what was seen of them.

    ``table`` are prices that came with a network, where there is no file of them. ``front`` is the
    network in front with what was seen of its own test span; it may be one of ``runs`` or none of
    them. ``newer`` is a file of newer days that it was applied to, ``applied`` what that gave; both
    are None unless that is what was seen last. ``accesses`` counts what was seen of test spans, by
    the digest of the prices. ``unfinished`` is the newest checkpoint of a training that is under
    way or was stopped.
    """

    prices: OpenedPrices | None = None
    table: PriceTable | None = None
    test: OpenedPrices | None = None
    newer: OpenedPrices | None = None
    applied: Evaluation | None = None
    spec: ForecastSpec = field(default_factory=ForecastSpec)
    test_day: np.datetime64 | None = None
    question: EvaluationRequest = USUAL
    front: RunEntry | None = None
    runs: Runs = field(default_factory=Runs)
    accesses: Mapping[str, AccessLog] = field(default_factory=dict)
    walk: WalkWork = field(default_factory=WalkWork)
    search: SearchWork = field(default_factory=SearchWork)
    leaks: LeaksWork = field(default_factory=LeaksWork)
    view: ForecasterView = field(default_factory=ForecasterView)
    unfinished: ForecastCheckpoint | None = None


@dataclass(frozen=True)
class Session:
    """Every tab's work, and which tab is in front.

    ``names`` and ``stocks`` are None where their tabs were never looked at. Two sessions are equal
    where their settings are and their data and networks are the very same.
    """

    inspector: InspectorWork
    names: NamesWork | None = None
    stocks: StocksWork | None = None
    tab: TabName = "inspector"

    def caught_up(self, newest: Session) -> Session:
        """The session, an earlier one, with the checkpoint that its training has in ``newest``.

        So a training has one checkpoint, in however many sessions it is unfinished.
        """
        if self.stocks is None or newest.stocks is None:
            return self
        then, now = self.stocks.unfinished, newest.stocks.unfinished
        if then is now or then is None or now is None or then.data is not now.data:
            return self
        return replace(self, stocks=replace(self.stocks, unfinished=now))

    def same_work(self, other: Session) -> bool:
        """Whether only what is looked at differs: tabs, pages, cursors, iterations gone back to."""
        return _without_view(self) == _without_view(other)


def _without_view(session: Session) -> Session:
    inspector = replace(session.inspector, cursor=Cursor(), pages=())
    names = None if session.names is None else replace(session.names, pages=(), past=None)
    stocks = None if session.stocks is None else replace(session.stocks, view=ForecasterView())
    return Session(inspector, names, stocks)
