"""What a lesson is: steps, each with words, what is set in the studio, and a question."""

from __future__ import annotations

from typing import Literal

import msgspec

Words = dict[str, str]
"""A text by the codes of its languages, such as ``{"en": "Yes.", "id": "Ya."}``."""


class LessonPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of a lesson's file; what it does not know is a mistake there."""


class Hold(LessonPart, frozen=True):
    """A value of the forward pass that is held ``at`` a number; ``step`` and ``unit`` from 1.

    None: at every step, in every unit.
    """

    value: str
    at: float
    step: int | None = None
    unit: int | None = None


class FlowSettings(LessonPart, frozen=True):
    """Settings of the page on gradient flow; None: as they are."""

    forget_bias: float | None = None
    weight_scale: float | None = None
    steps: int | None = None


class CellSettings(LessonPart, frozen=True):
    """What is set in the cell inspector; what is not given stays as it is.

    A scene is made anew where ``cell``, ``source`` or another of its settings is given, or where
    it is that of a ready ``question``. ``step`` and ``unit`` count from 1, ``value`` is a row of
    the table of the pass. ``hold`` replaces all that was held before.
    """

    cell: str = ""
    beside: str = ""
    """Another cell, to be compared with the first."""
    source: str = ""
    word: str = ""
    text: str = ""
    seed: int | None = None
    units: int | None = None
    inputs: int | None = None
    steps: int | None = None
    question: str = ""
    page: str = ""
    section: str | None = None
    direction: Literal["", "forward", "backward"] = ""
    step: int | None = None
    value: str = ""
    unit: int | None = None
    covered: bool | None = None
    hold: tuple[Hold, ...] | None = None
    fault: str = ""
    flow: FlowSettings | None = None


class NamesSettings(LessonPart, frozen=True):
    """What is set in the dinosaur generator; what is not given stays as it is.

    ``train``: start a training, or pause it. ``typed``: the letters before the next one.
    """

    page: str = ""
    train: bool | None = None
    typed: str | None = None
    temperature: float | None = None


class SharesSettings(LessonPart, frozen=True):
    """What is set in the stock forecaster; what is not given stays as it is.

    ``share`` is one that ships. ``find_out``: train and judge.
    """

    page: str = ""
    share: str = ""
    find_out: bool = False


class LessonAnswer(LessonPart, frozen=True):
    """One answer. Where the question is about a number, it lies from ``least`` to ``most``."""

    text: Words
    right: bool = False
    least: float | None = None
    most: float | None = None


class LessonQuestion(LessonPart, frozen=True):
    """What is asked before anything is shown, and what is seen and said then.

    ``number`` is a number of the scene, such as ``ft[1]@3``, as it is after the reveal: exactly
    the right answer's bounds hold it.
    """

    text: Words
    answers: tuple[LessonAnswer, ...]
    seen: Words
    number: str = ""
    cell: CellSettings | None = None
    names: NamesSettings | None = None
    shares: SharesSettings | None = None

    @property
    def right(self) -> int:
        """The place of the right answer, from 0."""
        return next(place for place, answer in enumerate(self.answers) if answer.right)


class LessonStep(LessonPart, frozen=True):
    """One step: words, what is set before they are read, and a question.

    ``text`` has numbers of the scene in braces, such as ``{c_prev[1]}`` or ``{ft[2]@3}``: the
    value, its unit, and the time step where it is another than the one in sight. ``**bold**`` is
    bold.
    """

    title: Words
    text: Words
    cell: CellSettings | None = None
    names: NamesSettings | None = None
    shares: SharesSettings | None = None
    question: LessonQuestion | None = None


class Lesson(LessonPart, frozen=True):
    """A lesson in the languages of its words; ``tab`` is where it is given.

    ``minutes`` is how long a class takes for it.
    """

    title: Words
    about: Words
    tab: Literal["inspector", "names", "stocks"]
    steps: tuple[LessonStep, ...]
    minutes: int = 45
    teacher: Words = {}
    """For the teacher: how the time is spent."""
