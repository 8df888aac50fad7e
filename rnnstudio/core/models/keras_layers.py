"""What each layer of a Keras model is: its settings and arrays as a layer that can be computed.

Weights have no unit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import cast

import numpy as np

from rnnstudio.core.cells.scene import MOST
from rnnstudio.core.engine.spec import FloatArray
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.models.keras_building import (
    Building,
    KerasArrays,
    LayerShape,
    first_whole,
    flag,
    layer_words,
    number,
    whole,
)
from rnnstudio.core.models.keras_config import DescribedLayer, DescribedStack
from rnnstudio.core.models.keras_recurrent import CELL_NAMES, bidirectional, of_a_cell, recurrent
from rnnstudio.core.models.opened_layers import (
    OpenedActivation,
    OpenedConvolution,
    OpenedDense,
    OpenedEmbedding,
    OpenedFlatten,
    OpenedIdentity,
    OpenedLayer,
    OpenedMasking,
    OpenedNormalisation,
    OpenedPooling,
    OpenedRepeat,
    OpenedReshape,
    OpenedScale,
    OpenedWindows,
    Pooled,
)
from rnnstudio.core.models.opened_model import OpenedStack, require_filled

_IDENTITIES = (
    "Dropout",
    "SpatialDropout1D",
    "GaussianDropout",
    "GaussianNoise",
    "AlphaDropout",
    "ActivityRegularization",
    "Identity",
)

_LEAST_DEVIATION = 1e-7
"""What Keras' Normalization divides by at least (``keras.config.epsilon``)."""


def built(file: str, stack: DescribedStack, arrays: KerasArrays, *, keras_2: bool) -> OpenedStack:
    """The layers with their weights.

    Raises UserError that names the layer and the setting which is not read, or if there is no
    recurrent layer. Raises LookupError, TypeError, ValueError, AttributeError when the settings are
    not those of Keras.
    """
    if not any(layer.kind in (*CELL_NAMES, "RNN", "Bidirectional") for layer in stack.layers):
        raise UserError(
            "{file} has no recurrent layer; there must be one of {known} to look into.",
            file=file,
            known=", ".join(CELL_NAMES),
        )
    building = Building(file, arrays, keras_2, stack.shape)
    layers = tuple(layer_of(building, each) for each in stack.layers)
    tokens = len(stack.shape) == 1 and any(isinstance(each, OpenedEmbedding) for each in layers)
    one_vector = len(stack.shape) == 1 and not tokens
    return OpenedStack(
        1 if tokens else cast("int", stack.shape[-1]),
        layers,
        stack.shape[0] if building.counts_steps and not one_vector else None,
        one_vector,
    )


def layer_of(building: Building, layer: DescribedLayer) -> OpenedLayer:
    """One layer with its weights; raises as ``built`` does."""
    if layer.kind in _IDENTITIES:
        return OpenedIdentity(layer.name, layer.kind)
    return _BUILDERS[layer.kind](building, layer)


def _time_distributed(building: Building, layer: DescribedLayer) -> OpenedLayer:
    """The same layer at every step, which ours do anyway."""
    building.sequence(layer)
    wrapped = layer.config["layer"]
    kind = str(wrapped["class_name"])
    if kind not in _AT_EVERY_STEP or wrapped.get("registered_name"):
        building.refuse(layer, "layer", kind, ", ".join(_AT_EVERY_STEP))
    return layer_of(building, replace(layer, kind=kind, config=wrapped["config"], inside="layer"))


def _dense(building: Building, layer: DescribedLayer) -> OpenedDense:
    """Dense."""
    n, units = building.features(layer), whole(layer.config["units"])
    require_filled(building.file, layer_words(layer), units, n)
    activation = building.activation(layer, "activation", "linear", softmax=True)
    shapes: list[LayerShape] = [(n, units), (units,)]
    biased = flag(layer.config, "use_bias")
    names = ("kernel", "bias") if biased else ("kernel",)
    found = building.read(layer, names, shapes)
    bias = found[1] if biased else np.zeros(units)
    building.shape = (*building.shape[:-1], units)
    return OpenedDense(layer.name, layer.kind, found[0].T.copy(), bias, activation)


