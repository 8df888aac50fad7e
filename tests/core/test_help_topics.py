"""The help has the same texts in every language, and a search finds them."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from rnnstudio.core import language
from rnnstudio.core.help_topics import found_topics, help_topic, help_topics
from rnnstudio.core.lessons.reading import lesson_files, read_lesson

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(params=language.NAMES)
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    language.choose(request.param)
    yield request.param
    language.choose("en")


def test_that_every_language_has_every_text() -> None:
    keys = {}
    for code in language.NAMES:
        language.choose(code)
        keys[code] = [topic.key for topic in help_topics()]
    language.choose("en")
    assert keys["en"] == keys["id"]
    assert len(set(keys["en"])) == len(keys["en"]) > 20


def test_that_no_text_is_empty_or_long(spoken: str) -> None:
    for topic in help_topics():
        assert topic.title
        assert 60 < len(topic.text) < (9000 if topic.key == "teachers" else 2000)


def test_that_a_search_finds_words_in_any_case_and_titles_first(spoken: str) -> None:
    found = found_topics("GRADIEN")
    assert found
    assert "gradien" in found[0].title.casefold()
    assert all("gradien" in f"{topic.title} {topic.text}".casefold() for topic in found)
    assert found_topics("xyzzy") == ()


def test_that_teachers_have_a_plan_for_every_lesson(spoken: str) -> None:
    text = help_topic("teachers").text
    for file in lesson_files():
        lesson = read_lesson(file).lesson
        assert f"## {lesson.title[spoken]}" in text
        assert lesson.teacher[spoken] in text
        minutes = sum(map(int, re.findall(r"(\d+) (?:min\b|menit)", lesson.teacher[spoken])))
        assert minutes == lesson.minutes


def test_that_every_library_of_others_is_named_with_its_licence(spoken: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = {re.match(r"[\w-]+", each)[0] for each in project["dependencies"]}  # type: ignore[index]
    called = {"PySide6-Essentials": "PySide6", "tensorflow-cpu": "tensorflow"}
    called["fontpkg-atkinson-hyperlegible"] = "Atkinson Hyperlegible"
    text = help_topic("licences").text.casefold()
    assert [name for name in names if called.get(name, name).casefold() not in text] == []
