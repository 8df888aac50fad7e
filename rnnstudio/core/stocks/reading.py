"""Reading a file as a job that a worker can run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rnnstudio.core.stocks.csv_import import ReadOptions
from rnnstudio.core.stocks.csv_import.job import read_in_steps
from rnnstudio.core.training import Control, Finished, Training


def reading(path: Path, control: Control) -> Training:
    """Read ``path`` as ``read_prices`` does; ``Finished`` carries the ``PriceTable``."""
    for event in read_in_steps(path, ReadOptions(), control):
        if isinstance(event, Finished):
            yield replace(event, result=event.result.table)
        else:
            yield event
