"""The settings of a training on names, as plain data, each with a line that explains it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, Literal

from rnnstudio.core.engine.kinds import kind_of
from rnnstudio.core.engine.optimizers import Adam, Sgd
from rnnstudio.core.engine.spec import CellName, ClipByNorm, ClipByValue, Dropout, Recurrent
from rnnstudio.core.errors import UserError
from rnnstudio.core.limits import require_seed, require_whole
from rnnstudio.core.messages import Message
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.held_out import split_names

MOST_ITERATIONS = 10_000_000
MOST_UNITS = 500
"""With more an iteration would take too long to be stopped within a tenth of a second."""
MOST_EPOCHS = 10_000
MOST_BATCH = 256


@dataclass(frozen=True)
class Setting:
    """A setting as it is shown: its name, and a line that explains it.

    ``fixed`` ones stay as they are when a training is continued.
    """

    label: Message
    explanation: Message
    fixed: bool = False


def _setting(default: Any, label: Message, explanation: Message, *, fixed: bool = False) -> Any:
    """A field of a recipe with what there is to say of it."""
    return field(default=default, metadata={"setting": Setting(label, explanation, fixed)})


def settings_of(spec: type[Spec] | Spec) -> dict[str, Setting]:
    """What there is to say of every setting of a recipe, by the name of its field, in order."""
    return {each.name: each.metadata["setting"] for each in fields(spec)}


@dataclass(frozen=True)
class PaperSpec:
    """Settings of the recipe "as in the paper"; the defaults are the published ones.

    Raises UserError when a setting is impossible; the sentence says which and what would be right.
    """

    iterations: int = _setting(
        35_000,
        Message("Iterations"),
        Message("how many names are shown to the network, one at a time"),
    )
    learning_rate: float = _setting(
        0.01, Message("Learning rate"), Message("size of the descent's steps")
    )
    clip: float = _setting(
        5.0,
        Message("Clip at ±"),
        Message(
            "every gradient entry is held within these bounds; the exercise takes 5, the "
            "source document 10"
        ),
    )
    units: int = _setting(
        50, Message("Hidden units"), Message("size of the hidden state"), fixed=True
    )
    sample_every: int = _setting(
        2_000,
        Message("Sample every"),
        Message(
            "iterations between two samples of seven names; the exercise takes 2,000, the "
            "source document 50"
        ),
    )
    seed: int = _setting(
        1,
        Message("Seed"),
        Message(
            "draws the first weights and the samples; equal seeds and settings give equal results"
        ),
        fixed=True,
    )

    def __post_init__(self) -> None:
        _ = Recurrent("rnn", self.units), Sgd(self.learning_rate), ClipByValue(self.clip)
        require_whole(Message("number of iterations"), self.iterations, most=MOST_ITERATIONS)
        require_whole(Message("number of units"), self.units, most=MOST_UNITS)
        require_whole(
            Message("number of iterations between samples"), self.sample_every, most=MOST_ITERATIONS
        )
        require_seed(self.seed)

    @property
    def cell(self) -> CellName:
        """The cell of the network."""
        return "rnn"


@dataclass(frozen=True)
class FastSpec:
    """Settings of the recipe "fast": batches of names, Adam, held-out names, an early stop.

    Raises UserError when a setting is impossible; the sentence says which and what would be right.
    """

    cell: CellName = _setting(  # noqa: RUF009 - it is a field
        "gru",
        Message("Cell"),
        Message("the recurrent cell that the network is made of"),
        fixed=True,
    )
    units: int = _setting(
        50, Message("Hidden units"), Message("size of the hidden state"), fixed=True
    )
    batch_size: int = _setting(
        32,
        Message("Batch size"),
        Message("names of one descent step; more are steadier and slower"),
        fixed=True,
    )
    epochs: int = _setting(
        30,
        Message("Epochs"),
        Message("how often all names are gone through, if the training does not stop before"),
    )
    learning_rate: float = _setting(0.02, Message("Learning rate"), Message("size of Adam's steps"))
    clip: float = _setting(
        5.0,
        Message("Clip norm at"),
        Message("a gradient longer than this is scaled down to this length"),
    )
    dropout: float = _setting(
        0.2,
        Message("Dropout"),
        Message(
            "share of the hidden state hidden from the output while training, against "
            "learning by heart"
        ),
        fixed=True,
    )
    held_out: float = _setting(
        0.1,
        Message("Held out"),
        Message("share of the names that is not trained on but evaluated on"),
        fixed=True,
    )
    patience: int = _setting(
        3,
        Message("Patience"),
        Message("epochs without a better held-out loss before the training stops"),
    )
    sample_every: int = _setting(
        50,
        Message("Sample every"),
        Message("iterations (batches) between two samples of seven names"),
    )
    seed: int = _setting(
        1,
        Message("Seed"),
        Message(
            "draws all that is left to chance, the held-out names among it; equal seeds and "
            "settings give equal results"
        ),
        fixed=True,
    )

    def __post_init__(self) -> None:
        _ = kind_of(self.cell), Recurrent(self.cell, self.units)
        _ = Adam(self.learning_rate), ClipByNorm(self.clip)
        _ = Dropout(self.dropout)
        require_whole(Message("number of units"), self.units, most=MOST_UNITS)
        require_whole(Message("batch size"), self.batch_size, most=MOST_BATCH)
        require_whole(Message("number of epochs"), self.epochs, most=MOST_EPOCHS)
        require_whole(Message("patience"), self.patience, most=MOST_EPOCHS)
        require_whole(
            Message("number of iterations between samples"), self.sample_every, most=MOST_ITERATIONS
        )
        require_seed(self.seed)
        if not 0 < self.held_out <= 0.5:
            raise UserError(
                "The held-out share is {held_out}; it must lie above 0 and up to 0.5.",
                held_out=self.held_out,
            )

    def split(self, corpus: Corpus) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names to train on and the held-out ones, drawn by the seed."""
        return split_names(corpus.names, self.held_out, self.seed)

    def epoch_steps(self, corpus: Corpus) -> int:
        """Iterations an epoch: the batches that the names to train on make."""
        return -(-len(self.split(corpus)[0]) // self.batch_size)


Spec = PaperSpec | FastSpec
"""The settings of a recipe."""
RecipeName = Literal["paper", "fast"]
RECIPES: dict[RecipeName, type[PaperSpec] | type[FastSpec]] = {
    "paper": PaperSpec,
    "fast": FastSpec,
}
"""The settings of each recipe, by the name that files and the command line call it by."""


def recipe_of(spec: Spec) -> RecipeName:
    """The name of the recipe that ``spec`` belongs to."""
    return "paper" if isinstance(spec, PaperSpec) else "fast"


def require_same_training(spec: Spec, begun: Spec) -> None:
    """Raise UserError if ``spec`` cannot continue a training that was ``begun`` otherwise."""
    if type(spec) is not type(begun):
        raise UserError(
            "The training was begun with the recipe {begun!r} and cannot be continued with "
            "{spec!r}.",
            begun=recipe_of(begun),
            spec=recipe_of(spec),
        )
    for name, setting in settings_of(spec).items():
        before, now = getattr(begun, name), getattr(spec, name)
        if setting.fixed and before != now:
            raise UserError(
                "{label}: the training was begun with {before} and cannot be continued with "
                "{now}; start a new one for that.",
                label=setting.label,
                before=before,
                now=now,
            )
