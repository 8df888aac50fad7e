"""The gradient check, and faults to inject and to find."""

from __future__ import annotations

import random

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QComboBox,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.cells.gradient_check import TensorCheck
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.table import Fault
from rnnstudio.ui.inspector.events import CheckAsked, FaultInjected, RowAccused
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.inspector.verdict_words import verdict_html
from rnnstudio.ui.theme.tokens import colours
from rnnstudio.ui.widgets.labels import PlainLabel, RichLabel
from rnnstudio.ui.widgets.number_text import tidy


class CheckView(QWidget):
    """``asked(event)``: check the gradients, inject a fault, or accuse the current row."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._faults: tuple[Fault, ...] = ()
        self.check = QPushButton(self.tr("Check gradients"))
        self.check.setProperty("role", "primary")
        self.outcome = PlainLabel()
        self.table = QTableWidget(0, 3)
        self.fault = QComboBox()
        self.accuse = QPushButton(self.tr("The lit row is faulty"))
        self.verdict = RichLabel()
        self.table.setAccessibleName(self.tr("Gradients"))
        self.fault.setAccessibleName(self.tr("Fault in the backward pass"))
        self._lay_out()
        self.check.clicked.connect(lambda: self.asked.emit(CheckAsked()))
        self.accuse.clicked.connect(lambda: self.asked.emit(RowAccused()))
        self.fault.activated.connect(self._inject)

    def show_state(self, state: InspectorState) -> None:
        """Show the check's result and which fault is injected."""
        self._show_bugs(state)
        self._show_checks(state)
        self._show_verdict(state)

    def _show_bugs(self, state: InspectorState) -> None:
        faults = state.scene.cell.faults
        if faults != self._faults:
            self._faults = faults
            blocker = QSignalBlocker(self.fault)
            self.fault.clear()
            self.fault.addItem(self.tr("no fault"), None)
            if faults:
                self.fault.addItem(self.tr("a surprise"), None)
            for fault in faults:
                self.fault.addItem(language.text(fault.meaning), fault)
            blocker.unblock()
        injected = state.scene.fault
        self.fault.setCurrentIndex(
            0 if injected is None else 1 if state.scene.surprise else 2 + faults.index(injected)
        )
        self.accuse.setEnabled(state.backward)

    def _show_checks(self, state: InspectorState) -> None:
        checks = state.checks or ()
        self.table.setRowCount(len(checks))
        for line, check in enumerate(checks):
            self._show_check(line, check, state)
        failed = sum(not check.agrees for check in checks)
        if not checks:
            text = self.tr("Not checked since the last change.")
        elif failed:
            text = self.tr("{0} of {1} gradients are wrong.").format(failed, len(checks))
        else:
            text = self.tr("All {0} gradients are right.").format(len(checks))
        self.outcome.setText(text)
        colour = colours().muted if not checks else colours().bad if failed else colours().good
        self.outcome.setStyleSheet(f"color: {colour}; font-weight: 600;")

    def _show_check(self, line: int, check: TensorCheck, state: InspectorState) -> None:
        right = check.agrees
        name = symbol_text(f"d{check.name}", state)
        texts = (name, tidy(check.relative_error, 2), "✓" if right else "✗")
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            if column:
                item.setForeground(QColor(colours().good if right else colours().bad))
            self.table.setItem(line, column, item)

    def _show_verdict(self, state: InspectorState) -> None:
        self.verdict.setText(verdict_html(state))
        right = state.verdict is not None and state.verdict.right
        self.verdict.setStyleSheet(f"color: {colours().good if right else colours().bad};")

    def _inject(self, index: int) -> None:
        surprise = index == 1
        fault = random.choice(self._faults) if surprise else self.fault.itemData(index)
        self.asked.emit(FaultInjected(fault, surprise=surprise))

    def _lay_out(self) -> None:
        self.table.setHorizontalHeaderLabels(
            [self.tr("Gradient"), self.tr("Relative error"), self.tr("OK")]
        )
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.fault.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for label in (self.outcome, self.verdict):
            label.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.addWidget(self.check)
        layout.addWidget(self.outcome)
        layout.addWidget(self.table, stretch=1)
        layout.addWidget(PlainLabel(self.tr("Plant a fault in the backward pass:")))
        layout.addWidget(self.fault)
        layout.addWidget(self.accuse)
        layout.addWidget(self.verdict)


def symbol_text(name: str, state: InspectorState) -> str:
    """The symbol without typography; the gradient of an initial state is not in the tables."""
    known = {"dx": "dx", **{f"d{s}0": f"d{s}⟨0⟩" for s in state.scene.cell.states}}
    return known[name] if name in known else symbol(name, state.cursor.notation).text


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(CheckView, example_state())
