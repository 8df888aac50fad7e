"""Small CSV files made for tests."""

from __future__ import annotations

from pathlib import Path

from rnnstudio.core.stocks.data.csv_import import CsvOptions, Finding, Reading, read_csv


def read(folder: Path, text: str | bytes, options: CsvOptions | None = None) -> Reading:
    """What ``read_csv`` makes of ``text`` in a file share.csv."""
    path = folder / "share.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_csv(path, options or CsvOptions())


def kinds(reading: Reading) -> list[str]:
    """The kinds of the findings."""
    return [finding.kind for finding in reading.findings]


def found(reading: Reading, kind: str) -> Finding:
    """The one finding of ``kind``."""
    (finding,) = [finding for finding in reading.findings if finding.kind == kind]
    return finding
