"""A class before a question: its hands, its score, and whether it finds a planted fault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rnnstudio.core.cells.prediction import AskWhen
from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import NumberText, percent

MOST_HANDS = 500
"""Hands that are counted for one choice."""


@dataclass(frozen=True)
class QuizScore:
    """How many of all guesses so far were right."""

    right: int = 0
    total: int = 0

    def with_hands(self, hands: Sequence[int], right: int) -> QuizScore:
        """The score after a show of hands: the number of hands for each choice."""
        return QuizScore(self.right + hands[right], self.total + sum(hands))

    @property
    def sentence(self) -> Message:
        """The score in words, short enough to stand beside a question."""
        return Message(
            "right so far {right} of {total}", {"right": self.right, "total": self.total}
        )


@dataclass(frozen=True)
class GuessVerdict:
    """The class took the row ``operation`` for the faulty one; ``right`` if it is.

    ``fault`` is the key of the fault that it took for the injected one; empty if it named a row
    alone.
    """

    operation: str
    right: bool
    fault: str = ""


def judge_row(scene: Scene, name: str) -> GuessVerdict:
    """Whether the row ``name`` of the backward pass is the faulty one."""
    return GuessVerdict(name, right=scene.fault is not None and scene.fault.name == name)


def judge_fault(scene: Scene, key: str) -> GuessVerdict:
    """Whether the fault ``key`` of the scene's cell is the injected one."""
    guessed = {fault.key: fault for fault in scene.cell.faults}[key]
    return GuessVerdict(guessed.name, right=scene.fault == guessed, fault=key)


@dataclass(frozen=True)
class Votes:
    """A class before a question.

    ``question`` is its place in the list of ready questions from 1 on, 0 the cell's next value;
    ``hands`` are those for each of its choices, ``score`` that of all questions so far. ``ask``
    says before which of the cell's values the class is asked.
    """

    question: int = 1
    hands: tuple[int, ...] = ()
    revealed: bool = False
    score: QuizScore = QuizScore()
    ask: AskWhen = AskWhen.EVERY_VALUE

    def asked(self, choices: int, question: int = 0) -> Votes:
        """Another question with so many choices: no hands yet."""
        return replace(self, question=question, hands=(0,) * choices, revealed=False)

    def fitted(self, choices: int) -> Votes:
        """The same with hands for each of so many choices: none where nothing was counted yet."""
        return replace(self, hands=(*self.hands, *choices * (0,))[:choices])

    def with_hands(self, choice: int, by: int = 1) -> Votes:
        """So many hands more (less if negative) for a choice; none once the answer is revealed."""
        if self.revealed or not 0 <= choice < len(self.hands):
            return self
        hands = list(self.hands)
        hands[choice] = min(max(hands[choice] + by, 0), MOST_HANDS)
        return replace(self, hands=tuple(hands))

    def reveal(self, right: int) -> Votes:
        """The answer is shown and the hands are counted, once."""
        if self.revealed:
            return self
        return replace(self, revealed=True, score=self.score.with_hands(self.hands, right))

    def share(self, choice: int) -> NumberText:
        """The share of all hands that a choice has, in whole percent; empty without hands."""
        total = sum(self.hands)
        return percent(self.hands[choice] / total) if total else NumberText("")
