"""The cell inspector: constructs its pages and the drawer, connects them, holds the state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.clip_lab import ClipSpec
from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.flow import FlowSpec
from rnnstudio.core.cells.misconception_answers import Explanation
from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.cells.scene_spec import SceneSpec, opening_scene, scenes
from rnnstudio.core.documents.document_file import is_document
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import grouped
from rnnstudio.core.session.kept_scene import InspectorWork
from rnnstudio.core.session.undo_history import Change, changed_fields
from rnnstudio.ui.inspector.cell.cell_page import CellPage
from rnnstudio.ui.inspector.drawer.check_view import CheckView
from rnnstudio.ui.inspector.drawer.code_view import CodeView
from rnnstudio.ui.inspector.drawer.export_form import ExportForm
from rnnstudio.ui.inspector.drawer.numbers_form import NumbersForm
from rnnstudio.ui.inspector.drawer.scene_form import SceneForm
from rnnstudio.ui.inspector.drawer.terms_section import TermsSection
from rnnstudio.ui.inspector.drawer.what_if_form import WhatIfForm
from rnnstudio.ui.inspector.events import (
    ClipChosen,
    DirectionChosen,
    Event,
    FaultGuessed,
    FindingVisited,
    FlowChosen,
    InputRefused,
    OperationStepped,
    SceneChosen,
    TimeStepped,
)
from rnnstudio.ui.inspector.inspector_work import change_of, side_in_work, state_of
from rnnstudio.ui.inspector.keys import CellKey, ZoomChosen, cell_keys
from rnnstudio.ui.inspector.pages.inspector_pages import PAGES, InspectorPages
from rnnstudio.ui.inspector.pages.page_look import PageLook
from rnnstudio.ui.inspector.pass_frames import PassFrames
from rnnstudio.ui.inspector.reduce import reduce
from rnnstudio.ui.inspector.state import InspectorState, start
from rnnstudio.ui.theme.tokens import theme
from rnnstudio.ui.widgets.error_box import ErrorBox
from rnnstudio.ui.widgets.focus_order import first_stop
from rnnstudio.ui.widgets.loader import Loader
from rnnstudio.ui.widgets.page_keys import PageKey
from rnnstudio.ui.widgets.tab_page import PageEntry, TabPage
from rnnstudio.ui.widgets.view_picture import Animation, ViewPicture
from rnnstudio.ui.widgets.workbench import Workbench


class InspectorTab(TabPage):
    """Steps through a cell, forward and backward."""

    workbench: Workbench

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = SceneForm()
        self.numbers = NumbersForm()
        self.what_if = WhatIfForm()
        self.check = CheckView()
        self.terms = TermsSection()
        self.code = CodeView()
        self.take_away = ExportForm(self.picture)
        self.cell = CellPage()
        self.workbench = Workbench(self.cell)
        self.pages = InspectorPages(self.workbench)
        self.message = ErrorBox(self)
        self._spec = self.form.spec()
        self.state: InspectorState = start(opening_scene())
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
        if isinstance(event, SceneChosen) and self.state.trace is not before.trace:
            self.status.emit(self._summary())
        elif isinstance(event, OperationStepped | TimeStepped) and _same_place(before, self.state):
            self.status.emit(self._end_of_pass(event.by))
        if not self.state.message:
            self.work_changed.emit(change or change_of(self.state, event))
        if isinstance(event, FindingVisited):  # once what it did is told of
            self.pages.turn_to(PAGES[0])

    def work(self) -> InspectorWork:
        """What a person would miss of this tab."""
        state = self.state
        return InspectorWork(
            side_in_work(state.side),
            None if state.beside is None else side_in_work(state.beside),
            state.swapped,
            replace(state.cursor, playing=False),
            self._spec,
            state.flow,
            state.clip,
            state.verdict,
            state.votes,
            state.bug,
            (self.pages.key, self.workbench.section),
        )

    def show_work(self, work: InspectorWork) -> None:
        """Show the work of a session in every form and view."""
        self.state = state_of(work, self.state)
        self._spec = work.spec
        self.pages.turn_to(next((name for name in work.pages if name in PAGES), PAGES[0]))
        self.workbench.open_section(
            next((name for name in work.pages if name in self.workbench.titles), "")
        )
        self._show_form_again()
        if work.bug.submission is not None:
            self.pages.bug.find_missing(self.state)
        self._show()

    def looks(self) -> Mapping[str, PageLook]:
        """How the further pages are looked at."""
        return self.pages.looks()

    def show_looks(self, looks: Mapping[str, PageLook]) -> None:
        """Look at the further pages so once they are built."""
        self.pages.show_looks(looks)

    def page_entries(self) -> tuple[PageEntry, ...]:
        """The cell, and what else there is to see of it."""
        return (
            PageEntry(self.tr("The cell"), self.tr("step by step, forward and backward")),
            PageEntry(
                self.tr("Gates over time"), self.tr("when each gate opens, in one line a unit")
            ),
            PageEntry(self.tr("Gradient flow"), self.tr("RNN against LSTM, how much is left")),
            PageEntry(
                self.tr("Sums over time"), self.tr("what every step adds to a weight's gradient")
            ),
            PageEntry(self.tr("Clipping"), self.tr("a training with and without")),
            PageEntry(self.tr("Questions"), self.tr("those that classes ask, each with its scene")),
            PageEntry(
                self.tr("Find my bug"), self.tr("your numbers in, the first wrong operation out")
            ),
            PageEntry(
                self.tr("Open a model"), self.tr("of Keras, PyTorch or NumPy, and how to write one")
            ),
        )

    def set_lesson(self, keys: Sequence[PageKey]) -> None:
        """A lesson goes on by its own keys: the cell's way on is away."""
        super().set_lesson(keys)
        self.cell.set_led(bool(keys))

    def page_place(self) -> int:
        """The place of the page in front."""
        return PAGES.index(self.pages.key)

    def turn_to(self, place: int) -> None:
        """Bring a page to the front."""
        self.pages.turn_to(PAGES[place])

    def keys(self) -> tuple[PageKey, ...]:
        """The keys of the cell; on another page its own, and those that lead on."""
        page = self.pages.page
        if page is None:
            return tuple(
                PageKey(key.keys, language.text(key.sentence), partial(self._press, key))
                for key in cell_keys()
            )
        return (
            *page.keys(),
            PageKey(("Space", "PgDown"), self.tr("Go on by one value."), partial(self.go_on, 1)),
            PageKey(
                ("Shift+Space", "PgUp"), self.tr("Go back by one value."), partial(self.go_on, -1)
            ),
        )

    def regions(self) -> tuple[QWidget, ...]:
        """The parts of the cell's page, or another page."""
        if self.pages.key != PAGES[0]:
            return (self.pages.front,)
        return (*self.cell.regions(), self.workbench.drawer, self.workbench.rail)

    def first_focus(self) -> QWidget | None:
        """The cell, or the thing of another page."""
        page = self.pages.page
        return first_stop(self.cell.view) if page is None else page.focusProxy()

    def page_in_sight(self) -> QWidget:
        """The page in front."""
        return self.cell if self.pages.key == PAGES[0] else self.pages.front

    def close_topmost(self) -> bool:
        """Take a question away, or close what lies over a page before the page."""
        page = self.pages.page
        if page is None and self.state.concealed:
            self.dispatch(OperationStepped(-1))
            return True
        return (page is not None and page.close_topmost()) or super().close_topmost()

    def obstacle(self) -> str:
        """Why another work cannot be shown now; empty where it can."""
        if any(loader.busy for loader in self._loaders()):
            return self.tr("The inspector is reading a file; wait for it.")
        return ""

    def show_scene(self, scene: Scene, beside: Scene | None = None) -> None:
        """Look at a scene that was made elsewhere, and at one beside it."""
        self.dispatch(SceneChosen(scene, beside))

    def go_on(self, by: int) -> None:
        """Go on by one (back if -1): within the page, and in a lecture to the next one."""
        if self.pages.page is not None:
            if not self.pages.page.go_on(by):
                self._turn_on(by)
            return
        before = self.state
        self.dispatch(OperationStepped(by, ask=theme().in_class))
        if theme().in_class and self.state.cursor == before.cursor and not before.concealed:
            self._pass_on(by)

    def _press(self, key: CellKey) -> None:
        wanted = key.event(self.state, theme().in_class)
        if wanted is None:
            return
        if not isinstance(wanted, ZoomChosen):
            self._take(wanted)
        elif wanted.box:
            self.cell.view.zoom_to_box()
        else:
            self.cell.view.fit()

    def _take(self, event: Event) -> None:
        """What the cell's page or one of its keys asks for; a lecture goes on beyond a pass."""
        if isinstance(event, OperationStepped) and abs(event.by) == 1:
            self.go_on(event.by)
        elif not isinstance(event, FaultGuessed) or self.cell.panel.isVisible():
            self.dispatch(event)

    def _pass_on(self, by: int) -> None:
        """From the end of a pass to the other pass, or from the last to the page that follows."""
        if self.state.backward is (by > 0):
            self._turn_on(by)
            return
        there = PassDirection.BACKWARD if by > 0 else PassDirection.FORWARD
        self.dispatch(DirectionChosen(there))
        end = self.state.last_position
        self.dispatch(OperationStepped(end if by < 0 else -end))

    def _turn_on(self, by: int) -> None:
        """To the page after this one, or before it."""
        place = PAGES.index(self.pages.key) + by
        if 0 <= place < len(PAGES):
            self.pages.turn_to(PAGES[place])

    def take_file(self, path: Path) -> None:
        """Open a dropped file: a scene by its suffix, any other as a trained model.

        Before the page that finds bugs it is what was computed.
        """
        if self.pages.key == "bug" and not is_document(path):
            self.pages.bug.open_file(path)
        else:
            self.form.open_file(path)

    def refuse_drop(self, sentence: str) -> None:
        """Say why what was dropped is not opened."""
        self._show_sentence(sentence)

    def shutdown(self) -> bool:
        """Stop playing and wait for what is being read; whether that has stopped."""
        self.cell.transport.timer.stop()
        self.take_away.pictures.shutdown()
        stopped = [loader.shutdown() for loader in self._loaders()]
        return all(stopped)

    def _loaders(self) -> tuple[Loader, ...]:
        """What reads or computes in the background."""
        forms = (self.form, self.form.model, self.numbers)
        return (*(form.loader for form in forms), *self.pages.loaders)

    def _show(self) -> None:
        """Show the state in every view that is in sight."""
        state = self.state
        self.cell.checking = self.workbench.shown == "check"
        for view in (self.cell, self.form):
            view.show_state(state)
        for key, form in (
            ("numbers", self.numbers),
            ("what if", self.what_if),
            ("check", self.check),
            ("terms", self.terms),
            ("code", self.code),
        ):
            if self.workbench.shows(key):
                form.show_state(state)
        self.pages.show_state(state)
        self.take_away.show_state(state)
        if self.workbench.shows("export"):  # of what the page shows by now
            self.take_away.pictures.refresh()
        self._show_sentence(state.message or state.refusal)

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
            return language.filled(self.tr("The {0} begins here, at step {1}: go on."), name, step)
        return language.filled(self.tr("The {0} ends here, at step {1}."), name, step)

    def _summary(self) -> str:
        scene = self.state.scene
        count = sum(array.size for array in scene.parameters.values())
        text = self.tr("{0} with {1} units over {2} steps: {3} weights and biases")
        sizes = scene.sizes
        return language.filled(text, scene.cell.label, sizes.n_a, sizes.T_x, grouped(count))

    def _show_sentence(self, sentence: str) -> None:
        """Show what could not be done."""
        self.message.show_text(sentence)

    @Slot()
    def _forget(self) -> None:
        """The sentence was read."""
        self.state = replace(self.state, message="", refusal="")
        self.message.show_text("")

    def _turn(self) -> None:
        """Something else has come in sight."""
        self._show()
        self.work_changed.emit(Change())

    def picture(self) -> ViewPicture:
        """What a picture of the page in sight may have."""
        page = self.pages.page
        view = self.cell.picture("cell") if page is None else page.picture(self.pages.key)
        own_numbers = page is not None and page.own_numbers
        faulty = not own_numbers and any(side.scene.fault for side in self.state.sides)
        note = self.tr("A fault is injected into the backward pass.") if faulty else ""
        return replace(view, note=note, animation=self._animation(note) if page is None else None)

    def _animation(self, note: str) -> Animation:
        """The pass in sight, value by value."""
        if self.state.backward:
            text, name = self.tr("Animate the backward pass …"), "backward"
        else:
            text, name = self.tr("Animate the forward pass …"), "forward"
        return Animation(text, name, lambda: PassFrames(self.state, note))

    def _look_at(self, explanation: Explanation) -> None:
        """Go to what an answer is about, on the page that shows it."""
        match explanation.show:
            case FlowSpec():
                self.dispatch(FlowChosen(explanation.show))
                self.pages.turn_to("flow")
            case ClipSpec():
                self.dispatch(ClipChosen(explanation.show))
                self.pages.turn_to("clipping")
            case Scene():
                self._look_at_scene(explanation.show, explanation.page)

    def _look_at_scene(self, scene: Scene, page: str) -> None:
        """Sums of gradients are looked at from their end, when every step has given its part."""
        self.pages.turn_to(page)
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

    @Slot(str)
    def _choose_cell(self, name: str) -> None:
        """The same example, read by another kind of cell."""
        spec = replace(self._spec, cells=(name,))
        self.form.show_spec(spec)
        self._choose(spec)
        self._show()

    @Slot()
    def _open_model(self) -> None:
        """Choose a model's file, which is then looked into in the cell."""
        self.pages.turn_to(PAGES[0])
        self.workbench.open_section("scene")
        self.form.choose_file()

    @Slot(str)
    def _follow(self, name: str) -> None:
        """To the section of the drawer or the page that shows more of the current value."""
        if name in self.workbench.titles:
            self.workbench.open_section(name)
        else:
            self.pages.turn_to(name)

    @Slot(str)
    def _refuse(self, sentence: str) -> None:
        self.dispatch(InputRefused(sentence))

    def _connect(self) -> None:
        self.form.changed.connect(self._choose)
        self.cell.cell_wanted.connect(self._choose_cell)
        self.cell.link_chosen.connect(self._follow)
        self.message.closed.connect(self._forget)
        self.take_away.written.connect(self.status)
        self.pages.written.connect(self.status)
        self.pages.open_wanted.connect(self._open_model)
        self.pages.picture_wanted.connect(self.picture_wanted)
        self.form.page_wanted.connect(self.pages.turn_to)
        self.pages.turned.connect(lambda _: self._turn())
        self.pages.looked.connect(self._look_at)
        self.workbench.section_changed.connect(lambda _: self._turn())
        forms = (self.form, self.numbers, self.what_if, self.terms)
        self.cell.asked.connect(self._take)
        for view in (self.pages, self.check, *forms):
            view.asked.connect(self.dispatch)
        for source in (self.take_away, *forms):
            source.refused.connect(self._refuse)

    def _lay_out(self) -> None:
        held = self.tr("What if a value were held?")
        add, form, numbers = self.workbench.add_section, self.form, self.numbers
        add("scene", self.tr("Scene"), "sliders", form, beside=form.open_link)
        add("numbers", self.tr("Numbers"), "grid", numbers, beside=numbers.open_link)
        add("what if", self.tr("What if"), "hand", self.what_if, heading=held)
        add("check", self.tr("Check"), "bug", self.check)
        add("export", self.tr("Export"), "export", self.take_away)
        add("terms", self.tr("All terms"), "", self.terms)
        add("code", self.tr("NumPy"), "", self.code)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.pages, stretch=1)


def _same_place(one: InspectorState, other: InspectorState) -> bool:
    return replace(one.cursor, playing=False) == replace(other.cursor, playing=False)


if __name__ == "__main__":
    from rnnstudio.ui.widgets.preview import open_window

    open_window(InspectorTab, 1280, 640)
