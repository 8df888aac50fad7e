"""Walks and searches by processes of this machine, as trainings for the window.

Each generator opens its processes and closes them: closing the generator ends them too.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from rnnstudio.core.stocks.data.batch_read import Gathered, read_folder_job
from rnnstudio.core.stocks.data.csv_import import CsvOptions
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.validation.continued import ContinuedPool
from rnnstudio.core.stocks.validation.multi_ticker import Shares, shares_of
from rnnstudio.core.stocks.validation.run_folds import run_folds_job
from rnnstudio.core.stocks.validation.search import SearchPlan, SearchTable, search_job
from rnnstudio.core.stocks.validation.walk_forward import Walk, walk_forward_job
from rnnstudio.core.training import Checkpoint, Control, Finished, Training
from rnnstudio.workers.processes import Processes


def walk_forward_here(
    spec: ForecastSpec,
    split: Split,
    every: int,
    processes: int,
    earlier: Walk | None,
    control: Control,
) -> Training:
    """``walk_forward_job`` in so many processes of this machine; raises as that does.

    What an ``earlier`` walk has of it is not done again.
    """
    with Processes(processes) as processed:
        pool = ContinuedPool(processed, earlier)
        yield from _figured(walk_forward_job(spec, split, every, pool, control))


def walk_folder_here(
    folder: Path,
    make: Callable[[PriceTable], Walk],
    processes: int,
    earlier: Shares[Walk] | None,
    control: Control,
) -> Training:
    """Walk over every share in ``folder``; each ``Checkpoint`` carries ``Shares`` of ``Walk``.

    What ``earlier`` shares have of it is not done again.

    Raises UserError if no file of the folder can be read or walked over, and as the pool does.
    """
    gathered: Gathered | None = None
    for event in read_folder_job(folder, CsvOptions(), control):
        if isinstance(event, Finished):
            gathered = event.result
        else:
            yield event
    if gathered is not None:
        shares: Shares[Walk] = shares_of(gathered, make)
        with Processes(processes) as processed:
            pool = ContinuedPool(processed, earlier)
            yield from _figured(run_folds_job(shares, pool, control))


def search_here(
    plan: SearchPlan, split: Split, processes: int, earlier: SearchTable | None, control: Control
) -> Training:
    """``search_job`` in so many processes of this machine; raises as that does.

    What an ``earlier`` search has of it is not done again.
    """
    with Processes(processes) as processed:
        pool = ContinuedPool(processed, earlier)
        yield from _figured(search_job(plan, split, pool, control))


def _figured(training: Training) -> Training:
    """The same events, once the figures that they carry are there.

    The work keeps what it has figured, so that the window, which shows it, need not.
    """
    for event in training:
        if isinstance(event, Checkpoint):
            _figure(event.state)
        yield event


def _figure(work: Any) -> None:
    match work:
        case Walk():
            _ = work.skill, work.figures
        case Shares():
            for part in work.parts:
                _figure(part)
        case SearchTable():
            _ = work.rows
