"""Walks and searches as tables in Markdown, which are plain text as well."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from rnnstudio.core.stocks.evaluation.uncertainty import ConfidenceInterval, HitRate
from rnnstudio.core.stocks.validation.multi_ticker import Shares
from rnnstudio.core.stocks.validation.search import SearchTable
from rnnstudio.core.stocks.validation.search_scores import SearchRow, sorted_by
from rnnstudio.core.stocks.validation.search_space import format_value
from rnnstudio.core.stocks.validation.walk_forward import Walk, WalkBlock

NOTHING = "–"


def markdown(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with these columns."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def walk_text(walk: Walk) -> str:
    """The blocks of a walk, its figures beside those of the baselines, and its verdict."""
    blocks = markdown(
        ("first day", "last day", "days", "epochs", "RMSE", "of yesterday's price", "ratio"),
        map(_block, walk.blocks),
    )
    if walk.skill is None:
        return f"{blocks}\n\n{walk.verdict}"
    figures = markdown(
        ("forecast", "RMSE", "MAE", "MAPE", "MASE", "direction"),
        (
            (
                each.name,
                _number(each.errors.rmse),
                _number(each.errors.mae),
                _told(each.errors.mape, ".2%"),
                _told(each.errors.mase, ".3f"),
                _direction(each.hit_rate),
            )
            for each in walk.figures
        ),
    )
    sentences = [f"Skill {_skill(walk.skill)}.", *walk.refused, walk.verdict]
    return "\n\n".join((blocks, figures, "\n".join(sentences)))


def walks_text(shares: Shares[Walk]) -> str:
    """A line for every share, and what they come to."""
    table = markdown(
        ("share", "days", "trainings", "RMSE", "of yesterday's price", "ratio", "skill"),
        (_walk(name, walk) for name, walk in zip(shares.names, shares.parts, strict=True)),
    )
    verdicts = [
        f"{name}: {walk.verdict}" for name, walk in zip(shares.names, shares.parts, strict=True)
    ]
    return "\n\n".join((table, "\n".join(verdicts), shares.summary.sentence))


def search_text(table: SearchTable, column: str = "mean") -> str:
    """A line for every candidate, by that column, and what the best one shows."""
    lines = markdown(table.columns, map(_candidate, sorted_by(table.rows, column)))
    failures = [
        f"{row.candidate.name}: {sentence}" for row in table.rows for sentence in row.failures
    ]
    about = (
        "mean, std and folds: RMSE over that of yesterday's price; rmse: in prices; a gap of "
        f"{table.gap} days."
    )
    return "\n\n".join((lines, "\n".join((about, *failures, table.verdict))))


def searches_text(shares: Shares[SearchTable]) -> str:
    """The best candidate of every share, and what they come to."""
    pairs = list(zip(shares.names, shares.parts, strict=True))
    table = markdown(
        ("share", "best of", "best candidate", "mean", "std", "rmse"),
        (_best(name, part) for name, part in pairs),
    )
    verdicts = [f"{name}: {part.verdict}" for name, part in pairs]
    caution = f"Of the best on the days they were chosen on: {shares.summary.sentence}"
    return "\n\n".join((table, "\n".join(verdicts), caution))


def _block(block: WalkBlock) -> tuple[str, ...]:
    return (
        block.first,
        block.last,
        str(block.days),
        NOTHING if block.epochs is None else str(block.epochs),
        _number(block.rmse),
        _number(block.rmse_persistence),
        _ratio(block.ratio),
    )


def _walk(name: str, walk: Walk) -> tuple[str, ...]:
    own, flat = (walk.figures[place].errors.rmse if walk.figures else None for place in (0, 1))
    done = len(walk.rows) if walk.whole else f"{walk.days_done} of {len(walk.rows)}"
    skill = NOTHING if walk.skill is None else _skill(walk.skill)
    ratio = _ratio(walk.ratio)
    return (name, str(done), str(walk.refits), _number(own), _number(flat), ratio, skill)


def _candidate(row: SearchRow) -> tuple[str, ...]:
    ratios = (None if score is None else score.ratio for score in row.scores)
    return (
        *map(format_value, row.candidate.changed.values()),
        _ratio(row.mean),
        _ratio(row.std),
        _number(row.rmse),
        *map(_ratio, ratios),
        f"{row.seconds:.1f}",
    )


def _best(name: str, table: SearchTable) -> tuple[str, ...]:
    count, best = str(len(table.candidates)), table.best
    if best is None:
        return (name, count, *[NOTHING] * 4)
    figures = (_ratio(best.mean), _ratio(best.std), _number(best.rmse))
    return (name, count, best.candidate.name, *figures)


def _direction(found: HitRate) -> str:
    return "calls none" if found.share is None else found.share.format(".0%")


def _skill(interval: ConfidenceInterval) -> str:
    return interval.format("+.3f")


def _number(value: float | None) -> str:
    return _told(value, ".4g")


def _ratio(value: float | None) -> str:
    return _told(value, ".4f")


def _told(value: Any, digits: str) -> str:
    return NOTHING if value is None or math.isnan(value) else f"{value:{digits}}"
