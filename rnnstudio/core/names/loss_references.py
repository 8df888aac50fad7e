"""What the loss of a network on names is compared with: a blind guess, and counting letters."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.held_out import split_names
from rnnstudio.core.names.ngram import best_order
from rnnstudio.core.training import Control, Training, in_one_step

_HELD_OUT = 0.1
"""The share of the names that counting is judged on, as recipes are (``EvaluationPlan``)."""
_SEED = 1


@dataclass(frozen=True)
class LossReferences:
    """Losses in nats a character, and how many ``symbols`` a name has with its end, on average.

    ``blind`` holds all symbols equally likely. ``counting`` is that of the best n-gram, of order
    ``order``, counted on nine tenths of the names and judged on the others; None where all names
    are the same.
    """

    blind: float
    counting: float | None
    order: int | None
    symbols: float

    def in_unit(self, unit: str) -> tuple[float, float | None]:
        """``blind`` and ``counting`` in nats ``unit``: "a name" or "a character"."""
        times = self.symbols if unit == "a name" else 1.0
        return self.blind * times, None if self.counting is None else self.counting * times


def loss_references(corpus: Corpus) -> LossReferences:
    """Both references for a list of names."""
    blind = math.log(len(corpus.vocabulary))
    symbols = corpus.blind_loss / blind
    if len(set(corpus.names)) < 2:
        return LossReferences(blind, None, None, symbols)
    names, held_out = split_names(corpus.names, _HELD_OUT, _SEED)
    order, counting = best_order(names, held_out, corpus.vocabulary)
    return LossReferences(blind, counting, order, symbols)


def references_job(corpus: Corpus, control: Control) -> Training:
    """A job whose ``Finished`` carries the ``LossReferences``."""
    return in_one_step(control, loss_references, corpus)
