"""How many decimals the numbers of a formula need for the shown ones to give the shown result."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rnnstudio.core.cells.term_text import arithmetic
from rnnstudio.core.cells.terms import Element, Node, Number, apply_function, recomputed
from rnnstudio.core.numbers import MINUS, NumberText, decimals, rounded

_LEAST, _MOST = 2, 8
_NO_NUMBER = 0.005
"""A gate below this would be shown as 0.00."""
Terms = tuple[tuple[Node, ...], ...]
"""For each column its term, or the terms that it adds up."""


@dataclass(frozen=True)
class Places:
    """Decimals: of what is put in, of the sum, and of the result."""

    put_in: int
    inner: int
    result: int


def fitting_places(elements: Sequence[Element], terms: Sequence[Terms], *, gate: bool) -> Places:
    """The fewest decimals with which every row can be recomputed from what is shown of it.

    What is put in has at least one decimal more than what comes out. Numbers that cannot be shown
    so are shown with 8 decimals.
    """
    values = [element.value for element in elements]
    two_are_enough = gate and max(map(abs, values)) >= _NO_NUMBER
    result = _LEAST if two_are_enough else decimals(values, _LEAST)
    places = Places(result + 1, result, result)
    for more in range(_MOST):
        inner = result if not elements[0].function else min(_LEAST + more, _MOST)
        put_in = min((inner if elements[0].function else result + more) + 1, _MOST)
        places = Places(put_in, inner, result)
        if all(_agrees(e, t, places) for e, t in zip(elements, terms, strict=True)):
            break
    return places


def shown_number(value: float, places: int) -> NumberText:
    """A number that is put in; whole ones stand without decimals."""
    if math.isfinite(value) and value == int(value) and abs(value) < 10**6:
        return NumberText(f"{int(value)}".replace("-", MINUS))
    return rounded(value, places)


def shown_term(nodes: tuple[Node, ...], places: int, *, first: bool) -> NumberText:
    """A term with its numbers put in, or several as their sum, with the sign before it."""
    node = nodes[0] if len(nodes) == 1 else Number(math.fsum(node.value for node in nodes))
    text = arithmetic(node, lambda value: shown_number(value, places))
    if first:
        if text.startswith(f"({MINUS}") and isinstance(node, Number) is False:
            leading, _, rest = text.partition(")")
            text = leading[1:] + rest if " " not in leading else text
        return NumberText(text)
    if isinstance(node, Number) and text.startswith(MINUS):
        return NumberText(f"{MINUS} {text[1:]}")
    return NumberText(f"+ {text}")


def _agrees(element: Element, terms: Terms, places: Places) -> bool:
    """Whether a calculator that is given the shown numbers of a row gives the shown result."""
    total = math.fsum(_as_shown(nodes, places.put_in) for nodes in terms)
    if rounded(total, places.inner) != rounded(element.inner.value, places.inner):
        return False
    if not element.function or element.function == "softmax":
        return True
    shown = round(element.inner.value, places.inner)
    value = apply_function(element.function, shown)
    return rounded(value, places.result) == rounded(element.value, places.result)


def _as_shown(nodes: tuple[Node, ...], places: int) -> float:
    if len(nodes) > 1:
        return round(math.fsum(node.value for node in nodes), places)
    return recomputed(nodes[0], lambda value: round(value, places))
