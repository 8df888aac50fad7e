"""The lessons that ship are whole, and each kind of mistake is told by its line."""

import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnstudio.core import language
from rnnstudio.core.cells.misconceptions import QUESTIONS
from rnnstudio.core.errors import UserError
from rnnstudio.core.lessons.checking import check_lesson
from rnnstudio.core.lessons.lesson import CellSettings, Hold
from rnnstudio.core.lessons.lesson_scene import LessonScene
from rnnstudio.core.lessons.reading import lesson_files, read_lesson

DOCS = Path(__file__).resolve().parents[3] / "docs"
FIRST = lesson_files()[0]


def changed(folder: Path, old: str, new: str) -> Path:
    """The first lesson with one piece of its text replaced once."""
    text = FIRST.read_text(encoding="utf-8")
    assert old in text
    file = folder / "lesson.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def line_of(old: str) -> int:
    """The line of the first lesson where ``old`` first stands."""
    text = FIRST.read_text(encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize("path", lesson_files(), ids=lambda path: path.stem)
def test_that_every_lesson_is_whole_in_every_language(path: Path) -> None:
    assert check_lesson(path) == ()
    lesson = read_lesson(path).lesson
    assert 5 <= len(lesson.steps) <= 8
    assert all(step.question is not None for step in lesson.steps)


def test_that_there_are_six_and_that_they_use_every_misconception() -> None:
    assert len(lesson_files()) == 6
    steps = [step for path in lesson_files() for step in read_lesson(path).lesson.steps]
    asked = {step.question.cell.question for step in steps if step.question and step.question.cell}
    assert {question.key for question in QUESTIONS} <= asked


def test_that_numbers_in_words_are_those_of_the_scene() -> None:
    view = LessonScene().after(CellSettings(step=3, value="ft"))
    first, second = view.traced.forward[2]["ft"][:, 0]
    before = view.traced.forward[1]["c_next"][0, 0]
    filled = view.filled("{ft[1]} {ft[2]:3} {c_next[1]@2}")
    assert filled == f"{first:.2f} {second:.3f} {before:.2f}".replace("-", "−")


def test_that_numbers_are_written_as_the_language_does() -> None:
    view = LessonScene().after(CellSettings(step=3))
    language.choose("id")
    try:
        assert view.filled("{ft[1]}") == "0,19"
    finally:
        language.choose("en")


def test_that_a_held_value_changes_what_follows() -> None:
    free = LessonScene()
    held = free.after(CellSettings(hold=(Hold(value="ft", at=1.0, step=3),)))
    assert held.number("ft[1]@3") == 1
    assert held.number("c_next[1]@3") != free.number("c_next[1]@3")
    assert held.after(CellSettings(hold=())).number("yt_pred[3]@5") == free.number("yt_pred[3]@5")


MISTAKES = {
    "no TOML": ('tab = "inspector"', "tab = inspector", "this is no TOML", "tab ="),
    "another field": ('section = ""', 'sektion = ""', "unknown field `sektion`", "[steps.cell]"),
    "another type": ("minutes = 45", 'minutes = "long"', "Expected `int`", "minutes"),
    "no such row": ('value = "concat"', 'value = "gate"', "ft, it, cct", "[steps.cell]"),
    "no such step": ("step = 1\n", "step = 9\n", "the steps 1 to 5", "[steps.cell]"),
    "no such number": ("{c_prev[1]} and", "{c_prev[7]} and", "units 1 to 2", 'en = """This'),
    "a lone brace": ("{c_prev[1]} and", "{c_prev} and", "{ft[1]@3}", 'en = """This'),
    "a wrong bound": (
        "least = -0.9",
        "least = -0.8",
        "does not hold",
        '[[steps.question.answers]]\ntext.en = "about −0.8"',
    ),
    "two right answers": (
        'text.id = "hurufnya saja"',
        'text.id = "hurufnya saja"\nright = true',
        "exactly one answer",
        "[[steps.question.answers]]",
    ),
    "a missing language": ('id = "Satu langkah maju"\n', "", "language id", "[title]"),
    "another tab": (
        "[steps.cell]",
        '[steps.names]\ntyped = "a"\n[steps.cell]',
        "names",
        "[steps.cell]",
    ),
    "an answer in sight": ('value = "cct"', 'value = "c_next"', "is in sight", "number = "),
    "another page": ('page = "cell"', 'page = "cells"', "gates, flow", 'page = "cell"'),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_that_a_mistake_is_told_with_its_line_and_what_would_be_right(
    name: str, tmp_path: Path
) -> None:
    old, new, right, place = MISTAKES[name]
    file = changed(tmp_path, old, new)
    try:
        sentences = [str(each) for each in check_lesson(file)]
    except UserError as error:
        sentences = [str(error)]
    assert len(sentences) >= 1
    assert right in sentences[0]
    told = re.match(r"lesson\.toml, line (\d+): ", sentences[0])
    assert told is not None
    assert int(told[1]) == line_of(place)


def test_that_bytes_that_are_no_text_are_told_with_their_line(tmp_path: Path) -> None:
    file = tmp_path / "lesson.toml"
    file.write_bytes(b'tab = "inspector"\n# \xff\n')
    with pytest.raises(UserError, match="line 2: a lesson must be UTF-8 text"):
        check_lesson(file)


@given(text=st.text(alphabet=string.printable, max_size=200))
def test_that_no_text_crashes_the_reader(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("any") / "any.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UserError):
        check_lesson(file)


@given(data=st.data())
def test_that_a_lesson_with_a_damaged_line_is_read_or_told(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = FIRST.read_text(encoding="utf-8").splitlines()
    place = data.draw(st.integers(0, len(lines) - 1))
    lines[place] = data.draw(
        st.sampled_from(["", "x = 1", "[steps]", "[[steps]]", '"""', "a.b = {}"])
    )
    file = tmp_path_factory.mktemp("damaged") / "lesson.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    try:
        sentences = [str(each) for each in check_lesson(file)]
    except UserError as error:
        sentences = [str(error)]
    assert all(re.match(r"lesson\.toml, line \d+: ", each) for each in sentences)


def test_that_the_lesson_that_was_written_from_the_page_alone_is_whole() -> None:
    assert check_lesson(DOCS / "two-gates.toml") == ()


def test_that_the_lesson_in_the_documents_is_whole(tmp_path: Path) -> None:
    page = (DOCS / "writing-a-lesson.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    file = tmp_path / "example.toml"
    file.write_text(block, encoding="utf-8")
    assert check_lesson(file) == ()
