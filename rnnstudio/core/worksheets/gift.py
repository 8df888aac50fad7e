"""Worksheets as GIFT, the text from which Moodle makes questions.

The format is that of Moodle's documentation ("GIFT format"): numerical questions with a tolerance,
and a backslash before each of ~ = # { } and :.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rnnstudio.core import language
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.messages import Message
from rnnstudio.core.worksheets.worksheet import DECIMALS, Worksheet

TOLERANCE = 0.005
"""What rounding on the way may cost."""
_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "~=#{}:\\"})


def gift(sheets: Iterable[Worksheet]) -> str:
    """Every number asked for as a question, each sheet a category, in the language spoken."""
    return "\n".join(line for sheet in sheets for line in _lines(sheet))


def _lines(sheet: Worksheet) -> Iterator[str]:
    cell = sheet.scene.cell.label
    category = Message("{cell} by hand, sheet {seed}", {"cell": cell, "seed": sheet.seed})
    yield "$CATEGORY: RNN Studio/" + language.text(category)
    yield ""
    given = [
        Message("{name} = {numbers}", {"name": name.text, "numbers": numbers})
        for name, numbers in sheet.given_lines()
    ]
    for number, each in enumerate(sheet.asked, start=1):
        values = {
            "cell": cell,
            "given": given,
            "step": each.step + 1,
            "name": symbol(each.name).text,
            "meaning": language.text(sheet.meaning(each.name)),
        }
        question = Message(
            "{cell} with one unit. {given}. At step {step}: what is {name} ({meaning})?", values
        )
        text = language.text(question).translate(_SPECIAL)
        yield f"::{sheet.seed}.{number}:: {text} {{#{each.value:.{DECIMALS}f}:{TOLERANCE}}}"
        yield ""
