"""Three ways of naming the same values: the paper's, i-f-o-g with h and c, and Keras'.

The tables compute under the paper's names; a notation only changes what is shown. What cells have
in common is written here, what one cell has alone stands in its own ``symbols``; any other name is
written by the rule that its first letter is the base and the rest its index.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.symbols import Notation, Symbol, array_symbol

_SYMBOLS_KEPT = 2000
_NOW = {Notation.PAPER: "⟨t⟩", Notation.IFOG: "t", Notation.KERAS: "t"}
_BEFORE = {Notation.PAPER: "⟨t−1⟩", Notation.IFOG: "t−1", Notation.KERAS: "t−1"}
_CANDIDATE = {Notation.PAPER: "c̃", Notation.IFOG: "g", Notation.KERAS: "c̃"}
_OUTPUT_WEIGHTS = {
    Notation.PAPER: Symbol("W", sub="y"),
    Notation.IFOG: Symbol("W", sub="hy"),
    Notation.KERAS: array_symbol("dense.kernel"),
}
_OUTPUT_BIAS = {
    Notation.PAPER: Symbol("b", sub="y"),
    Notation.IFOG: Symbol("b", sub="y"),
    Notation.KERAS: array_symbol("dense.bias", turned=False),
}
_DENSE = re.compile(r"([Wb]?)y(\d+)")
_OF_LAYER = re.compile(r"([gos])(y\d*)")
"""Of a layer behind a cell: a factor, what others give, the share of a step."""
_INDEXED = re.compile(r"([A-Za-z])([a-z]{1,2})")
"""A parameter: a letter for the kind of array, then what it belongs to."""


@lru_cache(_SYMBOLS_KEPT)
def symbol(name: str, notation: Notation = Notation.PAPER) -> Symbol:
    """How the value ``name`` is written; a name that begins with d is a gradient's."""
    for cell in CELLS.values():
        own = cell.symbols.get(notation, {})
        if name in own:
            return own[name]
    if name.endswith("_sum"):
        return replace(symbol(name.removesuffix("_sum"), notation), before="Σ d")
    if name.startswith("d"):
        return replace(symbol(name[1:], notation), before="d")
    if name.endswith("_rest"):
        return Symbol("rest", sub=name[0], upright=True)
    return _shared(name, notation) or _by_rule(name)


def _shared(name: str, notation: Notation) -> Symbol | None:
    """Input, states, gates, candidate, prediction and output layer."""
    match name:
        case "Wy":
            return _OUTPUT_WEIGHTS[notation]
        case "by":
            return _OUTPUT_BIAS[notation]
        case "cct":
            return _at(_CANDIDATE[notation], _NOW, notation)
        case "yt_pred":
            return _at("ŷ", _NOW, notation)
    state, _, when = name.partition("_")
    if when in ("prev", "next") and len(state) == 1:
        letter = "h" if state == "a" and notation is not Notation.PAPER else state
        return _at(letter, _BEFORE if when == "prev" else _NOW, notation)
    if when == "new" and len(state) == 1:
        new = symbol(f"{state}_next", notation)
        return replace(new, sub=",".join(filter(None, ("new", new.sub))))
    if parts := _OF_LAYER.fullmatch(name):
        return Symbol(parts[1], sub=parts[2])
    if len(name) == 2 and name[1] == "t":
        return _at(name[0], _NOW, notation)
    return _dense(name, notation)


def _dense(name: str, notation: Notation) -> Symbol | None:
    """Value and parameters of a dense layer before the last one: y1, Wy1, by1."""
    parts = _DENSE.fullmatch(name)
    if parts is None:
        return None
    kind, k = parts.groups()
    if kind:
        array = {"W": "kernel", "b": "bias"}[kind]
        if notation is Notation.KERAS:
            return array_symbol(f"dense[{k}].{array}", turned=kind == "W")
        return Symbol(kind, sub=f"y{k}")
    paper = notation is Notation.PAPER
    return Symbol("y", sub=k, sup="⟨t⟩") if paper else Symbol("y", sub=f"{k},t")


def _at(letter: str, times: dict[Notation, str], notation: Notation) -> Symbol:
    """A letter with its time: above in the paper, below elsewhere."""
    time = times[notation]
    return Symbol(letter, sup=time) if notation is Notation.PAPER else Symbol(letter, sub=time)


def _by_rule(name: str) -> Symbol:
    parts = _INDEXED.fullmatch(name)
    return Symbol(name, upright=True) if parts is None else Symbol(parts[1], sub=parts[2])
