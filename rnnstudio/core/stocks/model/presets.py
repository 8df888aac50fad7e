"""Whole settings by name, and the columns that suit a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Literal, get_args

from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec

PresetName = Literal["paper", "paper-four-layers", "sound"]
PRESET_NAMES: tuple[PresetName, ...] = get_args(PresetName)

PRESETS: Mapping[PresetName, ForecastSpec] = MappingProxyType(
    {
        "paper": ForecastSpec(),
        "paper-four-layers": ForecastSpec(layers=4),
        "sound": ForecastSpec(
            features=("Close",),
            target="Close",
            quantity="log return",
            window=20,
            units=16,
            epochs=60,
            validation=0.2,
            patience=8,
        ),
    }
)
"""``paper``: the source document's settings. ``paper-four-layers``: the network that the document's
descends from, four LSTM layers one on top of the other, all else alike. ``sound``: log returns, a
validation span, a stop when it no longer gets better."""

_SOUND_COLUMNS = ("Adj Close", "Close")
"""The columns that "sound" forecasts, the first that is there: an adjusted price has no jump on the
day of a split or a dividend."""


def columns_for(name: PresetName, table: PriceTable) -> tuple[tuple[str, ...], str]:
    """Features and target of the preset where ``table`` has them, else its first price."""
    if name == "sound":
        column = next((each for each in _SOUND_COLUMNS if each in table.names), None)
        return ((column,), column) if column is not None else _first_price(table)
    wanted = PRESETS[name]
    if all(each in table.names for each in wanted.columns):
        return wanted.features, wanted.target
    return _first_price(table)


def with_columns_of(spec: ForecastSpec, table: PriceTable) -> ForecastSpec:
    """The settings on the columns that ``table`` has: its first price where it lacks one."""
    if all(name in table.names for name in spec.columns):
        return spec
    features, target = _first_price(table)
    return replace(spec, features=features, target=target)


def preset_for(name: PresetName, table: PriceTable) -> ForecastSpec:
    """The preset with the columns that suit ``table``."""
    features, target = columns_for(name, table)
    return replace(PRESETS[name], features=features, target=target)


def preset_of(spec: ForecastSpec, table: PriceTable) -> PresetName | None:
    """The preset that the settings are on ``table``, whatever their seed and engine, if one."""
    alike = (
        name
        for name in PRESET_NAMES
        if replace(preset_for(name, table), seed=spec.seed, engine=spec.engine) == spec
    )
    return next(alike, None)


def _first_price(table: PriceTable) -> tuple[tuple[str, ...], str]:
    first = table.price_names[0]
    return (first,), first
