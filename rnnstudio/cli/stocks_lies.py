"""``rnnstudio stocks lies``: what leakage does to a forecast, and which checks find it."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from rnnstudio.cli.console import Commands, print_json, say, watch
from rnnstudio.cli.stocks_options import (
    add_data,
    add_model,
    add_training,
    engine,
    spec_of,
    split_of,
)
from rnnstudio.cli.stocks_read import add_decisions
from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest
from rnnstudio.core.stocks.evaluation.uncertainty import CONFIDENCE
from rnnstudio.core.stocks.evaluation.wording import figure, skill_cell
from rnnstudio.core.stocks.export.forecast_json import summary_json
from rnnstudio.core.stocks.teaching.leak_comparison import (
    WALK,
    CaseResult,
    Comparison,
    LeakCase,
    LeakPlan,
    leak_comparison_job,
)
from rnnstudio.core.stocks.teaching.leaks import LEAKS, Leak
from rnnstudio.core.text_table import text_table
from rnnstudio.core.training import Control

_NEXT_DAY = EvaluationRequest(days=1)
"""Leakage is measured on the open loop alone."""


def add_parser(commands: Commands) -> None:
    """Add ``lies`` to the commands of ``stocks``."""
    parser = commands.add_parser(
        "lies",
        help="show what leakage from the test span does to the figures, and how it is found out",
        description="Train an honest network and, with the same settings and seed, one for each "
        "leak that forecasts on the web often have; print their figures on the same days, and the "
        "leakage checks that fail.",
    )
    add_data(parser)
    add_decisions(parser)
    add_model(parser)
    add_training(parser)
    _add_leaks(parser)
    parser.set_defaults(run=run_lies)


def _add_leaks(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("leaks")
    group.add_argument(
        "--lie",
        dest="leaks",
        metavar="NAME[+NAME...]",
        type=_leaks,
        action="append",
        help=language.text(
            Message(
                "a network with this leak, or with several at once: {leaks} (may be given several "
                "times; default: each of the four alone)",
                {"leaks": ", ".join(LEAKS)},
            )
        ),
    )
    group.add_argument(
        "--walk",
        action="store_true",
        help="also forecast, honestly, a random walk like the share (default: do not)",
    )
    parser.add_argument(
        "--json", action="store_true", help="print every figure as JSON (default: a table)"
    )


def run_lies(args: argparse.Namespace) -> int:
    """Train, evaluate and compare what ``args`` asks for."""
    split = split_of(args)
    spec = spec_of(args, split.table)
    leaks = args.leaks or [frozenset({leak}) for leak in LEAKS]
    cases = (*map(LeakCase, leaks), *[WALK] * args.walk)
    plan = LeakPlan(spec, split, cases, question=_NEXT_DAY)
    with engine(spec.engine) as fit:
        comparison: Comparison = watch(leak_comparison_job(plan, Control(), fit), "training")[0]
    if args.json:
        print_json(_to_json(comparison))
    else:
        say(_table(comparison))
    return 0


def _to_json(comparison: Comparison) -> dict[str, Any]:
    return {
        "spec": asdict(comparison.plan.spec),
        "cases": [
            {
                "name": each.case.name,
                "lies": sorted(each.case.leaks),
                "walk": each.case.walk,
                "source": each.evaluation.forecast.table.source,
                "epochs": len(each.evaluation.forecast.trained.model.losses),
                "clean": each.evaluation.summary.clean,
                "panel": summary_json(each.evaluation.summary),
            }
            for each in comparison.shown
        ],
    }


def _table(comparison: Comparison) -> str:
    """The figures of every case, and its failed leakage checks."""
    spec, honest = comparison.plan.spec, comparison.shown[0].evaluation.forecast
    about = Message(
        "{target} of {source}, {days:n} days, {first} to {last}",
        {
            "target": spec.target,
            "source": honest.table.source,
            "days": len(honest.rows),
            "first": honest.dates[0],
            "last": honest.dates[-1],
        },
    )
    columns = (
        Message("case"),
        "RMSE",
        Message("of yesterday's price"),
        Message("skill (at {share:.0%})", {"share": CONFIDENCE}),
    )
    table = text_table(columns, map(_row, comparison.shown))
    checks = [_checks(each) for each in comparison.shown]
    return "\n\n".join((language.text(about), table, "\n".join(map(language.text, checks))))


def _row(shown: CaseResult) -> tuple[Message | str, ...]:
    summary = shown.evaluation.summary
    errors = summary.network.errors, summary.persistence.errors
    return (shown.case.name, *(figure(each.rmse) for each in errors), skill_cell(summary.skill))


def _checks(shown: CaseResult) -> Message:
    """What the leakage checks of a case find."""
    found = [entry.sentence for entry in shown.evaluation.summary.leakage_checks if not entry.ok]
    sentences = Message.joined(found) if found else Message("no leakage check fails")
    return Message("{case}: {sentences}", {"case": shown.case.name, "sentences": sentences})


def _leaks(text: str) -> frozenset[Leak]:
    leaks = {leak for leak in LEAKS if leak in text.split("+")}
    if len(leaks) < len(text.split("+")):
        raise argparse.ArgumentTypeError(
            language.text(
                Message(
                    "{text!r} is not like scaler or scaler+smooth; leaks: {leaks}",
                    {"text": text, "leaks": ", ".join(LEAKS)},
                )
            )
        )
    return frozenset(leaks)
