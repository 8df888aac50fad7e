"""What is remembered from one start to the next, besides the session: window, recent files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QLocale, QSize, Qt
from PySide6.QtWidgets import QMainWindow, QSplitter

from rnnstudio.core import language
from rnnstudio.core.documents.csv_text import DecimalMark
from rnnstudio.ui.theme.tokens import scaled
from rnnstudio.ui.user_settings import settings
from rnnstudio.ui.widgets.tab_page import TabPage
from rnnstudio.ui.widgets.workbench import Workbench

MOST_RECENT = 10
_WINDOW, _RECENT, _LANGUAGE = "window", "recent", "language"
_SPLITTERS, _WHOLE, _PAGES, _FRONT = "splitters", "splitter sizes", "pages", "front"
_DECIMAL_MARK = "decimal mark"
_SKIPS_START, _DRAWERS, _LESSONS = "skips start", "drawers", "lessons"


def recent_files() -> list[Path]:
    """The sessions used last, the newest first, as far as they are still there."""
    kept = settings().value(_RECENT)
    names = [kept] if isinstance(kept, str) else kept if isinstance(kept, list) else []
    return [Path(str(name)) for name in names if Path(str(name)).is_file()]


def keep_recent(path: Path) -> None:
    """Put a session before all others."""
    path = path.absolute()
    names = [str(path), *(str(each) for each in recent_files() if each != path)]
    settings().setValue(_RECENT, names[:MOST_RECENT])


def forget_recent() -> None:
    """Forget which sessions were used."""
    settings().remove(_RECENT)


def forget_file(path: Path) -> None:
    """Forget that this session was used."""
    names = [str(each) for each in recent_files() if each != path]
    settings().setValue(_RECENT, names)


def skips_start() -> bool:
    """Whether the user wants the last work at once and no start page."""
    return bool(settings().value(_SKIPS_START, False, type=bool))


def keep_skips_start(skips: bool) -> None:
    """Remember whether the start page is passed over."""
    settings().setValue(_SKIPS_START, skips)


def lesson_step(lesson: str) -> int:
    """The step, from 0, that was reached in a lesson, by its file; -1: it was given whole."""
    return _place(f"{_LESSONS}/{lesson}")


def keep_lesson_step(lesson: str, step: int) -> None:
    """Remember the step that was reached; -1: all of it."""
    settings().setValue(f"{_LESSONS}/{lesson}", step)


def keep_window(window: QMainWindow) -> None:
    """Remember where the window is and how large."""
    settings().setValue(_WINDOW, window.saveGeometry())


def restore_window(window: QMainWindow) -> None:
    """Put the window where it was; where a screen is gone Qt finds it another place."""
    kept = settings().value(_WINDOW)
    if isinstance(kept, QByteArray):
        window.restoreGeometry(kept)


def keep_front(place: int) -> None:
    """Remember which tab is in front."""
    settings().setValue(_FRONT, place)


def front() -> int:
    """The place of the tab that was in front."""
    return _place(_FRONT)


def keep_layout(name: str, tab: TabPage) -> None:
    """Remember how the parts of a tab share its room, and which of its pages is in front."""
    settings().setValue(f"{_PAGES}/{name}", tab.page_place())
    for workbench in tab.findChildren(Workbench):
        settings().setValue(f"{_DRAWERS}/{name}/width", round(workbench.drawer_width / scaled(1)))
        if workbench.chosen:
            settings().setValue(f"{_DRAWERS}/{name}/section", workbench.section)
    for place, splitter in enumerate(_splitters(tab)):
        if splitter.testAttribute(Qt.WidgetAttribute.WA_WState_Created):  # else it has no sizes yet
            settings().setValue(f"{_SPLITTERS}/{name}/{place}", splitter.saveState())
            settings().setValue(f"{_WHOLE}/{name}/{place}", splitter.size())


def restore_layout(name: str, tab: TabPage) -> None:
    """Share the room of a tab as it was, and turn to the page that was in front."""
    page = _place(f"{_PAGES}/{name}") if settings().contains(f"{_PAGES}/{name}") else -1
    if 0 <= page < len(tab.page_entries()):
        tab.turn_to(page)
    for workbench in tab.findChildren(Workbench):
        if width := _place(f"{_DRAWERS}/{name}/width"):
            workbench.set_drawer_width(round(width * scaled(1)))
        section = settings().value(f"{_DRAWERS}/{name}/section")
        if section == "" or section in workbench.titles:
            workbench.open_section(str(section))
            workbench.chosen = True
    for place, splitter in enumerate(_splitters(tab)):
        kept = settings().value(f"{_SPLITTERS}/{name}/{place}")
        whole = settings().value(f"{_WHOLE}/{name}/{place}")
        if isinstance(kept, QByteArray) and isinstance(whole, QSize):
            splitter.resize(whole)  # else its parts are squeezed into what it is before it is shown
            splitter.restoreState(kept)


def forget_layout() -> None:
    """Begin the next time with the window as it is on the first day."""
    for key in (_WINDOW, _SPLITTERS, _WHOLE, _PAGES, _FRONT, _DRAWERS):
        settings().remove(key)


def _splitters(tab: TabPage) -> list[QSplitter]:
    """Those of the tab's own: a workbench shares its room by itself."""
    found = tab.findChildren(QSplitter)
    return [each for each in found if not isinstance(each.parent(), Workbench)]


def _place(key: str) -> int:
    """The place that is kept under ``key``; the first where it is no number."""
    try:
        return int(str(settings().value(key, 0)))
    except ValueError:
        return 0


def language_code() -> str:
    """The language that the user chose; until then the system's, or another that it offers."""
    kept = str(settings().value(_LANGUAGE, "", type=str))
    if kept:
        return kept
    offered = [each.split("-")[0] for each in QLocale.system().uiLanguages()]
    wanted = [each for each in offered if each != "C"] or ["en"]
    return next((each for each in wanted if each in language.NAMES), wanted[0])


def keep_language(code: str) -> None:
    """Remember the language from now on."""
    settings().setValue(_LANGUAGE, code)


def decimal_mark() -> DecimalMark:
    """The decimal mark of CSV files that are written; a point until another one is chosen."""
    return "comma" if settings().value(_DECIMAL_MARK, "point", type=str) == "comma" else "point"


def keep_decimal_mark(mark: DecimalMark) -> None:
    """Remember the decimal mark of CSV files."""
    settings().setValue(_DECIMAL_MARK, mark)


def forget_everything() -> None:
    """Begin as on the first day: colours, language, window, folders and recent files."""
    settings().clear()
