"""All values of a scene for other programs: a table (CSV) or arrays (``.npz``)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.scene import Scene, Trace
from rnnstudio.core.cells.table import Table, Variant
from rnnstudio.core.cells.typeset import to_latex
from rnnstudio.core.documents.atomic import write_atomically
from rnnstudio.core.documents.csv_text import csv_text
from rnnstudio.core.errors import UserError

SUFFIXES = (".csv", ".npz")


def save_values(path: Path, traced: Trace) -> None:
    """Write every value in the kind that the name's end says; raises UserError when it cannot.

    CSV: one number a line with pass, step, name, row and column, counted from 1, all digits kept.
    ``.npz``: the cell's parameters under their names, so that it opens as a model again, x, and of
    every value the array over all steps (rows, m, T_x) as ``forward.ft``, ``backward.dft``. The
    parameters of a cell that is not the plain one of its name are ``parameters.Wf`` and so on.
    """
    if path.suffix not in SUFFIXES:
        raise UserError("{path} must end in .csv or .npz.", path=path.name)
    content = _table(traced) if path.suffix == ".csv" else _packed(traced)
    write_atomically(path, content)


def save_inputs(path: Path, scene: Scene) -> tuple[str, ...]:
    """Write what a scene is computed from to an ``.npz`` file, and give the arrays' names.

    These are its inputs, parameters and the gradients that reach it, to compute with elsewhere.
    Raises UserError when it cannot be written.
    """
    arrays = {name: scene.array(name) for name in scene.array_names}
    arrays |= {f"d{state}_next": array for state, array in scene.last.items()}
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)  # type: ignore[arg-type]
    write_atomically(path, buffer.getvalue())
    return tuple(arrays)


def formulas(table: Table) -> str:
    """All rows of a table in LaTeX, one below the other in an ``align*``."""
    rows = [to_latex(operation).replace(" = ", " &= ", 1) for operation in table]
    return "\\begin{align*}\n" + " \\\\\n".join(rows) + "\n\\end{align*}\n"


def _values(traced: Trace) -> Iterator[tuple[str, int, str, Array]]:
    """Pass, step, name and array of every value that a step reads from outside or computes."""
    cell = traced.cell
    tables = {"forward": cell.forward, "backward": cell.backward + cell.sums}
    for step in range(len(traced.forward)):
        yield "input", step, "xt", traced.forward[step]["xt"]
        for way, table in tables.items():
            values = traced.values(step, backward=way == "backward")
            for operation in table:
                yield way, step, operation.name, values[operation.name]


def _table(traced: Trace) -> str:
    lines: list[tuple[object, ...]] = [("pass", "step", "name", "row", "column", "value")]
    parameters = [("parameter", None, *item) for item in traced.scene.parameters.items()]
    for way, step, name, array in (*parameters, *_values(traced)):
        for (row, column), value in np.ndenumerate(array):
            place = "" if step is None else step + 1
            lines.append((way, place, name, row + 1, column + 1, repr(float(value))))
    return csv_text(lines)


def _packed(traced: Trace) -> bytes:
    series: dict[str, list[Array]] = {}
    for way, _, name, array in _values(traced):
        series.setdefault(f"{way}.{name}", []).append(array)
    arrays = {name: np.stack(steps, axis=-1) for name, steps in series.items()}
    cell, buffer = traced.cell, io.BytesIO()
    plain = cell.variant == Variant() and not cell.outside
    plain &= all(layer.kind == "dense" for layer in cell.output_layers)
    start = "" if plain else "parameters."
    parameters = {f"{start}{name}": array for name, array in traced.scene.parameters.items()}
    np.savez_compressed(buffer, **parameters, **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()
