"""The layers that a Keras model's configuration (JSON) describes, as Keras 2 and 3 write it.

Of the configuration plain words and numbers are read; a layer that is not one of ours ends the
reading, with a sentence that names it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rnnstudio.core.engine.kinds import KINDS
from rnnstudio.core.engine.spec import (
    ACTIVATIONS,
    CellName,
    Dense,
    Dropout,
    Layer,
    LossName,
    ModelSpec,
    Recurrent,
)
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.models.opened_model import require_small

MOST_LAYERS = 20
_CELLS: Mapping[str, CellName] = {kind.keras: name for name, kind in KINDS.items() if kind.keras}
_KNOWN = (*_CELLS, "Dense", "Dropout", "InputLayer")
_PLAIN: Mapping[str, Any] = {
    "activation": "tanh",
    "recurrent_activation": "sigmoid",
    "use_bias": True,
    "go_backwards": False,
    "return_state": False,
    "reset_after": True,
    "time_major": False,
}
"""What a recurrent layer's settings must be, where it has them."""
_WORD_BORDER = re.compile(r"(?<=.)(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])")
"""SimpleRNN is simple_rnn (``keras.src.utils.naming``, ``to_snake_case``)."""
_MODULES = ("keras.layers", "tensorflow.keras.layers", "tf_keras.layers")

Entry = Mapping[str, Any]
"""One layer's description."""


@dataclass(frozen=True)
class Described:
    """A stack as its configuration describes it.

    For each layer of ``spec``, ``names`` has what it is called and ``groups`` the name under which
    Keras 3 keeps its arrays.
    """

    spec: ModelSpec
    names: tuple[str, ...]
    groups: tuple[str, ...]


def described(file: str, config: Any) -> Described:
    """The stack that ``config`` describes; ``file`` is named in sentences.

    Raises UserError when it is not a plain stack of layers and settings that are read, or too large
    to look at. Raises LookupError, TypeError, ValueError, AttributeError when it is not a
    configuration of Keras.
    """
    kind, entries = config["class_name"], _entries(config["config"])
    if kind not in ("Sequential", "Functional", "Model"):
        raise UserError(
            "{file} holds a model of the class {kind}; only Sequential and a Functional model "
            "without branches are read.",
            file=file,
            kind=str(kind)[:40],
        )
    _require_known(file, entries)
    chain = entries if kind == "Sequential" else _chain(file, config["config"], entries)
    n_x = _features(file, config, chain)
    stack = [entry for entry in chain if entry["class_name"] != "InputLayer"]
    layers = [_layer(file, number, entry) for number, entry in enumerate(stack, start=1)]
    loss: LossName = "mean_squared_error"
    if layers and isinstance(layers[-1], Dense) and layers[-1].activation == "softmax":
        layers[-1], loss = Dense(layers[-1].units), "softmax_cross_entropy"
    if not any(isinstance(layer, Recurrent) for layer in layers):
        raise UserError(
            "{file} has no recurrent layer; there must be one of {known} to look into.",
            file=file,
            known=", ".join(_CELLS),
        )
    _require_small(file, n_x, layers, stack)
    groups = _groups(entries)
    return Described(
        ModelSpec(n_x, tuple(layers), loss),
        tuple(_name(entry) for entry in stack),
        tuple(groups[entries.index(entry)] for entry in stack),
    )


def _entries(config: Any) -> list[Entry]:
    # Keras before 2.2.3 writes the list of a Sequential's layers in the place of its configuration.
    return list(config if isinstance(config, list) else config["layers"])


def _groups(entries: Sequence[Entry]) -> list[str]:
    """Each layer's kind in small letters, numbered from the second of its kind.

    (``keras.src.saving.saving_lib``, ``_save_container_state``.)
    """
    seen: Counter[str] = Counter()
    groups = []
    for entry in entries:
        word = _WORD_BORDER.sub("_", entry["class_name"]).lower()
        groups.append(f"{word}_{seen[word]}" if seen[word] else word)
        seen[word] += 1
    return groups


def _name(entry: Entry) -> str:
    return str(entry["config"].get("name", ""))


def _require_known(file: str, entries: Sequence[Entry]) -> None:
    if len(entries) > MOST_LAYERS:
        raise UserError(
            "{file} has {count} layers; at most {most} can be read.",
            file=file,
            count=len(entries),
            most=MOST_LAYERS,
        )
    for number, entry in enumerate(entries, start=1):
        foreign = entry["class_name"] not in _KNOWN or entry.get("registered_name") is not None
        if foreign or entry.get("module", _MODULES[0]) not in _MODULES:
            raise UserError(
                "{file} has a layer {kind} (number {number}), which is not read; read are "
                "{known}, Dense and Dropout of Keras.",
                file=file,
                known=", ".join(_CELLS),
                kind=str(entry["class_name"])[:40],
                number=number,
            )
        _require_plain_numbers(file, number, entry)


