"""Whatever is typed for an option: one sentence on one line, and no traceback."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from rnnstudio.cli import main
from rnnstudio.cli.output_files import Reads, Writes
from tests.cli.test_console import in_shell

HUGE = "9" * 5_000
ODD = ["", "nan", "-1", HUGE, "a\nb", "--"]
COMMANDS = dict(main.make_parser().leaves())
MISSING = "no-such-file"
"""An option that stops a command which would take the value."""


def line_of(words: tuple[str, ...], option: str, value: str) -> list[str]:
    """The command with the option, reading files that are not there."""
    line = [*words, f"{option}={value}"]
    for action in COMMANDS[words].actions:
        if isinstance(action.type, Reads) and option not in action.option_strings:
            given = f"X={MISSING}" if action.option_strings == ["--share"] else MISSING
            line += [*action.option_strings[-1:], given]
    if words[-1] == "search" and option != "--try":
        line += ["--try", "units=2"]
    return line


def status_of(line: list[str]) -> int:
    """The exit status of this command line."""
    try:
        return main.run(line)
    except SystemExit as left:
        return int(left.code or 0)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_that_an_odd_value_is_refused_in_one_line(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    options = [action for action in COMMANDS[words].actions if action.nargs != 0]
    for action in options:
        if isinstance(action.type, Writes) or not action.option_strings:
            continue
        for value in ODD:
            line = line_of(words, action.option_strings[-1], value)
            assert status_of(line) in (1, 2), line
            said = capsys.readouterr().err.replace("\r", "\n").splitlines()
            assert said[-1].startswith("rnnstudio"), line


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("stocks forecast --epochs=--", "argument --epochs: expected one argument"),
        ("stocks forecast --epochs=1000000001", "1000000001 is too large; the largest is"),
        ("stocks forecast --seed=4294967296", "4294967296 is too large; the largest is"),
        ("stocks forecast --script=.", ". is no name for a Python script"),
        (f"stocks read {'a' * 256}", "is no name of a file"),
    ],
)
def test_that_what_cannot_be_is_refused_with_its_reason(
    arguments: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status_of(arguments.split()) in (1, 2)
    assert sentence in capsys.readouterr().err


def test_that_nothing_in_a_name_is_obeyed_by_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = str(tmp_path / "a\n\x1b[31mb")
    assert main.run(["names", "sample", "--model", name]) == 1
    [sentence] = capsys.readouterr().err.splitlines()
    assert r"a\n\x1b[31mb" in sentence


@pytest.mark.skipif(sys.platform != "linux", reason="the shell cannot limit the memory here")
def test_when_there_is_not_enough_memory_one_sentence_says_so() -> None:
    done = in_shell("names evaluate --seeds 1000000000", before="ulimit -v 4000000")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("rnnstudio: There is not enough memory")
