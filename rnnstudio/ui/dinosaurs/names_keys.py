"""The keys of the generator's home page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rnnstudio.ui.widgets.page_keys import PageKey

if TYPE_CHECKING:
    from rnnstudio.ui.dinosaurs.tab import DinosaursTab


def names_keys(tab: DinosaursTab) -> tuple[PageKey, ...]:
    """What each key does, in the order in which they are listed."""
    home, jobs = tab.home_page, tab.jobs
    film, bar = home.film, home.bar
    stage = tab.tr("The next or the last stage of the training, where names were kept.")
    ends = tab.tr("The first or the newest stage of the training.")
    row = tab.tr("The name above or below.")
    return (
        PageKey(("Space",), tab.tr("Pause, or go on; train."), bar.hold_or_go_on),
        PageKey(("PgDown",), tab.tr("Seven more names."), partial(tab.turn_names, 1)),
        PageKey(("PgUp",), tab.tr("The seven names before."), partial(tab.turn_names, -1)),
        PageKey(("Ctrl+Right",), stage, partial(jobs.go_to_stage, 1)),
        PageKey(("Ctrl+Left",), stage, partial(jobs.go_to_stage, -1)),
        PageKey(("Home",), ends, jobs.go_to_first_stage),
        PageKey(("End",), ends, jobs.come_back),
        PageKey(("Up",), row, lambda: film.look_at(film.row - 1)),
        PageKey(("Down",), row, lambda: film.look_at(film.row + 1)),
        PageKey(("Return", "Enter"), tab.tr("Press the violet button."), bar.press),
    )
