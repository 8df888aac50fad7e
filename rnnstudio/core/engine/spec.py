"""What a model is and how it is trained, as plain data: both engines build from it.

Arrays at this border are Keras' and scikit-learn's: ``x`` is (examples, steps, features).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Protocol, get_args

import numpy as np
import numpy.typing as npt

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.engine.optimizers import Adam, OptimizerSettings, optimizer_of
from rnnstudio.core.errors import UserError
from rnnstudio.core.limits import require_below_one, require_known, require_positive, require_whole
from rnnstudio.core.messages import Message
from rnnstudio.core.training import Control, Training

CellName = str
"""A cell of the registry, as files and commands call it."""
LossName = Literal["mean_squared_error", "softmax_cross_entropy"]
ActivationName = Literal["linear", "softmax", "sigmoid", "relu", "tanh"]
ACTIVATIONS: tuple[ActivationName, ...] = get_args(ActivationName)
FloatArray = npt.NDArray[np.floating[Any]]

LayerWeights = dict[str, FloatArray]
"""One layer's arrays under the paper's names; empty for a layer without weights.

Of a cell those are the learned ones of its table, with n_a the layer's units and n_x its inputs; of
a dense layer of k units Wy (k, n_x) and by (k, 1).
"""
Weights = list[LayerWeights]
"""A model's arrays, one dictionary a layer, in the order of its spec."""

LARGEST_MODEL = 50_000_000
"""Weights; in training, with their gradients and Adam's moments, they take about 1 GB."""


@dataclass(frozen=True)
class Recurrent:
    """A layer of ``units`` recurrent cells; gives every step, or the last one only."""

    cell: CellName
    units: int
    every_step: bool = False

    def __post_init__(self) -> None:
        require_known(Message("cell"), self.cell, CELLS)
        require_whole(Message("number of units"), self.units)


@dataclass(frozen=True)
class Dropout:
    """Sets a share ``rate`` of its inputs to zero while training and scales the others up."""

    rate: float

    def __post_init__(self) -> None:
        require_below_one(Message("dropout"), self.rate)


@dataclass(frozen=True)
class Dense:
    """``units`` outputs from the last axis, each a weighted sum put through ``activation``."""

    units: int
    activation: ActivationName = "linear"

    def __post_init__(self) -> None:
        require_whole(Message("number of units"), self.units)
        require_known(Message("activation"), self.activation, ACTIVATIONS)


Layer = Recurrent | Dropout | Dense
_LAYERS: Mapping[str, type[Layer]] = {
    "recurrent": Recurrent,
    "dropout": Dropout,
    "dense": Dense,
}


@dataclass(frozen=True)
class ModelSpec:
    """A stack of layers over sequences of ``n_x`` features, and the loss it is trained on.

    At least one layer is recurrent; one that stands before another one gives every step. The
    softmax of ``softmax_cross_entropy`` belongs to the loss: the last layer gives its inputs
    (logits). Raises UserError when the sizes are not positive, no layer is recurrent, the layers do
    not fit together, or the model is too large to be trained.
    """

    n_x: int
    layers: tuple[Layer, ...]
    loss: LossName = "mean_squared_error"

    def __post_init__(self) -> None:
        require_whole(Message("number of features"), self.n_x)
        if self.loss not in ("mean_squared_error", "softmax_cross_entropy"):
            raise UserError("There is no loss named {loss!r}.", loss=self.loss)
        if not any(isinstance(layer, Recurrent) for layer in self.layers):
            raise UserError(
                "A model needs a recurrent layer ({known}); this has none.", known=", ".join(CELLS)
            )
        self._check_order()
        last = self.layers[-1]
        logits = not isinstance(last, Dense) or last.activation == "linear"
        if self.loss == "softmax_cross_entropy" and not logits:
            raise UserError(
                "The softmax of the loss takes plain sums; the last layer must be linear."
            )
        weights = sum(map(_weights, self.layers, self.input_sizes()))
        if weights > LARGEST_MODEL:
            raise UserError(
                "The model would have {weights:n} weights; at most {largest_model:n} are "
                "allowed. Choose fewer units or layers.",
                weights=weights,
                largest_model=LARGEST_MODEL,
            )

    def _check_order(self) -> None:
        every_step = True
        for number, layer in enumerate(self.layers, start=1):
            if isinstance(layer, Recurrent):
                if not every_step:
                    raise UserError(
                        "Layer {number} is recurrent but the one before it gives the last step "
                        "only; let it give every step.",
                        number=number,
                    )
                every_step = layer.every_step

    @property
    def every_step(self) -> bool:
        """Whether the model gives an output at every step or after the last one only."""
        return all(layer.every_step for layer in self.layers if isinstance(layer, Recurrent))

    @property
    def n_y(self) -> int:
        """Size of the output."""
        return [layer.units for layer in self.layers if not isinstance(layer, Dropout)][-1]

    def input_sizes(self) -> tuple[int, ...]:
        """Number of inputs of each layer, in order."""
        sizes, size = [], self.n_x
        for layer in self.layers:
            sizes.append(size)
            size = size if isinstance(layer, Dropout) else layer.units
        return tuple(sizes)

    def to_json(self) -> dict[str, Any]:
        """Plain data from which ``from_json`` makes an equal spec."""
        names = {kind: name for name, kind in _LAYERS.items()}
        layers = [{"layer": names[type(layer)], **asdict(layer)} for layer in self.layers]
        return {"n_x": self.n_x, "layers": layers, "loss": self.loss}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ModelSpec:
        """The spec that ``to_json`` wrote; raises UserError on an unknown layer or setting."""
        try:
            layers = tuple(_layer_from_json(layer) for layer in data["layers"])
            return cls(n_x=data["n_x"], layers=layers, loss=data["loss"])
        except (KeyError, TypeError) as error:
            raise UserError(
                "This is not the description of a model: {error}.", error=error
            ) from error


