"""Trainings side by side: what differs in their settings, and their results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rnnstudio.core.messages import Message
from rnnstudio.core.names.learning_curve import names_seen
from rnnstudio.core.names.recipes import Spec, recipe_of, settings_of
from rnnstudio.core.names.trained import TrainedNames

Cell = str | float | int | None
Column = tuple[Message, list[Any]]
"""A heading, and a cell for each training."""


@dataclass(frozen=True)
class RecipesTable:
    """A row a training; None if it has no such setting or figure."""

    columns: tuple[Message, ...]
    rows: tuple[tuple[Cell, ...], ...]


def compare(runs: Sequence[TrainedNames]) -> RecipesTable:
    """The results of ``runs``, the held-out loss first, then the settings that differ among them,
    the newest ones where they were tuned.
    """
    columns: list[Column] = [
        (Message("Recipe"), [recipe_of(run.spec) for run in runs]),
        (Message("Held-out loss (nats a character)"), [run.best_held_out for run in runs]),
        (Message("Parameters"), [run.parameter_count for run in runs]),
        (Message("Names seen"), [int(names_seen(run)[-1]) if run.step else 0 for run in runs]),
    ]
    columns += _differing([(Message("Names"), [run.corpus.source for run in runs])])
    columns += _differing(_settings(runs))
    columns += [
        (Message("Iterations done"), [run.step for run in runs]),
        (
            Message("Smoothed training loss (nats a character)"),
            [float(run.smoothed[-1]) / run.symbols if run.step else None for run in runs],
        ),
        (Message("Seconds"), [run.seconds for run in runs]),
    ]
    headings, values = zip(*columns, strict=True)
    return RecipesTable(headings, tuple(zip(*values, strict=True)))


def _settings(runs: Sequence[TrainedNames]) -> list[Column]:
    """A column a setting; those that have one name in several recipes share it."""
    labels = {
        name: setting.label for run in runs for name, setting in settings_of(run.spec).items()
    }
    return [(label, [_setting(run, name) for run in runs]) for name, label in labels.items()]


def _setting(run: TrainedNames, name: str) -> Cell:
    if name in ("learning_rate", "clip"):
        value: Cell = getattr(run.tuning, name)
        return value
    spec: Spec = run.spec
    return getattr(spec, name, None)


def _differing(columns: list[Column]) -> list[Column]:
    return [(heading, values) for heading, values in columns if len(set(values)) > 1]
