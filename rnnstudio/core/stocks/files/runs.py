"""The runs of a session: each a trained network with a name and, once evaluated, its figures."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.core.stocks.evaluation.forecast import NEVER
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.files.run_descriptions import usual_name
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster

LONGEST_NAME = 80


@dataclass(frozen=True, eq=False)
class RunEntry:
    """A network that was trained at ``when``, and the result of its own test span.

    ``evaluation`` is None until the test span is evaluated. ``accesses`` are those of its file that
    were known when the run was kept or evaluated.
    """

    name: str
    trained: TrainedForecaster
    when: datetime
    accesses: AccessLog = NEVER
    evaluation: Evaluation | None = None

    @property
    def table(self) -> PriceTable:
        """The prices that it was trained and is tested on."""
        return self.trained.split.table


@dataclass(frozen=True)
class Runs:
    """The runs that are ``kept``, oldest first; no two of them have one name."""

    kept: tuple[RunEntry, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the runs."""
        return tuple(run.name for run in self.kept)

    def having(self, trained: TrainedForecaster | None) -> RunEntry | None:
        """The run that ``trained`` belongs to; None if there is none."""
        return next((run for run in self.kept if run.trained is trained), None)

    def known(self, source: str) -> AccessLog:
        """The accesses of the file ``source`` that its runs know of: the longest list of them."""
        lists = [run.accesses for run in self.kept if run.table.source == source]
        return max(lists, key=lambda accesses: len(accesses.spans), default=AccessLog())

    def added(self, run: RunEntry) -> Runs:
        """With one more run, at the end; a number is put behind a name that is taken."""
        return Runs((*self.kept, _unlike(run, self.names)))

    def renamed(self, old: str, new: str) -> Runs:
        """With another name; raises UserError if it cannot be one."""
        name = new.strip()
        require_name(name)
        if name != old and name in self.names:
            raise UserError(
                "There is a run named “{name}” already; choose another name.", name=name
            )
        return Runs(tuple(replace(run, name=name) if run.name == old else run for run in self.kept))

    def deleted(self, names: Collection[str]) -> Runs:
        """Without the runs of these names."""
        return Runs(tuple(run for run in self.kept if run.name not in names))

    def evaluated(self, evaluation: Evaluation) -> Runs:
        """With the figures of the run whose own test span that is."""
        return Runs(tuple(evaluated(run, evaluation) for run in self.kept))


def evaluated(run: RunEntry, evaluation: Evaluation) -> RunEntry:
    """The run with its figures, if it is its own test span that was evaluated.

    Figures of newer days belong to no run: they are not compared with the others.
    """
    forecast = evaluation.forecast
    if run.trained is not forecast.trained or forecast.table is not forecast.split.table:
        return run
    return replace(run, evaluation=evaluation, accesses=forecast.accesses)


def new_run(
    trained: TrainedForecaster,
    when: datetime,
    accesses: AccessLog = NEVER,
) -> RunEntry:
    """A run that is not evaluated yet, under its usual name."""
    usual = usual_name(trained.spec, trained.split.table)
    name = "".join(each if each.isprintable() else "_" for each in usual)
    return RunEntry(name[:LONGEST_NAME].strip(), trained, when, accesses)


def require_name(name: str) -> None:
    """Raise UserError if no run can have that name."""
    if not name:
        raise UserError("A run needs a name; type one.")
    if len(name) > LONGEST_NAME:
        raise UserError(
            "The name has {n_name} characters; a run's name has at most {longest_name}.",
            n_name=len(name),
            longest_name=LONGEST_NAME,
        )
    if not name.isprintable():
        raise UserError("The name holds a character that cannot be shown; choose another name.")


def _unlike(run: RunEntry, taken: Collection[str]) -> RunEntry:
    """``run``, with the first number behind its name that makes it unlike all that are taken."""
    name, number = run.name, 2
    while name in taken:
        name = f"{run.name[: LONGEST_NAME - 8]} ({number})"
        number += 1
    return run if name == run.name else replace(run, name=name)


def inspectable(run: RunEntry) -> range:
    """The rows whose windows can be looked at; none of the test span until it is evaluated."""
    split = run.trained.split
    stop = split.rows_known if run.evaluation is None else split.table.rows
    return range(run.trained.spec.lookback, stop)


def row_on(run: RunEntry, day: np.datetime64) -> int:
    """The row of ``day``, or of the trading day before it; the nearest that can be looked at.

    Of a day of several rows it is the last.
    """
    rows = inspectable(run)
    row = int(np.searchsorted(run.table.dates, day + np.timedelta64(1, "D"))) - 1
    return min(max(row, rows.start), rows.stop - 1)
