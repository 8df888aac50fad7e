"""The inspector's pages, each built when it is first looked at."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from rnnstudio.ui.inspector.pages.bug_view import BugView
from rnnstudio.ui.inspector.pages.clip_view import ClipView
from rnnstudio.ui.inspector.pages.flow_view import FlowView
from rnnstudio.ui.inspector.pages.gates_view import GatesView
from rnnstudio.ui.inspector.pages.gradients_view import GradientsView
from rnnstudio.ui.inspector.pages.inspector_page import InspectorPage
from rnnstudio.ui.inspector.pages.models_view import ModelsView
from rnnstudio.ui.inspector.pages.page_look import PageLook
from rnnstudio.ui.inspector.pages.questions_view import QuestionsView
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.widgets.loader import Loader
from rnnstudio.ui.widgets.page_tabs import fit_to_shown

_Page = TypeVar("_Page", bound=InspectorPage)
PAGES = ("cell", "gates", "flow", "sums", "clipping", "questions", "bug", "models")
"""The pages by their keys, in the order of a lecture; the first is the tab's home."""


class InspectorPages(QStackedWidget):
    """Shows ``home`` or one of the other pages. ``asked(event)``: what the user wants.

    ``turned(key)``: another page has come to the front. ``looked(explanation)``: look at what an
    answer is about. ``written(sentence)``: something was written or copied. ``open_wanted``:
    choose a model's file. ``picture_wanted``: take a picture of the page in front.
    """

    asked = Signal(object)
    turned = Signal(str)
    looked = Signal(object)
    written = Signal(str)
    open_wanted = Signal()
    picture_wanted = Signal()

    def __init__(self, home: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = PAGES[0]
        self._home = home
        self._built: dict[str, InspectorPage] = {}
        self._looks: Mapping[str, PageLook] = {}
        self.addWidget(home)

    @cached_property
    def gates(self) -> GatesView:
        """The gates over time."""
        return self._add("gates", GatesView())

    @cached_property
    def sums(self) -> GradientsView:
        """The sums of the gradients over time."""
        return self._add("sums", GradientsView())

    @cached_property
    def flow(self) -> FlowView:
        """How far a gradient goes back."""
        return self._add("flow", FlowView())

    @cached_property
    def clipping(self) -> ClipView:
        """What clipping does to a gradient."""
        return self._add("clipping", ClipView())

    @cached_property
    def questions(self) -> QuestionsView:
        """The ready questions."""
        page = self._add("questions", QuestionsView())
        page.looked.connect(self.looked)
        return page

    @cached_property
    def bug(self) -> BugView:
        """The search for a bug in somebody's numbers."""
        page = self._add("bug", BugView())
        page.written.connect(self.written)
        return page

    @cached_property
    def models(self) -> ModelsView:
        """How to open a model."""
        page = self._add("models", ModelsView())
        page.written.connect(self.written)
        page.open_wanted.connect(self.open_wanted)
        return page

    @property
    def loaders(self) -> tuple[Loader, ...]:
        """What reads or computes in the background."""
        return (self.bug.loader,) if "bug" in self._built else ()

    @property
    def page(self) -> InspectorPage | None:
        """The page in front; None if that is the home."""
        return self._built.get(self.key)

    @property
    def front(self) -> QWidget:
        """What is in front."""
        return self.page or self._home

    def looks(self) -> Mapping[str, PageLook]:
        """How each page is looked at, of those that ever were."""
        return {**self._looks, **{key: page.current_look() for key, page in self._built.items()}}

    def show_looks(self, looks: Mapping[str, PageLook]) -> None:
        """Look at the pages in these ways once they are built."""
        self._looks = looks

    def turn_to(self, key: str) -> None:
        """Show the page ``key``."""
        if key == self.key:
            return
        shown: QWidget = self._home if key == PAGES[0] else getattr(self, key)
        self.key = key
        self.setCurrentWidget(shown)
        fit_to_shown(self)
        if shown is not self._home:
            shown.setFocus()
        self.turned.emit(key)

    def show_state(self, state: InspectorState) -> None:
        """Show the state on the page in front."""
        if self.page is not None:
            self.page.show_state(state)

    def _add(self, key: str, page: _Page) -> _Page:
        self._built[key] = page
        if key in self._looks:
            page.show_look(self._looks[key])
        page.asked.connect(self.asked)
        page.home_wanted.connect(lambda: self.turn_to(PAGES[0]))
        page.picture_wanted.connect(self.picture_wanted)
        self.addWidget(page)
        fit_to_shown(self)
        return page
