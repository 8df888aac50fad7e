"""The CSV files of a folder: those that can be read, and the sentence of each that cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rnnstudio.core.documents.regular import unreadable
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import import CsvOptions, may_be_table, read_prices
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.training import Control, Finished, Pace, Progress, Started, Training

SUFFIXES = (".csv", ".txt")
_START = 1 << 16
"""So many bytes show whether a text holds a table."""


@dataclass(frozen=True)
class UnreadableFile:
    """A file that is not taken part with, and why."""

    file: str
    sentence: Message

    @property
    def named(self) -> Message:
        """The sentence, behind the file's name unless it names that itself."""
        if self.file in str(self.sentence):
            return self.sentence
        return Message("{file}: {sentence}", {"file": self.file, "sentence": self.sentence})


@dataclass(frozen=True, eq=False)
class Gathered:
    """The tables by their files' names, in the order of those, and the files that were refused."""

    tables: Mapping[str, PriceTable]
    refused: tuple[UnreadableFile, ...] = ()


def price_files(folder: Path) -> tuple[Path, ...]:
    """The files of prices in ``folder``, by name; raises UserError if there are none.

    Texts without a single row of a date and a number are passed over.
    """
    try:
        entries = sorted(folder.iterdir())
        found = tuple(
            path
            for path in entries
            if path.suffix.lower() in SUFFIXES and path.is_file() and _may_hold_prices(path)
        )
    except OSError as error:
        raise unreadable(folder, error) from error
    if not found:
        raise UserError(
            "{folder} holds no file that ends in {suffixes}.",
            folder=folder,
            suffixes=" or ".join(SUFFIXES),
        )
    return found


def _may_hold_prices(path: Path) -> bool:
    """Whether a file is more than text such as a licence beside the files of prices."""
    if path.suffix.lower() == ".csv":
        return True
    with path.open("rb") as file:
        return may_be_table(file.read(_START))


def read_folder_job(folder: Path, options: CsvOptions, control: Control) -> Training:
    """Read every file of prices in ``folder``; ``Finished`` carries what was ``Gathered``.

    A step is a file. A file that cannot be read beyond doubt is refused; a question that a person
    would have to answer is its sentence. So is a copy of another one: counted twice, one share
    would look like two that agree.

    Raises UserError when there is no file of prices.
    """
    paths, pace = price_files(folder), Pace(control)
    tables: dict[str, PriceTable] = {}
    refused: list[UnreadableFile] = []
    first: dict[str, str] = {}
    yield Started(len(paths), seed=0)
    for step, path in enumerate(paths, start=1):
        if control.stop_requested():
            return
        try:
            table = read_prices(path, options)
            _require_new(path.name, first.setdefault(table.digest, path.name))
            tables[path.name] = table
        except UserError as error:
            refused.append(UnreadableFile(path.name, error.message))
        if pace.due():
            yield Progress(step, len(paths), pace.seconds)
    yield Finished(len(paths), pace.seconds, Gathered(tables, tuple(refused)))


def _require_new(name: str, first: str) -> None:
    if name != first:
        raise UserError(
            "{name} holds the same days and prices as {first}; one of them is enough.",
            name=name,
            first=first,
        )
