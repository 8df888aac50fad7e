"""The share prices that come with the application."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from rnnstudio.paths import data_file

SAMPLES: Mapping[str, Path] = MappingProxyType(
    {share: data_file(f"prices/{share}.csv") for share in ("IBM", "AAPL", "AMD", "GOOG", "MSFT")}
)
"""The files by the shares' names; the first is the one to begin with, since the prices of IBM as
traded have no jump from a split of the share in their span."""

FIRST_SAMPLE = next(iter(SAMPLES))
