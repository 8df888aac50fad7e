"""Every view opens alone, with an example inside."""

import os
import subprocess
import sys

import pytest

OPEN = """
import runpy
from PySide6.QtWidgets import QApplication

def look(app):
    app.processEvents()
    print([type(window).__name__ for window in app.topLevelWidgets() if window.isVisible()])
    return 0

QApplication.exec = look
runpy.run_module("rnnstudio.ui.stocks.{name}", run_name="__main__")
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "view"),
    [
        ("errors_view", "ErrorsView"),
        ("forecast_view", "ForecastView"),
        ("honesty_view", "HonestyView"),
        ("loss_view", "LossView"),
        ("report_view", "ReportView"),
        ("timeline_view", "TimelineView"),
    ],
)
def test_that_a_view_opens_alone(name: str, view: str) -> None:
    command = [sys.executable, "-c", OPEN.replace("{name}", name)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"['{view}']\n"), done.stderr
