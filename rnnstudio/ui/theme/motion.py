"""How long what moves may move: nothing at all where motion is reduced."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation
from PySide6.QtWidgets import QApplication, QStyle

from rnnstudio.ui.user_settings import settings

REVEAL_MS, TRAVEL_MS, DRAWER_MS = 150, 220, 180
"""A value that is revealed, one that goes along its edge, and a drawer that opens or folds."""
_REDUCED = "reduced motion"


def is_reduced() -> bool:
    """Whether the user wants nothing to move, or the system, where Qt says so by its style."""
    if settings().value(_REDUCED, False, type=bool):
        return True
    style = QApplication.style()
    return style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0


def keep_reduced(reduced: bool) -> None:
    """Remember whether nothing is to move."""
    settings().setValue(_REDUCED, reduced)


class Motion(QVariantAnimation):
    """Calls ``show`` with how far a motion is, from 0 to 1, and at last with 1.

    Where motion is reduced it is at its end at once.
    """

    def __init__(self, parent: QObject, milliseconds: int, show: Callable[[float], None]) -> None:
        super().__init__(parent)
        self._show = show
        self.setDuration(milliseconds)
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.valueChanged.connect(show)

    def run(self) -> None:
        """Begin anew."""
        self.stop()
        if is_reduced():  # an animation of no length says nothing where it was at its end before
            self._show(1.0)
            self.finished.emit()
            return
        self.start()

    def finish(self) -> None:
        """Be at the end at once."""
        if self.state() is QVariantAnimation.State.Running:
            self.setCurrentTime(self.duration())
