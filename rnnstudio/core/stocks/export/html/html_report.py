"""The report of an evaluated forecast."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from rnnstudio.core.documents.atomic import write_atomically
from rnnstudio.core.stocks.data.csv_import import Reading
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.core.stocks.export.html import charts, facts
from rnnstudio.core.stocks.export.html import summary_tables as figures
from rnnstudio.core.stocks.export.html.line_chart import figure
from rnnstudio.core.stocks.export.html.markup import Html, element, join, paragraphs
from rnnstudio.core.stocks.export.html.page_frame import page
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
    dates = forecast.dates
    what = f"{forecast.spec.target} in {forecast.table.source}"
    loss = charts.loss_chart(examined)
    sections = {
        "Test span": _test_span(examined),
        "Figures": join([figures.summary_table(examined), figures.uncertainty_table(examined)]),
        "Leakage ledger": figures.leakage_table(examined.summary),
        "Days ahead": figures.ahead_table(examined),
        "By days ahead": _by_days_ahead(examined),
        "Closed loop": join(
            [figures.closed_table(examined), figure(charts.closed_chart(examined))]
        ),
        "Split": join([spans(forecast), figure(charts.file_chart(examined))]),
        "Settings": facts.settings(forecast.spec, forecast.split.table),
        "Training": element("p", "No epoch was trained.") if loss is None else figure(loss),
        "The file": facts.doctor(forecast, readings),
        "How it was made": facts.made(forecast, when),
    }
    title = ("Forecast of", f"{what},", f"{dates[0]} to", str(dates[-1]))
    return page(title, _top(examined), sections)


def _top(examined: Evaluation) -> Html:
    """The verdict, and a warning where the ledger is not clean."""
    verdict = element("p", examined.summary.sentence, class_="verdict")
    wrong = [entry.name for entry in examined.summary.leakage_checks if not entry.ok]
    if not wrong:
        return verdict
    said = f"✗ The leakage ledger is not clean ({', '.join(wrong)}): the figures may be too good."
    return join([verdict, element("p", said, class_="bad")])


def _test_span(examined: Evaluation) -> Html:
    closer = charts.closer_chart(examined)
    drawn = [charts.span_chart(examined), *([] if closer is None else [closer])]
    return join(map(figure, [*drawn, charts.errors_chart(examined)]))


def _by_days_ahead(examined: Evaluation) -> Html:
    drawn = (
        [figure(charts.horizons_chart(examined))] if len(examined.summary.horizons.rmse) > 1 else []
    )
    said = paragraphs(map(str, examined.summary.cautions))
    return join([*drawn, said, figures.horizons_table(examined)])
