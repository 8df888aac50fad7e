"""A number that was taken apart, written: in numbers as arithmetic, or in symbols."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from rnnstudio.core.cells.terms import STRENGTH, Apply, Element, Node, Number, Sum

Order = Literal["in order", "by size"]


def short(value: float) -> str:
    """Three significant digits, with a real minus sign."""
    text = f"{value:.3g}" if math.isfinite(value) else str(value)
    return text.replace("-", "−")


@dataclass(frozen=True)
class _NumberStyle:
    """How sums are ordered and folded, and how each number is written."""

    order: Order = "in order"
    limit: int = 6
    number: Callable[[float], str] = short


def arithmetic(node: Node, number: Callable[[float], str]) -> str:
    """The node with its numbers put in, each written by ``number``."""
    return _write(node, _NumberStyle(number=number), 0)


def element_text(element: Element, order: Order = "in order", limit: int = 6) -> str:
    """``σ(0.31 × 1.62 + … + 0.04) = 0.58``; sums of more than ``limit`` terms are folded."""
    return f"{_write(element.root, _NumberStyle(order, limit), 0)} = {short(element.value)}"


def written(node: Node, name: Callable[[Number], str]) -> str:
    """A node in symbols: ``name`` writes a number of a value, constants stand as they are."""
    match node:
        case Number():
            return name(node) if node.name else short(node.value)
        case Sum(terms=terms):
            return written(terms[0], name) if len(terms) == 1 else "Σ"
        case Apply(sign="softmax"):
            return "softmax"
        case Apply(sign=sign, parts=(part,)):
            inside = written(part, name)
            return f"−{inside}" if sign == "−" else f"{sign}({inside})"
        case Apply(sign=sign, parts=parts):
            strength = STRENGTH[sign]
            sides = [
                f"({written(part, name)})"
                if isinstance(part, Apply) and STRENGTH.get(part.sign, 9) < strength
                else written(part, name)
                for part in parts
            ]
            if sign == "^" and sides[1] == "2":
                return f"{sides[0]}²"
            return f" {'·' if sign == '×' else sign} ".join(sides)


def _write(node: Node, style: _NumberStyle, outer: int) -> str:
    """The node's text, in parentheses where it binds weaker than ``outer``."""
    match node:
        case Number(value=value):
            text = style.number(value)
            return f"({text})" if text.startswith("−") and outer > 0 else text
        case Sum(terms=terms):
            text = _write_sum(terms, style)
            return f"({text})" if outer > STRENGTH["+"] and len(terms) > 1 else text
        case Apply(sign="softmax", parts=(own, *rows)):
            # One sum written out is enough to see how all were made.
            exponents = [f"e^({style.number(part.value)})" for part in rows]
            own_text = f"e^({_write(own, style, 0)})"
            return f"{own_text} / ({' + '.join(_fold(exponents, style.limit))})"
        case Apply(sign=sign, parts=(part,)) if sign != "−":
            return f"{sign}({_write(part, style, 0)})"
        case Apply(sign=sign, parts=(part,)):
            return f"({sign}{_write(part, style, STRENGTH['×'])})"
        case Apply(sign=sign, parts=(left, right)):
            strength = STRENGTH[sign]
            right_needs = strength + (sign in "−^")
            sides = (
                _write(left, style, strength + (sign == "^")),
                _write(right, style, right_needs),
            )
            text = f"{sides[0]}²" if sign == "^" and sides[1] == "2" else f" {sign} ".join(sides)
            return f"({text})" if strength < outer else text
    raise ValueError(f"cannot write {node}")


def _write_sum(terms: tuple[Node, ...], style: _NumberStyle) -> str:
    limit = style.limit
    if style.order == "by size":
        terms = tuple(sorted(terms, key=lambda term: -abs(term.value)))
    shown = terms
    if len(terms) > limit:  # before the first step a state is zero: its terms say nothing
        shown = tuple(term for term in terms if term.value != 0) or terms[:1]
    texts = _fold([_write(term, style, 1) for term in shown], limit)
    if len(shown) < len(terms) and "…" not in texts:
        texts = ["…", *texts]
    return " + ".join(texts)


def _fold(texts: list[str], limit: int) -> list[str]:
    """The first ones and the last one, with dots between, when there are too many."""
    return texts if len(texts) <= limit else [*texts[: limit - 1], "…", texts[-1]]
