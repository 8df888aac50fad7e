"""Works in the real window until it is killed.

``python -m benchmarks.fault_injection.working_child SEED FILE WITHIN_MS`` edits all three tabs at
random, undoes, trains, and saves in FILE now and then; after each change it prints what the session
is by then and when that was. Unsaved work is kept WITHIN_MS after a change; where that is empty,
when the application does.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from benchmarks.fault_injection.working import values_of
from rnnstudio.cli.main import run
from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.ui.application import make_application
from rnnstudio.ui.inspector.events import FaultInjected, InterventionSet, NumberEdited
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.shell import autosave

MOST_MS = 800
"""Between two changes."""


class Worker(QObject):
    """Waits for the window and works in it."""

    def __init__(self, seed: int, file: Path, app: QApplication) -> None:
        super().__init__(app)
        self._draw, self._file = Random(seed), file
        self._window: MainWindow | None = None
        QTimer.singleShot(0, self, self._find)

    @Slot()
    def _find(self) -> None:
        found = [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]
        if not found:
            QTimer.singleShot(10, self, self._find)
            return
        (self._window,) = found
        for tab in (self._window.dinosaurs, self._window.stocks):
            self._window.tabs.setCurrentWidget(tab)
        self._window.studio.changed.connect(self._report)
        self._report()
        QTimer.singleShot(0, self, self._change)

    @Slot()
    def _change(self) -> None:
        if self._window is not None:
            self._draw.choice(changes(self._window, self._file, self._draw))()
        QTimer.singleShot(self._draw.randrange(MOST_MS), self, self._change)

    @Slot()
    def _report(self) -> None:
        if self._window is not None:
            values = values_of(self._window.studio.session)
            print(json.dumps({"when": time.time(), "values": values}), flush=True)


def changes(window: MainWindow, file: Path, draw: Random) -> list[Callable[[], Any]]:
    """What a person may do in every tab, and with all of them."""
    inspector, names, stocks = window.inspector, window.dinosaurs, window.stocks
    cell = inspector.state.scene.cell
    row = draw.choice(cell.forward).name
    edits: list[Callable[[], Any]] = [
        lambda: inspector.dispatch(NumberEdited("x", (0, 0, 0), draw.random())),
        lambda: inspector.dispatch(InterventionSet(Intervention(row, draw.random()))),
        lambda: inspector.dispatch(FaultInjected(draw.choice(cell.faults))),
        lambda: inspector.form.seed.setValue(draw.randrange(1, 99)),
        lambda: names.form.fields["seed"].setValue(draw.randrange(1, 99)),  # type: ignore[union-attr]
        lambda: names.drawer.drawing.form.count.setValue(draw.randrange(1, 99)),
        lambda: stocks.form.epochs.setValue(draw.randrange(1, 99)),
        lambda: stocks.form.window_length.setValue(draw.randrange(2, 90)),
    ]
    rare: list[Callable[[], Any]] = [
        lambda: window.tabs.setCurrentIndex(draw.randrange(3)),
        window.menus.undo.trigger,
        names.start,
        names.home_page.bar.stop_clicked.emit,
        lambda: None if window.studio.busy else window.studio.save_file(file),
    ]
    return [*edits, *edits, *rare]


def main(arguments: Sequence[str]) -> int:
    """Start the application by its own entry, and work in it."""
    seed, file, within_ms = arguments
    if within_ms:
        autosave.WITHIN_MS = int(within_ms)
    Worker(int(seed), Path(file), make_application())
    return run([])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
