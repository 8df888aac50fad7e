"""What the views of the generator's tab ask for, and who does it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rnnstudio.ui.dinosaurs.events import (
    CorpusRefused,
    LetterAsked,
    LetterHandCounted,
    LetterRevealed,
    ModelRefused,
)

if TYPE_CHECKING:
    from rnnstudio.ui.dinosaurs.tab import DinosaursTab


def connect_views(tab: DinosaursTab) -> None:
    """Connect all views there are now: anew whenever they are built anew."""
    _connect_home(tab)
    _connect_drawer(tab)
    tab.pages.draw_clicked.connect(tab.draw)
    tab.pages.inspect_asked.connect(tab.look_into)
    tab.pages.pair_asked.connect(tab.look_into_both)
    tab.pages.turned.connect(tab.show_turned)
    tab.pages.picture_wanted.connect(tab.picture_wanted)
    tab.workbench.section_changed.connect(tab.show_turned)


def _connect_home(tab: DinosaursTab) -> None:
    home, jobs = tab.home_page, tab.jobs
    home.bar.start_clicked.connect(tab.start)
    home.bar.stop_clicked.connect(jobs.runner.ask_stop)
    home.bar.pause_clicked.connect(jobs.runner.ask_pause)
    home.bar.resume_clicked.connect(jobs.runner.ask_resume)
    home.bar.more_clicked.connect(tab.draw)
    home.bar.pace_moved.connect(jobs.set_pace)
    home.loss.iteration_chosen.connect(jobs.go_back)
    home.newest_clicked.connect(jobs.come_back)
    home.guess.clicked.connect(tab.ask_letter)
    home.question.counted.connect(lambda choice, by: tab.dispatch(LetterHandCounted(choice, by)))
    home.question.reveal_clicked.connect(lambda: tab.dispatch(LetterRevealed()))
    home.question.next_clicked.connect(lambda: tab.dispatch(LetterAsked(None)))
    home.temperature.moved.connect(tab.drawer.drawing.form.temperature.setValue)


def _connect_drawer(tab: DinosaursTab) -> None:
    drawer, files = tab.drawer, tab.files
    files.reading = drawer.names
    drawer.names.changed.connect(files.read_again)
    drawer.names.open_clicked.connect(files.choose_list)
    drawer.names.shipped_clicked.connect(files.open_shipped)
    drawer.names.more_clicked.connect(partial(tab.pages.turn_to, "list"))
    drawer.pictures.written.connect(tab.status)
    drawer.names.error.closed.connect(lambda: tab.dispatch(CorpusRefused("")))
    drawer.network.save_clicked.connect(files.choose_place)
    drawer.network.open_clicked.connect(files.choose_training)
    drawer.network.error.closed.connect(lambda: tab.dispatch(ModelRefused("")))
    drawer.network.continue_clicked.connect(tab.go_on)
    drawer.network.inspect_asked.connect(tab.inspect)
    drawer.network.form.changed.connect(tab.take_settings)
    drawer.network.form.tuned.connect(tab.jobs.tune)
    drawer.drawing.form.changed.connect(tab.take_sampling)
    drawer.drawing.draw_clicked.connect(tab.draw)
    drawer.replay.past.iteration_chosen.connect(tab.jobs.go_back)
    drawer.replay.past.newest_clicked.connect(tab.jobs.come_back)
