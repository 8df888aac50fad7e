"""What a forecast was made from and how: settings, file, versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime

import numpy as np

from rnnstudio import __version__
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import tidy
from rnnstudio.core.stocks.data.csv_import import Finding, Reading
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.evaluation.forecast import Forecast
from rnnstudio.core.stocks.export.html.page import Block, Cell, Marked, Paragraph, TableBlock, Text
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.presets import PRESET_NAMES, PresetName, preset_for

SETTINGS: Mapping[str, Message] = {
    "features": Message("Columns that it sees"),
    "target": Message("Column that it forecasts"),
    "quantity": Message("What it sees and says"),
    "window": Message("Window, days"),
    "cell": Message("Cell"),
    "layers": Message("Recurrent layers"),
    "units": Message("Units in each layer"),
    "dropout": Message("Dropout, share"),
    "epochs": Message("Epochs, at most"),
    "batch_size": Message("Examples in each step"),
    "learning_rate": Message("Learning rate of Adam"),
    "validation": Message("Validation, share of the days before the test span"),
    "patience": Message("Patience, epochs"),
    "seed": Message("Seed"),
    "engine": Message("Engine"),
}
MOST_ROWS = 30
"""Rows of a file that are named; the rest are counted."""


def settings(spec: ForecastSpec, prices: PriceTable) -> TableBlock:
    """All settings, and what the nearest preset has in their place."""
    name, preset = _nearest(spec, prices)
    rows: list[tuple[Cell, ...]] = []
    for field in fields(ForecastSpec):
        own, usual = _value(spec, field.name), _value(preset, field.name)
        if own == usual:
            rows.append((SETTINGS[field.name], own, Message("the same")))
        else:
            change = Message("changed, was {usual}", {"usual": usual})
            rows.append((SETTINGS[field.name], Marked(own, "changed"), Marked(change, "changed")))
    caption = Message("Settings, beside the preset that is nearest: {preset}", {"preset": name})
    header = (Message("Setting"), Message("Value"), Message("In “{preset}”", {"preset": name}))
    return TableBlock(caption, header, rows, "words")


def _nearest(spec: ForecastSpec, prices: PriceTable) -> tuple[PresetName, ForecastSpec]:
    """The preset from which the fewest settings differ, with the columns that suit the prices."""
    presets = {name: preset_for(name, prices) for name in PRESET_NAMES}

    def changes(name: PresetName) -> int:
        every = (field.name for field in fields(ForecastSpec))
        return sum(getattr(spec, each) != getattr(presets[name], each) for each in every)

    name = min(PRESET_NAMES, key=changes)
    return name, presets[name]


def _value(spec: ForecastSpec, name: str) -> Text:
    """The setting ``name`` as a reader has it."""
    if name == "cell":
        return CELLS[spec.cell].label
    match value := getattr(spec, name):
        case None:
            return Message("none")
        case tuple():
            return ", ".join(value)
        case float():
            return tidy(value)
    return str(value)


def data_quality(forecast: Forecast, readings: Sequence[Reading]) -> list[Block]:
    """What was found in each file, and what was done; and which file nothing is known of."""
    parts: list[Block] = []
    for reading in readings:
        parts.append(Paragraph(reading.description))
        if reading.findings:
            parts.append(_findings(reading))
    sources = [reading.table.source for reading in readings]
    whole = " with ".join(sources)
    for source in dict.fromkeys((forecast.split.table.source, forecast.table.source)):
        if source not in (*sources, whole):
            said = Message(
                "How {file} was read is not known any more: the prices were kept, and what was "
                "found in the file was not.",
                {"file": source.removeprefix(f"{whole} with ")},
            )
            parts.append(Paragraph(said))
    return parts


def _findings(reading: Reading) -> TableBlock:
    rows = [(each.kind, _lines(each), each.action) for each in reading.findings]
    caption = Message("What was found in {file}", {"file": reading.table.source})
    header = (Message("Finding"), Message("Rows of the file"), Message("What was done"))
    return TableBlock(caption, header, rows, "words")


def _lines(finding: Finding) -> Text:
    """As in "3, 8, 9 and 41 more"."""
    more = len(finding.rows) - MOST_ROWS
    shown = ", ".join(map(str, finding.rows[:MOST_ROWS])) or "–"
    if more <= 0:
        return shown
    return Message("{shown} and {more:n} more", {"shown": shown, "more": more})


def made(forecast: Forecast, when: datetime) -> TableBlock:
    """By what and when."""
    trained = forecast.trained
    values = {"done": len(trained.model.losses), "most": trained.spec.epochs}
    if trained.complete:
        epochs = Message("{done} of at most {most}", values)
    else:
        epochs = Message("{done} of at most {most}, then stopped by hand", values)
    rows: list[tuple[Text, Text]] = [
        (Message("Application"), Message("RNN Studio {version}", {"version": __version__})),
        ("NumPy", np.__version__),
        (Message("Engine that trained"), trained.spec.engine),
        (Message("Seed"), str(trained.spec.seed)),
        (Message("Epochs"), epochs),
        (
            Message("Training took"),
            Message("{seconds} seconds", {"seconds": tidy(trained.seconds, 3)}),
        ),
        (Message("Share of a forecast return that is believed"), tidy(trained.shrinkage)),
        (Message("Report made"), Message("{when}", {"when": when.replace(microsecond=0)})),
    ]
    header = (Message("What"), Message("Which"))
    return TableBlock(Message("How this was made"), header, rows, "words")
