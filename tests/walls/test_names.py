"""One word, one meaning: no two classes, and no two modules, have the same name."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "rnnstudio"
SAME_CLASSES: dict[str, str] = {}
"""Class names that stand for more than one thing, and why they may."""
SAME_MODULES = {
    "tab": "each tab of the window has one: it constructs, connects, and holds the runner",
    "state": "each page that does something has one: the Qt-free state that its views show",
    "events": "each tab whose events stand beside its state has one",
    "scene": "what a scene is, and how one is made of a trained model: the second makes the first",
    "example": "what a tab's views show when one of them is opened alone",
}
"""Module names that occur more than once, and why they may."""
PRIVATE_WORDS = {
    **dict.fromkeys(("tell", "telling", "told", "teller"), "format, describe or emit"),
    **dict.fromkeys(("examine", "examined", "examining"), "evaluate, evaluation"),
    "taught": "training data",
    **dict.fromkeys(("lie", "lies"), "leak, leakage"),
    **dict.fromkeys(("doubt", "doubts"), "uncertainty, warning"),
    "honesty": "evaluation",
    "ledger": "leakage checks",
    "openings": "accesses",
    "shut": "not evaluated yet",
    "trust": "shrinkage",
    "proving": "validation",
    "planted": "injected",
    "draft": "raw table",
    "doctor": "diagnostics",
    "headless": "without a header; without a window",
}
"""Words that this code once had of its own, and what a textbook says instead."""
SAME_WORDS = {
    "tell": "Python's name for the place in a file",
    "openings": "a field of documents written so far",
    "trust": "a field of documents written so far",
    "stocks_lies": "the module of the command of that name",
    "run_lies": "the function of the command of that name",
}
"""Identifiers that have such a word in them, and why they may."""


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


def identifiers() -> dict[str, set[str]]:
    """Where each identifier and each part of a module's name occurs, by its name."""
    found = defaultdict(set)
    for file in PACKAGE.rglob("*.py"):
        place = file.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            for field in ("id", "attr", "arg", "name", "asname"):
                if isinstance(name := getattr(node, field, None), str):
                    for part in name.split("."):
                        found[part].add(place)
        found[file.stem].add(place)
    return found


def words(name: str) -> set[str]:
    """The words of an identifier, whether written ``like_this``, ``LikeThis`` or ``LIKE_THIS``."""
    return set(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().split("_"))


def doubled(places: dict[str, set[str]], but: dict[str, str]) -> dict[str, list[str]]:
    """The names with more than one place."""
    return {
        name: sorted(where) for name, where in places.items() if len(where) > 1 and name not in but
    }


def test_that_no_class_name_has_two_meanings() -> None:
    assert doubled(classes(), SAME_CLASSES) == {}


def test_that_no_module_name_has_two_meanings() -> None:
    assert doubled(modules(), SAME_MODULES) == {}


def test_that_no_identifier_has_a_private_word() -> None:
    found = {
        f"{name}: call it {PRIVATE_WORDS[word]}": sorted(where)
        for name, where in identifiers().items()
        for word in words(name) & PRIVATE_WORDS.keys()
        if name not in SAME_WORDS
    }
    assert found == {}


def test_that_every_exception_is_one() -> None:
    assert [name for name in SAME_CLASSES if len(classes()[name]) < 2] == []
    assert [name for name in SAME_MODULES if len(modules()[name]) < 2] == []
    assert SAME_WORDS.keys() - identifiers().keys() == set()
