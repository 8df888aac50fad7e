"""A network that learns dinosaurs' names while somebody looks at the start page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.numbers import grouped
from rnnstudio.core.training import Control, Event, Progress, Sampled, Training
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.workers.run import Runner

ITERATIONS, SAMPLE_EVERY = 12_000, 2_000


class DinosaurPicture(QWidget):
    """The newest name in large letters, the two before it, and how far the training is.

    It trains when it is first seen, from the shipped list, and stops when it is hidden.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names = [PlainLabel(role=role) for role in ("muted", "heading", "name")]
        self._texts = ["" for _ in self.names]
        self.progress = QProgressBar()
        self.progress.setRange(0, ITERATIONS)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("How far the training is"))
        self.how_far = PlainLabel(role="muted")
        self._runner = Runner(self)
        self._runner.produced.connect(self._take)
        self._trained = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().gap)
        layout.addStretch()
        for name in self.names:  # a long one must not push the doors beside it away
            name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for label in (*self.names, self.progress, self.how_far):
            layout.addWidget(label)
        layout.addStretch()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to learn, the first time."""
        super().showEvent(event)
        if not self._trained:
            self._trained = True
            self._runner.start(_learn)

    def hideEvent(self, event: QHideEvent) -> None:
        """Learn no more: the processor is for what is in sight."""
        super().hideEvent(event)
        self._runner.cancel()

    def shutdown(self) -> bool:
        """Stop learning; whether it has stopped."""
        return self._runner.shutdown()

    def _show_names(self) -> None:
        """Each name on one line, shortened where the card is narrower."""
        for label, text in zip(self.names, self._texts, strict=True):
            right = Qt.TextElideMode.ElideRight
            label.setText(label.fontMetrics().elidedText(text, right, label.width()))

    @Slot(object)
    def _take(self, event: Event) -> None:
        match event:
            case Sampled(texts=texts):
                newest = next(filter(None, texts), "").capitalize()
                self._texts = [*self._texts[1:], newest]
                self._show_names()
            case Progress(step=step):
                self.progress.setValue(step)
                text = self.tr("{0} of {1} names read")
                self.how_far.setText(language.filled(text, grouped(step), grouped(ITERATIONS)))


def _learn(control: Control) -> Training:
    from rnnstudio.core.names.corpus import SHIPPED, read_corpus  # noqa: PLC0415 - in its thread
    from rnnstudio.core.names.recipes import PaperSpec  # noqa: PLC0415 - in its thread
    from rnnstudio.core.names.train import train  # noqa: PLC0415 - in its thread

    spec = PaperSpec(iterations=ITERATIONS, sample_every=SAMPLE_EVERY)
    return train(spec, read_corpus(SHIPPED), control)
