"""The numbers put in for an operation's formula: a row a unit, a column where each comes from.

What is put in has one decimal more than what comes out, and more where that is needed for the shown
numbers to give the shown result: whoever has a calculator gets it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from rnnstudio.core.cells.scene import Trace
from rnnstudio.core.cells.substitution_heads import Head, HeadWriter
from rnnstudio.core.cells.substitution_rounding import (
    Places,
    Terms,
    fitting_places,
    shown_term,
)
from rnnstudio.core.cells.symbols import Notation
from rnnstudio.core.cells.table import Operation
from rnnstudio.core.cells.terms import Apply, Element, Node, Sum, explain_alone, numbers_of
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import NumberText, decimals, rounded

MOST_TERMS, MOST_ROWS = 5, 6
"""Columns of terms, and rows, that a card has space for."""
ColumnKind = Literal["term", "sum", "exponential", "total", "result"]


@dataclass(frozen=True)
class SubstitutionColumn:
    """A column: what kind of number it has, and its head."""

    kind: ColumnKind
    head: Head


@dataclass(frozen=True)
class SubstitutionRow:
    """The numbers of one entry of the result.

    ``row`` is its place in the result, ``label`` its name. ``cells`` are the texts of the columns;
    ``notes`` say of a cell that adds up several terms which is the largest (else empty).
    ``largest`` is the column of the largest term, None where there is one term alone. ``inner`` is
    what is put into the function around the formula, ``value`` what the formula gives; ``held`` is
    the value that stands in its place, None where none does.
    """

    row: int
    label: Head
    cells: tuple[NumberText, ...]
    notes: tuple[Message | str, ...]
    largest: int | None
    inner: float
    value: float
    held: float | None


@dataclass(frozen=True)
class Substitution:
    """An operation with its numbers put in.

    ``function`` is what is around the formula (σ, tanh, relu, softmax), empty if nothing is;
    ``left_out`` counts the rows of the result that are not among ``rows``.
    """

    name: str
    function: str
    columns: tuple[SubstitutionColumn, ...]
    rows: tuple[SubstitutionRow, ...]
    left_out: int


def substitute(
    traced: Trace,
    operation: Operation,
    step: int,
    entry: tuple[int, int] = (0, 0),
    *,
    backward: bool = False,
    notation: Notation = Notation.PAPER,
    most_terms: int = MOST_TERMS,
    most_rows: int = MOST_ROWS,
) -> Substitution:
    """Put the numbers of ``step`` in: the rows around ``entry`` (row, column), in its column.

    Beyond ``most_terms`` terms those of one source are added up in one column, the longest source
    first; of a one-hot input only the active row is a term at all.
    """
    values = traced.operands(operation, step, backward=backward)
    result = traced.values(step, backward=backward)[operation.name]
    rows, columns = result.shape
    row, column = min(entry[0], rows - 1), min(entry[1], columns - 1)
    first = min(max(row - most_rows // 2, 0), max(rows - most_rows, 0))
    shown = range(first, min(first + most_rows, rows))
    with np.errstate(over="ignore", invalid="ignore"):
        elements = [explain_alone(operation, values, each, column) for each in shown]
    heads = HeadWriter(
        traced, operation.name, step, min(entry[1], traced.scene.sizes.m - 1), notation
    )
    terms = [_terms(heads, element, most_terms) for element in elements]
    places = fitting_places(elements, terms, gate=operation.name in traced.cell.gates)
    return Substitution(
        operation.name,
        elements[0].function,
        (*_term_columns(heads, terms[0]), *_end_columns(heads, elements[0])),
        tuple(
            _row(heads, e, t, places, float(result[e.row, column]))
            for e, t in zip(elements, terms, strict=True)
        ),
        rows - len(shown),
    )


def _terms(heads: HeadWriter, element: Element, most: int) -> Terms:
    """The terms of each column: alone, or those of one source together."""
    nodes = element.summands or (_alone(element.inner),)
    active = heads.traced.scene.one_hot_row(heads.step, heads.example)
    groups: dict[tuple[str, ...], list[Node]] = {}
    for place, node in enumerate(nodes):
        source = heads.largest(node)
        if source is not None and source.name == "xt" and active not in (None, source.row):
            continue
        names = tuple(heads.source(number).name for number in numbers_of(node))
        groups.setdefault(names or (f"{place}",), []).append(node)
    together: set[tuple[str, ...]] = set()
    while _count(groups, together) > most:
        longest = max(groups.keys() - together, key=lambda key: len(groups[key]), default=())
        if not longest or len(groups[longest]) == 1:
            break
        together.add(longest)
    return tuple(
        column
        for key, group in groups.items()
        for column in ([tuple(group)] if key in together else [(node,) for node in group])
    )


def _count(groups: dict[tuple[str, ...], list[Node]], together: set[tuple[str, ...]]) -> int:
    return sum(1 if key in together else len(group) for key, group in groups.items())


def _alone(node: Node) -> Node:
    """The node itself, or the one term of a sum that has no other."""
    return node.terms[0] if isinstance(node, Sum) and len(node.terms) == 1 else node


def _term_columns(heads: HeadWriter, terms: Terms) -> list[SubstitutionColumn]:
    alone = len(terms) == 1
    return [
        SubstitutionColumn(
            "term",
            heads.of_terms(nodes) if len(nodes) > 1 else heads.of_term(nodes[0], alone=alone),
        )
        for nodes in terms
    ]


def _end_columns(heads: HeadWriter, element: Element) -> list[SubstitutionColumn]:
    """What follows the terms: their sum, what the function makes of it, the result."""
    if not element.function:
        return [SubstitutionColumn("result", heads.of_result())]
    found = [SubstitutionColumn("sum", Head(Message("sum")))]
    if element.function == "softmax":
        found.append(SubstitutionColumn("exponential", Head(Message("exp(sum)"))))
        found.append(SubstitutionColumn("total", Head(Message("of all"))))
        return [*found, SubstitutionColumn("result", Head(Message("share")))]
    around = Head(Message("{function}(sum)", {"function": element.function}))
    return [*found, SubstitutionColumn("result", around)]


def _row(
    heads: HeadWriter, element: Element, terms: Terms, places: Places, actual: float
) -> SubstitutionRow:
    cells = [
        shown_term(nodes, places.put_in, first=place == 0) for place, nodes in enumerate(terms)
    ]
    sizes = [abs(math.fsum(node.value for node in nodes)) for nodes in terms]
    ends = _ends(heads, element, places)
    notes = [_note(heads, nodes, places.put_in) for nodes in terms]
    return SubstitutionRow(
        element.row,
        heads.of_row(element.row),
        (*cells, *ends),
        (*notes, *("" for _ in ends)),
        sizes.index(max(sizes)) if len(terms) > 1 else None,
        element.inner.value,
        element.value,
        None if np.isclose(actual, element.value, rtol=1e-9, equal_nan=True) else actual,
    )


def _ends(heads: HeadWriter, element: Element, places: Places) -> list[NumberText]:
    """The texts of the columns of ``_end_columns``."""
    signed = heads.name not in heads.traced.cell.gates and element.function != "softmax"
    result = rounded(element.value, places.result, signed=signed)
    if not element.function:
        return [NumberText(f"= {result}")]
    found = [NumberText(f"= {rounded(element.inner.value, places.inner)}")]
    if isinstance(element.root, Apply) and element.function == "softmax":
        sums = np.array([part.value for part in element.root.parts])
        with np.errstate(over="ignore"):
            own, *all_rows = np.exp(sums).tolist()
        total = math.fsum(all_rows)
        digits = decimals([own], places.inner + 2)
        found += [rounded(own, digits), NumberText(f"/ {rounded(total, digits)}")]
    return [*found, result]


def _note(heads: HeadWriter, nodes: tuple[Node, ...], places: int) -> Message | str:
    """Which is the largest of several terms that stand in one cell."""
    largest = max(nodes, key=lambda node: abs(node.value))
    source = heads.largest(largest)
    if len(nodes) == 1 or source is None:
        return ""
    values = {"source": heads.place(source), "value": rounded(largest.value, places, signed=True)}
    return Message("the largest comes from {source}: {value}", values)
