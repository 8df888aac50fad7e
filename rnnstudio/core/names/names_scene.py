"""A trained network on one name, for the inspector."""

from __future__ import annotations

import numpy as np

from rnnstudio.core.cells import unroll
from rnnstudio.core.cells.partial import part_of
from rnnstudio.core.cells.scene import MOST, LargeScene, Scene
from rnnstudio.core.engine.online_rnn import NOTHING
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.names.corpus import END
from rnnstudio.core.names.sampler import alphabet
from rnnstudio.core.names.trained import TrainedNames

END_LABEL = "⏎"
"""Names the end of a name among the letters."""
NOTHING_LABEL = "∅"
"""Names the step before the first letter, whose input is a zero vector."""


def to_scene(trained: TrainedNames, name: str, origin: Message | None = None) -> Scene:
    """The network reading ``name``: a step for the nothing before it, then one for each letter.

    ``x`` has the letters one-hot, ``labels`` names the steps by them. The states begin at zero, as
    they do when the network samples. ``da`` is the gradient that training would send back into each
    hidden state: that of the cross-entropy of the next symbol, the sum over the steps, through the
    output layer, W.T @ (yt_pred - y). So the gradients in the inspector are those by which this
    name would change the network. Of more units than are looked at the most telling ones are shown;
    the computation is whole. ``origin`` says where the scene comes from, if not the generator.
    Raises UserError when the name has a letter that the network does not know, or is too long.
    """
    unknown = [letter for letter in name if letter not in trained.vocabulary[1:]]
    if unknown:
        raise UserError(
            "{name!r} has {letter!r}, which no name of the list has; it may use {letters}.",
            name=name[:40],
            letter=unknown[0],
            letters=alphabet(trained.vocabulary),
        )
    cell, n_x = trained.cell, len(trained.vocabulary)
    parameters = {key: part.astype(np.float64) for key, part in trained.parameters.items()}
    symbols, following = trained.corpus.example(name)
    x = np.zeros((n_x, 1, len(symbols)))
    letters = np.flatnonzero(symbols != NOTHING)
    x[symbols[letters], 0, letters] = 1
    W = parameters[cell.output[0]]
    initial = {state: np.zeros((W.shape[1], 1)) for state in cell.states}
    error = unroll.sequence(unroll.forward(cell, x, parameters, initial), cell.predicted.name)
    error[following, 0, np.arange(len(following))] -= 1
    da = np.einsum("ya,ymt->amt", W, error)
    labels = (NOTHING_LABEL, *name)
    made = Message(
        "Names generator: {name}, by a network on {source} after {n:n} iterations",
        {"name": name, "source": trained.corpus.source, "n": trained.step},
    )
    symbols_shown = tuple(END_LABEL if symbol == END else symbol for symbol in trained.vocabulary)
    kind = LargeScene if max(n_x, W.shape[1]) > MOST["n_a"] else Scene
    scene = kind(cell, x, parameters, initial, da, labels=labels, origin=origin or made,
                 inputs=symbols_shown, outputs=symbols_shown)  # fmt: skip
    return part_of(scene)
