"""What a session's document is put together from: whole files by name, packed once each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeVar
from weakref import WeakKeyDictionary

from msgspec import Meta

from rnnstudio.core.documents.damage import DamageError, require
from rnnstudio.core.documents.document_file import Document, load_part, packed
from rnnstudio.core.documents.fields import Count, DocumentFields, shortened
from rnnstudio.core.messages import Message
from rnnstudio.core.session.data_file import MOST_KEPT, DataFile

_LONGEST_PATH = 4_096
_T = TypeVar("_T")
_packed: WeakKeyDictionary[Any, bytes] = WeakKeyDictionary()
"""The bytes of values that never change: networks, scenes, runs."""


Pages = Annotated[tuple[Annotated[str, Meta(max_length=100)], ...], Meta(max_length=10)]
"""The names of the pages in front."""


class DataFields(DocumentFields, frozen=True):
    """A ``DataFile``; ``part`` names its bytes, None where it is kept by its place."""

    path: str
    digest: str
    size: Count
    part: str | None


@dataclass(frozen=True)
class NewParts:
    """The files that go into the session's document, which is written to ``path``."""

    path: Path
    files: dict[str, bytes] = field(default_factory=dict)

    def put(self, name: str, value: _T, document_of: Callable[[_T], Document]) -> str:
        """Pack ``value``, which never changes, as the file ``name``; gives the name."""
        data = _packed.get(value)
        if data is None:
            data = _packed[value] = packed(document_of(value), self.path)
        self.files[name] = data
        return name

    def put_data(self, name: str, data: DataFile) -> DataFields:
        """Put the data in, by value where it has its bytes; gives the fields that say so."""
        if data.content is not None:
            self.files[name] = data.content
        part = None if data.content is None else name
        return DataFields(path=str(data.path), digest=data.digest, size=data.size, part=part)


@dataclass(frozen=True)
class SavedParts:
    """The files in the session's document at ``path``."""

    path: Path
    files: Mapping[str, bytes]
    places: Mapping[str, DataFile | None] = field(default_factory=dict)
    """By a digest: the file that takes the place of data that moved, None: do without."""

    def document(self, name: str, kind: str, newest: int) -> Document:
        """The document ``name``; raises UserError or DamageError where there is none such."""
        return load_part(self._file(name), self.path, kind, newest)

    def data(self, fields: DataFields) -> DataFile | None:
        """The data that ``put_data`` put in; None where they are to be done without."""
        if fields.part is None and fields.digest in self.places:
            return self.places[fields.digest]
        require(len(fields.path) <= _LONGEST_PATH and "\0" not in fields.path, Message("no path"))
        require(Path(fields.path).name != "", Message("no path"))
        held = None if fields.part is None else self._file(fields.part)
        require(held is None or len(held) <= MOST_KEPT, Message("larger data than are kept"))
        return DataFile(Path(fields.path), fields.digest, fields.size, held)

    def _file(self, name: str) -> bytes:
        if name not in self.files:
            raise DamageError(Message("{field} is missing", {"field": shortened(name)}))
        return self.files[name]
