"""How far a class is in a lesson, as plain data; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from rnnstudio.core.lessons.lesson import Lesson, LessonQuestion, LessonStep


@dataclass(frozen=True)
class LessonState:
    """A lesson, the ``step`` in sight from 0, and what was answered.

    ``step`` is the number of steps where the lesson is over. ``chosen`` is the answer that the
    class has chosen, from 0, ``revealed`` whether the right one is shown. ``answers`` has for each
    question that was revealed, by its step, whether the chosen answer was right; None: none was.
    """

    path: Path
    lesson: Lesson
    step: int = 0
    chosen: int | None = None
    revealed: bool = False
    answers: tuple[tuple[int, bool | None], ...] = ()

    @property
    def over(self) -> bool:
        """Whether the last step is behind."""
        return self.step >= len(self.lesson.steps)

    @property
    def current(self) -> LessonStep | None:
        """The step in sight; None where the lesson is over."""
        return None if self.over else self.lesson.steps[self.step]

    @property
    def question(self) -> LessonQuestion | None:
        """The question before the class; None where there is none."""
        return None if self.current is None else self.current.question

    @property
    def right(self) -> int:
        """How many questions were answered rightly."""
        return sum(right is True for _, right in self.answers)

    def with_choice(self, place: int) -> LessonState:
        """The same with an answer chosen, as long as nothing is revealed."""
        question = self.question
        if question is None or self.revealed or not 0 <= place < len(question.answers):
            return self
        return replace(self, chosen=place)

    def gone_on(self) -> LessonState:
        """Reveal the answer, or go to the next step, or to the end."""
        question = self.question
        if question is not None and not self.revealed:
            right = None if self.chosen is None else self.chosen == question.right
            others = tuple(each for each in self.answers if each[0] != self.step)
            return replace(self, revealed=True, answers=(*others, (self.step, right)))
        return self._at(min(self.step + 1, len(self.lesson.steps)))

    def gone_back(self) -> LessonState:
        """Take the answer away, or go to the step before, with its question open again."""
        if self.revealed:
            return replace(self, revealed=False, chosen=None)
        return self._at(max(self.step - 1, 0))

    def _at(self, step: int) -> LessonState:
        return replace(self, step=step, chosen=None, revealed=False)