def _activation(building: Building, layer: DescribedLayer) -> OpenedActivation:
    """Activation and the layers that are nothing else."""
    building.features(layer)
    config, constant = layer.config, None
    match layer.kind:
        case "Activation":
            name = building.activation(layer, "activation", "linear", softmax=True)
        case "Softmax":
            name = "softmax"
            if config.get("axis", -1) != -1:
                building.refuse(layer, "axis", config["axis"], "-1")
        case "LeakyReLU":
            slope = config.get("negative_slope", config.get("alpha"))
            name, constant = "leaky_relu", number(slope)
        case "ELU":
            name, constant = "elu", number(config.get("alpha", 1.0))
        case _:
            name, most = "relu", config.get("max_value")
            constant = None if most is None else number(most)
            for setting in ("negative_slope", "threshold"):
                if config.get(setting) not in (None, 0, 0.0):
                    building.refuse(layer, setting, config[setting], "0")
    return OpenedActivation(layer.name, layer.kind, name, constant)


def _layer_normalization(building: Building, layer: DescribedLayer) -> OpenedNormalisation:
    """LayerNormalization."""
    n, config = building.features(layer), layer.config
    _require_last_axis(building, layer)
    if config.get("rms_scaling", False) is not False:
        building.refuse(layer, "rms_scaling", config["rms_scaling"], "False")
    g, b = _factors(building, layer, n)
    return OpenedNormalisation(layer.name, layer.kind, g, b, _epsilon(building, layer))


def _batch_normalization(building: Building, layer: DescribedLayer) -> OpenedScale:
    """BatchNormalization: at inference a factor and an offset for each row."""
    n = building.features(layer)
    _require_last_axis(building, layer)
    more = ("moving_mean", "moving_variance")
    g, b, mean, variance = _factors(building, layer, n, more)
    if variance.min() < 0:
        building.refuse(layer, "moving_variance", variance.min(), Message("0 and above"))
    factor = g / np.sqrt(variance + _epsilon(building, layer))
    return OpenedScale(layer.name, layer.kind, factor, b - mean * factor)


def _epsilon(building: Building, layer: DescribedLayer) -> float:
    """What is added to a variance, so that its root may be divided by."""
    epsilon = number(layer.config["epsilon"])
    if epsilon <= 0:
        building.refuse(layer, "epsilon", epsilon, Message("a number above 0"))
    return epsilon


def _factors(
    building: Building, layer: DescribedLayer, n: int, more: tuple[str, ...] = ()
) -> list[FloatArray]:
    """gamma and beta, one and zero where the layer has none, and the arrays ``more``."""
    scaled = flag(layer.config, "scale")
    centred = flag(layer.config, "center")
    names = (*(("gamma",) if scaled else ()), *(("beta",) if centred else ()), *more)
    found = building.read(layer, names, [(n,)] * len(names)) if names else []
    named = dict(zip(names, found, strict=True))
    usual = {"gamma": np.ones(n), "beta": np.zeros(n)}
    return [{**usual, **named}[name] for name in ("gamma", "beta", *more)]


def _require_last_axis(building: Building, layer: DescribedLayer) -> None:
    axis = layer.config.get("axis", -1)
    axis = axis[0] if isinstance(axis, list) and len(axis) == 1 else axis
    if axis not in (-1, len(building.shape)):
        building.refuse(layer, "axis", axis, "-1")


def _rescaling(building: Building, layer: DescribedLayer) -> OpenedScale:
    """Rescaling."""
    n = building.features(layer)
    scale, offset = (number(layer.config[name]) for name in ("scale", "offset"))
    return OpenedScale(layer.name, layer.kind, np.full(n, scale), np.full(n, offset))


