"""The least window with a chart, of Qt and pyqtgraph alone: what no application goes below."""

from __future__ import annotations

import sys

import pyqtgraph as pg
from PySide6.QtWidgets import QApplication, QMainWindow

from benchmarks.first_paint import FirstPaint


def main() -> int:
    """Show an empty chart in a window of the application's size until it was painted."""
    app = QApplication(sys.argv)
    FirstPaint(app)
    window = QMainWindow()
    window.resize(1280, 720)
    window.setCentralWidget(pg.PlotWidget())
    window.statusBar()  # else nothing of the window itself is to be painted
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
