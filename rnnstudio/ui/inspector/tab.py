"""The cell inspector: constructs the views, connects them, holds the state."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QSplitter,
    QTabBar,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.cells.clip_lab import ClipSpec
from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.flow import FlowSpec
from rnnstudio.core.cells.misconceptions import Explanation
from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.cells.scene_spec import SceneSpec, scenes
from rnnstudio.core.documents.document_file import is_document
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.session.session import InspectorWork
from rnnstudio.core.session.undo_history import Change, changed_fields
from rnnstudio.ui.inspector.cell.card_view import CardView
from rnnstudio.ui.inspector.cell.diagrams import Diagrams
from rnnstudio.ui.inspector.cell.notice_view import NoticeView
from rnnstudio.ui.inspector.cell.strip_view import StripView
from rnnstudio.ui.inspector.cell.transport import Transport
from rnnstudio.ui.inspector.drawer.check_view import CheckView
from rnnstudio.ui.inspector.drawer.export_menu import ExportMenu
from rnnstudio.ui.inspector.drawer.model_form import ModelForm
from rnnstudio.ui.inspector.drawer.numbers_form import NumbersForm
from rnnstudio.ui.inspector.drawer.scene_form import SceneForm
from rnnstudio.ui.inspector.drawer.what_if_form import WhatIfForm
from rnnstudio.ui.inspector.events import (
    DirectionChosen,
    Event,
    InputRefused,
    OperationStepped,
    PlayToggled,
    SceneChosen,
    TimeStepped,
)
from rnnstudio.ui.inspector.inspector_work import change_of, side_in_work, state_of
from rnnstudio.ui.inspector.pages.clip_view import ClipView
from rnnstudio.ui.inspector.pages.flow_view import FlowView
from rnnstudio.ui.inspector.pages.gates_view import GatesView
from rnnstudio.ui.inspector.pages.gradients_view import GradientsView
from rnnstudio.ui.inspector.pages.questions_view import QuestionsView
from rnnstudio.ui.inspector.reduce import reduce
from rnnstudio.ui.inspector.state import InspectorState, start
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.error_box import ErrorBox
from rnnstudio.ui.widgets.page_keys import PageKey
from rnnstudio.ui.widgets.tab_page import PageEntry, TabPage

_FORM_PAGES = ("scene", "numbers", "what if", "check")
_VIEW_PAGES = ("cell", "sums", "gates", "flow", "clipping", "questions")


class InspectorTab(TabPage):
    """Steps through a cell, forward and backward."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = SceneForm()
        self.numbers = NumbersForm()
        self.what_if = WhatIfForm()
        self.check = CheckView()
        self.strip = StripView()
        self.diagrams = Diagrams()
        self.gradients = GradientsView()
        self.gates = GatesView()
        self.model = ModelForm()
        self.flow = FlowView()
        self.clipping = ClipView()
        self.questions = QuestionsView()
        self.take_away = ExportMenu(self._in_sight)
        self.card = CardView()
        self.transport = Transport()
        self.notice = NoticeView()
        self.message = ErrorBox()
        self._spec = self.form.spec()
        self.state: InspectorState = start(*scenes(self._spec))
        self._lay_out()
        self._connect()
        self._show()

    def dispatch(self, event: Event, change: Change | None = None) -> None:
        """Go to the state after ``event`` and show it.

        ``change`` is what the event did where the event alone does not say it.
        """
        before = self.state
        self.state = reduce(self.state, event)
        self._show()
        if self.state.trace is not before.trace:
            self.status.emit(self._summary())
        elif isinstance(event, OperationStepped | TimeStepped) and _same_place(before, self.state):
            self.status.emit(self._end_of_pass(event.by))
        if not self.state.message:
            self.work_changed.emit(change or change_of(self.state, event))

    def work(self) -> InspectorWork:
        """What a person would miss of this tab."""
        state = self.state
        return InspectorWork(
            side_in_work(state.side),
            None if state.beside is None else side_in_work(state.beside),
            state.swapped,
            replace(state.cursor, playing=False),
            self._spec,
            self.flow.spec(),
            self.clipping.spec(),
            state.verdict,
            state.votes if state.asked else self.questions.votes(),
            (_FORM_PAGES[self.pages.currentIndex()], _VIEW_PAGES[self.drawings.currentIndex()]),
        )

    def show_work(self, work: InspectorWork) -> None:
        """Show the work of a session in every form and view."""
        self.state = state_of(work, self.state)
        self._spec = work.spec
        self.flow.show_spec(work.flow)
        self.clipping.show_spec(work.clip)
        for tabs, names in ((self.pages, _FORM_PAGES), (self.drawings, _VIEW_PAGES)):
            page = next((name for name in work.pages if name in names), names[0])
            tabs.setCurrentIndex(names.index(page))
        self._show_form_again()
        self._show()
        self.questions.show_votes(work.votes)

    @property
    def page_bar(self) -> QTabBar:
        """The names of the tab's pages."""
        return self.drawings.tabBar()

    def page_entries(self) -> tuple[PageEntry, ...]:
        """The cell, and what else there is to see of it."""
        return (
            PageEntry(self.tr("The cell"), self.tr("step by step, forward and backward")),
            PageEntry(
                self.tr("Sums over time"), self.tr("what every step adds to a weight's gradient")
            ),
            PageEntry(
                self.tr("Gates over time"), self.tr("when each gate opens, in one line a unit")
            ),
            PageEntry(self.tr("Gradient flow"), self.tr("RNN against LSTM, how much is left")),
            PageEntry(self.tr("Clipping"), self.tr("a training with and without")),
            PageEntry(self.tr("Questions"), self.tr("those that classes ask, each with its scene")),
        )

    def page_place(self) -> int:
        """The place of the page in front."""
        return self.drawings.currentIndex()

    def turn_to(self, place: int) -> None:
        """Bring a page to the front."""
        self.drawings.setCurrentIndex(place)

    def keys(self) -> tuple[PageKey, ...]:
        """Keys of the cell."""
        play = self.tr("Play, or stop playing.")
        return (PageKey(("Space",), play, lambda: self.dispatch(PlayToggled())),)

    def obstacle(self) -> str:
        """Why another work cannot be shown now; empty where it can."""
        if any(form.loader.busy for form in (self.take_away, self.model, self.numbers)):
            return self.tr("The inspector is reading a file; wait for it.")
        return ""

    def show_scene(self, scene: Scene) -> None:
        """Look at a scene that was made elsewhere."""
        self.dispatch(SceneChosen(scene))

    def _show_form_again(self) -> None:
        """The form goes back to the scene that stays."""
        self.form.show_spec(self._spec)
        self.form.show_origin(self.state.scene.origin)
        self.form.show_state(self.state)

    def _end_of_pass(self, by: int) -> str:
        """The sentence for a step that leads nowhere."""
        passes = {False: self.tr("forward pass"), True: self.tr("backward pass")}
        name, step = passes[self.state.backward], self.state.cursor.time + 1
        if by < 0:
            return self.tr("The {0} begins here, at step {1}: go on.").format(name, step)
        return self.tr("The {0} ends here, at step {1}.").format(name, step)

    def _summary(self) -> str:
        scene = self.state.scene
        count = sum(array.size for array in scene.parameters.values())
        text = self.tr("{0} with {1} units over {2} steps: {3} weights and biases")
        sizes = scene.sizes
        return text.format(scene.cell.label, sizes.n_a, sizes.T_x, f"{count:,}")

    def take_file(self, path: Path) -> None:
        """Open a dropped file: a scene by its suffix, any other as a trained model."""
        if is_document(path):
            self.take_away.open_scene(path)
        else:
            self.drawings.setCurrentWidget(self._gates_page)
            self.model.open_file(path)

    def refuse_drop(self, sentence: str) -> None:
        """Say why what was dropped is not opened."""
        self._show_sentence(sentence)

    def shutdown(self) -> bool:
        """Stop playing and wait for what is being read; whether that has stopped."""
        self.transport.timer.stop()
        stopped = [form.loader.shutdown() for form in (self.take_away, self.model, self.numbers)]
        return all(stopped)

    def _show(self) -> None:
        """Show the state in every view that is in sight."""
        state = self.state
        always = (self.strip, self.card, self.transport, self.form, self.take_away, self.notice)
        for view in always:
            view.show_state(state)
        page, drawing = self.pages.currentWidget(), self.drawings.currentWidget()
        for form in (self.numbers, self.what_if, self.check):
            if form is page:
                form.show_state(state)
        for drawn in (self.diagrams, self.gradients, self.gates, self.questions):
            if drawn is drawing or drawing.isAncestorOf(drawn):
                drawn.show_state(state)
        self._show_sentence(state.message or state.refusal)

    def _show_sentence(self, sentence: str) -> None:
        """Show what could not be done, below the forms."""
        self.message.show_text(sentence)
        if sentence:
            self.status.emit(sentence)

    def _forget(self) -> None:
        """The sentence was read."""
        self.state = replace(self.state, message="", refusal="")
        self.message.show_text("")

    def _turn_page(self) -> None:
        self._show()
        self.work_changed.emit(Change())

    def _count_votes(self) -> None:
        self.work_changed.emit(Change(Message("Show of hands"), "votes"))

    def _count_dials(self) -> None:
        self.work_changed.emit(Change(Message("Sliders"), self.drawings.currentIndex()))

    def _in_sight(self) -> QWidget:
        return self.drawings.currentWidget()

    def _look_at(self, explanation: Explanation) -> None:
        """Go to what an answer is about, on the page that shows it."""
        match explanation.show:
            case FlowSpec():
                self.flow.show_spec(explanation.show)
                self.drawings.setCurrentWidget(self.flow)
            case ClipSpec():
                self.clipping.show_spec(explanation.show)
                self.drawings.setCurrentWidget(self.clipping)
            case Scene():
                self._look_at_scene(explanation.show, explanation.page)

    def _look_at_scene(self, scene: Scene, page: str) -> None:
        """Sums of gradients are looked at from their end, when every step has given its part."""
        pages = {"cell": self.diagrams, "sums": self.gradients, "gates": self._gates_page}
        self.drawings.setCurrentWidget(pages[page])
        asked = replace(scene, origin=self.tr("Question: the scene that answers it"))
        self.dispatch(SceneChosen(asked))
        self.dispatch(
            DirectionChosen(PassDirection.BACKWARD if page == "sums" else PassDirection.FORWARD)
        )
        if page == "sums":
            self.dispatch(OperationStepped(self.state.last_position))

    def _choose(self, spec: SceneSpec) -> None:
        """Go to the scene of the form; a spec that makes none leaves the last one."""
        try:
            chosen = SceneChosen(*scenes(spec, self.state.scene))
        except UserError as error:
            self._show_sentence(language.text(error.message))
        else:
            before, self._spec = self._spec, spec
            done = Message("Settings of the scene")
            self.dispatch(chosen, Change(done, ("scene form", *changed_fields(before, spec))))

    def _connect(self) -> None:
        self.form.changed.connect(self._choose)
        self.message.closed.connect(self._forget)
        self.take_away.written.connect(self.status)
        for view in (
            self.take_away,
            self.questions,
            self.model,
            self.numbers,
            self.what_if,
            self.check,
            self.strip,
            self.card,
            self.transport,
            self.diagrams,
            self.gradients,
        ):
            view.asked.connect(self.dispatch)
        for source in (
            self.form,
            self.take_away,
            self.model,
            self.numbers,
            self.what_if,
            self.card,
            self.questions,
        ):
            source.refused.connect(lambda sentence: self.dispatch(InputRefused(sentence)))
        self.questions.looked.connect(self._look_at)
        for pages in (self.pages, self.drawings):
            pages.currentChanged.connect(self._turn_page)
        self.questions.voted.connect(self._count_votes)
        for laboratory in (self.flow, self.clipping):
            laboratory.asked_anew.connect(self._count_dials)

    def _lay_out(self) -> None:
        columns = QSplitter(Qt.Orientation.Horizontal)
        for widget, stretch in (
            (self._left_column(), 0),
            (self._middle_column(), 3),
            (self.card, 1),
        ):
            columns.addWidget(widget)
            columns.setStretchFactor(columns.count() - 1, stretch)
        columns.setSizes([280, 624, 376])
        columns.setCollapsible(1, False)
        layout = QVBoxLayout(self)
        layout.addWidget(columns, stretch=1)
        layout.addWidget(self.notice)
        layout.addWidget(self.transport)

    def _left_column(self) -> QWidget:
        self.pages = QTabWidget()
        for part in (self.pages, self.pages.tabBar()):
            part.setAccessibleName(self.tr("Forms"))
        self.pages.tabBar().setStyleSheet(f"font-size: {sizes().label}px;")
        self.pages.addTab(self.form, self.tr("Scene"))
        self.pages.addTab(self.numbers, self.tr("Numbers"))
        self.pages.addTab(self.what_if, self.tr("What if"))
        self.pages.addTab(self.check, self.tr("Check"))
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages, stretch=1)
        layout.addWidget(self.message)
        return column

    def _middle_column(self) -> QWidget:
        self.drawings = QTabWidget()
        self.drawings.setDocumentMode(True)
        for part in (self.drawings, self.drawings.tabBar()):
            part.setAccessibleName(self.tr("Views"))
        self.drawings.tabBar().setStyleSheet(f"font-size: {sizes().label}px;")
        self.drawings.setCornerWidget(self.take_away)
        self.drawings.addTab(self.diagrams, self.tr("Cell"))
        self.drawings.addTab(self.gradients, self.tr("Sums of gradients"))
        self._gates_page = _stacked(self.model, self.gates)
        self.drawings.addTab(self._gates_page, self.tr("Gates"))
        self.drawings.addTab(self.flow, self.tr("Gradient flow"))
        self.drawings.addTab(self.clipping, self.tr("Clipping"))
        self.drawings.addTab(self.questions, self.tr("Questions"))
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.strip)
        layout.addWidget(self.drawings, stretch=1)
        return column


def _same_place(one: InspectorState, other: InspectorState) -> bool:
    return replace(one.cursor, playing=False) == replace(other.cursor, playing=False)


def _stacked(upper: QWidget, lower: QWidget) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(upper)
    layout.addWidget(lower, stretch=1)
    return page


if __name__ == "__main__":
    from rnnstudio.ui.widgets.preview import open_window

    open_window(InspectorTab, 1280, 640)
