"""All that is public has a docstring; in the core it names shape, dtype and unit of arrays."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.walls.contracts import modules

PACKAGE = Path(__file__).resolve().parents[2] / "rnnstudio"
CORE = PACKAGE / "core"
ARRAYS = {"NDArray", "ndarray"}
SHAPE = re.compile(r"\([\w.*+/ -]+,[\w.,*+/ -]*\)|\bshapes?\b", re.IGNORECASE)
"""Such as (n_a, m), (m,) or "of the shape of x"."""
DTYPE = re.compile(
    r"\b(float(32|64)|u?int(8|16|32|64)?|intp|bool|datetime64|dtypes?)\b", re.IGNORECASE
)
UNIT = re.compile(
    r"\bno unit\b|\bin the (unit|square of the unit) of\b|\bin (its|their) own unit\b"
    r"|\bin (prices|nats|days|years|steps|letters|seconds)\b|\bdatetime64\b",
    re.IGNORECASE,
)
"""A date has its unit in its dtype."""
UNDESCRIBED = re.compile(r"_|.*[a-z][A-Z]")
"""A class's own methods; and overrides of Qt's, which alone are named so: Qt describes them."""


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


def undescribed_arrays(trees: dict[str, ast.Module]) -> list[str]:
    """What the docstrings of functions with arrays lack: shapes, dtypes or units.

    A dtype or a unit that all of a module's arrays have may stand in the module's docstring.
    """
    aliases = aliases_of(list(trees.values()))
    found: list[str] = []
    for place, (module, tree) in enumerate(trees.items()):
        shared = ast.get_docstring(tree) or ""
        for name, function in public_functions(tree):
            if takes_arrays(function, ARRAYS | aliases[place]):
                own = ast.get_docstring(function) or ""
                rules = {
                    "shape": SHAPE.search(own),
                    "dtype": DTYPE.search(own) or DTYPE.search(shared),
                    "unit": UNIT.search(own) or UNIT.search(shared),
                }
                found += [f"{module}.{name}: {rule}" for rule, met in rules.items() if not met]
    return found


def without_docstring(trees: dict[str, ast.Module]) -> list[str]:
    """The modules, public classes and functions, and methods of any class, without a docstring."""
    return [
        f"{module}.{name}".rstrip(".")
        for module, tree in trees.items()
        for name, node in (("", tree), *described(tree))
        if not ast.get_docstring(node)
    ]


def described(tree: ast.Module) -> Iterator[tuple[str, ast.ClassDef | ast.FunctionDef]]:
    """What needs a docstring, by its name; an override of a method of Qt does not."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            yield node.name, node
        for method in node.body if isinstance(node, ast.ClassDef) else ():
            if isinstance(method, ast.FunctionDef) and not UNDESCRIBED.match(method.name):
                yield f"{node.name}.{method.name}", method


def test_that_every_function_with_arrays_names_their_shapes_dtypes_and_units() -> None:
    assert undescribed_arrays(dict(modules(CORE))) == []


def test_that_every_public_function_class_and_method_has_a_docstring() -> None:
    assert without_docstring(dict(modules(PACKAGE))) == []


def test_that_a_docstring_without_shape_dtype_or_unit_is_found() -> None:
    text = '''
from numpy.typing import NDArray
Table = NDArray
def good(x: Table) -> float:
    """The sum of ``x`` (n, m), float64, in prices."""
def bad(x: Table) -> float:
    """The sum of ``x`` (all of it), float64, in prices."""
class Kind:
    """A kind."""
    def worse(self) -> Table:
        """Its numbers, (n,)."""
'''
    made = {"made": ast.parse(text)}
    worse = ["made.Kind.worse: dtype", "made.Kind.worse: unit"]
    assert undescribed_arrays(made) == ["made.bad: shape", *worse]
    shared = {"made": ast.parse('"""Arrays are float64 and have no unit."""' + text)}
    assert undescribed_arrays(shared) == ["made.bad: shape"]


def test_that_what_has_no_docstring_is_found() -> None:
    text = """
def plain(): ...
def _own(): ...
class Kind:
    def method(self): ...
    def paintEvent(self): ...
class _Own:
    def method(self): ...
    def _helper(self): ...
"""
    made = {"made": ast.parse(text)}
    kinds = ["made.Kind", "made.Kind.method", "made._Own.method"]
    assert without_docstring(made) == ["made", "made.plain", *kinds]
