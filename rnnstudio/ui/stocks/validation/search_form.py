"""Which settings a search tries, with which values, and how: widgets to ``Asked``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.engine.kinds import KINDS
from rnnstudio.core.errors import UserError
from rnnstudio.core.session.analysis_work import SearchWork
from rnnstudio.ui.stocks.validation.parts import Problem
from rnnstudio.ui.stocks.validation.search_state import WHOLE, Asked, Checked
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.number_box import WholeBox
from rnnstudio.ui.widgets.page_tabs import scrolled

USUAL: Mapping[str, str] = MappingProxyType(
    {
        "window": "10, 20, 40",
        "units": "8, 16, 32",
        "cell": ", ".join(KINDS),
        "layers": "1, 2",
        "dropout": "0, 0.2, 0.4",
        "learning_rate": "0.0005, 0.001, 0.003",
        "epochs": "30, 60, 100",
        "batch_size": "16, 32, 64",
        "quantity": "price, log-return",
        "validation": "0.1, 0.2",
        "patience": "4, 8, 16",
        "seed": "1, 2, 3, 4, 5",
        "features": "Close, Open+Close",
        "engine": "numpy, keras",
    }
)
"""Values to begin with, as they are typed."""
TICKED = ("window", "units")
MOST_FOLDS = 20
MOST_DRAWS = 10_000
LONGEST_WINDOW = -1
"""The value of the gap that stands for as many days as the longest window has."""


class SearchForm(QWidget):
    """A line a setting: whether it is tried, its values, and below them what is wrong with them."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        titles = self._titles()
        self.ticks = {name: QCheckBox(titles[name]) for name in USUAL}
        self.values = {name: QLineEdit(text) for name, text in USUAL.items()}
        for name, line in self.values.items():
            line.setAccessibleName(titles[name])
        self.problems = {name: Problem() for name in (*USUAL, WHOLE)}
        for name in TICKED:
            self.ticks[name].setChecked(True)
        self.way = QComboBox()
        self.way.addItem(self.tr("all combinations"))
        self.way.addItem(self.tr("at random"))
        self.draws = WholeBox(self.tr("Candidates"), 1, MOST_DRAWS)
        self.draws.setValue(SearchWork().draws)
        self.draws.setEnabled(False)
        self.folds = WholeBox(self.tr("Folds"), 2, MOST_FOLDS)
        self.folds.setValue(SearchWork().folds)
        longest = self.tr("longest window")
        self.gap = WholeBox(self.tr("Gap in days"), LONGEST_WINDOW, 10_000, special=longest)
        self.count = PlainLabel(wrap=True)
        self._lay_out()
        self._connect()
        self.show_checked(None)

    def asked(self) -> Asked:
        """What is asked for, as it stands; raises UserError if a number is invalid."""
        gap = self.gap.value()
        return Asked(
            {name: self.values[name].text() for name in USUAL if self.ticks[name].isChecked()},
            self.folds.value(),
            None if gap == LONGEST_WINDOW else gap,
            self._draws() if self.draws.isEnabled() else None,
        )

    def settings(self, processes: int | None) -> SearchWork:
        """All that stands there, as a session keeps it; raises UserError if a number is invalid."""
        tried = tuple(name for name, tick in self.ticks.items() if tick.isChecked())
        typed = {name: line.text() for name, line in self.values.items()}
        gap = self.gap.value()
        return SearchWork(
            None if tried == TICKED else tried,
            {name: text for name, text in typed.items() if text != USUAL[name]},
            self.folds.value(),
            None if gap == LONGEST_WINDOW else gap,
            self.draws.value(),
            self.way.currentIndex() == 1,
            processes,
        )

    def show_settings(self, work: SearchWork) -> None:
        """Show what a session has, in silence."""
        with QSignalBlocker(self):
            for name in USUAL:
                self.values[name].setText(work.texts.get(name, USUAL[name]))
                self.ticks[name].setChecked(name in (TICKED if work.tried is None else work.tried))
            self.way.setCurrentIndex(int(work.at_random))
            self.draws.setValue(work.draws)
            self.folds.setValue(work.folds)
            self.gap.setValue(LONGEST_WINDOW if work.gap is None else work.gap)

    def _draws(self) -> int:
        draws = self.draws.value()
        if draws > MOST_DRAWS:
            raise UserError(
                "{draws} candidates are to be drawn; choose at most {most}.",
                draws=draws,
                most=MOST_DRAWS,
            )
        return draws

    def show_checked(self, checked: Checked | None) -> None:
        """Show what is wrong, right where it is, or how many trainings it makes."""
        if checked is None:
            return
        for name, label in self.problems.items():
            label.show_sentence(checked.problems.get(name, ""))
        self.count.setText("")
        if checked.plan is not None:
            self.count.setText(
                language.filled(
                    self.tr("{0} × {1} folds = {2:,} trainings, gap {3:,} days"),
                    self._candidates(checked.candidates),
                    checked.plan.folds,
                    checked.trainings,
                    checked.gap,
                )
            )

    def _candidates(self, count: int) -> str:
        return (
            self.tr("1 candidate")
            if count == 1
            else language.filled(self.tr("{0:,} candidates"), count)
        )

    def titles(self) -> dict[str, str]:
        """What the settings are called."""
        return {name: tick.text() for name, tick in self.ticks.items()}

    def _titles(self) -> dict[str, str]:
        return {
            "window": self.tr("Window"),
            "units": self.tr("Units"),
            "cell": self.tr("Cell"),
            "layers": self.tr("Layers"),
            "dropout": self.tr("Dropout"),
            "learning_rate": self.tr("Rate"),
            "epochs": self.tr("Epochs"),
            "batch_size": self.tr("Batch"),
            "quantity": self.tr("Quantity"),
            "validation": self.tr("Validation"),
            "patience": self.tr("Patience"),
            "seed": self.tr("Seed"),
            "features": self.tr("Features"),
            "engine": self.tr("Engine"),
        }

    def _tick(self, name: str, _text: str) -> None:
        """Tick a setting when its values are typed."""
        self.ticks[name].setChecked(True)

    @Slot()
    def _choose_way(self) -> None:
        self.draws.setEnabled(self.way.currentIndex() == 1)
        self.changed.emit()

    def _connect(self) -> None:
        for name, line in self.values.items():
            self.ticks[name].toggled.connect(self.changed)
            line.textChanged.connect(self.changed)
            line.textEdited.connect(partial(self._tick, name))
        for number in (self.draws, self.folds, self.gap):
            number.valueChanged.connect(self.changed)
        self.way.currentIndexChanged.connect(self._choose_way)

    def _lay_out(self) -> None:
        lines = QWidget()
        grid = QGridLayout(lines)
        grid.setContentsMargins(0, 0, sizes().gap, 0)
        grid.setVerticalSpacing(sizes().gap // 4)
        for row, name in enumerate(USUAL):
            grid.addWidget(self.ticks[name], 2 * row, 0)
            grid.addWidget(self.values[name], 2 * row, 1)
            grid.addWidget(self.problems[name], 2 * row + 1, 0, 1, 2)
        grid.setRowStretch(2 * len(USUAL), 1)
        way = QHBoxLayout()
        way.addWidget(self.way, stretch=1)
        way.addWidget(self.draws)
        plan = QFormLayout()
        plan.addRow(self.tr("Candidates"), way)
        plan.addRow(self.tr("Folds"), self.folds)
        plan.addRow(self.tr("Gap in days"), self.gap)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        area = scrolled(lines)
        area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        layout.addWidget(area, stretch=1)
        layout.addLayout(plan)
        layout.addWidget(self.problems[WHOLE])
        layout.addWidget(self.count)
