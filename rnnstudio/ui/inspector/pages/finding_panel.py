"""What was found in somebody's numbers: the wrong box, the mistake, right and wrong formula."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.diagnosis.bug_findings import BugFinding
from rnnstudio.core.cells.diagnosis.diagnosis_words import (
    describe_mistake,
    right_formula,
    wrong_formula,
)
from rnnstudio.ui.inspector.pages.finding_drawing import FindingDrawing
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.fonts import raw_font
from rnnstudio.ui.theme.icons import icon, judged
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.chart_picture import CAPTION, for_pictures
from rnnstudio.ui.widgets.key_button import Face, KeyButton
from rnnstudio.ui.widgets.labels import PlainLabel


class FindingPanel(QFrame):
    """``chosen(place)``: look at another function. ``visited``: go to the cell. ``revealed``."""

    chosen = Signal(int)
    visited = Signal()
    revealed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.functions = QComboBox()
        self.functions.setAccessibleName(self.tr("Function of the program"))
        self.drawing = FindingDrawing()
        self.mistake = PlainLabel(wrap=True)
        self.formulas = _FormulaPair()
        self.about = PlainLabel(role="quiet", wrap=True)
        for said in (self.mistake, self.about):
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            said.setProperty(CAPTION, True)
        self.visit = KeyButton(Face("next", self.tr("Show it in the cell"), "L"))
        self.reveal = KeyButton(Face("", self.tr("Reveal"), "Enter"))
        self.functions.activated.connect(self.chosen)
        self.visit.clicked.connect(self.visited)
        self.drawing.visited.connect(self.visited)
        self.reveal.clicked.connect(self.revealed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().gap)
        layout.addWidget(self.about)
        layout.addWidget(self.functions, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.drawing, stretch=1)
        layout.addWidget(self.mistake)
        layout.addWidget(self.formulas)
        layout.addWidget(self.visit)
        layout.addWidget(self.reveal)

    def show_findings(self, findings: Sequence[BugFinding], place: int) -> None:
        """Offer the functions that were looked at, each with its mark."""
        with QSignalBlocker(self.functions):
            self.functions.clear()
            for finding in findings:
                mark = judged(not finding.is_wrong)
                self.functions.addItem(icon(*mark), finding.name)
            self.functions.setCurrentIndex(place)
        self.functions.setVisible(len(findings) > 1)

    def show_finding(
        self, finding: BugFinding, state: InspectorState, about: str, *, covered: bool
    ) -> None:
        """Show one; ``covered``: a class is still asked for the place, which may not be seen."""
        self.drawing.show_state(state)
        diagnosis = finding.diagnosis
        node = None if diagnosis is None else diagnosis.first_wrong
        seen = node is not None and not covered
        for widget in (self.mistake, self.formulas, self.visit):
            widget.setVisible(seen)
        self.reveal.setVisible(covered)
        self.about.setText(about)
        if diagnosis is None or node is None or not seen:
            return
        self.mistake.setText(language.text(describe_mistake(finding.scene, diagnosis)))
        wrong = wrong_formula(finding.scene, diagnosis)
        self.formulas.show_formulas(node.name, right_formula(finding.scene, node), wrong)


class _FormulaPair(QWidget):
    """The right line of a program and, where it is known, the wrong one."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(sizes().gap)
        grid.setVerticalSpacing(sizes().quarter_gap)
        grid.setColumnStretch(2, 1)
        self.lines: list[tuple[PlainLabel, PlainLabel, PlainLabel]] = []
        marks = (("tick", "good", self.tr("right")), ("cross", "bad", self.tr("yours, it seems")))
        for row, (name, role, word) in enumerate(marks):
            mark, said, line = PlainLabel(), PlainLabel(word, role="quiet"), PlainLabel(wrap=True)
            mark.setPixmap(icon(name, role).pixmap(QSize(sizes().mark, sizes().mark)))
            line.setFont(raw_font(sizes().text))
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            for_pictures(said, line)
            for column, widget in enumerate((mark, said, line)):
                grid.addWidget(widget, row, column)
            self.lines.append((mark, said, line))

    def show_formulas(self, name: str, right: str, wrong: str) -> None:
        """Show the formulas of the value ``name``; without a wrong one the right one alone."""
        for line, formula in zip(self.lines, (right, wrong), strict=True):
            line[2].setText(f"{name} = {formula}")
            for widget in line:
                widget.setVisible(bool(formula))
