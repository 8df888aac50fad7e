"""Opening a file of prices as a job: what is read, and the file as a session keeps it."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from rnnstudio.core.session.data_file import DataFile, data_file, file_of
from rnnstudio.core.session.kept_prices import OpenedPrices
from rnnstudio.core.stocks.data.csv_import import CsvOptions
from rnnstudio.core.stocks.data.csv_import.reading_task import read_in_steps
from rnnstudio.core.training import Control, Finished, Training, until_stopped


def open_prices_job(
    path: Path, options: CsvOptions, known: DataFile | None, control: Control
) -> Training:
    """Read the prices in ``path``; ``Finished`` carries ``OpenedPrices``.

    ``known`` is the file as it was when it was opened first, to be read another way: it may be gone
    by now. Raises what ``read_in_steps`` and ``data_file`` raise.
    """
    with nullcontext(path) if known is None else file_of(known) as source:
        for event in read_in_steps(source, options, control):
            if not isinstance(event, Finished):
                yield event
                continue
            data = known or until_stopped(control, data_file, path)
            if data is not None:
                yield replace(event, result=OpenedPrices(data, options, event.result))
