"""The scenes that numbers can be given for, by their names, and which one numbers belong to.

A name is one of the source document's functions (``lstm_cell_backward``: its example), or a cell
and a seed (``lstm-3``: drawn by the studio and handed out as arrays).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rnnstudio.core.cells.diagnosis.diagnose import fits
from rnnstudio.core.cells.diagnosis.given import Given
from rnnstudio.core.cells.published import SEED, examples
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Scene, Sizes
from rnnstudio.core.cells.scenes import paper_scene, random_scene
from rnnstudio.core.errors import UserError
from rnnstudio.core.limits import LAST_SEED

SIZES = Sizes(n_x=3, n_a=5, n_y=2, m=3, T_x=4)
"""Of a scene that is handed out: small, and no two sizes alike that a mistake could swap."""
OTHER_SEEDS = range(51)
"""Which are tried where numbers are wrong throughout."""
_GRADIENTS = ("dWf", "dbf", "dWi", "dbi", "dWc", "dbc", "dWo", "dbo")
RESULTS = {
    "rnn_cell_forward": ("a_next", "yt_pred"),
    "rnn_forward": ("a", "y_pred"),
    "lstm_cell_forward": ("a_next", "c_next", "yt_pred"),
    "lstm_forward": ("a", "y", "c"),
    "rnn_cell_backward": ("dxt", "da_prev", "dWax", "dWaa", "dba"),
    "rnn_backward": ("dx", "da0", "dWax", "dWaa", "dba"),
    "lstm_cell_backward": ("dxt", "da_prev", "dc_prev", *_GRADIENTS),
}
"""What each function of the document gives."""
FURTHER = {"lstm_backward": ("dx", "da0", *_GRADIENTS)}
"""What the function gives that the document lacks, the LSTM backward over a sequence."""
_DRAWN = re.compile(r"([a-z_]+)-([0-9]{1,10})")


def known_scene(name: str) -> Scene:
    """The scene of that name; raises UserError if there is none."""
    drawn = _DRAWN.fullmatch(name)
    if name in RESULTS:
        return _published(name, SEED)
    if name in FURTHER:
        return _drawn("lstm", SEED)
    if drawn is None or drawn[1] not in CELLS or int(drawn[2]) > LAST_SEED:
        raise UserError(
            "There is no scene {name}; say a cell and a seed such as lstm-3, or one of {names}.",
            name=name[:40],
            names=", ".join((*RESULTS, *FURTHER)),
        )
    return _drawn(drawn[1], int(drawn[2]))


def scene_for(numbers: Sequence[Given]) -> str:
    """The name of the document's example that gives values of these names and shapes.

    Raises UserError if there is none, or more than one: then the scene has to be named.
    """
    names = {given.name.split(".")[-1] for given in numbers}
    fitting = [
        name
        for name, results in RESULTS.items()
        if names & set(results) and names <= _values(known_scene(name))
        if not any(_misshapen(known_scene(name), given) for given in numbers)
    ]
    # The one most of whose results are there; of several the one that lacks none.
    most = max((len(names & set(RESULTS[name])) for name in fitting), default=0)
    fitting = [name for name in fitting if len(names & set(RESULTS[name])) == most]
    if len(fitting) > 1:
        fitting = [name for name in fitting if most == len(RESULTS[name])]
    if len(fitting) != 1:
        raise UserError(
            "{names}: these could belong to several scenes, or to none. Say which one they were "
            "computed for, such as lstm-3 or lstm_cell_backward.",
            names=", ".join(sorted(names))[:80],
        )
    return fitting[0]


def require_seed(name: str, numbers: Sequence[Given]) -> None:
    """Raise UserError if the numbers are right for another seed than that of the scene ``name``."""
    drawn = _DRAWN.fullmatch(name)
    own = SEED if drawn is None else int(drawn[2])
    for seed in OTHER_SEEDS:
        scene = _published(name, seed) if drawn is None else _drawn(drawn[1], seed)
        if seed != own and fits(scene, numbers):
            raise UserError(
                "These numbers are right, but of seed {found}; the scene {name} has the seed "
                "{seed}.",
                found=seed,
                name=name,
                seed=own,
            )


def _published(name: str, seed: int) -> Scene:
    example = next(each for each in examples(seed) if each.function == name)
    return paper_scene(example)


def _drawn(cell: str, seed: int) -> Scene:
    """A random scene whose first hidden state is not zero, so that it can be seen to be used.

    Its da is large enough for clipping to be seen.
    """
    scene = random_scene(CELLS[cell], SIZES, seed)
    a0 = np.random.default_rng([seed, 2]).standard_normal((SIZES.n_a, SIZES.m)) / 2
    return replace(scene, initial={**scene.initial, "a": a0}, da=3 * scene.da)


def _values(scene: Scene) -> set[str]:
    """Every name that a value, a gradient or an input of the scene may have."""
    cell = scene.cell
    rows = {row.name for row in (*cell.forward, *cell.backward, *cell.sums)}
    series = {"a", "c", "y", "yt", "y_pred", "dx", "x", "xt", "da", "da_next", "dc_next"}
    series |= {"cache", "caches"}
    initial = {f"{d}{state}{end}" for state in cell.states for d in ("", "d") for end in "0"}
    return rows | series | initial | set(cell.parameters) | {f"{s}_prev" for s in cell.states}


def _misshapen(scene: Scene, given: Given) -> bool:
    """Whether an array has more axes than it could have in the scene."""
    axes = given.array.ndim + len(given.index)
    return axes == 3 and scene.x.shape[-1] == 1 and given.name != "cache"
