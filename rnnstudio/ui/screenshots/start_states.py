"""States of the start page."""

from __future__ import annotations

import os
from datetime import datetime

from rnnstudio.ui.screenshots.screen import Screen, Show
from rnnstudio.ui.shell import remembered

_RECENT = {"seminar": (2026, 9, 14, 10, 15), "lecture-3": (2026, 9, 21, 8, 30)}
"""Sessions that were saved lately, the newest last."""


def show_first_day(screen: Screen) -> None:
    """Three doors, and no work yet."""
    screen.window.tabs.show_start()
    picture = screen.window.start.dinosaur
    if not screen.quick:
        screen.wait(lambda: picture.progress.value() == picture.progress.maximum())


def show_recent(screen: Screen) -> None:
    """Three doors, and the work of the last days."""
    studio = screen.window.studio
    for name, saved in _RECENT.items():
        path = screen.folder / f"{name}.rnnstudio"
        studio.save_file(path)
        screen.wait(lambda: not studio.busy)
        screen.settle()  # the file is noted as recent once it may be
        seconds = datetime(*saved).timestamp()
        os.utime(path, (seconds, seconds))
        remembered.keep_recent(path)
    screen.window.statusBar().clearMessage()
    show_first_day(screen)


STATES: dict[str, Show] = {"start": show_recent, "start-first-day": show_first_day}
