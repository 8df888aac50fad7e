"""Gives a lesson: shows its steps beside the studio, and sets in the studio what they are about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.lessons.checking import mistakes_in
from rnnstudio.core.lessons.lesson import Words
from rnnstudio.core.lessons.lesson_scene import LessonScene, scene_at
from rnnstudio.core.lessons.reading import lesson_files, read_lesson
from rnnstudio.ui.lessons.lesson_panel import LessonPanel
from rnnstudio.ui.lessons.lesson_state import LessonState
from rnnstudio.ui.lessons.tab_settings import set_names, set_shares
from rnnstudio.ui.shell import remembered
from rnnstudio.ui.shell.navigation import Navigation
from rnnstudio.ui.tab_set import TAB_NAMES, TabSet
from rnnstudio.ui.theme.tokens import theme
from rnnstudio.ui.widgets.page_keys import KeysBefore, PageKey, press


class LessonPlayer(QObject):
    """Leads through a lesson; what a person had in the inspector comes back at its end."""

    changed = Signal()
    """A lesson has begun or is over."""
    refused = Signal(str)
    """Why a file is no lesson."""

    def __init__(self, window: QWidget, frame: Navigation, tabs: TabSet) -> None:
        super().__init__(window)
        self._window, self._frame, self._tabs = window, frame, tabs
        self.state: LessonState | None = None
        self.panel: LessonPanel | None = None

    @property
    def on(self) -> bool:
        """Whether a lesson is given."""
        return self.state is not None

    def begin(self, path: Path) -> None:
        """Give the lesson at ``path`` from the step that was reached; refused if it is none."""
        try:
            source = read_lesson(path)
        except UserError as error:
            self.refused.emit(language.text(error.message))
            return
        if mistakes := mistakes_in(source):
            self.refused.emit("\n".join(map(language.text, mistakes)))
            return
        self.leave()
        lesson = source.lesson
        reached = remembered.lesson_step(path.stem)
        step = reached if 0 <= reached < len(lesson.steps) else 0
        self.state = LessonState(path, lesson, step)
        if lesson.tab == "inspector":
            self._tabs.set_aside = self._tabs.inspector.work()
        self._frame.setCurrentIndex(TAB_NAMES.index(lesson.tab))
        self.dress()
        self.changed.emit()

    @Slot()
    def begin_unfinished(self) -> None:
        """Give the lesson that was begun and not given to its end; else the first that was not."""
        files = lesson_files()
        reached = [remembered.lesson_step(path.stem) for path in files]
        begun = [path for path, step in zip(files, reached, strict=True) if step > 0]
        new = [path for path, step in zip(files, reached, strict=True) if step == 0]
        self.begin((*begun, *new, *files)[0])

    @Slot()
    def leave(self) -> None:
        """End the lesson; its step is remembered, and the inspector is as it was."""
        if self.state is None:
            return
        self._remember(self.state)
        self._tabs.named(self.state.lesson.tab).set_lesson(())
        self.state = self.panel = None
        self._frame.put_beside(None)
        own, self._tabs.set_aside = self._tabs.set_aside, None
        if own is not None:
            self._tabs.inspector.show_work(own)
        self.changed.emit()

    def dress(self) -> None:
        """Show the lesson in the colours, sizes and language that hold now."""
        if self.state is None:
            return
        self._tabs.named(self.state.lesson.tab).set_lesson(self.keys())
        self.panel = panel = LessonPanel()
        panel.chosen.connect(self._choose)
        panel.went_on.connect(self._go_on)
        panel.went_back.connect(self._go_back)
        panel.next_wanted.connect(self._begin_next)
        KeysBefore(panel, self.keys)
        self._frame.put_beside(panel, below=theme().in_class)
        self._set_studio()
        self._show()
        panel.fit(self._window.size())

    def fit(self) -> None:
        """Leave the studio its room in the window as it is now."""
        if self.panel is not None:
            self.panel.fit(self._window.size())

    def keys(self) -> Sequence[PageKey]:
        """The keys of a lesson."""
        on = self.tr("Reveal the answer, or go on.")
        back = self.tr("Go one step back.")
        choose = self.tr("Choose an answer.")
        return (
            PageKey(("Space", "PgDown", "Right", "N"), on, self._go_on),
            PageKey(("Shift+Space", "PgUp", "Left"), back, self._go_back),
            *(PageKey((str(n + 1),), choose, partial(self._choose, n)) for n in range(4)),
        )

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key does in a lesson; whether it does anything."""
        return self.on and press(self.keys(), event)

    @property
    def _place(self) -> int:
        """The place of the lesson among those that ship; -1: it is another file."""
        files = lesson_files()
        path = None if self.state is None else self.state.path
        return files.index(path) if path in files else -1

    def _take(self, state: LessonState) -> None:
        """Go to a state, and set in the studio what it is about."""
        before, self.state = self.state, state
        if before is None or (state.step, state.revealed) != (before.step, before.revealed):
            self._remember(state)
            self._set_studio()
        self._show()

    def _remember(self, state: LessonState) -> None:
        remembered.keep_lesson_step(state.path.stem, -1 if state.over else state.step)

    def _show(self) -> None:
        if self.state is None or self.panel is None:
            return
        place, title = self._place, self.state.lesson.title[language.code()]
        number = (
            title
            if place < 0
            else language.filled(self.tr("Lesson {0} of {1}"), place + 1, len(lesson_files()))
        )
        self.panel.show_state(self.state, number, self._filling(self.state))
        self.panel.take_focus()

    def _filling(self, state: LessonState) -> Callable[[Words, bool], str]:
        """What fills the texts of ``state``: each scene is computed once for all of them."""
        if state.lesson.tab != "inspector":
            return lambda words, _: words[language.code()]
        views = {revealed: self._view(revealed=revealed) for revealed in {False, state.revealed}}
        return lambda words, revealed: views[revealed].filled(words[language.code()])

    def _view(self, *, revealed: bool) -> LessonScene:
        state = self.state
        if state is None:
            return LessonScene()
        step = min(state.step, len(state.lesson.steps) - 1)
        return scene_at(state.lesson, step, revealed=revealed or state.over)

    def _set_studio(self) -> None:
        """Set what the step says, or what its reveal says."""
        state = self.state
        if state is None or state.current is None:
            return
        if state.lesson.tab == "inspector":
            self._tabs.inspector.show_work(self._view(revealed=state.revealed).work)
            return
        part = state.question if state.revealed else state.current
        if part is not None and part.names is not None:
            set_names(self._tabs.dinosaurs, part.names)
        if part is not None and part.shares is not None:
            set_shares(self._tabs.stocks, part.shares)

    @Slot(int)
    def _choose(self, place: int) -> None:
        if self.state is not None:
            self._take(self.state.with_choice(place))

    @Slot()
    def _go_on(self) -> None:
        if self.state is None:
            return
        if self.state.over:
            self.leave()
        else:
            self._take(self.state.gone_on())

    @Slot()
    def _go_back(self) -> None:
        if self.state is not None:
            self._take(self.state.gone_back())

    @Slot()
    def _begin_next(self) -> None:
        files = lesson_files()
        self.begin(files[(self._place + 1) % len(files)])
