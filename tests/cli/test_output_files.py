"""No command writes over what it reads, over what came with the program, or twice into a file."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rnnstudio.cli import main
from rnnstudio.cli.console import natural_number, positive_int, seed_number
from rnnstudio.cli.main import make_parser
from rnnstudio.cli.output_files import Reads, Writes
from rnnstudio.paths import data_file

NUMBERS = (int, float, natural_number, positive_int, seed_number)
NO_FILES = {
    *(
        "--begin",
        "--column",
        "--encoding",
        "--features",
        "--language",
        "--lie",
        "--rows",
        "--scene",
        "--scheduler",
        "--seeds",
        "--size",
        "--sort",
        "--state",
    ),
    *("--split", "--target", "--try"),
    "scene",
}
"""Options whose text is known to name no file."""
SHIPPED = data_file("prices/AMD.csv")
CONTENT = b"Date,Close\n2020-01-01,1\n"


COMMANDS = dict(make_parser().leaves())
WRITING = [
    (words, action)
    for words, command in COMMANDS.items()
    for action in command.actions
    if isinstance(action.type, Writes)
]
PAIRS = [
    (words, reads, writes)
    for words, writes in WRITING
    for reads in COMMANDS[words].actions
    if isinstance(reads.type, Reads)
]
TWICE = [
    (words, one, other)
    for words, one in WRITING
    for again, other in WRITING
    if words == again and one is not other and other.type.files(Path("here"))[0] == Path("here")
]
"""Two options, of which the other one writes just the file that it names."""


def command_line(words: tuple[str, ...], *actions: object) -> str:
    return " ".join([*words, *("/".join(each.option_strings) or each.dest for each in actions)])


def label(part: object) -> str:
    """A command or an option in the name of a test."""
    return command_line((), part) if isinstance(part, argparse.Action) else " ".join(part)


def call(words: tuple[str, ...], *given: tuple[object, str]) -> list[str]:
    """The command line with these options, and with all that the command requires besides."""
    named = [action for action, _ in given]
    line = [part for action, value in given for part in (*action.option_strings[:1], value)]
    for action in COMMANDS[words].actions:
        if action.required and action not in named:
            value = "units=4" if action.option_strings == ["--try"] else "other.csv"
            line += [*action.option_strings[:1], value]
    return [*words, *line]


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """The one sentence with which the command ends before it does anything."""
    with pytest.raises(SystemExit) as ended:
        main.run(arguments)
    printed = capsys.readouterr()
    assert ended.value.code == 2
    assert printed.out == ""
    [sentence] = printed.err.splitlines()
    return sentence


def reading(action: object, path: Path) -> str:
    """The option's value that has ``path`` read."""
    return f"X={path}" if action.option_strings == ["--share"] else str(path)


def test_that_every_option_which_names_a_file_says_whether_it_reads_or_writes_it() -> None:
    free = [
        command_line(words, action)
        for words, command in COMMANDS.items()
        for action in command.actions
        if action.nargs not in (0, "A...")
        and not action.choices
        and not isinstance(action.type, Reads | Writes)
        and not {*action.option_strings, action.dest} & NO_FILES
        and action.type not in NUMBERS
    ]
    assert free == []
    assert len(WRITING) > 10


