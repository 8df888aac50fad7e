"""The switches of the leaks, each with a sentence on what it does and why it is common."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.stocks.teaching.leak_comparison import WALK, LeakCase
from rnnstudio.core.stocks.teaching.leaks import LEAKS, Leak
from rnnstudio.core.stocks.teaching.smoothing import SMOOTHED_DAYS
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel


class LeakForm(QWidget):
    """One switch for each leak, combined where several are on, and one for the random walk."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = self._words()
        self.boxes: dict[Leak, QCheckBox] = {leak: QCheckBox(words[leak][0]) for leak in LEAKS}
        self.walk = QCheckBox(self.tr("Random walk"))
        walks = self.tr(
            "No leak: the share's own days, drawn at random. Its tomorrow cannot be known."
        )
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(2 * sizes().gap)
        layout.setVerticalSpacing(sizes().half_gap)
        sentences = [*(words[leak][1] for leak in LEAKS), walks]
        for column, (box, sentence) in enumerate(
            zip((*self.boxes.values(), self.walk), sentences, strict=True)
        ):
            font = box.font()
            font.setBold(True)
            box.setFont(font)
            box.toggled.connect(self.changed)
            label = PlainLabel(sentence, wrap=True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            layout.addWidget(box, 0, column)
            layout.addWidget(label, 1, column)
            layout.setColumnStretch(column, 1)

    def cases(self) -> tuple[LeakCase, ...]:
        """The cases beside the network without leakage; empty while no switch is on."""
        leaks = frozenset(leak for leak, box in self.boxes.items() if box.isChecked())
        return (LeakCase(leaks),) * bool(leaks) + (WALK,) * self.walk.isChecked()

    def switches(self) -> tuple[tuple[Leak, ...], bool]:
        """The leaks that are on, and whether the random walk is."""
        return tuple(
            leak for leak, box in self.boxes.items() if box.isChecked()
        ), self.walk.isChecked()

    def show_switches(self, leaks: tuple[Leak, ...], *, walk: bool) -> None:
        """Set the switches, in silence."""
        with QSignalBlocker(self):
            for leak, box in self.boxes.items():
                box.setChecked(leak in leaks)
            self.walk.setChecked(walk)

    def name(self, case: LeakCase) -> str:
        """What a case is called on screen."""
        if case.walk:
            return self.tr("Random walk, honest")
        if not case.leaks:
            return self.tr("Honest")
        if len(case.leaks) > 1:
            return case.name
        [leak] = case.leaks
        return language.filled(self.tr("Leak: {0}"), self.boxes[leak].text().lower())

    def _words(self) -> dict[Leak, tuple[str, str]]:
        """The name of each leak, and the sentence on it."""
        return {
            "scaler": (
                self.tr("Scaler sees all"),
                self.tr(
                    "fit_transform on the whole column is one line, and the scaler has seen the "
                    "test prices."
                ),
            ),
            "shuffle": (
                self.tr("Shuffled split"),
                self.tr("train_test_split shuffles by default: most test days are learnt from."),
            ),
            "test": (
                self.tr("Trains on the test"),
                self.tr(
                    "The chart runs over days that were learnt from, because that chart looks best."
                ),
            ),
            "smooth": (
                self.tr("Smoothed target"),
                language.filled(
                    self.tr(
                        "The mean of {0} days, {1} of them still to come, is called the price: "
                        "smooth looks right."
                    ),
                    SMOOTHED_DAYS,
                    SMOOTHED_DAYS // 2,
                ),
            ),
        }
