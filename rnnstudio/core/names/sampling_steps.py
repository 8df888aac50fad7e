"""The source document's four stages of sampling, with the numbers of one letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.engine.online_rnn import NOTHING
from rnnstudio.core.messages import Message
from rnnstudio.core.names.corpus import END
from rnnstudio.core.names.sampler import Letter


@dataclass(frozen=True, eq=False)
class Stage:
    """Stage ``number`` of 4: what is done, in a sentence with the letter's own figures, and the
    ``values`` it makes, columns under the paper's names ("xt", "a_prev", "a_next", "yt_pred", ...).
    """

    number: int
    title: Message
    sentence: Message
    values: Mapping[str, Array]


def stages(letter: Letter, vocabulary: Sequence[str]) -> tuple[Stage, ...]:
    """The stages of one letter.

    All four stages for the first letter; later letters skip 'begin', because their input is the
    previous letter.
    """
    own = (_forward(letter), _draw(letter, vocabulary), _feed_back(letter, vocabulary))
    return (_begin(letter), *own) if letter.x == NOTHING else own


def symbol_name(symbol: str) -> Message | str:
    """A symbol as a person may read it."""
    return {END: Message("end of name"), " ": Message("space")}.get(symbol, symbol)


def _begin(letter: Letter) -> Stage:
    states = {f"{name}_prev": np.zeros_like(state) for name, state in letter.states.items()}
    return Stage(
        1,
        Message("Begin with nothing"),
        Message(
            "The first input and the hidden state are vectors of zeros: no letter has been said "
            "yet."
        ),
        {"xt": np.zeros((len(letter.yt_pred), 1)), **states},
    )


def _forward(letter: Letter) -> Stage:
    states = {f"{name}_next": state for name, state in letter.states.items()}
    return Stage(
        2,
        Message("One step forward"),
        Message(
            "One step of forward propagation gives the next hidden state and the probability of "
            "every symbol to come next."
        ),
        {**states, "yt_pred": letter.yt_pred[:, np.newaxis]},
    )


def _draw(letter: Letter, vocabulary: Sequence[str]) -> Stage:
    figures = {
        "drawn": symbol_name(vocabulary[letter.drawn]),
        "share": letter.drawn_from[letter.drawn],
        "chance": letter.chance,
    }
    if letter.chance is None:
        sentence = Message(
            "“{drawn}” was typed; the network would say it with probability {share:.3f}.", figures
        )
    else:
        sentence = Message(
            "The random number {chance:.3f} falls on “{drawn}”, which has probability {share:.3f}.",
            figures,
        )
    values = {"yt_pred": letter.yt_pred[:, np.newaxis], "drawn_from": letter.drawn_from[:, None]}
    return Stage(3, Message("Draw a symbol"), sentence, values)


def _feed_back(letter: Letter, vocabulary: Sequence[str]) -> Stage:
    drawn, one_hot = vocabulary[letter.drawn], np.zeros((len(letter.yt_pred), 1))
    one_hot[letter.drawn] = 1
    if drawn == END:
        sentence = Message("The end was drawn: the name is complete.")
    else:
        sentence = Message(
            "“{drawn}” as a one-hot vector becomes the next input; stage 2 follows.",
            {"drawn": symbol_name(drawn)},
        )
    return Stage(4, Message("Feed it back"), sentence, {"xt": one_hot})
