"""A scene as a ``.rnnstudio`` document that reopens exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.output import MOST_DENSE, activations_of, linear, with_dense
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import MOST, Mark, Scene, Unscaled, trace
from rnnstudio.core.cells.table import Cell, Fault
from rnnstudio.core.documents.document_file import Document, load, save
from rnnstudio.core.engine.spec import ACTIVATIONS
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message

KIND, VERSION = "scene", 2
"""Version 1 said of the prediction only whether it is a number (``linear``)."""
MOST_PLACES = 10_000
"""Values held fixed, or marks."""
_GROUPS = ("parameters", "initial", "last")
_DAMAGE = (LookupError, TypeError, ValueError, AttributeError)
"""What reading raises when the content's names, lists and numbers are not what they should be."""


def save_scene(path: Path, scene: Scene) -> None:
    """Write the scene with its planted fault; raises UserError when it cannot be written."""
    save(path, scene_document(scene))


def scene_document(scene: Scene) -> Document:
    """The scene as a document; raises UserError if it holds more than a file takes."""
    try:
        _require_few(scene.interventions, scene.marks)
    except ValueError as error:
        raise UserError(
            "The scene holds more than {most:n} values fixed; free some and save again.",
            most=MOST_PLACES,
        ) from error
    arrays = {"x": scene.x, "da": scene.da}
    for group in _GROUPS:
        arrays |= {f"{group}.{name}": array for name, array in getattr(scene, group).items()}
    content = {
        "cell": scene.cell.name,
        "dense": _dense(scene),
        "forces": [asdict(force) for force in scene.interventions],
        "bug": None if scene.fault is None else scene.fault.key,
        "surprise": scene.surprise,
        "marks": [asdict(mark) for mark in scene.marks],
        "labels": list(scene.labels),
        "inputs": list(scene.inputs),
        "outputs": list(scene.outputs),
        "readings": [asdict(reading) for reading in scene.readings],
        "forecast": None if scene.forecast is None else asdict(scene.forecast),
    }
    doubled = {name: np.asarray(array, dtype=np.float64) for name, array in arrays.items()}
    return Document(KIND, VERSION, content, doubled)


def _require_few(*places: Sequence[Any]) -> None:
    if max(map(len, places)) > MOST_PLACES:
        raise ValueError("too many places")


def _dense(scene: Scene) -> list[dict[str, Any]]:
    """The dense layers that make the prediction, in order."""
    weights = [scene.parameters[operation.inputs[0]] for operation in scene.cell.prediction]
    return [
        {"units": len(W), "activation": activation}
        for W, activation in zip(weights, activations_of(scene.cell), strict=True)
    ]


def load_scene(path: Path) -> Scene:
    """The scene in a file, with the fault that was planted in it (``Scene.fault``).

    Raises
    ------
    UserError
        When the file is not a scene, is damaged, or holds arrays that do not belong together.
    """
    scene = scene_from(load(path, KIND, VERSION), path)
    return replace(scene, origin=Message("File: {path}", {"path": path.name}))


def scene_from(document: Document, path: Path) -> Scene:
    """The scene in a document of ``path``; raises UserError if it is inconsistent."""
    try:
        _require_few(document.content["forces"], document.content["marks"])
        return _scene(document)
    except _DAMAGE as error:
        raise UserError("{path} is damaged; choose another file.", path=path.name) from error


