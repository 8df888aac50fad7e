"""``rnnstudio lessons``: what is listed, and what a check prints."""

import json
from pathlib import Path

import pytest

from rnnstudio.cli.main import run
from rnnstudio.core.lessons.reading import lesson_files


def test_that_the_lessons_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lessons", "list", "--json"]) == 0
    lessons = json.loads(capsys.readouterr().out)["lessons"]
    assert [each["file"] for each in lessons] == [path.name for path in lesson_files()]
    assert run(["--language", "id", "lessons", "list"]) == 0
    assert "Satu langkah maju" in capsys.readouterr().out


def test_that_a_whole_lesson_is_said_to_be_one(capsys: pytest.CaptureFixture[str]) -> None:
    file = lesson_files()[0]
    assert run(["lessons", "check", str(file)]) == 0
    assert "a whole lesson of 6 steps" in capsys.readouterr().out
    assert run(["lessons", "check", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"whole": True, "mistakes": []}


def test_that_mistakes_are_printed_and_the_exit_status_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.toml"
    text = lesson_files()[0].read_text(encoding="utf-8")
    file.write_text(text.replace('value = "concat"', 'value = "konkat"'), encoding="utf-8")
    assert run(["lessons", "check", str(file), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert not found["whole"]
    assert all(each.startswith("mine.toml, line ") for each in found["mistakes"])
    file.write_text("[[steps", encoding="utf-8")
    assert run(["lessons", "check", str(file)]) == 1
    assert "mine.toml, line 1: this is no TOML" in capsys.readouterr().err
