"""Walks and searches as tables in Markdown, which are plain text as well."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import DayText, NumberText
from rnnstudio.core.stocks.evaluation.summary import Figures
from rnnstudio.core.stocks.evaluation.wording import (
    NONE,
    figure,
    hit_rate_cell,
    percentage,
    skill_cell,
)
from rnnstudio.core.stocks.validation.multi_ticker import Shares
from rnnstudio.core.stocks.validation.search import SearchTable
from rnnstudio.core.stocks.validation.search_scores import SearchRow, sorted_by
from rnnstudio.core.stocks.validation.search_space import format_value
from rnnstudio.core.stocks.validation.walk_forward import Walk, WalkBlock
from rnnstudio.core.text_table import text_table


def walk_text(walk: Walk) -> str:
    """The blocks of a walk, its figures beside those of the baselines, and its verdict."""
    blocks = text_table(
        (
            Message("first day"),
            Message("last day"),
            Message("days"),
            Message("epochs"),
            "RMSE",
            Message("of yesterday's price"),
            Message("ratio"),
        ),
        map(_block, walk.blocks),
    )
    verdict = language.text(walk.verdict)
    if walk.skill is None:
        return f"{blocks}\n\n{verdict}"
    skill = language.text(Message("Skill {skill}.", {"skill": skill_cell(walk.skill)}))
    refused = map(language.text, walk.refused)
    return "\n\n".join((blocks, errors_table(walk.figures), "\n".join((skill, *refused, verdict))))


def errors_table(rows: Iterable[Figures]) -> str:
    """The errors of a network beside those of the forecasts without one, a line each."""
    return text_table(
        (Message("forecast"), "RMSE", "MAE", "MAPE", "MASE", Message("direction")),
        (
            (
                row.name,
                figure(row.errors.rmse),
                figure(row.errors.mae),
                percentage(row.errors.mape),
                figure(row.errors.mase),
                hit_rate_cell(row.hit_rate),
            )
            for row in rows
        ),
    )


def walks_text(shares: Shares[Walk]) -> str:
    """A line for every share, and what they come to."""
    pairs = list(zip(shares.names, shares.parts, strict=True))
    table = text_table(
        (
            Message("share"),
            Message("days"),
            Message("trainings"),
            "RMSE",
            Message("of yesterday's price"),
            Message("ratio"),
            Message("skill"),
        ),
        (_walk(name, walk) for name, walk in pairs),
    )
    verdicts = [f"{name}: {language.text(walk.verdict)}" for name, walk in pairs]
    return "\n\n".join((table, "\n".join(verdicts), language.text(shares.summary.sentence)))


def search_text(table: SearchTable, column: str = "mean") -> str:
    """A line for every candidate, by that column, and what the best one shows."""
    lines = text_table(table.columns, map(_candidate, sorted_by(table.rows, column)))
    failures = [
        f"{row.candidate.name}: {language.text(sentence)}"
        for row in table.rows
        for sentence in row.failures
    ]
    about = Message(
        "mean, std and folds: RMSE over that of yesterday's price; rmse: in prices; a gap of "
        "{gap} days.",
        {"gap": table.gap},
    )
    sentences = (language.text(about), *failures, language.text(table.verdict))
    return "\n\n".join((lines, "\n".join(sentences)))


def searches_text(shares: Shares[SearchTable]) -> str:
    """The best candidate of every share, and what they come to."""
    pairs = list(zip(shares.names, shares.parts, strict=True))
    table = text_table(
        (
            Message("share"),
            Message("best of"),
            Message("best candidate"),
            Message("mean"),
            "std",
            "rmse",
        ),
        (_best(name, part) for name, part in pairs),
    )
    verdicts = [f"{name}: {language.text(part.verdict)}" for name, part in pairs]
    caution = Message(
        "Of the best on the days they were chosen on: {summary}",
        {"summary": shares.summary.sentence},
    )
    return "\n\n".join((table, "\n".join(verdicts), language.text(caution)))


def _block(block: WalkBlock) -> tuple[str, ...]:
    return (
        DayText(block.first),
        DayText(block.last),
        str(block.days),
        NONE if block.epochs is None else str(block.epochs),
        _number(block.rmse),
        _number(block.rmse_persistence),
        _ratio(block.ratio),
    )


def _walk(name: str, walk: Walk) -> tuple[Message | str, ...]:
    own, flat = (walk.figures[place].errors.rmse if walk.figures else None for place in (0, 1))
    days = str(len(walk.rows))
    done = Message("{done} of {days}", {"done": walk.days_done, "days": days})
    skill = NONE if walk.skill is None else skill_cell(walk.skill)
    ratio = _ratio(walk.ratio)
    return (
        name,
        days if walk.whole else done,
        str(walk.refits),
        _number(own),
        _number(flat),
        ratio,
        skill,
    )


def _candidate(row: SearchRow) -> tuple[str, ...]:
    ratios = (None if score is None else score.ratio for score in row.scores)
    return (
        *map(format_value, row.candidate.changed.values()),
        _ratio(row.mean),
        _ratio(row.std),
        _number(row.rmse),
        *map(_ratio, ratios),
        NumberText(f"{row.seconds:.1f}"),
    )


def _best(name: str, table: SearchTable) -> tuple[str, ...]:
    count, best = str(len(table.candidates)), table.best
    if best is None:
        return (name, count, *[NONE] * 4)
    figures = (_ratio(best.mean), _ratio(best.std), _number(best.rmse))
    return (name, count, best.candidate.name, *figures)


def _number(value: float | None) -> str:
    return _figure(value, ".4g")


def _ratio(value: float | None) -> str:
    return _figure(value, ".4f")


def _figure(value: Any, digits: str) -> str:
    return NONE if value is None or math.isnan(value) else NumberText(f"{value:{digits}}")
