"""The cells of a file's rows, column by column; pandas takes the lines apart."""

from __future__ import annotations

import io
from collections.abc import Collection, Generator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.csv_import.lines.lines import cells_of
from rnnstudio.core.stocks.data.csv_import.table.table_layout import TableLayout
from rnnstudio.core.stocks.data.price_table import FloatArray
from rnnstudio.core.training import stop_point

_CHUNK = 50_000
_SAMPLE = 1000


@dataclass(frozen=True, eq=False)
class Cells:
    """Columns by their places from 0, (rows,) each: those of text, and those of plain numbers."""

    texts: dict[int, list[str]]
    numbers: dict[int, FloatArray]


def sample_cells(lines: Sequence[str], layout: TableLayout) -> list[list[str]]:
    """The cells of the first rows and the last ones, column by column."""
    rows = list(layout.rows[:_SAMPLE])
    rows += layout.rows[max(_SAMPLE, len(layout.rows) - _SAMPLE // 10) :]
    table = [cells_of(lines[row], layout.delimiter) for row in rows]
    return [[cells[column] for cells in table] for column in range(layout.width)]


def parse_cells(
    lines: Sequence[str],
    layout: TableLayout,
    source: str,
    texts: Collection[int],
    numbers: Collection[int],
    decimal: str,
) -> Generator[float, None, Cells | None]:
    """The columns ``texts`` as text and ``numbers`` as numbers with nothing but ``decimal``.

    Yields the share that is done. Returns None when a cell of ``numbers`` is not a plain number.
    Raises UserError when pandas cannot take the lines apart.
    """
    parts = []
    for start in range(0, len(layout.rows), _CHUNK):
        rows = layout.rows[start : start + _CHUNK]
        block = "\n".join([lines[row] for row in rows])
        part = _parse_block(block, layout, source, texts, numbers, decimal)
        if part is None:
            return None
        if part and len(next(iter(part.values()))) != len(rows):
            raise UserError(
                "{source} is not CSV between rows {first} and {last}.",
                source=source,
                first=rows[0] + 1,
                last=rows[-1] + 1,
            )
        parts.append(part)
        yield min(1.0, (start + _CHUNK) / len(layout.rows))
    try:
        columns = {i: _stripped(_joined([part[i] for part in parts])) for i in texts}
    except TypeError as error:  # pandas fills up a row that quotes have made shorter
        raise UserError(
            "{source} is not CSV: its quotes do not stand around cells.", source=source
        ) from error
    return Cells(
        columns,
        {i: np.concatenate([part[i] for part in parts]).astype(np.float64) for i in numbers},
    )


def _parse_block(
    block: str,
    layout: TableLayout,
    source: str,
    texts: Collection[int],
    numbers: Collection[int],
    decimal: str,
) -> dict[int, npt.NDArray[Any]] | None:
    import pandas as pd

    kinds = {**dict.fromkeys(texts, object), **dict.fromkeys(numbers, np.float64)}
    try:
        frame = pd.read_csv(
            io.BytesIO(block.encode("utf-8")),
            sep=layout.delimiter,
            header=None,
            names=list(range(layout.width)),
            usecols=sorted(kinds),
            index_col=False,
            dtype=kinds,
            na_filter=False,
            skip_blank_lines=False,
            skipinitialspace=True,
            decimal=decimal,
            engine="c",
        )
    except pd.errors.ParserError as error:
        raise UserError("{source} is not CSV: {error}.", source=source, error=error) from error
    except ValueError:
        return None
    columns = {i: frame[i].to_numpy() for i in kinds}
    if not all(np.isfinite(columns[i]).all() for i in numbers):
        return None
    return columns


def _joined(parts: Sequence[npt.NDArray[Any]]) -> list[str]:
    stop_point()
    return [cell for part in parts for cell in part.tolist()]


def _stripped(cells: list[str]) -> list[str]:
    joined = "\n".join(cells)
    if " \n" in joined or "\n " in joined or joined != joined.strip() or "\t" in joined:
        return [cell.strip() for cell in cells]
    return cells
