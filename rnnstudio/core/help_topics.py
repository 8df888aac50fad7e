"""Help: short texts in every language, and which of them a word is found in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rnnstudio.core import language
from rnnstudio.core.lessons.reading import lesson_files, read_lesson
from rnnstudio.paths import resource_file

_NAME = re.compile(r"\d+-(.+)")


@dataclass(frozen=True)
class HelpTopic:
    """A text in Markdown with its title; ``key`` names it in every language."""

    key: str
    title: str
    text: str

    @property
    def beginning(self) -> str:
        """Its first paragraph."""
        return self.text.split("\n\n", 1)[0]


def help_topics() -> tuple[HelpTopic, ...]:
    """Every text in the language that is spoken, in the order of the list."""
    return _topics(language.code())


def help_topic(key: str) -> HelpTopic:
    """The text called ``key``; raises KeyError where there is none."""
    return {topic.key: topic for topic in help_topics()}[key]


def found_topics(query: str) -> tuple[HelpTopic, ...]:
    """Those that hold every word of ``query``, whatever its case; in titles first."""
    words = query.casefold().split()
    titles = [topic for topic in help_topics() if _holds(topic.title, words)]
    texts = [t for t in help_topics() if t not in titles and _holds(f"{t.title} {t.text}", words)]
    return (*titles, *texts)


def _holds(text: str, words: list[str]) -> bool:
    text = text.casefold()
    return all(word in text for word in words)


@cache
def _topics(code: str) -> tuple[HelpTopic, ...]:
    files = sorted(resource_file(f"help/{code}").glob("*.md"))
    read = []
    for file in files:
        title, _, text = file.read_text("utf-8").removeprefix("# ").partition("\n\n")
        name = _NAME.fullmatch(file.stem)
        read.append(HelpTopic(file.stem if name is None else name[1], title, text.strip()))
    return tuple(_for_teachers(code, each) if each.key == "teachers" else each for each in read)


def _for_teachers(code: str, page: HelpTopic) -> HelpTopic:
    """The page for teachers, with each lesson's plan as the lesson says it."""
    plans = [page.text]
    for file in lesson_files():
        lesson = read_lesson(file).lesson
        plans.append(f"## {lesson.title[code]}")
        plans.append(lesson.teacher[code])
    return HelpTopic(page.key, page.title, "\n\n".join(plans))
