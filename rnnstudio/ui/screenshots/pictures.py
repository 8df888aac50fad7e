"""Pictures of the window in its named states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from rnnstudio.core.errors import UserError
from rnnstudio.ui.screenshots import (
    analysis_states,
    drawing_states,
    inspector_states,
    lesson_states,
    names_states,
    shares_states,
    start_states,
)
from rnnstudio.ui.screenshots.screen import Show, opened
from rnnstudio.ui.theme.appearance import ColourChoice

STATES: Mapping[str, Show] = MappingProxyType(
    start_states.STATES
    | inspector_states.STATES
    | lesson_states.STATES
    | names_states.STATES
    | shares_states.STATES
    | analysis_states.STATES
    | drawing_states.STATES
)
"""What brings a window into each state, by the state's name."""


@dataclass(frozen=True)
class Pose:
    """How a window stands for its picture: width and height in pixels, light or dark, for whom.

    ``in_class``: in front of a class, not at a desk.
    """

    size: tuple[int, int] = (1280, 720)
    theme: str = "light"
    in_class: bool = False


POSES: Mapping[str, Pose] = MappingProxyType(
    {
        "inspector-class": Pose((1920, 1080), in_class=True),
        "inspector-backward-dark": Pose(theme="dark"),
        "inspector-1024": Pose((1024, 700)),
        "lesson-class": Pose((1920, 1080), in_class=True),
        "names-class": Pose((1920, 1080), in_class=True),
        "shares-verdict": Pose((1366, 768)),
        "shares-dark": Pose((1366, 768), theme="dark"),
        "shares-class": Pose((1920, 1080), in_class=True),
        "shares-class-verdict": Pose((1920, 1080), in_class=True),
        "shares-class-checks": Pose((1920, 1080), in_class=True),
        "shares-data": Pose((1366, 768)),
    }
)
"""How the window stands for its picture in states that are about that, by the state's name."""


def take_picture(app: QApplication, state: str, pose: Pose, *, quick: bool = False) -> QImage:
    """The window in ``state``; ``quick``: its trainings last a moment only.

    Raises UserError when the window does not fit into its size, or what leads to the state fails.
    """
    app.setCursorFlashTime(0)
    size = pose.size
    with opened(QSize(*size), ColourChoice(pose.theme), quick=quick) as screen:
        screen.window.class_mode.set_on(pose.in_class)
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
