"""Pictures of the window in its named states."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from rnnstudio.core.errors import UserError
from rnnstudio.ui.screenshots import (
    analysis_states,
    inspector_states,
    names_states,
    shares_states,
    start_states,
)
from rnnstudio.ui.screenshots.screen import Show, opened
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.tokens import DARK, LIGHT, Theme

STATES: Mapping[str, Show] = MappingProxyType(
    start_states.STATES
    | inspector_states.STATES
    | names_states.STATES
    | shares_states.STATES
    | analysis_states.STATES
)
"""What brings a window into each state, by the state's name."""
THEMES = {"light": Theme(colours=LIGHT), "dark": Theme(colours=DARK)}
"""The themes by their names."""


def take_picture(
    app: QApplication, state: str, size: tuple[int, int], theme: str, *, quick: bool = False
) -> QImage:
    """The window in ``state``; ``quick``: its trainings last a moment only.

    ``size`` is width and height in pixels.
    Raises UserError when the window does not fit into ``size``, or what leads to the state fails.
    """
    appearance.apply(app, THEMES[theme])
    app.setCursorFlashTime(0)
    with opened(QSize(*size), quick=quick) as screen:
        STATES[state](screen)
        picture = screen.picture()
    if picture.size() != QSize(*size):
        raise UserError(
            "The window needs at least {width} x {height} pixels in the state {state}.",
            width=picture.width(),
            height=picture.height(),
            state=state,
        )
    return picture
