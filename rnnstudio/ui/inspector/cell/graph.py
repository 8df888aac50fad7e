"""The diagram's nodes and edges, read off a cell's table; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from rnnstudio.core.cells.table import Cell, Operation


class NodeKind(Enum):
    """What a node stands for."""

    ARRIVING = auto()
    """Comes from outside the step: its input, or what a neighbouring step hands over."""
    OPERATION = auto()
    """A row of the table."""
    GRADIENT = auto()
    """A row that gives the gradient of a parameter."""
    SUM = auto()
    """A row that adds that gradient to those of the other steps."""
    BESIDE = auto()
    """A parameter or a value of the forward pass: repeated beside every row that reads it."""


@dataclass(frozen=True)
class Node:
    """One node: ``name`` is the value it shows, ``row`` its place in the table, if it has one.

    ``owner`` is the node beside which it stands, for those that stand beside one. ``parameter``:
    a weight or a bias, the same at every step.
    """

    key: str
    name: str
    kind: NodeKind
    row: int | None = None
    owner: str | None = None
    parameter: bool = False


@dataclass(frozen=True)
class Graph:
    """Nodes by their key and edges (source key, target key), in the table's order."""

    nodes: dict[str, Node]
    edges: tuple[tuple[str, str], ...]

    def beside(self, key: str) -> tuple[Node, ...]:
        """The nodes that stand beside ``key``."""
        return tuple(node for node in self.nodes.values() if node.owner == key)


def graph(cell: Cell, *, backward: bool) -> Graph:
    """Every operation of one pass as a node, every input of an operation as an edge.

    A running sum reads itself at the step after: that input has no edge of its own.
    """
    table = cell.backward + cell.sums if backward else cell.forward
    arriving = _arriving(cell, backward=backward)
    rows = {operation.name: row for row, operation in enumerate(table)}
    nodes: dict[str, Node] = {}
    edges: list[tuple[str, str]] = []
    for name in arriving:
        nodes[name] = Node(name, name, NodeKind.ARRIVING)
    for row, operation in enumerate(table):
        nodes[operation.name] = _row_node(cell, operation, row)
    for operation in table:
        for name in operation.inputs:
            if name == operation.name:
                continue
            source = name
            if name not in rows and name not in arriving:
                source = f"{operation.name}/{name}"
                nodes[source] = Node(
                    source,
                    name,
                    NodeKind.BESIDE,
                    owner=operation.name,
                    parameter=name in cell.parameters,
                )
            edges.append((source, operation.name))
    return Graph(nodes, tuple(edges))


def _arriving(cell: Cell, *, backward: bool) -> tuple[str, ...]:
    if backward:
        return tuple(f"d{state}_next" for state in cell.states)
    return (*(f"{state}_prev" for state in reversed(cell.states)), "xt")


def _row_node(cell: Cell, operation: Operation, row: int) -> Node:
    name = operation.name
    if operation in cell.sums:
        return Node(name, name, NodeKind.SUM, row, owner=name.removesuffix("_sum"))
    if operation in cell.backward and name.removeprefix("d") in cell.learned:
        return Node(name, name, NodeKind.GRADIENT, row)
    return Node(name, name, NodeKind.OPERATION, row)
