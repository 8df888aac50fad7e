"""Opens modules of views one after the other, each alone as a person would, in one process.

``python -m tests.ui.opening MODULE ...`` prints a JSON object: the visible windows of each module.
"""

from __future__ import annotations

import gc
import json
import runpy
import sys
import warnings

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication


def look() -> int:
    """Note what is to be seen and close it, in place of the loop that waits for a person."""
    QApplication.processEvents()
    windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    seen.extend(type(window).__name__ for window in windows if type(window).__module__ == MAIN)
    for window in windows:
        window.close()
        window.deleteLater()
    return 0


MAIN = "__main__"
seen: list[str] = []

if __name__ == "__main__":
    QApplication.exec = staticmethod(look)
    found = {}
    for module in sys.argv[1:]:
        seen = []
        with warnings.catch_warnings():
            # A module that an earlier one has imported is run anew.
            warnings.filterwarnings("ignore", ".*found in sys.modules", RuntimeWarning)
            try:
                runpy.run_module(module, run_name=MAIN)
            except SystemExit as end:
                if end.code:
                    raise
        # Qt takes a window apart before Python does: pyqtgraph's parts miss each other otherwise.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        found[module] = seen
    print(json.dumps(found))  # noqa: T201
