"""A session as a ``.rnnstudio`` document: the same session gives the same bytes.

Each network, scene and list of runs is a document of its own inside it, and the data that were
opened are there as they came. What can be computed anew to the last bit is not in it: readings of
files, traces and figures of test spans.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rnnstudio.core.documents.damage import from_stranger
from rnnstudio.core.documents.document_file import Document, load, save
from rnnstudio.core.documents.fields import DocumentFields, read_fields
from rnnstudio.core.session.backups import keep_backups
from rnnstudio.core.session.data_file import DataFile, DataMovedError, data_file
from rnnstudio.core.session.inspector_part import pack_inspector, unpack_inspector
from rnnstudio.core.session.session import Session, TabName
from rnnstudio.core.session.session_parts import NewParts, SavedParts
from rnnstudio.core.training import Control, Training, in_one_step

KIND, VERSION = "session", 1


@dataclass(frozen=True, eq=False)
class SessionSaved:
    """This session is in the file at ``path``."""

    path: Path
    session: Session


@dataclass(frozen=True, eq=False)
class SessionOpened:
    """This session came from the file at ``path``."""

    path: Path
    session: Session


class SessionFields(DocumentFields, frozen=True):
    """Each tab's part as its own fields; None where the tab was never looked at."""

    tab: TabName
    inspector: dict[str, Any]
    names: dict[str, Any] | None
    stocks: dict[str, Any] | None


def save_session(path: Path, session: Session) -> None:
    """Write the session to ``path``, whole or not at all; raises UserError when it cannot."""
    save(path, session_document(session, path))


def session_document(session: Session, path: Path) -> Document:
    """The session as a document for ``path``; raises UserError where a part cannot be saved."""
    from rnnstudio.core.session.names_part import pack_names  # noqa: PLC0415 - with its tab
    from rnnstudio.core.session.stocks_part import pack_stocks  # noqa: PLC0415 - with its tab

    parts = NewParts(path)
    content = {
        "tab": session.tab,
        "inspector": pack_inspector(session.inspector, parts),
        "names": None if session.names is None else pack_names(session.names, parts),
        "stocks": None if session.stocks is None else pack_stocks(session.stocks, parts),
    }
    return Document(KIND, VERSION, content, parts=parts.files)


def open_session(path: Path, places: Mapping[str, DataFile | None] | None = None) -> Session:
    """The session in the file at ``path``.

    ``places`` are data to be taken instead of such that moved, by digest; None: do without. Raises
    DataMovedError where data that are kept by their place are not there, or are others by now.
    Raises UserError where there is no such file, it is damaged, or it is of a newer version.
    """
    from rnnstudio.core.session.names_part import unpack_names  # noqa: PLC0415 - with its tab
    from rnnstudio.core.session.stocks_part import unpack_stocks  # noqa: PLC0415 - with its tab

    document = load(path, KIND, VERSION, with_parts=True)
    parts = SavedParts(path, document.parts, places or {})
    with from_stranger(path):
        fields = read_fields(document.content, SessionFields)
        return Session(
            unpack_inspector(fields.inspector, parts),
            None if fields.names is None else unpack_names(fields.names, parts),
            None if fields.stocks is None else unpack_stocks(fields.stocks, parts),
            fields.tab,
        )


def open_without_moved(path: Path) -> tuple[Session, tuple[DataFile, ...]]:
    """The session without the data that moved or changed, and those; otherwise ``open_session``."""
    moved: dict[str, DataFile] = {}
    while True:
        try:
            return open_session(path, dict.fromkeys(moved)), tuple(moved.values())
        except DataMovedError as error:
            moved[error.data.digest] = error.data


def saving_job(path: Path, session: Session, control: Control) -> Training:
    """``save_session`` as a job that keeps two backups; ``Finished`` carries ``SessionSaved``."""
    return in_one_step(control, _saved, path, session)


def opening_job(path: Path, places: Mapping[str, Path | None], control: Control) -> Training:
    """``open_session`` as a job; ``Finished`` carries ``SessionOpened``.

    ``places`` say where data that moved are, by digest; None: do without.
    """

    def opened() -> SessionOpened:
        found = {
            digest: None if place is None else data_file(place) for digest, place in places.items()
        }
        return SessionOpened(path, open_session(path, found))

    return in_one_step(control, opened)


def _saved(path: Path, session: Session) -> SessionSaved:
    keep_backups(path)
    save_session(path, session)
    return SessionSaved(path, session)
