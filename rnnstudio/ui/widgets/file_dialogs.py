"""Asks for files: in the folder that was used last, and before anything is overwritten."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from rnnstudio.core import language
from rnnstudio.core.documents.document_file import BACKUP_SUFFIXES, SUFFIX
from rnnstudio.ui.user_settings import settings
from rnnstudio.ui.widgets.asking import Button, ask

_KEY = "folder"
_ENDING = re.compile(r"\*(\.\w+)")


def last_folder() -> Path:
    """The folder that was used last, if it is still there; else the user's documents."""
    kept = str(settings().value(_KEY, "", type=str))
    if kept and Path(kept).is_dir():
        return Path(kept)
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(documents))


def keep_folder(path: Path) -> None:
    """Remember the folder of ``path`` for the next question."""
    settings().setValue(_KEY, str(path.absolute().parent))


def ask_open(parent: QWidget | None, title: str, kinds: str) -> Path | None:
    """A file to open, of one of the ``kinds`` (Qt's form: ``Text (*.txt);;All files (*)``)."""
    name, _ = QFileDialog.getOpenFileName(parent, title, str(last_folder()), kinds)
    if not name:
        return None
    keep_folder(Path(name))
    return Path(name)


def document_kinds() -> str:
    """The kind of file that the application keeps work in, in Qt's form."""
    return language.filled(QCoreApplication.translate("files", "RNN Studio files (*{0})"), SUFFIX)


def backup_kinds() -> str:
    """The kind of file that an earlier version of such work is, in Qt's form."""
    endings = " ".join(f"*{suffix}" for suffix in BACKUP_SUFFIXES)
    return language.filled(QCoreApplication.translate("files", "Earlier versions ({0})"), endings)


def ask_folder(parent: QWidget | None, title: str) -> Path | None:
    """A folder that is there."""
    name = QFileDialog.getExistingDirectory(parent, title, str(last_folder()))
    if not name:
        return None
    keep_folder(Path(name, "inside"))
    return Path(name)


def ask_save(
    parent: QWidget | None,
    title: str,
    name: str,
    kinds: str,
    beside: Iterable[Callable[[Path], Path]] = (),
) -> Path | None:
    """A place to save to; None when there is none, or what is there already is to stay.

    ``name`` is offered, ``kinds`` give the endings: one is added where the answer has none.
    ``beside`` give the files that are written along with it.
    """
    chosen, kind = QFileDialog.getSaveFileName(
        parent,
        title,
        str(last_folder() / name),
        kinds,
        options=QFileDialog.Option.DontConfirmOverwrite,  # it knows neither ending nor companions
    )
    if not chosen:
        return None
    path = with_ending(Path(chosen), kinds, kind)
    keep_folder(path)
    return path if may_write(parent, [path, *(place(path) for place in beside)]) else None


def with_ending(path: Path, kinds: str, chosen: str = "") -> Path:
    """``path`` with the first ending of the ``chosen`` kind, unless it has one of ``kinds``.

    ``week 1.2`` has none: it becomes ``week 1.2.rnnstudio``.
    """
    endings = _ENDING.findall(kinds)
    if not endings or path.suffix.lower() in endings:
        return path
    return path.with_name(path.name + (_ENDING.findall(chosen) or endings)[0])


def may_write(parent: QWidget | None, paths: Sequence[Path]) -> bool:
    """Whether none of the files is there yet, or the user lets them be replaced."""
    there = [path for path in paths if path.exists()]
    if not there:
        return True
    names = "\n".join(str(path) for path in there)
    text = QCoreApplication.translate("files", "This would replace what is there now:\n{0}")
    title = QCoreApplication.translate("files", "Replace?")
    pressed = ask(
        parent, title, language.filled(text, names), Button.Yes | Button.Cancel, Button.Cancel
    )
    return pressed == Button.Yes
