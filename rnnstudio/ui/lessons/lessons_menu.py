"""The list of lessons: each with a line that says what it is about, and how far it was given."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from rnnstudio.core import language
from rnnstudio.core.lessons.reading import lesson_files, read_lesson
from rnnstudio.ui.shell import remembered
from rnnstudio.ui.widgets.file_dialogs import ask_open


class LessonsMenu(QMenu):
    """Offers the lessons that ship, and a file of one's own; ``begin(path)`` gives one."""

    def __init__(self, begin: Callable[[Path], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(self.tr("Lessons"))
        self.setToolTipsVisible(True)
        self._begin, self._window = begin, parent
        for place, path in enumerate(lesson_files(), start=1):
            lesson = read_lesson(path).lesson
            title = lesson.title[language.code()].replace("&", "&&")
            action = self.addAction(self._line(place, title, path, len(lesson.steps)))
            action.setToolTip(lesson.about[language.code()])
            action.setCheckable(True)
            action.setChecked(remembered.lesson_step(path.stem) < 0)
            action.triggered.connect(partial(begin, path))
        self.addSeparator()
        own = self.addAction(self.tr("&Open a lesson …"))
        own.triggered.connect(self._open)

    def _line(self, place: int, title: str, path: Path, steps: int) -> str:
        reached = remembered.lesson_step(path.stem)
        if reached > 0:
            line = self.tr("&{0} {1} (at step {2} of {3})")
            return language.filled(line, place, title, reached + 1, steps)
        return language.filled(self.tr("&{0} {1} ({2} steps)"), place, title, steps)

    def _open(self) -> None:
        path = ask_open(self._window, self.tr("Open a lesson"), self.tr("Lessons (*.toml)"))
        if path is not None:
            self._begin(path)
