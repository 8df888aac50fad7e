"""Predict, then reveal: a value that is not shown yet, what it might be, and who was right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.scene import Trace
from rnnstudio.core.cells.symbols import Notation
from rnnstudio.core.messages import Message

_MOST_CLASSES = 4
_SAME_SHARE, _SAME_AT_LEAST = 0.05, 1e-6
"""What differs by less than this share, or this much, counts as about the same."""


@dataclass(frozen=True)
class Prediction:
    """What is asked, the choices, which of them (from 0) is right, and the answer in full."""

    prompt: Message
    choices: tuple[Message, ...]
    right: int
    answer: Message


@dataclass(frozen=True)
class QuizScore:
    """How many of all guesses so far were right."""

    right: int = 0
    total: int = 0

    def with_hands(self, hands: Sequence[int], right: int) -> QuizScore:
        """The score after a show of hands: the number of hands for each choice."""
        return QuizScore(self.right + hands[right], self.total + sum(hands))


@dataclass(frozen=True)
class GuessVerdict:
    """The class took the row ``operation`` for the faulty one; ``right`` if it is."""

    operation: str
    right: bool


@dataclass(frozen=True)
class Votes:
    """A class before a question.

    ``question`` is its place in the list, 0 the cell's next value; ``hands`` are those for each of
    its choices, ``score`` that of all questions so far.
    """

    question: int = 1
    hands: tuple[int, ...] = ()
    revealed: bool = False
    score: QuizScore = QuizScore()


def predict_value(
    traced: Trace,
    name: str,
    step: int,
    entry: tuple[int, int],
    *,
    backward: bool,
    notation: Notation = Notation.PAPER,
) -> Prediction:
    """Ask for one entry of the value ``name`` of a step.

    A gate is asked for by how far open it is, a prediction over several classes by the most
    probable one, everything else by whether it is larger than the same value of the step that the
    pass was at before (zero at the first one).
    """
    array = traced.values(step, backward=backward)[name]
    row, column = (min(place, size - 1) for place, size in zip(entry, array.shape, strict=True))
    value = float(array[row, column])
    names = traced.scene.row_names(name) or tuple(f"{k + 1}" for k in range(len(array)))
    where = Message(
        "{symbol}[{row},{column}] of step {step}",
        {
            "symbol": symbol(name, notation).text,
            "row": names[row],
            "column": column + 1,
            "step": step + 1,
        },
    )
    if name in traced.cell.gates:
        return _gate(where, value)
    predicted = traced.cell.predicted
    if name == predicted.name and len(array) > 1 and predicted.function == "softmax":
        return _class(traced, array[:, column], step)
    earlier = step + 1 if backward else step - 1
    before = 0.0
    if 0 <= earlier < len(traced.forward):
        before = float(traced.values(earlier, backward=backward)[name][row, column])
    return _compared(where, value, before)


def _gate(where: Message, value: float) -> Prediction:
    choices = (
        Message("nearly closed: below 0.25"),
        Message("half open: 0.25 to 0.75"),
        Message("wide open: above 0.75"),
    )
    right = 0 if value < 0.25 else 2 if value > 0.75 else 1
    prompt = Message("How far open is {where}?", {"where": where})
    return Prediction(prompt, choices, right, _equation(where, value))


def _class(traced: Trace, probabilities: Array, step: int) -> Prediction:
    """The most probable classes, in their own order, so that the place gives nothing away."""
    names = [Message("{name}", {"name": name}) for name in traced.scene.outputs] or [
        Message("output {number}", {"number": k + 1}) for k in range(len(probabilities))
    ]
    likely = sorted(np.argsort(-probabilities, kind="stable")[:_MOST_CLASSES].tolist())
    best = int(np.argmax(probabilities))
    return Prediction(
        Message("Which output is the most probable one at step {step}?", {"step": step + 1}),
        tuple(names[place] for place in likely),
        likely.index(best),
        Message(
            "{output}, with {share:.1%}", {"output": names[best], "share": probabilities[best]}
        ),
    )


def _compared(where: Message, value: float, before: float) -> Prediction:
    near = max(_SAME_SHARE * abs(before), _SAME_AT_LEAST)
    right = 1 if abs(value - before) <= near else 0 if value < before else 2
    choices = (Message("smaller"), Message("about the same"), Message("larger"))
    prompt = Message(
        "Before, it was {before:.4g}: what is {where} now?", {"before": before, "where": where}
    )
    return Prediction(prompt, choices, right, _equation(where, value))


def _equation(where: Message, value: float) -> Message:
    return Message("{where} = {value:.4g}", {"where": where, "value": value})