def _normalization(building: Building, layer: DescribedLayer) -> OpenedScale:
    """Normalization: of each input the mean and variance that were found in the data."""
    n, config = building.features(layer), layer.config
    _require_last_axis(building, layer)
    if config.get("invert", False) is not False:
        building.refuse(layer, "invert", config["invert"], "False")
    if config.get("mean") is None:
        mean, variance = building.read(layer, ("mean", "variance"), [(n,)] * 2)
    else:
        said = (np.reshape(config[name], -1).astype(np.float64) for name in ("mean", "variance"))
        mean, variance = (np.broadcast_to(each, (n,)) for each in said)
    factor = 1 / np.maximum(np.sqrt(variance), _LEAST_DEVIATION)
    return OpenedScale(layer.name, layer.kind, factor, -mean * factor)


def _embedding(building: Building, layer: DescribedLayer) -> OpenedEmbedding:
    """Embedding."""
    config = layer.config
    if len(building.shape) != 1 or layer.number != 1:
        building.refuse_input(layer)
    shape = whole(config["input_dim"]), whole(config["output_dim"])
    require_filled(building.file, layer_words(layer), shape[1], shape[0])
    table = building.read(layer, ("embeddings",), [shape])[0]
    building.shape = (building.shape[0], shape[1])
    masks = flag(config, "mask_zero", default=False)
    return OpenedEmbedding(layer.name, layer.kind, table, masks)


def _masking(building: Building, layer: DescribedLayer) -> OpenedMasking:
    """Masking."""
    building.sequence(layer)
    return OpenedMasking(layer.name, layer.kind, number(layer.config["mask_value"]))


def _pooling(building: Building, layer: DescribedLayer) -> OpenedPooling:
    """GlobalAveragePooling1D and GlobalMaxPooling1D."""
    n = building.sequence(layer)
    _require_channels_last(building, layer)
    if layer.config.get("keepdims", False) is not False:
        building.refuse(layer, "keepdims", layer.config["keepdims"], "False")
    building.shape = (n,)
    pooled: Pooled = "max" if "Max" in layer.kind else "mean"
    return OpenedPooling(layer.name, layer.kind, pooled)


def _windows(building: Building, layer: DescribedLayer) -> OpenedWindows:
    """MaxPooling1D and AveragePooling1D."""
    n, config = building.sequence(layer), layer.config
    _require_channels_last(building, layer)
    width, stride = first_whole(config["pool_size"]), first_whole(config["strides"])
    padding = _padding(building, layer, ("valid", "same"))
    _convolve(building, width, stride, padding, n)
    pooled: Pooled = "max" if "Max" in layer.kind else "mean"
    return OpenedWindows(layer.name, layer.kind, pooled, width, stride, padding)


def _convolution(building: Building, layer: DescribedLayer) -> OpenedConvolution:
    """Conv1D."""
    n, config = building.sequence(layer), layer.config
    _require_channels_last(building, layer)
    if config.get("groups", 1) != 1:
        building.refuse(layer, "groups", config["groups"], "1")
    filters, width = whole(config["filters"]), first_whole(config["kernel_size"])
    stride, dilation = first_whole(config["strides"]), first_whole(config.get("dilation_rate", 1))
    padding = _padding(building, layer, ("valid", "same", "causal"))
    require_filled(building.file, layer_words(layer), min(filters, width), n)
    activation = building.activation(layer, "activation", "linear", softmax=True)
    biased = flag(config, "use_bias")
    names = ("kernel", "bias") if biased else ("kernel",)
    shapes: list[LayerShape] = [(width, n, filters), (filters,)]
    found = building.read(layer, names, shapes)
    _convolve(building, dilation * (width - 1) + 1, stride, padding, filters)
    bias = found[1] if biased else np.zeros(filters)
    return OpenedConvolution(
        layer.name, layer.kind, found[0], bias, activation, padding, stride, dilation
    )


