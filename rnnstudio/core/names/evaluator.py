"""Is a network any good? How well it predicts names it has not seen, and which names it makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rnnstudio.core.messages import Message
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.ngram import NGram, NGramStepper, best_order
from rnnstudio.core.names.novelty import Neighbours, Novelty
from rnnstudio.core.names.sampler import (
    LONGEST_SAMPLE,
    NextSymbol,
    Sampling,
    sample_names,
)
from rnnstudio.core.names.statistics import length_counts

BASELINES = ("uniform", "unigram", "bigram", "best n-gram")


@dataclass(frozen=True)
class RecipeFigures:
    """One network, or one way of counting, on one split of a list.

    ``held_out`` is in nats a character. ``listed``, ``near`` and ``new`` are the shares of the
    sampled names that stand in the list, are one letter away from it, and are neither; those that
    are ``empty`` or had not ended, ``cut``, are not names but fractions of all that was drawn.
    ``distinct`` is the fraction of different ones in all that was drawn. ``lengths`` counts them by
    their letters; ``length_difference`` is half the sum of the differences between that
    distribution and the list's: 0 where they are the same, 1 where no length occurs in both.
    ``seconds`` and ``cpu_seconds`` are what training or counting took. ``parameters`` counts a
    network's numbers; None for counting. ``order`` is that of the n-gram that was chosen; None for
    what was not.
    """

    name: str
    seed: int
    held_out: float
    seconds: float
    cpu_seconds: float
    listed: float
    near: float
    new: float
    distinct: float
    lengths: tuple[int, ...]
    length_difference: float
    order: int | None = None
    empty: float = 0.0
    cut: float = 0.0
    parameters: int | None = None

    @property
    def note(self) -> Message | None:
        """What else there is to know."""
        return None if self.order is None else Message("of order {order}", {"order": self.order})


@dataclass
class Evaluator:
    """Evaluates with ``samples`` names each, all drawn by the random numbers of ``seed``."""

    corpus: Corpus
    seed: int
    samples: int = 500
    _neighbours: Neighbours = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._neighbours = Neighbours(self.corpus.names)

    def evaluate(
        self,
        name: str,
        model: NextSymbol,
        held_out: float,
        *,
        seconds: float = 0.0,
        cpu_seconds: float = 0.0,
        order: int | None = None,
        parameters: int | None = None,
    ) -> RecipeFigures:
        """Sample from ``model`` and compare with the list."""
        longest = max(LONGEST_SAMPLE, *map(len, self.corpus.names))
        sampling = Sampling(count=self.samples, seed=self.seed, longest=longest)
        names = sample_names(model, self.corpus.vocabulary, sampling)
        kinds = Counter(
            Novelty.CUT if sampling.is_cut(name) else self._neighbours.kind(name) for name in names
        )
        whole = max(1, sum(count for kind, count in kinds.items() if kind.whole))
        lengths = length_counts(names)
        return RecipeFigures(
            name,
            self.seed,
            held_out,
            seconds,
            cpu_seconds,
            kinds[Novelty.LISTED] / whole,
            kinds[Novelty.NEAR] / whole,
            kinds[Novelty.NEW] / whole,
            len(set(names)) / len(names),
            lengths,
            _difference(lengths, length_counts(self.corpus.names)),
            order,
            kinds[Novelty.EMPTY] / len(names),
            kinds[Novelty.CUT] / len(names),
            parameters,
        )

    def baselines(self, train: Sequence[str], held_out: Sequence[str]) -> Iterator[RecipeFigures]:
        """Counting letters on the same names: what a network must beat."""
        vocabulary = self.corpus.vocabulary
        best, _ = best_order(train, held_out, vocabulary)
        for name, order in zip(BASELINES, (0, 1, 2, best), strict=True):
            ngram = NGram(order, train, vocabulary)
            loss = ngram.nats_per_character(held_out)
            chosen = best if name == BASELINES[-1] else None
            yield self.evaluate(name, NGramStepper(ngram, vocabulary), loss, order=chosen)


def _difference(counts: Sequence[int], others: Sequence[int]) -> float:
    longest = max(len(counts), len(others))
    shares, other_shares = (
        [count / sum(each) for count in each] + [0.0] * (longest - len(each))
        for each in (counts, others)
    )
    return sum(abs(a - b) for a, b in zip(shares, other_shares, strict=True)) / 2
