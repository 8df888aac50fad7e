"""Starts the application by its own entry and reports when its window is first painted."""

from __future__ import annotations

import sys

from benchmarks.first_paint import FirstPaint
from rnnstudio.cli.main import run
from rnnstudio.ui.application import make_application

if __name__ == "__main__":
    FirstPaint(make_application())
    sys.exit(run([]))