def _padding(building: Building, layer: DescribedLayer, known: tuple[str, ...]) -> str:
    padding = str(layer.config["padding"])
    if padding not in known:
        building.refuse(layer, "padding", padding, ", ".join(known))
    return padding


def _require_channels_last(building: Building, layer: DescribedLayer) -> None:
    order = layer.config.get("data_format", "channels_last")
    if order not in (None, "channels_last"):
        building.refuse(layer, "data_format", order, "channels_last")


def _convolve(building: Building, width: int, stride: int, padding: str, rows: int) -> None:
    """The shape after windows of so many steps."""
    if min(width, stride) < 1 or max(width, stride) > 10_000:
        raise ValueError("no window")
    steps = building.shape[0]
    if steps is not None:
        building.counts_steps = True
        steps = -(-(steps if padding != "valid" else steps - width + 1) // stride)
    building.shape = (steps, rows)


def _flatten(building: Building, layer: DescribedLayer) -> OpenedLayer:
    """Flatten."""
    _require_channels_last(building, layer)
    if len(building.shape) == 1:
        return OpenedIdentity(layer.name, layer.kind)
    building.shape = (building.size(layer),)
    return OpenedFlatten(layer.name, layer.kind)


def _reshape(building: Building, layer: DescribedLayer) -> OpenedReshape:
    """Reshape."""
    target = tuple(whole(each) for each in layer.config["target_shape"])
    size, known = building.size(layer), math.prod(each for each in target if each != -1)
    shape = tuple(size // max(known, 1) if each == -1 else each for each in target)
    if len(shape) not in (1, 2) or min(shape) < 1 or math.prod(shape) != size:
        building.refuse(layer, "target_shape", target, Message("a sequence or a vector"))
    if len(shape) == 2 and shape[0] > MOST["T_x"]:
        building.refuse(layer, "target_shape", shape, _few_steps())
    building.shape = shape
    return OpenedReshape(layer.name, layer.kind, shape)


def _repeat(building: Building, layer: DescribedLayer) -> OpenedRepeat:
    """RepeatVector."""
    if len(building.shape) != 1 or building.shape[0] is None:
        building.refuse_input(layer)
    count = whole(layer.config["n"])
    if not 1 <= count <= MOST["T_x"]:
        building.refuse(layer, "n", count, _few_steps())
    building.shape = (count, building.shape[0])
    return OpenedRepeat(layer.name, layer.kind, count)


def _few_steps() -> Message:
    return Message("at most {most} steps", {"most": MOST["T_x"]})


_BUILDERS: Mapping[str, Callable[[Building, DescribedLayer], OpenedLayer]] = {
    **dict.fromkeys(CELL_NAMES, recurrent),
    "RNN": of_a_cell,
    "Bidirectional": bidirectional,
    "TimeDistributed": _time_distributed,
    "Dense": _dense,
    **dict.fromkeys(("Activation", "ReLU", "LeakyReLU", "ELU", "Softmax"), _activation),
    "LayerNormalization": _layer_normalization,
    "BatchNormalization": _batch_normalization,
    "Rescaling": _rescaling,
    "Normalization": _normalization,
    "Embedding": _embedding,
    "Masking": _masking,
    "GlobalAveragePooling1D": _pooling,
    "GlobalMaxPooling1D": _pooling,
    "MaxPooling1D": _windows,
    "AveragePooling1D": _windows,
    "Conv1D": _convolution,
    "Flatten": _flatten,
    "Reshape": _reshape,
    "RepeatVector": _repeat,
}
KNOWN_KINDS = (*_BUILDERS, *_IDENTITIES, "InputLayer")
"""The classes of Keras' layers that are read."""
_AT_EVERY_STEP = (
    "Dense",
    "Activation",
    "ReLU",
    "LeakyReLU",
    "ELU",
    "Softmax",
    "LayerNormalization",
    "BatchNormalization",
    "Dropout",
)
