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
    path: Path, examined: Evaluation, when: datetime, readings: Sequence[Reading] = ()
) -> None:
    """Write the report to ``path``, whole or not at all; raises UserError when it cannot."""
    write_atomically(path, html_report(examined, when, readings))


def html_report(examined: Evaluation, when: datetime, readings: Sequence[Reading] = ()) -> str:
    """The whole report as the text of an HTML file, made at ``when``.

    ``readings`` are those of the files that the prices came from, as far as they are at hand. Long
    series are drawn by the lowest and the highest price of each column of a drawing.
    """
    forecast = examined.forecast
    title = Message(
        "Forecast of {target} in {source}, {first} to {last}",
        {
            "target": forecast.spec.target,
            "source": forecast.table.source,
            "first": forecast.dates[0],
            "last": forecast.dates[-1],
        },
    )
    return page(title, _top(examined), _sections(examined, when, readings))


def _sections(examined: Evaluation, when: datetime, readings: Sequence[Reading]) -> list[Section]:
    forecast, panel = examined.forecast, examined.summary
    closed = [*figures.closed_table(examined), figure(charts.closed_chart(examined))]
    divided = [*spans(forecast), figure(charts.file_chart(examined))]
    settings = facts.settings(forecast.spec, forecast.split.table)
    return [
        Section("test-span", Message("Test span"), _test_span(examined)),
        Section(
            "figures",
            Message("Figures"),
            [*figures.summary_table(examined), *figures.uncertainty_table(examined)],
        ),
        Section("leakage-ledger", Message("Leakage ledger"), [figures.leakage_table(panel)]),
        Section("days-ahead", Message("Days ahead"), figures.ahead_table(examined)),
        Section("by-days-ahead", Message("By days ahead"), _by_days_ahead(examined)),
        Section("closed-loop", Message("Closed loop"), closed),
        Section("split", Message("Split"), divided),
        Section("settings", Message("Settings"), [settings]),
        Section("training", Message("Training"), [_training(examined)]),
        Section("the-file", Message("The file"), facts.doctor(forecast, readings)),
        Section("how-it-was-made", Message("How it was made"), [facts.made(forecast, when)]),
    ]


def _top(examined: Evaluation) -> list[Block]:
    """The verdict, and a warning where the ledger is not clean."""
    verdict = Paragraph(examined.summary.sentence, "verdict")
    wrong = [entry.name for entry in examined.summary.leakage_checks if not entry.ok]
    if not wrong:
        return [verdict]
    said = Message(
        "✗ The leakage ledger is not clean ({checks}): the figures may be too good.",
        {"checks": ", ".join(wrong)},
    )
    return [verdict, Paragraph(said, "bad")]


def _test_span(examined: Evaluation) -> list[Block]:
    drawn = (
        charts.span_chart(examined),
        charts.closer_chart(examined),
        charts.errors_chart(examined),
    )
    return [figure(chart) for chart in drawn if chart is not None]


def _by_days_ahead(examined: Evaluation) -> list[Block]:
    found = examined.summary
    drawn = [figure(charts.horizons_chart(examined))] if len(found.horizons.rmse) > 1 else []
    return [*drawn, *map(Paragraph, found.cautions), figures.horizons_table(examined)]


def _training(examined: Evaluation) -> Block:
    loss = charts.loss_chart(examined)
    return Paragraph(Message("No epoch was trained.")) if loss is None else figure(loss)
