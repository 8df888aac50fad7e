"""``rnnstudio translations check`` and ``--language``."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rnnstudio.cli.main import run
from rnnstudio.cli.translations import checked
from rnnstudio.core import language


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


@pytest.fixture
def english_afterwards() -> Iterator[None]:
    yield
    language.choose("en")


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


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["names", "train", "--iterations", "x"], "'x' bukan bilangan bulat minimal 1"),
        (["names", "sing"], "pilihan 'sing' tidak ada (pilih dari"),
        (["names", "sample"], "argumen berikut diperlukan: "),
        (["cells", "verify", "--loud"], "argumen yang tidak dikenal: --loud"),
        (["names", "train", "--out"], "argumen --out: diperlukan satu argumen"),
    ],
)
def test_that_wrong_usage_is_said_in_the_language_that_was_asked_for(
    arguments: list[str],
    sentence: str,
    capsys: pytest.CaptureFixture[str],
    english_afterwards: None,
) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(["--language", "id", *arguments])
    said = capsys.readouterr().err
    assert sentence in said
    assert said.endswith("--help)\n")
    assert "(lihat rnnstudio" in said


def test_that_help_is_given_in_the_language_that_was_asked_for(
    capsys: pytest.CaptureFixture[str], english_afterwards: None
) -> None:
    with pytest.raises(SystemExit, match="0"):
        run(["--language", "id", "stocks", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert said.startswith("penggunaan: rnnstudio stocks [-h] COMMAND")
    assert "baca berkas CSV harga dan sebutkan temuannya" in said
    assert "tampilkan bantuan ini lalu keluar" in said
    assert not {"options", "show", "forecast a"} & set(said.split())
