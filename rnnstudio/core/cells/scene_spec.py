"""Where a scene comes from, as plain data, and the scene itself."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cache

import numpy as np

from rnnstudio.core.cells.last_capital import last_capital_scene
from rnnstudio.core.cells.published import Example
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Scene, Sizes
from rnnstudio.core.cells.scenes import paper_scene, random_scene, sine_scene, text_scene
from rnnstudio.core.cells.table import Cell
from rnnstudio.core.limits import require_whole
from rnnstudio.core.messages import Message

MOST_SEED = 2**63 - 1


class Source(Enum):
    """What a scene's numbers are."""

    LAST_CAPITAL = "last capital"
    """A small trained cell that reads a word; one that was not trained for it is random."""
    RANDOM = "random"
    SINE = "sine"
    TEXT = "text"
    TYPED = "typed"
    """Zeros to type over; what was typed before stays where it still fits."""


@dataclass(frozen=True)
class SceneSpec:
    """Everything the form asks for. ``cells`` has one name, or two to be compared.

    Raises UserError where the seed is out of bounds.

    ``source`` may be an example of the document, which brings its own cell and sizes; the trained
    cells that read ``word`` bring their sizes too.
    """

    cells: tuple[str, ...] = ("lstm",)
    source: Source | Example = Source.LAST_CAPITAL
    sizes: Sizes = field(default_factory=Sizes)
    seed: int = 1
    text: str = "hello"
    word: str = "AbCa?"

    def __post_init__(self) -> None:
        require_whole(Message("seed"), self.seed, 0, MOST_SEED)


def scenes(spec: SceneSpec, before: Scene | None = None) -> tuple[Scene, ...]:
    """The scene of each cell; raises UserError when its text or word cannot be read.

    ``before`` is the scene whose typed arrays are kept where they fit.
    """
    if isinstance(spec.source, Example):
        return (paper_scene(spec.source),)
    return tuple(_scene(spec, spec.source, CELLS[name], before) for name in spec.cells)


@cache
def opening_scene() -> Scene:
    """The scene of the usual spec, made once: more than one place shows it at the start."""
    return scenes(SceneSpec())[0]


def _scene(spec: SceneSpec, source: Source, cell: Cell, before: Scene | None) -> Scene:
    match source:
        case Source.LAST_CAPITAL:
            return last_capital_scene(cell, spec.word, spec.seed)
        case Source.RANDOM:
            return random_scene(cell, spec.sizes, spec.seed)
        case Source.SINE:
            return sine_scene(cell, spec.sizes, spec.seed)
        case Source.TEXT:
            return text_scene(cell, spec.text, spec.sizes.n_a, spec.seed)
        case Source.TYPED:
            return _blank(random_scene(cell, spec.sizes, spec.seed), before)


def _blank(scene: Scene, before: Scene | None) -> Scene:
    """Zeros, da ones; each array of ``before`` that has the same name and shape stays."""
    known = {} if before is None else {name: before.array(name) for name in before.array_names}
    for name in scene.array_names:
        shape = scene.array(name).shape
        array = np.ones(shape) if name == "da" else np.zeros(shape)
        old = known.get(name, array)
        scene = scene.with_array(name, old if old.shape == shape else array)
    return replace(scene, labels=())
