"""What a gate does to the value beside it, read off the cell's table."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rnnstudio.core.cells.table import Cell

RoleKind = Literal["keep", "show", "store", "pass"]


@dataclass(frozen=True)
class GateRole:
    """A gate multiplies ``value``.

    It keeps an old state, shows a new one, stores a value in a new state, or lets it pass to
    another row. ``row`` is the row in which it does so.
    """

    kind: RoleKind
    value: str
    row: str


def gate_role(cell: Cell, gate: str) -> GateRole | None:
    """What ``gate`` does, by the first product of the recurrence that it is a factor of."""
    states = {f"{state}_next" for state in cell.states}
    for operation in cell.recurrence:
        for factors in _products(operation.expression.tree):
            if gate not in factors or len(factors) < 2:
                continue
            value = next(factor for factor in factors if factor != gate)
            kind: RoleKind = "store" if operation.name in states else "pass"
            if value in {f"{state}_prev" for state in cell.states} and operation.name in states:
                kind = "keep"
            elif value in states:
                kind = "show"
            return GateRole(kind, value, operation.name)
    return None


def keeping_gate(cell: Cell, state: str) -> str | None:
    """The gate that keeps the old ``state``; None if there is none."""
    for gate in cell.gates:
        role = gate_role(cell, gate)
        if role is not None and role.kind == "keep" and role.value == f"{state}_prev":
            return gate
    return None


def _products(node: ast.expr) -> Iterator[tuple[str, ...]]:
    """The names in each product of a formula: alone, or the only one within a function."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        yield tuple(name for factor in _factors(node) if (name := _name(factor)))
        return
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            yield from _products(child)


def _factors(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        yield from _factors(node.left)
        yield from _factors(node.right)
    else:
        yield node


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Call(args=[ast.Name(id=name)]):
            return name
    return ""