def _scene(document: Document) -> Scene:
    content, arrays = document.content, document.arrays
    cell = _cell(content, document.version)
    if any(array.dtype != np.float64 for array in arrays.values()):
        raise ValueError("no float64")
    scene = Scene(
        cell,
        arrays["x"],
        _group(arrays, "parameters"),
        _group(arrays, "initial"),
        arrays["da"],
        _group(arrays, "last"),
        interventions=tuple(_force(cell, entry) for entry in content["forces"]),
        fault=_bug(cell, content["bug"]),
        # Files of earlier versions do not say it.
        surprise=content.get("surprise", False) is True,
        marks=tuple(Mark(**_places(entry)) for entry in content["marks"]),
        labels=_labels(content["labels"], arrays["x"].shape[-1]),
        # Files of earlier versions name no rows.
        inputs=_labels(content.get("inputs", []), len(arrays["x"])),
        outputs=_labels(content.get("outputs", []), len(arrays[f"parameters.{cell.output[0]}"])),
        readings=tuple(map(_reading, content.get("readings", []))),
        forecast=None if content.get("forecast") is None else _reading(content["forecast"]),
    )
    if any(name not in cell.states or array.shape != scene.initial["a"].shape
           or not np.isfinite(array).all() for name, array in scene.last.items()):  # fmt: skip
        raise ValueError("no message of a state")
    _require_inside(scene)
    return scene


def _cell(content: Mapping[str, Any], version: int) -> Cell:
    table = CELLS[content["cell"]]
    if version == 1:
        return linear(table) if content["linear"] else table
    layers = content["dense"]
    if not isinstance(layers, list) or not 1 <= len(layers) <= MOST_DENSE:
        raise ValueError("no dense layers")
    for layer in layers:
        units, known = layer["units"], layer["activation"] in ACTIVATIONS
        if type(units) is not int or not 1 <= units <= MOST["n_a"] or not known:
            raise ValueError("no dense layer")
    hidden = [layer["units"] for layer in layers[:-1]]
    return with_dense(table, [layer["activation"] for layer in layers], hidden)


def _require_inside(scene: Scene) -> None:
    """Raise if a held value or a mark lies outside the scene."""
    first = replace(scene, x=scene.x[..., :1], da=scene.da[..., :1], interventions=(), fault=None)
    with np.errstate(all="ignore"):  # a stranger's numbers; only the shapes matter here
        values = trace(first).backward[0]
    interventions = [
        (force.name, force.step, force.row, force.example) for force in scene.interventions
    ]
    marks = [(mark.name, mark.step, mark.row, mark.column) for mark in scene.marks]
    for name, *place in (*interventions, *marks):
        sizes = (scene.sizes.T_x, *values[name].shape)
        if any(at is not None and at >= size for at, size in zip(place, sizes, strict=True)):
            raise ValueError("a place outside the scene")


def _group(arrays: Mapping[str, Array], group: str) -> dict[str, Array]:
    start = f"{group}."
    return {name[len(start) :]: a for name, a in arrays.items() if name.startswith(start)}


def _force(cell: Cell, entry: Mapping[str, Any]) -> Intervention:
    if entry["name"] not in {operation.name for operation in cell.forward}:
        raise ValueError("no value of the cell")
    value = entry["value"]
    if type(value) not in (int, float) or not np.isfinite(value):
        raise ValueError("no number")
    return Intervention(**_places(entry))


def _places(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The entry, its rows, columns and steps being places within the largest scene."""
    for key in ("step", "row", "column", "example"):
        place = entry.get(key)
        if place is not None and (type(place) is not int or not 0 <= place < MOST["T_x"]):
            raise ValueError("no place")
    if type(entry["name"]) is not str:
        raise ValueError("no name")
    return dict(entry)


def _bug(cell: Cell, key: str | None) -> Fault | None:
    return None if key is None else {fault.key: fault for fault in cell.faults}[key]


def _reading(entry: Mapping[str, Any]) -> Unscaled:
    reading = Unscaled(**entry)
    numbers = [reading.offset, reading.factor, *([] if reading.last is None else [reading.last])]
    if any(type(number) not in (int, float) or not np.isfinite(number) for number in numbers):
        raise ValueError("no number")
    if type(reading.name) is not str:
        raise ValueError("no name")
    return replace(reading, name=reading.name[:40])


def _labels(labels: Any, steps: int) -> tuple[str, ...]:
    if not isinstance(labels, list) or not all(type(label) is str for label in labels):
        raise ValueError("no labels")
    if len(labels) not in (0, steps):
        raise ValueError("not a label a step")
    return tuple(label[:40] for label in labels)
