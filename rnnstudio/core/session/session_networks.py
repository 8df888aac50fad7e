"""The networks of a session: what can be trained again."""

from __future__ import annotations

from dataclasses import dataclass

from rnnstudio.core.engine.environment import Environment
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.session.kept_names import NamesWork
from rnnstudio.core.session.kept_prices import StocksWork
from rnnstudio.core.session.session import Session
from rnnstudio.core.stocks.files.runs import RunEntry
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster
from rnnstudio.core.stocks.model.train_again import steps_done


@dataclass(frozen=True, eq=False)
class SessionNetwork:
    """A network, and what it is called in its session: "names 1", or the name of its run."""

    name: str
    trained: TrainedNames | TrainedForecaster

    @property
    def steps(self) -> int:
        """Iterations or batches that it was trained for."""
        if isinstance(self.trained, TrainedNames):
            return self.trained.step
        return steps_done(self.trained)

    @property
    def environments(self) -> tuple[Environment, ...]:
        """Where it was trained; none where that is not known."""
        if isinstance(self.trained, TrainedNames):
            return self.trained.environments
        last = self.trained.environment
        return self.trained.earlier if last is None else (*self.trained.earlier, last)


def session_networks(session: Session) -> tuple[SessionNetwork, ...]:
    """Each network once: of names in the order of their trainings, then the forecasters' runs."""
    names = () if session.names is None else names_networks(session.names)
    stocks = () if session.stocks is None else stocks_networks(session.stocks)
    return (*names, *stocks)


def names_networks(work: NamesWork) -> tuple[SessionNetwork, ...]:
    """Those of ``kept_networks``."""
    kept = kept_networks(work)
    return tuple(SessionNetwork(f"names {at}", each) for at, each in enumerate(kept, 1))


def kept_networks(work: NamesWork) -> tuple[TrainedNames, ...]:
    """Those that are kept for comparison, and the last one where it is none of them."""
    last = work.trained
    if last is None or any(last is each for each in work.runs):
        return work.runs
    return (*work.runs, last)


def stocks_networks(work: StocksWork) -> tuple[SessionNetwork, ...]:
    """Those of ``stocks_runs``."""
    return tuple(SessionNetwork(run.name, run.trained) for run in stocks_runs(work))


def stocks_runs(work: StocksWork) -> tuple[RunEntry, ...]:
    """The runs that are kept, and the one in front where it is none of them."""
    kept, front = work.runs.kept, work.front
    if front is None or any(front.trained is run.trained for run in kept):
        return kept
    return (*kept, front)
