"""``rnnstudio translations check`` and ``--language``."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rnnstudio.cli.main import run
from rnnstudio.cli.translations import checked


def test_that_the_shipped_catalogues_fit_their_sentences(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["translations", "check", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["fuzzy"] == found["placeholders"] == 0
    assert 0 <= found["untranslated"]["id"] < found["messages"]


def test_that_each_kind_of_fault_is_counted(tmp_path: Path) -> None:
    file = tmp_path / "faulty.po"
    file.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "{days} days"\nmsgstr "{hari} hari"\n\n'
        '#, fuzzy\nmsgid "Stop"\nmsgstr "Berhenti"\n\n'
        'msgid "Train"\nmsgstr ""\n',
        encoding="utf-8",
    )
    assert checked({"id": file}) == {
        "messages": 3,
        "untranslated": {"id": 1},
        "fuzzy": 1,
        "placeholders": 1,
    }


def test_that_in_place_of_a_language_that_is_not_there_english_is_spoken(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["--language", "fr", "translations", "check"]) == 0
    said = capsys.readouterr()
    assert said.err == "There is no language 'fr', so this is English; there are en, id.\n"
    assert "sentences have no translation" in said.out


def spoken(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What a command says in Indonesian, in a process of its own."""
    command = [sys.executable, "-m", "rnnstudio", "--language", "id", *arguments]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        command, check=False, cwd=folder, env=environment, capture_output=True, encoding="utf-8"
    )


def test_that_an_error_is_said_in_the_language_that_was_asked_for(tmp_path: Path) -> None:
    done = spoken("names", "train", "--names", "missing.txt", folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == ("rnnstudio: Berkas missing.txt tidak ada; pilih berkas lain.\n")


def test_that_a_result_is_said_with_the_marks_of_the_language_and_json_stays_english(
    tmp_path: Path,
) -> None:
    names = tmp_path / "some.txt"
    names.write_text("anna\n\nOtto\n" * 500, encoding="utf-8")
    train = ("names", "train", "--names", "some.txt", "--iterations", "3")
    lines = spoken(*train, folder=tmp_path).stdout.splitlines()
    assert lines[0] == "some.txt: 1.000 nama dalam 1.500 baris berkode UTF-8."
    assert "500 nama mengandung huruf besar: dijadikan huruf kecil." in lines
    found = json.loads(spoken(*train, "--json", folder=tmp_path).stdout)
    assert found["reading"][0] == "some.txt: 1,000 names in 1,500 lines of UTF-8."
