"""Find my bug: somebody's numbers in, the operation out that goes wrong first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.diagnosis.bug_findings import (
    BugFinding,
    Submission,
    findings_in,
    submission_of,
)
from rnnstudio.core.cells.diagnosis.diagnosis_words import (
    describe_finding,
    describe_place,
)
from rnnstudio.core.cells.diagnosis.example import example_finding
from rnnstudio.core.models.given_file import given_in_text, read_given
from rnnstudio.core.numbers import tidy
from rnnstudio.ui.inspector.bug_search import shown_finding
from rnnstudio.ui.inspector.events import (
    BugFound,
    BugFoundAgain,
    BugSceneChosen,
    FindingChosen,
    FindingVisited,
)
from rnnstudio.ui.inspector.pages.finding_panel import FindingPanel
from rnnstudio.ui.inspector.pages.hand_in import HandIn
from rnnstudio.ui.inspector.pages.inspector_page import InspectorPage, name_cell, number_cell
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import scaled, sizes, theme
from rnnstudio.ui.widgets.key_button import Face, KeyButton
from rnnstudio.ui.widgets.loader import Loader
from rnnstudio.ui.widgets.page_keys import PageKey
from rnnstudio.ui.widgets.sort_table import TableLine
from rnnstudio.workers.student_file import submission_from

_BESIDE = 900
"""A page that is so wide has the finding beside what is handed in, beside text of usual size."""
_MOST_NAMED = 12
"""So many arrays are listed by name."""
Found = tuple[Submission, tuple[BugFinding, ...]]


class BugView(InspectorPage):
    """Hands out a scene, takes numbers, and shows the cell with the box that is wrong.

    ``written(sentence)``: the numbers of a scene were saved.
    """

    own_numbers = True
    written = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Find my bug"), parent)
        self.loader = Loader(self)
        self.hand_in, self.panel = HandIn(), FindingPanel()
        self.find_button = KeyButton(Face("", self.tr("Find the mistake"), "Ctrl+Enter"), "primary")
        self.find_button.setEnabled(False)
        self._revealed: BugFinding | None = None
        self._failed: Submission | None = None
        self._shown_text: Submission | None = None
        self._drawn: tuple[object, ...] = ()
        self._busy = False
        self._lay_out()
        self._connect()

    def open_file(self, path: Path) -> None:
        """Look at the numbers in a file; a program is asked about before anything of it runs."""
        if self.loader.busy:
            self.hand_in.error.show_text(self.tr("Wait, or stop what is under way."))
        elif path.suffix.lower() == ".py":
            self.hand_in.error.show_text("")
            self.hand_in.question.ask(path)
        else:
            doing = language.filled(self.tr("{0} is looked at."), path.name)
            self._start(doing, path, partial(_found_in_file, scene=self.hand_in.name()))

    def find_missing(self, state: InspectorState) -> None:
        """Look again at what a session has, of which only the numbers are kept."""
        self.state = state
        submission = state.bug.submission
        if submission is None or state.findings or self.loader.busy or submission is self._failed:
            return
        self._failed = submission
        doing = self.tr("What was handed in is looked at.")
        self._start(doing, Path(submission.source), lambda _: _found_in(submission))

    def draw(self, state: InspectorState) -> None:
        """Show the finding, an example where there is none, and what can be handed in."""
        bug, finding = state.bug, state.finding
        self.hand_in.show_name(bug.scene)
        if bug.submission is not self._shown_text:
            self._shown_text = bug.submission
            if bug.submission is not None and bug.submission.text:
                self.hand_in.text.setPlainText(bug.submission.text)
        if finding is None and bug.submission is not None:
            self.find_missing(state)
        self.panel.show_findings(state.findings, min(bug.place, len(state.findings) - 1))
        self._show_finding(finding or example_finding(), state)

    def numbers(self, state: InspectorState) -> tuple[Sequence[str], Sequence[TableLine]]:
        """A line for each array: whether it is right, and the number that is furthest off."""
        finding = state.finding or example_finding()
        words = {True: self.tr("wrong"), False: self.tr("right")}
        lines = []
        for each in () if finding.diagnosis is None else finding.diagnosis.deviations:
            cells = (
                name_cell(each.label),
                name_cell(words[each.is_wrong]),
                *(
                    number_cell(value, language.number(tidy(value, 6)))
                    for value in (each.given, each.right, each.given - each.right)
                ),
            )
            lines.append(TableLine(each.label, cells))
        titles = [self.tr("array"), self.tr("right or wrong"), self.tr("yours, where it differs")]
        return [*titles, self.tr("right there"), self.tr("difference")], lines

    def go_on(self, by: int) -> bool:
        """Reveal what a class was asked for."""
        if by > 0 and self._is_covered():
            self.reveal_place()
            return True
        return super().go_on(by)

    def keys(self) -> Sequence[PageKey]:
        """The page's keys."""
        keys = list(super().keys())
        press = self.tr("Reveal, or press the violet button.")
        keys.append(PageKey(("Return", "Enter"), press, self._press_button))
        if self.panel.visit.isVisible():
            keys.append(PageKey(("L",), self.tr("Show it in the cell."), self.panel.visit.click))
        return keys

    def close_topmost(self) -> bool:
        """Take away the question about a program, or what is said of an error."""
        if self.hand_in.question.isVisible():
            self.hand_in.question.close_question()
        elif self.hand_in.error.isVisible():
            self.hand_in.error.show_text("")
        else:
            return super().close_topmost()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The finding below what is handed in where there is no room beside it."""
        ways, narrow = QBoxLayout.Direction, self.width() < scaled(_BESIDE)
        self._row.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        super().resizeEvent(event)

    @Slot()
    def reveal_place(self) -> None:
        """Show the class where it goes wrong."""
        if self.state is not None:
            self._revealed = self.state.finding or example_finding()
            self.draw(self.state)

    def _is_covered(self) -> bool:
        """Whether a class is asked for the place before it is shown."""
        finding = None if self.state is None else self.state.finding
        return _is_covered(finding or example_finding(), self._revealed)

    def _show_finding(self, finding: BugFinding, state: InspectorState) -> None:
        covered = _is_covered(finding, self._revealed)
        looking = state.bug.submission is not None and state.finding is None
        key = finding, covered, looking, state.cursor.notation, state.bug.submission
        if key == self._drawn:
            return
        self._drawn = key
        self.say(self._headline(finding, covered=covered))
        shown = shown_finding(finding, state.cursor.notation, covered=covered)
        about = self._about(finding, state.bug.submission)
        self.panel.show_finding(finding, shown, about, covered=covered)
        said = self.sentence.text() if covered else language.text(describe_finding(finding))
        self.panel.drawing.setAccessibleDescription(said)

    def _headline(self, finding: BugFinding, *, covered: bool) -> str:
        """The page's sentence."""
        diagnosis = finding.diagnosis
        if diagnosis is None:
            text = self.tr("{0} has stopped before it gave anything.")
            return language.filled(text, finding.name)
        if diagnosis.first_wrong is None:
            return self.tr("Everything that was handed in is right.")
        if covered:
            text = self.tr("{0} of {1} arrays are wrong. Which operation goes wrong first?")
            return language.filled(text, len(diagnosis.wrong), len(diagnosis.deviations))
        return language.text(describe_place(finding.scene, diagnosis.first_wrong))

    def _about(self, finding: BugFinding, submission: Submission | None) -> str:
        """Where the numbers are from, and which of them are wrong."""
        if submission is None:
            text = self.tr(
                "An example: the gradients of the scene {0}, from a program with a mistake in it. "
                "Hand in your own numbers, and they take its place."
            )
            return language.filled(text, finding.name)
        source = submission.source or self.tr("Your text")
        diagnosis = finding.diagnosis
        if diagnosis is None:
            return language.text(describe_finding(finding))
        wrong, right = self._listed(diagnosis.wrong), self._listed(diagnosis.right)
        if not wrong:
            return language.filled(self.tr("{0}, for {1}: {2}."), source, finding.name, right)
        if not right:
            return language.filled(
                self.tr("{0}, for {1}. Wrong: {2}."), source, finding.name, wrong
            )
        text = self.tr("{0}, for {1}. Wrong: {2}. Right: {3}.")
        return language.filled(text, source, finding.name, wrong, right)

    def _listed(self, names: Sequence[str]) -> str:
        listed = ", ".join(names[:_MOST_NAMED])
        if len(names) <= _MOST_NAMED:
            return listed
        return language.filled(self.tr("{0} and {1} more"), listed, len(names) - _MOST_NAMED)

    @Slot()
    def _find(self) -> None:
        """Look at the text."""
        text = self.hand_in.text.toPlainText()
        if text.strip() and not self.loader.busy:
            read = partial(_found_in_text, text=text, scene=self.hand_in.name())
            self._start(self.tr("Your text is looked at."), Path(), lambda _: read())

    @Slot(object)
    def _run(self, path: Path) -> None:
        """Run a program, which the user has allowed."""
        text = self.tr("{0} runs, for 10 seconds at most; then its numbers are looked at.")
        self._start(language.filled(text, path.name), path, _found_in_program)

    def _start(self, doing: str, path: Path, read: Callable[[Path], Found]) -> None:
        self._busy = True
        self.hand_in.show_busy(doing)
        self._enable()
        self.loader.load(path, read)

    @Slot(object)
    def _take(self, found: Found) -> None:
        submission, findings = found
        known = self.state is not None and self.state.bug.submission is submission
        self.asked.emit((BugFoundAgain if known else BugFound)(submission, findings))

    @Slot()
    def _rest(self) -> None:
        """Nothing is under way any more."""
        self._busy = False
        self.hand_in.show_busy("")
        self._enable()

    @Slot()
    def _enable(self) -> None:
        text = self.hand_in.text.toPlainText().strip()
        self.find_button.setEnabled(bool(text) and not self._busy)

    @Slot()
    def _visit(self) -> None:
        """Go to the wrong box in the cell."""
        if self.state is not None and not self._is_covered():
            self.asked.emit(FindingVisited(self.state.finding or example_finding()))

    @Slot()
    def _press_button(self) -> None:
        if self._is_covered():
            self.reveal_place()
        else:
            self.find_button.click()

    def _connect(self) -> None:
        hand_in, panel, asked = self.hand_in, self.panel, self.asked
        hand_in.scene_chosen.connect(lambda name: asked.emit(BugSceneChosen(name)))
        hand_in.file_given.connect(self.open_file)
        hand_in.find_asked.connect(self._find)
        hand_in.run_allowed.connect(self._run)
        hand_in.stop_asked.connect(self.loader.cancel)
        hand_in.written.connect(self.written)
        hand_in.text.textChanged.connect(self._enable)
        panel.chosen.connect(lambda place: asked.emit(FindingChosen(place)))
        panel.visited.connect(self._visit)
        panel.revealed.connect(self.reveal_place)
        self.find_button.clicked.connect(self._find)
        self.loader.loaded.connect(self._take)
        self.loader.refused.connect(hand_in.error.show_text)
        self.loader.ended.connect(self._rest)

    def _lay_out(self) -> None:
        content = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(3 * sizes().gap)
        self._row.addWidget(self.hand_in, stretch=2)
        self._row.addWidget(self.panel, stretch=3)
        content.setFocusProxy(self.panel.drawing)
        self.build((content,), (None, self.table_button, self.find_button))


def _is_covered(finding: BugFinding, revealed: BugFinding | None) -> bool:
    """Whether a class may not see yet where it goes wrong."""
    diagnosis = finding.diagnosis
    wrong = diagnosis is not None and diagnosis.first_wrong is not None
    return wrong and theme().in_class and finding is not revealed


def _found_in(submission: Submission) -> Found:
    return submission, findings_in(submission)


def _found_in_file(path: Path, scene: str) -> Found:
    return _found_in(submission_of(read_given(path), path.name, scene))


def _found_in_text(text: str, scene: str) -> Found:
    return _found_in(submission_of(given_in_text(text), "", scene, text))


def _found_in_program(path: Path) -> Found:
    return _found_in(submission_from(path))


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(BugView, example_state())
