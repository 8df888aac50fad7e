"""Makes names from a trained network, in the source document's four stages.

Probabilities and states are float32 or float64, symbols intp; they have no unit.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.engine.online_rnn import NOTHING, Symbols
from rnnstudio.core.errors import UserError
from rnnstudio.core.limits import require_seed, require_whole
from rnnstudio.core.messages import Message
from rnnstudio.core.names.corpus import END, Corpus
from rnnstudio.core.names.report import LONGEST_NAME
from rnnstudio.core.names.stepper import States
from rnnstudio.core.training import stop_point

LONGEST_SAMPLE = 50
"""A name that has not ended after so many letters is cut off, if no other length is asked for."""
MOST_LETTERS = 1_000
SAMPLES = 7
"""How many names the source document samples each time."""
MOST_SAMPLES = 10_000
_SHOWN_LETTERS = 60
TEMPERATURES = (0.01, 100.0)
"""Beyond these a network always, or never, says the likeliest symbol."""


@dataclass(frozen=True)
class Sampling:
    """How names are drawn.

    Every probability is raised to the power 1 / ``temperature``: below 1 the likely symbols become
    likelier, above 1 all become more alike. With ``top_k`` only the k likeliest can be drawn. Every
    name starts with ``beginning`` and is cut off ``longest`` letters behind that. Raises UserError
    when a setting is impossible; the sentence says which and what would be right.
    """

    temperature: float = 1.0
    top_k: int | None = None
    beginning: str = ""
    count: int = SAMPLES
    seed: int = 1
    longest: int = LONGEST_SAMPLE

    def __post_init__(self) -> None:
        require_whole(Message("greatest number of letters"), self.longest, most=MOST_LETTERS)
        least, most = TEMPERATURES
        if not least <= self.temperature <= most:
            raise UserError(
                "The temperature is {temperature}; it must lie from {least} to {most:g}.",
                temperature=self.temperature,
                least=least,
                most=most,
            )
        if self.top_k is not None:
            require_whole(Message("top-k"), self.top_k)
        require_whole(Message("number of names"), self.count, most=MOST_SAMPLES)
        require_seed(self.seed)
        if len(self.beginning) > LONGEST_NAME:
            raise UserError(
                "The beginning has {length:n} letters; it may have up to {most}.",
                length=len(self.beginning),
                most=LONGEST_NAME,
            )

    @property
    def most_letters(self) -> int:
        """How many letters a name can get, its beginning included."""
        return self.longest + len(self.beginning)

    def is_cut(self, name: str) -> bool:
        """Whether a name drawn so had not ended."""
        return len(name) >= self.most_letters

    def for_list(self, corpus: Corpus) -> Sampling:
        """The same with the beginning in the letters that ``corpus`` has, as its names were read:
        É as é or e, if the list's were made so.
        """
        return replace(self, beginning=corpus.options.as_listed(self.beginning))


class NextSymbol(Protocol):
    """A network that says which symbol comes next; ``Stepper`` is one."""

    def start(self, m: int = 1) -> States:
        """The states before the first letter of ``m`` names, as many columns each: (n, m)."""
        ...

    def step(self, states: States, x: Symbols) -> tuple[States, Array]:
        """The states after the symbols ``x`` (m,), and the next symbol's probabilities (n_x, m)."""
        ...


@dataclass(frozen=True, eq=False)
class Letter:
    """One step of sampling a name.

    ``x`` is the symbol that went in (NOTHING at first), ``states`` what the network remembers after
    it (n_a, 1). ``yt_pred`` (n_x,) are the network's probabilities of the next symbol and
    ``drawn_from`` (n_x,) what temperature and top-k made of them. ``chance`` is the random number
    that chose ``drawn`` from them; None if the symbol was typed as part of the beginning.
    """

    x: int
    states: States
    yt_pred: Array
    drawn_from: Array
    chance: float | None
    drawn: int


