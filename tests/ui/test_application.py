"""The window as a process: how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

INTERRUPTED = """
import signal, sys
from PySide6.QtCore import QTimer
from rnnstudio.ui.application import main, make_application
app = make_application()
QTimer.singleShot(0, lambda: signal.raise_signal(signal.SIGINT))
sys.exit(main())
"""


def test_that_ctrl_c_in_the_terminal_closes_the_window_and_is_no_fault(tmp_path: Path) -> None:
    places = {"XDG_DATA_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED],
        env={**os.environ, **places},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "KeyboardInterrupt" not in done.stderr
    logs = [log.read_text(encoding="utf-8") for log in tmp_path.rglob("*.log")]
    assert not any("KeyboardInterrupt" in log for log in logs)
