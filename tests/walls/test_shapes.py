"""Whoever calls a function of the core with arrays finds their shapes in its docstring."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.walls.contracts import modules

CORE = Path(__file__).resolve().parents[2] / "rnnstudio" / "core"
ARRAYS = {"NDArray", "ndarray"}
SHAPE = re.compile(r"\([\w.*+/ -]+,[\w.,*+/ -]*\)|\bshapes?\b", re.IGNORECASE)
"""Such as (n_a, m), (m,) or "of the shape of x"."""


def names_in(annotation: ast.expr) -> set[str]:
    """Every name in an annotation, also in a quoted one; of dotted names the last part."""
    found: set[str] = set()
    for node in ast.walk(annotation):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
    return found


def aliases_of(trees: list[ast.Module]) -> dict[int, set[str]]:
    """For each module the names that stand for arrays in it, its own and imported ones."""
    own = [
        {
            target.id
            for node in tree.body
            if isinstance(node, ast.Assign) and not _is_call(node.value)
            for target in node.targets
            if isinstance(target, ast.Name) and names_in(node.value) & ARRAYS
        }
        for tree in trees
    ]
    everywhere = set().union(*own)
    return {
        place: names
        | {
            alias.name
            for node in tree.body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
            if alias.name in everywhere
        }
        for place, (tree, names) in enumerate(zip(trees, own, strict=True))
    }


def _is_call(value: ast.expr) -> bool:
    """Whether the alias is of a function, or no alias at all."""
    return isinstance(value, ast.Call) or "Callable" in names_in(value)


def public_functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions and methods that others may call, by their names."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node.name, node
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for method in node.body:
                if isinstance(method, ast.FunctionDef) and not method.name.startswith("_"):
                    yield f"{node.name}.{method.name}", method


def takes_arrays(function: ast.FunctionDef, arrays: set[str]) -> bool:
    """Whether a parameter or what it gives is an array."""
    parameters = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
    annotations = [each.annotation for each in parameters] + [function.returns]
    return any(each is not None and names_in(each) & arrays for each in annotations)


def without_shapes(trees: dict[str, ast.Module]) -> list[str]:
    """The functions with arrays whose docstrings name no shape."""
    aliases = aliases_of(list(trees.values()))
    return [
        f"{module}.{name}"
        for place, (module, tree) in enumerate(trees.items())
        for name, function in public_functions(tree)
        if takes_arrays(function, ARRAYS | aliases[place])
        and not SHAPE.search(ast.get_docstring(function) or "")
    ]


def test_that_every_function_with_arrays_names_their_shapes() -> None:
    assert without_shapes(dict(modules(CORE))) == []


def test_that_a_docstring_without_shapes_is_found() -> None:
    text = '''
from numpy.typing import NDArray
Table = NDArray
def good(x: Table) -> float:
    """The sum of ``x`` (n, m)."""
def bad(x: Table) -> float:
    """The sum of ``x`` (all of it)."""
class Kind:
    def worse(self) -> Table:
        """Its numbers."""
'''
    assert without_shapes({"made": ast.parse(text)}) == ["made.bad", "made.Kind.worse"]
