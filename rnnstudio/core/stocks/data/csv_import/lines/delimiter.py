"""What stands between the cells of a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.csv_import.lines.blanks import (
    BLANKS,
    has_blanks,
    tabs_for_blanks,
)
from rnnstudio.core.stocks.data.csv_import.lines.line_kinds import is_number
from rnnstudio.core.stocks.data.csv_import.lines.lines import (
    cells_of,
    count_cells,
    is_blank,
    usual_width,
)
from rnnstudio.core.stocks.data.csv_import.options import DELIMITERS
from rnnstudio.core.stocks.data.csv_import.vocabulary.date_patterns import may_be_a_date
from rnnstudio.core.stocks.data.csv_import.vocabulary.grammar import is_missing

_DECLARED = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_SAMPLE = 200


def find_delimiter(lines: Sequence[str], source: str) -> str:
    """The delimiter by which most lines have equally many cells that are dates or numbers.

    A first line such as ``sep=;`` says it outright. ``BLANKS`` is found where nothing else stands
    between cells, be it certain or not where those end. Raises UserError when there is none.
    """
    declared = _DECLARED.fullmatch(lines[0].strip())
    if declared and declared[1] in DELIMITERS:
        return declared[1]
    filled = [line for line in lines[: 10 * _SAMPLE] if not is_blank(line)]
    sample = filled[:: max(1, len(filled) // _SAMPLE)]
    scores = {delimiter: _score(sample, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    if _blanks_divide(sample, scores[best]):
        return BLANKS
    if scores[best] == (0, 0):
        raise UserError(
            "{source} has no columns: its lines hold no commas, semicolons, tabs or bars; "
            "choose a CSV file with dates and prices in columns.",
            source=source,
        )
    return best


def _blanks_divide(sample: Sequence[str], best: tuple[float, int]) -> bool:
    """Whether blanks make more dates and numbers of the lines than the ``best`` delimiter does."""
    if any('"' in line or "\t" in line for line in sample):
        return False
    tabbed = tabs_for_blanks(sample)
    if tabbed is None and has_blanks(sample):
        tabbed = ["\t".join(line.split()) for line in sample]
    return tabbed is not None and _score(tabbed, "\t") > best


def _score(sample: Sequence[str], delimiter: str) -> tuple[float, int]:
    """How well ``delimiter`` divides the lines, and into how many cells."""
    counts = [count_cells(line, delimiter) for line in sample]
    cells = usual_width(counts)
    if not cells:
        return 0, 0
    lines = counts.count(cells)
    rows = [
        cells_of(line, delimiter)
        for line, count in zip(sample, counts, strict=True)
        if count == cells
    ]
    filled = (cell for row in rows for cell in row)
    good = sum(is_missing(cell) or may_be_a_date(cell) or is_number(cell) for cell in filled)
    return round(lines / len(sample) * (0.01 + good / (cells * len(rows))), 6), cells