def _weights(layer: Layer, n: int) -> int:
    """How many weights ``layer`` has on ``n`` inputs."""
    match layer:
        case Recurrent(cell=cell, units=u):
            return CELLS[cell].parameter_count(n, u)
        case Dense(units=k):
            return k * (n + 1)
        case Dropout():
            return 0


def _layer_from_json(data: Mapping[str, Any]) -> Layer:
    name = data["layer"]
    if name not in _LAYERS:
        raise UserError(
            "There is no layer named {name!r}; known are {layers}.",
            name=name,
            layers=", ".join(_LAYERS),
        )
    return _LAYERS[name](**{key: value for key, value in data.items() if key != "layer"})


@dataclass(frozen=True)
class ClipByValue:
    """Every gradient entry is held within -limit and +limit."""

    limit: float

    def __post_init__(self) -> None:
        require_positive(Message("clipping limit"), self.limit)


@dataclass(frozen=True)
class ClipByNorm:
    """All gradients together are scaled down to a norm of at most ``limit``."""

    limit: float

    def __post_init__(self) -> None:
        require_positive(Message("clipping limit"), self.limit)


@dataclass(frozen=True)
class FitSpec:
    """How a model is trained.

    ``truncate`` cuts backpropagation after that many steps back (None: never). ``patience`` stops
    the training when the held-out loss has not fallen for that many epochs and returns to the best
    weights (None: never; needs held-out data). The order of examples is shuffled every epoch.
    ``stop`` (epochs, batches) stops it after so many epochs and so many batches of one more, as
    somebody did who stopped it there (None: it comes to its end).
    """

    epochs: int = 100
    batch_size: int = 32
    optimizer: OptimizerSettings = field(default_factory=Adam)
    clip: ClipByValue | ClipByNorm | None = None
    truncate: int | None = None
    patience: int | None = None
    seed: int = 1
    dtype: Literal["float32", "float64"] = "float32"
    stop: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        require_whole(Message("number of epochs"), self.epochs)
        require_whole(Message("batch size"), self.batch_size)
        for name, value in (
            (Message("truncation"), self.truncate),
            (Message("patience"), self.patience),
        ):
            if value is not None:
                require_whole(name, value)
        optimizer_of(self.optimizer)
        require_whole(Message("seed"), self.seed, 0)
        require_known(Message("dtype"), self.dtype, ("float32", "float64"))


@dataclass(frozen=True, eq=False)
class Examples:
    """Data to train or to test on.

    ``x`` is (examples, steps, features). ``y`` is (examples, outputs) for the last step or
    (examples, steps, outputs) for every step under mean squared error; whole class numbers,
    (examples,) or (examples, steps), under softmax cross-entropy. ``lengths`` (examples,) says how
    many leading steps count where sequences are of different lengths; None means all.
    """

    x: FloatArray
    y: npt.NDArray[Any]
    lengths: npt.NDArray[np.integer[Any]] | None = None


@dataclass(frozen=True, eq=False)
class TrainedModel:
    """A model, its weights, and how its losses went: (epochs,) each, float64."""

    spec: ModelSpec
    weights: Weights
    losses: FloatArray
    held_out_losses: FloatArray | None = None


@dataclass(frozen=True, eq=False)
class FitCheckpoint:
    """What a training needs to be continued to the last bit after ``step`` batches.

    ``memory`` has the weights ("now"), the optimiser's moments by their names and, where patience
    returns to them, the weights of the lowest held-out loss ("best"). ``masks`` is the state of
    the random numbers that draw NumPy's dropout. The losses are those of ``TrainedModel`` so far;
    ``loss_sum`` is the sum over the ``counted`` steps of the epoch under way.
    """

    step: int
    memory: Mapping[str, Weights]
    masks: bytes
    losses: FloatArray
    held_out_losses: FloatArray | None
    loss_sum: float
    counted: int
    seconds: float

    @property
    def size(self) -> int:
        """Bytes of the memory."""
        layers = (layer for weights in self.memory.values() for layer in weights)
        return sum(array.nbytes for layer in layers for array in layer.values())


class Fit(Protocol):
    """A training of ``model`` as ``fit`` says; its ``Finished`` carries a ``TrainedModel``.

    The engine's own and the Keras child's have this one signature. ``start`` gives the weights to
    begin with; None draws them from the seed, the same in both engines. On the way and at a stop a
    ``Snapshot`` carries a ``FitCheckpoint``, unless it is too large to be kept; with ``begun`` the
    same training goes on from there, and its first ``Progress`` has the curve so far.
    """

    def __call__(
        self,
        model: ModelSpec,
        fit: FitSpec,
        train: Examples,
        *,
        control: Control,
        held_out: Examples | None = None,
        start: Weights | None = None,
        begun: FitCheckpoint | None = None,
    ) -> Training:
        """Yield the events of the training protocol."""
        ...
