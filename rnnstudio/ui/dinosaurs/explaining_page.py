"""The page of explanations: connects the demonstration of clipping and the stages of sampling."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.names.clipping_demo import AT_A_HIGH_RATE, clipping_demo
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.recipes import PaperSpec
from rnnstudio.core.names.replay import PastNetwork
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.ui.dinosaurs.clipping_view import ClippingView
from rnnstudio.ui.dinosaurs.explaining_state import (
    ExplainingEvent,
    ExplainingRefused,
    ExplainingState,
    NameAsked,
    StageStepped,
    reduce,
)
from rnnstudio.ui.dinosaurs.stages_view import StagesView
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.running import StartAsked
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.bar_runner import BarRunner
from rnnstudio.ui.widgets.error_box import ErrorBox
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.number_box import number_text
from rnnstudio.ui.widgets.repaint import Repainter
from rnnstudio.ui.widgets.run_bar import RunBar


class ExplainingPage(QWidget):
    """Clipping at the left, the four stages of sampling at the right."""

    settings_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = ExplainingState()
        self.learning_rate = QLineEdit(number_text(AT_A_HIGH_RATE.learning_rate))
        self.clip = QLineEdit(number_text(AT_A_HIGH_RATE.clip))
        self.run_bar = RunBar()
        self.run_bar.start_button.setText(self.tr("Run both"))
        self.error = ErrorBox(self)
        self.clipping = ClippingView()
        self.stages = StagesView()
        self._corpus: Corpus | None = None
        self._network: TrainedNames | None = None
        self._past: PastNetwork | None = None
        self._runner = BarRunner(self.run_bar, self._apply, self)
        self._repainter = Repainter[ExplainingState](self._show, self)
        self._lay_out()
        self._connect()
        self._show(self.state)

    def show_state(self, state: NamesState) -> None:
        """Explain by the names that are open and the network there is.

        A name that is looked at stays while its training continues.
        """
        self._corpus, self._network = state.corpus, state.looked_at
        shown, moved = self.state.trained, state.past is not self._past
        self._past = state.past
        stays = state.run.active and shown is not None and shown.same_training(self._network)
        stays = stays and not moved
        if self._network is not shown and not stays:
            self._ask(NameAsked(self._network))

    def settings(self) -> tuple[str, str]:
        """The learning rate and the limit of clipping as they are typed."""
        return self.learning_rate.text(), self.clip.text()

    def show_settings(self, learning_rate: str, clip: str) -> None:
        """Type them anew."""
        self.learning_rate.setText(learning_rate)
        self.clip.setText(clip)

    @Slot()
    def start(self) -> None:
        """Train with clipping and without."""
        if self._corpus is None or self._runner.busy:
            return
        try:
            spec = self._spec()
        except UserError as error:
            self._ask(ExplainingRefused(language.text(error.message)))
            return
        self._ask(StartAsked())
        self._runner.start(partial(clipping_demo, spec, self._corpus))

    def shutdown(self) -> bool:
        """Stop the demonstration and wait for the thread; whether it has stopped."""
        return self._runner.shutdown()

    def _spec(self) -> PaperSpec:
        numbers = []
        for label, field in (
            (self.tr("Learning rate"), self.learning_rate),
            (self.tr("Clip at ±"), self.clip),
        ):
            try:
                numbers.append(float(field.text().strip().replace(",", ".")))
            except ValueError:
                raise UserError(
                    "{label} is {text!r}; it must be a number.", label=label, text=field.text()
                ) from None
        return replace(AT_A_HIGH_RATE, learning_rate=numbers[0], clip=numbers[1])

    @Slot(int)
    def _step(self, by: int) -> None:
        self._ask(StageStepped(by))

    @Slot()
    def _another(self) -> None:
        self._ask(NameAsked(self._network, self.state.seed + 1))

    @Slot()
    def _forget_error(self) -> None:
        self._ask(ExplainingRefused(""))

    def _ask(self, event: ExplainingEvent) -> None:
        """What a person did is shown at once."""
        self._apply(event)
        self._repainter.flush()

    def _apply(self, event: ExplainingEvent) -> None:
        self.state = reduce(self.state, event)
        self._repainter.put(self.state)

    def _show(self, state: ExplainingState) -> None:
        self.run_bar.show_run(state.run)
        self.error.show_text(state.error)
        for field in (self.learning_rate, self.clip):
            field.setEnabled(not state.run.active)
        self.clipping.show_state(state)
        self.stages.show_state(state)

    def _connect(self) -> None:
        self.error.closed.connect(self._forget_error)
        for field in (self.learning_rate, self.clip):
            field.textChanged.connect(lambda _: self.settings_changed.emit())
        self.run_bar.start_clicked.connect(self.start)
        self.stages.stepped.connect(self._step)
        self.stages.another_clicked.connect(self._another)

    def _lay_out(self) -> None:
        heading = PlainLabel(self.tr("What clipping is for"), role="heading")
        settings, left = QHBoxLayout(), QVBoxLayout()
        for label, field in (
            (self.tr("Learning rate"), self.learning_rate),
            (self.tr("Clip at ±"), self.clip),
        ):
            settings.addWidget(PlainLabel(label))
            settings.addWidget(field)
            field.setAccessibleName(label)
        left.addWidget(heading)
        left.addLayout(settings)
        left.addWidget(self.run_bar)
        left.addWidget(self.clipping, stretch=1)
        layout = QHBoxLayout(self)
        layout.setSpacing(2 * sizes().gap)
        layout.addLayout(left, stretch=1)
        layout.addWidget(self.stages, stretch=1)
