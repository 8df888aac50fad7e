"""A scene as a ``.rnnstudio`` document that reopens exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import numpy as np
from msgspec import UNSET, Meta, UnsetType

from rnnstudio.core.cells.activation_functions import ACTIVATIONS
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.output import MOST_DENSE, linear, with_outputs
from rnnstudio.core.cells.partial import partial_cell
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import MOST, Mark, Scene, Unscaled, trace
from rnnstudio.core.cells.table import Cell, OutputKind, OutputLayer, Variant
from rnnstudio.core.cells.task import TASKS, Task
from rnnstudio.core.cells.variants import varied
from rnnstudio.core.documents.damage import from_stranger, require
from rnnstudio.core.documents.document_file import Document, load, save
from rnnstudio.core.documents.fields import DocumentFields, plain, read_fields
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message

KIND, VERSION = "scene", 2
"""Version 1 said of the prediction only whether it is a number (``linear``)."""
MOST_PLACES = 10_000
"""Values held fixed, or marks."""
_GROUPS = ("parameters", "initial", "last", "given")
_LONGEST_LABEL = 40


class _DenseFields(DocumentFields, frozen=True):
    """A layer that makes the prediction; in files of earlier versions all are dense."""

    units: Annotated[int, Meta(ge=1, le=2 * MOST["n_a"])]
    activation: str
    kind: OutputKind = "dense"
    constant: float | None = None


class _SceneFields(DocumentFields, frozen=True, kw_only=True):
    """A scene without its arrays; ``bug`` is the key of its fault.

    ``task`` is the key of its task. Version 1 has ``linear`` and no ``dense``; files of earlier
    versions have no ``surprise``, ``task``, ``variant`` and ``predictions``, and name no rows.
    """

    cell: str
    linear: bool | UnsetType = UNSET
    dense: Annotated[tuple[_DenseFields, ...], Meta(min_length=1, max_length=MOST_DENSE)] = ()
    variant: Variant = Variant()
    forces: Annotated[tuple[Intervention, ...], Meta(max_length=MOST_PLACES)]
    bug: str | None
    surprise: bool = False
    marks: Annotated[tuple[Mark, ...], Meta(max_length=MOST_PLACES)]
    labels: tuple[str, ...]
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    readings: tuple[Unscaled, ...] = ()
    forecast: Unscaled | None = None
    task: str | None = None
    predictions: tuple[Unscaled, ...] = ()


def save_scene(path: Path, scene: Scene) -> None:
    """Write the scene with its injected fault; raises UserError when it cannot be written."""
    save(path, scene_document(scene))


def scene_document(scene: Scene) -> Document:
    """The scene as a document; raises UserError if it holds more than a file takes."""
    if max(len(scene.interventions), len(scene.marks)) > MOST_PLACES:
        raise UserError(
            "The scene holds more than {most:n} values fixed; free some and save again.",
            most=MOST_PLACES,
        )
    arrays = {"x": scene.x, "da": scene.da}
    for group in _GROUPS:
        arrays |= {f"{group}.{name}": array for name, array in getattr(scene, group).items()}
    fields = _SceneFields(
        cell=scene.cell.name,
        dense=_dense(scene),
        variant=scene.cell.variant,
        forces=scene.interventions,
        bug=None if scene.fault is None else scene.fault.key,
        surprise=scene.surprise,
        marks=scene.marks,
        labels=scene.labels,
        inputs=scene.inputs,
        outputs=scene.outputs,
        readings=scene.readings,
        forecast=scene.forecast,
        predictions=scene.predictions,
        task=None if scene.task is None else scene.task.key,
    )
    doubled = {name: np.asarray(array, dtype=np.float64) for name, array in arrays.items()}
    return Document(KIND, VERSION, plain(fields), doubled)


def _dense(scene: Scene) -> tuple[_DenseFields, ...]:
    """The layers that make the prediction, in order."""
    return tuple(
        _DenseFields(layer.units or scene.sizes.n_y, layer.activation, layer.kind, layer.constant)
        for layer in scene.cell.output_layers
    )


def load_scene(path: Path) -> Scene:
    """The scene in a file, with the fault that was injected in it (``Scene.fault``).

    Raises UserError when the file is not a scene, is damaged, or holds arrays that do not belong
    together.
    """
    scene = scene_from(load(path, KIND, VERSION), path)
    return replace(scene, origin=Message("File: {path}", {"path": path.name}))


def scene_from(document: Document, path: Path) -> Scene:
    """The scene in a document of ``path``; raises UserError if it is inconsistent."""
    with from_stranger(path):
        fields = read_fields(document.content, _SceneFields)
        return _scene(fields, _cell(fields, document.version), document.arrays)


def _scene(fields: _SceneFields, cell: Cell, arrays: Mapping[str, Array]) -> Scene:
    require(
        all(array.dtype == np.float64 for array in arrays.values()), Message("no 64-bit numbers")
    )
    given = _group(arrays, "given")
    require(set(given) == set(cell.outside), Message("other values than the cell reads"))
    x, predicted = arrays["x"], arrays[f"parameters.{cell.output[0]}"]
    scene = Scene(
        cell,
        x,
        _group(arrays, "parameters"),
        _group(arrays, "initial"),
        arrays["da"],
        _group(arrays, "last"),
        interventions=fields.forces,
        fault=None if fields.bug is None else {each.key: each for each in cell.faults}[fields.bug],
        surprise=fields.surprise,
        marks=fields.marks,
        labels=_labels(fields.labels, x.shape[-1]),
        inputs=_labels(fields.inputs, x.shape[0]),
        outputs=_labels(fields.outputs, predicted.shape[0]),
        readings=tuple(map(_reading, fields.readings)),
        forecast=None if fields.forecast is None else _reading(fields.forecast),
        task=None if fields.task is None else _task(fields.task, fields),
        given=given,
        predictions=tuple(map(_reading, fields.predictions)),
    )
    fits = all(
        name in cell.states
        and array.shape == scene.initial["a"].shape
        and bool(np.isfinite(array).all())
        for name, array in scene.last.items()
    )
    require(fits, Message("no message of a state"))
    _require_inside(scene)
    return scene


def _cell(fields: _SceneFields, version: int) -> Cell:
    require(fields.cell in CELLS, Message("no such cell"))
    table = CELLS[fields.cell]
    if version == 1:
        require(fields.linear is not UNSET, Message("{field} is missing", {"field": "linear"}))
        return linear(table) if fields.linear else table
    require(len(fields.dense) > 0, Message("{field} is missing", {"field": "dense"}))
    used = {fields.variant.gate, fields.variant.squash}
    used |= {layer.activation for layer in fields.dense} - {"softmax"}
    require(used <= set(ACTIVATIONS), Message("no such activation"))
    layers = [OutputLayer(f.kind, f.units, f.activation, f.constant) for f in fields.dense]
    cell = with_outputs(varied(fields.cell, fields.variant), layers)
    return partial_cell(cell) if fields.variant.partial else cell


def _require_inside(scene: Scene) -> None:
    """Raise DamageError if a held value or a mark lies outside the scene."""
    first = replace(
        scene,
        x=scene.x[..., :1],
        da=scene.da[..., :1],
        given={name: array[..., :1] for name, array in scene.given.items()},
        interventions=(),
        fault=None,
    )
    with np.errstate(all="ignore"):  # a stranger's numbers; only the shapes matter here
        values = trace(first).backward[0]
    forward = {operation.name for operation in scene.cell.forward}
    known = all(force.name in forward for force in scene.interventions)
    require(known, Message("no value of the cell"))
    forces = [(force.name, force.step, force.row, force.example) for force in scene.interventions]
    marks = [(mark.name, mark.step, mark.row, mark.column) for mark in scene.marks]
    for name, *place in (*forces, *marks):
        sizes = (scene.sizes.T_x, *values[name].shape)
        inside = all(at is None or 0 <= at < size for at, size in zip(place, sizes, strict=True))
        require(inside, Message("a place outside the scene"))


def _group(arrays: Mapping[str, Array], group: str) -> dict[str, Array]:
    start = f"{group}."
    return {name[len(start) :]: a for name, a in arrays.items() if name.startswith(start)}


def _task(key: str, fields: _SceneFields) -> Task:
    """The task, which needs names of the letters that it speaks of."""
    require(key in TASKS, Message("no such task"))
    task = TASKS[key]
    known = set(task.kinds) == set(fields.inputs) and set(fields.labels) <= set(task.kinds)
    require(known and len(fields.labels) > 0 and len(fields.outputs) > 0, Message("no such task"))
    return task


def _reading(reading: Unscaled) -> Unscaled:
    return replace(reading, name=reading.name[:_LONGEST_LABEL])


def _labels(labels: tuple[str, ...], steps: int) -> tuple[str, ...]:
    require(len(labels) in (0, steps), Message("not a label a step"))
    return tuple(label[:_LONGEST_LABEL] for label in labels)
