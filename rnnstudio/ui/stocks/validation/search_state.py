"""What the page of searches shows, and how events change it; knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.validation.search import (
    SearchPlan,
    SearchTable,
    new_search,
    search_spans,
)
from rnnstudio.core.stocks.validation.search_scores import SearchRow
from rnnstudio.core.stocks.validation.search_space import SearchSpace, parse_space
from rnnstudio.core.training import Checkpoint, Control, Training, in_one_step
from rnnstudio.ui import running
from rnnstudio.ui.running import Run, RunEvent

WHOLE = ""
"""Names what is wrong with the search as a whole, rather than with one of its settings."""


@dataclass(frozen=True)
class Asked:
    """What the page's widgets ask for: ``texts`` are the values to try, as they were typed."""

    texts: Mapping[str, str]
    folds: int
    gap: int | None
    draws: int | None


@dataclass(frozen=True, eq=False)
class Checked:
    """What was asked for, looked at: a plan that can be searched, or what is wrong with it.

    ``problems`` are sentences by the names of the settings, or by ``WHOLE``. Where there are none
    there is a ``plan`` for ``split``, with so many ``candidates`` and such a ``gap``.
    """

    problems: Mapping[str, str] = field(default_factory=dict)
    plan: SearchPlan | None = None
    split: Split | None = None
    candidates: int = 0
    gap: int = 0

    @property
    def trainings(self) -> int:
        """How many trainings the search takes."""
        return 0 if self.plan is None else self.candidates * self.plan.folds


@dataclass(frozen=True)
class AskedAnew:
    """Something else is asked for, and not looked at yet."""


@dataclass(frozen=True)
class CandidateChosen:
    """The candidate of this name is to be looked at."""

    name: str


SearchEvent = AskedAnew | Checked | CandidateChosen | RunEvent


@dataclass(frozen=True, eq=False)
class SearchState:
    """The run, what could be started, and the last search, which stays until the next has begun.

    ``checked`` is None while it is not known what was asked for. ``name`` is that of the candidate
    that was chosen; where none was, the best one counts as chosen.
    """

    run: Run = field(default_factory=Run)
    checked: Checked | None = None
    table: SearchTable | None = None
    name: str = ""

    @property
    def ready(self) -> bool:
        """Whether a search can start."""
        return self.checked is not None and self.checked.plan is not None

    def stale(self, spec: ForecastSpec | None, split: Split | None) -> bool:
        """Whether the table is of other prices, or on other settings, than are chosen now."""
        if self.table is None:
            return False
        if spec is None or split is None:
            return True
        known = self.table.known
        same_days = (known.source, known.rows) == (split.table.source, split.rows_known)
        return not same_days or self.table.plan.base != spec

    @property
    def row(self) -> SearchRow | None:
        """The candidate that is looked at."""
        if self.table is None:
            return None
        rows = self.table.rows
        return next((row for row in rows if row.candidate.name == self.name), rows[0])


def reduce(state: SearchState, event: SearchEvent) -> SearchState:
    """The state after ``event``."""
    match event:
        case AskedAnew():
            return replace(state, checked=None)
        case Checked():
            return replace(state, checked=event)
        case CandidateChosen(name=name):
            return replace(state, name=name)
        case Checkpoint(state=SearchTable() as table):
            return replace(state, table=table)
    return replace(state, run=running.reduce(state.run, event))


def check_job(asked: Asked, base: ForecastSpec, split: Split, control: Control) -> Training:
    """``check`` as a step that a worker can do: it may take seconds where candidates are many."""
    return in_one_step(control, check, asked, base, split, seed=base.seed)


def check(asked: Asked, base: ForecastSpec, split: Split) -> Checked:
    """Look at what was asked for on ``base``, on the days before the test span of ``split``."""
    values: dict[str, tuple[Any, ...]] = {}
    problems: dict[str, str] = {}
    for name, text in asked.texts.items():
        try:
            values.update(parse_space([f"{name}={text}"]).values)
        except UserError as error:
            problems[name] = language.text(error.message)
    if problems:
        return Checked(problems)
    try:
        plan = SearchPlan(base, SearchSpace(values), asked.folds, asked.gap, asked.draws)
        table = new_search(plan, split)
    except UserError as error:
        return Checked(
            _to_blame(asked, base, split, values) or {WHOLE: language.text(error.message)}
        )
    return Checked({}, plan, split, len(table.candidates), table.gap)


def _to_blame(
    asked: Asked, base: ForecastSpec, split: Split, values: Mapping[str, tuple[Any, ...]]
) -> dict[str, str]:
    """The sentences of the settings that are invalid alone; empty if all or none are."""
    found = {}
    try:
        search_spans(split.known, asked.folds, 0 if asked.gap is None else asked.gap)
    except UserError:
        return {}
    for name in values:
        try:
            alone = SearchSpace({name: values[name]})
            new_search(SearchPlan(base, alone, asked.folds, asked.gap), split)
        except UserError as error:
            found[name] = language.text(error.message)
    return found if len(found) < len(values) or len(values) == 1 else {}
