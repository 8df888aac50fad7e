"""States of the forecaster's pages beyond one split: walks, searches, leaks and runs."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.teaching.leaks import Leak
from rnnstudio.ui.screenshots.screen import Screen, Show
from rnnstudio.ui.screenshots.shares_states import (
    PAPER,
    SOUND,
    choose_settings,
    evaluate,
    evaluate_sound,
    read_share,
    train,
)


def walk(screen: Screen) -> None:
    """A finished walk, its first block closer: the forecast is yesterday's price."""
    choose_settings(screen, SOUND)
    page = screen.window.stocks.further.walk
    screen.window.stocks.pages.turn_to("walk")
    page.start()
    screen.wait_for_end(lambda: page.state.run)
    screen.settle()
    page.view.blocks.selectRow(0)


def watch_walk(screen: Screen) -> None:
    """A walk on its way, paused after its first training."""
    choose_settings(screen, SOUND)
    page = screen.window.stocks.further.walk
    screen.window.stocks.pages.turn_to("walk")
    page.start()
    screen.wait(lambda: page.state.run.step > 0)
    page.run_bar.pause_button.click()


def search(screen: Screen) -> None:
    """A finished search over nine candidates."""
    choose_settings(screen, SOUND)
    page = screen.window.stocks.further.search
    screen.window.stocks.pages.turn_to("search")
    screen.wait(lambda: page.state.ready)
    page.start()
    screen.wait_for_end(lambda: page.state.run)
    screen.settle()
    page.view.table.selectRow(0)


def compare_with_leaks(
    screen: Screen,
    spec: ForecastSpec,
    leaks: tuple[Leak, ...],
    *,
    with_walk: bool = False,
    guessing: bool = False,
) -> None:
    """A network without leakage beside others with it; the class may have to guess which is."""
    choose_settings(screen, spec)
    page = screen.window.stocks.further.leaks
    screen.window.stocks.pages.turn_to("leaks")
    page.form.show_switches(leaks, walk=with_walk)
    page.guess.setChecked(guessing)
    page.start()
    screen.wait_for_end(lambda: page.state.run)


def keep_runs(screen: Screen) -> None:
    """Two runs, compared."""
    evaluate_sound(screen)
    choose_settings(screen, replace(SOUND, seed=2))
    train(screen)
    evaluate(screen)
    runs = screen.window.stocks.further.runs
    screen.window.stocks.pages.turn_to("runs")
    screen.settle()
    runs.table.selectAll()


def show_empty(screen: Screen, name: str) -> None:
    """A page on which nothing has been done yet."""
    read_share(screen)
    screen.window.stocks.pages.turn_to(name)


def show_empty_search(screen: Screen) -> None:
    """The search that is asked for has been looked at and is not begun."""
    show_empty(screen, "search")
    screen.wait(lambda: screen.window.stocks.further.search.state.ready)


STATES: dict[str, Show] = {
    "shares-walk-empty": partial(show_empty, name="walk"),
    "shares-walk-running": watch_walk,
    "shares-walk": walk,
    "shares-search-empty": show_empty_search,
    "shares-search": search,
    "shares-leaks-empty": partial(show_empty, name="leaks"),
    "shares-leak-scaler": partial(compare_with_leaks, spec=PAPER, leaks=("scaler",)),
    "shares-leak-shuffle": partial(compare_with_leaks, spec=PAPER, leaks=("shuffle",)),
    "shares-leak-test": partial(compare_with_leaks, spec=PAPER, leaks=("test",)),
    "shares-leak-smooth": partial(compare_with_leaks, spec=SOUND, leaks=("smooth",)),
    "shares-leak-walk": partial(compare_with_leaks, spec=PAPER, leaks=("test",), with_walk=True),
    "shares-leak-guess": partial(compare_with_leaks, spec=SOUND, leaks=("test",), guessing=True),
    "shares-runs-empty": partial(show_empty, name="runs"),
    "shares-runs": keep_runs,
}
