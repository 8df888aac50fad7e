"""Walks and searches as plain data, with every figure; numbers that do not exist are None."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rnnstudio.core.stocks.export.forecast_json import plain, summary_json
from rnnstudio.core.stocks.validation.grid import GridResult
from rnnstudio.core.stocks.validation.multi_ticker import Shares
from rnnstudio.core.stocks.validation.search import SearchTable
from rnnstudio.core.stocks.validation.search_scores import SearchRow
from rnnstudio.core.stocks.validation.walk_forward import Walk, WalkBlock


def grid_json(result: GridResult) -> dict[str, Any]:
    """A share by a preset in an engine, with the whole summary of its test span."""
    case, forecast = result.case, result.forecast
    return {
        "share": case.share,
        "preset": case.preset,
        "engine": case.engine,
        "target": forecast.spec.target,
        "epochs": forecast.spec.epochs,
        "rows_train": forecast.split.rows_train,
        "rows_validation": forecast.split.rows_validation,
        "rows_test": forecast.split.rows_test,
        "seconds": result.seconds,
        "panel": summary_json(result.summary),
    }


def walks_json(shares: Shares[Walk]) -> dict[str, Any]:
    """The walk of every share, the files that were refused, and what they come to."""
    walks = zip(shares.names, shares.parts, strict=True)
    return _shares_json(shares, [{"share": name, **walk_json(walk)} for name, walk in walks])


def searches_json(shares: Shares[SearchTable]) -> dict[str, Any]:
    """The search of every share, the files that were refused, and what they come to."""
    tables = zip(shares.names, shares.parts, strict=True)
    return _shares_json(shares, [{"share": name, **search_json(table)} for name, table in tables])


def _shares_json(shares: Shares[Any], parts: list[dict[str, Any]]) -> dict[str, Any]:
    summary = shares.summary
    return plain(
        {
            "whole": shares.whole,
            "shares": parts,
            "refused": [
                {"file": each.file, "sentence": str(each.sentence)} for each in shares.refused
            ],
            "summary": {**asdict(summary), "sentence": str(summary.sentence)},
        }
    )


def walk_json(walk: Walk) -> dict[str, Any]:
    """One walk as far as it has come: its figures, its blocks and its days."""
    return plain(
        {
            "spec": asdict(walk.spec),
            "every": walk.every,
            "days": len(walk.rows),
            "days_done": walk.days_done,
            "trainings": walk.refits,
            "seconds": sum(each.seconds for each in walk.forecasts),
            "forecasts": {
                each.name: {**asdict(each.errors), "direction": asdict(each.hit_rate)}
                for each in walk.figures
            },
            "ratio": walk.ratio,
            "rmse_close": walk.rmse_close,
            "skill": None if walk.skill is None else asdict(walk.skill),
            "verdict": str(walk.verdict),
            "refused": list(map(str, walk.refused)),
            "blocks": [_block_json(block) for block in walk.blocks],
            "predictions": _days(walk),
        }
    )


def _block_json(block: WalkBlock) -> dict[str, Any]:
    refused = None if block.refused is None else str(block.refused)
    return {**asdict(block), "refused": refused, "ratio": block.ratio}


def _days(walk: Walk) -> list[dict[str, Any]]:
    """Each day of the test span, done or not."""
    parts = (walk.actual, walk.predicted, walk.persistence)
    return [
        {"date": str(day), "actual": actual, "predicted": predicted, "persistence": before}
        for day, actual, predicted, before in zip(
            walk.dates, *(part.tolist() for part in parts), strict=True
        )
    ]


def search_json(table: SearchTable) -> dict[str, Any]:
    """One search as far as it has come: its folds, and a row for every candidate, best first."""
    best = table.best
    return plain(
        {
            "spec": asdict(table.plan.base),
            "settings": table.plan.space.values,
            "gap": table.gap,
            "folds": [
                {
                    "learnt": fold.known,
                    "first": str(fold.table.dates[fold.rows.start]),
                    "last": str(fold.table.dates[-1]),
                }
                for fold in table.spans
            ],
            "candidates": [_row_json(row) for row in table.rows],
            "best": None if best is None else best.candidate.changed,
            "best_spec": None if best is None else asdict(best.candidate.spec),
            "ratio": table.ratio,
            "verdict": str(table.verdict),
        }
    )


def _row_json(row: SearchRow) -> dict[str, Any]:
    return {
        "changed": row.candidate.changed,
        "mean": row.mean,
        "std": row.std,
        "rmse": row.rmse,
        "seconds": row.seconds,
        "scores": [None if score is None else asdict(score) for score in row.scores],
        "failures": list(map(str, row.failures)),
    }
