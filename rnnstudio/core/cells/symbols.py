"""How a value is written: a letter with its marks, in one of three notations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from html import escape


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
    def alone(self) -> Symbol:
        """The letter without its marks."""
        return Symbol(self.base, upright=self.upright)

    @property
    def html(self) -> str:
        """The symbol as rich text."""
        base = escape(self.base, quote=False)
        base = base if self.upright else f"<i>{base}</i>"
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
        return f"{self.before}{self.base.replace(_TILDE, '~')}{sub}{self.sup}"


_TILDE = "\N{COMBINING TILDE}"
"""Plain text has none: in lists some fonts draw it over the letter of another line."""
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


Symbols = Mapping[Notation, Mapping[str, Symbol]]
"""For each notation, the symbols of values by their names."""


def array_symbol(name: str, block: str = "", *, turned: bool = True) -> Symbol:
    """A part of one of Keras' arrays, transposed where Keras multiplies from the other side."""
    return Symbol(name, sub=block, sup="ᵀ" if turned else "", upright=True)
