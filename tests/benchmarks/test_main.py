from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from benchmarks.__main__ import NAMES, make_parser

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = (ROOT / "docs" / "benchmarks.md").read_text("utf-8")
COMMANDS = re.findall(r"python -m benchmarks( [^\n`]*)?[\n`]", TEXT)


@pytest.mark.parametrize("arguments", sorted(set(COMMANDS)))
def test_that_a_command_in_the_document_is_understood(arguments: str) -> None:
    make_parser().parse_args(shlex.split(arguments))


@pytest.mark.parametrize("name", NAMES)
def test_that_every_benchmark_has_its_file_and_its_place_in_the_document(name: str) -> None:
    assert (ROOT / "benchmarks" / f"{name}.py").is_file()
    assert f"## {name}" in TEXT.lower()


def test_when_the_name_is_wrong_the_right_ones_are_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit, match="2"):
        make_parser().parse_args(["shares"])
    assert "stacked" in capsys.readouterr().err
