"""The self-test: what it covers, and that it says what fails."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from rnnstudio.cli.main import make_parser, run
from rnnstudio.selftest import check_command, command_lines
from tests.cli.commands import leaves

WINDOW = ("open",)
"""The command that shows the window; the self-test opens each of its tabs itself."""


def test_that_the_self_test_runs_every_command(tmp_path: Path) -> None:
    lines = list(command_lines(tmp_path))
    missing = [
        words
        for words, _ in leaves(make_parser())
        if words != WINDOW and not any(line[: len(words)] == words for line in lines)
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("line", "status"), [(("stocks", "read", "no-such-file"), 1), (("stocks", "read"), 2)]
)
def test_when_a_command_fails_its_check_fails_with_what_it_said(
    line: tuple[str, ...], status: int
) -> None:
    with pytest.raises(RuntimeError, match=rf"exit status {status}: .*rnnstudio"):
        check_command(run, line)


def test_that_a_library_that_the_bundle_lacks_fails_the_check_of_the_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = list(command_lines(tmp_path))
    [search] = [line for line in lines if line[:2] == ("stocks", "search")]
    check_command(run, search)
    monkeypatch.setitem(sys.modules, "sklearn.model_selection", None)
    with pytest.raises(ImportError, match="model_selection"):
        check_command(run, search)
