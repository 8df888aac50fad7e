"""What a forecast was made from and how: settings, file, versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime

import numpy as np

from rnnstudio import __version__
from rnnstudio.core.numbers import tidy
from rnnstudio.core.stocks.data.csv_import import Finding, Reading
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.evaluation.forecast import Forecast
from rnnstudio.core.stocks.export.html.markup import Html, element, join, table
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.presets import PRESET_NAMES, PresetName, preset_for

SETTINGS: Mapping[str, str] = {
    "features": "Columns that it sees",
    "target": "Column that it forecasts",
    "quantity": "What it sees and says",
    "window": "Window, days",
    "layers": "LSTM layers",
    "units": "Units in each layer",
    "dropout": "Dropout, share",
    "epochs": "Epochs, at most",
    "batch_size": "Examples in each step",
    "learning_rate": "Learning rate of Adam",
    "validation": "Validation, share of the days before the test span",
    "patience": "Patience, epochs",
    "seed": "Seed",
    "engine": "Engine",
}
MOST_ROWS = 30
"""Rows of a file that are named; the rest are counted."""
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


def settings(spec: ForecastSpec, prices: PriceTable) -> Html:
    """All settings, and what the nearest preset has in their place."""
    name, preset = _nearest(spec, prices)
    rows = []
    for field in fields(ForecastSpec):
        own, usual = _value(getattr(spec, field.name)), _value(getattr(preset, field.name))
        changed = own != usual
        rows.append(
            (
                SETTINGS[field.name],
                element("strong", own) if changed else own,
                element("strong", f"changed, was {usual}") if changed else "the same",
            )
        )
    caption = f"Settings, beside the preset that is nearest: {name}"
    return table(caption, ("Setting", "Value", f"In “{name}”"), rows, kind="words")


def _nearest(spec: ForecastSpec, prices: PriceTable) -> tuple[PresetName, ForecastSpec]:
    """The preset from which the fewest settings differ, with the columns that suit the prices."""
    presets = {name: preset_for(name, prices) for name in PRESET_NAMES}

    def changes(name: PresetName) -> int:
        every = (field.name for field in fields(ForecastSpec))
        return sum(getattr(spec, each) != getattr(presets[name], each) for each in every)

    name = min(PRESET_NAMES, key=changes)
    return name, presets[name]


def _value(value: object) -> str:
    match value:
        case None:
            return "none"
        case tuple():
            return ", ".join(value)
        case float():
            return tidy(value)
    return str(value)


def doctor(forecast: Forecast, readings: Sequence[Reading]) -> Html:
    """What was found in each file, and what was done; and which file nothing is known of."""
    parts: list[Html] = []
    for reading in readings:
        parts.append(element("p", _dialect(reading)))
        if reading.findings:
            parts.append(_findings(reading))
    sources = [reading.table.source for reading in readings]
    whole = " with ".join(sources)
    for source in dict.fromkeys((forecast.split.table.source, forecast.table.source)):
        if source not in (*sources, whole):
            said = (
                f"How {source.removeprefix(f'{whole} with ')} was read is not at hand: the prices "
                "were kept, and what was found in the file was not."
            )
            parts.append(element("p", said))
    return join(parts)


def _dialect(reading: Reading) -> str:
    found, prices = reading.dialect, reading.table
    header = f"columns named in line {found.header}" if found.header else "no line of names"
    return (
        f"{prices.source}: {prices.rows:,} days, columns {', '.join(prices.names)}; "
        f"{found.encoding}, split by {_DELIMITERS[found.delimiter]}, decimal mark "
        f"“{found.decimal}”, dates {found.date_form}, {header}. Findings: "
        f"{len(reading.findings) or 'none'}."
    )


def _findings(reading: Reading) -> Html:
    rows = [(each.kind, _lines(each), each.action) for each in reading.findings]
    caption = f"What was found in {reading.table.source}"
    return table(caption, ("Finding", "Rows of the file", "What was done"), rows, kind="words")


def _lines(finding: Finding) -> str:
    """As in "3, 8, 9 and 41 more"."""
    more = len(finding.rows) - MOST_ROWS
    shown = ", ".join(map(str, finding.rows[:MOST_ROWS])) or "–"
    return f"{shown} and {more:,} more" if more > 0 else shown


def made(forecast: Forecast, when: datetime) -> Html:
    """By what and when."""
    trained = forecast.trained
    epochs = f"{len(trained.model.losses)} of at most {trained.spec.epochs}"
    if not trained.complete:
        epochs += ", then stopped by hand"
    rows = [
        ("Application", f"RNN Studio {__version__}"),
        ("NumPy", np.__version__),
        ("Engine that trained", trained.spec.engine),
        ("Seed", str(trained.spec.seed)),
        ("Epochs", epochs),
        ("Training took", f"{tidy(trained.seconds, 3)} seconds"),
        ("Share of a forecast return that is believed", tidy(trained.shrinkage)),
        ("Report made", when.isoformat(" ", "seconds")),
    ]
    return table("How this was made", ("What", "Which"), rows, kind="words")
