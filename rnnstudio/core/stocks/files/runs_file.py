"""All runs of a session in one file: the work.

Networks, prices, spans, accesses and names are kept; figures of test spans are computed anew when
the file is opened, which counts as no further access and comes out the same to the last bit. Of
further seeds only their errors are kept. Anyone may have written the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from rnnstudio.core.documents.document_file import MOST_ARRAYS, MOST_BYTES, Document, load, save
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.evaluation.dropout_samples import dropout_band
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation, reevaluate
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest
from rnnstudio.core.stocks.evaluation.summary import EvaluationSummary, contest_of
from rnnstudio.core.stocks.evaluation.uncertainty import Spread
from rnnstudio.core.stocks.evaluation.verdict import verdict
from rnnstudio.core.stocks.files.runs import RunEntry, require_name
from rnnstudio.core.stocks.files.serialization import (
    Arrays,
    Packed,
    accesses_from,
    from_stranger,
    network_from,
    number,
    pack_network,
    pack_table,
    prefixed,
    require,
    table_from,
    under,
    whole,
)
from rnnstudio.core.stocks.model.intervals import NOMINAL
from rnnstudio.core.training import (
    Control,
    Finished,
    Pace,
    Progress,
    Started,
    Training,
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


@dataclass(frozen=True, eq=False)
class RunFigures:
    """What has to be computed anew: the evaluation's question, the seeds' errors, the dropout."""

    question: EvaluationRequest
    seeds: tuple[float, ...]
    dropout: bool


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
    pace = Pace(control)
    yield Started(1, 0)
    saved = until_stopped(control, _saved, path, runs)
    if saved is not None:
        yield Finished(1, pace.seconds, saved)


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
        question, seeds = run.question, run.evaluation.summary.seeds
        about["evaluation"] = {
            "days": question.days,
            "nominal": question.nominal,
            "seeds": [] if seeds is None else list(seeds.rmses[1:]),
            "dropout": run.evaluation.dropout is not None,
        }
    return about


def stored_runs(document: Document, path: Path) -> list[tuple[RunEntry, RunFigures | None]]:
    """The runs in a document of ``path``, each with what ``with_figures`` has to compute anew.

    Raises UserError if what it holds is inconsistent.
    """
    with from_stranger(path):
        content, arrays = document.content, document.arrays
        tables = [
            table_from(table, under(f"table.{at}.", arrays))
            for at, table in enumerate(content["tables"])
        ]
        stored = [
            _run(run, under(f"run.{at}.", arrays), tables) for at, run in enumerate(content["runs"])
        ]
        names = [run.name for run, _ in stored]
        require(len(set(names)) == len(names) > 0, "no runs, or two of one name")
        return stored


def _run(
    content: Mapping[str, Any], arrays: Arrays, tables: Sequence[PriceTable]
) -> tuple[RunEntry, RunFigures | None]:
    at, name = whole(content["table"]), content["name"]
    require(at < len(tables), "no such prices")
    require(isinstance(name, str), "no such name")
    require_name(name)
    trained = network_from(content, arrays, tables[at])
    accesses = accesses_from(content["openings"])
    figures = None if content["evaluation"] is None else _figures(content["evaluation"])
    run = RunEntry(name, trained, _when(content["when"]), accesses)
    if figures is not None:
        require(not figures.dropout or run.trained.spec.dropout > 0, "samples of no dropout")
        first = run.trained.split.rows_known
        require(accesses.count(run.table.dates[first:]) > 0, "a test span that was never evaluated")
    return run, figures


def _figures(content: Mapping[str, Any]) -> RunFigures:
    seeds = content["seeds"]
    require(isinstance(seeds, list) and len(seeds) <= MOST_SEEDS, "no such seeds")
    rmses = tuple(map(number, seeds))
    require(all(rmse >= 0 for rmse in rmses), "no such seeds")
    require(type(content["dropout"]) is bool, "no such evaluation")
    question = EvaluationRequest(whole(content["days"]), number(content["nominal"]))
    return RunFigures(question, rmses, content["dropout"])


def _when(text: Any) -> datetime:
    require(isinstance(text, str), "no such time")
    when = datetime.fromisoformat(text)
    require(when.tzinfo is not None and when.year in YEARS, "no such time")
    return when


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
    if figures.seeds:
        evaluation = replace(evaluation, summary=_with_seeds(evaluation, figures.seeds))
    if figures.dropout:
        nominal = evaluation.summary.nominal
        band = dropout_band(evaluation.forecast, NOMINAL if nominal is None else nominal)
        evaluation = replace(evaluation, dropout=band)
    return evaluation


def _with_seeds(evaluation: Evaluation, others: tuple[float, ...]) -> EvaluationSummary:
    forecast, summary = evaluation.forecast, evaluation.summary
    seeds = Spread((forecast.rmse, *others))
    return replace(
        summary, seeds=seeds, sentence=verdict(contest_of(forecast, summary.skill), seeds)
    )