@pytest.mark.parametrize(
    ("words", "reads", "writes"),
    PAIRS,
    ids=label,
)
def test_that_no_command_writes_over_a_file_that_it_reads(
    words: tuple[str, ...], reads, writes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [*_, derived] = writes.type.files(tmp_path / "made.py")
    derived.parent.mkdir(exist_ok=True)
    derived.write_bytes(CONTENT)
    arguments = call(words, (reads, reading(reads, derived)), (writes, str(tmp_path / "made.py")))
    sentence = refused(arguments, capsys)
    assert str(derived) in sentence
    assert "is read by" in sentence
    assert derived.read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("words", "one", "other"),
    TWICE,
    ids=label,
)
def test_that_no_command_writes_two_things_into_one_file(
    words: tuple[str, ...], one, other, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [*_, derived] = one.type.files(tmp_path / "made.py")
    given = (one, str(tmp_path / "made.py")), (other, str(derived))
    sentence = refused(call(words, *given), capsys)
    assert "is written by" in sentence


@pytest.mark.parametrize(
    ("words", "writes"),
    WRITING,
    ids=label,
)
def test_that_no_command_writes_over_what_came_with_the_program(
    words: tuple[str, ...], writes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = SHIPPED.read_bytes()
    [*_, derived] = writes.type.files(tmp_path / "made.py")
    derived.parent.mkdir(exist_ok=True)
    derived.symlink_to(SHIPPED)
    sentence = refused(call(words, (writes, str(tmp_path / "made.py"))), capsys)
    assert "came with RNN Studio" in sentence
    assert SHIPPED.read_bytes() == before


def linked(original: Path) -> Path:
    link = original.with_name("link.csv")
    link.symlink_to(original)
    return link


def linked_folder(original: Path) -> Path:
    link = original.parent.with_name("elsewhere")
    link.symlink_to(original.parent, target_is_directory=True)
    return link / original.name


def hard_linked(original: Path) -> Path:
    link = original.with_name("hard.csv")
    os.link(original, link)
    return link


def roundabout(original: Path) -> Path:
    return original.parent / "missing" / ".." / ".." / original.parent.name / original.name


def relative(original: Path) -> Path:
    return Path(os.path.relpath(original))


@pytest.mark.parametrize("other_name", [linked, linked_folder, hard_linked, roundabout, relative])
def test_that_a_file_is_recognised_by_any_name(
    other_name: Callable[[Path], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    original = tmp_path / "folder" / "prices.csv"
    original.parent.mkdir()
    original.write_bytes(CONTENT)
    name = str(other_name(original))
    assert "is read by FILE" in refused(["stocks", "read", str(original), "--csv", name], capsys)
    assert original.read_bytes() == CONTENT


def test_that_a_share_of_a_folder_is_not_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_bytes(CONTENT)
    (tmp_path / "out").mkdir()
    os.link(tmp_path / "a.csv", tmp_path / "out" / "walk.json")
    arguments = ["stocks", "walk", str(tmp_path), "--out", str(tmp_path / "out")]
    assert "is read by PRICES" in refused(arguments, capsys)


def test_that_files_which_differ_in_a_letters_case_are_two_where_the_system_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "probe").touch()
    names = ["--save", str(tmp_path / "X" / "net"), "--report", str(tmp_path / "X" / "NET")]
    if (tmp_path / "PROBE").exists():
        assert "is written by" in refused(["stocks", "forecast", *names], capsys)
    else:
        missing = ["--train", str(tmp_path / "missing.csv")]
        assert main.run(["stocks", "forecast", *missing, *names]) == 1
        assert "missing.csv" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not append like that")
def test_that_a_result_is_not_appended_to_the_file_it_is_about(tmp_path: Path) -> None:
    prices = tmp_path / "prices.csv"
    prices.write_bytes(CONTENT)
    with prices.open("ab") as output:
        done = subprocess.run(
            [sys.executable, "-m", "rnnstudio", "stocks", "read", str(prices)],
            stdout=output,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert "the output goes into it" in done.stderr
    assert prices.read_bytes() == CONTENT


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="there is no such device here")
def test_that_what_holds_nothing_may_be_named_twice(capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--names", "/dev/null", "--save", "/dev/null", "--out", "/dev/null"]
    assert main.run(["names", "train", *options]) == 1
    assert "written" not in capsys.readouterr().err


@pytest.mark.parametrize("name", ["", "a\0b"])
def test_that_what_is_no_name_of_a_file_is_wrong_usage(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "is no name of a file" in refused(["stocks", "read", name], capsys)


def test_that_other_files_are_written_over_as_always(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prices, table = tmp_path / "prices.csv", tmp_path / "table.csv"
    shutil.copy(SHIPPED, prices)
    table.write_text("old")
    assert main.run(["stocks", "read", str(prices), "--csv", str(table)]) == 0
    assert table.read_text("utf-8").startswith("Date,")
