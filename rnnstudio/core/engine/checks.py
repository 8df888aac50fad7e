"""Data that cannot be trained on is refused here, before the first step, with its place.

``x`` is of any dtype of numbers and has no unit; lengths are of any int dtype, in steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from rnnstudio.core.engine.spec import Examples, ModelSpec
from rnnstudio.core.engine.steps import counted_steps
from rnnstudio.core.errors import UserError

ROWS = 4096
"""Examples looked at together, so that a view over a large table is never copied whole."""


def check_inputs(spec: ModelSpec, x: npt.NDArray[Any], lengths: npt.NDArray[Any] | None) -> None:
    """Raise UserError unless ``x`` (examples, steps, features) and ``lengths`` suit the model."""
    if x.ndim != 3 or x.shape[2] != spec.n_x:
        raise UserError(
            "The data has the shape {shape}; it must be (examples, steps, {n_x} features).",
            shape=x.shape,
            n_x=spec.n_x,
        )
    if len(x) == 0:
        raise UserError("There are no examples; give at least one.")
    if x.shape[1] == 0:
        raise UserError("The sequences have no steps; each must have at least one.")
    if lengths is not None:
        _check_lengths(lengths, len(x), x.shape[1])
    for start, rows in _rows(x):
        found = _not_finite(rows, lengths, start)
        if found is not None:
            (example, step, feature), value = found
            raise UserError(
                "The input of example {example}, step {step}, feature {feature} (counted from 0) "
                "is {value}; it must be a finite number.",
                example=example,
                step=step,
                feature=feature,
                value=value,
            )


def check_examples(spec: ModelSpec, examples: Examples) -> None:
    """Raise UserError unless ``examples`` can be trained on by the model."""
    x, y, lengths = examples.x, examples.y, examples.lengths
    check_inputs(spec, x, lengths)
    expected: tuple[int, ...] = (len(x), x.shape[1]) if spec.every_step else (len(x),)
    if spec.loss == "mean_squared_error":
        expected = (*expected, spec.n_y)
    if y.shape != expected:
        raise UserError(
            "The targets have the shape {shape}; for this model it is {expected}.",
            shape=y.shape,
            expected=expected,
        )
    if spec.loss == "softmax_cross_entropy":
        _check_classes(y, spec.n_y, lengths)
        return
    for start, rows in _rows(y):
        found = _not_finite(rows, lengths if spec.every_step else None, start)
        if found is not None:
            raise _no_target(*found)


def _check_lengths(lengths: npt.NDArray[Any], examples: int, steps: int) -> None:
    if lengths.shape != (examples,) or not np.issubdtype(lengths.dtype, np.integer):
        raise UserError(
            "The lengths must be {examples} whole numbers, one an example.", examples=examples
        )
    wrong = np.flatnonzero((lengths < 1) | (lengths > steps))
    if wrong.size:
        raise UserError(
            "The length of example {example} is {length}; it must lie from 1 to {steps}.",
            example=wrong[0],
            length=lengths[wrong[0]],
            steps=steps,
        )


def _rows(array: npt.NDArray[Any]) -> Iterator[tuple[int, npt.NDArray[Any]]]:
    for start in range(0, len(array), ROWS):
        yield start, array[start : start + ROWS]


def _not_finite(
    rows: npt.NDArray[Any], lengths: npt.NDArray[Any] | None, start: int
) -> tuple[list[int], float] | None:
    """The place of the first value that is not finite, and the value; ``rows`` begin at ``start``.

    Steps beyond ``lengths`` (examples,) do not count.
    """
    wrong = ~np.isfinite(rows)
    if lengths is not None:
        wrong &= counted_steps(lengths[start : start + len(rows)], rows.shape[1]).T[..., np.newaxis]
    if not wrong.any():
        return None
    example, *within = (int(index) for index in np.argwhere(wrong)[0])
    return [start + example, *within], rows[(example, *within)]


def _no_target(place: list[int], value: float) -> UserError:
    example, *step, output = place
    values = {"example": example, "output": output, "value": value}
    if step:
        return UserError(
            "The target of example {example}, step {step}, output {output} (counted from 0) is "
            "{value}; it must be a finite number.",
            step=step[0],
            **values,
        )
    return UserError(
        "The target of example {example}, output {output} (counted from 0) is {value}; it must be "
        "a finite number.",
        **values,
    )


def _check_classes(y: npt.NDArray[Any], classes: int, lengths: npt.NDArray[Any] | None) -> None:
    if not np.issubdtype(y.dtype, np.integer):
        raise UserError("The targets must be whole class numbers.")
    wrong = (y < 0) | (y >= classes)
    if lengths is not None and y.ndim == 2:
        wrong &= counted_steps(lengths, y.shape[1]).T
    if wrong.any():
        example, *step = (int(index) for index in np.argwhere(wrong)[0])
        values = {"example": example, "value": y[(example, *step)], "most": classes - 1}
        if step:
            raise UserError(
                "The class of example {example}, step {step} (counted from 0) is {value}; it must "
                "lie from 0 to {most}.",
                step=step[0],
                **values,
            )
        raise UserError(
            "The class of example {example} (counted from 0) is {value}; it must lie from 0 to "
            "{most}.",
            **values,
        )
