"""What is worth knowing of a list before a training, and of a training that has ended."""

from __future__ import annotations

from rnnstudio.core.messages import Message
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.recipes import FastSpec
from rnnstudio.core.names.trained import TrainedNames

FEW_NAMES = 100
"""A list with fewer different names is soon known by heart."""


def small_list(corpus: Corpus) -> Message | None:
    """That a list is so short that its names are soon known by heart; None where it is not."""
    different = len(set(corpus.names))
    if different >= FEW_NAMES:
        return None
    return Message.counted(
        "Only {n} different name: a network soon knows it by heart, and what it makes is seldom "
        "new.",
        "Only {n} different names: a network soon knows them by heart, and what it makes is seldom "
        "new.",
        n=different,
    )


def early_stop(trained: TrainedNames) -> Message | None:
    """That a training stopped before its last epoch, and why; None where it did not.

    Only the recipe "fast" does, when the held-out loss has not fallen for as many epochs as its
    patience has.
    """
    spec, held_out = trained.spec, [loss for _, loss in trained.held_out]
    if not isinstance(spec, FastSpec) or not held_out or len(held_out) >= spec.epochs:
        return None
    waited = len(held_out) - 1 - held_out.index(min(held_out))
    if waited < spec.patience:
        return None
    return Message(
        "Stopped early, after {done} of {epochs} epochs: the loss on held-out names had not fallen "
        "for {patience}. The network of its lowest value is kept.",
        {"done": len(held_out), "epochs": spec.epochs, "patience": spec.patience},
    )
