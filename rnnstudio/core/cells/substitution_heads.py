"""The heads of the columns and rows in which the numbers of a formula are put in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import Any

from rnnstudio.core.cells.box_labels import box_label
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.scene import Trace
from rnnstudio.core.cells.symbols import Notation, Symbol
from rnnstudio.core.cells.term_text import written
from rnnstudio.core.cells.terms import Apply, Node, Number, numbers_of
from rnnstudio.core.messages import Message

_FEW = 3
"""A source of at most so many values is named without their number."""


@dataclass(frozen=True)
class Head:
    """A head in words, with symbols among its values."""

    words: Message

    @property
    def text(self) -> Message:
        """The head without typography."""
        return self._with({k: _shown(v, html=False) for k, v in self.words.values.items()})

    @property
    def html(self) -> Message:
        """The head as rich text."""
        return self._with({k: _shown(v, html=True) for k, v in self.words.values.items()})

    def _with(self, values: dict[str, Any]) -> Message:
        return replace(self.words, values=values)


@dataclass(frozen=True)
class TermSource:
    """Where a number comes from: the value ``name`` and its row, a stack taken apart."""

    name: str
    row: int


@dataclass(frozen=True)
class HeadWriter:
    """Writes the heads for the operation ``name`` of a step, in one notation."""

    traced: Trace
    name: str
    step: int
    example: int
    notation: Notation

    def source(self, number: Number) -> TermSource:
        """Where a number comes from; what is a row of a stack comes from what was stacked."""
        rows = (row for row in self.traced.cell.forward if row.name == number.name)
        stack = next((row for row in rows if row.function == "stack"), None)
        if stack is None:
            return TermSource(number.name, number.row)
        upper, lower = stack.inputs
        height = len(self.traced.forward[self.step][upper])
        if number.row < height:
            return TermSource(upper, number.row)
        return TermSource(lower, number.row - height)

    def weighted(self, node: Node) -> Number | None:
        """The number that a term multiplies by an entry of a weight matrix; None if it does not."""
        if not (isinstance(node, Apply) and node.sign == "×"):
            return None
        cell = self.traced.cell
        matrices = set(cell.parameters) - set(cell.vectors)
        match node.parts:
            case (Number(name=name), Number() as other) if name in matrices:
                return other
        return None

    def of_term(self, node: Node, *, alone: bool) -> Head:
        """The head of a column of one term; ``alone`` if it is the only one."""
        weighted = self.weighted(node)
        if weighted is not None:
            return self._from(self.source(weighted))
        match node:
            case Number(name=name):
                return Head(Message("copied")) if self._is_copy() else self._of_number(name)
            case Apply(sign="×", parts=(Number() as one, Number() as other)) if self._plain(alone):
                factors = {"one": self._factor(one), "other": self._factor(other)}
                return Head(Message("{one} × {other}", factors))
        if not self._plain(alone):
            old = {f"{state}_prev" for state in self.traced.cell.states}
            stays = old & {number.name for number in numbers_of(node)}
            return Head(Message("what stays") if stays else Message("what is stored"))
        return Head(Message("{symbol}", {"symbol": self._formula(node)}))

    def of_terms(self, nodes: tuple[Node, ...]) -> Head:
        """The head of a column that adds up several terms of one source."""
        weighted = self.weighted(nodes[0])
        if weighted is None:
            return Head(Message("sum over {n} examples", {"n": len(nodes)}))
        source = self.source(weighted)
        if source.name == "xt":
            return Head(Message("from the {n} inputs", {"n": len(nodes)}))
        values = {"n": len(nodes), "symbol": replace(self._symbol(source.name), sub="", sup="")}
        if len(nodes) <= _FEW:
            return Head(Message("from {symbol}", values))
        return Head(Message("from the {n} values of {symbol}", values))

    def of_result(self) -> Head:
        """The head of the result's column where no function is around the formula."""
        cell = self.traced.cell
        if self.name in {f"d{state}_prev" for state in cell.states}:
            return Head(Message("handed on"))
        if self._is_state():
            return Head(Message("{name}", {"name": box_label(cell, self.name)}))
        return Head(Message("{symbol}", {"symbol": self._symbol(self.name)}))

    def of_row(self, row: int) -> Head:
        """What a row of the result is called: a unit, or its name."""
        scene = self.traced.scene
        names = scene.row_names(self.name)
        if names:
            return Head(Message("{name}", {"name": names[row]}))
        # The rows of a stack's gradient are those of the stack.
        of_gradients = {gradient: value for value, gradient in self.traced.cell.gradients.items()}
        source = self.source(Number(0.0, of_gradients.get(self.name, self.name), row))
        if source.name == "xt":
            return self._from(source)
        rows = self.traced.values(self.step, backward=self.name.startswith("d"))[self.name]
        if len(rows) == scene.sizes.n_a:
            return Head(Message("unit {n}", {"n": row + 1}))
        return Head(Message("{symbol}", {"symbol": self._indexed(source)}))

    def largest(self, node: Node) -> TermSource | None:
        """Where the largest of several terms comes from."""
        weighted = self.weighted(node)
        return None if weighted is None else self.source(weighted)

    def place(self, source: TermSource) -> str:
        """A source with its row, or the row's name alone, without typography."""
        names = self.traced.scene.row_names(source.name)
        return names[source.row] if names else self._indexed(source).text

    def _plain(self, alone: bool) -> bool:
        """Whether a product is no part of what makes a new state of an old one and a new value."""
        return alone or not self._is_state()

    def _is_copy(self) -> bool:
        cell = self.traced.cell
        row = next(
            row for row in (*cell.forward, *cell.backward, *cell.sums) if row.name == self.name
        )
        return row.function in ("stack", "upper", "lower")

    def _is_state(self) -> bool:
        return self.name in {f"{state}_next" for state in self.traced.cell.states}

    def _from(self, source: TermSource) -> Head:
        scene = self.traced.scene
        names = scene.row_names(source.name)
        if not names:
            return Head(Message("from {symbol}", {"symbol": self._indexed(source)}))
        name = names[source.row]
        one_hot = scene.one_hot_row(self.step, self.example) is not None
        if source.name == "xt" and one_hot and len(name) == 1:
            if name.isalpha():
                return Head(Message("from the letter {letter}", {"letter": name}))
            return Head(Message("from the “{letter}”", {"letter": name}))
        return Head(Message("from {symbol}", {"symbol": name}))

    def _of_number(self, name: str) -> Head:
        if self.name.endswith("_sum"):
            so_far = name == self.name
            return Head(Message("so far") if so_far else Message("this step"))
        values = {"symbol": self._symbol(name)}
        bias = name in self.traced.cell.vectors
        return Head(Message("bias {symbol}", values) if bias else Message("{symbol}", values))

    def _factor(self, number: Number) -> Message | str:
        name = self.source(number).name
        cell = self.traced.cell
        gradients = {*cell.gradients.values(), *(f"d{state}_next" for state in cell.states)}
        return Message("gradient") if name in gradients else self._label(name)

    def _label(self, name: str) -> Message | str:
        cell = self.traced.cell
        return self._symbol(name).text if name in cell.parameters else box_label(cell, name)

    def _formula(self, node: Node) -> _Formula:
        return _Formula(
            written(node, lambda number: self._symbol(number.name).text),
            written(node, lambda number: self._symbol(number.name).html),
        )

    def _symbol(self, name: str) -> Symbol:
        return symbol(name, self.notation)

    def _indexed(self, source: TermSource) -> Symbol:
        return replace(self._symbol(source.name), sub=f"{source.row + 1}", sup="")


@dataclass(frozen=True)
class _Formula:
    """A formula as a symbol among a head's values."""

    text: str
    html: str


def _shown(value: Any, *, html: bool) -> Any:
    if isinstance(value, Symbol | _Formula):
        return value.html if html else value.text
    return escape(value) if html and isinstance(value, str) else value
