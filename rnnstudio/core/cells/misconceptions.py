"""Twelve questions that classes ask, each with the answer that a scene gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from rnnstudio.core.cells import misconception_answers as answers
from rnnstudio.core.cells.misconception_answers import Explanation
from rnnstudio.core.messages import Message


@dataclass(frozen=True)
class MisconceptionQuestion:
    """A question and what a class may guess; ``choices[right]`` is right.

    ``answer(k)`` computes the answer. ``sliding``: k, from 1 to STEPS, matters.
    """

    key: str
    text: Message
    answer: Callable[[int], Explanation]
    choices: tuple[Message, ...]
    right: int
    sliding: bool = False


QUESTIONS = (
    MisconceptionQuestion(
        "bigger",
        Message("Does the LSTM win because it is bigger?"),
        answers.bigger,
        (Message("yes"), Message("no, it also wins with equally many parameters")),
        1,
    ),
    MisconceptionQuestion(
        "vanishing",
        Message("Do the weights vanish when gradients vanish?"),
        answers.vanishing,
        (Message("yes"), Message("no, only what early steps add to their updates")),
        1,
    ),
    MisconceptionQuestion(
        "half_open",
        Message("Can an LSTM's gradient vanish too?"),
        answers.half_open,
        (Message("no, never"), Message("yes, when its forget gate is near a half")),
        1,
    ),
    MisconceptionQuestion(
        "slope",
        Message("Sigma's slope is at most 0.25: why does the memory's gradient survive?"),
        answers.slope,
        (
            Message("it does not"),
            Message("the memory is multiplied by f, not by the slope"),
            Message("tanh makes up for it"),
        ),
        1,
    ),
    MisconceptionQuestion(
        "clipping",
        Message("Does clipping cure vanishing gradients?"),
        answers.clipping_vanishing,
        (Message("yes"), Message("no, it only shortens")),
        1,
    ),
    MisconceptionQuestion(
        "direction",
        Message("Which clipping keeps the gradient's direction?"),
        answers.direction,
        (Message("by value"), Message("by norm"), Message("both")),
        1,
    ),
    MisconceptionQuestion(
        "sum",
        Message("From which step does a weight's gradient come?"),
        answers.sum_over_time,
        (Message("the last one"), Message("the first one"), Message("all of them, added up")),
        2,
    ),
    MisconceptionQuestion(
        "reused",
        Message("How many cells does a network over 50 steps have?"),
        answers.reused,
        (Message("one, used 50 times"), Message("50, each with its own weights")),
        0,
    ),
    MisconceptionQuestion(
        "sizes",
        Message("Is h the same as c, and is LSTM(50) 50 steps?"),
        answers.sizes,
        (
            Message("the same, 50 steps"),
            Message("another, 50 steps"),
            Message("another, 50 units over any steps"),
        ),
        2,
    ),
    MisconceptionQuestion(
        "truncated",
        Message("What does cutting the gradient after k steps cost?"),
        answers.truncated,
        (
            Message("nothing but time is saved"),
            Message("the gradient points elsewhere"),
            Message("the loss is no number"),
        ),
        1,
        sliding=True,
    ),
    MisconceptionQuestion(
        "unscaled",
        Message("What do unscaled inputs do to the gates?"),
        answers.unscaled,
        (
            Message("nothing"),
            Message("they open all gates half"),
            Message("the gates get stuck open or closed"),
        ),
        2,
    ),
    MisconceptionQuestion(
        "forget_bias",
        Message("With a forget bias of 0, which loses its gradient faster?"),
        answers.forget_bias,
        (Message("the RNN"), Message("both about as fast"), Message("the LSTM")),
        2,
    ),
)


def question_number(key: str) -> int:
    """The place of a question in ``QUESTIONS`` from 1 on, as votes count it."""
    return [question.key for question in QUESTIONS].index(key) + 1


@lru_cache(maxsize=64)
def explained(key: str, k: int = 8) -> Explanation:
    """The answer to a question, computed once for each ``k``."""
    return QUESTIONS[question_number(key) - 1].answer(k)
