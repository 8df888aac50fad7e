"""Names from one trained network, each with the nearest listed name, or letter by letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

import numpy as np

from rnnstudio.core.names.novelty import Neighbours, NoveltyVerdict
from rnnstudio.core.names.sampler import Letter, Sampling, letters, sample_names
from rnnstudio.core.names.stepper import Stepper
from rnnstudio.core.names.trained import TrainedNames


class NameSampler:
    """Draws from one trained network."""

    def __init__(self, trained: TrainedNames) -> None:
        self._trained = trained
        self._model = Stepper(trained.spec.cell, trained.parameters)

    @cached_property
    def _neighbours(self) -> Neighbours:
        """All names of the list, the held-out ones too: what stands there is not new."""
        return Neighbours(self._trained.corpus.names)

    def names(self, sampling: Sampling) -> tuple[NoveltyVerdict, ...]:
        """Names, each with its nearest neighbour in the list.

        Raises UserError when the beginning has a symbol that the network does not know.
        """
        drawn = sample_names(
            self._model, self._trained.vocabulary, sampling.for_list(self._trained.corpus)
        )
        return tuple(self._neighbours.verdict(name, cut=sampling.is_cut(name)) for name in drawn)

    def letters(self, sampling: Sampling, number: int = 0) -> Iterator[Letter]:
        """The same name as ``names(sampling)[number]``, letter by letter."""
        return letters(
            self._model, self._trained.vocabulary, sampling.for_list(self._trained.corpus), number
        )

    def next_letter(self, typed: str, sampling: Sampling) -> Letter:
        """The letter after ``typed``, drawn as ``sampling`` says whatever its own beginning is.

        Raises UserError when ``typed`` has a symbol that the network does not know.
        """
        *_, last = self.letters(replace(sampling, beginning=typed, longest=1))
        return last

    def likeliest(self, typed: str, sampling: Sampling) -> list[tuple[str, float]]:
        """Every symbol that may follow ``typed``, the likeliest first, and how likely it is.

        Raises UserError when ``typed`` has a symbol that the network does not know.
        """
        shares = self.next_letter(typed, sampling).drawn_from
        order = np.argsort(-shares, kind="stable")
        return [(self._trained.vocabulary[at], float(shares[at])) for at in order]

    def verdict(self, name: str) -> NoveltyVerdict:
        """How near a name is to the list."""
        return self._neighbours.verdict(name)
