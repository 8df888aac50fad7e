"""Which layers a PyTorch model has, and in which order: from its own text, or by their names.

A file of weights alone says neither. Where its metadata have the model's own text
(``layers=str(model)``) the layers stand there, in the order in which the model names them; else
that is taken to be the usual one: an embedding, recurrent layers, linear ones. Whatever is open
then is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from rnnstudio.core.errors import UserError

_RECURRENT = re.compile(r"(?:(.*)\.)?weight_hh_l(\d+)")
_MODULE = re.compile(r"( *)\((\S{1,100})\): (\w{1,60})\((.{0,400})\)")
_CONTAINER = re.compile(r"( *)\((\S{1,100})\): (\w{1,60})\(")
_SETTING = re.compile(r"(\w+)=([^,()]+)")
CELL_OF_PARTS = {1: "rnn", 3: "gru", 4: "lstm"}
"""The cell by how many blocks of rows its matrices have."""
KIND_OF_CELL: Mapping[str, str] = {"rnn": "RNN", "gru": "GRU", "lstm": "LSTM"}
"""The class in PyTorch of each cell."""
Shapes = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class TorchModule:
    """A layer as the model names it: where it stands, its class, and its settings as text."""

    path: str
    kind: str
    settings: Mapping[str, str]

    def key(self, name: str) -> str:
        """What a tensor of it is called."""
        return f"{self.path}.{name}" if self.path else name


def modules_of(file: str, shapes: Shapes, metadata: Mapping[str, str]) -> tuple[TorchModule, ...]:
    """The layers to which the tensors of these ``shapes`` belong.

    Raises UserError if there is no recurrent one, or the order is open; ``file`` is named there.
    """
    paths = sorted({found[1] or "" for name in shapes if (found := _RECURRENT.fullmatch(name))})
    if not paths:
        raise UserError(
            "{file} has no recurrent layer; there must be the weights of an nn.RNN, nn.LSTM or "
            "nn.GRU to look into.",
            file=file,
        )
    said = _said_modules(metadata["layers"]) if "layers" in metadata else ()
    return said or _usual_modules(file, shapes, paths)


def _said_modules(text: str) -> tuple[TorchModule, ...]:
    """The layers in the text that PyTorch prints of a model, in their order."""
    modules: list[TorchModule] = []
    containers: list[str] = []
    for line in text.splitlines()[:1000]:
        leaf, container = _MODULE.fullmatch(line), _CONTAINER.fullmatch(line)
        found = leaf or container
        if found is None:
            continue
        del containers[max(len(found[1]) // 2 - 1, 0) :]
        path = ".".join((*containers, found[2]))
        if leaf is None:
            containers.append(found[2])
        else:
            modules.append(TorchModule(path, leaf[3], dict(_SETTING.findall(leaf[4]))))
    if not modules and (bare := re.fullmatch(r"(RNN|LSTM|GRU)\((.{0,400})\)", text.strip())):
        modules.append(TorchModule("", bare[1], dict(_SETTING.findall(bare[2]))))
    return tuple(modules)


def _usual_modules(file: str, shapes: Shapes, paths: Sequence[str]) -> tuple[TorchModule, ...]:
    """The layers by the tensors' names alone: recurrent ones, then linear ones, by their names."""
    recurrent = [
        TorchModule(path, class_of(file, shapes, path), {}) for path in sorted(paths, key=_natural)
    ]
    matrices = [
        name.removesuffix(".weight")
        for name, shape in shapes.items()
        if name.endswith(".weight") and len(shape) == 2
    ]
    matrices.sort(key=_natural)
    embedded = [path for path in matrices if "emb" in path.lower() and f"{path}.bias" not in shapes]
    linear = [path for path in matrices if path not in embedded]
    words = {re.sub(r"\d{1,9}$", "", path) for path in paths}
    if len(embedded) > 1 or len(words) > 1:
        refuse_order(file, (embedded[1:] or list(paths))[-1])
    return (
        *(TorchModule(path, "Embedding", {}) for path in embedded),
        *recurrent,
        *(TorchModule(path, "Linear", {}) for path in linear),
    )


def _natural(path: str) -> list[tuple[int, str]]:
    """Numbers in a name by their size."""
    parts = re.split(r"(\d{1,9})", path)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def class_of(file: str, shapes: Shapes, path: str) -> str:
    """The class of a recurrent layer by its tensors' shapes; raises UserError if there is none."""
    name = f"{path}.weight_hh_l0" if path else "weight_hh_l0"
    hidden = shapes[name]
    if len(hidden) != 2 or min(hidden) < 1 or hidden[0] // hidden[1] not in CELL_OF_PARTS:
        raise UserError(
            "{file} has the weights {name} of the shape {shape}; those of an nn.RNN, nn.LSTM or "
            "nn.GRU have 1, 4 or 3 times as many rows as columns.",
            file=file,
            name=name[:60],
            shape=hidden,
        )
    return KIND_OF_CELL[CELL_OF_PARTS[hidden[0] // hidden[1]]]


def refuse_order(file: str, name: str) -> NoReturn:
    """Raise UserError: nothing says where the layer of the tensor ``name`` stands."""
    raise UserError(
        "{file} does not say where among its layers {name} stands; save it with the model's text: "
        "save_file(model.state_dict(), FILE, metadata=dict(layers=str(model))).",
        file=file,
        name=name[:60],
    )
