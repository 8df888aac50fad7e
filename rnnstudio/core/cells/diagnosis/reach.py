"""Which later values an operation's result reaches, over all steps and both passes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from rnnstudio.core.cells.diagnosis.mistake import Way, arrivals
from rnnstudio.core.cells.table import Cell, Operation


@dataclass(frozen=True)
class ValueAt:
    """The value of the row ``name`` at ``step``, from 0, of the forward or the backward pass."""

    way: Way
    step: int
    name: str


def nodes(cell: Cell, T_x: int) -> Iterator[tuple[ValueAt, Operation]]:
    """Every value in the order of computing: forward, then backward from the last step on."""
    arriving = arrivals(cell)
    for t in range(T_x):
        for operation in (*arriving["forward"], *cell.forward):
            yield ValueAt("forward", t, operation.name), operation
    for t in reversed(range(T_x)):
        for operation in (*arriving["backward"], *cell.backward, *cell.sums):
            yield ValueAt("backward", t, operation.name), operation


class Reach:
    """The nodes of a cell over ``T_x`` steps, and which of ``seen`` each of them reaches."""

    def __init__(self, cell: Cell, T_x: int, seen: Collection[ValueAt]) -> None:
        self.order = tuple(node for node, _ in nodes(cell, T_x))
        bits = {node: 1 << place for place, node in enumerate(seen)}
        self._reached = dict.fromkeys(self.order, 0)
        for node, operation in reversed(tuple(nodes(cell, T_x))):
            self._reached[node] |= bits.get(node, 0)
            for read in _inputs(cell, node, operation):
                if read in self._reached:
                    self._reached[read] |= self._reached[node]
        self._bits = bits

    def from_step_on(self) -> Iterator[tuple[ValueAt, int]]:
        """Each node with what its row reaches when it is wrong from that step on, as a set of bits.

        In the order of computing.
        """
        so_far: dict[str, int] = {}
        onwards: dict[ValueAt, int] = {}
        for node in reversed(self.order):
            so_far[node.name] = onwards[node] = so_far.get(node.name, 0) | self._reached[node]
        yield from ((node, onwards[node]) for node in self.order)

    def of_rows(self) -> dict[str, int]:
        """What each row reaches when it is wrong at every step, by its name, as a set of bits."""
        reached: dict[str, int] = {}
        for node in self.order:
            reached[node.name] = reached.get(node.name, 0) | self._reached[node]
        return reached

    def bits(self, some: Collection[ValueAt]) -> int:
        """These nodes, which are all among ``seen``, as a set of bits."""
        return sum(self._bits[node] for node in set(some))


def _inputs(cell: Cell, node: ValueAt, operation: Operation) -> Iterator[ValueAt]:
    """The nodes whose values the operation reads."""
    way, t = node.way, node.step
    states = cell.states
    before = t - 1 if way == "forward" else t + 1
    if way == "forward" and operation.name in {f"{state}_prev" for state in states}:
        yield ValueAt(way, before, operation.name.replace("_prev", "_next"))
        return
    if way == "backward" and operation.name in {f"d{state}_next" for state in states}:
        yield ValueAt(way, before, operation.name.replace("_next", "_prev"))
        return
    for name in operation.inputs:
        if way == "forward":
            yield ValueAt(way, t, name)
        elif name == operation.name:  # a running sum
            yield ValueAt(way, before, name)
        else:
            yield ValueAt("backward", t, name)
            yield ValueAt("forward", t, name)
