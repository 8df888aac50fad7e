"""The inspector's pages, each built when it is first looked at."""

from __future__ import annotations

from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from rnnstudio.core.cells.clip_lab import ClipSpec
from rnnstudio.core.cells.flow import FlowSpec
from rnnstudio.ui.inspector.pages.clip_view import ClipView
from rnnstudio.ui.inspector.pages.flow_view import FlowView
from rnnstudio.ui.inspector.pages.gates_view import GatesView
from rnnstudio.ui.inspector.pages.gradients_view import GradientsView
from rnnstudio.ui.inspector.pages.questions_view import QuestionsView
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.widgets.page_tabs import fit_to_shown

_Page = TypeVar("_Page", bound=QWidget)
PAGES = ("cell", "gates", "flow", "sums", "clipping", "questions")
"""The pages by their keys, in the order of a lecture; the first is the tab's home."""


class InspectorPages(QStackedWidget):
    """Shows ``home`` or one of the other pages. ``asked(event)``: what the user wants.

    ``turned(key)``: another page has come to the front. ``refused(sentence)``: what was typed
    cannot be taken. ``looked(explanation)``: look at what an answer is about. ``voted``: hands were
    raised, or an answer revealed. ``dialled``: what the sliders ask for has changed.
    """

    asked = Signal(object)
    turned = Signal(str)
    refused = Signal(str)
    looked = Signal(object)
    voted = Signal()
    dialled = Signal()

    def __init__(self, home: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = PAGES[0]
        self.flow_spec, self.clip_spec = FlowSpec(), ClipSpec()
        """What the sliders ask for, also before they are there."""
        self._built: dict[str, QWidget] = {}
        self._add("cell", home)

    @cached_property
    def gates(self) -> GatesView:
        """The gates over time."""
        return self._add("gates", GatesView())

    @cached_property
    def sums(self) -> GradientsView:
        """The sums of the gradients over time."""
        page = self._add("sums", GradientsView())
        page.asked.connect(self.asked)
        return page

    @cached_property
    def flow(self) -> FlowView:
        """How far a gradient goes back."""
        page = self._add("flow", FlowView())
        page.show_spec(self.flow_spec)
        page.asked_anew.connect(self._keep_specs)
        return page

    @cached_property
    def clipping(self) -> ClipView:
        """What clipping does to a gradient."""
        page = self._add("clipping", ClipView())
        page.show_spec(self.clip_spec)
        page.asked_anew.connect(self._keep_specs)
        return page

    @cached_property
    def questions(self) -> QuestionsView:
        """The ready questions."""
        page = self._add("questions", QuestionsView())
        page.asked.connect(self.asked)
        page.refused.connect(self.refused)
        page.looked.connect(self.looked)
        page.voted.connect(self.voted)
        return page

    @property
    def front(self) -> QWidget:
        """The page in front."""
        return self._built[self.key]

    def is_built(self, key: str) -> bool:
        """Whether the page is there already."""
        return key in self._built

    def turn_to(self, key: str) -> None:
        """Show the page ``key``."""
        if key != PAGES[0]:
            getattr(self, key)
        if key != self.key:
            self.key = key
            self.setCurrentWidget(self._built[key])
            fit_to_shown(self)
            self.turned.emit(key)

    def show_state(self, state: InspectorState) -> None:
        """Show the state where the page in front shows one."""
        match self.key:
            case "gates":
                self.gates.show_state(state)
            case "sums":
                self.sums.show_state(state)
            case "questions":
                self.questions.show_state(state)

    def show_specs(self, flow: FlowSpec, clip: ClipSpec) -> None:
        """Let the sliders ask for these."""
        self.flow_spec, self.clip_spec = flow, clip
        if self.is_built("flow"):
            self.flow.show_spec(flow)
        if self.is_built("clipping"):
            self.clipping.show_spec(clip)

    def _keep_specs(self) -> None:
        if self.is_built("flow"):
            self.flow_spec = self.flow.spec()
        if self.is_built("clipping"):
            self.clip_spec = self.clipping.spec()
        self.dialled.emit()

    def _add(self, key: str, page: _Page) -> _Page:
        self._built[key] = page
        self.addWidget(page)
        fit_to_shown(self)
        return page
