"""Three ways of naming the same values: the paper's, i-f-o-g with h and c, and Keras'.

The tables compute under the paper's names; a notation only changes what is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

MOST_DENSE = 20
"""Dense layers that a cell's prediction may go through."""


class Notation(Enum):
    """How values are named on screen."""

    PAPER = "paper"
    IFOG = "i, f, o, g"
    KERAS = "Keras"


@dataclass(frozen=True)
class Symbol:
    """A letter with its marks; ``before`` stands in front (d for a gradient)."""

    base: str
    sub: str = ""
    sup: str = ""
    before: str = ""
    upright: bool = False

    @property
    def html(self) -> str:
        """The symbol as rich text."""
        base = self.base if self.upright else f"<i>{self.base}</i>"
        sub = f"<sub>{self.sub}</sub>" if self.sub else ""
        sup = f"<sup>{self.sup}</sup>" if self.sup else ""
        return f"{self.before}{base}{sub}{sup}"

    @property
    def latex(self) -> str:
        """The symbol in LaTeX."""
        base = _LATEX.get(self.base, self.base)
        if self.upright:
            base = rf"\mathrm{{{base}}}".replace("_", r"\_")
        sub = f"_{{{_latex_marks(self.sub)}}}" if self.sub else ""
        sup = f"^{{{_latex_marks(self.sup)}}}" if self.sup else ""
        return f"{_latex_marks(self.before)}{base}{sub}{sup}"

    @property
    def text(self) -> str:
        """The symbol without typography: for hints and exported tables."""
        sub = f"_{self.sub}" if self.sub else ""
        return f"{self.before}{self.base}{sub}{self.sup}"


_LATEX = {"c̃": r"\tilde{c}", "h̃": r"\tilde{h}", "ŷ": r"\hat{y}", "tanh′": r"\tanh'"}


def _latex_marks(text: str) -> str:
    for plain, latex in (
        ("⟨", r"\langle "),
        ("⟩", r"\rangle"),
        ("−", "-"),
        ("Σ", r"\Sigma "),
        ("ᵀ", "T"),
    ):
        text = text.replace(plain, latex)
    return text


def _paper() -> dict[str, Symbol]:
    now, before = "⟨t⟩", "⟨t−1⟩"
    symbols = {
        "xt": Symbol("x", sup=now),
        "a_prev": Symbol("a", sup=before),
        "a_next": Symbol("a", sup=now),
        "c_prev": Symbol("c", sup=before),
        "c_next": Symbol("c", sup=now),
        "cct": Symbol("c̃", sup=now),
        "yt_pred": Symbol("ŷ", sup=now),
        "concat": Symbol("concat", upright=True),
    }
    symbols |= {f"{gate}t": Symbol(gate, sup=now) for gate in "fiozrm"}
    for name in ("Wf", "Wi", "Wc", "Wo", "Wy", "Wax", "Waa", "Wya", "bf", "bi", "bc", "bo"):
        symbols[name] = Symbol(name[0], sub=name[1:])
    for gate in "zrc":
        for kind in "Wb":
            for source in "xa":
                symbols[f"{kind}{gate}{source}"] = Symbol(kind, sub=f"{gate}{source}")
    for k in range(1, MOST_DENSE):
        symbols |= {f"{kind}y{k}": Symbol(kind, sub=f"y{k}") for kind in "Wb"}
        symbols[f"y{k}"] = Symbol("y", sub=f"{k}", sup=now)
    return symbols | {"ba": Symbol("b", sub="a"), "by": Symbol("b", sub="y")}


def _ifog() -> dict[str, Symbol]:
    symbols = {
        "xt": Symbol("x", sub="t"),
        "a_prev": Symbol("h", sub="t−1"),
        "a_next": Symbol("h", sub="t"),
        "c_prev": Symbol("c", sub="t−1"),
        "c_next": Symbol("c", sub="t"),
        "cct": Symbol("g", sub="t"),
        "yt_pred": Symbol("ŷ", sub="t"),
        "concat": Symbol("[h; x]", upright=True),
        "Wc": Symbol("W", sub="g"),
        "bc": Symbol("b", sub="g"),
        "Wax": Symbol("W", sub="xh"),
        "Waa": Symbol("W", sub="hh"),
        "Wya": Symbol("W", sub="hy"),
        "Wy": Symbol("W", sub="hy"),
        "ba": Symbol("b", sub="h"),
        "by": Symbol("b", sub="y"),
    }
    symbols |= {f"{gate}t": Symbol(gate, sub="t") for gate in "fiozrm"}
    for gate in "fio":
        symbols |= {f"W{gate}": Symbol("W", sub=gate), f"b{gate}": Symbol("b", sub=gate)}
    for gate in "zrc":
        shown = "g" if gate == "c" else gate
        for kind in "Wb":
            symbols[f"{kind}{gate}x"] = Symbol(kind, sub=f"x{shown}")
            symbols[f"{kind}{gate}a"] = Symbol(kind, sub=f"h{shown}")
    for k in range(1, MOST_DENSE):
        symbols |= {f"{kind}y{k}": Symbol(kind, sub=f"y{k}") for kind in "Wb"}
        symbols[f"y{k}"] = Symbol("y", sub=f"{k},t")
    return symbols


def _keras() -> dict[str, Symbol]:
    def array(name: str, block: str = "", *, turned: bool = True) -> Symbol:
        return Symbol(name, sub=block, sup="ᵀ" if turned else "", upright=True)

    symbols = _ifog() | {
        "cct": Symbol("c̃", sub="t"),
        "Wax": array("kernel"),
        "Waa": array("recurrent_kernel"),
        "ba": array("bias", turned=False),
        "Wya": array("dense.kernel"),
        "Wy": array("dense.kernel"),
        "by": array("dense.bias", turned=False),
    }
    for gate in "fico":
        symbols[f"W{gate}"] = array("[recurrent_kernel; kernel]", gate)
        symbols[f"b{gate}"] = array("bias", gate, turned=False)
    for gate in "zrc":
        block = "h" if gate == "c" else gate
        symbols[f"W{gate}x"] = array("kernel", block)
        symbols[f"W{gate}a"] = array("recurrent_kernel", block)
        symbols[f"b{gate}x"] = array("bias[0]", block, turned=False)
        symbols[f"b{gate}a"] = array("bias[1]", block, turned=False)
    for k in range(1, MOST_DENSE):
        symbols[f"Wy{k}"] = array(f"dense[{k}].kernel")
        symbols[f"by{k}"] = array(f"dense[{k}].bias", turned=False)
    return symbols


_SYMBOLS: Mapping[Notation, Mapping[str, Symbol]] = {
    Notation.PAPER: _paper(),
    Notation.IFOG: _ifog(),
    Notation.KERAS: _keras(),
}


def symbol(name: str, notation: Notation = Notation.PAPER) -> Symbol:
    """How the value ``name`` is written; raises KeyError for a name no table has."""
    symbols = _SYMBOLS[notation]
    if name in symbols:
        return symbols[name]
    if name.endswith("_sum"):
        return replace(symbol(name.removesuffix("_sum"), notation), before="Σ d")
    match name:
        case "dtanh":
            return Symbol("tanh′", upright=True)
        case "dz":
            return Symbol("z", before="d")
        case "dc":  # of the memory as a whole; dc_next is the part that comes from the step after
            return replace(symbols["c_next"], before="d")
        case "dc_next":
            return replace(symbols["c_next"], before="d", base="c′")
    return replace(symbols[name.removeprefix("d")], before="d")
