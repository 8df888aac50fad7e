"""The recurrent layers of a Keras model: plain ones, and in both directions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

import numpy as np

from rnnstudio.core.cells.table import Variant
from rnnstudio.core.engine.blocks import separate
from rnnstudio.core.engine.kinds import KINDS
from rnnstudio.core.models.keras_arrays import LEGACY_NAMES
from rnnstudio.core.models.keras_building import Building, LayerShape, flag, layer_words, whole
from rnnstudio.core.models.keras_config import DescribedLayer
from rnnstudio.core.models.opened_layers import Merge, OpenedBidirectional, OpenedCell
from rnnstudio.core.models.opened_model import require_small

CELL_NAMES: Mapping[str, str] = {kind.keras: name for name, kind in KINDS.items() if kind.keras}
"""The cells of the registry by their classes in Keras."""
_MERGES = ("concat", "sum", "mul", "ave")


def recurrent(building: Building, layer: DescribedLayer) -> OpenedCell:
    """SimpleRNN, LSTM, GRU."""
    config, kind = layer.config, KINDS[CELL_NAMES[layer.kind]]
    n, units = building.sequence(layer), whole(config["units"])
    require_small(building.file, layer_words(layer), units, n)
    if config.get("time_major", False) is not False:
        building.refuse(layer, "time_major", config["time_major"], "False")
    width = len(kind.blocks) * units
    before = layer.kind == "GRU" and config.get("reset_after", False) is False
    two = layer.kind == "GRU" and not before
    shapes: list[LayerShape] = [(n, width), (units, width), (2, width) if two else (width,)]
    biased = flag(config, "use_bias")
    names = LEGACY_NAMES if biased else LEGACY_NAMES[:2]
    found = building.read(layer, names, shapes)
    bias = found[2] if biased else np.zeros(cast("tuple[int, ...]", shapes[2]))
    if before:
        bias = np.stack([bias, np.zeros_like(bias)])
    gate = building.activation(layer, "recurrent_activation", "sigmoid")
    variant = Variant(
        "sigmoid" if layer.kind == "SimpleRNN" else gate,
        building.activation(layer, "activation", "tanh"),
        before,
    )
    every_step = config["return_sequences"] is True
    building.shape = (building.shape[0], units) if every_step else (units,)
    weights = separate(kind, (found[0], found[1], bias))
    backwards = flag(config, "go_backwards", default=False)
    zero_masked = flag(config, "zero_output_for_mask", default=False)
    return OpenedCell(
        layer.name,
        layer.kind,
        kind.cell.name,
        units,
        every_step,
        weights,
        variant,
        backwards,
        zero_masked,
    )


def of_a_cell(building: Building, layer: DescribedLayer) -> OpenedCell:
    """RNN around one of the cells."""
    cell = layer.config["cell"]
    kind = str(cell["class_name"]).removesuffix("Cell")
    if kind not in CELL_NAMES or cell.get("registered_name"):
        known = ", ".join(f"{name}Cell" for name in CELL_NAMES)
        building.refuse(layer, "cell", cell["class_name"], known)
    config = {**layer.config, **cell["config"]}
    return recurrent(building, replace(layer, kind=kind, config=config))


def bidirectional(building: Building, layer: DescribedLayer) -> OpenedBidirectional:
    """Two directions; each is a recurrent layer of its own."""
    merge = layer.config["merge_mode"]
    if merge not in _MERGES:
        building.refuse(layer, "merge_mode", merge, ", ".join(_MERGES))
    forward = layer.config["layer"]
    backward = layer.config.get("backward_layer") or forward
    kinds = [str(each["class_name"]) for each in (forward, backward)]
    if not set(kinds) <= set(CELL_NAMES) or forward.get("registered_name"):
        building.refuse(layer, "layer", kinds[0], ", ".join(CELL_NAMES))
    shape = building.shape
    first = recurrent(
        building,
        replace(layer, kind=kinds[0], config=forward["config"], inside="forward_layer"),
    )
    building.shape = shape
    turned = not flag(forward["config"], "go_backwards", default=False)
    config = {**backward["config"], "go_backwards": turned}
    second = recurrent(
        building, replace(layer, kind=kinds[1], config=config, inside="backward_layer")
    )
    if first.every_step is not second.every_step or (
        merge != "concat" and first.units != second.units
    ):
        raise ValueError("directions that do not fit together")
    units = first.units + second.units if merge == "concat" else first.units
    building.shape = (*shape[:-1], units) if first.every_step else (units,)
    return OpenedBidirectional(layer.name, layer.kind, first, second, cast("Merge", merge))
