"""What clipping does to a gradient, and to a training that would not survive without it.

The gradients are the textbook's own. The engine clips the same way, in place on flat vectors.

Arrays are float64 and have no unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rnnstudio.core.cells import unroll
from rnnstudio.core.cells.chaos import NUDGE, same
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.rnn import RNN
from rnnstudio.core.limits import require_positive
from rnnstudio.core.messages import Message

Gradients = Mapping[str, Array]

CLIPPINGS = ("none", "value", "norm")
_UNITS, _STEPS, _EXAMPLES = 6, 12, 4
_UPDATES = 250
NOTHING = 1e-12
"""A loss below this is that of rounding."""


def norm(gradients: Gradients) -> float:
    """The length of all gradients taken as one vector."""
    return float(np.sqrt(sum(np.vdot(g, g) for g in gradients.values())))


def clip_by_value(gradients: Gradients, limit: float) -> dict[str, Array]:
    """Every entry held within -limit and limit: the direction changes where entries are cut.

    The arrays may have any shapes, and keep them.
    """
    return {name: np.clip(g, -limit, limit) for name, g in gradients.items()}


def clip_by_norm(gradients: Gradients, limit: float) -> dict[str, Array]:
    """All scaled by one number to a length of at most ``limit``: the direction stays.

    The arrays may have any shapes, and keep them.
    """
    length = norm(gradients)
    scale = limit / length if length > limit else 1.0
    return {name: scale * g for name, g in gradients.items()}


def angle(one: Gradients, other: Gradients) -> float:
    """Degrees between two gradients of the same names, 0 to 180; NaN if one has no length."""
    u, v = (np.concatenate([g[name].ravel() for name in one]) for g in (one, other))
    lengths = float(np.linalg.norm(u) * np.linalg.norm(v))
    if not (np.isfinite(lengths) and lengths > 0):
        return float("nan")
    u, v = u / np.linalg.norm(u), v / np.linalg.norm(v)
    # Exact for small angles too, where the arc cosine of a rounded 1 is not.
    return float(np.degrees(2 * np.arctan2(np.linalg.norm(u - v), np.linalg.norm(u + v))))


@dataclass(frozen=True)
class ClipSpec:
    """A training of an RNN on remembering its first input; raises UserError for a bad limit."""

    learning_rate: float = 1.0
    weight_scale: float = 1.0
    limit: float = 0.5
    seed: int = 1

    def __post_init__(self) -> None:
        require_positive(Message("limit"), self.limit)
        require_positive(Message("learning rate"), self.learning_rate)


@dataclass(frozen=True, eq=False)
class ClipRun:
    """A training: (updates,) each. ``losses`` is half the squared error, NaN from where it broke.

    ``norms`` is the gradient's length before clipping, ``angles`` the degrees that clipping turned
    it by. Only the first ``sure`` updates follow from the settings: a training may be chaotic, and
    then the last digits, which processors round differently, decide how it goes on.
    """

    losses: Array
    norms: Array
    angles: Array
    sure: int

    @property
    def broken_at(self) -> int | None:
        """The first update (from 1) whose loss is not a finite number; None if all are."""
        broken = np.flatnonzero(~np.isfinite(self.losses))
        return int(broken[0]) + 1 if broken.size else None

    @property
    def largest_angle(self) -> float:
        """The largest angle of the updates that are sure, in degrees."""
        angles = self.angles[: self.sure]
        return float(angles[np.isfinite(angles)].max(initial=0.0))


def train(spec: ClipSpec, clipping: str) -> ClipRun:
    """Plain gradient descent of an RNN that must output at the end what came first.

    ``clipping`` is one of ``CLIPPINGS``. The output is linear, so that nothing holds it back.
    """
    losses, norms, angles = _trained(spec, clipping, 0.0)
    nudged = _trained(spec, clipping, NUDGE)[0]
    agree = same(losses, nudged) | (np.maximum(losses, nudged) < NOTHING)
    return ClipRun(losses, norms, angles, len(agree) if agree.all() else int(np.argmin(agree)))


def _trained(spec: ClipSpec, clipping: str, nudge: float) -> Array:
    """Losses, norms and angles, (3, updates), of a training whose weights begin that share off."""
    draw = np.random.default_rng(spec.seed)
    x = draw.standard_normal((1, _EXAMPLES, _STEPS))
    parameters = {name: (1 + nudge) * weight for name, weight in _start(spec, draw).items()}
    results = []
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(_UPDATES):
            loss, gradients = loss_and_gradients(parameters, x)
            clipped = _clipped(gradients, clipping, spec.limit)
            results.append((loss, norm(gradients), angle(gradients, clipped)))
            for name, gradient in clipped.items():
                parameters[name] = parameters[name] - spec.learning_rate * gradient
    return np.array(results).T


def loss_and_gradients(parameters: Mapping[str, Array], x: Array) -> tuple[float, dict[str, Array]]:
    """Half the squared error of the first input as predicted at the last step, and its gradients.

    ``x`` (1, m, T_x); the output is Wya @ a + by.
    """
    initial = {"a": np.zeros((len(parameters["Waa"]), x.shape[1]))}
    steps = unroll.forward(RNN, x, parameters, initial)
    a = steps[-1]["a_next"]
    error = (parameters["Wya"] @ a + parameters["by"] - x[..., 0]) / x.shape[1]
    da = np.zeros((*a.shape, x.shape[-1]))
    da[..., -1] = parameters["Wya"].T @ error
    gradients = unroll.backward(RNN, steps, da).gradients
    learned = {name: gradients[f"d{name}"] for name in RNN.learned}
    learned |= {"Wya": error @ a.T, "by": error.sum(axis=1, keepdims=True)}
    return float(0.5 * x.shape[1] * np.vdot(error, error)), learned


def _clipped(gradients: Gradients, clipping: str, limit: float) -> Gradients:
    if clipping == "none":
        return gradients
    return (clip_by_value if clipping == "value" else clip_by_norm)(gradients, limit)


def _start(spec: ClipSpec, draw: np.random.Generator) -> dict[str, Array]:
    return {
        "Wax": draw.standard_normal((_UNITS, 1)),
        "Waa": spec.weight_scale * np.linalg.qr(draw.standard_normal((_UNITS, _UNITS)))[0],
        "ba": np.zeros((_UNITS, 1)),
        "Wya": draw.standard_normal((1, _UNITS)),
        "by": np.zeros((1, 1)),
    }
