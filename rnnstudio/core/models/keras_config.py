"""The layers that a Keras model's configuration (JSON) describes, as Keras 2 and 3 write it.

Of the configuration plain words and numbers are read: which layers there are, in which order, and
under which names their arrays are kept. What a layer is, ``keras_layers`` says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from rnnstudio.core.errors import UserError
from rnnstudio.core.models.opened_model import MOST_LAYERS

_WORD_BORDER = re.compile(r"(?<=.)(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])")
"""SimpleRNN is simple_rnn (``keras.src.utils.naming``, ``to_snake_case``)."""
_MODULES = ("keras.layers", "tensorflow.keras.layers", "tf_keras.layers")
_MASKS = ("NotEqual", "Any")
"""What Keras 3 writes into a Functional model where a mask is computed; the layers do it."""

Entry = Mapping[str, Any]
"""One layer's description."""


@dataclass(frozen=True)
class DescribedLayer:
    """A layer as the configuration describes it.

    ``group`` is where Keras 3 keeps its arrays, ``inside`` the name under which a wrapper keeps the
    layer that it wraps.
    """

    number: int
    name: str
    kind: str
    config: Entry
    group: str
    inside: str = ""


@dataclass(frozen=True)
class DescribedStack:
    """Layers one above the other, and the shape (steps, features) that the first one reads."""

    layers: tuple[DescribedLayer, ...]
    shape: tuple[int | None, ...]


def described(file: str, config: Any, known: Collection[str]) -> DescribedStack:
    """The stack that ``config`` describes; ``file`` is named in sentences.

    Raises UserError when it is not a plain stack of Keras' own layers of the ``known`` kinds.
    Raises LookupError, TypeError, ValueError, AttributeError when it is not a configuration of
    Keras.
    """
    kind, entries = config["class_name"], _entries(config["config"])
    if kind not in ("Sequential", "Functional", "Model"):
        raise UserError(
            "{file} holds a model of the class {kind}; only Sequential and a Functional model "
            "without branches are read.",
            file=file,
            kind=str(kind)[:40],
        )
    _require_plain(file, entries, known)
    groups = _groups(entries)
    chain = entries if kind == "Sequential" else _chain(file, config["config"], entries)
    shape = _shape(file, config, chain)
    stack = [entry for entry in chain if entry["class_name"] != "InputLayer"]
    layers = [
        DescribedLayer(
            number,
            _name(entry),
            str(entry["class_name"]),
            entry["config"],
            groups[next(at for at, each in enumerate(entries) if each is entry)],
        )
        for number, entry in enumerate(stack, start=1)
    ]
    return DescribedStack(tuple(layers), shape)


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


def _require_plain(file: str, entries: Sequence[Entry], known: Collection[str]) -> None:
    """Refuse more layers than are read, a stranger's own, other kinds, and quantised ones."""
    if len(entries) > MOST_LAYERS:
        raise UserError(
            "{file} has {count} layers; at most {most} can be read.",
            file=file,
            count=len(entries),
            most=MOST_LAYERS,
        )
    for number, entry in enumerate(entries, start=1):
        if entry["class_name"] in _MASKS:
            continue
        about = {
            "file": file,
            "kind": str(entry["class_name"])[:40],
            "layer": _name(entry)[:40],
            "number": number,
        }
        own = entry.get("module", _MODULES[0]) in _MODULES
        if entry["class_name"] in ("Sequential", "Functional", "Model"):
            raise UserError(
                "{file} has a whole model ({kind} “{layer}”, number {number}) among its layers; "
                "only models in which one layer follows another are read.",
                **about,
            )
        if not own or entry.get("registered_name") or entry["class_name"] == "Lambda":
            raise UserError(
                "{file} has a layer {kind} (“{layer}”, number {number}), which is code of its "
                "author; such code is not run.",
                **about,
            )
        if entry["class_name"] not in known:
            raise UserError(
                "{file} has a layer {kind} (“{layer}”, number {number}), which is not read; "
                "models of recurrent, dense, embedding, normalising and pooling layers are.",
                **about,
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
    entries = [entry for entry in entries if entry["class_name"] not in _MASKS]
    following: dict[str | None, Entry] = {}
    for entry in entries:
        read = list(_histories(_without_masks(entry["inbound_nodes"])))
        if len(read) > 1 or (read[0] if read else None) in following:
            _refuse_branches(file, entry)
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


def _refuse_branches(file: str, entry: Entry) -> NoReturn:
    raise UserError(
        "{file} is no plain stack: at the layer {layer} ({kind}) paths part or meet; only models "
        "in which one layer follows another are read.",
        file=file,
        layer=_name(entry)[:40],
        kind=str(entry["class_name"])[:40],
    )


def _without_masks(value: Any) -> Any:
    """The calls of a layer without the masks that it was given."""
    if isinstance(value, Mapping):
        return {key: _without_masks(inner) for key, inner in value.items() if key != "mask"}
    return [_without_masks(inner) for inner in value] if isinstance(value, list) else value


def _histories(value: Any) -> Iterator[str]:
    """The layers that tensors come from: ``[name, node, tensor]`` in Keras 2, inside more in 3."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _histories(inner)
    elif isinstance(value, list):
        if len(value) in (3, 4) and isinstance(value[0], str) and type(value[1]) is int:
            # Of several tensors of a layer only the first is what it hands on.
            yield value[0] if value[2] == 0 else f"{value[0]}[{value[2]}]"
            value = value[3:]
        for inner in value:
            yield from _histories(inner)


def _shape(file: str, config: Mapping[str, Any], chain: Sequence[Entry]) -> tuple[int | None, ...]:
    """The shape that the first layer reads, without the examples."""
    first = chain[0]
    places = (
        (first["config"], "batch_shape"),
        (first["config"], "batch_input_shape"),
        (first.get("build_config") or {}, "input_shape"),
        (config["config"] if isinstance(config["config"], dict) else {}, "build_input_shape"),
    )
    shape = next((place[key] for place, key in places if place.get(key)), None)
    if shape is None and first["class_name"] == "Embedding":
        return (None,)
    if shape is None:
        raise UserError(
            "{file} does not say how many features a step has; build the model before saving it.",
            file=file,
        )
    lengths = tuple(shape[1:])
    if len(lengths) not in (1, 2) or not all(
        each is None or (type(each) is int and 0 < each < 2**31) for each in lengths
    ):
        raise UserError(
            "{file} reads arrays of the shape {shape}; it must be (examples, steps, features), or "
            "(examples, steps) of tokens.",
            file=file,
            shape=str(shape)[:40],
        )
    return lengths
