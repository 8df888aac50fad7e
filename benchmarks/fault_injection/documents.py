"""A small whole file of every kind that the application opens, and what opens it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Scene, Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.engine.fit import fit
from rnnstudio.core.models.npz_file import read_npz
from rnnstudio.core.models.scene_file import load_scene, save_scene
from rnnstudio.core.names.corpus import SHIPPED, Corpus, read_corpus
from rnnstudio.core.names.document import load_names, save_names
from rnnstudio.core.names.evaluate import evaluate_trained
from rnnstudio.core.names.history import NamesCheckpoint
from rnnstudio.core.names.name_sampler import NameSampler
from rnnstudio.core.names.recipes import FastSpec
from rnnstudio.core.names.replay import replay
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.core.names.sampling_job import Drawn
from rnnstudio.core.names.train import train as train_names
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.session.analysis_work import SearchWork, WalkWork
from rnnstudio.core.session.data_file import data_file
from rnnstudio.core.session.kept_names import NamesWork, OpenedList
from rnnstudio.core.session.kept_prices import OpenedPrices, StocksWork
from rnnstudio.core.session.kept_scene import InspectorWork, SceneInWork
from rnnstudio.core.session.session import Session
from rnnstudio.core.session.session_file import open_session, save_session
from rnnstudio.core.stocks.data.csv_import import CsvOptions, read_csv
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.files.forecaster_file import load_forecaster, save_forecaster
from rnnstudio.core.stocks.files.runs import RunEntry, Runs, new_run
from rnnstudio.core.stocks.files.runs_file import open_job, save_runs
from rnnstudio.core.stocks.files.unfinished_file import load_unfinished, save_unfinished
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import (
    ForecastCheckpoint,
    TrainedForecaster,
    train,
    train_on,
    training_data,
)
from rnnstudio.core.stocks.validation.folds import Fold, Outcome, forecast_fold
from rnnstudio.core.stocks.validation.search import SearchPlan, SearchTable, search_job
from rnnstudio.core.stocks.validation.search_space import SearchSpace
from rnnstudio.core.stocks.validation.walk_forward import Walk, walk_forward_job
from rnnstudio.core.training import Control, Finished, Snapshot, Training
from rnnstudio.paths import data_file as shipped

SPEC = ForecastSpec(window=5, units=4, epochs=2, batch_size=8)
_MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class DocumentKind:
    """What writes a whole file of the kind, and what opens one; both may raise UserError."""

    write: Callable[[Path], object]
    open: Callable[[Path], object]


def kinds() -> dict[str, DocumentKind]:
    """Every kind of file by its name."""
    return {
        "scene": DocumentKind(lambda path: save_scene(path, scene()), load_scene),
        "names": DocumentKind(lambda path: save_names(path, names_network()), load_names),
        "forecast": DocumentKind(
            lambda path: save_forecaster(path, forecaster(), AccessLog()), load_forecaster
        ),
        "unfinished forecast": DocumentKind(
            lambda path: save_unfinished(path, unfinished()), load_unfinished
        ),
        "work": DocumentKind(
            lambda path: save_runs(path, [run()]), lambda path: list(open_job(path, Control()))
        ),
        "session": DocumentKind(lambda path: save_session(path, session()), open_session),
        "npz": DocumentKind(_write_npz, read_npz),
    }


@cache
def whole(kind: str) -> bytes:
    """The bytes of a whole file of the kind."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "whole.rnnstudio")
        kinds()[kind].write(path)
        return path.read_bytes()


@cache
def session() -> Session:
    """A session with something of everything, small enough to be opened within milliseconds."""
    inspector = InspectorWork(
        SceneInWork(replace(scene(), x=scene().x + 1.0), scene()), SceneInWork(scene(), scene())
    )
    opened = OpenedList(data_file(SHIPPED), read_corpus(SHIPPED))
    trained, sampling = names_network(), Sampling(0.8, 5, "a")
    names = NamesWork(
        opened,
        trained=trained,
        runs=(trained,),
        past=_result(replay(trained, 3, Control())),
        drawn=Drawn(trained, sampling, NameSampler(trained).names(sampling)),
        example="rex",
        evaluation=evaluate_trained(trained),
    )
    stocks = StocksWork(
        _prices(),
        table=forecaster().split.table,
        front=run(),
        runs=Runs((run(),)),
        accesses={"ab" * 32: AccessLog((("2012-03-01", "2012-05-01"),))},
        walk=WalkWork(20, 2, _walk()),
        search=SearchWork(("units",), {"units": "2, 3"}, 2, table=_search()),
        unfinished=unfinished(),
    )
    return Session(inspector, names, stocks)


@cache
def scene() -> Scene:
    """A GRU over a few steps."""
    return random_scene(CELLS["gru"], Sizes(), 1)


@cache
def names_network() -> TrainedNames:
    """A network on a few names, with a checkpoint."""
    few = Corpus("few", read_corpus(SHIPPED).names[:60])
    spec = FastSpec(units=6, batch_size=8, epochs=2, sample_every=9)
    trained: TrainedNames = _result(train_names(spec, few, Control()))
    kept = NamesCheckpoint.of(trained.step, (trained.parameters, trained.memory))
    return replace(trained, checkpoints=(kept,))


@cache
def forecaster() -> TrainedForecaster:
    """A network on a random walk around 100."""
    trained: TrainedForecaster = _result(train(SPEC, _split(), Control(), fit))
    return trained


@cache
def unfinished() -> ForecastCheckpoint:
    """The training of that network, stopped in its second epoch."""
    events = train_on(training_data(SPEC, _split()), Control(), fit, stop=(1, 2))
    left: ForecastCheckpoint
    [left] = [event.state for event in events if isinstance(event, Snapshot)]
    return left


@cache
def run() -> RunEntry:
    """That network as a run."""
    return new_run(forecaster(), _MARCH)


def _split() -> Split:
    opens = 100 + np.cumsum(np.random.default_rng(0).normal(0, 1, 120))
    days = np.datetime64("2019-01-01", "D") + np.arange(len(opens))
    return Split(PriceTable("made.csv", days, {"Open": opens, "High": opens + 1}), 90)


def _prices() -> OpenedPrices:
    """The first days of a shipped share."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "IBM.csv")
        lines = shipped("prices/IBM.csv").read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(lines[:100]), "utf-8")
        return OpenedPrices(data_file(path), CsvOptions(), read_csv(path))


def _walk() -> Walk:
    walk: Walk = _result(walk_forward_job(SPEC, _split(), 20, _InTurn(), Control()))
    return walk


def _search() -> SearchTable:
    plan = SearchPlan(SPEC, SearchSpace({"units": (2, 3)}), 2)
    table: SearchTable = _result(search_job(plan, _split(), _InTurn(), Control()))
    return table


class _InTurn:
    """A pool that trains the folds here, one after the other."""

    def outcomes(self, folds: Sequence[Fold], control: Control) -> Iterator[tuple[int, Outcome]]:
        """As ``Pool.outcomes``."""
        del control  # nobody stops it
        for place, fold in enumerate(folds):
            yield place, forecast_fold(fold, fit)


def _write_npz(path: Path) -> None:
    with path.open("wb") as stream:
        np.savez(stream, **scene().parameters)  # type: ignore[arg-type]


def _result(training: Training) -> Any:
    *_, last = training
    if not isinstance(last, Finished):
        raise TypeError(f"the training ended with {last}")
    return last.result
