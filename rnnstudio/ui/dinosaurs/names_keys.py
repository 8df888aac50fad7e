"""The keys of the generator's home page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rnnstudio.core.names.letter_quiz import CHOICES
from rnnstudio.ui.dinosaurs.events import LetterHandCounted
from rnnstudio.ui.widgets.page_keys import PageKey

if TYPE_CHECKING:
    from rnnstudio.ui.dinosaurs.tab import DinosaursTab


def names_keys(tab: DinosaursTab) -> tuple[PageKey, ...]:
    """What each key does, in the order in which they are listed."""
    if tab.state.question is not None:
        return (*_question_keys(tab), *_row_keys(tab))
    bar = tab.home_page.bar
    return (
        PageKey(("Space",), tab.tr("Pause, or go on; train."), bar.hold_or_go_on),
        PageKey(("PgDown",), tab.tr("Seven more names."), partial(tab.turn_names, 1)),
        PageKey(("PgUp",), tab.tr("The seven names before."), partial(tab.turn_names, -1)),
        *_stage_keys(tab),
        *_row_keys(tab),
        PageKey(("G",), tab.tr("Let the class guess the next letter."), tab.ask_letter),
        PageKey(("Return", "Enter"), tab.tr("Press the violet button."), partial(_press, tab)),
    )


def _stage_keys(tab: DinosaursTab) -> tuple[PageKey, ...]:
    jobs = tab.jobs
    stage = tab.tr("The next or the last stage of the training, where names were kept.")
    ends = tab.tr("The first or the newest stage of the training.")
    return (
        PageKey(("Ctrl+Right",), stage, partial(jobs.go_to_stage, 1)),
        PageKey(("Ctrl+Left",), stage, partial(jobs.go_to_stage, -1)),
        PageKey(("Home",), ends, jobs.go_to_first_stage),
        PageKey(("End",), ends, jobs.come_back),
    )


def _row_keys(tab: DinosaursTab) -> tuple[PageKey, ...]:
    film, row = tab.home_page.film, tab.tr("The name above or below.")
    return (
        PageKey(("Up",), row, lambda: film.look_at(film.row - 1)),
        PageKey(("Down",), row, lambda: film.look_at(film.row + 1)),
    )


def _question_keys(tab: DinosaursTab) -> tuple[PageKey, ...]:
    count = tab.tr("Count a hand for the letter of that number.")
    less = tab.tr("Take back a hand for the letter of that number.")
    places = range(CHOICES)
    return (
        *(PageKey((f"{at + 1}",), count, partial(_count, tab, at, 1)) for at in places),
        *(PageKey((f"Shift+{at + 1}",), less, partial(_count, tab, at, -1)) for at in places),
        PageKey(
            ("Return", "Enter", "Space", "PgDown"),
            tab.tr("Reveal the answer, then go on."),
            tab.home_page.question.button.click,
        ),
    )


def _count(tab: DinosaursTab, choice: int, by: int) -> None:
    tab.dispatch(LetterHandCounted(choice, by))


def _press(tab: DinosaursTab) -> None:
    """The violet button; on the loss curve: go back to the place in sight."""
    loss = tab.home_page.loss
    if not (loss.hasFocus() and loss.choose_place()):
        tab.home_page.bar.press()
