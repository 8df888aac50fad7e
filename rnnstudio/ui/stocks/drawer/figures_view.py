"""The summary of an evaluation: the network's errors beside those of the baselines.

``python -m rnnstudio.ui.stocks.drawer.figures_view`` opens it alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.core.stocks.evaluation.seeds import SEEDS
from rnnstudio.core.stocks.evaluation.summary import EvaluationSummary
from rnnstudio.core.stocks.evaluation.wording import (
    coverage_sentence,
    lag_sentence,
    plain_words,
    seeds_sentence,
    skill_sentence,
)
from rnnstudio.ui.running import Phase
from rnnstudio.ui.stocks.drawer.figures_grid import FiguresGrid
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel, plain_tip


class FiguresView(QWidget):
    """Shows an evaluation as a sentence, a table, and what each figure is worth."""

    seeds_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = PlainLabel(role="entry", wrap=True)
        self.table = FiguresGrid()
        self.skill, self.lag, self.seeds, self.coverage = (
            PlainLabel(wrap=True),
            PlainLabel(wrap=True),
            PlainLabel(wrap=True),
            PlainLabel(wrap=True),
        )
        self.seeds_button = QPushButton(language.filled(self.tr("Try {0} seeds"), SEEDS))
        self.seeds_button.setToolTip(
            self.tr("Trains again with other seeds, to see what chance alone does to the error")
        )
        self._shown: object = self
        self._lay_out()
        self.seeds_button.clicked.connect(self.seeds_clicked)
        self.show_state(StocksState())

    def show_state(self, state: StocksState) -> None:
        """Show the evaluation; dashes before it."""
        evaluation = state.evaluation
        summary = None if evaluation is None else evaluation.summary
        self.seeds_button.setEnabled(summary is not None and not state.run.active)
        self.sentence.setText(self._sentence(state, summary))
        if evaluation is self._shown:
            return
        self._shown = evaluation
        self.table.show_rows(() if summary is None else summary.rows)
        self._show_uncertainty(evaluation)

    def _sentence(self, state: StocksState, summary: EvaluationSummary | None) -> str:
        if summary is not None:
            return " ".join((language.text(summary.sentence), *self._cautions(state)))
        if state.trained is None:
            return self.tr("Train a network to see whether it beats yesterday's price.")
        ready = self.tr("The network is trained. Its test span is not evaluated: press Evaluate.")
        return " ".join((ready, *self._cautions(state)))

    def _cautions(self, state: StocksState) -> Iterator[str]:
        """What to know of the network that the sentence is about."""
        trained = state.trained
        if trained is not None and not trained.complete:
            says = self.tr("Its training was stopped after {0:,} of {1:,} epochs.")
            yield language.filled(says, len(trained.model.losses), trained.spec.epochs)
        if state.run.phase is Phase.FAILED and state.job.trains:
            yield self.tr("The training after it failed: this is the network before that.")
        elif state.stale and not state.run.active:
            yield self.tr("Settings have changed since this network was trained.")

    def _show_uncertainty(self, evaluation: Evaluation | None) -> None:
        if evaluation is None:
            self.skill.setText(self.tr("Skill –"))
            self.lag.setText(self.tr("Lag –"))
            self.seeds.setText(self.tr("One seed says nothing of chance."))
            self.coverage.setText(self.tr("Intervals –"))
            return
        summary = evaluation.summary
        self.skill.setText(language.text(skill_sentence(summary.skill, summary.days)))
        self.lag.setText(language.text(lag_sentence(summary.lag, summary.days)))
        self.seeds.setText(language.text(seeds_sentence(summary)))
        self.coverage.setText(language.text(coverage_sentence(summary)) + self._dropout(evaluation))

    def _dropout(self, evaluation: Evaluation | None) -> str:
        if evaluation is None or evaluation.dropout is None:
            return ""
        return language.filled(
            self.tr(" Dropout sampling, no prediction interval, holds {0:.1%}."),
            evaluation.dropout.coverage,
        )

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().gap)
        for part in (self.sentence, self.table, self.skill, self.lag, self.coverage, self.seeds):
            layout.addWidget(part)
        layout.addWidget(self.seeds_button, alignment=Qt.AlignmentFlag.AlignLeft)
        for part, term in (
            (self.skill, "skill"),
            (self.lag, "lag"),
            (self.coverage, "interval"),
            (self.seeds, "seed"),
        ):
            part.setToolTip(plain_tip(language.text(plain_words(term))))


if __name__ == "__main__":
    from rnnstudio.ui.stocks.example import finished_state
    from rnnstudio.ui.widgets.preview import preview

    preview(FiguresView, finished_state())
