"""``rnnstudio translations check`` and ``--language``."""

import json
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


def test_that_another_language_is_refused_as_wrong_usage(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as left:
        run(["--language", "xx", "cells", "verify"])
    assert left.value.code == 2
    assert "'en', 'id'" in capsys.readouterr().err
