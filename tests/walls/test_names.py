"""One word, one meaning: no two classes, and no two modules, have the same name."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "rnnstudio"
SAME_CLASSES: dict[str, str] = {}
"""Class names that stand for more than one thing, and why they may."""
SAME_MODULES = {
    "tab": "each tab of the window has one: it constructs, connects, and holds the runner",
    "state": "each page that does something has one: the Qt-free state that its views show",
    "form": "each tab has one: it turns widgets into a validated specification",
    "scene": "what a scene is, and how one is made of a trained model: the second makes the first",
    "example": "what a tab's views show when one of them is opened alone",
}
"""Module names that occur more than once, and why they may."""


def classes() -> dict[str, set[str]]:
    """Where each class is defined, by its name."""
    found = defaultdict(set)
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                found[node.name].add(file.relative_to(PACKAGE).as_posix())
    return found


def modules() -> dict[str, set[str]]:
    """Where each module is, by its name."""
    found = defaultdict(set)
    for file in PACKAGE.rglob("*.py"):
        if file.stem != "__init__":
            found[file.stem].add(file.relative_to(PACKAGE).as_posix())
    return found


def doubled(places: dict[str, set[str]], but: dict[str, str]) -> dict[str, list[str]]:
    """The names with more than one place."""
    return {
        name: sorted(where) for name, where in places.items() if len(where) > 1 and name not in but
    }


def test_that_no_class_name_has_two_meanings() -> None:
    assert doubled(classes(), SAME_CLASSES) == {}


def test_that_no_module_name_has_two_meanings() -> None:
    assert doubled(modules(), SAME_MODULES) == {}


def test_that_every_exception_is_one() -> None:
    assert [name for name in SAME_CLASSES if len(classes()[name]) < 2] == []
    assert [name for name in SAME_MODULES if len(modules()[name]) < 2] == []
