"""What is remembered from one start to the next, besides the session: the window, recent files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget

from rnnstudio.core import language
from rnnstudio.ui import theme

MOST_RECENT = 10
_WINDOW, _RECENT, _SPLITTERS, _LANGUAGE = "window", "recent", "splitters", "language"


def recent_files() -> list[Path]:
    """The sessions used last, the newest first, as far as they are still there."""
    kept = theme.settings().value(_RECENT)
    names = [kept] if isinstance(kept, str) else kept if isinstance(kept, list) else []
    return [Path(str(name)) for name in names if Path(str(name)).is_file()]


def keep_recent(path: Path) -> None:
    """Put a session before all others."""
    path = path.absolute()
    names = [str(path), *(str(each) for each in recent_files() if each != path)]
    theme.settings().setValue(_RECENT, names[:MOST_RECENT])


def forget_recent() -> None:
    """Forget which sessions were used."""
    theme.settings().remove(_RECENT)


def keep_window(window: QMainWindow) -> None:
    """Remember where the window is and how large."""
    theme.settings().setValue(_WINDOW, window.saveGeometry())


def restore_window(window: QMainWindow) -> None:
    """Put the window where it was; where a screen is gone Qt finds it another place."""
    kept = theme.settings().value(_WINDOW)
    if isinstance(kept, QByteArray):
        window.restoreGeometry(kept)


def keep_splitters(name: str, tab: QWidget) -> None:
    """Remember how the parts of a tab share its room."""
    for place, splitter in enumerate(tab.findChildren(QSplitter)):
        theme.settings().setValue(f"{_SPLITTERS}/{name}/{place}", splitter.saveState())


def restore_splitters(name: str, tab: QWidget) -> None:
    """Share the room of a tab as it was."""
    for place, splitter in enumerate(tab.findChildren(QSplitter)):
        kept = theme.settings().value(f"{_SPLITTERS}/{name}/{place}")
        if isinstance(kept, QByteArray):
            splitter.restoreState(kept)


def language_code() -> str:
    """The language that the user chose; English until then."""
    code = str(theme.settings().value(_LANGUAGE, "en", type=str))
    return code if code in language.NAMES else "en"


def keep_language(code: str) -> None:
    """Remember the language for the next start."""
    theme.settings().setValue(_LANGUAGE, code)


def forget_everything() -> None:
    """Begin as on the first day: colours, language, window, folders and recent files."""
    theme.settings().clear()
