"""Trains while something moves: ``python -m benchmarks.frames_child ENGINE N MOTION``.

N is the number of epochs, MOTION a name of ``benchmarks.motions``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QAbstractAnimation

from benchmarks.beside_idle import found
from benchmarks.children import emit, foreign_imports
from benchmarks.motions import MOTIONS
from benchmarks.training_window import Frames, gaps_while_idle, gaps_while_training
from rnnstudio.core.stocks.model.forecast_spec import ENGINES
from rnnstudio.ui.application import make_application
from rnnstudio.ui.error_reporting import collected_here
from rnnstudio.ui.main_window import MainWindow


def main(arguments: Sequence[str]) -> None:
    """Train with the named engine and report the gaps between the window's repaints."""
    name, epochs, motion = arguments
    engine = next(each for each in ENGINES if each == name)
    # Without this Qt's offscreen platform idles 5 ms before every repaint.
    os.environ["QT_QPA_UPDATE_IDLE_TIME"] = "0"
    make_application()
    with collected_here():
        window = MainWindow()
        window.show()
        running: list[QAbstractAnimation] = []

        def move() -> None:
            animation = MOTIONS[motion](window)
            animation.start()
            running.append(animation)

        frames = partial(Frames, window)
        gaps, shown = gaps_while_training(window, engine, int(epochs), frames, move)
        idle = gaps_while_idle(window, shown, frames)
        running.pop().stop()
        emit(**found(gaps, idle), frames=len(gaps), tensorflow_imports=foreign_imports())
        window.close_unasked()


if __name__ == "__main__":
    main(sys.argv[1:])