def letters(
    model: NextSymbol, vocabulary: Sequence[str], sampling: Sampling, number: int = 0
) -> Iterator[Letter]:
    """Sample the name ``number`` of ``sampling`` letter by letter; the last one drawn is its end.

    Stage 1: the input and the hidden state are zero vectors. Stage 2: one forward step gives the
    probabilities of the next symbol. Stage 3: a symbol is drawn from them. Stage 4: its one-hot
    vector becomes the next input, and stage 2 follows.

    The letters are those of ``sample_names``. A name that is cut off has no end.
    """
    typed = beginning_symbols(vocabulary, sampling)
    generator = np.random.default_rng((sampling.seed, number))
    x, states = NOTHING, model.start()
    for place in range(sampling.most_letters):
        states, column = model.step(states, np.array([x]))
        drawn_from = tempered(column, sampling)
        chance = None if place < len(typed) else generator.random()
        drawn = typed[place] if chance is None else int(_draw(drawn_from, np.array([chance]))[0])
        yield Letter(x, states, column[:, 0], drawn_from[:, 0], chance, drawn)
        if vocabulary[drawn] == END:
            return
        x = drawn


def sample_names(
    model: NextSymbol, vocabulary: Sequence[str], sampling: Sampling
) -> tuple[str, ...]:
    """``sampling.count`` names; the same seed draws the same random numbers for every model.

    Each name has random numbers of its own, so that a longer first name leaves those of the second
    as they are. Raises UserError when the beginning has a symbol that the network does not know.
    """
    typed = beginning_symbols(vocabulary, sampling)
    count = sampling.count
    generators = [np.random.default_rng((sampling.seed, number)) for number in range(count)]
    drawn = np.full((sampling.most_letters, count), vocabulary.index(END))
    drawn[: len(typed)] = np.array(typed, int)[:, np.newaxis]
    x, states, going = np.full(count, NOTHING), model.start(count), np.ones(count, bool)
    for place in range(len(drawn)):
        stop_point()
        states, yt_pred = model.step(states, x)
        if place >= len(typed):
            chances = np.array([generator.random() for generator in generators])
            drawn[place, going] = _draw(tempered(yt_pred, sampling), chances)[going]
            going &= drawn[place] != vocabulary.index(END)
        if not going.any():
            break
        x = drawn[place]
    return tuple("".join(vocabulary[i] for i in name).split(END)[0] for name in drawn.T)


def beginning_symbols(vocabulary: Sequence[str], sampling: Sampling) -> list[int]:
    """The beginning as symbols; raises UserError if one of them is not in the vocabulary."""
    unknown = [letter for letter in sampling.beginning if letter not in vocabulary[1:]]
    if unknown:
        raise UserError(
            "The beginning has {letter!r}, which no name of the list has; it may use {letters}.",
            letter=unknown[0],
            letters=alphabet(vocabulary),
        )
    return [vocabulary.index(letter) for letter in sampling.beginning]


def alphabet(vocabulary: Sequence[str]) -> str:
    """The letters of a vocabulary for a sentence, which cannot hold hundreds."""
    letters = vocabulary[1:]
    more = " …" if len(letters) > _SHOWN_LETTERS else ""
    return repr("".join(filter(str.isprintable, letters[:_SHOWN_LETTERS]))) + more


def tempered(yt_pred: Array, sampling: Sampling) -> Array:
    """What is drawn from: ``yt_pred`` (n_x, m) after temperature and top-k, still summing to 1."""
    if sampling.temperature == 1 and sampling.top_k is None:
        return yt_pred
    with np.errstate(divide="ignore"):
        logits = np.log(yt_pred) / sampling.temperature
    if sampling.top_k is not None and sampling.top_k < len(logits):
        # A stable order: of equally likely symbols the first in the alphabet stay.
        least = np.argsort(-logits, axis=0, kind="stable")[sampling.top_k :]
        np.put_along_axis(logits, least, -math.inf, axis=0)
    powers = np.exp(logits - logits.max(axis=0))
    return np.asarray(powers / powers.sum(axis=0))


def _draw(probabilities: Array, chances: Array) -> npt.NDArray[np.intp]:
    """An index drawn from each column (n_x, m) by its chance, as ``Generator.choice`` draws it."""
    limits = np.cumsum(probabilities, axis=0)
    limits /= limits[-1]
    return np.asarray((limits <= chances).sum(axis=0))
