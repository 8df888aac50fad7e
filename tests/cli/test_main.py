"""The command line as a user types it: exit status, what is printed where."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from rnnstudio.cli import main


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``python -m rnnstudio`` with these arguments."""
    call = [sys.executable, "-m", "rnnstudio", *arguments]
    return subprocess.run(call, capture_output=True, text=True, check=False)


def test_that_verify_prints_every_figure_as_one_object_and_exits_with_zero() -> None:
    done = command("cells", "verify", "--json")
    printed = json.loads(done.stdout)
    assert done.returncode == 0
    assert printed["passed"] == printed["total"] == len(printed["figures"]) == 67
    figure = next(f for f in printed["figures"] if f["name"] == "dxt[1][2]")
    assert figure["function"] == "rnn_cell_backward"
    assert figure["printed"] == pytest.approx(-1.3872130506020928, abs=1e-15)
    assert figure["computed"] == pytest.approx(figure["printed"], abs=1e-12)
    assert figure["ok"] is True


def test_that_verify_exits_with_one_when_a_figure_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("rnnstudio.core.cells.published.ALL_DIGITS", 0.0)
    monkeypatch.setattr("rnnstudio.core.cells.published.EIGHT_DECIMALS", 0.0)
    assert main.run(["cells", "verify"]) == 1
    assert "FAIL rnn_cell_forward: a_next[4]" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["cells"],
        ["cells", "verify", "--nonsense"],
        ["names", "train", "--iterations", "-5"],
        ["names", "train", "--seed", "x"],
        ["stocks", "forecast", "--epochs", "0"],
    ],
)
def test_that_wrong_usage_is_one_sentence_and_exits_with_two(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_status:
        main.run(arguments)
    printed = capsys.readouterr()
    assert exit_status.value.code == 2
    assert printed.out == ""
    assert len(printed.err.strip().splitlines()) == 1


@pytest.mark.parametrize("name", ["missing.csv", "folder/missing"])
def test_that_a_file_alone_that_is_missing_is_said_to_be_missing(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert main.run([name]) == 1
    said = f"rnnstudio: There is no file {Path(name)}; choose another file.\n"
    assert capsys.readouterr().err == said


def test_that_a_failed_job_is_one_sentence_and_exits_with_one() -> None:
    done = command("names", "train", "--names", "no-such-file.txt")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "no-such-file.txt" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_that_every_option_is_explained_with_its_default() -> None:
    parser = main.make_parser()
    for action in _options(parser):
        assert action.help, action.option_strings
        if action.default not in (None, "==SUPPRESS=="):
            assert "default" in action.help, action.option_strings


def _options(parser):
    for action in parser._actions:
        if action.option_strings and action.dest not in ("help", "version", "run"):
            yield action
        elif action.choices and action.nargs == "A...":
            for command_parser in action.choices.values():
                yield from _options(command_parser)


def test_that_headless_commands_load_neither_qt_nor_tensorflow() -> None:
    script = (
        "import sys; from rnnstudio.cli.main import run; run(['cells', 'verify', '--json']);"
        "sys.exit(any(name in sys.modules for name in ('PySide6', 'tensorflow', 'pandas')))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 0
