"""A trained forecaster as a file that can be reopened and applied to newer prices."""

from __future__ import annotations

from pathlib import Path

from rnnstudio.core.documents.damage import from_stranger
from rnnstudio.core.documents.document_file import Document, load, save
from rnnstudio.core.documents.fields import read_fields
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.files.serialization import (
    NetworkFields,
    PricesFields,
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
        prices = table_from(read_fields(content, PricesFields), arrays)
        network = read_fields(content, NetworkFields)
        return network_from(network, arrays, prices), AccessLog(network.openings)
