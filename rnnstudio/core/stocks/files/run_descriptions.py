"""Settings, and lists of runs, in a few words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.presets import PRESETS, PresetName

MOST_NAMED = 5
"""Names that a sentence lists before it only counts."""


def preset_of(spec: ForecastSpec) -> PresetName | None:
    """The preset that ``spec`` follows in all but its columns, its seed and its engine."""
    for name, preset in PRESETS.items():
        # Not the other way round: a preset of returns takes no column without prices.
        same = replace(
            spec,
            features=preset.features,
            target=preset.target,
            seed=preset.seed,
            engine=preset.engine,
        )
        if same == preset:
            return name
    return None


def in_short(spec: ForecastSpec) -> Message:
    """The preset's name, or what is most likely to have been changed."""
    preset = preset_of(spec)
    if preset is not None:
        return Message("{preset}", {"preset": preset})
    values = {
        "quantity": spec.quantity,
        "window": spec.window,
        "layers": spec.layers,
        "cell": CELLS[spec.cell].label,
    }
    if spec.layers > 1:
        return Message.counted(
            "{quantity}, window {window}, {layers} × {n} {cell} unit",
            "{quantity}, window {window}, {layers} × {n} {cell} units",
            spec.units,
            **values,
        )
    return Message.counted(
        "{quantity}, window {window}, {n} {cell} unit",
        "{quantity}, window {window}, {n} {cell} units",
        spec.units,
        **values,
    )


def share_of(table: PriceTable) -> str:
    """The share as its file names it."""
    return PurePath(table.source).stem


def usual_name(spec: ForecastSpec, table: PriceTable) -> str:
    """As in "IBM sound, seed 1"; the quantity stands where settings follow no preset."""
    return f"{share_of(table)} {preset_of(spec) or spec.quantity}, seed {spec.seed}"


def listed(names: Sequence[str]) -> Message:
    """As in "“A”, “B” and 3 more"."""
    values = {"names": ", ".join(f"“{name}”" for name in names[:MOST_NAMED])}
    if len(names) <= MOST_NAMED:
        return Message("{names}", values)
    return Message("{names} and {more} more", {**values, "more": len(names) - MOST_NAMED})
