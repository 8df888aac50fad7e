"""All runs of a session in one file: the work.

Networks, prices, spans, accesses and names are kept; figures of test spans are computed anew when
the file is opened, which counts as no further access and comes out the same to the last bit. Of
further seeds only their errors are kept. Anyone may have written the file.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from msgspec import Meta

from rnnstudio.core.documents.damage import from_stranger, require
from rnnstudio.core.documents.document_file import MOST_ARRAYS, MOST_BYTES, Document, load, save
from rnnstudio.core.documents.fields import AtLeastZero, Count, DocumentFields, plain, read_fields
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.evaluation.dropout_samples import dropout_band
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation, reevaluate
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.evaluation.uncertainty import Spread
from rnnstudio.core.stocks.files.runs import RunEntry, require_name
from rnnstudio.core.stocks.files.serialization import (
    Arrays,
    NetworkFields,
    Packed,
    PricesFields,
    network_from,
    pack_network,
    pack_table,
    prefixed,
    table_from,
    under,
)
from rnnstudio.core.training import (
    Control,
    Finished,
    Pace,
    Progress,
    Started,
    Training,
    in_one_step,
    until_stopped,
)

KIND = "work"
VERSION = 2
"""Version 1 knows days only; a file without times of day is still written as that."""
MOST_SEEDS = 1_000
YEARS = range(2000, 2200)
_HEADER_BYTES = 256
"""At most so many bytes come with an array."""


@dataclass(frozen=True, eq=False)
class Saved:
    """These runs are in the file at ``path``."""

    path: Path
    runs: tuple[RunEntry, ...]


@dataclass(frozen=True, eq=False)
class Opened:
    """These runs came from the file at ``path``."""

    path: Path
    runs: tuple[RunEntry, ...]


class RunFigures(DocumentFields, frozen=True):
    """What has to be computed anew: the evaluation's question, the seeds' errors, the dropout."""

    days: int
    nominal: float
    seeds: Annotated[tuple[AtLeastZero, ...], Meta(max_length=MOST_SEEDS)]
    dropout: bool

    @property
    def question(self) -> EvaluationRequest:
        """What it is asked; raises UserError where that is impossible."""
        return EvaluationRequest(self.days, self.nominal)


class _RunFields(NetworkFields, frozen=True, kw_only=True):
    """A run; ``table`` is the place of its prices among those of all runs."""

    name: str
    when: Annotated[datetime, Meta(tz=True)]
    evaluation: RunFigures | None
    table: Count


class _RunsFields(DocumentFields, frozen=True):
    """All runs."""

    tables: tuple[PricesFields, ...]
    runs: Annotated[tuple[_RunFields, ...], Meta(min_length=1)]


def save_runs(path: Path, runs: Sequence[RunEntry]) -> None:
    """Write the runs to ``path``.

    Raises UserError when there are none, more than a file holds, or it cannot be written.
    """
    save(path, runs_document(runs))


def runs_document(runs: Sequence[RunEntry]) -> Document:
    """The runs as a document; raises UserError when there are none, or more than a file holds."""
    if not runs:
        raise UserError("There is no run to save; train a network first.")
    packed = _packed(runs)
    size = sum(array.nbytes + _HEADER_BYTES for array in packed.arrays.values())
    if len(packed.arrays) > MOST_ARRAYS or size > MOST_BYTES:
        raise UserError(
            "{count} runs are more than one file holds (they need {arrays:n} of {most_arrays:n} "
            "arrays and {size:,.0f} of {most:,.0f} MB); delete some and save again.",
            count=len(runs),
            arrays=len(packed.arrays),
            most_arrays=MOST_ARRAYS,
            size=size / 2**20,
            most=MOST_BYTES / 2**20,
        )
    timed = any("unit" in table for table in packed.content["tables"])
    return Document(KIND, VERSION if timed else 1, packed.content, packed.arrays)


def save_job(path: Path, runs: Sequence[RunEntry], control: Control) -> Training:
    """``save_runs`` as a job; ``Finished`` carries ``Saved``."""
    return in_one_step(control, _saved, path, runs)


def open_job(path: Path, control: Control) -> Training:
    """Read the runs in ``path`` and evaluate anew what was evaluated, one run a step.

    ``Finished`` carries ``Opened``; a stop gives nothing. Raises UserError when there is no such
    file, or what it holds is inconsistent.
    """
    pace = Pace(control)
    stored = stored_runs(load(path, KIND, VERSION), path)
    yield Started(len(stored), 0)
    runs: list[RunEntry] = []
    for run, figures in stored:
        read = until_stopped(control, with_figures, path, run, figures)
        if read is None:
            return
        runs.append(read)
        if pace.due():
            yield Progress(len(runs), len(stored), pace.seconds)
    yield Finished(len(runs), pace.seconds, Opened(path, tuple(runs)))


def _saved(path: Path, runs: Sequence[RunEntry]) -> Saved:
    save_runs(path, runs)
    return Saved(path, tuple(runs))


def _packed(runs: Sequence[RunEntry]) -> Packed:
    """All runs; prices that several of them have are there once."""
    tables: list[PriceTable] = []
    content: dict[str, Any] = {"tables": [], "runs": []}
    arrays: Arrays = {}
    for place, run in enumerate(runs):
        at = next((at for at, table in enumerate(tables) if _same(table, run.table)), len(tables))
        if at == len(tables):
            tables.append(run.table)
            prices = pack_table(run.table)
            content["tables"].append(prices.content)
            arrays = {**arrays, **prefixed(f"table.{at}.", prices.arrays)}
        network = pack_network(run.trained, run.accesses)
        content["runs"].append({**network.content, **_about(run), "table": at})
        arrays = {**arrays, **prefixed(f"run.{place}.", network.arrays)}
    return Packed(content, dict(arrays))


def _same(one: PriceTable, other: PriceTable) -> bool:
    if one is other:
        return True
    alike = (one.source, one.names) == (other.source, other.names)
    return (
        alike
        and np.array_equal(one.dates, other.dates)
        and all(np.array_equal(one.column(name), other.column(name)) for name in one.names)
    )


def _about(run: RunEntry) -> dict[str, Any]:
    about: dict[str, Any] = {"name": run.name, "when": run.when.isoformat(), "evaluation": None}
    if run.evaluation is not None:
        about["evaluation"] = plain(figures_of(run.evaluation))
    return about


def figures_of(evaluation: Evaluation) -> RunFigures:
    """What an evaluation is computed anew from; no seeds where the error of one is not finite."""
    question, seeds = evaluation.question, evaluation.summary.seeds
    others = () if seeds is None else seeds.rmses[1:]
    return RunFigures(
        days=question.days,
        nominal=question.nominal,
        seeds=others if all(map(math.isfinite, others)) else (),
        dropout=evaluation.dropout is not None,
    )


def stored_runs(document: Document, path: Path) -> list[tuple[RunEntry, RunFigures | None]]:
    """The runs in a document of ``path``, each with what ``with_figures`` has to compute anew.

    Raises UserError if what it holds is inconsistent.
    """
    with from_stranger(path):
        content, arrays = read_fields(document.content, _RunsFields), document.arrays
        tables = [
            table_from(table, under(f"table.{at}.", arrays))
            for at, table in enumerate(content.tables)
        ]
        names = {run.name for run in content.runs}
        require(len(names) == len(content.runs), Message("two runs of one name"))
        return [
            (_run(run, under(f"run.{at}.", arrays), tables), run.evaluation)
            for at, run in enumerate(content.runs)
        ]


def _run(fields: _RunFields, arrays: Arrays, tables: Sequence[PriceTable]) -> RunEntry:
    require(fields.table < len(tables), Message("no such prices"))
    require(fields.when.year in YEARS, Message("no such time"))
    require_name(fields.name)
    trained = network_from(fields, arrays, tables[fields.table])
    run = RunEntry(fields.name, trained, fields.when, AccessLog(fields.openings))
    if fields.evaluation is not None:
        sampled = fields.evaluation.dropout
        require(not sampled or trained.spec.dropout > 0, Message("samples of no dropout"))
        first = trained.split.rows_known
        evaluated = run.accesses.count(run.table.dates[first:]) > 0
        require(evaluated, Message("a test span that was never evaluated"))
    return run


def with_figures(path: Path, run: RunEntry, figures: RunFigures | None) -> RunEntry:
    """The run, with its figures if it had any; raises UserError that names it if they run away."""
    if figures is None:
        return run
    try:
        # Numbers of another program may be too large for floats: figures are then infinite or none.
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            return replace(run, evaluation=_reevaluated(run, figures))
    except UserError as error:
        raise UserError(
            "{path_name}: “{run_name}” cannot be evaluated. {error}",
            path_name=path.name,
            run_name=run.name,
            error=error.message,
        ) from error


def _reevaluated(run: RunEntry, figures: RunFigures) -> Evaluation:
    evaluation = reevaluate(run.trained, run.accesses, figures.question)
    if evaluation is None:
        raise AssertionError("a test span without access was to be evaluated")
    return with_rest(evaluation, figures)


def with_rest(evaluation: Evaluation, figures: RunFigures) -> Evaluation:
    """The evaluation with the seeds and the samples that ``figures`` have besides its question."""
    if figures.seeds:
        seeds = Spread((evaluation.forecast.rmse, *figures.seeds))
        evaluation = replace(evaluation, summary=evaluation.summary.with_seeds(seeds))
    if figures.dropout:
        band = dropout_band(evaluation.forecast, evaluation.question.nominal)
        evaluation = replace(evaluation, dropout=band)
    return evaluation
