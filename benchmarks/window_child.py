"""Trains in the real window and measures the gaps: ``python -m benchmarks.window_child ENGINE N``.

N is the number of epochs.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from benchmarks.beside_idle import found
from benchmarks.children import emit, foreign_imports
from benchmarks.training_window import Ticks, gaps_while_idle, gaps_while_training
from rnnstudio.core.stocks.model.forecast_spec import ENGINES
from rnnstudio.ui.application import make_application
from rnnstudio.ui.error_reporting import collected_here
from rnnstudio.ui.main_window import MainWindow


def main(arguments: Sequence[str]) -> None:
    """Train with the named engine and report the gaps."""
    name, epochs = arguments
    engine = next(each for each in ENGINES if each == name)
    make_application()
    with collected_here():
        window = MainWindow()
        window.show()
        gaps, shown = gaps_while_training(window, engine, int(epochs), Ticks)
        idle = gaps_while_idle(window, shown, Ticks)
        emit(**found(gaps, idle), ticks=len(gaps), tensorflow_imports=foreign_imports())
        window.close_unasked()


if __name__ == "__main__":
    main(sys.argv[1:])
