"""The page on which a network learns: settings at the left, the loss and samples at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rnnstudio.ui.dinosaurs.corpus_view import CorpusView
from rnnstudio.ui.dinosaurs.form import RecipeForm
from rnnstudio.ui.dinosaurs.gradient_view import GradientView
from rnnstudio.ui.dinosaurs.model_bar import ModelBar
from rnnstudio.ui.dinosaurs.names_loss_view import NamesLossView
from rnnstudio.ui.dinosaurs.past_bar import PastBar
from rnnstudio.ui.dinosaurs.samples_view import SamplesView
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.theme.tokens import scaled, sizes
from rnnstudio.ui.widgets.run_bar import RunBar

FORM_WIDTH = 300
"""Of the column of settings, in pixels beside text of its usual size."""


class TrainPage(QWidget):
    """Holds the views of a training; the tab connects them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.corpus_view = CorpusView()
        self.form = RecipeForm()
        self.run_bar = RunBar()
        self.model_bar = ModelBar()
        self.loss_view = NamesLossView()
        self.gradient_view = GradientView()
        self.past_bar = PastBar()
        self.samples_view = SamplesView()
        self._lay_out()

    def show_state(self, state: NamesState) -> None:
        """Show the training."""
        self.corpus_view.show_state(state)
        self.form.set_running(state.run.active)
        self.run_bar.show_run(state.run)
        self.allow(state)
        self.model_bar.show_state(state)
        self.loss_view.show_state(state)
        self.gradient_view.show_state(state)
        self.past_bar.show_state(state)
        self.samples_view.show_state(state)

    def allow(self, state: NamesState) -> None:
        """Let a training begin where there are names and possible settings, and none being read."""
        there = state.corpus is not None and not state.reading
        self.run_bar.set_valid(self.form.valid and there)

    def _lay_out(self) -> None:
        settings, results, charts = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        for widget in (self.corpus_view, self.form):
            widget.setFixedWidth(round(scaled(FORM_WIDTH)))
        settings.addWidget(self.corpus_view)
        settings.addWidget(self.form, stretch=1)
        settings.addWidget(self.past_bar)  # on the right there is no height left for it
        charts.addWidget(self.loss_view, stretch=5)
        charts.addWidget(self.gradient_view, stretch=3)
        results.addWidget(self.run_bar)
        results.addWidget(self.model_bar)
        results.addLayout(charts, stretch=1)
        results.addWidget(self.samples_view)
        layout = QHBoxLayout(self)
        layout.setSpacing(2 * sizes().gap)
        layout.addLayout(settings)
        layout.addLayout(results, stretch=1)
