"""What a session keeps of the forecaster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from rnnstudio.core.session.analysis_work import ClaimWork, LeaksWork, SearchWork, WalkWork
from rnnstudio.core.session.data_file import DataFile
from rnnstudio.core.stocks.data.csv_import import CsvOptions, Reading
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.core.stocks.evaluation.forecast import USUAL, EvaluationRequest
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.files.runs import RunEntry, Runs
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import ForecastCheckpoint
from rnnstudio.core.stocks.model.presets import PRESETS
from rnnstudio.core.stocks.teaching.drawing_rounds import DrawingRounds


@dataclass(frozen=True, eq=False)
class OpenedPrices:
    """A file of prices that is open, how it was to be read, and what was read."""

    data: DataFile
    options: CsvOptions
    reading: Reading


@dataclass(frozen=True)
class ForecasterView:
    """What of the forecaster is looked at.

    The page in front, the chosen runs, whether there are candles, the share of a folder's walk, the
    candidate of a search, the days in the chart (none: the last ones), from and up to a row, and
    how much of the verdict a class was shown with the hands that it raised before.
    """

    page: str = "verdict"
    runs: tuple[str, ...] = ()
    candles: bool = False
    share: str = ""
    candidate: str = ""
    days: tuple[int, ...] = ()
    stage: int = 0
    hands: tuple[int, ...] = ()


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
    spec: ForecastSpec = PRESETS["sound"]
    test_day: np.datetime64 | None = None
    question: EvaluationRequest = USUAL
    front: RunEntry | None = None
    runs: Runs = field(default_factory=Runs)
    accesses: Mapping[str, AccessLog] = field(default_factory=dict)
    walk: WalkWork = field(default_factory=WalkWork)
    search: SearchWork = field(default_factory=SearchWork)
    leaks: LeaksWork = field(default_factory=LeaksWork)
    drawing: DrawingRounds = field(default_factory=DrawingRounds)
    claim: ClaimWork = field(default_factory=ClaimWork)
    view: ForecasterView = field(default_factory=ForecasterView)
    unfinished: ForecastCheckpoint | None = None

    def without_view(self) -> StocksWork:
        """The same, whatever of it is looked at."""
        drawing = replace(self.drawing, day=0, revealed=False)
        return replace(self, view=ForecasterView(), drawing=drawing)

    def with_rounds_of(self, newest: StocksWork) -> StocksWork:
        """The same, an earlier value, with all rounds that were drawn since: they stay seen."""
        rounds = newest.drawing.rounds
        if rounds == self.drawing.rounds:
            return self
        return replace(self, drawing=replace(self.drawing, rounds=rounds))
