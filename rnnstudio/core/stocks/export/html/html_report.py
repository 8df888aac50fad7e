"""The report of an evaluated forecast."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from rnnstudio.core.documents.atomic import write_atomically
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import import Reading
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.core.stocks.export.html import charts, facts
from rnnstudio.core.stocks.export.html import summary_tables as figures
from rnnstudio.core.stocks.export.html.line_chart import figure
from rnnstudio.core.stocks.export.html.page import Block, Paragraph, Section, page
from rnnstudio.core.stocks.export.html.spans import spans


def write_report(
    path: Path, evaluation: Evaluation, when: datetime, readings: Sequence[Reading] = ()
) -> None:
    """Write the report to ``path``, whole or not at all; raises UserError when it cannot."""
    write_atomically(path, html_report(evaluation, when, readings))


def html_report(evaluation: Evaluation, when: datetime, readings: Sequence[Reading] = ()) -> str:
    """The whole report as the text of an HTML file, made at ``when``.

    ``readings`` are those of the files that the prices came from, as far as they are known. Long
    series are drawn by the lowest and the highest price of each column of a drawing.
    """
    forecast = evaluation.forecast
    title = Message(
        "Forecast of {target} in {source}, {first} to {last}",
        {
            "target": forecast.spec.target,
            "source": forecast.table.source,
            "first": forecast.dates[0],
            "last": forecast.dates[-1],
        },
    )
    return page(title, _top(evaluation), _sections(evaluation, when, readings))


def _sections(evaluation: Evaluation, when: datetime, readings: Sequence[Reading]) -> list[Section]:
    forecast, summary = evaluation.forecast, evaluation.summary
    closed = [*figures.closed_table(evaluation), figure(charts.closed_chart(evaluation))]
    divided = [*spans(forecast), figure(charts.file_chart(evaluation))]
    settings = facts.settings(forecast.spec, forecast.split.table)
    return [
        Section("test-span", Message("Test span"), _test_span(evaluation)),
        Section(
            "figures",
            Message("Figures"),
            [*figures.summary_table(evaluation), *figures.uncertainty_table(evaluation)],
        ),
        Section("leakage-checks", Message("Leakage checks"), [figures.leakage_table(summary)]),
        Section("days-ahead", Message("Days ahead"), figures.ahead_table(evaluation)),
        Section("by-days-ahead", Message("By days ahead"), _by_days_ahead(evaluation)),
        Section("closed-loop", Message("Closed loop"), closed),
        Section("split", Message("Split"), divided),
        Section("settings", Message("Settings"), [settings]),
        Section("training", Message("Training"), [_training(evaluation)]),
        Section("the-file", Message("The file"), facts.data_quality(forecast, readings)),
        Section("how-it-was-made", Message("How it was made"), [facts.made(forecast, when)]),
    ]


def _top(evaluation: Evaluation) -> list[Block]:
    """The verdict, and a warning if a leakage check failed."""
    verdict = Paragraph(evaluation.summary.sentence, "verdict")
    wrong = [entry.name for entry in evaluation.summary.leakage_checks if not entry.ok]
    if not wrong:
        return [verdict]
    said = Message(
        "✗ Leakage checks failed ({checks}): the figures may be too good.",
        {"checks": ", ".join(wrong)},
    )
    return [verdict, Paragraph(said, "bad")]


def _test_span(evaluation: Evaluation) -> list[Block]:
    drawn = (
        charts.span_chart(evaluation),
        charts.closer_chart(evaluation),
        charts.errors_chart(evaluation),
    )
    return [figure(chart) for chart in drawn if chart is not None]


def _by_days_ahead(evaluation: Evaluation) -> list[Block]:
    found = evaluation.summary
    drawn = [figure(charts.horizons_chart(evaluation))] if len(found.horizons.rmse) > 1 else []
    return [*drawn, *map(Paragraph, found.cautions), figures.horizons_table(evaluation)]


def _training(evaluation: Evaluation) -> Block:
    loss = charts.loss_chart(evaluation)
    return Paragraph(Message("No epoch was trained.")) if loss is None else figure(loss)
