"""Whether a lesson is whole: every sentence a mistake, with its line and what would be right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.lessons.lesson import Lesson, LessonQuestion, LessonStep, Words
from rnnstudio.core.lessons.lesson_scene import LessonScene
from rnnstudio.core.lessons.reading import LessonSource, read_lesson
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.samples import SAMPLES

FEWEST_STEPS, MOST_STEPS = 5, 8
FEWEST_ANSWERS, MOST_ANSWERS = 2, 4
PAGES = {
    "inspector": ("cell", "gates", "flow", "sums", "clipping", "questions"),
    "names": ("home", "good", "compare", "explain", "drawn", "list", "clipping"),
    "stocks": ("verdict", "closed loop", "horizons", "seeds", "walk", "search", "leaks", "runs"),
}
"""The pages that a lesson may turn to, by the tab."""
Found = Iterator[tuple[str, Message]]
"""The place of each mistake in the file, and what is wrong there."""


def check_lesson(path: Path) -> tuple[Message, ...]:
    """Every mistake in the lesson at ``path``; none where it can be given.

    Raises UserError where it cannot even be read as a lesson.
    """
    return mistakes_in(read_lesson(path))


def mistakes_in(source: LessonSource) -> tuple[Message, ...]:
    """Every mistake in a lesson that was read; none where it can be given."""
    return tuple(source.mistake(place, what) for place, what in _mistakes(source))


def _mistakes(source: LessonSource) -> Found:
    lesson = source.lesson
    for name in ("title", "about", "teacher"):
        yield from _untranslated(name, getattr(lesson, name))
    if not FEWEST_STEPS <= len(lesson.steps) <= MOST_STEPS:
        values = {"least": FEWEST_STEPS, "most": MOST_STEPS, "found": len(lesson.steps)}
        yield "steps", Message("a lesson has {least} to {most} steps, this one {found}", values)
    view = LessonScene()
    for place, step in enumerate(lesson.steps):
        for where, what in _in_step(lesson, step, view):
            yield f"steps[{place}].{where}".rstrip("."), what
        view = _played(view, step)
    if all(step.question is None for step in lesson.steps[:-1]):
        yield "steps", Message("a lesson asks before it shows; this one asks nothing")


def _played(view: LessonScene, step: LessonStep) -> LessonScene:
    """The inspector after a step, as far as its settings can be set."""
    for part in (step, step.question):
        if part is not None:
            try:
                view = view.after(part.cell)
            except UserError:
                continue  # told where it stands
    return view


def _in_step(lesson: Lesson, step: LessonStep, view: LessonScene) -> Found:
    yield from _untranslated("title", step.title)
    yield from _untranslated("text", step.text)
    yield from _in_settings(lesson, step, "")
    try:
        view = view.after(step.cell)
    except UserError as error:
        yield "cell", error.message
        return
    yield from _unknown_numbers(view, "title", step.title)
    yield from _unknown_numbers(view, "text", step.text)
    if step.question is not None:
        yield from _in_question(lesson, step.question, view)


def _in_settings(lesson: Lesson, part: LessonStep | LessonQuestion, within: str) -> Found:
    """Pages and shares that are not there, and settings of a tab where the lesson is not given."""
    given = {"inspector": part.cell, "names": part.names, "stocks": part.shares}
    keys = {"inspector": "cell", "names": "names", "stocks": "shares"}
    for tab, settings in given.items():
        if settings is None:
            continue
        place = f"{within}{keys[tab]}"
        if tab != lesson.tab:
            values = {"tab": tab, "lesson": lesson.tab}
            yield place, Message("this sets the tab {tab}; the lesson is given in {lesson}", values)
        if settings.page and settings.page not in PAGES[tab]:
            values = {"page": settings.page, "pages": ", ".join(PAGES[tab])}
            what = Message("there is no page {page!r}; choose one of {pages}", values)
            yield f"{place}.page", what
    shares = part.shares
    if shares is not None and shares.share and shares.share not in SAMPLES:
        values = {"share": shares.share, "shares": ", ".join(SAMPLES)}
        what = Message("there is no share {share!r}; choose one of {shares}", values)
        yield f"{within}shares.share", what
    names = part.names
    if names is not None and names.temperature is not None and not 0 < names.temperature <= 5:
        what = Message("the temperature must be above 0 and at most 5")
        yield f"{within}names.temperature", what


def _in_question(lesson: Lesson, question: LessonQuestion, view: LessonScene) -> Found:
    yield from _in_settings(lesson, question, "question.")
    yield from _untranslated("question.text", question.text)
    yield from _unknown_numbers(view, "question.text", question.text)
    yield from _untranslated("question.seen", question.seen)
    count = len(question.answers)
    if not FEWEST_ANSWERS <= count <= MOST_ANSWERS:
        values = {"least": FEWEST_ANSWERS, "most": MOST_ANSWERS, "found": count}
        what = Message("a question has {least} to {most} answers, this one {found}", values)
        yield "question.answers", what
    right = sum(answer.right for answer in question.answers)
    if right != 1:
        what = Message("exactly one answer is right = true, here {found}", {"found": right})
        yield "question.answers", what
    for place, answer in enumerate(question.answers):
        yield from _untranslated(f"question.answers[{place}].text", answer.text)
        yield from _unknown_numbers(view, f"question.answers[{place}].text", answer.text)
    try:
        shown = view.after(question.cell)
    except UserError as error:
        yield "question.cell", error.message
        return
    yield from _unknown_numbers(shown, "question.seen", question.seen)
    if question.number and right == 1:
        yield from _wrong_bounds(question, shown)
        if shown.scene is view.scene and view.shows(question.number):
            what = Message("{name} is in sight before it is asked for", {"name": question.number})
            yield "question.number", what


def _wrong_bounds(question: LessonQuestion, view: LessonScene) -> Found:
    """Answers whose bounds hold the number although they are not right, or the other way round."""
    try:
        number = view.number(question.number)
    except UserError as error:
        yield "question.number", error.message
        return
    for place, answer in enumerate(question.answers):
        least = -float("inf") if answer.least is None else answer.least
        most = float("inf") if answer.most is None else answer.most
        if (least <= number <= most) is not answer.right:
            values = {"name": question.number, "number": number}
            what = (
                Message("{name} is {number:.4g}, which this right answer does not hold", values)
                if answer.right
                else Message("{name} is {number:.4g}, which this wrong answer holds", values)
            )
            yield f"question.answers[{place}]", what


def _untranslated(place: str, words: Words) -> Found:
    missing = [code for code in language.NAMES if not words.get(code, "").strip()]
    unknown = sorted(set(words) - set(language.NAMES))
    if missing:
        values = {"languages": ", ".join(missing)}
        yield place, Message("the words are missing in the language {languages}", values)
    for code in unknown:
        values = {"language": code, "codes": ", ".join(language.NAMES)}
        what = Message("there is no language {language!r}: take one of {codes}", values)
        yield f"{place}.{code}", what


def _unknown_numbers(view: LessonScene, place: str, words: Words) -> Found:
    """Numbers that the scene does not have, and braces that are no number's."""
    for code, text in words.items():
        try:
            filled = view.filled(text)
        except UserError as error:
            yield f"{place}.{code}", error.message
            continue
        if "{" in filled or "}" in filled:
            what = Message("a number is written as {example}", {"example": "{ft[1]@3}"})
            yield f"{place}.{code}", what
