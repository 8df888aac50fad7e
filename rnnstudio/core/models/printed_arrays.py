"""Reads arrays out of text as NumPy prints them, without evaluating anything in it.

Arrays are float64 and have no unit; how many decimals were printed says how far they may be off.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from rnnstudio.core.cells.diagnosis.given import DOUBLE, Given
from rnnstudio.core.errors import UserError

_MOST_AXES = 3
_NAMED = re.compile(
    r"""(?: (?<!\w)\w{1,40}\[\\?["'](?P<key>\w{1,40})\\?["']\] | ["'](?P<quoted>\w{1,40})["']
          | (?<!\w)(?P<plain>[A-Za-z_]\w{0,39})(?!\w) )
        (?P<index>(?:\[[0-9]{1,6}\]){0,4}) (?P<shape>\.shape)? ["']?
        \s* (?P<is>[=:])? \s* (?:array\(\s*)?
        (?= \[ | \( | [-+−]?(?:[0-9.]|nan|inf) )""",
    re.VERBOSE,
)
_NUMBER = r"[-+−]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|[-+]?(?:nan|inf)\b"
_TOKEN = re.compile(rf"\s*(?:(?P<sign>[\[\],()])|(?P<dots>\.\.\.)|(?P<number>{_NUMBER}))")


def printed_arrays(text: str) -> list[Given]:
    """Every ``name = [[...]]``, ``gradients["dx"][1][2] = 0.5`` or ``'dx': array([...])`` in text.

    Lines that print a shape or a length are passed over. Raises UserError where a printed array was
    cut by "..." or its brackets do not make an array.
    """
    found = []
    place = 0
    while (named := _NAMED.search(text, place)) is not None:
        name = named["key"] or named["quoted"] or named["plain"]
        start = named.end()
        said = named["is"] or named["index"] or text[start] == "["
        if named["shape"] or text[start] == "(" or not said:
            place = start + 1
            continue
        tokens, place = _tokens(name, text, start)
        index = tuple(int(digits) for digits in re.findall(r"[0-9]+", named["index"]))
        found.append(_given(name, index, tokens))
    return found


def _tokens(name: str, text: str, start: int) -> tuple[list[str], int]:
    """The tokens of the number or of the brackets that begin at ``start``, and where they end."""
    tokens: list[str] = []
    depth, place = 0, start
    while (token := _TOKEN.match(text, place)) is not None:
        if token["dots"]:
            raise UserError(
                "{name} was printed with ... in it, so most of its numbers are not there. Print "
                "it whole after np.set_printoptions(threshold=sys.maxsize), or save it with "
                "np.savez.",
                name=name,
            )
        tokens.append(token[0].strip())
        place = token.end()
        depth += {"[": 1, "]": -1}.get(tokens[-1], 0)
        if depth <= 0:
            return tokens, place
    raise UserError(
        "The brackets of {name} are not closed, or something else than numbers stands in them "
        "near “{near}”.",
        name=name,
        near=text[place : place + 20].strip(),
    )


def _given(name: str, index: tuple[int, ...], tokens: list[str]) -> Given:
    stack: list[list[Any]] = [[]]
    words = []
    for piece in tokens:
        if piece == "[":
            stack[-1].append([])
            stack.append(stack[-1][-1])
        elif piece == "]":
            stack.pop()
        elif piece not in ",()":
            words.append(piece.replace("−", "-"))
            stack[-1].append(float(words[-1]))
    try:
        array = np.array(stack[0][0], dtype=np.float64)
    except ValueError as error:  # ragged
        raise UserError(
            "The rows of {name} have different lengths; print the whole array.", name=name
        ) from error
    if array.ndim > _MOST_AXES:
        raise UserError(
            "{name} has {axes} axes; a value has rows, examples and steps.",
            name=name,
            axes=array.ndim,
        )
    rounding = DOUBLE * float(np.abs(np.nan_to_num(array, posinf=0, neginf=0)).max(initial=0.0))
    return Given(name, array, index, max(_half_a_unit(words), rounding))


def _half_a_unit(words: list[str]) -> float:
    """Half a unit, and a little, of the last place that was printed; 0 for whole numbers."""
    units = []
    for word in words:
        digits, _, exponent = word.lower().partition("e")
        units.append((len(digits.partition(".")[2]), int(exponent or 0)))
    most = max((decimals for decimals, _ in units), default=0)
    return 0.6 * 10.0 ** (max(power for _, power in units) - most) if most else 0.0
