"""An evaluation on names in a session's document: its figures, which took minutes."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Annotated

from msgspec import Meta, structs

from rnnstudio.core.documents.damage import require
from rnnstudio.core.documents.fields import AtLeastZero, Count, DocumentFields
from rnnstudio.core.messages import Message
from rnnstudio.core.names.evaluate import RecipeEvaluation
from rnnstudio.core.names.evaluator import RecipeFigures

_MOST = 10_000
_Text = Annotated[str, Meta(max_length=_MOST)]
_Counts = Annotated[tuple[Count, ...], Meta(max_length=_MOST)]
_Share = Annotated[float, Meta(ge=0, le=1)]


class FiguresFields(DocumentFields, frozen=True):
    """A ``RecipeFigures``; ``held_out`` is None where a held-out symbol was held impossible."""

    name: _Text
    seed: Count
    held_out: AtLeastZero | None
    seconds: AtLeastZero
    cpu_seconds: AtLeastZero
    listed: _Share
    near: _Share
    new: _Share
    distinct: _Share
    lengths: _Counts
    length_difference: AtLeastZero
    order: Count | None
    empty: _Share
    cut: _Share
    parameters: Count | None


class EvaluationFields(DocumentFields, frozen=True):
    """A ``RecipeEvaluation``."""

    source: _Text
    names: Count
    seeds: _Counts
    figures: Annotated[tuple[FiguresFields, ...], Meta(min_length=1, max_length=_MOST)]
    lengths: _Counts
    iterations: Count | None


def pack_evaluation(evaluation: RecipeEvaluation) -> EvaluationFields:
    """The evaluation as fields."""
    return EvaluationFields(
        source=evaluation.source,
        names=evaluation.names,
        seeds=evaluation.seeds,
        figures=tuple(_pack(each) for each in evaluation.figures),
        lengths=evaluation.lengths,
        iterations=evaluation.iterations,
    )


def unpack_evaluation(fields: EvaluationFields) -> RecipeEvaluation:
    """The evaluation that ``pack_evaluation`` packed; raises DamageError."""
    figures = tuple(_unpack(each) for each in fields.figures)
    seeds = set(fields.seeds)
    require(all(each.seed in seeds for each in figures), Message("figures of no seed"))
    return RecipeEvaluation(
        fields.source, fields.names, fields.seeds, figures, fields.lengths, fields.iterations
    )


def _pack(figures: RecipeFigures) -> FiguresFields:
    held_out = figures.held_out if math.isfinite(figures.held_out) else None
    return FiguresFields(**{**asdict(figures), "held_out": held_out})


def _unpack(fields: FiguresFields) -> RecipeFigures:
    held_out = math.inf if fields.held_out is None else fields.held_out
    return RecipeFigures(**{**structs.asdict(fields), "held_out": held_out})
