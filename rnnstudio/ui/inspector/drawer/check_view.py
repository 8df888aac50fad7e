"""The gradient check, and faults to inject and to find."""

from __future__ import annotations

import random
from functools import partial

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.table import Fault
from rnnstudio.ui.inspector.drawer.checks_list import ChecksList
from rnnstudio.ui.inspector.drawer.form_parts import keep_room
from rnnstudio.ui.inspector.events import CheckAsked, FaultInjected, RowAccused
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.inspector.verdict_words import verdict_html
from rnnstudio.ui.theme.fonts import with_symbols
from rnnstudio.ui.theme.icons import icon, judged
from rnnstudio.ui.theme.tokens import colour, sizes
from rnnstudio.ui.widgets.labels import PlainLabel, RichLabel


class CheckView(QWidget):
    """``asked(event)``: check the gradients, inject a fault, or accuse the current row."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._faults: tuple[Fault, ...] = ()
        self.check = QPushButton(self.tr("Check the gradients"))
        self.mark, self.outcome = PlainLabel(), PlainLabel(wrap=True)
        self.plant = QPushButton(self.tr("Plant a fault"))
        self.menu = QMenu(self.plant)
        self.plant.setMenu(self.menu)
        self.remove = QPushButton(self.tr("Remove it"))
        self.injected = PlainLabel(wrap=True)
        self.accuse = QPushButton(self.tr("The lit row is faulty"))
        self.verdict = RichLabel(wrap=True)
        self.score = PlainLabel(role="muted", wrap=True)
        self.checks = ChecksList()
        for button, does in (
            (self.check, self.tr("Each is put beside central differences of the loss")),
            (self.plant, self.tr("One row of the backward pass computes something wrong")),
            (self.remove, self.tr("The backward pass is right again")),
            (self.accuse, self.tr("Backward: the class takes the current row for the faulty one")),
        ):
            button.setToolTip(does)
            button.setAccessibleDescription(does)
        self._lay_out()
        self.check.clicked.connect(lambda: self.asked.emit(CheckAsked()))
        self.remove.clicked.connect(lambda: self.asked.emit(FaultInjected(None)))
        self.accuse.clicked.connect(lambda: self.asked.emit(RowAccused()))

    def show_state(self, state: InspectorState) -> None:
        """Show the check's result, which fault is injected, and what the class thought."""
        self._show_fault(state)
        self._show_outcome(state)
        self.checks.show_state(state)
        self.verdict.setText(with_symbols(verdict_html(state)))
        if state.verdict is not None:
            role = "good" if state.verdict.right else "bad"
            self.verdict.setStyleSheet(f"color: {colour(role if state.scene.fault else 'ink')};")
        score = state.votes.score
        said = language.capitalized(score.sentence) if score.total else ""
        self.score.setText(said or self.tr("Nobody has guessed yet."))

    def _show_fault(self, state: InspectorState) -> None:
        faults, injected = state.scene.cell.faults, state.scene.fault
        if faults != self._faults:
            self._faults = faults
            self.menu.clear()
            self.menu.addAction(self.tr("a surprise"), self._plant_surprise)
            self.menu.addSeparator()
            for fault in faults:
                planting = partial(self.asked.emit, FaultInjected(fault))
                self.menu.addAction(language.text(fault.meaning), planting)
        self.plant.setEnabled(bool(faults))
        self.remove.setEnabled(injected is not None)
        self.accuse.setEnabled(state.backward)
        if injected is None:
            text = self.tr("No fault is injected.")
        elif state.scene.surprise:
            text = self.tr("A fault is injected. Which one is for the class to find.")
        else:
            text = language.filled(self.tr("Injected: {0}."), language.text(injected.meaning))
        self.injected.setText(text)

    def _show_outcome(self, state: InspectorState) -> None:
        checks = state.checks or ()
        failed = sum(not check.agrees for check in checks)
        if not checks:
            text = self.tr("Not checked since the last change.")
        elif failed:
            text = language.filled(self.tr("{0} of {1} gradients are wrong."), failed, len(checks))
        else:
            text = language.filled(self.tr("All {0} gradients are right."), len(checks))
        self.outcome.setText(text)
        name, role = judged(not failed)
        side = sizes().mark
        self.mark.setPixmap(icon(name, role).pixmap(QSize(side, side)))
        self.mark.setVisible(bool(checks))

    @Slot()
    def _plant_surprise(self) -> None:
        fault = random.choice(self._faults)
        self.asked.emit(FaultInjected(fault, surprise=True))

    def _lay_out(self) -> None:
        for label in (self.injected, self.verdict):
            keep_room(label)
        outcome, fault = QHBoxLayout(), QHBoxLayout()
        outcome.addWidget(self.mark)
        outcome.addWidget(self.outcome, stretch=1)
        for button in (self.plant, self.remove):
            fault.addWidget(button, stretch=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.check)
        layout.addLayout(outcome)
        layout.addLayout(fault)
        for widget in (self.injected, self.accuse, self.verdict, self.score, self.checks):
            layout.addWidget(widget)
        for row in (outcome, fault, layout):
            row.setSpacing(sizes().gap)


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(CheckView, example_state())
