"""Commands that the documents name are there and are understood."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from rnnstudio.cli.main import make_parser

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
APART = [ROOT / "docs" / "adding-a-cell.md", ROOT / "docs" / "opening-models.md"]
"""Run elsewhere: test_adding_a_cell.py takes the new cell out of the registries again, and the
lines that write PyTorch's weights stand in tests/core/models/torch_files/make.py."""
FENCE = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
TEXT = "\n".join(document.read_text("utf-8") for document in DOCUMENTS)
FENCED = [line for block in FENCE.findall(TEXT) for line in block.splitlines()]
INLINE = re.findall(r"`([^`\n]+)`", FENCE.sub("", TEXT))


def commands(program: str) -> list[list[str]]:
    """Every command line that the documents give for a program, as its arguments."""
    lines = [line for line in FENCED + INLINE if re.match(rf"(\S*/)?{program}( |$)", line)]
    return sorted({tuple(shlex.split(line, comments=True)[1:]): None for line in lines})


@pytest.mark.parametrize("arguments", commands("rnnstudio"), ids=" ".join)
def test_that_a_command_line_in_the_documents_is_understood(arguments: tuple[str, ...]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        if arguments[-1:] == ("--help",):
            with pytest.raises(SystemExit, match=r"^0$"):
                make_parser().parse_args(arguments)
        else:
            assert callable(make_parser().parse_args(arguments).run)


def test_that_make_targets_in_the_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {arguments[0] for arguments in commands("make") if arguments}
    assert named >= {"run", "test", "bench", "package"}
    assert named <= targets


def test_that_environments_in_the_documents_are_made_by_the_setup() -> None:
    named = set(re.findall(r"tools[\\/]setup\.py (\w+)", TEXT))
    source = (ROOT / "tools" / "setup.py").read_text("utf-8")
    assert named
    assert {name for name in named if f'"{name}"' not in source} == set()


def test_that_files_in_the_documents_exist() -> None:
    pattern = r"(?:rnnstudio|tests|docs|tools|data|resources|benchmarks)/[\w./-]*"
    named = {name for text in INLINE for name in re.findall(rf"^{pattern}$", text)}
    linked = {
        (document.parent / link).relative_to(ROOT).as_posix()
        for document in DOCUMENTS
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text("utf-8"))
    }
    assert {name for name in named | linked if not (ROOT / name).exists()} == set()


def test_that_the_map_of_the_architecture_has_every_folder_and_basic_module() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    drawn = set(re.findall(r"[\w.]+(?:/|\.py)", FENCE.findall(text)[0]))
    package = ROOT / "rnnstudio"
    folders = {f"{path.parent.name}/" for path in package.rglob("__init__.py")}
    basic = {
        path.name
        for folder in (package, package / "core", package / "ui")
        for path in folder.glob("*.py")
        if path.name != "__init__.py"
    }
    assert folders | basic <= drawn, sorted((folders | basic) - drawn)
    files = {path.name for path in package.rglob("*.py")}
    assert drawn <= folders | files | {"data/", "resources/"}


def test_that_each_place_to_change_something_exists() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    section = text.split("## Where do I change", 1)[1].split("\n## ", 1)[0]
    rows = [line.split("|")[1:3] for line in section.splitlines() if line.startswith("| ")][1:]
    assert len(rows) >= 21
    for task, places in rows:
        names = re.findall(r"`([^`]+)`", places) + re.findall(r"\]\(([^)]+)\)", places)
        missing = [
            name for name in names if not any((d / name).exists() for d in (ROOT, ROOT / "docs"))
        ]
        assert names, task
        assert missing == [], task


@pytest.mark.parametrize(
    "document",
    [path for path in DOCUMENTS if PYTHON.search(path.read_text("utf-8")) and path not in APART],
    ids=lambda path: path.name,
)
def test_that_python_in_the_documents_runs(document: Path) -> None:
    source = "\n".join(PYTHON.findall(document.read_text("utf-8")))
    exec(compile(source, str(document), "exec"), {"__name__": "document"})  # noqa: S102
