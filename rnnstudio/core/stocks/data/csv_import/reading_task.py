"""Reading a file as a job that a worker can run, with progress, and that can be cancelled."""

from __future__ import annotations

from pathlib import Path

from rnnstudio.core.stocks.data.csv_import.options import CsvOptions
from rnnstudio.core.stocks.data.csv_import.read import reading_steps
from rnnstudio.core.training import (
    Control,
    Finished,
    Pace,
    Progress,
    Started,
    Training,
    until_stopped,
)

_TOTAL = 100


def read_in_steps(path: Path, options: CsvOptions, control: Control) -> Training:
    """Read ``path`` as ``read_csv`` does; ``Finished`` carries the ``Reading``.

    Progress is in hundredths and never goes back. Raises what ``read_csv`` raises, an
    ``UndecidedError`` among it.
    """
    pace = Pace(control)
    yield Started(total=_TOTAL, seed=0)
    steps = reading_steps(path, options)
    done = 0.0
    while True:
        try:
            share = until_stopped(control, next, steps)
        except StopIteration as end:
            yield Finished(_TOTAL, pace.seconds, end.value)
            return
        if share is None:
            return
        done = max(done, share)  # cells that are taken apart a second time do not move it back
        if pace.due():
            yield Progress(int(done * _TOTAL), _TOTAL, pace.seconds)
