"""Five seeds: what chance alone does to the error, beside yesterday's price.

``python -m rnnstudio.ui.stocks.pages.seeds_page`` opens it alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from rnnstudio.core import language
from rnnstudio.core.limits import LAST_SEED
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.core.stocks.evaluation.seeds import SEEDS
from rnnstudio.core.stocks.evaluation.wording import figure, plain_words, seeds_sentence
from rnnstudio.ui.stocks.pages.evaluation_page import EvaluationPage
from rnnstudio.ui.stocks.pages.seeds_chart import SeedsChart
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.widgets.labels import PlainLabel, plain_tip
from rnnstudio.ui.widgets.pending_result import dot_chart
from rnnstudio.ui.widgets.sort_table import TableCell, TableLine


class SeedsPage(EvaluationPage):
    """The error of each seed, and that of yesterday's price. ``seeds_clicked``: more are wanted."""

    seeds_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Five seeds"), dot_chart, parent)
        self.plot = SeedsChart()
        self.about = PlainLabel(language.text(plain_words("seed")), wrap=True)
        self.more = QPushButton(language.filled(self.tr("Try {0} seeds"), SEEDS))
        self.more.setToolTip(
            plain_tip(
                self.tr("Trains again with other seeds, to see what chance alone does to the error")
            )
        )
        self.more.clicked.connect(self.seeds_clicked)
        self.build([self.plot, self.about], [self.more])

    def chart(self) -> SeedsChart:
        """Its only chart."""
        return self.plot

    def draw(self, state: StocksState) -> None:
        """Draw the errors of the seeds there are, or say how to come by some."""
        evaluation = state.evaluation
        self.more.setEnabled(evaluation is not None and not state.run.active)
        if evaluation is None:
            self.say(self.tr("Find out first: then the errors of the seeds are drawn here."))
            return
        self.say(language.text(seeds_sentence(evaluation.summary)))
        seeds, rmses = _seeds(evaluation)
        self.plot.show_seeds(seeds, rmses, evaluation.forecast.rmse_persistence)

    def numbers(self, state: StocksState) -> tuple[Sequence[str], Sequence[TableLine]]:
        """A line a seed."""
        titles = (self.tr("Seed"), "RMSE")
        if state.evaluation is None:
            return titles, ()
        seeds, rmses = _seeds(state.evaluation)
        return titles, [
            TableLine(
                f"{seed}",
                (TableCell(f"{seed}", seed), TableCell(language.shown(figure(rmse)), rmse)),
            )
            for seed, rmse in zip(seeds, rmses, strict=True)
        ]


def _seeds(evaluation: Evaluation) -> tuple[list[int], list[float]]:
    """The seeds that were trained, and the RMSE of each."""
    found, first = evaluation.summary.seeds, evaluation.forecast.spec.seed
    rmses = [evaluation.forecast.rmse] if found is None else list(found.rmses)
    return [(first + place) % (LAST_SEED + 1) for place in range(len(rmses))], rmses


if __name__ == "__main__":
    from rnnstudio.ui.stocks.example import finished_state
    from rnnstudio.ui.widgets.preview import preview

    preview(SeedsPage, finished_state())
