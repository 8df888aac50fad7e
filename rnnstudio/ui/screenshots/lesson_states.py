"""States of lessons."""

from __future__ import annotations

from functools import partial

from rnnstudio.core.lessons.reading import lesson_files
from rnnstudio.ui.screenshots.screen import Screen, Show


def show_step(place: int, presses: str, screen: Screen) -> None:
    """The lesson at ``place``, from 0, after ``presses``: ``>`` goes on, a digit answers."""
    window = screen.window
    window.lessons.begin(lesson_files()[place])
    keys = window.lessons.keys()
    for press in presses:
        key = "Space" if press == ">" else press
        next(each for each in keys if key in each.keys).act()
        screen.settle()


def show_forecast(screen: Screen) -> None:
    """The lesson on forecasts, once five networks are judged."""
    show_step(5, "2>", screen)
    tab = screen.window.stocks
    screen.wait(lambda: tab.state.file is not None and tab.state.file.data.path.stem == "IBM")
    screen.settle()
    screen.wait_for_end(lambda: tab.state.run)


STATES: dict[str, Show] = {
    "lesson": partial(show_step, 1, ""),
    "lesson-class": partial(show_step, 1, "1>"),
    "lesson-revealed": partial(show_step, 0, ">>>>2>"),
    "lesson-backward": partial(show_step, 2, ">>1>"),
    "lesson-flow": partial(show_step, 3, "2>"),
    "lesson-names": partial(show_step, 4, "1>>2>"),
    "lesson-shares": show_forecast,
    "lesson-end": partial(show_step, 4, "1>>2>>2>>1>>2>>"),
}
"""What brings a window into each of these states, by the state's name."""
