"""A sentence that a person reads is one whole template, which can be translated."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "rnnstudio"
TEMPLATES = ("Message", "UserError", "tr", "counted")
"""What is called with a template."""
NOT_READ = {
    "ui/theme/style_sheet.py": "a style sheet",
    "core/errors.py": "hands on the template that it is given",
    "core/language.py": "looks up the template that it is given",
    "core/messages.py": "fills in the template that it is given",
}
"""Files that hold no sentences of their own, and what they do instead."""
_WORDS = re.compile(r"[A-Za-z]{2,} +[A-Za-z]{2,}")


def glued(file: Path) -> Iterator[int]:
    """The lines on which words are put together with values, other than in a template."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    raised = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise) and not _is_user_error(node.exc)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and id(node) not in raised:
            text = " ".join(
                str(part.value) for part in node.values if isinstance(part, ast.Constant)
            )
            if _WORDS.search(text):
                yield node.lineno


def _is_user_error(raised: ast.expr | None) -> bool:
    return isinstance(raised, ast.Call) and _name(raised.func) == "UserError"


def bare(file: Path) -> Iterator[int]:
    """The lines on which something else than a literal is given as a template."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _name(node.func) in TEMPLATES and node.args:
            first = node.args[0]
            if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
                yield node.lineno


def filled_in_english(file: Path) -> Iterator[int]:
    """The lines on which ``str.format`` fills a sentence: it knows no marks but English ones."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _name(node.func) == "format" and node.args:
            template = node.func.value if isinstance(node.func, ast.Attribute) else None
            constant = isinstance(template, ast.Constant) or _name(template).isupper()
            if template is not None and not constant:
                yield node.lineno


def uncounted(file: Path) -> Iterator[int]:
    """The lines on which a sentence has a plural that no catalogue collects."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _name(node.func) == "Message":
            given = [*node.args, *node.keywords]
            yield from (node.lineno for _ in given[2:])


def _name(called: ast.expr | None) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def found(look: Callable[[Path], Iterator[int]]) -> list[str]:
    """Where ``look`` finds something, in the whole package."""
    return [
        f"{file.relative_to(PACKAGE).as_posix()}:{line}"
        for file in sorted(PACKAGE.rglob("*.py"))
        if file.relative_to(PACKAGE).as_posix() not in NOT_READ
        for line in look(file)
    ]


def test_that_no_sentence_is_glued_together_from_pieces() -> None:
    assert found(glued) == []


def test_that_every_template_stands_in_the_code_as_it_is_looked_up() -> None:
    assert found(bare) == []


def test_that_the_window_fills_its_sentences_as_the_language_writes_numbers() -> None:
    assert [place for place in found(filled_in_english) if place.startswith("ui/")] == []


def test_that_every_plural_stands_where_the_catalogues_look_for_one() -> None:
    assert found(uncounted) == []


@pytest.mark.parametrize(
    "line",
    ['x = f"On these {n} test days"', 'raise UserError(f"{x} holds no price")'],
)
def test_when_a_sentence_is_glued_it_is_found(line: str, tmp_path: Path) -> None:
    file = tmp_path / "planted.py"
    file.write_text(line, encoding="utf-8")
    assert list(glued(file)) == [1]


def test_when_a_sentence_is_filled_by_str_format_it_is_found(tmp_path: Path) -> None:
    file = tmp_path / "planted.py"
    line = 'x = self.tr("{0} left").format(0.5)\ny = _FONT.format("a")\nz = "{0}".format(1)\n'
    file.write_text(line, encoding="utf-8")
    assert list(filled_in_english(file)) == [1]
