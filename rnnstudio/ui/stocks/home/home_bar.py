"""The bar below the verdict: find it out again, draw, and what was done last."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from rnnstudio.core import language
from rnnstudio.core.stocks.model.presets import PresetName, preset_of
from rnnstudio.ui.running import Phase
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.stocks.tab_events import JobKind
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.key_button import Face, KeyButton
from rnnstudio.ui.widgets.labels import PlainLabel, plain_tip


class HomeBar(QWidget):
    """``again_clicked``, ``draw_clicked``: a button was pressed."""

    again_clicked = Signal()
    draw_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.again = KeyButton(Face("play", self.tr("Find out again")))
        self.draw = KeyButton(Face("", self.tr("Draw tomorrow yourself")))
        self.done = PlainLabel(role="quiet")
        self.hint = PlainLabel(
            self.tr("Drag the frame, or Shift and the arrow keys, to see other days"), role="muted"
        )
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        # It would keep the page, and so the drawer beside it, from having their widths.
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.again.clicked.connect(self.again_clicked)
        self.draw.clicked.connect(self.draw_clicked)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(sizes().margin, sizes().gap, sizes().margin, sizes().gap)
        row.setSpacing(sizes().gap)
        for part in (self.again, self.draw, self.done):
            row.addWidget(part)
        row.addWidget(self.hint, stretch=1)
        row.addStretch()

    def show_state(self, state: StocksState, obstacle: str) -> None:
        """Say what was done; ``obstacle``: what finding it out again has to wait for."""
        self.again.setVisible(state.evaluation is not None)
        self.again.setEnabled(state.ready and not state.run.active and not obstacle)
        self.again.setToolTip(plain_tip(obstacle))
        self.done.setText(self._done(state))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The hint makes room first."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show the hint where there is room for all of it."""
        room = self.width() - self._row.minimumSize().width() - sizes().gap
        self.hint.setVisible(room >= self.hint.sizeHint().width())

    def _done(self, state: StocksState) -> str:
        evaluation, run = state.evaluation, state.run
        if evaluation is None or run.active:
            return ""
        name = self._preset_name(preset_of(evaluation.forecast.spec, evaluation.forecast.table))
        seeds = evaluation.summary.seeds
        count = 1 if seeds is None else len(seeds.rmses)
        if state.job is JobKind.FIND_OUT and run.phase is Phase.FINISHED and run.seconds:
            says = self.tr("{0}, {1} seeds, trained and judged in {2:.0f} s")
            return language.filled(says, name, count, max(run.seconds, 1.0))
        says = self.tr("{0}, {1} seeds") if count > 1 else self.tr("{0}, one seed")
        return language.filled(says, name, count)

    def _preset_name(self, name: PresetName | None) -> str:
        return {
            "sound": self.tr("Sound"),
            "paper": self.tr("As in the paper"),
            "paper-four-layers": self.tr("As in the paper, four layers"),
            None: self.tr("Own settings"),
        }[name]
