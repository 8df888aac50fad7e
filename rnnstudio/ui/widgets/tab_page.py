"""What every tab of the window offers its frame: pages, keys, regions, and what Esc closes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from rnnstudio.core.messages import Message
from rnnstudio.ui.theme.tokens import theme
from rnnstudio.ui.widgets.drops import DropPage
from rnnstudio.ui.widgets.error_box import ErrorBox
from rnnstudio.ui.widgets.focus_order import first_stop
from rnnstudio.ui.widgets.page_keys import KeysBefore, PageKey, is_typed_in, press
from rnnstudio.ui.widgets.view_picture import ViewPicture
from rnnstudio.ui.widgets.workbench import Workbench


@dataclass(frozen=True)
class PageEntry:
    """A page as the tab's menu offers it: its title, and a line that says what is there."""

    title: str
    line: str = ""


class TabPage(DropPage):
    """A tab with pages, one of which is its home. ``status``: a line for the status bar.

    Its keys act wherever the focus is within it and the widget there has no use for them.
    """

    status = Signal(str)
    work_changed = Signal(object)
    """A ``Change``, once the tab's work has it."""
    picture_wanted = Signal()
    """A picture of the page in front is asked for."""
    workbench: Workbench | None = None
    """The frame with rail and drawer, where the tab has one."""
    dressed_in_place = False
    """Whether it takes on other colours and sizes itself; else it is built anew from its work."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lesson_keys: Sequence[PageKey] = ()
        """Those of a lesson that is given on it, which act in the place of its own."""
        KeysBefore(self, self.keys_now)

    @property
    def unsaved_work(self) -> tuple[Message, ...]:
        """What is lost when the window closes, besides what a session has."""
        return ()

    def looks(self) -> Any:
        """How its pages are looked at besides their work, for a tab built in its place."""
        return None

    def show_looks(self, looks: Any) -> None:
        """Look at its pages as one did at those of the tab in whose place it is built."""

    def page_entries(self) -> Sequence[PageEntry]:
        """The pages, in the order in which the menu offers them."""
        raise NotImplementedError

    @property
    def home(self) -> int:
        """The place of the page that the others come back to."""
        return 0

    def page_place(self) -> int:
        """The place of the page in front among ``page_entries``."""
        raise NotImplementedError

    def turn_to(self, place: int) -> None:
        """Bring the page at ``place`` to the front."""
        raise NotImplementedError

    def keys(self) -> Sequence[PageKey]:
        """The keys that hold on the page in front now, in the order in which they are listed."""
        return ()

    def keys_now(self) -> Sequence[PageKey]:
        """The keys that act: a lesson's, or the page's own."""
        return self.lesson_keys or self.keys()

    def set_lesson(self, keys: Sequence[PageKey]) -> None:
        """Give a lesson the page: nothing but the thing is shown; no keys: the lesson is over.

        The violet button is the lesson's own then.
        """
        self.lesson_keys = keys
        self.setProperty("lesson", bool(keys))
        for button in self.findChildren(QPushButton):
            button.style().unpolish(button)
            button.style().polish(button)
            button.updateGeometry()
        if self.workbench is not None:
            self.workbench.set_bare(bool(keys) or theme().in_class)

    def regions(self) -> Sequence[QWidget]:
        """The parts that F6 goes through, in this order; hidden ones are passed over."""
        if self.workbench is None:
            return (self,)
        return (self.workbench.thing, self.workbench.drawer, self.workbench.rail)

    def first_focus(self) -> QWidget | None:
        """What has the focus when nothing else on the page in front has it."""
        return first_stop(self.page_in_sight())

    def page_in_sight(self) -> QWidget:
        """What is printed: the page in front without what changes it."""
        return self if self.workbench is None else self.workbench.thing

    def picture(self) -> ViewPicture:
        """What a picture of the page in front may have."""
        raise NotImplementedError

    def close_topmost(self) -> bool:
        """Close what lies over the page, or go home from another page; whether it did.

        That is the order of Esc: a sentence, an edit, a guess, a drawer over the thing, a page.
        """
        for box in self.findChildren(ErrorBox):
            if box.isVisible():
                box.close_sentence()
                return True
        if self.workbench is not None and self.workbench.overlaid and self.workbench.shown:
            self.workbench.fold()
            return True
        if self.page_place() != self.home:
            self.turn_to(self.home)
            return True
        return False

    def dress_anew(self) -> None:
        """Take on other colours and sizes; only asked of a tab that is ``dressed_in_place``."""
        raise NotImplementedError

    def show_class(self, on: bool) -> None:
        """Show nothing but what a class is to see, or everything again."""
        if self.workbench is not None:
            self.workbench.set_bare(on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that what has the focus does not take."""
        if not self.press(event):
            super().keyPressEvent(event)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key does on the page in front; whether it does anything."""
        letter = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        )
        return not (letter and is_typed_in(QApplication.focusWidget())) and press(
            self.keys_now(), event
        )
