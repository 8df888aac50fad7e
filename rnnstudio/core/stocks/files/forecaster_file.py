"""A trained forecaster as a file that can be reopened and applied to newer prices."""

from __future__ import annotations

from pathlib import Path

from rnnstudio.core.documents.document_file import Document, load, save
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.files.serialization import (
    accesses_from,
    from_stranger,
    network_from,
    pack_network,
    pack_table,
    table_from,
)
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster

KIND = "forecast"
VERSION = 2
"""Version 1 knows days only; a file without times of day is still written as that."""


def save_forecaster(path: Path, trained: TrainedForecaster, accesses: AccessLog) -> None:
    """Write a forecaster with its prices to ``path``; raises UserError when it cannot be written.

    ``accesses`` are those of its test span so far.
    """
    table, network = pack_table(trained.split.table), pack_network(trained, accesses)
    content = {**table.content, **network.content}
    version = VERSION if "unit" in table.content else 1
    save(path, Document(KIND, version, content, {**table.arrays, **network.arrays}))


def load_forecaster(path: Path) -> tuple[TrainedForecaster, AccessLog]:
    """Read a forecaster; raises UserError when there is none, or it is inconsistent."""
    document = load(path, KIND, VERSION)
    content, arrays = document.content, document.arrays
    with from_stranger(path):
        trained = network_from(content, arrays, table_from(content, arrays))
        return trained, accesses_from(content["openings"])
