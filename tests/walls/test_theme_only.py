"""Colours and sizes stand in the theme and nowhere else in the window."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

UI = Path(__file__).resolve().parents[2] / "rnnstudio" / "ui"
SETTERS = frozenset(
    f"set{which}{what}" for which in ("Fixed", "Minimum", "Maximum") for what in ("Width", "Height")
) | {"setContentsMargins", "setSpacing", "setPixelSize", "setPointSize", "setPointSizeF"}
COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?(?:[0-9a-fA-F]{2})?\b|\brgba?\(")
SIZE = re.compile(r"\b\d+(?:\.\d+)?(?:px|pt|em)\b")
MADE_OF_COLOURS = frozenset({"QColor", "mkPen", "mkBrush", "mkColor"})


def colours_and_sizes(source: str) -> Iterator[tuple[int, str]]:
    """The lines that name a colour or a size, and what stands there."""
    tree = ast.parse(source)
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            if COLOUR.search(node.value) or SIZE.search(node.value):
                yield node.lineno, repr(node.value)
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Qt.GlobalColor":
            if node.attr != "transparent":
                yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            numbers = [a for a in node.args if isinstance(a, ast.Constant) and a.value]
            if (name in SETTERS or name in MADE_OF_COLOURS) and numbers:
                yield node.lineno, ast.unparse(node)


def test_that_a_colour_and_a_size_come_from_the_theme() -> None:
    found = [
        f"{path.relative_to(UI)}:{line} {text}"
        for path in sorted(UI.rglob("*.py"))
        if "theme" not in path.relative_to(UI).parts
        for line, text in colours_and_sizes(path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        'QColor("#ff0000")',
        'label.setStyleSheet("color: rgb(1, 2, 3)")',
        'label.setStyleSheet(f"font-size: 9px; {more}")',
        "QColor(255, 0, 0)",
        'QColor("red")',
        "painter.setPen(Qt.GlobalColor.black)",
        "layout.setContentsMargins(0, 4, 0, 0)",
        "box.setFixedWidth(120)",
        "font.setPointSize(8)",
    ],
)
def test_that_a_planted_colour_or_size_is_found(line: str) -> None:
    assert list(colours_and_sizes(line))
