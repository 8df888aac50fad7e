"""What the laboratories share: sliders that say what to compute, computed only while it is seen."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from rnnstudio.ui.widgets.repaint import Repainter

Spec = TypeVar("Spec")


class Laboratory(QWidget, Generic[Spec]):
    """Computes and draws what its sliders ask for when it is first seen and when they move.

    A subclass connects its sliders to ``_changed`` and says what they ask for and how it is drawn.
    ``asked_anew``: they ask for something else.
    """

    asked_anew = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._repainter = Repainter[Spec](self._draw, self)

    def spec(self) -> Spec:
        """What the sliders ask for."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        """Nothing is computed before it is seen."""
        super().showEvent(event)
        self._draw(self.spec())

    def flush(self) -> None:
        """Draw what is waiting at once."""
        self._repainter.flush()

    def _changed(self) -> None:
        self.asked_anew.emit()
        if self.isVisible():
            self._repainter.put(self.spec())

    def _draw(self, spec: Spec) -> None:
        """Compute what ``spec`` asks for and show it."""
        raise NotImplementedError