def _require_plain_numbers(file: str, number: int, entry: Entry) -> None:
    policy = entry["config"].get("dtype")
    said = policy["config"] if isinstance(policy, Mapping) else {"name": policy}
    name = said.get("mode") or said.get("name")
    quantised = isinstance(policy, Mapping) and "Quantized" in str(policy.get("class_name"))
    if quantised or entry["config"].get("quantization_config") is not None:
        raise UserError(
            "{file} has layer {number} ({kind}) quantised to {type}; save the model before "
            "quantising it.",
            file=file,
            number=number,
            kind=entry["class_name"],
            type=str(name)[:40],
        )


def _chain(file: str, config: Mapping[str, Any], entries: Sequence[Entry]) -> list[Entry]:
    """The layers of a functional model in their order; each must read the one before it only."""
    following: dict[str | None, Entry] = {}
    for entry in entries:
        read = list(_histories(entry["inbound_nodes"]))
        if len(read) > 1 or (read[0] if read else None) in following:
            raise UserError(
                "{file} is no plain stack: at the layer {layer} paths part or meet; only models in "
                "which one layer follows another are read.",
                file=file,
                layer=_name(entry)[:40],
            )
        following[read[0] if read else None] = entry
    chain: list[Entry] = []
    name: str | None = None
    while name in following and len(chain) < len(entries):
        chain.append(following[name])
        name = _name(chain[-1])
    outputs = list(_histories(config["output_layers"]))
    if len(chain) != len(entries) or outputs != [name]:
        raise UserError(
            "{file} is no plain stack: it has an output that is not its last layer's; only models "
            "in which one layer follows another are read.",
            file=file,
        )
    return chain


def _histories(value: Any) -> Iterator[str]:
    """The layers that tensors come from: ``[name, node, tensor]`` in Keras 2, inside more in 3."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _histories(inner)
    elif isinstance(value, list):
        if len(value) in (3, 4) and isinstance(value[0], str) and type(value[1]) is int:
            yield value[0]
            value = value[3:]
        for inner in value:
            yield from _histories(inner)


def _features(file: str, config: Mapping[str, Any], chain: Sequence[Entry]) -> int:
    """The last length of the shape that the first layer reads."""
    first = chain[0]
    places = (
        (first["config"], "batch_shape"),
        (first["config"], "batch_input_shape"),
        (first.get("build_config") or {}, "input_shape"),
        (config["config"] if isinstance(config["config"], dict) else {}, "build_input_shape"),
    )
    shape = next((place[key] for place, key in places if place.get(key)), None)
    if shape is None:
        raise UserError(
            "{file} does not say how many features a step has; build the model before saving it.",
            file=file,
        )
    if len(shape) != 3 or type(shape[-1]) is not int:
        raise UserError(
            "{file} reads arrays of the shape {shape}; it must be (examples, steps, features) with "
            "a fixed number of features.",
            file=file,
            shape=str(shape)[:40],
        )
    return _whole(shape[-1])


def _layer(file: str, number: int, entry: Entry) -> Layer:
    kind, config = entry["class_name"], entry["config"]
    if kind == "Dropout":
        return Dropout(float(config["rate"]))
    if kind == "Dense":
        if config["activation"] not in ACTIVATIONS:
            _refuse(file, number, kind, "activation", config["activation"], ", ".join(ACTIVATIONS))
        if config["use_bias"] is not True:
            _refuse(file, number, kind, "use_bias", config["use_bias"], "True")
        return Dense(_whole(config["units"]), config["activation"])
    if kind == "GRU" and "reset_after" not in config:
        _refuse(file, number, kind, "reset_after", "not set", "True")
    for setting, value in _PLAIN.items():
        if setting in config and config[setting] != value:
            _refuse(file, number, kind, setting, config[setting], str(value))
    every_step = config["return_sequences"] is True
    return Recurrent(_CELLS[kind], _whole(config["units"]), every_step)


def _refuse(file: str, number: int, kind: str, setting: str, found: Any, read: str) -> None:
    raise UserError(
        "{file} has a {kind} (layer {number}) with {setting}={found}; read is {read}.",
        file=file,
        kind=kind,
        number=number,
        setting=setting,
        found=str(found)[:40],
        read=read,
    )


def _whole(value: Any) -> int:
    if type(value) is not int or abs(value) >= 2**63:
        raise ValueError("no whole number")
    return value


def _require_small(file: str, n_x: int, layers: Sequence[Layer], stack: Sequence[Entry]) -> None:
    for number, (layer, entry) in enumerate(zip(layers, stack, strict=True), start=1):
        if not isinstance(layer, Dropout):
            kind = {"kind": entry["class_name"], "number": number}
            require_small(file, Message("{kind} (layer {number})", kind), layer.units, n_x)
            n_x = layer.units
