"""Starts the application by its own entry and reports when its window is first painted."""

from __future__ import annotations

import sys


def main() -> int:
    """Import in the order in which the application does: once Qt is there, imports take longer."""
    from rnnstudio.cli.main import run  # isort: skip
    from rnnstudio.ui.application import make_application  # isort: skip

    from benchmarks.first_paint import FirstPaint

    FirstPaint(make_application())
    return run([])


if __name__ == "__main__":
    sys.exit(main())
